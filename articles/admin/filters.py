"""How the story list is narrowed down: tabs and filters, all of which stand in the address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.contrib import admin
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.bureau_board import MOST_COUNTED, CountUpTo, capped
from articles.models import MARKS, Article, Byline, Section
from articles.states import TABS, TO_DO, State
from articles.story_orders import BY_CHANGE, BY_QUEUE, BY_START, Order
from bureaus import bureau_switch
from bureaus.desk import workplaces
from bureaus.models import Author, Bureau, Network, Role, User

MOST_NAMES = 20  # authors whom a name that was typed may mean
OFFERED_NAMES = 200
LONGEST_NAME = 60


def bureaus_of(request) -> list[Bureau]:
    """The bureaus of whoever asks, read once a request."""
    if not hasattr(request, "_bureaus_at_work"):
        request._bureaus_at_work = list(workplaces(request.user))
    return request._bureaus_at_work


def bureau_chosen(request) -> Bureau | None:
    """The bureau that the list is about; None for all of whoever asks."""
    if not hasattr(request, "_bureau_chosen"):
        bureaus = bureaus_of(request)
        request._bureau_chosen = (
            bureau_switch.chosen(request, bureaus, BureauFilter.parameter_name, "pk")
            if len(bureaus) > 1
            else None
        )
    return request._bureau_chosen


# Tabs


@dataclass(frozen=True)
class Tab:
    """Stories of one kind, in an order; ``state`` is what is drawn on it, if it is one."""

    label: str | Promise
    condition: Q
    order: Order = BY_CHANGE
    state: State | None = None


_ORDERS = {
    "submitted": BY_QUEUE,
    "in_review": BY_QUEUE,
    "approved": BY_QUEUE,
    "scheduled": BY_START,
}

DESK, ALL = "desk", "all"
SETTLED = ("published", "retracted", "spiked")
STORY_TABS = {
    DESK: Tab(pgettext_lazy("tab", "At the desk"), TO_DO, BY_QUEUE),
    ALL: Tab(pgettext_lazy("tab", "All"), Q()),
    **{
        name: Tab(state.label, condition, _ORDERS.get(name, BY_CHANGE), state)
        for name, (state, condition) in TABS.items()
    },
}


def count_tabs(user: User, bureau: Bureau | None = None) -> dict[str, int]:
    """How many stories that the user may see, of the bureau, stand under each tab but ALL.

    No part of it reads further than one story beyond MOST_COUNTED, and what the desk works on is
    read once for all of its tabs.
    """
    of_bureau = Q(bureau=bureau) if bureau else Q()
    stories = Article.objects.for_user(user, one_by_one=True).filter(of_bureau).order_by()
    published = Article.objects.for_user(user).filter(of_bureau)
    whole = {**dict.fromkeys(SETTLED, stories), "published": published}
    settled = {
        f"in_{name}": CountUpTo(
            found.filter(STORY_TABS[name].condition).order_by().values("pk")[: MOST_COUNTED + 1]
        )
        for name, found in whole.items()
    }
    unsettled = {
        f"in_{name}": Count("pk", filter=tab.condition)
        for name, tab in STORY_TABS.items()
        if name not in {*SETTLED, ALL}
    }
    counted = stories.filter(TO_DO)[: MOST_COUNTED * len(unsettled)].aggregate(**unsettled)
    counted |= Network.objects.annotate(**settled).values(*settled).get()
    return {name: counted[f"in_{name}"] or 0 for name in STORY_TABS if name != ALL}


class TabFilter(admin.SimpleListFilter):
    """Stage and public state, shown as tabs above the list.

    A search that names no tab looks through all stories, for whoever searches seldom knows where a
    story stands.
    """

    title = _("state")
    parameter_name = "tab"
    template = "admin/includes/_tabs.html"
    is_tabs = True

    def lookups(self, request, model_admin):
        return [(name, tab.label) for name, tab in STORY_TABS.items()]

    def value(self):
        asked = super().value()
        if asked in STORY_TABS:
            return asked
        return ALL if self.request.GET.get("q", "").strip() else DESK

    @property
    def tab(self) -> Tab:
        return STORY_TABS[self.value()]

    def queryset(self, request, queryset):
        return queryset.filter(self.tab.condition)

    def choices(self, changelist):
        chosen = self.value()
        for name, tab in STORY_TABS.items():
            yield {
                "tab": tab,
                "selected": name == chosen,
                "query_string": changelist.get_query_string({self.parameter_name: name}),
                "count": capped(changelist.counts[name]) if name in changelist.counts else "",
            }


# Filters


class Choice(admin.SimpleListFilter):
    """One of a few choices; anything else in the address filters nothing."""

    is_tabs = False
    #: words of a chip after which the choice stands
    every: str | Promise = _("All")

    def value(self):
        asked = super().value()
        return asked if asked in {str(name) for name, _label in self.lookup_choices} else None

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": self.every}, *others]

    @property
    def shown(self) -> str | Promise:
        """What is chosen, in words; empty for nothing."""
        chosen = self.value()
        return next((label for name, label in self.lookup_choices if str(name) == chosen), "")


class Marked(Choice):
    """Choices that are conditions, by their names in the address."""

    conditions: dict[str, tuple[str | Promise, Q]] = {}

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(self.conditions[chosen][1]) if chosen else queryset


class BureauFilter(Choice):
    title = _("bureau")
    parameter_name = "bureau"
    off = ""  # said in so many words: an address that says nothing means the bureau that is kept

    def lookups(self, request, model_admin):
        bureaus = bureaus_of(request)
        return [(str(bureau.pk), bureau.name) for bureau in bureaus] if len(bureaus) > 1 else []

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(bureau_id=chosen) if chosen else queryset

    def choices(self, changelist):
        every, *others = super().choices(changelist)
        return [every | {"query_string": changelist.without(self)}, *others]


class SectionFilter(Choice):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        sections = [(str(section.pk), str(section)) for section in Section.objects.all()]
        return [*sections, ("none", _("No section"))]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen is None:
            return queryset
        return queryset.filter(section=None if chosen == "none" else chosen)


class Since(Choice):
    """By days of the clock on the wall of the person's first bureau."""

    every = _("Any time")
    days = {"today": 1, "week": 7, "month": 30, "year": 365}
    field = ""

    def lookups(self, request, model_admin):
        return [
            ("today", _("Today")),
            ("week", _("Past 7 days")),
            ("month", _("Past 30 days")),
            ("year", _("Past year")),
        ]

    def bureaus(self) -> list[Bureau]:
        return bureaus_of(self.request)

    @property
    def zone(self) -> tzinfo:
        bureaus = self.bureaus()
        return bureaus[0].zone if bureaus else timezone.get_default_timezone()

    def queryset(self, request, queryset):
        chosen = self.value()
        if not chosen:
            return queryset
        today = timezone.now().astimezone(self.zone).date()
        first = today - timedelta(days=self.days[chosen] - 1)
        return queryset.filter(**{f"{self.field}__gte": self.begins(first)})

    def begins(self, day: date) -> date:
        """The moment at which a day begins, or the day itself where ``field`` holds days."""
        return datetime.combine(day, time(), self.zone)


