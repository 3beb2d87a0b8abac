"""Two people with the same form open: neither overwrites unknowingly what the other has saved.

A form carries, out of sight, a mark of every value that it showed. When it comes back the row is
locked and compared with these marks. What somebody else has saved since is then shown field by
field; it takes the place of what was not touched, and leaves alone what was typed. Sent once more,
the form replaces it: knowingly.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.body import BodyField
from articles.changes.text import paragraphs
from articles.dates import printed_date, stamp_in_words
from articles.listings import Front
from bureaus.desk import DeskAdmin
from bureaus.models import Bureau

VERSION = "version"
OPENED = ""  # among the marks: when the form was made
DIGITS = 12  # of a mark; it guards against mishaps, not against anybody
LONG = 600  # characters that are folded away


@dataclass(frozen=True)
class Saved:
    """One thing that somebody else has saved; "is_taken" where nothing was typed instead."""

    label: str
    value: str
    is_taken: bool

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG


class MeanwhileForm(forms.ModelForm):
    """Refuses to overwrite unknowingly. On a POST the instance is under its row lock.

    ``admin`` is set by GuardedAdmin.
    """

    admin: "GuardedAdmin"
    meanwhile: tuple[Saved, ...] = ()

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._beside = self.admin.beside(self.instance)
        beside = self._beside | self.admin.marked_beside(self.instance)
        self._stored = {
            name: _mark(value)
            for name, value in (self.initial | beside).items()
            if name in self.fields or name in self._beside
        }
        opened = {OPENED: timezone.now().isoformat()}
        self.initial[VERSION] = json.dumps(opened | self._stored)

    @property
    def changed_data(self):
        """Without the marks, which tell the time and so always differ: nobody changed them."""
        return [name for name in super().changed_data if name != VERSION]

    def clean(self):
        cleaned = super().clean()
        opened = _read(self.data.get(self.add_prefix(VERSION), ""))
        # Unknown, for what was refused or stands in other rows, and so never given up.
        unknown = {*self.errors, *self._beside}
        typed = {
            name: None if name in unknown else _mark(cleaned.get(name)) for name in self._stored
        }
        # A field that the form did not have when it was opened changes nothing.
        changed = [
            name
            for name, stored in self._stored.items()
            if (name in opened or not opened) and stored not in (opened.get(name), typed[name])
        ]
        if changed:
            mine = {name for name in changed if name in unknown or typed[name] != opened.get(name)}
            # What was typed about something that has been replaced is about nothing any more.
            for name in self.admin.void_after(changed) & self._stored.keys():
                if typed[name] != self._stored[name]:
                    changed = list(dict.fromkeys([*changed, name]))
                mine.discard(name)
            self._show(changed, mine)
            raise ValidationError(self._who_saved(opened.get(OPENED, "")))
        return cleaned

    def _show(self, changed: list[str], mine: set[str]) -> None:
        """Put on the form what was saved, beside what was typed or in place of the untouched."""
        self.data = self.data.copy()
        self.data[self.add_prefix(VERSION)] = self.initial[VERSION]
        for name in changed:
            if name in mine or name in self._beside:
                continue
            value = self.fields[name].prepare_value(self.initial[name])
            key = self.add_prefix(name)
            if isinstance(value, list):
                self.data.setlist(key, value)
            elif value is False:
                self.data.pop(key, None)
            else:
                self.data[key] = "" if value is None else value
        self.meanwhile = tuple(
            Saved(self._label(name), self._shown(name), name not in mine) for name in changed
        )

    def _label(self, name: str) -> str:
        return name if name in self._beside else str(self.fields[name].label)

    def _shown(self, name: str) -> str:
        if name in self._beside:
            return self._beside[name]
        field, value = self.fields[name], self.initial[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(_names(field, value))
        if isinstance(field, forms.ModelChoiceField):
            value = field.queryset.model._base_manager.filter(pk=value).first()
        elif isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value, value)
        elif isinstance(value, bool):
            value = gettext("yes") if value else gettext("no")
        elif isinstance(value, date):
            value = printed_date(value)
        elif isinstance(self._meta.model._meta.get_field(name), BodyField):
            value = _paragraphs(value)
        return "" if value is None else str(value)

    def _who_saved(self, opened: str) -> ValidationError:
        saved = self.admin.last_change(self.instance, _moment(opened))
        if saved is None:
            return ValidationError(
                _(
                    "This was changed after you had opened it. Nothing was overwritten: look it"
                    " over, then save again."
                ),
                code="stale",
            )
        name, when = saved
        own = self.instance if isinstance(self.instance, Bureau) else None
        clock = Front(own or getattr(self.instance, "bureau", None))
        return ValidationError(
            _(
                "%(name)s saved this at %(time)s, after you had opened it. Nothing was overwritten:"
                " look it over, then save again."
            ),
            code="stale",
            params={"name": name, "time": stamp_in_words(when, clock)},
        )


class GuardedAdmin(DeskAdmin):
    """Rows that several people may have open at once."""

    def beside(self, obj) -> dict[str, str]:
        """What else is saved with the form, in other rows: by its name, as it is shown."""
        return {}

    def marked_beside(self, obj) -> dict[str, str]:
        """What tells that something of ``beside`` is another one, where its name does not."""
        return {}

    def void_after(self, changed: Iterable[str]) -> set[str]:
        """The fields in which nothing that was typed stays when somebody else has changed these."""
        return set()

    def last_change(self, obj, since: datetime | None) -> tuple[str, datetime] | None:
        """Who has saved the row last and when, if that is known and was later than ``since``."""
        log = LogEntry.objects.filter(
            content_type=get_content_type_for_model(obj), object_id=str(obj.pk)
        )
        if since:
            log = log.filter(action_time__gte=since)
        entry = log.select_related("user").order_by("-action_time").first()
        return (str(entry.user), entry.action_time) if entry else None

    def get_object(self, request, object_id, from_field=None):
        """On a POST under the row's lock, and as it is then."""
        obj = super().get_object(request, object_id, from_field)
        if obj and request.method == "POST" and connection.in_atomic_block:
            locked = self.model._base_manager.select_for_update(no_key=True)
            # None if it was deleted since: saved, it would come back.
            there = locked.filter(pk=obj.pk).order_by("pk").first()
            return super().get_object(request, object_id, from_field) if there else None
        return obj

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            return form
        return type(form.__name__, (MeanwhileForm, form), {"admin": self})


def _names(field: forms.ModelMultipleChoiceField, rows: Iterable[Any]) -> list[str]:
    """Of rows, or of what a row keeps of them: their ids."""
    known = {each.pk: str(each) for each in rows if isinstance(each, Model)}
    ids = [each for each in rows if not isinstance(each, Model)]
    if ids:
        model = field.queryset.model
        known |= {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids)}
    return list(known.values())


def _paragraphs(html: str) -> str:
    """The words of a text, an empty line between its blocks."""
    return "\n\n".join(
        f"– {block.text}" if block.style == "item" else block.text for block in paragraphs(html)
    )


def _mark(value: Any) -> str:
    """The same for what a row holds and what a form makes of it."""
    return sha256(json.dumps(_plain(value)).encode()).hexdigest()[:DIGITS]


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, str):
        return "\n".join(value.splitlines()).strip()
    if hasattr(value, "__iter__"):
        return sorted(_plain(each) for each in value)
    return str(value)


def _read(version: str) -> dict[str, str]:
    try:
        marks = json.loads(version)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _moment(text: Any) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment and timezone.is_aware(moment) else None
