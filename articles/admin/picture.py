"""The library of pictures."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.picture_form import PictureForm
from bureaus.desk import DeskAdmin, at_work
from bureaus.models import Author, Role, User

ROLES = (Role.REPORTER, Role.BUREAU_EDITOR, Role.NETWORK_EDITOR, Role.PHOTO_EDITOR)
DECIDING_ROLES = (Role.BUREAU_EDITOR, Role.NETWORK_EDITOR, Role.PHOTO_EDITOR)


def picture_bureaus(user: User):
    """The bureaus in whose library the user may put pictures."""
    places = {at for role, at in user.roles if role in ROLES}
    bureaus = at_work()
    return bureaus if None in places else bureaus.filter(pk__in=places)


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    form = PictureForm
    list_filter = ["source", ("bureau", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["bureau", "uploaded_by"]
    list_per_page = 36
    search_fields = ["caption", "alt_text", "credit"]
    fieldsets = [
        (None, {"fields": ["file", "focal_x", "focal_y"]}),
        (_("Words"), {"fields": ["alt_text", "caption", "credit", "ai"]}),
        (
            _("Origin"),
            {
                "fields": [
                    "creator",
                    "copyright",
                    "place",
                    "taken_on",
                    "keywords",
                    "source",
                    "bureau",
                ]
            },
        ),
        (
            _("Rights"),
            {"fields": ["owner", "licence", "usable_until", "is_for_all", "shared_with"]},
        ),
    ]

    def get_queryset(self, request):
        return Picture.objects.for_user(request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(self.thumbnail_view)
        return [
            path("<int:picture_id>/thumbnail/", view, name="articles_picture_thumbnail"),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request, picture_id):
        """Where the small copy is, for scripts that know only the number."""
        picture = self.get_queryset(request).filter(pk=picture_id).first()
        if picture is None:
            raise Http404
        return HttpResponseRedirect(picture.thumbnail_url)

    def may_see(self, user, obj=None):
        return any(user.holds(role) for role in ROLES)

    def may_add(self, user):
        return self.may_see(user)

    def may_change(self, user, obj=None):
        """Readers see a picture's words as they are now: once it was in an edition, changing it
        is an editor's decision."""
        if obj is None:
            return self.may_see(user)
        if any(user.holds(role, obj.bureau_id) for role in DECIDING_ROLES):
            return True
        is_own = obj.uploaded_by_id == user.pk and user.holds(Role.REPORTER, obj.bureau_id)
        return is_own and not obj.editions.exists()

    def get_changeform_initial_data(self, request):
        bureau = picture_bureaus(request.user).first()
        author = Author.objects.filter(user=request.user).first()
        return {
            "bureau": author.bureau_id if author and author.bureau_id else bureau and bureau.pk,
            "credit": author.name if author else "",
            **super().get_changeform_initial_data(request),
        }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "bureau":
            field.queryset = picture_bureaus(request.user)
            field.empty_label = None
            field.widget = field.widget.widget  # without links to the bureau's settings
        return field

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
