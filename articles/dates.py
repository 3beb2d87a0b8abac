"""Times as the newspaper prints them: in the bureau's zone, with the zone's label."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

from bureaus.models import Bureau

# 22 Mei 2024 - 15:45 WIB; in English May 22, 2024 - 15:45 WIB.
STAMP = {"id": "j F Y - H:i", "en": "F j, Y - H:i"}
DAY = {"id": "l, j F Y", "en": "l, F j, Y"}
SHORT_DAY = {"id": "j M", "en": "M j"}
SHORT_DAY_OF_ANOTHER_YEAR = {"id": "j M Y", "en": "M j, Y"}


def printed_stamp(moment: datetime, bureau: Bureau) -> str:
    """Date, time and zone, in the language that is active."""
    return f"{_in_zone(moment, bureau.zone, STAMP)} {bureau.zone_label}"


def printed_time(moment: datetime, bureau: Bureau) -> str:
    """Hours and minutes without the zone's label."""
    return date_format(moment.astimezone(bureau.zone), "H:i")


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


def day_ends(zones: Iterable[ZoneInfo]) -> datetime:
    """The next midnight in any of the zones: until then "today" is today."""
    now = timezone.now()
    return min(
        datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
        for zone in zones
    )


def _in_zone(moment: datetime, zone: ZoneInfo, formats: dict[str, str]) -> str:
    chosen = formats.get(get_language() or "id", formats["id"])
    return date_format(moment.astimezone(zone), chosen)
