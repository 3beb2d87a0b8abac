"""The lists that readers see: writing their lines at publication, reading them by range scan."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from articles import keyset, known_lines
from articles.models import Edition, Listing, Pin, Placement
from bureaus.models import Bureau, TimeZone
from newsroom.eviction import evict
from newsroom.statements import Statement

NETWORK = "network"
# A search by headline reads so many of the newest lines of a list and no more.
SEARCHED = 5000


@dataclass(frozen=True)
class Front:
    """Whose front: a bureau's or, with None, the network's; with the clock that it goes by."""

    bureau: Bureau | None

    @property
    def list_name(self) -> str:
        return of_site(self.bureau)

    @property
    def zone(self) -> ZoneInfo:
        return self.bureau.zone if self.bureau else ZoneInfo(settings.TIME_ZONE)

    @property
    def zone_label(self) -> str:
        return self.bureau.zone_label if self.bureau else TimeZone(settings.TIME_ZONE).name


def of_bureau(bureau_id: int) -> str:
    return f"bureau:{bureau_id}"


def of_site(bureau: Bureau | None) -> str:
    """Everything on a bureau's site, or on the network's with None."""
    return of_bureau(bureau.pk) if bureau else NETWORK


def of_section(section_id: int | None, bureau: Bureau | None = None) -> str:
    """A section on a bureau's site, or across the network with None."""
    section = f"section:{section_id}"
    return f"{of_bureau(bureau.pk)}/{section}" if bureau else section


def of_tag(tag_id: int) -> str:
    return f"tag:{tag_id}"


def of_author(author_id: int) -> str:
    return f"author:{author_id}"


def names_for(edition: Edition) -> list[str]:
    """Every list of the home bureau and the network that the edition stands on."""
    section = edition.section_id
    return [
        NETWORK,
        of_bureau(edition.bureau_id),
        of_section(section),
        of_section(section, edition.bureau),
        *(of_tag(tag["id"]) for tag in edition.tags),
        *sorted({of_author(byline["id"]) for byline in edition.bylines}),
    ]


def enter(edition: Edition) -> None:
    """Put an edition on its lists for its live period, placements in other bureaus included."""
    placements = edition.article.placements.filter(shown__upper_inf=True).select_related("bureau")
    lines = [
        *(_line(name, edition, edition.live) for name in names_for(edition)),
        *_placed_lines(placements, edition),
    ]
    _tell_readers(Listing.objects.bulk_create(lines))


def enter_placement(placement: Placement, edition: Edition) -> None:
    """Put a story that is live or scheduled on the list of a bureau that also runs it."""
    _tell_readers(Listing.objects.bulk_create(_placed_lines([placement], edition)))


def leave(edition: Edition, end: datetime | None = None) -> None:
    """Take an edition off its lists, at ``end`` or, with none, altogether."""
    lines = list(Listing.objects.filter(edition=edition))
    for line in lines:
        if end is None or line.live.lower >= end:
            line.delete()
        else:
            line.live = DateTimeTZRange(line.live.lower, end)
            line.save(update_fields=["live"])
    _tell_readers(lines)


def leave_placement(placement: Placement) -> None:
    """Take a story off the lists of a bureau that no longer runs it."""
    lines = list(placement.listings.all())
    placement.listings.all().delete()
    _tell_readers(lines)


def _tell_readers(lines: Iterable[Listing]) -> None:
    evict(*(f"list:{line.list}" for line in lines))


def _line(name: str, edition: Edition, live, placement: Placement | None = None) -> Listing:
    return Listing(
        list=name,
        edition=edition,
        article_id=edition.article_id,
        placement=placement,
        first_published=edition.first_published,
        live=live,
    )


def _placed_lines(placements: Iterable[Placement], edition: Edition) -> Iterator[Listing]:
    for placement in placements:
        start, end = max(placement.shown.lower, edition.live.lower), edition.live.upper
        # A placement that begins only after this edition has ended waits for the next one.
        if end is None or start < end:
            live = DateTimeTZRange(start, end)
            for name in (
                of_bureau(placement.bureau_id),
                of_section(edition.section_id, placement.bureau),
            ):
                yield _line(name, edition, live, placement)


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
    return _in_order(_with_next_change(names).filter(_any(_NEWEST, names, sizes)))


def _newest_and_stories(
    names: list[str], sizes: list[int], stories: list[int]
) -> QuerySet[Listing]:
    wanted = _any(f"({_NEWEST}) UNION ALL ({_OF_STORIES})", names, sizes, stories)
    return _in_order(_with_next_change(names).filter(wanted))


def _any(ids: str, *values: Any) -> RawSQL:
    return RawSQL(f"articles_listing.id = ANY(ARRAY({ids}))", values, BooleanField())


