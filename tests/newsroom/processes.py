"""What the tests of real processes need to see of the system. Linux only."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

IS_ROOT = os.geteuid() == 0


def wait_until(condition: Callable[[], object], seconds: float = 15) -> bool:
    """Return whether the condition became true within the given time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def alive(pids: Iterable[int]) -> set[int]:
    """Return those processes that still run; an ended one that nobody has waited for does not."""
    return {pid for pid in pids if _parent_of(pid) is not None}


def kill(pids: Iterable[int]) -> None:
    """Kill -9 processes, some of which may end by themselves when another goes."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def family_of(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {int(path.name): _parent_of(int(path.name)) for path in Path("/proc").glob("[0-9]*")}
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _parent_of(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[1])
