"""Profiles of the browser, which hold what it has fetched and compiled of the static files.

A story's page has about a hundred of them, and in a new profile takes three times as long.
"""

from collections import defaultdict
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Frame, Page

# With any other option, a profile serves once.
OPTIONS = {"viewport", "java_script_enabled", "bypass_csp", "has_touch", "is_mobile"}


class Profiles:
    def __init__(self, browser: Browser):
        self.browser = browser
        self.free: dict[str, list[BrowserContext]] = defaultdict(list)
        self.taken: dict[BrowserContext, str] = {}
        self.visited: dict[BrowserContext, set[str]] = {}

    def open(self, **options) -> Page:
        """A page in a profile in which nothing is stored."""
        name = repr(sorted(options.items())) if options.keys() <= OPTIONS else ""
        if self.free[name]:
            context = self.free[name].pop()
            page = context.new_page()
            self._empty(page)
        else:
            context = self._make(**options)
            page = context.new_page()
        self.taken[context] = name
        return page

    def _make(self, **options) -> BrowserContext:
        context = self.browser.new_context(locale="id-ID", **options)
        visited = self.visited[context] = set()

        def note(frame: Frame) -> None:
            visited.add(urlsplit(frame.url).netloc)

        context.on("page", lambda page: page.on("framenavigated", note))
        context.on("close", self._forget)
        return context

    def _forget(self, context: BrowserContext) -> None:
        self.taken.pop(context, None)
        self.visited.pop(context, None)

    def _empty(self, page: Page) -> None:
        inspector = page.context.new_cdp_session(page)
        for host in self.visited[page.context]:
            stored = {"origin": f"http://{host}", "storageTypes": "all"}
            inspector.send("Storage.clearDataForOrigin", stored)
        inspector.detach()

    def give_back(self, context: BrowserContext) -> None:
        """Close all pages of a profile, which whoever comes next may have.

        A page of readers may be kept for a minute, and shown to the next: then it serves no more.
        """
        name = self.taken.pop(context, "")
        hosts = self.visited.get(context, set())
        if not name or any(not host.startswith("desk.") for host in hosts - {""}):
            context.close()
            return
        for page in context.pages:
            page.close()
        context.set_offline(False)
        context.unroute_all()
        context.clear_cookies()
        self.free[name].append(context)
