"""The database's files in the data folder: who may use them, and how they are made."""

import contextlib
import fcntl
import os
import pwd
import shutil
import time
from pathlib import Path

from newsroom.database.programs import Account, DatabaseBusyError, DatabaseError, explain

NAME = ROLE = "newsroom"
SUPERUSER = "postgres"
MAJOR_VERSION = "18"
# A killed program may have left a server that is still on its way down.
LOCK_SECONDS = 30


class Cluster:
    """The database in ``data_dir``, held open and locked between ``open`` and ``close``."""

    def __init__(self, data_dir: Path, account: Account) -> None:
        self.data_dir = data_dir
        self.path = data_dir / "postgres"
        self._account = account
        self._handles = contextlib.ExitStack()

    def open(self) -> int:
        """Make the data folder and lock it; return the lock, for the server to inherit.

        Raises DatabaseError, or DatabaseBusyError when another process has the lock.
        """
        owner = self.path.stat().st_uid if self.path.exists() else self._account.uid
        if owner != self._account.uid:
            raise DatabaseError(self._explain_owner(owner))
        self.data_dir.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._handles.callback(os.close, lock)
        self._take(lock)
        return lock

    def close(self) -> None:
        """Give up the lock; a server that still runs keeps it."""
        self._handles.close()

    def prepare(self, programs: Path, *, durable: bool) -> int:
        """Make the database if there is none, and make it ready for a server.

        Returns a handle on its folder. Raises DatabaseError.
        """
        if not self.path.exists():
            self._make(programs, durable=durable)
        self._refuse_other_version()
        folder = self._open_folder(self.path)
        self._forget_stale_pid_file(folder)
        self._write_access_rules(folder)
        return folder

    def pgdata(self, folder: int, path: Path | None = None) -> str:
        """Return the path by which the server reaches its folder, whose handle it inherits."""
        return f"/proc/self/fd/{folder}" if self._account.is_root else str(path or self.path)

    def explain_os_error(self, error: OSError) -> str:
        """Return what a person should know of an error of the file system."""
        if isinstance(error, PermissionError):
            with contextlib.suppress(OSError):
                owner = self.data_dir.stat().st_uid
                if owner != os.geteuid():
                    return self._explain_owner(owner)
        return f"The database in {self.data_dir} cannot be started: {error}"

    def _explain_owner(self, owner: int) -> str:
        if owner != 0 and self.data_dir.stat().st_uid == 0:
            owner = 0  # the server's user stands in for root
        maker, user = _user_name(owner), _user_name(os.geteuid())
        return (
            f"The data in {self.data_dir} were made by {maker}, and this is {user}. "
            f"Run as {maker}, or set NEWSROOM_DATA to another folder."
        )

    def _take(self, lock: int) -> None:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
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
                return

    def _open_folder(self, path: Path) -> int:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        self._handles.callback(os.close, folder)
        return folder

    def _make(self, programs: Path, *, durable: bool) -> None:
        # Made under another name: a cluster called "postgres" is whole, however its maker ended.
        partial = self.data_dir / "postgres.partial"
        if partial.exists():
            shutil.rmtree(partial)
        partial.mkdir(mode=0o700)
        folder = self._open_folder(partial)
        if self._account.is_root:
            os.fchown(folder, self._account.uid, self._account.gid)
        pgdata = self.pgdata(folder, partial)
        sync = [] if durable else ["--no-sync"]
        self._run(
            [str(programs / "initdb"), "--pgdata", pgdata, "--username", SUPERUSER,
             "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin",
             "--builtin-locale", "C.UTF-8", "--auth", "reject", "--no-instructions", *sync],
            folder,
        )  # fmt: skip
        # In single-user mode, so that the superuser never needs a way in over the socket.
        fsync = "on" if durable else "off"
        self._run(
            [str(programs / "postgres"), "--single", "-D", pgdata, "-c", "exit_on_error=on",
             "-c", f"fsync={fsync}", SUPERUSER],
            folder,
            stdin=f"CREATE ROLE {ROLE} LOGIN CREATEDB\nCREATE DATABASE {NAME} OWNER {ROLE}\n",
        )  # fmt: skip
        partial.rename(self.path)

    def _run(self, argv: list[str], folder: int, *, stdin: str = "") -> None:
        result = self._account.run(argv, stdin=stdin, pass_fds=(folder,))
        if result.returncode:
            raise DatabaseError(explain(self.data_dir, result.stdout))

    def _refuse_other_version(self) -> None:
        version = (self.path / "PG_VERSION").read_text(encoding="utf-8").strip()
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

    def _write_access_rules(self, folder: int) -> None:
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
                if self._account.is_root:
                    os.fchown(handle, self._account.uid, self._account.gid)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"


def _is_alive(pid: str) -> bool:
    if not pid.isdecimal() or int(pid) in {0, os.getpid()}:
        return False
    with contextlib.suppress(OSError):
        # A killed process that nobody has waited for still has its number, but holds nothing.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return fields.rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
