"""How the library is narrowed down; all of it stands in the address."""

from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.date_filter import DaysFilter
from articles.admin.filters import LONGEST_NAME, Choice, Marked
from articles.library import picture_bureaus, shared_by_others
from articles.models import ENDING_SOON, FEW, Picture
from bureaus.models import Author, Bureau

OFFERED_NAMES = 200


def libraries_of(request) -> list[Bureau]:
    """The bureaus in whose library the person may put pictures, read once a request."""
    if not hasattr(request, "_picture_bureaus"):
        request._picture_bureaus = list(picture_bureaus(request.user))
    return request._picture_bureaus


def today_of(request):
    """Today's date on the clock of the person's first bureau."""
    bureaus = libraries_of(request)
    zone = bureaus[0].zone if bureaus else timezone.get_default_timezone()
    return timezone.now().astimezone(zone).date()


class LibraryFilter(Choice):
    title = _("bureau")
    parameter_name = "bureau"

    def lookups(self, request, model_admin):
        own = [(str(bureau.pk), bureau.name) for bureau in libraries_of(request)]
        return [*own, ("shared", _("Shared by others"))]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen == "shared":
            return shared_by_others(queryset, libraries_of(request))
        return queryset.filter(bureau_id=chosen) if chosen else queryset


class SentFilter(DaysFilter):
    title = _("sent")
    parameter_name = "sent"
    field = "uploaded_at"

    def bureaus(self) -> list[Bureau]:
        return libraries_of(self.request)

    possible_bureaus = bureaus


class TakenFilter(SentFilter):
    """By the day that the camera wrote, or that somebody typed."""

    title = _("photographed")
    parameter_name = "taken"
    field = "taken_on"
    clock = ""

    def begins(self, day: date) -> date:
        return day


class RightsFilter(Choice):
    title = _("rights")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [
            ("own", _("The newsroom's own")),
            ("ending", _("Ending soon")),
            ("over", _("Ended")),
            ("ai", _("Made or altered with AI")),
        ]

    def queryset(self, request, queryset):
        today = today_of(request)
        soon = today + timedelta(days=ENDING_SOON)
        conditions = {
            "own": Q(licence=Picture.Licence.OWN),
            "ending": Q(usable_until__range=(today, soon)),
            "over": Q(usable_until__lt=today),
            "ai": FEW["ai"],
        }
        chosen = self.value()
        return queryset.filter(conditions[chosen]) if chosen else queryset


class LackFilter(Marked):
    title = _("words")
    parameter_name = "lacks"
    conditions = {
        "alt": (_("No alternative text"), FEW["no_alt_text"]),
        "credit": (_("No credit"), FEW["no_credit"]),
        "licence": (_("No licence"), FEW["no_licence"]),
    }


class CreditFilter(admin.SimpleListFilter):
    """By a name, or part of one, as typed."""

    title = _("credit")
    parameter_name = "credit"
    template = "admin/includes/_author_filter.html"
    is_tabs = False

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return True

    def value(self):
        typed = super().value() or ""
        return " ".join(typed.replace("\0", "").split())[:LONGEST_NAME]

    @property
    def shown(self) -> str:
        return self.value()

    def queryset(self, request, queryset):
        return queryset.credited(self.value()) if self.value() else queryset

    def choices(self, changelist):
        self.hidden = [
            (name, value)
            for name, value in changelist.params.items()
            if name != self.parameter_name
        ]
        return []

    def offered(self) -> list[str]:
        """Names of the person's own bureaus, for a browser to complete what is typed."""
        places = [bureau.pk for bureau in libraries_of(self.request)]
        names = Author.objects.active().filter(bureau__in=places).order_by("name")
        return list(names.values_list("name", flat=True)[:OFFERED_NAMES])
