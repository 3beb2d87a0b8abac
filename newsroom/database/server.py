"""The server process and its socket."""

import contextlib
import hashlib
import os
import signal
import stat
import time
from pathlib import Path
from typing import Self

import psycopg

from newsroom.child_process import ChildProcess
from newsroom.database.cluster import NAME, ROLE, Cluster
from newsroom.database.programs import (
    ENVIRONMENT,
    Account,
    DatabaseError,
    explain,
    programs_for,
)

PORT = "5432"  # only part of the socket's name
START_SECONDS = 120  # recovery after a kill replays at most max_wal_size
LOG_BYTES = 10_000_000

# For a small machine that the web server, the worker and perhaps a person's browser share.
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",  # nothing replicates from an embedded server
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
}
# For databases that are thrown away: a power cut may ruin them, and nobody tidies them up. The
# processes of the suite share one, and each connection of a browser in them keeps a line to it.
FAST_SETTINGS = {
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}


def socket_dir(data_dir: Path) -> Path:
    """Return where the socket of the server on ``data_dir`` lies, short however deep that is."""
    place = hashlib.sha256(os.fsencode(os.path.realpath(data_dir))).hexdigest()[:12]
    return Path(f"/tmp/newsroom-{os.geteuid()}-{place}")


class EmbeddedServer:
    """A PostgreSQL server on ``data_dir`` that runs between ``start`` and ``stop``.

    ``durable=False`` trades safety in a power cut for speed: for tests. Use from the main thread,
    whose end takes the server along (newsroom.child_process).
    """

    name = "database"

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = Path(os.path.realpath(data_dir))
        self.log = self.data_dir / "postgres.log"
        self._socket_dir = socket_dir(data_dir)
        self._durable = durable
        self._server: ChildProcess | None = None
        self._cleanup = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def running(self) -> bool:
        return self._server is not None and self._server.running()

    def start(self) -> None:
        """Start the server and return once it answers; the first start makes the database.

        Raises DatabaseBusyError when a server runs on these data, else DatabaseError.
        """
        account = Account()
        cluster = Cluster(self.data_dir, account)
        self._cleanup.callback(cluster.close)
        try:
            lock = cluster.open()
            programs = programs_for(account)
            folder = cluster.prepare(programs, durable=self._durable)
            self._make_socket_dir(account)
            argv = [str(programs / "postgres"), "-D", cluster.pgdata(folder), *self._options()]
            self._launch(argv, account, (folder, lock))
        except OSError as error:
            self.stop()
            raise DatabaseError(cluster.explain_os_error(error)) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server, or do nothing when it does not run."""
        if self._server is not None:
            # SIGINT ends sessions and writes everything out; SIGQUIT leaves that to the next start.
            orderly = [(signal.SIGINT, 20.0)] if self._durable else []
            self._server.stop(*orderly, (signal.SIGQUIT, 5.0))
            self._server = None
        self._cleanup.close()

    def _make_socket_dir(self, account: Account) -> None:
        folder = self._socket_dir
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
        if not private or found.st_uid not in {os.geteuid(), account.uid}:
            raise DatabaseError(
                f"{folder}, where the database's socket goes, belongs to someone else or is open "
                "to others. Remove it, or set NEWSROOM_DATA to another folder."
            )
        if account.is_root:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        self._cleanup.callback(self._remove_socket_dir)
        self._remove_sockets()

    def _remove_sockets(self) -> None:
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (self._socket_dir / name).unlink(missing_ok=True)

    def _remove_socket_dir(self) -> None:
        with contextlib.suppress(OSError):
            self._remove_sockets()
            self._socket_dir.rmdir()

    def _options(self) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(self._socket_dir)}
        if not self._durable:
            settings |= FAST_SETTINGS
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _launch(self, argv: list[str], account: Account, handles: tuple[int, ...]) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            begin = log.tell()
            self._server = ChildProcess(
                argv,
                death_signal=signal.SIGINT if self._durable else signal.SIGQUIT,
                uid=account.uid if account.is_root else None,
                gid=account.gid if account.is_root else None,
                pass_fds=handles,
                cwd=Path("/"),
                env=ENVIRONMENT,
                output=log,
            )
        self._wait_until_ready(account, begin)

    def _wait_until_ready(self, account: Account, begin: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.running() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(
                    host=str(self._socket_dir), port=PORT, dbname=NAME, user=ROLE,
                    requirepeer=account.name, connect_timeout=5,
                ).close()  # fmt: skip
                return
            time.sleep(0.05)
        with open(self.log, "rb") as log:
            log.seek(begin)
            explanation = explain(self.data_dir, log.read().decode(errors="replace"))
        raise DatabaseError(f"{explanation}\nThe whole log is {self.log}.")
