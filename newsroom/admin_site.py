"""The desk: Django's admin for whoever holds a role at a bureau."""

from dataclasses import dataclass
from functools import update_wrapper

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import unsent
from articles.home import home
from bureaus import bureau_switch, profile
from bureaus.desk import WRITING_ROLES, DeskAdmin, administers, may_write, workplaces
from bureaus.models import Network
from bureaus.sign_in import second_factor, views

# The places of the desk: a model, its icon and, where that is not what it is called, a name.
DESK_PLACES = (
    ("articles.article", "list", ""),
    ("articles.picture", "picture", ""),
    ("articles.pin", "front", _("Fronts")),
)
MANAGED_PLACES = (
    ("bureaus.author", "person", ""),
    ("bureaus.user", "people", ""),
    ("bureaus.bureau", "building", ""),
    ("articles.section", "sections", ""),
    ("articles.tag", "tag", ""),
    ("articles.page", "page", _("Standing pages")),
    ("bureaus.network", "masthead", ""),
    ("articles.policyreport", "block", _("Blocked scripts")),
)
TABS = 5  # what fits under a thumb


class Choices(AutocompleteJsonView):
    """Rows found by typing: each admin says who may, and which rows."""

    def has_perm(self, request, obj=None):
        return self.model_admin.may_choose(request.user)

    def get_queryset(self):
        found = self.model_admin.choices(self.request)
        found = found.complex_filter(self.source_field.get_limit_choices_to())
        found, may_repeat = self.model_admin.get_search_results(self.request, found, self.term)
        return found.distinct() if may_repeat else found


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of the desk's menus."""

    icon: str
    label: str
    url: str
    group: str
    model: str = ""
    is_home: bool = False


class DeskSite(admin.AdminSite):
    site_header = _("News desk")
    site_title = _("News desk")
    index_title = _("Desk")
    site_url = None
    enable_nav_sidebar = False  # templates/admin/base.html brings its own

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only admins of the desk's own kind: those that packages bring ask Django's rights."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        user = request.user
        if not (user.is_active and user.is_authenticated):
            return False
        return bool(user.roles or user.is_superuser) and not second_factor.is_missing(request)

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def keeping_what_was_typed(request, *args, **kwargs):
            if not self.has_permission(request) and unsent.is_kept(request):
                return unsent.page(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(keeping_what_was_typed, inner)

    # Django's own addresses lead to the desk's pages, whichever URLconf they stand in.

    def login(self, request, extra_context=None):
        return views.SignIn.as_view()(request)

    def logout(self, request, extra_context=None):
        return views.SignOut.as_view()(request)

    def password_change(self, request, extra_context=None):
        return views.ChangePassword.as_view()(request)

    def get_urls(self):
        # Django's redirect to "view on site" tells the address of any object by its number, a
        # story that is not out yet included.
        left_out = ("view_on_site", "password_change_done")
        stock = [url for url in super().get_urls() if getattr(url, "name", "") not in left_out]
        from newsroom import health

        return [
            path("health/", self.admin_view(health.page), name="health"),
            path("profile/", self.admin_view(profile.own), name="profile"),
            path("profile/email/", self.admin_view(profile.email), name="profile_email"),
            *stock,
        ]

    def each_context(self, request):
        """What base.html needs on every page; Django's own list of every app is left out."""
        user = request.user
        network = Network.objects.first()
        context = {
            "masthead": str(network or ""),
            "site_title": " ".join(filter(None, [gettext("News desk"), str(network or "")])),
            "has_permission": self.has_permission(request),
            "is_popup": False,
        }
        if context["has_permission"]:
            places = list(self.places(request))
            fit = len(places) <= TABS
            context |= {
                "places": [place for place in places if place.group != "write"],
                "manages": any(place.group == "management" for place in places),
                "tabs": places if fit else places[: TABS - 1],
                "overflow": [] if fit else places[TABS - 1 :],
                "may_write": may_write(user),
                "workplace": workplace(user),
            }
        return context

    def places(self, request):
        """Where this person can go, in the order of the menus."""
        home_url = reverse("admin:index")
        yield Place(icon="home", label=gettext("Home"), url=home_url, group="desk", is_home=True)
        for group, models in (("desk", DESK_PLACES), ("management", MANAGED_PLACES)):
            for label, icon, called in models:
                model = apps.get_model(label)
                if not self.get_model_admin(model).has_module_permission(request):
                    continue
                opts = model._meta
                name = f"admin:{opts.app_label}_{opts.model_name}"
                yield Place(
                    icon=icon,
                    label=called or capfirst(opts.verbose_name_plural),
                    url=reverse(f"{name}_changelist"),
                    group=group,
                    model=opts.model_name,
                )
                if label == "articles.article":
                    add_url = reverse(f"{name}_add")
                    yield Place(icon="pen", label=gettext("Write"), url=add_url, group="write")

        if administers(request.user, None):
            url = reverse("admin:health")
            yield Place(icon="eye", label=gettext("Health"), url=url, group="management")

    def index(self, request, extra_context=None):
        def choose(desks):
            return bureau_switch.chosen(request, desks, "biro", "slug")

        def url(bureau):
            return f"{reverse('admin:index')}?biro={bureau.slug if bureau else ''}"

        shown = home(request.user, choose)
        lines = bureau_switch.switch(shown["desks"], shown["bureau"], url)
        context = {"is_home": True, "title": None, "switch": lines, **shown}
        context |= extra_context or {}
        return super().index(request, context)

    def app_index(self, request, app_label, extra_context=None):
        return HttpResponseRedirect(reverse("admin:index"))

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)


def workplace(user) -> str:
    """The bureau of somebody who has one; else how many there are to look after."""
    if any(at is None and role in WRITING_ROLES for role, at in user.roles):
        return gettext("All bureaus")
    return ", ".join(bureau.name for bureau in workplaces(user))
