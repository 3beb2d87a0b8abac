"""Debian's Chromium against a server with a database of its own."""

import logging
import os
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.profiles import Profiles

# Playwright's synchronous interface keeps an event loop in this thread; the tests' own look-ups
# in the database are no less safe for that.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = "/usr/bin/chromium"
# The same browser of the same build without windows, which take more than half of a test's time.
WINDOWLESS = "/usr/bin/chromium-headless-shell"
BROWSER = WINDOWLESS if Path(WINDOWLESS).exists() else CHROMIUM
ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds, on a machine that does other things, too
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def _collected_files(tmp_path_factory):
    """The static files as they are collected: what is left out is missing here, too."""
    folder = tmp_path_factory.mktemp("static")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": plain}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        # What has not changed for long is kept by a browser without asking, as in production.
        for path in folder.rglob("*"):
            os.utime(path, (0, 0))
        yield


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(chromium):
    return Profiles(chromium)


class Newsroom:
    """The running site as its people see it, each in a browser of their own."""

    def __init__(self, profiles: Profiles, domain: str):
        self.profiles = profiles
        self.domain = domain
        self.missing: list[str] = []
        self.contexts = []

    def url(self, label: str = "", path: str = "/") -> str:
        return f"http://{label}.{self.domain}{path}".replace("//.", "//")

    def open(self, viewport=None, **more) -> Page:
        page = self.profiles.open(viewport=viewport or LAPTOP, **more)
        self.contexts.append(page.context)
        page.set_default_timeout(PATIENCE)
        return page

    def leave(self, page: Page) -> None:
        """Close that browser."""
        self.contexts.remove(page.context)
        self.profiles.give_back(page.context)

    def sign_in(self, username: str, viewport=None, **more) -> Page:
        """A browser with that person's session; the form itself has tests of its own."""
        from bureaus.models import User  # the audits read this module without Django

        client = Client()
        client.force_login(User.objects.get(username=username))
        page = self.open(viewport, **more)
        self.carry(page, client.cookies[settings.SESSION_COOKIE_NAME].value)
        return page

    def carry(self, page: Page, session: str) -> None:
        """Give the browser a session of the desk."""
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session,
            "domain": urlsplit(self.url("desk")).hostname,
            "path": "/",
            "secure": True,
            "httpOnly": True,
            "sameSite": "Lax",
        }
        page.context.add_cookies([cookie])

    @contextmanager
    def signed_in(self, username: str, viewport=None):
        page = self.sign_in(username, viewport)
        yield page
        self.leave(page)


class MissingFiles(logging.Handler):
    """Notes static files that a page asks for and that are not there.

    The server tells of them: a browser would have to report each of a page's hundred requests.
    """

    def __init__(self, missing: list[str]):
        super().__init__()
        self.missing = missing

    def emit(self, record: logging.LogRecord) -> None:
        request = getattr(record, "request", None)
        is_missing = getattr(record, "status_code", None) == HTTPStatus.NOT_FOUND
        if is_missing and request.path.startswith(settings.STATIC_URL):
            self.missing.append(request.path)


@pytest.fixture
def newsroom(profiles, live_server, settings):
    settings.DOMAIN = f"localhost:{live_server.thread.port}"
    room = Newsroom(profiles, settings.DOMAIN)
    notes = MissingFiles(room.missing)
    logging.getLogger("django.request").addHandler(notes)
    yield room
    for context in room.contexts:
        profiles.give_back(context)
    logging.getLogger("django.request").removeHandler(notes)
    assert room.missing == []
