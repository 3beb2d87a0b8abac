"""One page in memory: its bytes in each coding, and the headers that go with them."""

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from sys import intern

import brotli

from newsroom.compression import ENCODERS
from newsroom.page_cache import LONGEST, control

Headers = list[tuple[str, str]]

DECODERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
# Headers that this module writes itself.
OWN = ("content-length", "content-encoding", "cache-control", "etag")
# What hardly two pages have in common.
UNLIKE = ("surrogate-key", "cache-tag", "link")
# RFC 9110 15.4.5: what a 304 says of the page that the browser has.
OF_NOT_MODIFIED = ("vary", "surrogate-key", "cache-tag", "content-language")
# Bytes beside the text, roughly: headers as Python objects, and one entry in the index of names.
OVERHEAD = 3000
EACH_NAME = 150


@lru_cache(maxsize=1000)
def _line(name: str, value: str) -> tuple[str, str]:
    """A header, once for all pages that have it: what each has of its own has to come from memory
    when it is served, and that is most of what a hit costs."""
    return intern(name), intern(value)


@dataclass(frozen=True)
class Heads:
    """The headers of one coding, made for one value of Cache-Control."""

    seconds: int
    whole: Headers
    not_modified: Headers


class Body:
    """The page in one coding; ``chunks`` is what a WSGI application returns."""

    __slots__ = ("chunks", "heads")

    def __init__(self, content: bytes, heads: Heads):
        self.chunks = [content]
        # Replaced whole, so that two threads need no lock.
        self.heads = heads


class Page:
    """A rendered page. ``ends`` is when it stops holding, by the clock of the store.

    Bodies in other codings are made when somebody first asks for them, from the one that is there:
    most pages are read in one coding alone.
    """

    def __init__(
        self,
        status: str,
        headers: Sequence[tuple[str, str]],
        content: bytes,
        names: tuple[str, ...],
        *,
        ends: float,
        ends_outside: float | None,
        codings: Mapping[str, bytes] | None = None,
    ):
        """``ends_outside`` is the moment of holds_until; None for a page without one, whose
        Cache-Control is left as it is. ``codings`` are those in which its maker has it already."""
        self.status = status
        # What many pages have in common is kept once.
        self.names = tuple([intern(name) for name in names])
        self.ends = ends
        self.ends_outside = ends_outside
        own = dict(headers)
        self.is_coded = "accept-encoding" in own.get("Vary", "").lower()
        # Weak: it stands for the page in every coding.
        self.etag = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
        self._fixed = [
            (intern(name), value) if name.lower() in UNLIKE else _line(name, value)
            for name, value in headers
            if name.lower() not in OWN
        ]
        self._control = own.get("Cache-Control", "")
        self._plain = content
        self._codings = codings or {}
        self.bodies: dict[str | None, Body] = {}
        #: the size that the store has counted
        self.counted = 0
        #: when it was read last, by the clock of the store, to the second
        self.read_at = 0.0

    @property
    def size(self) -> int:
        """Bytes in memory, roughly."""
        return (
            OVERHEAD
            + EACH_NAME * len(self.names)
            + sum(len(body.chunks[0]) for body in self.bodies.values())
        )

    def body(self, coding: str | None, now: float) -> Body:
        """The page in a coding of compression.ENCODERS, or as it is with None, as of ``now``."""
        if not self.is_coded:
            coding = None
        body = self.bodies.get(coding)
        if body is None:
            body = self._make(coding, now)
        elif self.ends_outside is not None and body.heads.seconds != self._seconds(now):
            body.heads = self._heads(coding, len(body.chunks[0]), now)
        return body

    def has(self, coding: str | None) -> bool:
        return (coding if self.is_coded else None) in self.bodies

    def is_known(self, if_none_match: str) -> bool:
        """Whether the browser has this very page (RFC 9110 13.1.2)."""
        return self.status.startswith("200") and (
            self.etag.removeprefix("W/") in if_none_match or if_none_match.strip() == "*"
        )

    def stale_head(self, body: Body) -> Headers:
        """For a page that may no longer be true: no cache may keep it."""
        kept = [pair for pair in body.heads.whole if pair[0] not in ("Cache-Control", "ETag")]
        return [*kept, ("Cache-Control", "no-store"), ("X-Cache", "stale")]

    def _make(self, coding: str | None, now: float) -> Body:
        plain = self._decoded()
        content = self._codings.get(coding) or ENCODERS[coding](plain) if coding else plain
        body = Body(content, self._heads(coding, len(content), now))
        self.bodies[coding] = body
        self._plain = b""
        return body

    def _decoded(self) -> bytes:
        for coding, body in list(self.bodies.items()):
            return DECODERS[coding](body.chunks[0]) if coding else body.chunks[0]
        return self._plain

    def _seconds(self, now: float) -> int:
        ends = self.ends_outside
        return LONGEST if ends is None else max(0, min(LONGEST, int(ends - now)))

    def _heads(self, coding: str | None, length: int, now: float) -> Heads:
        seconds = self._seconds(now)
        said = self._control if self.ends_outside is None else control(seconds)
        fresh = [_line("Cache-Control", said), ("ETag", self.etag)]
        coded = [_line("Content-Encoding", coding)] if coding else []
        whole = [*self._fixed, *fresh, *coded, ("Content-Length", str(length))]
        kept = [pair for pair in self._fixed if pair[0].lower() in OF_NOT_MODIFIED]
        return Heads(seconds, whole, [*kept, *fresh])
