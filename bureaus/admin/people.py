"""People: who is credited, who works there in which role.

Only administrators manage logins. Nobody gives a role to himself, nor one that reaches further
than his own: an administrator of one bureau gives roles at that bureau alone.
"""

from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureaus.desk import administers, may_write
from bureaus.forms import AuthorForm, MembershipForm, NewUserForm, UserForm
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Author, Membership, Role, User


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
        (None, {"fields": ["name", "slug", "kind", "bureau", "position", "place", "is_active"]}),
        (_("About"), {"fields": ["biography"]}),
        (_("Login"), {"fields": ["user"]}),
    ]

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


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    extra = 0
    template = "admin/edit_inline/rows.html"
    verbose_name = _("role")
    verbose_name_plural = _("Roles")
    empty_value_display = _("Every bureau")

    def get_formset(self, request, obj=None, **kwargs):
        form = type("MembershipForm", (self.form,), {"giver": request.user})
        return super().get_formset(request, obj, form=form, **kwargs)

    def _may_give(self, request, obj=None) -> bool:
        # Nobody gives a role to himself, an administrator included.
        return request.user.is_administrator and (obj is None or obj.pk != request.user.pk)

    def has_view_permission(self, request, obj=None):
        return request.user.is_administrator

    def has_add_permission(self, request, obj=None):
        return self._may_give(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may_give(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_give(request, obj)


@admin.register(User)
class UserAdmin(GuardedAdmin):
    """Logins. ``is_staff``, ``is_superuser``, groups and permissions are not set here at all."""

    inlines = [MembershipInline]
    form = UserForm
    list_display = ["__str__", "username", "held_roles", "mark"]
    list_filter = [
        "memberships__role",
        ("memberships__bureau", admin.RelatedOnlyFieldListFilter),
        "is_active",
    ]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    person = (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]})
    fieldsets = [(None, {"fields": ["username", "is_active"]}), person]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]}), person]

    def get_queryset(self, request):
        """Everyone, for the network's administrators; for a bureau's, who works nowhere else."""
        people = super().get_queryset(request).prefetch_related("memberships__bureau")
        giver = request.user
        if giver.is_superuser:
            return people
        people = people.filter(is_superuser=False)
        if administers(giver, None):
            return people
        places = [at for role, at in giver.roles if role == Role.ADMINISTRATOR]
        theirs = Membership.objects.filter(user=OuterRef("pk"))
        return people.exclude(Exists(theirs.filter(Q(bureau=None) | ~Q(bureau__in=places))))

    def beside(self, obj):
        return {gettext("Roles"): ", ".join(sorted(_roles(obj)))}

    def may_see(self, user, obj=None):
        return user.is_administrator

    def may_add(self, user):
        return user.is_administrator

    def may_change(self, user, obj=None):
        return user.is_administrator

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        if obj == request.user:  # whoever closes the own account cannot open it again
            return [(None, {"fields": ["username"]}), self.person]
        return self.fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.password_view)
        return [path("<int:user_id>/password/", view, name="user_password"), *super().get_urls()]

    def password_view(self, request, user_id):
        """Set somebody's password, for whoever has lost it."""
        person = self.get_object(request, user_id)
        if not self.may_change(request.user):
            raise PermissionDenied
        if person is None:
            raise Http404
        form = SetPasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.save()
            self.log_change(request, person, gettext("Password changed."))
            if person == request.user:
                update_session_auth_hash(request, person)
            messages.success(request, gettext("%(name)s has a new password.") % {"name": person})
            return HttpResponseRedirect(reverse("admin:bureaus_user_change", args=[person.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("New password for %(name)s") % {"name": person},
            "form": form,
            "back": reverse("admin:bureaus_user_change", args=[person.pk]),
        }
        return TemplateResponse(request, "admin/simple_form.html", context)

    @admin.display(description=_("state"))
    def mark(self, person):
        return "" if person.is_active else closed_mark()

    @admin.display(description=_("roles"))
    def held_roles(self, person):
        return ", ".join(_roles(person))


def _roles(person: User) -> list[str]:
    return [
        " ".join(filter(None, [membership.get_role_display(), str(membership.bureau or "")]))
        for membership in person.memberships.all()
    ]
