"""Keeps a few services running beside each other and stops them in order."""

import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Protocol, Self

from newsroom.child_process import ChildProcess

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
POLL_SECONDS = 0.25
# A service that ends this many times in a row, each time within STEADY_SECONDS, will not recover.
MAX_QUICK_ENDS = 5
STEADY_SECONDS = 10.0


class StopRequested(BaseException):
    """A person or the system asked the program to stop."""


class ServiceFailedError(Exception):
    """A service ends again and again. The text is fit to show a person."""


class Service(Protocol):
    """What the supervisor keeps running; EmbeddedServer is one too."""

    name: str

    def start(self) -> None: ...
    def running(self) -> bool: ...
    def stop(self) -> None: ...


class Program:
    """A service that is a command; it has ``stop_seconds`` to end after SIGTERM.

    ``death_signal`` is what it gets when the supervisor is killed.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        cwd: Path,
        stop_seconds: float,
        death_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self._death_signal = death_signal
        self._argv = argv
        self._cwd = cwd
        self._stop_seconds = stop_seconds
        self._process: ChildProcess | None = None

    def start(self) -> None:
        self._process = ChildProcess(self._argv, cwd=self._cwd, death_signal=self._death_signal)

    def running(self) -> bool:
        return self._process is not None and self._process.running()

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop((signal.SIGTERM, self._stop_seconds))
            self._process = None


class Supervisor:
    """Starts services in the order given, keeps them running, stops them in reverse order.

    Used as a context manager in the main thread. SIGINT, SIGTERM and SIGHUP raise StopRequested in
    its body, once: what follows is not disturbed by an impatient second one. While a service is
    starting the request waits, or it could come between a process and the note of its number.
    """

    def __init__(self, report: Callable[[str], object]) -> None:
        self._report = report
        self._watched: list[_Watched] = []
        self._stack = ExitStack()
        self._starting = False
        self._request: StopRequested | None = None

    def __enter__(self) -> Self:
        for number in STOP_SIGNALS:
            # nohup: a hangup that was to be ignored stays ignored.
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue
            self._stack.callback(signal.signal, number, signal.signal(number, self._stop))
        return self

    def __exit__(self, *exception: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self._stack.close()

    def start(self, service: Service) -> None:
        """Start a service; this supervisor stops it, also when starting it fails half-way."""
        self._stack.callback(service.stop)
        self._start(service)
        self._watched.append(_Watched(service))

    def check(self) -> None:
        """Start what has ended again, after a growing pause. Raises ServiceFailedError."""
        for watched in self._watched:
            if watched.is_due(self._report):
                self._start(watched.service)
                watched.note_start()

    def watch(self) -> None:
        """Keep everything running until StopRequested or ServiceFailedError."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def _start(self, service: Service) -> None:
        self._starting = True
        try:
            service.start()
        finally:
            self._starting = False
        if self._request is not None:
            raise self._request

    def _stop(self, number: int, frame: FrameType | None) -> None:
        for other in STOP_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        self._request = StopRequested(signal.Signals(number).name)
        if not self._starting:
            raise self._request


class _Watched:
    """A service and what is known of its ends."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._quick_ends = 0
        self.note_start()

    def note_start(self) -> None:
        self._started = time.monotonic()
        self._due: float | None = None

    def is_due(self, report: Callable[[str], object]) -> bool:
        """Return whether it has ended and its pause is over. Raises ServiceFailedError."""
        now = time.monotonic()
        if self._due is None and not self.service.running():
            self._quick_ends = self._quick_ends + 1 if now - self._started < STEADY_SECONDS else 1
            if self._quick_ends >= MAX_QUICK_ENDS:
                raise ServiceFailedError(
                    f"The {self.service.name} ended {self._quick_ends} times in a row; its "
                    "messages above tell why."
                )
            pause = 2.0 ** (self._quick_ends - 1)
            report(f"The {self.service.name} ended unexpectedly; it starts again in {pause:g} s.")
            self.service.stop()  # what it left behind
            self._due = now + pause
        return self._due is not None and now >= self._due
