"""One list by keyset, and the moments of what stands at the edges of a span."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from articles import keyset, known_lines
from articles.listings.newest import NAMES, from_seconds, next_change, with_next_change
from articles.models import Listing
from newsroom.statements import Statement, fetch


@dataclass(frozen=True)
class ListPage:
    """One page of a list; ``older`` and ``newer`` are the cursors of its neighbours, if any.

    ``first_is_next`` says that all that is newer stands on the first page.
    """

    lines: list[Listing]
    older: str | None
    newer: str | None
    holds_until: datetime | None
    first_is_next: bool = False


def page(
    name: str,
    size: int,
    *,
    before: str | None = None,
    after: str | None = None,
    within: tuple[datetime, datetime] | None = None,
) -> ListPage:
    """A page of a list by keyset: its cost does not grow with what came before it.

    ``before`` and ``after`` are cursors that a page gave; ``within`` is a half-open span of time.
    Raises articles.keyset.NoSuchPlace for a cursor that is none.
    """
    values: dict[str, Any] = {"name": name, "names": [name]}
    if within:
        values |= {"start": within[0], "stop": within[1]}
    cursor = after or before
    place = keyset.position(cursor) if cursor else None
    if place:
        values |= {"moment": place[0], "number": place[1]}
    if after:
        rows = _part_of_list("newer", size, is_within=bool(within)).plain(**values)
        found = keyset.newer_part(rows, _BY, size)
    else:
        if place:
            values["below"] = place[1] - 1
        kind = "older" if place else "first"
        rows = _part_of_list(kind, size, is_within=bool(within)).plain(**values)
        found = keyset.older_part(rows, _BY, size, is_first=place is None)
    # Every row carries the same.
    seconds = rows[0].next_change if rows else None
    changes = (seconds and from_seconds(seconds)) if rows else next_change([name])
    whole = known_lines.whole(found.rows)
    shown = [whole[row.pk] for row in found.rows if row.pk in whole]
    return ListPage(shown, found.older, found.newer, changes, found.first_is_next)


_BY = "first_published"


@cache
def _part_of_list(kind: str, size: int, *, is_within: bool) -> Statement[Listing]:
    """One statement for every shape of a part, of which there are few."""
    ask: Callable[..., QuerySet[Listing]] = getattr(keyset, kind)

    def build(
        name: str, names: list[str], start=None, stop=None, **place: Any
    ) -> QuerySet[Listing]:
        rows = with_next_change(names).filter(list=name, live__contains=Now())
        rows = known_lines.versions(rows).only(_BY)
        if is_within:
            rows = rows.filter(first_published__gte=start, first_published__lt=stop)
        return ask(rows, _BY, size, **place)

    samples: dict[str, Any] = {"name": "?", "names": NAMES}
    moments = iter(datetime(1, 1, day, tzinfo=UTC) for day in (1, 2, 3))
    if is_within:
        samples |= {"start": next(moments), "stop": next(moments)}
    if kind != "first":
        samples |= {"moment": next(moments), "number": -1}
    if kind == "older":
        samples["below"] = -2
    return Statement(build, **samples)


@dataclass(frozen=True)
class Span:
    """A half-open span of time, of which the newest story is asked for or the oldest."""

    start: datetime
    stop: datetime
    oldest: bool = False


# One probe of the list's index a span, however much was published in it.
_EDGES = """
SELECT extract(epoch FROM CASE WHEN span.oldest THEN (
    SELECT first_published FROM articles_listing
    WHERE list = $1 AND live @> statement_timestamp()
        AND first_published >= span.start AND first_published < span.stop
    ORDER BY first_published LIMIT 1
) ELSE (
    SELECT first_published FROM articles_listing
    WHERE list = $1 AND live @> statement_timestamp()
        AND first_published >= span.start AND first_published < span.stop
    ORDER BY first_published DESC LIMIT 1
) END)::float8
FROM unnest($2::text::timestamptz[], $3::text::timestamptz[], $4::text::boolean[])
    WITH ORDINALITY AS span(start, stop, oldest, place)
ORDER BY span.place
"""


class Spans(NamedTuple):
    """Spans as the statement takes them: arrays in PostgreSQL's own writing."""

    starts: str
    stops: str
    oldest: str


def written(spans: Sequence[Span]) -> Spans:
    return Spans(
        _array(span.start.isoformat() for span in spans),
        _array(span.stop.isoformat() for span in spans),
        _array(str(span.oldest) for span in spans),
    )


def _array(values: Iterable[str]) -> str:
    return f"{{{','.join(values)}}}"


def edges(name: str, spans: Spans) -> list[datetime | None]:
    """When the newest, or the oldest, story of a list within each span was first published."""
    found = fetch(connection, _EDGES, (name, *spans))
    return [None if seconds is None else from_seconds(seconds) for (seconds,) in found]
