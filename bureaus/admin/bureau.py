"""A bureau in one form: its site, its menu, who answers for it; opening and closing it."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Page
from articles.templatetags.desk import icon
from articles.views import fronts
from bureaus import closing, opening
from bureaus.desk import administers
from bureaus.forms import BureauForm
from bureaus.hosts import host_of, page_url
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Accent, Bureau, Network, Role
from newsroom import icons

# What another host, clock or state would move: every address and printed time of the bureau.
NETWORK_DECIDES = ("slug", "custom_domain", "time_zone", "is_open")


OPENING = ["is_open", "is_confirmed"]
# What the site's icon and address are made of.
FACE = ("name", "slug", "custom_domain", "accent")


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    conditions = {
        Bureau.State.PREPARING: {"is_open": False, "opened_at": None},
        Bureau.State.OPEN: {"is_open": True},
        Bureau.State.CLOSED: {"is_open": False, "opened_at__isnull": False},
    }

    def lookups(self, request, model_admin):
        return Bureau.State.choices

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(**condition) if condition else queryset


@admin.register(Bureau)
class BureauAdmin(GuardedAdmin):
    form = BureauForm
    list_display = ["name", "host", "province", "time_zone", "mark"]
    list_filter = [StateFilter, "time_zone"]
    search_fields = ["name", "slug", "province"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "custom_domain"]}),
        (_("Place and time"), {"fields": ["province", "time_zone"]}),
        (_("Approval clock"), {"fields": ["amber_after", "red_after", "breaking_after"]}),
        (_("Looks"), {"fields": ["accent"]}),
        (_("Logo"), {"fields": ["likeness_file", "likeness_removed"]}),
        (_("Menu"), {"fields": ["sections"]}),
        (
            _("Who publishes"),
            {
                "fields": ["publisher", "address", "person_responsible", "email", "phone"],
                "description": _("What is left empty is the network’s."),
            },
        ),
    ]

    def get_queryset(self, request):
        bureaus = super().get_queryset(request).select_related("network")
        if administers(request.user, None):
            return bureaus
        administered = [at for role, at in request.user.roles if role == Role.ADMINISTRATOR]
        return bureaus.filter(pk__in=administered)

    @admin.display(description=_("address of the site"))
    def host(self, bureau):
        return host_of(bureau)

    @admin.display(description=_("state"))
    def mark(self, bureau):
        return state_mark(bureau)

    def may_see(self, user, obj=None):
        return administers(user, obj.pk) if obj else user.is_administrator

    def may_add(self, user):
        return administers(user, None)

    def may_change(self, user, obj=None):
        return self.may_see(user, obj)

    def get_readonly_fields(self, request, obj=None):
        if obj is not None and not administers(request.user, None):
            return [name for name in NETWORK_DECIDES if name != "is_open"]
        return []

    def get_fieldsets(self, request, obj=None):
        """An open bureau is closed on a page of its own, which says what that means."""
        fieldsets = super().get_fieldsets(request, obj)
        if (obj and obj.is_open) or not administers(request.user, None):
            return fieldsets
        return [*fieldsets, (_("Opening"), {"fields": OPENING, "classes": ["opening"]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "sections":
            field.widget = field.widget.widget  # without a link to their settings
        return field

    def get_urls(self):
        def own(route, view, name):
            return path(f"<int:bureau_id>/{route}", self.admin_site.admin_view(view), name=name)

        return [
            own("close/", self.close_view, "bureau_close"),
            own("preview/", self.preview_view, "bureau_site_preview"),
            path("icon.svg", self.admin_site.admin_view(self.icon_view), name="bureau_icon"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # As saved: a form that was refused has put its own values on the object.
        bureau = Bureau.objects.get(pk=obj.pk) if obj else None
        form = context["adminform"].form
        typed = {name: form[name].value() for name in FACE if name in form.fields}
        context |= {
            "bureau": bureau,
            "domain": settings.DOMAIN,
            "face": {name: getattr(bureau, name, "") for name in FACE} | typed,
            "decides": administers(request.user, None),
            # As typed: what a refused form has just been given is no longer missing.
            **_checklist(form.instance, form),
        }
        if bureau:
            context |= {
                "state": state_mark(bureau),
                "site_url": page_url(bureau, "front") if bureau.is_open else "",
                "pages": _pages(bureau),
                "people": bureau.memberships.values("user").distinct().count(),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._saved(request, obj)

    def response_change(self, request, obj):
        return self._saved(request, obj)

    def _saved(self, request, bureau):
        text = gettext("“%(bureau)s” has been saved.") % {"bureau": bureau}
        if bureau.is_open and "is_open" in request.POST:
            url = page_url(bureau, "front")
            opened = gettext("The bureau is open:")
            text = format_html('{} {} <a href="{}">{}</a>', text, opened, url, host_of(bureau))
        messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:bureaus_bureau_change", args=[bureau.pk]))

    # Pages beside the form

    @transaction.atomic
    def close_view(self, request, bureau_id):
        """What happens when a bureau closes; a POST closes it."""
        if not administers(request.user, None):
            raise PermissionDenied
        bureau = Bureau.objects.select_for_update(no_key=True).filter(pk=bureau_id).first()
        if bureau is None:
            raise Http404
        url = reverse("admin:bureaus_bureau_change", args=[bureau.pk])
        if not bureau.is_open:
            return HttpResponseRedirect(url)
        if request.method == "POST":
            bureau.is_open = False
            bureau.save(update_fields=["is_open"])
            self.log_change(request, bureau, gettext("Closed."))
            text = gettext("%(bureau)s is closed. Its stories are read at the network’s address.")
            messages.success(request, text % {"bureau": bureau})
            return HttpResponseRedirect(url)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Close %(bureau)s?") % {"bureau": bureau},
            "bureau": bureau,
            "network_url": page_url(None, "front"),
            "back": url,
            **closing.consequences(bureau),
        }
        return TemplateResponse(request, "admin/bureaus/bureau/close.html", context)

    def preview_view(self, request, bureau_id):
        """The front of a bureau as it is or will be, open or not."""
        bureau = self.get_object(request, str(bureau_id))
        if bureau is None:
            raise Http404
        return fronts.preview(request, bureau)

    def icon_view(self, request):
        """The icon of a site with this name and colour, while they are being chosen."""
        if not request.user.is_administrator:
            raise PermissionDenied
        accent, name = request.GET.get("accent"), request.GET.get("name", "")[:60]
        network = Network.objects.get()
        chosen = accent if accent in Accent.values else network.accent
        drawn = icons.svg(icons.mark(str(network), name, chosen))
        return HttpResponse(drawn, "image/svg+xml", headers={"Cache-Control": "private, no-store"})


# Colour and drawing of each state.
MARKS = {
    Bureau.State.PREPARING: ("warn", "clock"),
    Bureau.State.OPEN: ("right", "check"),
    Bureau.State.CLOSED: ("block", "lock"),
}


def state_mark(bureau: Bureau) -> str:
    """A word, a shape and a colour."""
    tone, drawing = MARKS[bureau.state]
    return format_html(
        '<span class="mark mark--{}">{} {}</span>', tone, icon(drawing), bureau.state.label
    )


def _checklist(bureau: Bureau, form: BureauForm) -> dict:
    """What a bureau shows and who works there, were it opened now."""
    has_hosts = bool(bureau.slug)
    return {
        "demands": opening.demands(bureau),
        "staff": opening.staff(bureau),
        "will_be_at": host_of(bureau) if has_hosts else "",
        "menu_count": len(form["sections"].value() or []) if "sections" in form.fields else 0,
    }


def _pages(bureau: Bureau) -> list[dict]:
    """Each kind of standing page: whose text it has, and where that is edited."""
    pages = {page.kind: page for page in Page.objects.shown_on(bureau)}
    own = {kind: page for kind, page in pages.items() if page.bureau_id}
    add = reverse("admin:articles_page_add")
    return [
        {
            "label": label,
            "is_own": kind in own,
            "is_network": kind in pages and kind not in own,
            "url": reverse("admin:articles_page_change", args=[own[kind].pk])
            if kind in own
            else f"{add}?kind={kind}&bureau={bureau.pk}",
        }
        for kind, label in Page.Kind.choices
    ]
