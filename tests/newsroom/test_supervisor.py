"""The supervisor: order, restarts, giving up, and a request to stop."""

import os
import signal
import sys
from pathlib import Path

import pytest

from newsroom import supervisor as module
from newsroom.supervisor import Program, ServiceFailedError, StopRequested, Supervisor
from tests.newsroom.processes import alive, family_of, wait_until


class Recorded(Program):
    """A shell command that tells when it is started and stopped."""

    def __init__(self, name, command, record, *, stop_seconds=5):
        super().__init__(
            name, ["sh", "-c", command], cwd=Path(__file__).parent, stop_seconds=stop_seconds
        )
        self.record = record

    def start(self):
        self.record.append(f"start {self.name}")
        super().start()

    def stop(self):
        self.record.append(f"stop {self.name}")
        super().stop()


def supervise(service):
    with Supervisor(service.record.append) as supervisor:
        supervisor.start(service)
        supervisor.watch()


def test_services_stop_in_the_reverse_order():
    record = []
    with Supervisor(record.append) as supervisor:
        supervisor.start(Recorded("database", "sleep 60", record))
        supervisor.start(Recorded("web", "sleep 60", record))
    assert record == ["start database", "start web", "stop web", "stop database"]


def test_a_service_that_ends_is_started_again_with_what_it_left_behind_gone():
    record = []
    with Supervisor(record.append) as supervisor:
        before = family_of(os.getpid())
        web = Recorded("web", "sleep 60 & wait", record)
        supervisor.start(web)
        assert wait_until(lambda: len(family_of(os.getpid()) - before) == 2)
        first = family_of(os.getpid()) - before
        os.kill(min(first), signal.SIGKILL)
        assert wait_until(lambda: supervisor.check() or record.count("start web") == 2)
        assert alive(first) == set()
    assert record == [
        "start web",
        "The web ended unexpectedly; it starts again in 1 s.",
        "stop web",
        "start web",
        "stop web",
    ]


def test_a_service_that_cannot_run_stops_everything(monkeypatch):
    monkeypatch.setattr(module, "MAX_QUICK_ENDS", 2)
    record = []
    with pytest.raises(ServiceFailedError) as error:
        supervise(Recorded("web", "exit 1", record))
    assert str(error.value) == "The web ended 2 times in a row; its messages above tell why."
    assert record[-1] == "stop web"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_the_handlers_are_put_back(number):
    before = signal.getsignal(number)
    record = []
    with pytest.raises(StopRequested, match=number.name):
        supervise(Recorded("web", f"kill -{number} $PPID; sleep 60", record))
    assert record == ["start web", "stop web"]
    assert signal.getsignal(number) == before


def test_a_program_that_ignores_the_request_is_killed_after_its_time():
    with Supervisor(print) as supervisor:
        known = family_of(os.getpid())
        stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
        program = Program(
            "web", [sys.executable, "-c", stubborn], cwd=Path(__file__).parent, stop_seconds=0.2
        )
        supervisor.start(program)
        processes = family_of(os.getpid()) - known
    assert len(processes) == 1
    assert alive(processes) == set()
