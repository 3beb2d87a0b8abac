"""How a front is made up: which of the newest stories stands where.

The wire has the newest of the whole list, whatever the columns beside it show. The columns have
news alone: what somebody has paid for stands in the wire, with its label, and nowhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import listings, saving
from articles.listings import Lists
from articles.models import Listing, Section
from bureaus.models import Bureau, TimeZone
from bureaus.provinces import west_to_east

UNDER_LEAD = 2  # twice as many where the lead has no picture
STACK = 5
WIRE = 8
FEWEST = 3  # in a column or a band of their own: fewer look like a mistake
FURTHER = 21  # three columns of seven
BANDS = 2  # sections with a band of their own
UNDER_BAND = 3  # headlines under the picture of a band, two at least
OPINION = "opini"  # slug of the section whose pieces have a row of their own
OPINIONS = 4
CELL = 2  # stories of a bureau on the network's front
# Lines to ask for. All of the first screen may come from one bureau, whose place shows others.
PAID = 3  # beyond those that are shown, for paid matter is not
FIRST_SCREEN = 1 + 2 * UNDER_LEAD + STACK + WIRE
FRONT_SIZE = FIRST_SCREEN + FURTHER + PAID
OPINION_SIZE = OPINIONS + FEWEST + PAID  # some may stand on the first screen
CELL_SIZE = FIRST_SCREEN + CELL + PAID
OF_ELSEWHERE = 4  # among the newest of another bureau one with a picture is looked for
ELSEWHERE_SIZE = OF_ELSEWHERE + PAID


@dataclass(frozen=True)
class Front:
    """The first screen (lead, stack, wire) and what follows it, each in the order of the list.

    ``rest`` has nothing of what the first screen shows.
    """

    lead: Listing | None
    under_lead: list[Listing]
    stack: list[Listing]
    wire: list[Listing]
    rest: list[Listing]

    @property
    def first_screen(self) -> list[Listing]:
        """Every story of it once; the wire may repeat what the columns show."""
        lead = [self.lead] if self.lead else []
        columns = [*lead, *self.under_lead, *self.stack]
        shown = _numbers(columns)
        return [*columns, *(line for line in self.wire if line.article_id not in shown)]

    def further(self, shown: Iterable[Listing] = ()) -> list[Listing]:
        """The rest of the list without what the page shows elsewhere, too."""
        articles = _numbers(shown)
        lines = [line for line in self.rest if line.article_id not in articles]
        return lines[:FURTHER] if len(lines) >= FEWEST else []

    def bands(self, shown: Iterable[Listing] = ()) -> list["Band"]:
        """The sections with most of the rest, as far as one of their stories has a picture.

        ``shown`` is what the page shows elsewhere, too.
        """
        taken = _numbers(shown)
        sections: dict[int, list[Listing]] = {}
        for line in self.rest:
            if line.article_id not in taken and line.edition.section_id:
                sections.setdefault(line.edition.section_id, []).append(line)
        fullest = sorted(sections.values(), key=len, reverse=True)
        found = [
            lines
            for lines in fullest
            if len(lines) >= FEWEST and any(line.edition.picture_id for line in lines)
        ]
        # Bands beside each other are of one length.
        size = min(map(len, found[:BANDS]), default=0)
        return [_band(lines, min(size - 1, UNDER_BAND)) for lines in found[:BANDS]]

    def kilobytes(self, also: Iterable[Listing] = ()) -> int:
        """Of the pictures that a phone loads: the first screen's and those of the lines given."""
        small = [line.edition.picture for line in (*self.under_lead, *self.stack, *also)]
        return saving.kilobytes(self.lead.edition.picture if self.lead else None, small)