class PictureFilter(Marked):
    title = _("picture")
    parameter_name = "picture"
    conditions = {
        "yes": (_("With a picture"), Q(picture__isnull=False)),
        "no": (_("Without a picture"), Q(picture=None)),
    }


class MarkFilter(Marked):
    title = _("mark")
    parameter_name = "mark"
    conditions = {
        "breaking": (_("Breaking news"), MARKS["breaking"]),
        "unverified": (_("Not yet verified"), MARKS["unverified"]),
        "protected": (_("Child or victim"), MARKS["protected"]),
        "paid": (_("Paid content"), MARKS["paid"]),
        # The index has every embargo, the past ones included.
        "embargo": (_("Under embargo"), MARKS["embargo"] & Q(embargo_until__gt=Now())),
    }


class HeldFilter(Choice):
    """Who has claimed it."""

    title = _("reviewed by")
    parameter_name = "held"

    def lookups(self, request, model_admin):
        return [("me", _("me"))] if _edits(request.user) else []

    def queryset(self, request, queryset):
        return queryset.filter(claimed_by=request.user) if self.value() else queryset


class AuthorFilter(admin.SimpleListFilter):
    """By a name, or part of one, as typed. Only for editors: reporters see their own stories."""

    title = _("author")
    parameter_name = "author"
    template = "admin/includes/_author_filter.html"
    is_tabs = False

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return _edits(self.request.user)

    def value(self):
        typed = super().value() or ""
        return " ".join(typed.replace("\0", "").split())[:LONGEST_NAME]

    @property
    def shown(self) -> str:
        return self.value()

    def queryset(self, request, queryset):
        name = self.value()
        if not name:
            return queryset
        # Ids, not a subquery: how many stories a name has is then known to the planner.
        meant = Author.objects.filter(name__icontains=name).order_by("name")
        authors = list(meant.values_list("pk", flat=True)[:MOST_NAMES])
        credited = Byline.objects.filter(author__in=authors).order_by()
        return queryset.filter(pk__in=credited.values("article"))

    def choices(self, changelist):
        self.hidden = [
            (name, value)
            for name, value in changelist.params.items()
            if name != self.parameter_name
        ]
        return []

    def offered(self) -> list[str]:
        """Names of the person's own bureaus, for a browser to complete what is typed."""
        places = [bureau.pk for bureau in bureaus_of(self.request)]
        names = Author.objects.active().filter(bureau__in=places).order_by("name")
        return list(names.values_list("name", flat=True)[:OFFERED_NAMES])


def _edits(user) -> bool:
    return user.is_network_editor or user.holds(Role.BUREAU_EDITOR)
