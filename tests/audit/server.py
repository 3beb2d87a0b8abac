"""A newsroom of its own, with the demo, for as long as an examination takes."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from newsroom.database.cluster import NAME, ROLE
from newsroom.database.server import socket_dir

ROOT = Path(__file__).parents[2]
START_SECONDS = 180
IDLE_SECONDS = 600
STOP_SECONDS = 40


@dataclass(frozen=True)
class Answer:
    status: int
    html: str


@dataclass(frozen=True)
class Server:
    port: int

    def url(self, label: str = "", path: str = "/") -> str:
        return f"http://{label}.localhost:{self.port}{path}".replace("//.", "//")

    def get(self, url: str) -> Answer:
        """The page at an address of the site; not every system finds *.localhost by itself."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"Host": parts.netloc})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            connection.close()


@contextmanager
def running_newsroom() -> Iterator[Server]:
    """Start ``manage.py run`` on a free port with new data; both are gone afterwards."""
    data = tempfile.mkdtemp(prefix="newsroom-audit-")
    port = free_port()
    surroundings = {**os.environ, "NEWSROOM_DATA": data, "PORT": str(port)}
    for name in ("DATABASE_URL", "NEWSROOM_DOMAIN", "NEWSROOM_SCHEME", "NEWSROOM_DEMO"):
        surroundings.pop(name, None)
    # `kill` ends an examination as Ctrl-C does, with nothing left running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("Starting a newsroom with the demo …", flush=True)
    log = Path(data) / "run.log"
    with log.open("w", encoding="utf-8") as output:
        program = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=ROOT,
            env=surroundings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_open(program, log)
        _wait_until_idle(Path(data))
        yield Server(port)
    finally:
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
        shutil.rmtree(data, ignore_errors=True)


def _wait_until_open(program: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "The newsroom is open." not in log.read_text(encoding="utf-8"):
        if program.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"The newsroom did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def _wait_until_idle(data: Path) -> None:
    """Until the demo's pictures are made: they would take the processor from what is measured."""
    waiting = """SELECT count(*) FROM procrastinate_jobs
        WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"""
    deadline = time.monotonic() + IDLE_SECONDS
    with psycopg.connect(host=str(socket_dir(data)), dbname=NAME, user=ROLE) as database:
        while (left := database.execute(waiting).fetchone()[0]) > 0:
            database.rollback()
            if time.monotonic() > deadline:
                sys.exit(f"{left} tasks still wait after {IDLE_SECONDS} seconds.")
            time.sleep(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
