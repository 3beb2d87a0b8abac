"""Paging by keyset: a page costs the same however much came before it.

A cursor names the row at the edge of a page by its moment and its number: ``<microseconds since
1970>-<id>``. Rows that come or go elsewhere do not move the pages beyond it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Exists, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


class NoSuchPlace(ValueError):
    """What was given as a cursor is none."""


@dataclass(frozen=True)
class Cut(Generic[Row]):
    """Rows, newest first; ``older`` and ``newer`` are the cursors of what is beyond, if any.

    What is newer may all have its place on the first page, which needs no cursor.
    """

    rows: list[Row]
    older: str | None
    newer: str | None
    first_is_next: bool = False


def cut(
    rows: QuerySet[Row],
    by: str,
    size: int,
    *,
    before: str | None = None,
    after: str | None = None,
) -> Cut[Row]:
    """The newest ``size`` rows; those just older than a cursor or just newer than one.

    ``by`` names the field or annotation with the moment that orders the rows. Raises NoSuchPlace
    for a cursor that is none.
    """
    if after:
        moment, number = position(after)
        return newer_part(list(newer(rows, by, size, moment, number)), by, size)
    if before:
        moment, number = position(before)
        older_rows = older(rows, by, size, moment, number, number - 1)
        return older_part(list(older_rows), by, size, is_first=False)
    return older_part(list(first(rows, by, size)), by, size, is_first=True)


def first(rows: QuerySet[Row], by: str, size: int) -> QuerySet[Row]:
    """What older_part() takes: the newest rows, one more than a page."""
    return rows.order_by(f"-{by}", "-pk")[: size + 1]


def older(
    rows: QuerySet[Row], by: str, size: int, moment: datetime, number: int, below: int
) -> QuerySet[Row]:
    """What older_part() takes: the rows from a place on; ``below`` is the number before its own."""
    # With the cursor's own row. The database asks once, not for each row.
    more_than_a_page = Exists(_newer(rows, by, moment, below)[size : size + 1])
    # The first condition alone is a range of the index; the second breaks a tie.
    rest = rows.filter(**{f"{by}__lte": moment}).filter(
        Q(**{f"{by}__lt": moment}) | Q(pk__lt=number)
    )
    asked: QuerySet[Row] = rest.annotate(more_than_a_page=more_than_a_page)  # type: ignore[assignment]
    return first(asked, by, size)


def newer(rows: QuerySet[Row], by: str, size: int, moment: datetime, number: int) -> QuerySet[Row]:
    """What newer_part() takes: the rows up to a place, oldest first, two pages and one more."""
    return _newer(rows, by, moment, number).order_by(by, "pk")[: 2 * size + 1]


def older_part(found: list[Row], by: str, size: int, *, is_first: bool) -> Cut[Row]:
    shown = found[:size]
    has_newer = bool(not is_first and shown)
    first_is_next = has_newer and not getattr(shown[0], "more_than_a_page", False)
    return _cut(shown, by, has_newer, len(found) > size, first_is_next)


def newer_part(found: list[Row], by: str, size: int) -> Cut[Row]:
    shown, left = found[:size][::-1], len(found) - size
    return _cut(shown, by, left > 0, bool(shown), 0 < left <= size)


def _cut(
    shown: list[Row], by: str, has_newer: bool, has_older: bool, first_is_next: bool
) -> Cut[Row]:
    return Cut(
        shown,
        _cursor(shown[-1], by) if has_older else None,
        _cursor(shown[0], by) if has_newer else None,
        first_is_next,
    )


def _newer(rows: QuerySet[Row], by: str, moment: datetime, number: int) -> QuerySet[Row]:
    is_newer = Q(**{f"{by}__gt": moment}) | Q(pk__gt=number)
    return rows.filter(**{f"{by}__gte": moment}).filter(is_newer)


def _cursor(row: Any, by: str) -> str:
    return f"{(getattr(row, by) - _EPOCH) // _MICROSECOND}-{row.pk}"


def position(cursor: str) -> tuple[datetime, int]:
    """The moment and the number of the row that a cursor names. Raises NoSuchPlace."""
    parts = _CURSOR.fullmatch(cursor)
    if not parts:
        raise NoSuchPlace(f"{cursor!r} is no place in a list")
    return _EPOCH + int(parts[1]) * _MICROSECOND, int(parts[2])
