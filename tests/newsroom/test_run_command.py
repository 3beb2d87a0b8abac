"""``manage.py run`` and ``make run`` as a person or a process manager uses them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from newsroom import database
from newsroom.management.commands.run import static_sources
from tests.newsroom.processes import alive, family_of, kill, wait_until

ROOT = Path(__file__).resolve().parents[2]
MANAGE_RUN = [sys.executable, "manage.py", "run"]


@pytest.fixture(scope="module")
def module_data_dir(tmp_path_factory):
    path = tmp_path_factory.mktemp("newsroom data")
    # Compressing the static files takes longer than all else, and these tests look at no page.
    (path / "static").mkdir()
    (path / "static.stamp").write_text(static_sources())
    return path


@pytest.fixture
def newsroom(module_data_dir, tmp_path):
    """What starts a newsroom on a free port; at the end nothing of it is left."""
    with contextlib.ExitStack() as cleanup:
        yield lambda **options: cleanup.enter_context(Newsroom(module_data_dir, **options))
    for data_dir in (module_data_dir, tmp_path / "var"):
        shutil.rmtree(database.connection(data_dir)["HOST"], ignore_errors=True)


class Newsroom:
    def __init__(self, data_dir, *, command=MANAGE_RUN, port=None, **environment):
        self.port = port or free_port()
        self.output = ""
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                "NEWSROOM_DATA": str(data_dir),
                "NEWSROOM_DEMO": "0",
                "PORT": str(self.port),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        family = self.family()
        kill(family)
        self.process.communicate()
        wait_until(lambda: not alive(family))

    def family(self):
        return family_of(self.process.pid)

    def wait_until_open(self):
        for line in self.process.stdout:
            self.output += line
            if line.startswith("Ctrl-C stops it"):
                return self
        raise AssertionError(f"the newsroom did not open:\n{self.output}")

    def wait_for_end(self):
        """Return the exit code and what was said."""
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, self.output + rest

    def answers(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            return False
        return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_named_and_nothing_is_started(newsroom, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = newsroom(port=port, NEWSROOM_DATA=str(tmp_path / "var"))
        assert run.wait_for_end() == (
            1,
            f"CommandError: Port {port} on 127.0.0.1 is taken by another program. "
            "Choose another port, for example: PORT=8080 make run\n",
        )
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_port_that_is_taken_on_the_other_loopback_is_named(newsroom, tmp_path):
    if not socket.has_ipv6:
        pytest.skip("this Python has no IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
        port = other.getsockname()[1]
        code, said = newsroom(port=port, NEWSROOM_DATA=str(tmp_path / "var")).wait_for_end()
    assert (code, f"Port {port} on ::1 is taken by another program." in said) == (1, True)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"port": 99999}, "PORT is '99999': give a number from 1 to 65535."),
        ({"NEWSROOM_BIND": "localhost"}, "NEWSROOM_BIND is 'localhost'; it must be an IP address."),
    ],
)
def test_an_address_that_cannot_be_is_refused(newsroom, environment, message):
    code, said = newsroom(**environment).wait_for_end()
    assert (code, message in said) == (1, True)


def test_a_newsroom_refuses_a_second_leaves_nothing_when_killed_and_stops_at_sigterm(
    newsroom, module_data_dir
):
    # One test for all of it: to open a newsroom is what takes long.
    first = newsroom().wait_until_open()
    assert first.answers()
    assert f"  Desk     http://desk.localhost:{first.port}/\n" in first.output

    code, said = newsroom().wait_for_end()
    assert code == 1
    assert f"Another newsroom is running on the data in {module_data_dir}" in said

    family = first.family()
    first.process.kill()
    assert wait_until(lambda: not alive(family))

    again = newsroom(port=first.port).wait_until_open()
    assert again.answers()
    family = again.family()
    again.process.send_signal(signal.SIGTERM)
    code, said = again.wait_for_end()
    assert (code, said.splitlines()[-1]) == (0, "The newsroom has stopped.")
    assert len(family) > 5
    assert alive(family) == set()
    assert not again.answers()
    assert not Path(database.connection(module_data_dir)["HOST"]).exists()


@pytest.mark.soak
@pytest.mark.parametrize("part", ["postgres", "granian", "procrastinate"])
def test_a_part_that_is_killed_is_started_again(newsroom, part):
    run = newsroom().wait_until_open()
    before = run.family()
    victim = min(pid for pid in before if part in command_of(pid))
    os.kill(victim, signal.SIGKILL)
    assert wait_until(lambda: not alive({victim}))
    assert wait_until(lambda: part in "".join(map(command_of, run.family() - before)))
    assert wait_until(run.answers)


@pytest.mark.soak
def test_everything_killed_at_a_random_moment_of_the_start_is_recovered_from(newsroom, tmp_path):
    data = str(tmp_path / "var")
    for tenths in range(1, 40, 2):
        run = newsroom(NEWSROOM_DATA=data)
        time.sleep(tenths / 10)
        family = run.family()
        kill(family)
        assert wait_until(lambda family=family: not alive(family))
    assert newsroom(NEWSROOM_DATA=data).wait_until_open().answers()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("number", "send"),
    [
        (signal.SIGTERM, os.kill),  # a process manager that knows make's number only
        (signal.SIGINT, os.killpg),  # Ctrl-C
        (signal.SIGHUP, os.killpg),  # the terminal's window is closed
        (signal.SIGTERM, os.killpg),
    ],
)
def test_make_run_stops_everything(newsroom, number, send):
    run = newsroom(command=["make", "run"]).wait_until_open()
    family = run.family()
    send(run.process.pid, number)
    _code, said = run.wait_for_end()
    assert "The newsroom has stopped." in said
    assert wait_until(lambda: not alive(family))


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
