"""Times as the newspaper prints them: in the bureau's zone, with the zone's label."""

from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

from bureaus.models import Bureau

# 22 Mei 2024 - 15:45 WIB; in English May 22, 2024 - 15:45 WIB.
STAMP = {"id": "j F Y - H:i", "en": "F j, Y - H:i"}
DAY = {"id": "l, j F Y", "en": "l, F j, Y"}


def printed_stamp(moment: datetime, bureau: Bureau) -> str:
    """Date, time and zone, in the language that is active."""
    return f"{_in_zone(moment, bureau, STAMP)} {bureau.zone_label}"


def printed_time(moment: datetime, bureau: Bureau) -> str:
    """Hours and minutes without the zone's label."""
    return date_format(moment.astimezone(bureau.zone), "H:i")


def printed_day(moment: datetime, bureau: Bureau) -> str:
    """Weekday and date: Rabu, 22 Mei 2024."""
    return _in_zone(moment, bureau, DAY)


def _in_zone(moment: datetime, bureau: Bureau, formats: dict[str, str]) -> str:
    chosen = formats.get(get_language() or "id", formats["id"])
    return date_format(moment.astimezone(bureau.zone), chosen)
