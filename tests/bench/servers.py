"""The programs under load: started as production starts them, each on a port of its own."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsroom.database import EmbeddedServer
from newsroom.management.commands.run import granian
from tests.audit.server import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
# Where a server of tests/bench/watched.py tells of the process that answers.
PROCESS = "/bench/process"
WATCHED = "tests.bench.watched:application"


@dataclass(frozen=True)
class Archive:
    """A database with stories, running."""

    stories: int
    data: Path
    domain_port: int  # stands in every address, whichever port answers
    pages: dict[str, dict[str, str]]
    desk: dict[str, dict[str, str]]  # pages of the desk, with an editor's cookie
    paths: list[str]

    @property
    def surroundings(self) -> dict[str, str]:
        return surroundings(self.data, self.domain_port)


def surroundings(data: Path, port: int) -> dict[str, str]:
    chosen = {"NEWSROOM_DATA": str(data), "PORT": str(port), "NEWSROOM_DEMO": "0"}
    chosen["NEWSROOM_IS_DEMO"] = "1"  # an editor's session needs no second factor
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | chosen | {"NEWSROOM_DOMAIN": f"localhost:{port}"}


@contextmanager
def archive(folder: Path, stories: int, years: float) -> Iterator[Archive]:
    """Run the database of an archive; made at the first time, which takes a while."""
    data, port = folder / f"archive-{stories}", 8000
    data.mkdir(parents=True, exist_ok=True)
    around = surroundings(data, port)
    with ExitStack() as stack:
        server = EmbeddedServer(data)
        server.start()
        stack.callback(server.stop)
        _manage(around, "migrate", "--verbosity", "0")
        if not (data / "filled").exists():
            _manage(around, "archive", "--stories", str(stories), "--years", f"{years:.4f}")
            (data / "filled").touch()
        _manage(around, "collectstatic", "--noinput", "--verbosity", "0")
        found = subprocess.run(
            [sys.executable, "-m", "tests.bench.pages"],
            cwd=ROOT, env=around, capture_output=True, text=True, check=True,
        )  # fmt: skip
        known = json.loads(found.stdout)
        readers, desk = ({page["name"]: page for page in known[kind]} for kind in ("pages", "desk"))
        yield Archive(stories, data, port, readers, desk, known["stories"])


def _manage(around: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=around, check=True)


@contextmanager
def serving(
    application: str, around: dict[str, str], workers: int = 1, **chosen: str
) -> Iterator[int]:
    """Serve a WSGI application; gives its port."""
    port = free_port()
    program = subprocess.Popen(
        granian("127.0.0.1", port, application, workers), cwd=ROOT, env=around | chosen
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                ask(port, "localhost", "/")
                break
            except OSError:
                if program.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{application} did not start") from None
                time.sleep(0.1)
        yield port
    finally:
        program.terminate()
        program.wait(20)


def ask(
    port: int, host: str, path: str, cookie: str = "", coding: str = "br"
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Host": host, "Accept-Encoding": coding}
        connection.request("GET", path, headers=headers | ({"Cookie": cookie} if cookie else {}))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@dataclass(frozen=True)
class Worker:
    """One process of a server, and a line that leads to it and no other."""

    line: http.client.HTTPConnection
    process: int

    def state(self) -> dict[str, Any]:
        return json.loads(self.get(PROCESS, "localhost")[1])

    def get(self, path: str, host: str) -> tuple[int, bytes]:
        self.line.request("GET", path, headers={"Host": host, "Accept-Encoding": "identity"})
        answer = self.line.getresponse()
        return answer.status, answer.read()


def workers_of(port: int, number: int) -> list[Worker]:
    """All so many processes of a server of tests/bench/watched.py.

    Which one answers is the system's choice, and stays it for as long as the line is open.
    """
    found: dict[int, Worker] = {}
    deadline = time.monotonic() + START_SECONDS
    while len(found) < number:
        if time.monotonic() > deadline:
            raise RuntimeError(f"Only {len(found)} of {number} workers answer.")
        worker = Worker(http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0)
        state = worker.state()
        if state["process"] in found or not state["pages"]["listening"]:
            worker.line.close()
            time.sleep(0.05)
        else:
            found[state["process"]] = Worker(worker.line, state["process"])
    return list(found.values())


def keep(folder: Path, headers: dict[str, str], body: bytes) -> str:
    """Write an answer down for the empty view and the empty application; gives its place."""
    kept = folder / "kept.json"
    own = {name: value for name, value in headers.items() if name.lower() not in ("date", "server")}
    kept.write_text(json.dumps(own), encoding="utf-8")
    kept.with_suffix(".body").write_bytes(body)
    return str(kept)
