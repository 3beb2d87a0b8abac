"""The first lines of any number of lists, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from articles import known_lines
from articles.listings.names import NETWORK, Front, of_site
from articles.models import Listing, Pin
from newsroom.statements import Statement


@dataclass(frozen=True)
class Lists:
    """The first lines of several lists, read at one moment."""

    lines: dict[str, list[Listing]]
    holds_until: datetime | None  # when a line or a pin of these lists begins or ends next
    #: what an editor holds at the top of the front that was asked for, in order
    pinned: list[Listing] = field(default_factory=list)
    #: the stories that were asked for by id, as far as they are live
    stories: dict[int, Listing] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Listing]:
        return self.lines.get(name, [])


# One short range scan a list, all of them in one statement. As an array, or the planner, who does
# not know how few lines these are, reads the table from end to end to join them.
_NEWEST = """
SELECT line.id
FROM unnest(%s::text[], %s::int[]) AS wanted(list, size)
CROSS JOIN LATERAL (
    SELECT id FROM articles_listing
    WHERE articles_listing.list = wanted.list AND live @> statement_timestamp()
    ORDER BY first_published DESC, id DESC
    LIMIT wanted.size
) AS line
"""
_PINNED = """
SELECT line.id
FROM articles_pin AS pin
JOIN articles_listing AS line ON line.article_id = pin.article_id AND line.list = %s
WHERE pin.bureau_id IS NOT DISTINCT FROM %s::bigint AND pin.until > statement_timestamp()
    AND line.live @> statement_timestamp()
"""
_OF_STORIES = f"""
SELECT id FROM articles_listing
WHERE list = '{NETWORK}' AND article_id = ANY(%s) AND live @> statement_timestamp()
"""
_NEXT_CHANGE = """
least(
    (SELECT min(lower(live)) FROM articles_listing
     WHERE list = ANY(%s) AND lower(live) > statement_timestamp()),
    (SELECT min(upper(live)) FROM articles_listing
     WHERE list = ANY(%s) AND NOT upper_inf(live) AND upper(live) > statement_timestamp())
)
"""
_SECONDS = "extract(epoch FROM %(expressions)s)::float8"


def _newest_lines(names: list[str], sizes: list[int]) -> QuerySet[Listing]:
    return _in_order(with_next_change(names).filter(_any(_NEWEST, names, sizes)))


def _newest_and_stories(
    names: list[str], sizes: list[int], stories: list[int]
) -> QuerySet[Listing]:
    wanted = _any(f"({_NEWEST}) UNION ALL ({_OF_STORIES})", names, sizes, stories)
    return _in_order(with_next_change(names).filter(wanted))


def _any(ids: str, *values: Any) -> RawSQL:
    return RawSQL(f"articles_listing.id = ANY(ARRAY({ids}))", values, BooleanField())


def _newest_and_pins(
    names: list[str], sizes: list[int], bureau: int | None = None, site: str = NETWORK
) -> QuerySet[Listing]:
    wanted = _any(f"({_NEWEST}) UNION ALL ({_PINNED})", names, sizes, site, bureau)
    pins = Pin.objects.filter(bureau=bureau, until__gt=Now())
    pin = pins.filter(article=OuterRef("article"))
    seconds = Func(F("until"), template=_SECONDS, output_field=FloatField())
    rows = with_next_change(names).annotate(
        pin=Case(When(list=site, then=Subquery(pin.values("position")[:1]))),
        pin_ends=Subquery(pins.order_by("until").values(seconds=seconds)[:1]),
    )
    return _in_order(rows.filter(wanted))


def with_next_change(names: list[str]) -> QuerySet[Listing]:
    return Listing.objects.annotate(
        next_change=RawSQL(_SECONDS % {"expressions": _NEXT_CHANGE}, (names, names), FloatField())
    )


def _in_order(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    return known_lines.versions(rows).order_by("list", "-first_published", "-id")


NAMES, _SIZES = ["?"], [0]
_NEWEST_LINES = Statement(_newest_lines, names=NAMES, sizes=_SIZES)
_NEWEST_AND_STORIES = Statement(_newest_and_stories, names=NAMES, sizes=_SIZES, stories=[-1])
_NEWEST_AND_PINS_OF_NETWORK = Statement(_newest_and_pins, names=NAMES, sizes=_SIZES)
_NEWEST_AND_PINS = Statement(_newest_and_pins, names=NAMES, sizes=_SIZES, bureau=-1, site="?")


def newest(
    sizes: dict[str, int], front: Front | None = None, stories: Collection[int] = ()
) -> Lists:
    """The newest lines of each named list, at most as many as its number says.

    ``front`` asks for what is pinned to a front, too, ``stories`` for stories of any age. One
    query; a second for lines that this process has not read yet, or when there is no line at all to
    carry the time of the next change. Every line comes with its edition (without the body), bureau,
    section, picture and address, and is shared: nobody may change it.
    """
    names = list(sizes)
    values: dict[str, Any] = {"names": names, "sizes": list(sizes.values())}
    if stories:
        rows = _NEWEST_AND_STORIES.plain(**values, stories=list(stories))
    elif front is None:
        rows = _NEWEST_LINES.plain(**values)
    elif front.bureau is None:
        rows = _NEWEST_AND_PINS_OF_NETWORK.plain(**values)
    else:
        own = {"bureau": front.bureau.pk, "site": of_site(front.bureau)}
        rows = _NEWEST_AND_PINS.plain(**values, **own)
    whole = known_lines.whole(rows)
    by_list: dict[str, list[Listing]] = {}
    pinned = []
    asked: dict[int, Listing] = {}
    # Every row carries the same.
    changes = (getattr(row, name, None) for row in rows[:1] for name in ("next_change", "pin_ends"))
    holds_until = min(map(from_seconds, filter(None, changes)), default=None)
    for row in rows:
        line = whole.get(row.pk)
        if line is None:
            continue
        if stories and line.list == NETWORK and line.article_id in stories:
            asked[line.article_id] = line
        # One that is asked for by its id may be older than all that the list is asked for.
        if not stories or len(by_list.get(line.list, ())) < sizes.get(line.list, 0):
            by_list.setdefault(line.list, []).append(line)
        position = getattr(row, "pin", None)
        if position is not None:
            pinned.append((position, line.pk, line))
    in_order = [line for _position, _pk, line in sorted(pinned)]
    return Lists(by_list, holds_until if by_list else next_change(names), in_order, asked)


def from_seconds(seconds: float) -> datetime:
    """A moment as rows carry it: a float is read in a fraction of the time of a timestamp."""
    return datetime.fromtimestamp(seconds, UTC)


def next_change(names: list[str]) -> datetime | None:
    """When a line of these lists begins or ends next, as far as that is known; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NEXT_CHANGE}", (names, names))
        return cursor.fetchone()[0]
