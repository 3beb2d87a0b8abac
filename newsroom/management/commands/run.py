"""``manage.py run``: the whole newsroom on one machine, until Ctrl-C."""

import contextlib
import errno
import hashlib
import http.client
import io
import ipaddress
import os
import shlex
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command

from newsroom.database import DatabaseError, EmbeddedServer
from newsroom.supervisor import Program, ServiceFailedError, StopRequested, Supervisor

WEB_READY_SECONDS = 60
# A slow upload or a slow reader takes a thread; with one thread it would hold up a cached page.
WEB_THREADS = 8


class Command(BaseCommand):
    help = (
        "Serve the newsroom: database, migrations, demo stories, static files, web server, worker."
    )
    requires_system_checks: list[str] = []  # handle runs them once there is a database

    def handle(self, *args: Any, **options: Any) -> None:
        bind = os.environ.get("NEWSROOM_BIND", "127.0.0.1")
        refuse_taken_port(bind, settings.PORT)
        try:
            with Supervisor(self.report) as supervisor:
                self.serve(supervisor, bind)
        except StopRequested:
            self.report("The newsroom has stopped.")
        except (DatabaseError, ServiceFailedError) as error:
            raise CommandError(str(error)) from error

    def report(self, text: str) -> None:
        # A terminal that is gone must not keep the rest from being stopped.
        with contextlib.suppress(OSError):
            self.stdout.write(text)
            self.stdout.flush()

    def serve(self, supervisor: Supervisor, bind: str) -> None:
        if not os.environ.get("DATABASE_URL"):
            self.report("Starting the database …")
            supervisor.start(EmbeddedServer(settings.DATA_DIR))
        call_command("migrate", interactive=False, verbosity=0)
        self.check()
        logins = self.load_demo()
        self.collect_static_files()
        web = web_server(bind)
        supervisor.start(web)
        supervisor.start(worker())
        self.wait_until_ready(supervisor, web, bind)
        self.greet(logins)
        supervisor.watch()

    def load_demo(self) -> str:
        """Load the demo newsroom unless it is there; return what a person needs to sign in."""
        if not settings.LOADS_DEMO:
            return ""
        self.report("Preparing the demo newsroom …")
        logins = io.StringIO()
        try:
            call_command("load_demo", stdout=logins)
        except CommandError as error:  # it refuses a real newsroom, which is served all the same
            return str(error)
        from newsroom.demo import loader

        if loader.is_loaded():
            # For the programs started from here: whoever tries the demo has no second factor.
            os.environ["NEWSROOM_IS_DEMO"] = "1"
        return logins.getvalue().strip()

    def collect_static_files(self) -> None:
        stamp = settings.DATA_DIR / "static.stamp"
        sources = static_sources()
        if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == sources:
            return
        self.report("Collecting static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(sources)

    def wait_until_ready(self, supervisor: Supervisor, web: Program, bind: str) -> None:
        deadline = time.monotonic() + WEB_READY_SECONDS
        while (status := front_page_status(bind)) is None:
            supervisor.check()
            if time.monotonic() > deadline:
                raise CommandError(f"The {web.name} did not answer within {WEB_READY_SECONDS} s.")
            time.sleep(0.1)
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            self.report(f"The front page answers with status {status}; messages above tell why.")

    def greet(self, logins: str) -> None:
        # Models and what imports them may be loaded only after settings.
        from bureaus.hosts import absolute_url, desk_url
        from bureaus.models import Bureau, User

        addresses = {"Network": absolute_url(None, "/")}
        bureaus = list(Bureau.objects.open())
        # One of many is enough; the demo's reporter and editor work at Cilacap.
        for bureau in [b for b in bureaus if b.slug == "cilacap"] or bureaus[:1]:
            addresses[str(bureau)] = absolute_url(bureau, "/")
        addresses["Desk"] = desk_url("/")
        width = max(map(len, addresses))
        lines = [f"  {name:<{width}}  {address}" for name, address in addresses.items()]
        if not logins and not User.objects.filter(is_active=True).exists():
            logins = (
                "Nobody can sign in yet. Make the first administrator in a second shell:\n"
                f"  {own_command('with_database', 'createsuperuser')}"
            )
        parts = ["\nThe newsroom is open.\n", *lines, f"\n{logins}" if logins else "", ""]
        self.report("\n".join([*parts, "Ctrl-C stops it."]))


def own_command(*arguments: str) -> str:
    """A line for another shell that runs a command on the same data."""
    chosen = [
        f"{name}={shlex.quote(os.environ[name])}"
        for name in ("NEWSROOM_DATA", "DATABASE_URL")
        if os.environ.get(name)
    ]
    return " ".join([*chosen, ".venv/bin/python", "manage.py", *arguments])


def refuse_taken_port(bind: str, port: int) -> None:
    """Raise CommandError, with what to do about it, unless ``port`` is free on ``bind``."""
    try:
        ipaddress.ip_address(bind)
    except ValueError:
        raise CommandError(f"NEWSROOM_BIND is '{bind}'; it must be an IP address.") from None
    _refuse_if_taken(bind, port)
    if bind == "127.0.0.1":
        # Granian listens on one address, and a browser falls back from ::1 to it. But it asks ::1
        # first, so another program there would answer in the newsroom's name.
        with contextlib.suppress(OSError):  # no IPv6 on this machine
            _refuse_if_taken("::1", port)


def _refuse_if_taken(host: str, port: int) -> None:
    advice = "Choose another port, for example: PORT=8080 make run"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As the server does it: a port that connections of an earlier run linger on is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CommandError(
                f"Port {port} may not be used by this user: most systems keep ports below 1024 for "
                f"root. {advice}"
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} on {host} is taken by another program. {advice}"
                ) from None
            if host == "::1":
                raise
            raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None


