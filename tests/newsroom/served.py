"""Real web processes, Granian's, on the test's own database."""

import contextlib
import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.newsroom.processes import alive, family_of, kill, wait_until
from tests.web import Answer

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """One web server with so many worker processes, as ``run`` starts it, on ``port``."""

    def __init__(self, port: int, *, workers: int = 1, log: Path | None = None, **environment: str):
        self.port = port
        options = {
            "--interface": "wsgi", "--host": "127.0.0.1", "--port": str(port),
            "--workers": str(workers), "--blocking-threads": "8", "--log-level": "error",
            "--workers-kill-timeout": "5",
        }  # fmt: skip
        argv = [
            sys.executable,
            "-m",
            "granian",
            *(part for pair in options.items() for part in pair),
        ]
        self.process = subprocess.Popen(
            [*argv, "--no-ws", "newsroom.wsgi:application"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.served_settings",
                "PORT": str(port),
                **environment,
            },
            stdout=log.open("ab") if log else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> "Server":
        assert wait_until(self.answers, 60), "the server did not come up"
        return self

    def __exit__(self, *exception: object) -> None:
        family = family_of(self.process.pid)
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        kill(family)
        self.process.wait()
        assert wait_until(lambda: not alive(family))

    def answers(self) -> bool:
        try:
            return self.get("/robots.txt").status == 200
        except OSError:
            return False

    def get(self, path: str = "/", host: str = "bentara.test", **headers: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path, headers={"Host": host, **headers})
            answer = line.getresponse()
            named = {name.title(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            line.close()


def environment(data: str | None = None) -> dict[str, str]:
    """What makes a server read the test's database, with the test's settings."""
    return {
        "NEWSROOM_TEST_DATABASE": connection.settings_dict["NAME"],
        "NEWSROOM_TEST_DOMAIN": settings.DOMAIN,
    } | ({"NEWSROOM_DATA": data} if data else {})


def listeners() -> list[int]:
    """The server processes of PostgreSQL that serve listeners on this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'newsroom pages %%'"
            " AND datname = current_database()"
        )
        return [row[0] for row in cursor.fetchall()]


def cut(pids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [pids])


def seconds_until(condition, within: float = 10) -> float:
    begun = time.monotonic()
    assert wait_until(condition, within)
    return time.monotonic() - begun
