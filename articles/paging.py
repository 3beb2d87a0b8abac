"""The addresses of the parts of a long list: ``?sebelum=…`` for older ones, ``?sesudah=…``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.http import Http404
from django.utils.encoding import escape_uri_path

from articles.keyset import NoSuchPlace

# The names of the two arguments of a reading, and what readers' addresses call them.
KEYS = {"before": "sebelum", "after": "sesudah"}


class Part(Protocol):
    """Anything that was cut from a list by keyset."""

    @property
    def older(self) -> str | None: ...

    @property
    def newer(self) -> str | None: ...

    @property
    def first_is_next(self) -> bool: ...


Found = TypeVar("Found", bound=Part)


@dataclass(frozen=True)
class Paging:
    """The query of the page's own address, empty where none was asked, and links to its neighbours.

    ``newer`` is the path of the whole list where its first page comes next.
    """

    query: str
    older: str
    newer: str

    @property
    def is_newest(self) -> bool:
        """Whether the address of the whole list, which has no query, is the right one for this."""
        return bool(self.query) and not self.newer


def read(request, reading: Callable[..., Found]) -> tuple[Found, Paging]:
    """The part of a list that the request's address asks for.

    ``reading`` takes ``before`` and ``after`` as articles/keyset.py does. Raises Http404 for an
    address that asks for no part.
    """
    asked = {name: request.GET[key] for name, key in KEYS.items() if key in request.GET}
    if len(asked) > 1 or "" in asked.values():
        raise Http404
    try:
        found = reading(**asked)
    except NoSuchPlace:
        raise Http404 from None
    own = [_query(name, cursor) for name, cursor in asked.items()]
    first = escape_uri_path(request.path) if found.first_is_next else ""
    newer = first or _query("after", found.newer)
    return found, Paging("".join(own), _query("before", found.older), newer)


def _query(name: str, cursor: str | None) -> str:
    return f"?{KEYS[name]}={cursor}" if cursor else ""
