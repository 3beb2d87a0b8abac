"""One throw-away PostgreSQL server for a whole test run; loaded by ``-p`` in pyproject.toml.

The process that was started by hand owns the server. Workers of pytest-xdist inherit its
NEWSROOM_DATA, and with it the server's address. A run with DATABASE_URL uses that server instead.

While the workers collect their tests, one database is migrated for all of them; each copies it
(tests/conftest.py), which takes a twentieth of the time.
"""

import atexit
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from newsroom.database import DatabaseError, EmbeddedServer

IS_XDIST_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if not IS_XDIST_WORKER:
    # As soon as this is imported: pytest-django reads the settings before any hook of a conftest,
    # and the tests must never touch a developer's own data.
    os.environ["NEWSROOM_DATA"] = tempfile.mkdtemp(prefix="newsroom-tests-")
    # Where collected files would be; the tests serve them from their sources.
    (Path(os.environ["NEWSROOM_DATA"]) / "static").mkdir()
    atexit.register(shutil.rmtree, os.environ["NEWSROOM_DATA"], ignore_errors=True)

# Prints nothing: what it says is an error, and said to whoever runs the tests.
MIGRATE = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import connection
name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
Path(sys.argv[1]).write_text(name, encoding="utf-8")
"""


def _marker() -> Path:
    """The file with the name of the migrated database, locked until that is there."""
    return Path(os.environ["NEWSROOM_DATA"]) / "migrated"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if IS_XDIST_WORKER:
        return
    # `kill` ends a test run as Ctrl-C does, with everything cleaned up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not os.environ.get("DATABASE_URL") and not config.option.collectonly:
        server = EmbeddedServer(Path(os.environ["NEWSROOM_DATA"]), durable=False)
        config.add_cleanup(server.stop)
        try:
            server.start()
        except DatabaseError as error:
            raise pytest.UsageError(str(error)) from error
        if config.getoption("numprocesses", None):
            _migrate_for_workers(config)


def _migrate_for_workers(config: pytest.Config) -> None:
    with open(_marker(), "w", encoding="utf-8") as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        # The lock passes to the program and ends with it, however that ends.
        program = subprocess.Popen(
            [sys.executable, "-c", MIGRATE, marker.name],
            stdout=subprocess.DEVNULL,
            pass_fds=(marker.fileno(),),
        )
    config.add_cleanup(program.wait)


def migrated_database() -> str:
    """The name of the database that was migrated for all workers; waits until it is there.

    Empty when there is none: then each worker makes its own, and tells of an error in that.
    """
    try:
        with open(_marker(), encoding="utf-8") as marker:
            fcntl.flock(marker, fcntl.LOCK_SH)
            return marker.read()
    except FileNotFoundError:
        return ""
