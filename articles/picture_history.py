"""What the history of a picture keeps of a change: what stood in each field before, and after.

Kept beside Django's own words in the message of a log entry, which knows only names of fields.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.admin.models import LogEntry
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from articles.dates import printed_date
from articles.models import Picture

#: words and dates, which are told apart by reading them
TOLD = (
    "alt_text", "caption", "credit", "creator", "copyright", "place", "keywords", "owner",
    "taken_on", "usable_until",
)  # fmt: skip


def told(names: Iterable[str], former: Mapping[str, Any], picture: Picture) -> list[list[str]]:
    """Of those of the fields that are words or dates: name, what it was, what it is."""
    return [
        [name, _plain(former.get(name)), _plain(getattr(picture, name))]
        for name in names
        if name in TOLD
    ]


def changes_of(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Label, before and after of each field of which that was kept."""
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return []
    return [
        (str(Picture._meta.get_field(name).verbose_name), _shown(before), _shown(after))
        for part in parts
        for name, before, after in part.get("changed", {}).get("told", [])
    ]


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _shown(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return printed_date(day) if day else text or gettext("empty")
