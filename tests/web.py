"""A web process with pages in memory, inside the test: what a reader sends, what comes back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from urllib.parse import unquote_to_bytes

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction

from newsroom import serving
from newsroom.cached_pages import CachedPages, Listener, PageStore
from newsroom.cached_pages.store import clock
from newsroom.eviction import evict
from tests.newsroom.processes import wait_until

_numbers = count(1)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        is_coded = self.headers.get("Content-Encoding") == "br"
        return (brotli.decompress(self.content) if is_coded else self.content).decode()


def ask(
    application: Callable,
    url: str = "/",
    host: str = "bentara.test",
    method: str = "GET",
    **headers,
) -> Answer:
    path, _mark, query = url.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "CONTENT_LENGTH": "",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    begun: list[tuple[str, list]] = []
    response = application(environ, lambda status, head, exc=None: begun.append((status, head)))
    content = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    ((status, head),) = begun
    assert len({name.lower() for name, _value in head}) == len(head), head
    return Answer(int(status[:3]), dict(head), content)


def store(megabytes: float = 8, *, leased: bool = True) -> PageStore:
    """Pages without a listener."""
    made = PageStore(int(megabytes * 1_000_000))
    made.open()
    if leased:
        made.renew(clock() + 3600, 0.0)
    return made


class Web:
    """Django behind a page cache that hears the test's database; ``renders`` are its pages."""

    def __init__(self) -> None:
        self.renders: list[str] = []
        self.store = PageStore(64_000_000)
        self.django = WSGIHandler()
        self.pages: CachedPages = serving.cached_pages(self._counted, self.store)
        self.listener = Listener(self.store, serving.connect)

    def _counted(self, environ, start_response):
        self.renders.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def __enter__(self):
        self.listener.start()
        assert wait_until(lambda: self.store.is_leased)
        return self

    def __exit__(self, *exception):
        self.listener.end()

    def get(self, url: str = "/", host: str = "bentara.test", **more) -> Answer:
        return ask(self.pages, url, host, **more)

    def get_anew(self, url: str = "/", host: str = "bentara.test", **more) -> Answer:
        """As Django renders it now."""
        return ask(self.django, url, host, **more)

    def settle(self) -> None:
        """Wait until everything that was committed so far has been heard."""
        name = f"settled:{next(_numbers)}"
        with transaction.atomic():
            evict(name)
        assert wait_until(lambda: name in self.store._evicted)


def at_once(number: int, call: Callable[[], object]) -> list:
    """What each of so many threads gets that start together."""
    barrier = threading.Barrier(number)
    found: list = []

    def run():
        try:
            barrier.wait()
            found.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
