"""Where django-allauth asks what the newsroom's own rules are."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from bureaus import tasks
from bureaus.hosts import desk_url
from bureaus.models import Network, User
from bureaus.sign_in import second_factor

CLOSED = _("This account has been closed. Ask an administrator.")
NO_ROLE = _("You hold no role at any bureau yet. Ask an administrator for one.")
# Said when it has happened; what is not named here goes without saying.
SAID = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "mfa/messages/totp_activated.txt": _("The code app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The code app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices are logged out."),
}

# Ways to show that it is still the same person.
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}


def refusal(user: User) -> str:
    """Why somebody with the right password is not let in; empty when nothing is in the way."""
    if not user.is_active:
        return CLOSED
    return "" if user.roles or user.is_superuser else NO_ROLE


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Name and password do not match. Capital letters matter."),
        "email_password_mismatch": _("Name and password do not match. Capital letters matter."),
        "incorrect_password": _("This is not your password. Capital letters matter."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("Too many attempts. Wait 15 minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait 15 minutes, then try again."),
        "invalid_password_reset": _("This link is no longer valid."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Only pages of the desk itself, by their path."""
        return super().is_safe_url(url) and url.startswith("/")

    def pre_login(self, request, user, **kwargs):
        why = refusal(user)
        if not why:
            return None
        clear_login(request)
        messages.error(request, why)
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not so soon after signing in."""
        shown = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in shown), default=0)
        return time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS[way["id"]]} for way in ways]

    def get_password_change_redirect_url(self, request):
        return reverse("admin:profile")

    def get_logout_redirect_url(self, request):
        return reverse("account_logged_out")

    def get_reset_password_from_key_url(self, key):
        # Never from the request. The path takes one argument, which allauth parts by itself.
        uid, _dash, token = key.partition("-")
        names = {"uidb36": uid, "key": token}
        return desk_url(reverse("account_reset_password_from_key", kwargs=names))

    def send_password_reset_mail(self, user, email, context):
        """By a task: whoever is asked for is not told apart by how long the answer takes."""
        tasks.mail_password_reset.defer(user_id=user.pk)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        kind = template_prefix.rpartition("/")[2]
        if user.email and kind in tasks.NOTICES:
            tasks.mail_notice.defer(user_id=user.pk, kind=kind, address=user.email)

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        text = message or SAID.get(message_template)
        if text:
            messages.add_message(request, level, text)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not right. Codes change every 30 seconds: type the newest."),
        "cannot_delete_authenticator": _(
            "Your roles demand a second factor, and this is the only one. Set up another first."
        ),
    }

    def get_totp_issuer(self):
        return f"{Network.objects.get()} (desk)"

    def get_totp_label(self, user):
        return user.username

    def can_delete_authenticator(self, authenticator):
        """The last one stays where the roles demand one; recovery codes are not one."""
        user = authenticator.user
        others = second_factor.keys_of(user).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.is_demanded_of(user)

    def build_totp_svg(self, url):
        # White in the dark, too: cameras read black on white alone.
        drawn = qrcode.make(url, image_factory=SvgPathFillImage)
        return drawn.to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self):
        # The desk's host alone: a passkey is of no use on any bureau's site.
        host = f"desk.{settings.DOMAIN}".partition(":")[0]
        return {"id": host, "name": str(Network.objects.get())}

    # The secret of a code app: a copy of the database alone must not make codes.

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (sha256(f"second factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in made])
