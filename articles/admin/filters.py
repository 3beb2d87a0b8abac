"""How the story list is narrowed down."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.states import TABS
from bureaus.desk import workplaces

MOST_COUNTED = 1000


class BoundedPaginator(Paginator):
    """Counts a thousand rows and no more, so that a page costs the same among a million."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MOST_COUNTED].count()

    @property
    def is_cut(self) -> bool:
        return self.count == MOST_COUNTED


class TabFilter(admin.SimpleListFilter):
    """Stage and public state, shown as tabs above the list."""

    title = _("state")
    parameter_name = "tab"
    template = "admin/includes/_tabs.html"
    is_tabs = True

    def lookups(self, request, model_admin):
        return [(name, state.label) for name, (state, _condition) in TABS.items()]

    def queryset(self, request, queryset):
        tab = TABS.get(self.value())
        return queryset.filter(tab[1]) if tab else queryset

    def choices(self, changelist):
        states = [None, *(state for state, _condition in TABS.values())]
        for state, choice in zip(states, super().choices(changelist), strict=True):
            yield {**choice, "state": state}


class SectionFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("No section")


class BureauFilter(admin.SimpleListFilter):
    title = _("bureau")
    parameter_name = "bureau"

    def lookups(self, request, model_admin):
        bureaus = [(str(bureau.pk), bureau.name) for bureau in workplaces(request.user)]
        return bureaus if len(bureaus) > 1 else []

    def queryset(self, request, queryset):
        value = self.value()
        return queryset.filter(bureau_id=value) if value else queryset


class MarkFilter(admin.SimpleListFilter):
    title = _("mark")
    parameter_name = "mark"
    marks = {
        "no_picture": (_("Without a picture"), Q(picture=None)),
        "paid": (_("Paid content"), Q(paid=True)),
        "unverified": (_("Not yet verified"), Q(unverified=True)),
        "protected": (_("Child or victim"), Q(protected=True)),
        "embargo": (_("Under embargo"), Q(embargo_until__isnull=False)),
    }

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _condition) in self.marks.items()]

    def queryset(self, request, queryset):
        mark = self.marks.get(self.value())
        return queryset.filter(mark[1]) if mark else queryset
