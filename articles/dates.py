"""Times as the newspaper prints them: in the bureau's zone, with the zone's label."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

from bureaus.models import Bureau

# 22 Mei 2024 - 15:45 WIB; in English May 22, 2024 - 15:45 WIB.
STAMP = {"id": "j F Y - H:i", "en": "F j, Y - H:i"}
# Within a sentence: 22 Mei 2024 pukul 15.45 WIB; in English May 22, 2024 at 15:45 WIB.
IN_WORDS = {"id": r"j F Y \p\u\k\u\l H.i", "en": r"F j, Y \a\t H:i"}
TIME = {"id": "H.i", "en": "H:i"}
DAY = {"id": "l, j F Y", "en": "l, F j, Y"}
DAY_OF_THIS_YEAR = {"id": "l, j F", "en": "l, F j"}
DATE = {"id": "j F Y", "en": "F j, Y"}
MONTH = {"id": "F Y", "en": "F Y"}
SHORT_DAY = {"id": "j M", "en": "M j"}
SHORT_DAY_OF_ANOTHER_YEAR = {"id": "j M Y", "en": "M j, Y"}


def printed_stamp(moment: datetime, bureau: Bureau) -> str:
    """Date, time and zone as readers' pages print them, in the language that is active."""
    return f"{_in_zone(moment, bureau.zone, STAMP)} {bureau.zone_label}"


def stamp_in_words(moment: datetime, bureau: Bureau) -> str:
    """Date, time and zone as the desk says them, in the language that is active."""
    return f"{_in_zone(moment, bureau.zone, IN_WORDS)} {bureau.zone_label}"


def printed_time(moment: datetime, bureau: Bureau) -> str:
    """Hours and minutes without the zone's label: 15.45; in English 15:45."""
    return _in_zone(moment, bureau.zone, TIME)


def short_stamp(moment: datetime) -> str:
    """When, for a page that belongs to no bureau: 22 Mei 2024, 15.45 WIB, by the clock of the
    program; in English May 22, 2024, 15:45 WIB."""
    here = timezone.localtime(moment)
    day = _written(here, SHORT_DAY_OF_ANOTHER_YEAR)
    return f"{day}, {_written(here, TIME)} {here.tzname()}"


def printed_day(moment: datetime, bureau: Bureau) -> str:
    """Weekday and date: Rabu, 22 Mei 2024."""
    return day_in_zone(moment, bureau.zone)


def day_in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """Weekday and date, for a page that belongs to no bureau."""
    return _in_zone(moment, zone, DAY)


def earlier_day(moment: datetime, bureau: Bureau) -> str:
    """The day in short, "22 Mei", with the year when it is another one; empty for today.

    A page that prints it holds until ``day_ends``.
    """
    printed = moment.astimezone(bureau.zone)
    today = timezone.now().astimezone(bureau.zone)
    if printed.date() == today.date():
        return ""
    same_year = printed.year == today.year
    return _in_zone(moment, bureau.zone, SHORT_DAY if same_year else SHORT_DAY_OF_ANOTHER_YEAR)


def printed_date(day: date) -> str:
    """22 Mei 2024."""
    return _written(day, DATE)


def full_day(day: date) -> str:
    """Rabu, 22 Mei 2024."""
    return _written(day, DAY)


def day_heading(day: date) -> str:
    """Above the stories of a day: "Rabu, 22 Mei", with the year when it is another one.

    In whatever zone it is read, a page that prints it holds until ``day_ends``.
    """
    this_year = timezone.now().year == day.year
    return _written(day, DAY_OF_THIS_YEAR if this_year else DAY)


def short_day(day: date) -> str:
    """22 Mei."""
    return _written(day, SHORT_DAY)


def month(day: date) -> str:
    """Mei 2024."""
    return _written(day, MONTH)


def day_begins(moment: datetime, zone: ZoneInfo) -> datetime:
    """Midnight before that moment, in the zone."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def day_ends(zones: Iterable[ZoneInfo]) -> datetime:
    """The next midnight in any of the zones: until then "today" is today."""
    now = timezone.now()
    return min(
        datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
        for zone in zones
    )


def _in_zone(moment: datetime, zone: ZoneInfo, formats: dict[str, str]) -> str:
    return _written(moment.astimezone(zone), formats)


def _written(moment: date, formats: dict[str, str]) -> str:
    return date_format(moment, formats.get(get_language() or "id", formats["id"]))
