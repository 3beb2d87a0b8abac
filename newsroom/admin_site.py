from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    """The desk: Django's admin for whoever holds a role at a bureau."""

    site_header = _("News desk")
    site_title = _("News desk")
    index_title = _("Desk")
    site_url = None
    enable_nav_sidebar = False  # templates/admin/base.html brings its own

    def has_permission(self, request):
        user = request.user
        return user.is_active and user.is_authenticated and bool(user.roles or user.is_superuser)
