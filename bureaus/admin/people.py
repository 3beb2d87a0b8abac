"""People: who works there in which role, who is invited, who has left.

Only administrators manage logins. Nobody gives a role to himself, nor one that reaches further
than his own: an administrator of one bureau gives roles at that bureau alone. Nobody sets another
one's password; people are invited.
"""

import re

from allauth.core import ratelimit
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.templatetags.desk import icon
from bureaus import leaving
from bureaus.admin.author import closed_mark
from bureaus.desk import administers, at_work
from bureaus.forms import MembershipForm, NewUserForm, UserForm
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Bureau, Membership, Role, User
from bureaus.sign_in import invitations, second_factor


def appointed_at(request) -> Bureau | None:
    """The bureau for which a link asks to appoint an editor, if this person may do that."""
    named = request.GET.get("editor_of", "")
    if not re.fullmatch(r"\d{1,9}", named, re.ASCII):
        return None
    bureau = at_work().filter(pk=named).first()
    return bureau if bureau and administers(request.user, bureau.pk) else None


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

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj is None and appointed_at(request) else self.extra

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


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    conditions = {
        "active": Q(is_active=True, invited_at=None),
        "invited": Q(is_active=True, invited_at__isnull=False),
        "left": Q(is_active=False),
    }

    def lookups(self, request, model_admin):
        return [("active", _("Working here")), ("invited", _("Invited")), ("left", _("Left"))]

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(condition) if condition else queryset


@admin.register(User)
class UserAdmin(GuardedAdmin):
    """Logins. ``is_staff``, ``is_superuser``, groups and permissions are not set here at all."""

    inlines = [MembershipInline]
    form = UserForm
    list_display = ["__str__", "username", "held_roles", "mark"]
    list_filter = [
        "memberships__role",
        ("memberships__bureau", admin.RelatedOnlyFieldListFilter),
        StateFilter,
    ]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    fieldsets = [
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
        (None, {"fields": ["username"]}),
    ]

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

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_inlines(self, request, obj):
        """Whoever has left holds no role until the account is open again."""
        return [] if obj and not obj.is_active else super().get_inlines(request, obj)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        bureau = appointed_at(request) if request.method == "GET" and obj.pk is None else None
        if bureau:
            kwargs["initial"] = [{"role": Role.BUREAU_EDITOR, "bureau": bureau.pk}]
        return kwargs

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            invitations.invite(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, said_invited(obj))
        return HttpResponseRedirect(reverse("admin:bureaus_user_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= {
                "may_be_invited": invitations.may_be_invited(obj),
                "has_second_factor": second_factor.keys_of(obj).exists(),
                "is_self": obj == request.user,
            }
        else:
            context["appointed_at"] = appointed_at(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Verbs beside the form; each is a POST.

    def get_urls(self):
        def own(route, view):
            route, name = f"<int:user_id>/{route}/", f"user_{route.replace('-', '_')}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            own("invite", self.invite_view),
            own("leave", self.leave_view),
            own("return", self.return_view),
            own("second-factor", self.second_factor_view),
            *super().get_urls(),
        ]

    def _person(self, request, user_id) -> User:
        """Somebody else in the reach of this administrator."""
        if not self.may_change(request.user):
            raise PermissionDenied
        person = self.get_object(request, str(user_id))
        if person is None:
            raise Http404
        if person == request.user:
            raise PermissionDenied
        return person

    def _back(self, person) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:bureaus_user_change", args=[person.pk]))

    def invite_view(self, request, user_id):
        """Send the invitation once more; the earlier link is void then."""
        person = self._person(request, user_id)
        if request.method == "POST" and invitations.may_be_invited(person):
            if not ratelimit.consume(request, action="invite", key=str(person.pk)):
                messages.error(request, gettext("Five invitations within an hour are enough."))
                return self._back(person)
            invitations.invite(person)
            self.log_change(request, person, gettext("Invited."))
            messages.success(request, said_invited(person))
        return self._back(person)

    def leave_view(self, request, user_id):
        """What happens when somebody stops working here; a POST does it."""
        person = self._person(request, user_id)
        if not person.is_active:
            return self._back(person)
        if request.method == "POST":
            released = leaving.leave(person, by=request.user)
            self.log_change(request, person, gettext("Stopped working here."))
            messages.success(request, said_left(person, released))
            return self._back(person)
        title = gettext("Does %(name)s stop working here?") % {"name": person}
        claimed = Article.objects.filter(claimed_by=person).count()
        return self._ask(request, person, "leave", title, claimed=claimed)

    def return_view(self, request, user_id):
        """Open the account of somebody who has left."""
        person = self._person(request, user_id)
        if request.method == "POST" and not person.is_active:
            leaving.come_back(person)
            self.log_change(request, person, gettext("Works here again."))
            text = gettext("The account of %(name)s is open again. Give roles, then invite.")
            messages.success(request, text % {"name": person})
        return self._back(person)

    def second_factor_view(self, request, user_id):
        """Take the second factor from whoever has lost it; a POST does it."""
        person = self._person(request, user_id)
        if not second_factor.keys_of(person).exists():
            return self._back(person)
        if request.method == "POST":
            leaving.remove_second_factor(person)
            self.log_change(request, person, gettext("Second factor removed."))
            text = gettext("%(name)s sets up a new second factor at the next log-in.")
            messages.success(request, text % {"name": person})
            return self._back(person)
        title = gettext("Remove the second factor of %(name)s?") % {"name": person}
        return self._ask(request, person, "second_factor", title)

    def _ask(self, request, person, name, title, **more) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "person": person,
            "back": reverse("admin:bureaus_user_change", args=[person.pk]),
            **more,
        }
        return TemplateResponse(request, f"admin/bureaus/user/{name}.html", context)

    @admin.display(description=_("state"))
    def mark(self, person):
        if person.is_invited:
            return format_html(
                '<span class="mark mark--warn">{} {}</span>', icon("clock"), gettext("Invited")
            )
        return "" if person.is_active else closed_mark()

    @admin.display(description=_("roles"))
    def held_roles(self, person):
        return ", ".join(_roles(person))


def _roles(person: User) -> list[str]:
    """Each role with where it is held; a network editor's goes without saying."""
    return [_role(membership) for membership in person.memberships.all()]


def _role(membership: Membership) -> str:
    name = membership.get_role_display()
    if membership.bureau:
        return f"{name} {membership.bureau}"
    if membership.role == Role.NETWORK_EDITOR:
        return name
    return gettext("%(role)s (every bureau)") % {"role": name}


def said_invited(person: User) -> str:
    text = gettext("%(name)s is invited: a mail with a link goes to %(email)s. Good for 7 days.")
    return text % {"name": person, "email": person.email}


def said_left(person: User, released: int) -> str:
    text = gettext("%(name)s no longer works here.") % {"name": person}
    if not released:
        return text
    back = ngettext(
        "%(count)s story is back in the queue.",
        "%(count)s stories are back in the queue.",
        released,
    )
    return f"{text} {back % {'count': released}}"
