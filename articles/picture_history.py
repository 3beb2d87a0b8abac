"""What the history of a picture keeps of a change: what stood in each field before, and after.

Kept beside Django's own words in the message of a log entry, which knows only names of fields.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from articles.dates import printed_date
from articles.models import Picture

REPLACED = "File"  # of which older entries say only that it was changed
#: words, choices, dates and the name of the file, which are told apart by reading them
TOLD = (
    "file_name", "alt_text", "caption", "credit", "ai", "creator", "copyright", "place", "keywords",
    "source", "owner", "licence", "taken_on", "usable_until",
)  # fmt: skip


def told(names: Iterable[str], former: Mapping[str, Any], picture: Picture) -> list[list[str]]:
    """Of those of the fields that are told: name, what it was, what it is."""
    return [
        [name, _plain(former.get(name)), _plain(getattr(picture, name))]
        for name in names
        if name in TOLD
    ]


def told_of_form(form: Any) -> list[list[str]]:
    """The same for what a form has changed, by itself or by the file that was sent with it."""
    picture, former = form.instance, {**form.initial, "file_name": form.former_file}
    changed = [
        name
        for name in TOLD
        if name in former and _plain(former[name]) != _plain(getattr(picture, name))
    ]
    if "file" in form.changed_data and "file_name" not in changed:
        changed.insert(0, "file_name")  # cameras give two photos one name
    return told(changed, former, picture)


def first_file_of(picture: Picture) -> str:
    """The name of the file that was sent first; "" where nobody has kept it."""
    kind = ContentType.objects.get_for_model(Picture)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(picture.pk), action_flag=CHANGE
    )
    replaced = entries.filter(
        Q(change_message__contains='"file_name"') | Q(change_message__contains=f'"{REPLACED}"')
    )
    first = replaced.order_by("action_time", "pk").first()
    if first is None:
        return picture.file_name
    return next((before for name, before, _after in _told_in(first) if name == "file_name"), "")


def changes_of(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Label, before and after of each field of which that was kept."""
    return [
        (_label(name), _shown(name, before), _shown(name, after))
        for name, before, after in _told_in(entry)
    ]


def _told_in(entry: LogEntry) -> list[list[str]]:
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return []
    return [told for part in parts for told in part.get("changed", {}).get("told", [])]


def _label(name: str) -> str:
    if name == "file_name":
        return gettext("File")
    return str(Picture._meta.get_field(name).verbose_name)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _shown(name: str, text: str) -> str:
    choices = dict(Picture._meta.get_field(name).flatchoices)
    if text in choices:
        return str(choices[text])
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return printed_date(day) if day else text or gettext("empty")
