"""Authors: the names that bylines credit, with or without a login."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureaus.desk import administers, may_write
from bureaus.forms import AuthorForm
from bureaus.likenesses import Portrait
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Author, Role
from newsroom.renditions.bounded import PictureError

WHOLE = 960  # pixels across at most


def closed_mark() -> str:
    return format_html('<span class="mark mark--block">{}</span>', gettext("not active"))


@admin.register(Author)
class AuthorAdmin(GuardedAdmin):
    form = AuthorForm
    list_display = ["name", "kind", "bureau", "place", "mark"]
    list_display_links = ["name"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["bureau"]
    search_fields = ["name"]
    autocomplete_fields = ["user"]
    prepopulated_fields = {"slug": ["name"]}
    frozen_fields = ["slug"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "kind",
                    "bureau",
                    "position",
                    "position_en",
                    "place",
                    "is_active",
                ]
            },
        ),
        (_("About"), {"fields": ["biography"]}),
        (_("Portrait"), {"fields": ["likeness_file", "likeness_removed", "focal_x", "focal_y"]}),
        (_("Login"), {"fields": ["user"]}),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.portrait_view)
        route = path("<int:author_id>/portrait/", view, name="bureaus_author_portrait")
        return [route, *super().get_urls()]

    def portrait_view(self, request, author_id):
        """The whole of a portrait, for whoever may move its focal point. Readers get what is cut
        from it alone, and nothing that was cut off."""
        author = self.get_queryset(request).filter(pk=author_id).first()
        if author is None or not self.may_change(request.user, author):
            raise Http404
        portrait = get_object_or_404(Portrait, author=author)
        try:
            return HttpResponse(portrait.drawn_whole(WHOLE), content_type="image/jpeg")
        except PictureError as error:
            raise Http404 from error

    def get_queryset(self, request):
        authors = super().get_queryset(request)
        user = request.user
        if user.is_network_editor or administers(user, None):
            return authors
        return authors.filter(user.works_at(Role.BUREAU_EDITOR, Role.ADMINISTRATOR))

    @admin.display(description=_("state"))
    def mark(self, author):
        return "" if author.is_active else closed_mark()

    def choices(self, request):
        return Author.objects.active()

    def may_choose(self, user):
        return may_write(user)

    def may_see(self, user, obj=None):
        return user.is_administrator or user.holds(Role.BUREAU_EDITOR) or user.is_network_editor

    def may_add(self, user):
        return self.may_see(user)

    def may_change(self, user, obj=None):
        return self.may_see(user)

    def get_fieldsets(self, request, obj=None):
        # A login decides whose own story it is, and so who may not approve it: not an editor's.
        if request.user.is_administrator:
            return self.fieldsets
        return self.fieldsets[:-1]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        user = request.user
        if db_field.name == "bureau" and not (user.is_network_editor or administers(user, None)):
            places = {
                at for role, at in user.roles if role in (Role.BUREAU_EDITOR, Role.ADMINISTRATOR)
            }
            field.queryset = field.queryset.filter(pk__in=places)
            field.required = True
            field.empty_label = None if len(places) == 1 else field.empty_label
        return field
