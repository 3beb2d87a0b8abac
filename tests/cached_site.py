"""An application behind a page cache, without a database: what it renders is given."""

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from newsroom.cached_pages import CachedPages, PageStore
from newsroom.page_cache import describe
from tests.web import ask, store

TEXT = "Serayu melimpasi tanggul di Adipala. " * 40


def page(text=TEXT, *names, until=None, **more):
    response = HttpResponse(text, content_type="text/html; charset=utf-8", **more)
    if len(text) > 500:
        patch_vary_headers(response, ["Accept-Encoding"])
    return describe(response, names or ["network"], until)


class Site:
    """An application that renders ``make()`` each time, and counts."""

    def __init__(self, make=page, pages: PageStore | None = None, **options):
        self.make = make
        self.asked: list[dict] = []
        self.store = store() if pages is None else pages
        self.cached = CachedPages(
            self._render, self.store, queries=["sebelum", "sesudah"], **options
        )

    def _render(self, environ, start_response):
        self.asked.append(environ)
        response = self.make()
        cookies = [("Set-Cookie", each.output(header="")) for each in response.cookies.values()]
        status = f"{response.status_code} {response.reason_phrase}"
        start_response(status, [*response.items(), *cookies])
        return response

    def get(self, url="/", **more):
        return ask(self.cached, url, **more)

    @property
    def renders(self):
        return len(self.asked)