def web_server(bind: str) -> Program:
    """Return Granian on ``bind`` and PORT; when stopped, it lets requests end for some seconds."""
    argv = granian(bind, settings.PORT, "newsroom.wsgi:application")
    return Program("web server", argv, cwd=settings.BASE_DIR, stop_seconds=8)


def granian(bind: str, port: int, application: str, workers: int = 1) -> list[str]:
    """The command that serves a WSGI application as the newsroom is served.

    Each of several ``workers``, as larger machines have them, has a page cache and a listener.
    """
    options = {
        "--interface": "wsgi",
        "--host": bind,
        "--port": str(port),
        "--workers": str(workers),  # one has one page cache and one listener; threads share them
        "--blocking-threads": str(WEB_THREADS),
        "--workers-kill-timeout": "5",
        "--log-level": "error",  # a warning advises fewer threads, as for work that only computes
    }
    argv = [sys.executable, "-m", "granian", *(part for pair in options.items() for part in pair)]
    return [*argv, "--no-ws", "--no-access-log", application]


def worker() -> Program:
    """Return the task worker; a task that is cut off is run again, for tasks may run twice."""
    argv = [sys.executable, "manage.py", "procrastinate", "worker"]
    argv += ["--shutdown-graceful-timeout", "5"]
    return Program(
        "task worker",
        argv,
        cwd=settings.BASE_DIR,
        stop_seconds=8,
        # With the database gone, too, it would wait for that before it ends.
        death_signal=signal.SIGKILL,
    )


def front_page_status(bind: str) -> int | None:
    """Return the status of the network's front page, or None while nothing answers."""
    own_address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)
    site = http.client.HTTPConnection(own_address, settings.PORT, timeout=30)
    try:
        site.request("GET", "/", headers={"Host": settings.DOMAIN})
        return site.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        site.close()


def static_sources() -> str:
    """Return a digest that changes when a static file, or the way they are stored, changes."""
    ignored = cast("StaticFilesConfig", apps.get_app_config("staticfiles")).ignore_patterns
    sources = [f"{settings.STORAGES['staticfiles']} {ignored}"]
    for finder in get_finders():
        for name, storage in finder.list(ignored):
            found = Path(storage.path(name)).stat()
            sources.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()