def make_up(lines: Sequence[Listing], pinned: Sequence[Listing] = ()) -> Front:
    """Put what is pinned before the rest, and the first of all in the lead.

    ``lines`` are the newest of the front's list. One or two stories make one column, a few two,
    more three, so that none is nearly empty. Only then is there a wire: it would repeat all that
    a smaller site has. The second column shows what the wire does not, or what is pinned.
    """
    held = _numbers(pinned)
    news = _unpaid([*pinned, *(line for line in lines if line.article_id not in held)])
    if not news:
        return Front(None, [], [], [], [])
    lead, *left = news
    if len(left) == 1:
        return Front(lead, left, [], [], [])
    under = _under(lead, len(left))
    under_lead, left = left[:under], left[under:]
    wire = list(lines[:WIRE])
    repeated = _numbers(wire) - held
    others = [line for line in left if line.article_id not in repeated]
    if len(news) < WIRE + FEWEST or len(others) < FEWEST:
        return Front(lead, under_lead, left, [], [])
    stack = max(STACK, sum(line.article_id in held for line in others))
    if len(others) < stack + FEWEST:
        stack = len(others)
    return Front(lead, under_lead, others[:stack], wire, others[stack:])


def _under(lead: Listing, left: int) -> int:
    """How many stand under the lead, so that its column is about as high as the others."""
    if lead.edition.picture_id is None and left > STACK + UNDER_LEAD:
        return 2 * UNDER_LEAD
    return UNDER_LEAD if left > STACK else 0


def _numbers(lines: Iterable[Listing]) -> set[int]:
    return {line.article_id for line in lines}


def _unpaid(lines: Iterable[Listing]) -> list[Listing]:
    return [line for line in lines if not line.edition.paid]


@dataclass(frozen=True)
class Band:
    """A section on a front: its newest story that has a picture, and headlines."""

    section: Section
    lead: Listing
    under: list[Listing]

    @property
    def lines(self) -> list[Listing]:
        return [self.lead, *self.under]


def _band(lines: Sequence[Listing], under: int) -> Band:
    lead = next(line for line in lines if line.edition.picture_id)
    others = [line for line in lines if line is not lead]
    return Band(lead.edition.section, lead, others[:under])


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


def by_zone(bureaus: Sequence[Bureau], lists: Lists, front: Front) -> list[Zone]:
    """The bureaus of each zone, each with its newest stories that the first screen has not."""
    seen = _numbers(front.first_screen)
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
    news = _unpaid(lines)
    own = [line for line in news if line.placement_id is None] or news
    fresh = [line for line in own if line.article_id not in seen]
    return Cell(bureau, fresh[:CELL], bool(own) and not fresh)


def opinion_of(sections: Iterable[Section]) -> Section | None:
    """The section of opinion, where the newsroom has one and the site's menu shows it."""
    return next((section for section in sections if section.slug == OPINION), None)


def opinions(lines: Sequence[Listing], shown: Iterable[Listing]) -> list[Listing]:
    """The newest of the section's ``lines`` that the page has not ``shown``; none if few."""
    taken = _numbers(shown)
    left = [line for line in _unpaid(lines) if line.article_id not in taken]
    return left[:OPINIONS] if len(left) >= FEWEST else []


def from_elsewhere(bureau: Bureau, lists: Lists, others: Iterable[Bureau]) -> list[Listing]:
    """A new story of each other bureau, newest first, four at most.

    They stand in a row, so a story with a picture goes before others of a bureau's newest few.
    """
    shown = _numbers(lists[listings.of_bureau(bureau.pk)])
    lines: dict[int, Listing] = {}
    for other in others:
        news = _unpaid(lists[listings.of_bureau(other.pk)])[:OF_ELSEWHERE]
        left = [
            line for line in news if line.article_id not in shown and line.article_id not in lines
        ]
        pictured = (line for line in left if line.edition.picture_id)
        chosen = next(pictured, left[0] if left else None)
        if chosen:
            lines[chosen.article_id] = chosen
    return sorted(lines.values(), key=lambda line: line.first_published, reverse=True)[:4]
