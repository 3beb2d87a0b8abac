"""What browsers have kept from running, for those who look after the program."""

from django.contrib import admin

from articles.models import PolicyReport
from bureaus.desk import DeskAdmin, administers


@admin.register(PolicyReport)
class PolicyReportAdmin(DeskAdmin):
    list_display = ["directive", "blocked", "source", "page", "times", "last_seen"]
    list_display_links = None

    def may_see(self, user, obj=None):
        # A line says all that there is.
        return obj is None and administers(user, None)
