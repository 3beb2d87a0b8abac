"""The WSGI application in front of Django: answers from memory, renders each missing page once."""

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from newsroom.cached_pages.page import Page
from newsroom.cached_pages.store import Key, PageStore, clock
from newsroom.compression import IS_DONE_OUTSIDE, chosen_coding
from newsroom.page_cache import LONGEST

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Kind = tuple[str, str, bool]

METHODS = ("GET", "HEAD")
# Where Django finds the store of its process, to tell the operator how it does.
STORE = "newsroom.page_store"
# A page that is not there may be there in a moment, and no name would tell: 404 is never kept.
KEPT = frozenset({200, 301, 302, 410})
# Seconds that a reader waits for somebody else's rendering of the same page.
PATIENCE = 10
ROUNDS = 3
# Seconds for which nobody asks again for a database that could not be reached.
PAUSE = 1.0
APOLOGIES = 64

coding_of = lru_cache(maxsize=512)(chosen_coding)


@dataclass
class Flight:
    """A page that is being rendered; others who want it wait."""

    landed: threading.Event = field(default_factory=threading.Event)
    may_be_tried_again: bool = False


@dataclass(frozen=True)
class Apology:
    """The page that says that the database cannot be reached."""

    status: str
    headers: list[tuple[str, str]]
    chunks: list[bytes]


