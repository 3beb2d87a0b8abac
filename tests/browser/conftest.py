"""Debian's Chromium against a server with a database of its own."""

import os
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

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
        yield


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


class Newsroom:
    """The running site as its people see it, each in a browser of their own."""

    def __init__(self, browser: Browser, domain: str):
        self.browser = browser
        self.domain = domain
        self.missing: list[str] = []
        self.contexts = []

    def url(self, label: str = "", path: str = "/") -> str:
        return f"http://{label}.{self.domain}{path}".replace("//.", "//")

    def open(self, viewport=None, **more) -> Page:
        context = self.browser.new_context(viewport=viewport or LAPTOP, locale="id-ID", **more)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("response", self._note_missing)
        return page

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

    def _note_missing(self, response):
        if response.status == HTTPStatus.NOT_FOUND and "/static/" in response.url:
            self.missing.append(response.url)

    @contextmanager
    def signed_in(self, username: str, viewport=None):
        page = self.sign_in(username, viewport)
        yield page
        page.context.close()


@pytest.fixture
def newsroom(chromium, live_server, settings):
    settings.DOMAIN = f"localhost:{live_server.thread.port}"
    room = Newsroom(chromium, settings.DOMAIN)
    yield room
    for context in room.contexts:
        context.close()
    assert room.missing == []
