"""A list between two days: spans by a press, others by the device's own pickers."""

from datetime import date, timedelta, tzinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import Since, bureau_chosen, bureaus_of
from articles.dates import printed_date
from articles.form_fields import first_and_last_year
from bureaus.models import Bureau, TimeZone

FROM, UNTIL = "from", "until"


class DayField(forms.DateField):
    """A day in the years that a newspaper deals in; may be empty."""

    def __init__(self, label: str | Promise):
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput({"type": "date", "class": "input"}, "%Y-%m-%d"),
            error_messages={
                "invalid": _("This is no date. Write year, month and day: 2026-11-30."),
            },
        )

    def clean(self, value) -> date | None:
        day = super().clean(value)
        first, last = first_and_last_year()
        if day and not first <= day.year <= last:
            raise ValidationError(
                gettext("The year must lie between %(first)d and %(last)d.")
                % {"first": first, "last": last}
            )
        return day


class Days(forms.Form):
    """The first and the last day of a span, which itself is in it."""

    def __init__(self, data, *, prefix: str):
        super().__init__(data, prefix=prefix)
        self.fields |= {FROM: DayField(_("From")), UNTIL: DayField(_("Until"))}

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}_{field_name}"

    def clean(self):
        first, last = (self.cleaned_data.get(name) for name in (FROM, UNTIL))
        if first and last and first > last:
            self.add_error(UNTIL, _("The last day lies before the first."))
        return self.cleaned_data


class DaysFilter(Since):
    """One of the spans, or the days from one to another; of both, the days count.

    Days that cannot be read show no story and say so: a list that passed over them would be taken
    for theirs.
    """

    template = "admin/includes/_date_filter.html"
    #: the names in an address of the first and the last day
    more_parameters: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.more_parameters = tuple(f"{cls.parameter_name}_{name}" for name in (FROM, UNTIL))

    def __init__(self, request, params, model, model_admin):
        given = {name: (params.pop(name, None) or [""])[-1] for name in self.more_parameters}
        self.form = Days(
            {name: value.strip() for name, value in given.items()}, prefix=self.parameter_name
        )
        self.has_days = any(self.form.data.values())
        super().__init__(request, params, model, model_admin)

    def expected_parameters(self):
        return [self.parameter_name, *self.more_parameters]

    def value(self):
        return None if self.has_days else super().value()

    @property
    def zone(self) -> tzinfo:
        """That of the bureau, or of all of them if they have one; else the newsroom's own."""
        zones = {bureau.zone for bureau in self.bureaus()}
        return zones.pop() if len(zones) == 1 else timezone.get_default_timezone()

    def queryset(self, request, queryset):
        if not self.has_days:
            return super().queryset(request, queryset)
        if not self.form.is_valid():
            return queryset.none()
        first, last = (self.form.cleaned_data[name] for name in (FROM, UNTIL))
        if first:
            queryset = queryset.filter(**{f"{self.field}__gte": self.begins(first)})
        if last:
            ends = self.begins(last + timedelta(days=1))
            queryset = queryset.filter(**{f"{self.field}__lt": ends})
        return queryset

    @property
    def shown(self) -> str | Promise:
        if not self.has_days:
            return super().shown
        if not self.form.is_valid():
            return " – ".join(filter(None, map(self._said, (FROM, UNTIL))))
        first, last = (
            printed_date(day) if (day := self.form.cleaned_data[name]) else ""
            for name in (FROM, UNTIL)
        )
        if first == last:
            return first
        if not last:
            return gettext("from %(day)s") % {"day": first}
        if not first:
            return gettext("until %(day)s") % {"day": last}
        return f"{first} – {last}"

    def _said(self, name: str) -> str:
        """A day as it is printed, or what was typed where that is none."""
        typed = self.form[name].data
        try:
            day = self.form.fields[name].clean(typed)
        except ValidationError:
            return typed
        return printed_date(day) if day else ""

    @property
    def mistakes(self) -> list[str]:
        """What is wrong with the days, each with the field that has it."""
        if not self.has_days:
            return []
        return [
            f"{self.form.fields[name].label}: {message}"
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    def possible_bureaus(self) -> list[Bureau]:
        """Those of which the person may mean one."""
        return bureaus_of(self.request)

    @property
    def clock(self) -> str:
        """WIB, WITA or WIT, in which the days begin, for whoever may mean another."""
        several = len({bureau.time_zone for bureau in self.possible_bureaus()}) > 1
        return TimeZone(str(self.zone)).name if several else ""

    def choices(self, changelist):
        own = self.expected_parameters()
        self.hidden = [pair for pair in changelist.params.items() if pair[0] not in own]
        every, *spans = super().choices(changelist)
        others = dict.fromkeys(self.more_parameters)
        yield every | {
            "query_string": changelist.without(self),
            "selected": every["selected"] and not self.has_days,
        }
        for span, (name, _label) in zip(spans, self.lookup_choices, strict=True):
            query = changelist.get_query_string({self.parameter_name: name, **others})
            yield span | {"query_string": query}


class ChangedFilter(DaysFilter):
    title = _("changed")
    parameter_name = "changed"
    field = "changed_at"

    def bureaus(self) -> list[Bureau]:
        chosen = bureau_chosen(self.request)
        return [chosen] if chosen else bureaus_of(self.request)
