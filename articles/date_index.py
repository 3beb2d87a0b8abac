"""The index by date: the days of a list that have stories, and the ways from one to another."""

from calendar import MONDAY, Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.listings import Span, Spans, edges, written
from articles.models import Listing

_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
_END = datetime(9999, 12, 30, tzinfo=UTC)
_WHOLE = written([Span(_BEGINNING, _END, oldest=True), Span(_BEGINNING, _END)])
_ONE_DAY = timedelta(days=1)

# From which hour on, the latest first: as an Indonesian day is divided.
TIMES_OF_DAY = (
    (18, _("Evening")),
    (15, _("Afternoon")),
    (11, _("Midday")),
    (4, _("Morning")),
    (0, _("Early hours")),
)


@dataclass(frozen=True)
class Way:
    """A day, month or year of a calendar; ``leads_to`` is its newest day with stories, if any."""

    date: date
    leads_to: date | None


@dataclass(frozen=True)
class DateIndex:
    """The calendar round one day, by the clock of a site."""

    day: date
    today: date
    weeks: list[list[Way | None]]  # of the day's month; None before its first and after its last
    earlier: date | None  # the nearest days with stories
    later: date | None
    month_before: date | None  # the nearest days with stories outside this month
    month_after: date | None
    months: list[Way]  # of this year, those with stories alone; years the same
    years: list[Way]


def first_and_last(name: str, zone: ZoneInfo) -> tuple[date, date] | None:
    """The days of the oldest and of the newest story of a list; None without any. One query."""
    oldest, newest = edges(name, _WHOLE)
    if oldest is None or newest is None:
        return None
    return oldest.astimezone(zone).date(), newest.astimezone(zone).date()


def span_of(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return _midnight(day, zone), _midnight(day + _ONE_DAY, zone)


def around(name: str, day: date, today: date, first: date, zone: ZoneInfo) -> DateIndex:
    """The index of a list around a day; ``first`` is the day of its oldest story. One query."""
    starts, spans = _round(day, today.year, first.year, zone)
    found = edges(name, spans)
    dates = [moment and moment.astimezone(zone).date() for moment in found]
    ways = [Way(start, there) for start, there in zip(starts, dates[4:], strict=True)]
    days = len(starts) - 12 - (today.year - first.year + 1)
    of_day = {way.date.day: way for way in ways[:days]}
    weeks = Calendar(MONDAY).monthdayscalendar(day.year, day.month)
    return DateIndex(
        day,
        today,
        [[of_day.get(number) for number in week] for week in weeks],
        *dates[:4],
        months=[way for way in ways[days : days + 12] if way.leads_to],
        years=[way for way in ways[days + 12 :] if way.leads_to],
    )


@lru_cache(maxsize=256)
def _round(day: date, this_year: int, first_year: int, zone: ZoneInfo) -> tuple[list[date], Spans]:
    """The days of a day's month, its year's months and all years; their spans, after four that
    lead away from the day and from the month."""
    month, next_month = day.replace(day=1), _next_month(day)
    days = [month + n * _ONE_DAY for n in range((next_month - month).days)]
    months = [date(day.year, number, 1) for number in range(1, 13)]
    years = [date(year, 1, 1) for year in range(first_year, this_year + 1)]
    parts = [
        *((each, each + _ONE_DAY) for each in days),
        *((each, _next_month(each)) for each in months),
        *((each, date(each.year + 1, 1, 1)) for each in years),
    ]
    spans = [
        Span(_BEGINNING, _midnight(day, zone)),
        Span(_midnight(day + _ONE_DAY, zone), _END, oldest=True),
        Span(_BEGINNING, _midnight(month, zone)),
        Span(_midnight(next_month, zone), _END, oldest=True),
        *(Span(_midnight(start, zone), _midnight(stop, zone)) for start, stop in parts),
    ]
    return [start for start, _stop in parts], written(spans)


def by_time_of_day(
    lines: Sequence[Listing], zone: ZoneInfo
) -> Iterator[tuple[str | Promise, list[Listing]]]:
    """The lines of a day, newest first, under "Sore", "Pagi" …"""

    def time_of_day(line: Listing) -> str | Promise:
        hour = line.first_published.astimezone(zone).hour
        return next(label for begins, label in TIMES_OF_DAY if hour >= begins)

    for label, group in groupby(lines, time_of_day):
        yield label, list(group)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
