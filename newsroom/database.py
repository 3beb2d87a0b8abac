"""The embedded PostgreSQL server, for a newsroom without a DATABASE_URL.

Three things make it safe to start, kill and start again anywhere:

The lock. ``postgres.lock`` in the data folder is locked by whoever starts the server, and the
server's processes inherit that lock. Who gets it knows that nothing of an earlier run is left, so a
``postmaster.pid`` left by a kill is known to be stale without asking, or ending, the process that
has that number today.

The folder handle. Run by root, the server runs as another user, who may be barred from the folders
above the data (a home, a temporary folder). So root opens the data folder and the server goes in by
that handle, ``/proc/self/fd/<n>``: no parent folder's mode is changed, and no data lie elsewhere.

The socket. It lies in /tmp, because a socket's path is limited to 107 bytes and a data folder's is
not. Each side checks the other's system user in the kernel: the server by ``peer`` authentication,
the client by ``requirepeer``. So no password exists, and neither a stranger's client nor a stranger
who makes the folder first gets anywhere. The superuser has no way in over the socket.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import time
from pathlib import Path
from typing import Any, Self

import psycopg

from newsroom.child_process import ChildProcess
from newsroom.postgres_binaries import ENVIRONMENT, Account, DatabaseError, programs_for

__all__ = ["DatabaseBusyError", "DatabaseError", "EmbeddedServer", "connection"]

NAME = ROLE = "newsroom"
SUPERUSER = "postgres"
PORT = "5432"  # only part of the socket's name
MAJOR_VERSION = "18"
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
# For databases that are thrown away: a power cut may ruin them.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseBusyError(DatabaseError):
    """Another process runs a server on these data."""


def connection(data_dir: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for the embedded server on ``data_dir``.

    Starts and changes nothing, and gives the same answer whether the server runs or not.
    """
    parameters: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": ROLE,
        "PASSWORD": "",
        "HOST": str(_socket_dir(data_dir)),
        "PORT": PORT,
    }
    # A user whom the system does not list gets the explanation when a server is started.
    with contextlib.suppress(DatabaseError):
        parameters["OPTIONS"] = {"requirepeer": Account().name}
    return parameters


