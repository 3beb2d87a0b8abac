"""Child processes that stop in order and never outlive the program that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
# Looked up here and not in the forked child, where loading a library could deadlock.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


class ChildProcess:
    """A running program in a session of its own: a terminal's Ctrl-C reaches its parent alone.

    ``death_signal`` is what the kernel sends it when the parent is gone, by ``kill -9`` too. The
    kernel watches the parent's *thread*: start children from the main thread. ``uid`` and ``gid``
    make a child of root run as someone else.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        death_signal: signal.Signals = signal.SIGTERM,
        uid: int | None = None,
        gid: int | None = None,
        pass_fds: Sequence[int] = (),
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        output: IO[bytes] | None = None,
    ) -> None:
        self._process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=env,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            pass_fds=pass_fds,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),  # noqa: PLW1509 (calls the kernel and nothing else)
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def running(self) -> bool:
        if self._process.returncode is not None:
            return False
        # WNOWAIT leaves an ended child unreaped. So its number stays its own until stop(), which
        # then cannot kill a stranger's process group.
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.pid, flags) is None

    def stop(self, *steps: tuple[signal.Signals, float]) -> None:
        """Send each step's signal and wait its seconds for the end; then kill what is left.

        That includes what the program started and left behind.
        """
        for signal_number, seconds in steps:
            if not self.running():
                break
            os.kill(self.pid, signal_number)
            deadline = time.monotonic() + seconds
            while self.running() and time.monotonic() < deadline:
                time.sleep(0.02)
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended
                os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what a forked child calls to get ``death_signal`` at its parent's end (Linux only)."""
    if _prctl is None:
        return None
    prctl, parent = _prctl, os.getpid()

    def prepare() -> None:
        # subprocess calls this after setuid, which clears the setting, before exec, which keeps it.
        prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # the parent ended before the line above
            os._exit(1)

    return prepare
