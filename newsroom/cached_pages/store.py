"""All pages that one process keeps: by address, by name, bounded by bytes.

What is served is true: a page is dropped when one of its names is evicted, and nothing is served
unless the listener has lately proved that it hears of every eviction (the lease). Reading needs no
lock; whatever changes takes one.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from newsroom.cached_pages.page import Page

if TYPE_CHECKING:
    from newsroom.cached_pages.line import Line

# Host, path, and query in the order of its parameters' names.
Key = tuple[str, str, str]

# Goes on while the machine sleeps, where the system can tell; steps of the wall clock do not count.
clock = partial(time.clock_gettime, getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
# Names remembered as evicted. Beyond so many, pages being rendered at that moment are not kept.
REMEMBERED = 10_000
# Seconds for which nobody looks again what the database has sent: a look with each of 30,000
# requests a second would cost a tenth of them.
LOOK = 0.002
# Of the whole budget; a page that is larger is not kept.
LARGEST_SHARE = 8


@dataclass(frozen=True)
class Mark:
    """Where the evictions stood when a page began to be rendered."""

    epoch: int
    generation: int


class PageStore:
    def __init__(self, limit: int):
        """``limit`` is in bytes."""
        self.limit = limit
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        #: what the listener hears by; whoever answers from here looks into it first
        self.line: Line | None = None
        #: until when pages may be served, by clock()
        self.lease = 0.0
        #: what the database's wall clock is ahead of this machine's, in seconds
        self.clock_ahead = 0.0
        self.size = 0
        # Of two hits in the same instant one may go uncounted; a lock for each would cost more.
        self.hits = self.misses = self.stale = self.expired = 0
        self.stores = self.refused = self.evictions = self.dropped = self.connections = 0
        self._keys: dict[str, set[Key]] = {}
        self._evicted: dict[str, int] = {}
        self._looks_at = 0.0
        self._generation = self._epoch = self._forgotten = 0
        self._lock = threading.Lock()

    # Reading

    @property
    def is_leased(self) -> bool:
        return clock() < self.lease

    def catch_up(self, now: float) -> None:
        """Carry out the evictions that have come and that the listener has not come to yet: all but
        those of the last LOOK seconds."""
        line = self.line
        if line is not None and now >= self._looks_at:
            self._looks_at = now + LOOK
            line.look()

    def fresh(self, key: Key, now: float) -> Page | None:
        """The page if it may be served."""
        page = self.pages.get(key)
        return page if page is not None and now < page.ends and now < self.lease else None

    def touch(self, key: Key, page: Page, now: float) -> None:
        """Somebody has read it: it goes last when room is needed."""
        if now < page.read_at + 1:
            return
        page.read_at = now
        # contextlib.suppress would cost more than all the rest; the key may go in this instant.
        try:  # noqa: SIM105
            self.pages.move_to_end(key)
        except KeyError:
            pass

    # Keeping

    def mark(self) -> Mark:
        with self._lock:
            return Mark(self._epoch, self._generation)

    def keep(self, key: Key, page: Page, mark: Mark) -> bool:
        """Keep a page; False if it may be untrue: one of its names was evicted since ``mark``, or
        an eviction may have been missed."""
        with self._lock:
            if (
                mark.epoch != self._epoch
                or mark.generation < self._forgotten
                or not self.is_leased
                or any(self._evicted.get(name, 0) > mark.generation for name in page.names)
            ):
                self.refused += 1
                return False
            if page.size > self.limit // LARGEST_SHARE:
                return False
            if key in self.pages:
                self._remove(key)
            self.pages[key] = page
            self._count(page)
            for name in page.names:
                self._keys.setdefault(name, set()).add(key)
            self.stores += 1
            self._make_room()
            return True

    def recount(self, key: Key, page: Page) -> None:
        """Count a further coding of a page that is kept."""
        with self._lock:
            if self.pages.get(key) is page:
                self.size -= page.counted
                self._count(page)
                self._make_room()

    # Dropping

    def evict(self, names: Iterable[str]) -> None:
        """Drop every page that bears one of the names."""
        with self._lock:
            self._generation += 1
            for name in names:
                self._evicted[name] = self._generation
                for key in self._keys.pop(name, ()):
                    if key in self.pages:
                        self._remove(key)
                        self.evictions += 1
            if len(self._evicted) > REMEMBERED:
                self._evicted.clear()
                self._forgotten = self._generation

    def open(self, line: "Line | None" = None) -> None:
        """Evictions are heard from now on; what was missed before could be anything."""
        with self._lock:
            self.line = line
            self._epoch += 1
            self.connections += 1
            self.pages.clear()
            self._keys.clear()
            self._evicted.clear()
            self.size = 0

    def renew(self, until: float, clock_ahead: float) -> None:
        """Evictions up to now have been carried out; pages may be served until ``until``."""
        self.clock_ahead = clock_ahead
        self.lease = until

    def close(self) -> None:
        """Evictions are no longer heard. What is here is kept for the case that the database
        cannot be reached at all."""
        with self._lock:
            self.line = None
            self.lease = 0.0
            self._epoch += 1

    def forsake(self) -> None:
        """In a forked process, where no listener is, and the lock may have stayed locked."""
        self.line = None
        self.lease = 0.0
        self._lock = threading.Lock()

    def metrics(self) -> dict[str, int | bool]:
        return {
            "listening": self.is_leased,
            "pages": len(self.pages),
            "bytes": self.size,
            "limit": self.limit,
            "hits": self.hits,
            "misses": self.misses,
            "expired": self.expired,
            "stale": self.stale,
            "stores": self.stores,
            "refused": self.refused,
            "evictions": self.evictions,
            "dropped": self.dropped,
            "connections": self.connections,
        }

    def _make_room(self) -> None:
        while self.size > self.limit:
            try:
                longest_unread = next(iter(self.pages))
            except RuntimeError:
                continue  # somebody read a page between iter() and next()
            self._remove(longest_unread)
            self.dropped += 1

    def _count(self, page: Page) -> None:
        page.counted = page.size
        self.size += page.counted

    def _remove(self, key: Key) -> None:
        page = self.pages.pop(key)
        self.size -= page.counted
        for name in page.names:
            if keys := self._keys.get(name):
                keys.discard(key)
                if not keys:
                    del self._keys[name]
