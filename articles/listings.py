"""The lists that readers see: writing their lines at publication, reading them by range scan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL

from articles.models import Edition, Listing, Placement

NETWORK = "network"


def of_bureau(bureau_id: int) -> str:
    return f"bureau:{bureau_id}"


def names_for(edition: Edition) -> list[str]:
    """Every list of the home bureau and the network that the edition stands on."""
    bureau = of_bureau(edition.bureau_id)
    section = f"section:{edition.section_id}"
    return [
        NETWORK,
        bureau,
        section,
        f"{bureau}/{section}",
        *(f"tag:{tag['id']}" for tag in edition.tags),
        *sorted({f"author:{byline['id']}" for byline in edition.bylines}),
    ]


def enter(edition: Edition) -> None:
    """Put an edition on its lists for its live period, placements in other bureaus included."""
    placements = edition.article.placements.filter(shown__upper_inf=True)
    Listing.objects.bulk_create(
        [
            *(_line(name, edition, edition.live) for name in names_for(edition)),
            *_placed_lines(placements, edition),
        ]
    )


def enter_placement(placement: Placement, edition: Edition) -> None:
    """Put a story that is live or scheduled on the list of a bureau that also runs it."""
    Listing.objects.bulk_create(_placed_lines([placement], edition))


def leave(edition: Edition, end: datetime | None = None) -> None:
    """Take an edition off its lists, at ``end`` or, with none, altogether."""
    lines = Listing.objects.filter(edition=edition)
    if end is None:
        lines.delete()
        return
    lines.filter(live__startswith__gte=end).delete()
    for line in lines:
        line.live = DateTimeTZRange(line.live.lower, end)
        line.save(update_fields=["live"])


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
            yield _line(of_bureau(placement.bureau_id), edition, live, placement)


@dataclass(frozen=True)
class Lists:
    """The first lines of several lists, read at one moment."""

    lines: dict[str, list[Listing]]
    holds_until: datetime | None  # when a line of these lists begins or ends next

    def __getitem__(self, name: str) -> list[Listing]:
        return self.lines.get(name, [])


# One short range scan a list, all of them in one statement.
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
_NEXT_CHANGE = """
least(
    (SELECT min(lower(live)) FROM articles_listing
     WHERE list = ANY(%s) AND lower(live) > statement_timestamp()),
    (SELECT min(upper(live)) FROM articles_listing
     WHERE list = ANY(%s) AND NOT upper_inf(live) AND upper(live) > statement_timestamp())
)
"""


def newest(sizes: dict[str, int]) -> Lists:
    """The newest lines of each named list, at most as many as its number says.

    One query; a second only when there is no line at all to carry the time of the next change.
    Every line comes with its edition (without the body), bureau, section, picture and address.
    """
    names = list(sizes)
    rows = (
        Listing.objects.filter(pk__in=RawSQL(_NEWEST, (names, list(sizes.values()))))
        .annotate(next_change=RawSQL(_NEXT_CHANGE, (names, names), output_field=DateTimeField()))
        .filter(edition__bureau__is_open=True)
        .select_related(
            "edition__bureau__network",
            "edition__section",
            "edition__picture",
            "edition__address__bureau",
            "placement",
        )
        .defer("edition__body")
        .order_by("list", "-first_published", "-id")
    )
    lines: dict[str, list[Listing]] = {}
    holds_until = None
    for line in rows:
        lines.setdefault(line.list, []).append(line)
        holds_until = line.next_change
    return Lists(lines, holds_until if lines else _next_change(names))


def _next_change(names: list[str]) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NEXT_CHANGE}", (names, names))
        return cursor.fetchone()[0]
