"""The network's own settings."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bureaus.desk import administers
from bureaus.forms import NetworkForm
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Network


@admin.register(Network)
class NetworkAdmin(GuardedAdmin):
    """One row: its list is its form."""

    form = NetworkForm
    fieldsets = [
        (None, {"fields": ["name", "printed_domain", "tagline", "accent"]}),
        (
            _("Who publishes"),
            {
                "fields": ["publisher", "address", "person_responsible", "email", "phone"],
                "description": _("Holds for every bureau that has none of its own."),
            },
        ),
        (_("Rules"), {"fields": ["home_places_elsewhere"]}),
    ]

    def may_see(self, user, obj=None):
        return administers(user, None)

    def may_change(self, user, obj=None):
        return administers(user, None)

    def changelist_view(self, request, extra_context=None):
        if not self.may_see(request.user):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:bureaus_network_change", args=[1]))
