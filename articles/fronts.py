"""How a front is made up: which of the newest stories stands where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import listings, saving
from articles.listings import Lists
from articles.models import Listing
from bureaus.models import Bureau, TimeZone

UNDER_LEAD = 2
STACK = 4
WIRE = 7
FEWEST = 3  # in a column or a band of their own: fewer look like a mistake
FURTHER = 21  # three columns of seven
CELL = 2  # stories of a bureau on the network's front
# Lines to ask for. All of the first screen may come from one bureau, whose place shows others.
FIRST_SCREEN = 1 + UNDER_LEAD + STACK + WIRE
FRONT_SIZE = FIRST_SCREEN + FURTHER
CELL_SIZE = FIRST_SCREEN + CELL


@dataclass(frozen=True)
class Front:
    """The first screen (lead, stack, wire) and what follows it, each in the order of the list."""

    lead: Listing | None
    under_lead: list[Listing]
    stack: list[Listing]
    wire: list[Listing]
    rest: list[Listing]

    @property
    def first_screen(self) -> list[Listing]:
        lead = [self.lead] if self.lead else []
        return [*lead, *self.under_lead, *self.stack, *self.wire]

    def further(self, shown: Iterable[Listing] = ()) -> list[Listing]:
        """The rest of the list without what the page shows elsewhere, too."""
        articles = {line.article_id for line in shown}
        lines = [line for line in self.rest if line.article_id not in articles]
        return lines[:FURTHER] if len(lines) >= FEWEST else []

    def kilobytes(self, also: Iterable[Listing] = ()) -> int:
        """Of the pictures that a phone loads: the first screen's and those of the lines given."""
        small = [line.edition.picture for line in (*self.under_lead, *self.stack, *also)]
        return saving.kilobytes(self.lead.edition.picture if self.lead else None, small)


def make_up(lines: Iterable[Listing], pinned: Sequence[Listing] = ()) -> Front:
    """Put what is pinned before the rest, and the first of all in the lead.

    Paid matter never leads unless there is nothing else. One or two stories make one column, a
    few two, more three, so that none is nearly empty.
    """
    held = {line.article_id for line in pinned}
    left = [*pinned, *(line for line in lines if line.article_id not in held)]
    if not left:
        return Front(None, [], [], [], [])
    lead = next((line for line in left if not line.edition.paid), left[0])
    left.remove(lead)
    if len(left) == 1:
        return Front(lead, left, [], [], [])
    under = UNDER_LEAD if len(left) > STACK else 0
    # What is held there on purpose is no "latest", which the wire is called.
    stack = max(under + STACK, sum(line.article_id in held for line in left))
    if len(left) < stack + FEWEST:
        return Front(lead, left[:under], left[under:], [], [])
    wire = stack + WIRE
    if len(left) < wire + FEWEST:
        wire = len(left)
    return Front(lead, left[:under], left[under:stack], left[stack:wire], left[wire:])


@dataclass(frozen=True)
class Cell:
    """A bureau's place on the network's front: what the first screen has not shown."""

    bureau: Bureau
    lines: list[Listing]
    is_above: bool  # whether the first screen has all that there is


@dataclass(frozen=True)
class Zone:
    label: str
    region: str | Promise
    cells: list[Cell]

    @property
    def lines(self) -> list[Listing]:
        return [line for cell in self.cells for line in cell.lines]


REGIONS = {
    TimeZone.WIB: _("western Indonesia"),
    TimeZone.WITA: _("central Indonesia"),
    TimeZone.WIT: _("eastern Indonesia"),
}


def west_to_east(bureaus: Iterable[Bureau]) -> list[Bureau]:
    """By zone, then by name."""
    order = list(TimeZone)
    return sorted(bureaus, key=lambda bureau: (order.index(bureau.time_zone), bureau.name))


def by_zone(bureaus: Sequence[Bureau], lists: Lists, front: Front) -> list[Zone]:
    """The bureaus of each zone, each with its newest stories that the first screen has not."""
    seen = {line.article_id for line in front.first_screen}
    zones = []
    for zone, region in REGIONS.items():
        cells = [
            _cell(bureau, lists[listings.of_bureau(bureau.pk)], seen)
            for bureau in west_to_east(bureaus)
            if bureau.time_zone == zone
        ]
        if cells:
            zones.append(Zone(zone.name, region, cells))
    return zones


def _cell(bureau: Bureau, lines: list[Listing], seen: set[int]) -> Cell:
    # What it took over stands in the place of the bureau that reported it.
    own = [line for line in lines if line.placement_id is None] or lines
    fresh = [line for line in own if line.article_id not in seen]
    return Cell(bureau, fresh[:CELL], bool(own) and not fresh)


def from_elsewhere(bureau: Bureau, lists: Lists, others: Iterable[Bureau]) -> list[Listing]:
    """The newest story of each other bureau, newest first, four at most."""
    shown = {line.article_id for line in lists[listings.of_bureau(bureau.pk)]}
    lines = {
        line.article_id: line
        for other in others
        for line in lists[listings.of_bureau(other.pk)][:1]
        if line.article_id not in shown
    }
    return sorted(lines.values(), key=lambda line: line.first_published, reverse=True)[:4]
