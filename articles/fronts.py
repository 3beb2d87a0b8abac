"""How a front is made up: which of the newest stories stands where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import listings
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
    """The first screen (lead, stack, wire) and what follows it, newest first in each."""

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


def make_up(lines: Sequence[Listing]) -> Front:
    """Give the newest story the lead; paid matter never leads unless there is nothing else.

    One or two stories make one column, a few two, more three, so that none is nearly empty.
    """
    left = list(lines)
    if not left:
        return Front(None, [], [], [], [])
    lead = next((line for line in left if not line.edition.paid), left[0])
    left.remove(lead)
    if len(left) == 1:
        return Front(lead, left, [], [], [])
    under = UNDER_LEAD if len(left) > STACK else 0
    if len(left) < UNDER_LEAD + STACK + FEWEST:
        return Front(lead, left[:under], left[under:], [], [])
    stack, wire = under + STACK, under + STACK + WIRE
    if len(left) < wire + FEWEST:
        wire = len(left)
    return Front(lead, left[:under], left[under:stack], left[stack:wire], left[wire:])


@dataclass(frozen=True)
class Cell:
    bureau: Bureau
    lines: list[Listing]


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
            Cell(bureau, _for_cell(lists[listings.of_bureau(bureau.pk)], seen))
            for bureau in west_to_east(bureaus)
            if bureau.time_zone == zone
        ]
        if cells:
            zones.append(Zone(zone.name, region, cells))
    return zones


def _for_cell(own: list[Listing], seen: set[int]) -> list[Listing]:
    fresh = [line for line in own if line.article_id not in seen]
    # Better a headline twice than a bureau that looks shut.
    return fresh[:CELL] or own[:1]


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
