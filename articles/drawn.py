"""What is drawn once and stands for as long as nothing in it changes: pages, and parts of pages.

A drawing is kept under a name that holds all that it shows: rows by the versions that they were
read with (articles/known_lines.py), what belongs to the site by the site's. A change gives it
another name, so nothing has to be dropped, and nothing can be out of date.
"""

import marshal
import time
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import brotli
from django.db.models import Model
from django.urls import get_script_prefix
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Section
from bureaus.hosts import Site
from bureaus.models import Bureau
from newsroom.compression import ENCODERS

# Letters of all parts together, and compressed bytes of all pages; with more, all are drawn anew.
MOST_OF_PARTS = 2_000_000
MOST_OF_PAGES = 6_000_000
# Seconds in which no day begins in any zone of Indonesia unless it begins with them: lists print
# the day of what is not of today.
HOUR = 3600


class Unnamed(Exception):
    """A row of which nobody knows whether it is still as it was, as a line read by itself."""


class FromTheRest(SimpleLazyObject):
    """A value of a page that is made, when it is drawn, of nothing but the page's other values."""


class DrawnPage:
    """A page, kept compressed; of files for machines the text is XML."""

    def __init__(self, text: str) -> None:
        #: by the names of newsroom.compression.ENCODERS: the one that nearly everybody asks for
        self.codings = {"br": ENCODERS["br"](text.encode())}

    @property
    def content(self) -> bytes:
        return brotli.decompress(self.codings["br"])

    def __len__(self) -> int:
        return sum(map(len, self.codings.values()))


Drawing = TypeVar("Drawing", SafeString, DrawnPage)


class Drawings(Generic[Drawing]):
    """Drawings by name; ``most`` is the length of them all, above which they are dropped."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.drawn: dict[bytes, Drawing] = {}
        self.size = 0

    def keep(self, name: bytes, drawing: Drawing) -> None:
        if name in self.drawn:
            return  # of another thread, the same
        if self.size + len(drawing) > self.most:
            self.clear()
        self.drawn[name] = drawing
        self.size += len(drawing)

    def once(self, name: bytes, draw: Callable[[], Drawing]) -> Drawing:
        drawing = self.drawn.get(name)
        if drawing is None:
            drawing = draw()
            self.keep(name, drawing)
        return drawing

    def clear(self) -> None:
        self.drawn, self.size = {}, 0


PARTS: Drawings[SafeString] = Drawings(MOST_OF_PARTS)
PAGES: Drawings[DrawnPage] = Drawings(MOST_OF_PAGES)


def name_of(template: str, site: Site, values: Mapping[str, Any]) -> bytes:
    """What tells this drawing from any other; raises Unnamed where nobody can say."""
    bureau = site.bureau and site.bureau.pk
    hour = int(time.time()) // HOUR
    around = [site.version, site.kind, bureau, get_language(), get_script_prefix(), hour]
    return digest([template, around, [(each, values[each]) for each in sorted(values)]])


def digest(value: Any) -> bytes:
    """A name of one length for a value, however much it holds; raises Unnamed."""
    return blake2b(marshal.dumps(name_of_value(value), 2), digest_size=16).digest()


def name_of_value(value: Any) -> Any:
    """What tells a value from any other that would be drawn differently, in plain values."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is FromTheRest:
        return None
    return _naming(kind)(value)  # type: ignore[arg-type] # a type is hashable


@cache
def _naming(kind: type) -> Callable[[Any], Any]:
    """How values of this type are named."""
    return next(naming for types, naming in _NAMINGS if issubclass(kind, types))


def _of_row(row: Model) -> Any:
    versions = row.__dict__.get("row_versions")
    if versions is None:
        raise Unnamed
    return row._meta.label, row.pk, versions


def _of_fields(value: Any) -> Any:
    return tuple([name_of_value(getattr(value, name)) for name in _fields(type(value))])  # type: ignore[arg-type]


@cache
def _fields(kind: type) -> list[str]:
    if not is_dataclass(kind):
        raise Unnamed
    return [each.name for each in fields(kind)]


_NAMINGS: list[tuple[tuple[type, ...], Callable[[Any], Any]]] = [
    # One of another state comes with another version of the site.
    ((Bureau, Section), lambda row: (row._meta.label, row.pk)),
    ((Model,), _of_row),
    ((list, tuple), lambda values: tuple([name_of_value(each) for each in values])),
    ((Mapping,), lambda values: name_of_value(list(values.items()))),
    ((Enum,), lambda value: (type(value).__qualname__, value.name)),
    ((bool, int, float), lambda value: value),
    ((str, Promise), lambda value: str(value).encode()),
    ((date,), lambda value: value.isoformat()),
    ((object,), _of_fields),
]
