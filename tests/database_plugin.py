"""One throw-away PostgreSQL server for a whole test run; loaded by ``-p`` in pyproject.toml.

The process that was started by hand owns the server. Workers of pytest-xdist inherit its
NEWSROOM_DATA, and with it the server's address. A run with DATABASE_URL uses that server instead.
"""

import atexit
import os
import shutil
import signal
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