def _newest_and_pins(
    names: list[str], sizes: list[int], bureau: int | None = None, site: str = NETWORK
) -> QuerySet[Listing]:
    wanted = _any(f"({_NEWEST}) UNION ALL ({_PINNED})", names, sizes, site, bureau)
    pins = Pin.objects.filter(bureau=bureau, until__gt=Now())
    pin = pins.filter(article=OuterRef("article"))
    seconds = Func(F("until"), template=_SECONDS, output_field=FloatField())
    rows = _with_next_change(names).annotate(
        pin=Case(When(list=site, then=Subquery(pin.values("position")[:1]))),
        pin_ends=Subquery(pins.order_by("until").values(seconds=seconds)[:1]),
    )
    return _in_order(rows.filter(wanted))


def _with_next_change(names: list[str]) -> QuerySet[Listing]:
    return Listing.objects.annotate(
        next_change=RawSQL(_SECONDS % {"expressions": _NEXT_CHANGE}, (names, names), FloatField())
    )


def _in_order(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    return known_lines.versions(rows).order_by("list", "-first_published", "-id")


_NAMES, _SIZES = ["?"], [0]
_NEWEST_LINES = Statement(_newest_lines, names=_NAMES, sizes=_SIZES)
_NEWEST_AND_STORIES = Statement(_newest_and_stories, names=_NAMES, sizes=_SIZES, stories=[-1])
_NEWEST_AND_PINS_OF_NETWORK = Statement(_newest_and_pins, names=_NAMES, sizes=_SIZES)
_NEWEST_AND_PINS = Statement(_newest_and_pins, names=_NAMES, sizes=_SIZES, bureau=-1, site="?")


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


NEWS = 1000  # lines at most of what is asked for by its age


def own_lines_since(name: str, since: datetime) -> list[Listing]:
    """The news of a bureau's own since a moment, newest first; no placements, nothing paid for."""
    rows = _OWN_SINCE.plain(name=name, since=since)
    whole = known_lines.whole(rows)
    return [whole[row.pk] for row in rows if row.pk in whole]


def _own_since(name: str, since: datetime) -> QuerySet[Listing]:
    rows = Listing.objects.filter(list=name, first_published__gte=since, live__contains=Now())
    own = rows.filter(placement=None, edition__paid=False)
    return known_lines.versions(own).order_by("-first_published", "-id")[:NEWS]


_OWN_SINCE = Statement(_own_since, name="?", since=datetime(1, 1, 1, tzinfo=UTC))


def live_lines(name: str, articles: Collection[int]) -> dict[int, Listing]:
    """The lines of these stories on a list, by story, as far as they stand on it now."""
    rows = Listing.objects.filter(list=name, live__contains=Now(), article__in=articles)
    return {line.article_id: line for line in known_lines.printed(rows)}


def search(name: str, words: str, size: int) -> list[Listing]:
    """Live lines of a list, newest first, whose headline holds every word; no word: the newest."""
    rows = Listing.objects.filter(list=name, live__contains=Now())
    newest_first = rows.order_by("-first_published", "-id")
    if not words.strip():
        return list(known_lines.printed(newest_first)[:size])
    found = known_lines.printed(Listing.objects.filter(pk__in=newest_first.values("pk")[:SEARCHED]))
    for word in words.split():
        found = found.filter(
            Q(edition__headline__icontains=word) | Q(placement__headline__icontains=word)
        )
    return list(found.order_by("-first_published", "-id")[:size])


def from_seconds(seconds: float) -> datetime:
    """A moment as rows carry it: a float is read in a fraction of the time of a timestamp."""
    return datetime.fromtimestamp(seconds, UTC)


def next_change(names: list[str]) -> datetime | None:
    """When a line of these lists begins or ends next, as far as that is known; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NEXT_CHANGE}", (names, names))
        return cursor.fetchone()[0]


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
        rows = _with_next_change(names).filter(list=name, live__contains=Now())
        rows = known_lines.versions(rows).only(_BY)
        if is_within:
            rows = rows.filter(first_published__gte=start, first_published__lt=stop)
        return ask(rows, _BY, size, **place)

    samples: dict[str, Any] = {"name": "?", "names": _NAMES}
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
SELECT CASE WHEN span.oldest THEN (
    SELECT first_published FROM articles_listing
    WHERE list = %(name)s AND live @> statement_timestamp()
        AND first_published >= span.start AND first_published < span.stop
    ORDER BY first_published LIMIT 1
) ELSE (
    SELECT first_published FROM articles_listing
    WHERE list = %(name)s AND live @> statement_timestamp()
        AND first_published >= span.start AND first_published < span.stop
    ORDER BY first_published DESC LIMIT 1
) END
FROM unnest(%(starts)s::timestamptz[], %(stops)s::timestamptz[], %(oldest)s::boolean[])
    WITH ORDINALITY AS span(start, stop, oldest, place)
ORDER BY span.place
"""


def edges(name: str, spans: Sequence[Span]) -> list[datetime | None]:
    """When the newest, or the oldest, story of a list within each span was first published."""
    columns: dict[str, Any] = {
        "name": name,
        "starts": [span.start for span in spans],
        "stops": [span.stop for span in spans],
        "oldest": [span.oldest for span in spans],
    }
    with connection.cursor() as cursor:
        cursor.execute(_EDGES, columns)
        return [row[0] for row in cursor.fetchall()]
