"""Form fields of the desk: free topics, and a date and time on the clock of a bureau."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import TAG_LENGTH, Tag
from newsroom.unseen import SeenField

MOST_TOPICS = 20
# The years that a newspaper deals in: its archive, and what it plans.
FIRST_YEAR = 1945
YEARS_AHEAD = 5


class TopicsInput(forms.TextInput):
    """Topics parted by commas; static/js/topics.js makes labels of them."""

    def format_value(self, value):
        if value is not None and not isinstance(value, str):
            return ", ".join(str(topic) for topic in value)
        return super().format_value(value)


class TopicsField(SeenField):
    """A list of topics, parted by commas alone: "banjir Serayu" is one topic.

    Topics that differ only in capital letters are one.
    """

    widget = TopicsInput

    def clean(self, value) -> list[str]:
        topics: dict[str, str] = {}
        for part in super().clean(value).split(","):
            topic = " ".join(part.split())
            if topic:
                topics.setdefault(topic.casefold(), topic)
        self._refuse(list(topics.values()))
        return list(topics.values())

    def _refuse(self, topics: list[str]) -> None:
        errors = [
            ValidationError(
                _("The topic “%(topic)s” is too long: %(length)d letters, at most %(limit)d."),
                code="long",
                params={
                    "topic": Truncator(topic).chars(40),
                    "length": len(topic),
                    "limit": TAG_LENGTH,
                },
            )
            for topic in topics
            if len(topic) > TAG_LENGTH
        ]
        if len(topics) > MOST_TOPICS:
            errors.append(
                ValidationError(
                    _("%(count)d topics are too many: choose at most %(limit)d."),
                    code="many",
                    params={"count": len(topics), "limit": MOST_TOPICS},
                )
            )
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial, data) -> bool:
        names = {topic.name for topic in initial or [] if isinstance(topic, Tag)}
        return names != {" ".join(part.split()) for part in (data or "").split(",") if part.strip()}


class NumberedChoice(AutocompleteSelect):
    """Rows found by typing. What is no row's number is no choice: the field says so."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if str(key).isdecimal()], attr)


def first_and_last_year() -> tuple[int, int]:
    return FIRST_YEAR, timezone.now().year + YEARS_AHEAD


class LocalTimeWidget(forms.MultiWidget):
    """The device's own date and time pickers."""

    template_name = "admin/widgets/local_time.html"

    def __init__(self, attrs=None):
        super().__init__(
            {
                "date": forms.DateInput({"type": "date", "class": "vDateField"}, "%Y-%m-%d"),
                "time": forms.TimeInput({"type": "time", "class": "vTimeField"}, "%H:%M"),
            },
            attrs,
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        first, last = first_and_last_year()
        date = context["widget"]["subwidgets"][0]
        date["attrs"] |= {"min": f"{first}-01-01", "max": f"{last}-12-31"}
        return context

    def decompress(self, value: datetime | None):
        return [value.date(), value.time()] if value else [None, None]


class LocalTimeField(forms.MultiValueField):
    """A date and a time without a zone: ``in_zone`` says on which clock they were meant."""

    widget = LocalTimeWidget

    def __init__(self, **kwargs):
        fields = (
            forms.DateField(input_formats=["%Y-%m-%d"]),
            forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"]),
        )
        super().__init__(fields, **kwargs)
        self.error_messages |= {
            "incomplete": _("Give both the date and the time."),
            "required": _("Give the date and the time."),
            "year": _("The year must lie between %(first)d and %(last)d."),
        }

    def compress(self, data_list: Iterable | None) -> datetime | None:
        if not data_list:
            return None
        day, clock = data_list
        if day in self.empty_values or clock in self.empty_values:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        first, last = first_and_last_year()
        if not first <= day.year <= last:
            raise ValidationError(
                self.error_messages["year"], code="year", params={"first": first, "last": last}
            )
        return datetime.combine(day, clock)


def in_zone(value: datetime | None, zone: ZoneInfo) -> datetime | None:
    """What was typed, as a moment."""
    return value.replace(tzinfo=zone) if value else None


def on_clock(value: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment, as it is to be typed."""
    return value.astimezone(zone).replace(tzinfo=None) if value else None