class EmbeddedServer:
    """A PostgreSQL server on ``data_dir`` that runs between ``start`` and ``stop``.

    ``durable=False`` trades safety in a power cut for speed: for tests. Use from the main thread,
    whose end takes the server along (newsroom.child_process).
    """

    name = "database"

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = Path(os.path.realpath(data_dir))
        self.log = self.data_dir / "postgres.log"
        self._cluster = self.data_dir / "postgres"
        self._socket_dir = _socket_dir(data_dir)
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
        try:
            self._start(Account())
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError):
                raise DatabaseError(self._explain_os_error(error)) from error
            raise

    def stop(self) -> None:
        """Stop the server, or do nothing when it does not run."""
        if self._server is not None:
            # SIGINT ends sessions and writes everything out; SIGQUIT leaves that to the next start.
            orderly = [(signal.SIGINT, 20.0)] if self._durable else []
            self._server.stop(*orderly, (signal.SIGQUIT, 5.0))
            self._server = None
        self._cleanup.close()

    def _start(self, account: Account) -> None:
        if account.is_root and not Path("/proc/self/fd").is_dir():
            raise DatabaseError(
                "As root, the embedded database needs Linux's /proc. Run as a plain user, or set "
                "DATABASE_URL."
            )
        self._refuse_data_of_others(account)
        programs = programs_for(account)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        lock = self._take_lock()
        if not self._cluster.exists():
            self._make_cluster(programs, account)
        self._refuse_other_version()
        folder = self._open_folder(self._cluster)
        self._forget_stale_pid_file(folder)
        self._write_access_rules(folder, account)
        self._make_socket_dir(account)
        self._launch(programs, account, folder, lock)

    # The data folder

    def _refuse_data_of_others(self, account: Account) -> None:
        owner = self._cluster.stat().st_uid if self._cluster.exists() else account.uid
        if owner != account.uid:
            raise DatabaseError(self._explain_owner(owner))

    def _explain_owner(self, owner: int) -> str:
        def name(uid: int) -> str:
            try:
                return pwd.getpwuid(uid).pw_name
            except KeyError:
                return f"user number {uid}"

        if owner != 0 and self.data_dir.stat().st_uid == 0:
            owner = 0  # the server's user stands in for root
        return (
            f"The data in {self.data_dir} were made by {name(owner)}, and this is "
            f"{name(os.geteuid())}. Run as {name(owner)}, or set NEWSROOM_DATA to another folder."
        )

    def _explain_os_error(self, error: OSError) -> str:
        if isinstance(error, PermissionError):
            with contextlib.suppress(OSError):
                owner = self.data_dir.stat().st_uid
                if owner != os.geteuid():
                    return self._explain_owner(owner)
        return f"The database in {self.data_dir} cannot be started: {error}"

    def _take_lock(self) -> int:
        lock = os.open(self.data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._cleanup.callback(os.close, lock)
        deadline = time.monotonic() + 30
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
                # Killed, its holder may have left a server that is still on its way down.
                if time.monotonic() > deadline or _is_alive(holder):
                    raise DatabaseBusyError(
                        f"Another newsroom is running on the data in {self.data_dir} (process "
                        f"{holder or 'unknown'}). Stop that one, or set NEWSROOM_DATA to another "
                        "folder."
                    ) from None
                time.sleep(0.1)
            else:
                os.ftruncate(lock, 0)
                os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
                return lock

    def _open_folder(self, folder: Path) -> int:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        self._cleanup.callback(os.close, handle)
        return handle

    # The cluster

    def _make_cluster(self, programs: Path, account: Account) -> None:
        # Made under another name: a cluster called "postgres" is whole, however the maker ended.
        partial = self.data_dir / "postgres.partial"
        if partial.exists():
            shutil.rmtree(partial)
        partial.mkdir(mode=0o700)
        folder = self._open_folder(partial)
        if account.is_root:
            os.fchown(folder, account.uid, account.gid)
        pgdata = _pgdata(partial, folder, account)
        durability = [] if self._durable else ["--no-sync"]
        initdb = account.run(
            [str(programs / "initdb"), "--pgdata", pgdata, "--username", SUPERUSER,
             "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin",
             "--builtin-locale", "C.UTF-8", "--auth", "reject", "--no-instructions", *durability],
            pass_fds=(folder,),
        )  # fmt: skip
        if initdb.returncode:
            raise DatabaseError(self._explain(initdb.stdout))
        # In single-user mode, so that the superuser never needs a way in over the socket.
        single = account.run(
            [str(programs / "postgres"), "--single", "-D", pgdata, "-c", "exit_on_error=on",
             *_options({} if self._durable else FAST_SETTINGS), SUPERUSER],
            stdin=f"CREATE ROLE {ROLE} LOGIN CREATEDB\nCREATE DATABASE {NAME} OWNER {ROLE}\n",
            pass_fds=(folder,),
        )  # fmt: skip
        if single.returncode:
            raise DatabaseError(self._explain(single.stdout))
        partial.rename(self._cluster)

    def _refuse_other_version(self) -> None:
        version = (self._cluster / "PG_VERSION").read_text(encoding="utf-8").strip()
        if version != MAJOR_VERSION:
            raise DatabaseError(
                f"The data in {self.data_dir} were written by PostgreSQL {version}, and this is "
                f"PostgreSQL {MAJOR_VERSION}, which cannot read them. Go back to the release that "
                "wrote them, dump the database there (pg_dump) and load it here into another "
                "NEWSROOM_DATA."
            )

    def _forget_stale_pid_file(self, folder: int) -> None:
        try:
            handle = os.open("postmaster.pid", os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder)
        except FileNotFoundError:
            return
        with open(handle, encoding="utf-8", errors="replace") as file:
            pid = file.readline().strip()
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return  # the server sees that for itself
        except (PermissionError, ValueError, OverflowError):
            pass
        # The lock says that no server of this program runs; someone may have started one by hand.
        with contextlib.suppress(OSError):
            if os.path.samestat(os.stat(f"/proc/{pid}/cwd"), os.fstat(folder)):
                raise DatabaseBusyError(
                    f"A PostgreSQL server that was started by hand (process {pid}) uses the data "
                    f"in {self.data_dir}. Stop it first."
                )
        os.unlink("postmaster.pid", dir_fd=folder)

    def _write_access_rules(self, folder: int, account: Account) -> None:
        client = pwd.getpwuid(os.geteuid()).pw_name
        rules = {
            "pg_hba.conf": f"local all {ROLE} peer map=newsroom\n",
            "pg_ident.conf": f'newsroom "{client}" {ROLE}\n',
        }
        for name, text in rules.items():
            # Root writes in a folder of another user here, so a link must not lead it elsewhere.
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            handle = os.open(name, flags, 0o600, dir_fd=folder)
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
                if account.is_root:
                    os.fchown(handle, account.uid, account.gid)

    # The server

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

    def _launch(self, programs: Path, account: Account, folder: int, lock: int) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))
        settings = SETTINGS | {"unix_socket_directories": str(self._socket_dir)}
        if not self._durable:
            settings |= FAST_SETTINGS
        pgdata = _pgdata(self._cluster, folder, account)
        with open(self.log, "ab") as log:
            begin = log.tell()
            self._server = ChildProcess(
                [str(programs / "postgres"), "-D", pgdata, *_options(settings)],
                death_signal=signal.SIGINT if self._durable else signal.SIGQUIT,
                uid=account.uid if account.is_root else None,
                gid=account.gid if account.is_root else None,
                pass_fds=(folder, lock),
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
            explanation = self._explain(log.read().decode(errors="replace"))
        raise DatabaseError(f"{explanation}\nThe whole log is {self.log}.")

    def _explain(self, output: str) -> str:
        causes = {
            "No space left on device": "the disk is full",
            "Check free disk space": "the disk is full",
            "Disk quota exceeded": "the disk quota is used up",
            "Read-only file system": "the file system is read-only",
            "Cannot allocate memory": "the machine has too little free memory",
        }
        for symptom, cause in causes.items():
            if symptom in output:
                return f"The database in {self.data_dir} cannot be started: {cause}."
        last = "\n".join(output.strip().splitlines()[-8:])
        return f"The database in {self.data_dir} cannot be started. PostgreSQL said:\n{last}"


def _socket_dir(data_dir: Path) -> Path:
    place = hashlib.sha256(os.fsencode(os.path.realpath(data_dir))).hexdigest()[:12]
    return Path(f"/tmp/newsroom-{os.geteuid()}-{place}")


def _pgdata(path: Path, folder: int, account: Account) -> str:
    return f"/proc/self/fd/{folder}" if account.is_root else str(path)


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _is_alive(pid: str) -> bool:
    if not pid.isdecimal() or int(pid) in {0, os.getpid()}:
        return False
    with contextlib.suppress(OSError):
        # A killed process that nobody has waited for still has its number, but holds nothing.
        stat_line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return stat_line.rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
