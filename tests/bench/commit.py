"""Milliseconds from an acknowledged commit to the first reader who sees it, on every worker.

A reader at each worker asks for the story a thousand times a second at most; the new edition counts
as visible when the last of them has got it, rendering included.
"""

import subprocess
import sys
import threading
import time
from statistics import median, quantiles

from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import ROOT, WATCHED, Archive, Worker, serving, workers_of

WORKERS = 2
EDITIONS = 60
PAUSE = 0.05
PATIENCE = 10


class Reader(threading.Thread):
    """Asks one worker for the story; ``seen`` has the moment at which it first had each edition."""

    def __init__(self, worker: Worker, host: str, path: str):
        super().__init__(daemon=True)
        self.worker, self.host, self.path = worker, host, path
        self.seen: dict[bytes, float] = {}
        self.wanted = b""
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            _status, body = self.worker.get(self.path, self.host)
            if self.wanted in body:
                self.seen.setdefault(self.wanted, time.monotonic())
            # Else the readers would take the processor from what they wait for.
            time.sleep(0.001)


def measure(archives: Archives, options: Options) -> Found:
    of = archives.written
    with serving(WATCHED, of.surroundings, WORKERS) as port, _editor(of) as editor:
        host, path = _line(editor).split()
        readers = [Reader(worker, host, path) for worker in workers_of(port, WORKERS)]
        for reader in readers:
            reader.start()
        taken = sorted(_one_edition(editor, number, readers) for number in range(EDITIONS))
        for reader in readers:
            reader.is_over = True
            reader.join()
    told = {
        "workers": WORKERS,
        "editions": EDITIONS,
        "p50": median(taken),
        "p99": quantiles(taken, n=100)[98],
    }
    print(
        f"\ncommit to visible on {WORKERS} workers, {EDITIONS} editions:"
        f" p50 {told['p50']:.1f} ms, p99 {told['p99']:.1f} ms"
    )
    return told


def _editor(of: Archive) -> subprocess.Popen:
    """A process that publishes when it is told to."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.editions"],
        cwd=ROOT, env=of.surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _line(editor: subprocess.Popen) -> str:
    assert editor.stdout is not None
    return editor.stdout.readline()


def _one_edition(editor: subprocess.Popen, number: int, readers: list[Reader]) -> float:
    assert editor.stdin is not None
    headline = f"Kabar ke-{number} dari muara"
    mark = headline.encode()
    for reader in readers:
        reader.wanted = mark
    print(headline, file=editor.stdin, flush=True)
    committed = float(_line(editor))
    deadline = time.monotonic() + PATIENCE
    while not all(mark in reader.seen for reader in readers):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{headline} was not seen within {PATIENCE} seconds.")
        time.sleep(0.001)
    time.sleep(PAUSE)
    # A worker may hear of it before the editor does.
    return max(0.0, max(reader.seen[mark] for reader in readers) - committed) * 1000
