"""What every page of the admin at the desk has in common.

Rights come from memberships alone. Django's permission table is never asked, so nothing that is
written there, or to ``is_staff``, opens a door.
"""

from collections.abc import Sequence

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bureaus.models import Bureau, Role, User

WRITING_ROLES = (Role.REPORTER, Role.BUREAU_EDITOR, Role.NETWORK_EDITOR)


def may_write(user: User) -> bool:
    """Whether the user works on stories at all."""
    return any(user.holds(role) for role in WRITING_ROLES)


def at_work() -> QuerySet[Bureau]:
    """The bureaus for which people write: open ones, and those that prepare their opening."""
    return Bureau.objects.filter(Q(is_open=True) | Q(opened_at=None))


def workplaces(user: User) -> QuerySet[Bureau]:
    """The bureaus for which the user may write or edit, in their order."""
    bureaus = at_work()
    places = {at for role, at in user.roles if role in WRITING_ROLES}
    return bureaus if None in places else bureaus.filter(pk__in=places)


def administers(user: User, bureau_id: int | None) -> bool:
    """Whether the user is administrator of this bureau or, with None, of the whole network."""
    if not user.is_active:
        return False
    if user.is_superuser or (Role.ADMINISTRATOR, None) in user.roles:
        return True
    return bureau_id is not None and (Role.ADMINISTRATOR, bureau_id) in user.roles


class ShownAgain:
    """A form with what could not be taken from a session that ended. It is never saved."""

    def clean(self):
        raise ValidationError(_("You have logged in again. Look it over, then press Save."))


class DeskAdmin(admin.ModelAdmin):
    """Nobody may do anything until a subclass says so, in the ``may_…`` methods."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    view_on_site = False
    save_as = False
    empty_value_display = ""
    #: filled in once: they stand in the addresses of readers' pages
    frozen_fields: Sequence[str] = ()

    def may_see(self, user: User, obj=None) -> bool:
        """See the list or, with ``obj``, one row that ``get_queryset`` let through."""
        return False

    def may_add(self, user: User) -> bool:
        return False

    def may_change(self, user: User, obj=None) -> bool:
        return False

    def may_choose(self, user: User) -> bool:
        """Find rows by typing, in forms of other models."""
        return self.may_see(user)

    def choices(self, request) -> QuerySet:
        """The rows that may be found by typing."""
        return self.get_queryset(request)

    def get_readonly_fields(self, request, obj=None):
        frozen = self.frozen_fields if obj else ()
        return [*super().get_readonly_fields(request, obj), *frozen]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_module_permission(self, request):
        return self.may_see(request.user)

    def has_view_permission(self, request, obj=None):
        return self.may_see(request.user, obj)

    def has_add_permission(self, request):
        return self.may_add(request.user)

    def has_change_permission(self, request, obj=None):
        return self.may_change(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        # Django would fill a form from the address: a link could put words in somebody's mouth.
        return {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "is_shown_again", False):
            return type(form.__name__, (ShownAgain, form), {})
        return form

    def show_again(self, request, object_id=None) -> HttpResponse:
        """The form with what was posted and a fresh token; nothing is saved."""
        request.is_shown_again = True
        return self._changeform_view(request, object_id, "", None)

    def history_view(self, request, object_id, extra_context=None):
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def construct_change_message(self, request, form, formsets, add=False):
        """Fields as the catalogue has them: Django would keep what a form calls them, which is
        translated for nobody who reads the history."""
        message = super().construct_change_message(request, form, formsets, add)
        with override(None):
            fields = [self._logged(form, name) for name in form.changed_data]
        for part in message:
            if not add and part.get("changed", {}).keys() == {"fields"}:
                part["changed"]["fields"] = fields
        return message

    def _logged(self, form, name: str) -> str:
        known = {field.name: field.verbose_name for field in self.model._meta.fields}
        field = form.base_fields.get(name) or form.fields[name]
        return str(known.get(name) or field.label or name)

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # Django would go home with a message; a page that is not there, or not theirs, is a 404.
        raise Http404
