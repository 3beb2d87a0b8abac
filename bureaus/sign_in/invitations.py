"""Inviting people: an account is made for them, and they alone set its password."""

from allauth.account.forms import SetPasswordForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import admin
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bureaus import tasks
from bureaus.models import User
from bureaus.sign_in import links
from bureaus.sign_in.forms import TwicePassword
from bureaus.sign_in.views import too_many


def may_be_invited(user: User) -> bool:
    """Whoever may come in and has no password; nobody else's is ever taken away."""
    return bool(user.is_active and user.email and not user.has_usable_password())


def invite(user: User) -> None:
    """Mail the link that sets the first password; an earlier link is void from now on."""
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    tasks.mail_invitation.defer(user_id=user.pk)


class FirstPasswordForm(TwicePassword, SetPasswordForm):
    pass


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request, token: str):
    """The page behind the link: a first password, then in."""
    if not ratelimit.consume(request, action="reset_password_from_key"):
        return too_many(request)
    with transaction.atomic():
        found = links.invited(token)
        user = found and User.objects.select_for_update().get(pk=found.pk)
        # Again under the lock: of two who press at once, one is too late.
        if user is None or links.invited(token) is None:
            return _page(request, "admin/invitation_void.html", status=410)
        form = FirstPasswordForm(user, request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return _page(request, "admin/invitation.html", form=form, invited=user)
        form.save()
        user.invited_at = None
        user.save(update_fields=["invited_at"])
    record_authentication(request, user, "invitation")
    return perform_login(request, Login(user=user, email=user.email))


def _page(request, template: str, status: int = 200, **context) -> TemplateResponse:
    context = {**admin.site.each_context(request), "title": _("Welcome"), **context}
    # The link is the key: no other host is told of it. ("no-referrer" would take the Origin header
    # away, too, and the form would be refused.)
    headers = {"Referrer-Policy": "same-origin"}
    return TemplateResponse(request, template, context, status=status, headers=headers)
