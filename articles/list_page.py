"""How a part of a list stands on its page: by days, with a lead and a few pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from articles import saving
from articles.models import Listing

# Pictures on a phone: a lead and a few more. The rest of a long list is text there.
PICTURES = 5


@dataclass(frozen=True)
class Day:
    """What was first published on one day, by the clock of the site."""

    date: date
    lines: list[Listing]


def by_day(lines: Sequence[Listing], zone: ZoneInfo) -> Iterator[Day]:
    for day, group in groupby(lines, lambda line: line.first_published.astimezone(zone).date()):
        yield Day(day, list(group))


def lead_of(lines: Sequence[Listing]) -> Listing | None:
    """The story that is shown large: the newest, unless somebody has paid for it."""
    return next((line for line in lines[:1] if not line.edition.paid), None)


def pictured(lines: Sequence[Listing]) -> list[Listing]:
    """The lines of which a phone shows the picture."""
    return [line for line in lines if line.edition.picture][:PICTURES]


def kilobytes(lines: Sequence[Listing], lead: Listing | None) -> int:
    """Of the pictures that a phone loads with these lines."""
    small = [line.edition.picture for line in pictured(lines) if line != lead]
    return saving.kilobytes(lead.edition.picture if lead else None, small)