class CachedPages:
    """``application`` with the pages that it describes kept in ``store``.

    Requests for one of ``private_hosts`` or below ``private_paths`` go through untouched.
    ``queries`` are the parameters that pages know; all others are dropped, before Django sees them.
    ``demand`` is a variable of the environ with the value without which a request goes through, as
    that of HTTPS.
    """

    def __init__(
        self,
        application: Application,
        store: PageStore,
        *,
        private_hosts: Collection[str] = (),
        private_paths: tuple[str, ...] = (),
        queries: Collection[str] = (),
        demand: tuple[str, str] | None = None,
    ):
        self.application = application
        self.store = store
        self.private_hosts = frozenset(private_hosts)
        self.private_paths = private_paths
        self.queries = frozenset(queries)
        self.demanded = demand[0] if demand else ""
        self.demanded_value = demand[1] if demand else None
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()
        self._apologies: dict[Kind, Apology] = {}
        self._no_database_until = 0.0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        # As almost every request comes: the address as it stands is the key of a page.
        get = environ.get
        key: Key = (get("HTTP_HOST", ""), environ["PATH_INFO"], get("QUERY_STRING", ""))
        now = clock()
        self.store.catch_up(now)
        page = self.store.fresh(key, now)
        if (
            page is not None
            and environ["REQUEST_METHOD"] in METHODS
            and get(self.demanded) == self.demanded_value
        ):
            return self._hit(key, page, environ, start_response, now)
        return self._look(environ, start_response)

    def _hit(
        self, key: Key, page: Page, environ: Environ, start_response: Callable, now: float
    ) -> Iterable[bytes]:
        self.store.hits += 1
        self.store.touch(key, page, now)
        return self._answer(key, page, environ, start_response, now)

    def _answer(
        self, key: Key, page: Page, environ: Environ, start_response: Callable, now: float
    ) -> Iterable[bytes]:
        coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_new = not page.has(coding)
        body = page.body(coding, now)
        if is_new:
            self.store.recount(key, page)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and page.is_known(known):
            start_response("304 Not Modified", body.heads.not_modified)
            return []
        start_response(page.status, body.heads.whole)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body.chunks

    # Beyond the first look

    def _look(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "").lower()
        if (
            environ["REQUEST_METHOD"] not in METHODS
            or host in self.private_hosts
            or environ["PATH_INFO"].startswith(self.private_paths)
            or environ.get(self.demanded) != self.demanded_value
        ):
            environ[STORE] = self.store
            return self.application(environ, start_response)
        key = (_own_name(host), environ["PATH_INFO"], self._known(environ.get("QUERY_STRING", "")))
        for _round in range(ROUNDS):
            now = clock()
            self.store.catch_up(now)
            page = self.store.fresh(key, now)
            if page is not None:
                return self._hit(key, page, environ, start_response, now)
            if not self.store.is_leased:
                return self._render_unheard(key, environ, start_response)
            with self._lock:
                flight = self._flights.get(key)
                mine = None if flight else self._flights.setdefault(key, Flight())
            if mine:
                return self._lead(mine, key, environ, start_response)
            flight.landed.wait(PATIENCE)  # type: ignore[union-attr]
            if not flight.may_be_tried_again:  # type: ignore[union-attr]
                break
        return self._render(key, environ, start_response, None)

    def _known(self, query: str) -> str:
        """The parameters that a page may know, in one order."""
        if not query:
            return ""
        # The last one counts, as it does for Django.
        found = {
            name: value
            for name, value in parse_qsl(query, keep_blank_values=True)
            if name in self.queries
        }
        return urlencode(sorted(found.items()))

    def _lead(
        self, flight: Flight, key: Key, environ: Environ, start_response: Callable
    ) -> Iterable[bytes]:
        try:
            return self._render(key, environ, start_response, flight)
        finally:
            with self._lock:
                self._flights.pop(key, None)
            flight.landed.set()

    def _render_unheard(
        self, key: Key, environ: Environ, start_response: Callable
    ) -> Iterable[bytes]:
        """While the listener is away: not from memory, unless the database is away as well."""
        now = clock()
        if now < self._no_database_until:
            answer = self._without_database(key, environ, start_response)
            if answer is not None:
                return answer
        elif self._no_database_until:
            # One asks; the others need not wait with it.
            self._no_database_until = now + PATIENCE
        return self._render(key, environ, start_response, None)

    def _render(
        self, key: Key, environ: Environ, start_response: Callable, flight: Flight | None
    ) -> Iterable[bytes]:
        store = self.store
        mark = store.mark()
        is_expired = store.is_leased and key in store.pages
        inner = {
            **environ,
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": key[2],
            IS_DONE_OUTSIDE: True,
        }
        started: list[tuple[str, list[tuple[str, str]]]] = []
        response: Any = self.application(
            inner, lambda status, headers, exc_info=None: started.append((status, headers))
        )
        status, headers = started[-1]
        if getattr(response, "is_without_database", False):
            return self._apologise(key, status, headers, response, environ, start_response)
        self._no_database_until = 0.0
        store.misses += 1
        if not _is_public(response, headers):
            start_response(status, headers)
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(response)
                return []
            return response
        page = _page(status, headers, response, store.clock_ahead)
        now = clock()
        answer = self._answer(key, page, environ, start_response, now)
        if response.status_code in KEPT and page.ends > now:
            store.expired += is_expired
            store.keep(key, page, mark)
            if flight:
                flight.may_be_tried_again = True
        return answer

    # Without a database

    def _apologise(
        self, key: Key, status: str, headers: list, response, environ: Environ, start_response
    ) -> Iterable[bytes]:
        apology = Apology(status, headers, [b"".join(response)])
        _close(response)
        with self._lock:
            if len(self._apologies) >= APOLOGIES:
                self._apologies.clear()
            self._apologies[_kind(key)] = apology
        self._no_database_until = clock() + PAUSE
        answer = self._without_database(key, environ, start_response)
        assert answer is not None
        return answer

    def _without_database(
        self, key: Key, environ: Environ, start_response: Callable
    ) -> Iterable[bytes] | None:
        """The last good page, marked; else the apology, if there is one for this kind of page."""
        page = self.store.pages.get(key)
        if page is not None:
            self.store.stale += 1
            body = page.body(coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")), clock())
            start_response(page.status, page.stale_head(body))
            return [] if environ["REQUEST_METHOD"] == "HEAD" else body.chunks
        apology = self._apologies.get(_kind(key))
        if apology is None:
            return None
        start_response(apology.status, apology.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else apology.chunks


def _own_name(host: str) -> str:
    """Without the dot in which a full domain name may end."""
    name, colon, port = host.partition(":")
    return f"{name.removesuffix('.')}{colon}{port}"


def _kind(key: Key) -> Kind:
    """An apology is in the words of one site, in one language, with its pictures or without."""
    first, second = f"{key[1]}//".split("/")[1:3]
    return key[0], first if first in ("en", "teks") else "", second == "en"


def _is_public(response: Any, headers: list[tuple[str, str]]) -> bool:
    """Whether a response is the same for everybody: it says what it shows, and nothing in its
    headers tells one reader from another."""
    if getattr(response, "shows", None) is None or getattr(response, "streaming", True):
        return False
    if response.cookies or response.has_header("Content-Encoding"):
        return False
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        response.headers.get("Cache-Control", "").startswith("public")
        and varies <= {"", "accept-encoding"}
        and not any(name.lower() == "set-cookie" for name, _value in headers)
    )


def _page(status: str, headers: list, response: Any, clock_ahead: float) -> Page:
    content = b"".join(response)
    _close(response)
    now, ends_outside = clock(), None
    ends = now + LONGEST
    if response.holds_until is not None:
        left = response.holds_until.timestamp() - time.time()
        ends_outside = now + left
        ends = min(ends, now + left - clock_ahead)
    return Page(
        status,
        headers,
        content,
        response.shows,
        ends=ends,
        ends_outside=ends_outside,
        codings=getattr(response, "codings", None),
    )


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()
