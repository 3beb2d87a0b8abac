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
        oldest_first = _newer(rows, by, *_position(after)).order_by(by, "pk")
        found = list(oldest_first[: 2 * size + 1])
        shown, left = found[:size][::-1], len(found) - size
        has_newer, first_is_next, has_older = left > 0, 0 < left <= size, bool(shown)
    else:
        if before:
            moment, number = _position(before)
            # With the cursor's own row. The database asks once, not for each row.
            more_than_a_page = Exists(_newer(rows, by, moment, number - 1)[size : size + 1])
            # The first condition alone is a range of the index; the second breaks a tie.
            rows = rows.filter(**{f"{by}__lte": moment}).filter(
                Q(**{f"{by}__lt": moment}) | Q(pk__lt=number)
            )
            rows = rows.annotate(more_than_a_page=more_than_a_page)  # type: ignore[assignment]
        found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
        shown = found[:size]
        has_newer, has_older = bool(before and shown), len(found) > size
        first_is_next = has_newer and not getattr(shown[0], "more_than_a_page", False)
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


def _position(cursor: str) -> tuple[datetime, int]:
    parts = _CURSOR.fullmatch(cursor)
    if not parts:
        raise NoSuchPlace(f"{cursor!r} is no place in a list")
    return _EPOCH + int(parts[1]) * _MICROSECOND, int(parts[2])
