"""Lines are written when an edition is made or a placement begins, and end with it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles.listings.names import names_for, of_bureau, of_section
from articles.models import Edition, Listing, Placement
from newsroom.eviction import evict


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
