"""The database goes and comes back: readers keep the pages that were read last, marked."""

import os
import subprocess
import sys
import time

import pytest

from newsroom.database import EmbeddedServer
from newsroom.database.cluster import NAME
from tests.newsroom.processes import wait_until
from tests.newsroom.served import ROOT, Server, seconds_until
from tests.newsroom.test_run_command import free_port


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    data = tmp_path_factory.mktemp("database away")
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "NEWSROOM_TEST_DATABASE": NAME,
        "NEWSROOM_TEST_DOMAIN": "bentara.test",
        "NEWSROOM_DATA": str(data),
    }
    with EmbeddedServer(data, durable=False) as server:
        migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=os.environ | environment, check=True)
        server.environment = environment
        yield server


@pytest.fixture
def server(database):
    with Server(free_port(), **database.environment) as server:
        assert wait_until(lambda: "Etag" in server.get("/").headers)
        yield server


def is_marked(answer) -> bool:
    return answer.headers.get("X-Cache") == "stale"


def test_without_a_database_readers_get_the_last_good_page_and_afterwards_the_true_one(
    server, database
):
    good = server.get("/")
    assert (good.status, is_marked(good)) == (200, False)

    database.stop()
    try:
        assert seconds_until(lambda: is_marked(server.get("/"))) < 10
        stale = server.get("/")
        assert (stale.status, stale.content) == (200, good.content)
        assert stale.headers["Cache-Control"] == "no-store"
        begun = time.monotonic()
        for _time in range(20):
            assert is_marked(server.get("/?utm_source=x"))
        assert time.monotonic() - begun < 6, "nobody waits in turn for a database that is away"
        assert server.get("/terkini").status == 503
    finally:
        database.start()

    seconds = seconds_until(lambda: not is_marked(server.get("/")))
    assert seconds < 10
    assert server.get("/terkini").status == 200
    assert wait_until(lambda: server.get("/").headers.get("Etag") == good.headers["Etag"])
