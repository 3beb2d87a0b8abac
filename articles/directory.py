"""The directory of bureaus: by time zone and province, each with the newest that it reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from articles import listings
from articles.fronts import REGIONS
from articles.listings import Lists
from articles.models import Listing
from bureaus.models import Bureau, TimeZone
from bureaus.provinces import west_to_east

LINES = 4  # of each bureau; the newest may be another bureau's


@dataclass(frozen=True)
class Entry:
    bureau: Bureau
    newest: Listing | None


@dataclass(frozen=True)
class Zone:
    zone: TimeZone
    region: str | Promise
    entries: list[Entry]


def by_zone(bureaus: Iterable[Bureau], lists: Lists) -> list[Zone]:
    """The zones that have a bureau, west to east; ``lists`` holds the first lines of each."""
    ordered = west_to_east(bureaus)
    zones = [
        Zone(
            zone,
            region,
            [
                Entry(bureau, _newest(lists[listings.of_bureau(bureau.pk)]))
                for bureau in ordered
                if bureau.time_zone == zone
            ],
        )
        for zone, region in REGIONS.items()
    ]
    return [zone for zone in zones if zone.entries]


def _newest(lines: Sequence[Listing]) -> Listing | None:
    """Of its own reporting; what it took over stands at the bureau that reported it."""
    own = [line for line in lines if line.placement_id is None]
    return next(iter(own or lines), None)
