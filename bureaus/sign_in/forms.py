"""The forms of signing in, in the newsroom's words."""

import time
from dataclasses import dataclass

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.core.internal.ratelimit import get_cache_key, get_rates
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from bureaus.sign_in.adapters import refusal

MINUTE = 60  # seconds
TOLD_FROM = 3  # attempts left


@dataclass(frozen=True)
class Attempts:
    """How many failed attempts one name has left, and how long it waits for the next."""

    left: int
    minutes: int

    @classmethod
    def of(cls, request, credentials: dict) -> "Attempts":
        adapter = account_adapter()
        key = adapter._get_login_attempts_cache_key(request, **credentials)
        app, action = "allauth.account", "login_failed"
        rate = next(rate for rate in get_rates(app=app, action=action) if rate.per == "key")
        times = cache.get(get_cache_key(request, app=app, action=action, rate=rate, key=key), [])
        # The newest is the first. The wait ends when the oldest counts no longer.
        wait = times[-1] + rate.duration - time.time() if times else 0
        return cls(rate.amount - len(times), max(1, -int(-wait // MINUTE)))


class SignInForm(account.LoginForm):
    """User name or e-mail, and password."""

    def add_prefix(self, field_name):
        # As browsers and password managers call it.
        return super().add_prefix("username" if field_name == "login" else field_name)

    def _clean_with_password(self, credentials):
        try:
            cleaned = super()._clean_with_password(credentials)
        except ValidationError as error:
            raise self._explained(error, credentials) from error
        why = refusal(self.user)
        if why:
            raise ValidationError(why, code="refused")
        return cleaned

    def _explained(self, error: ValidationError, credentials: dict) -> ValidationError:
        """With the attempts that are left, or the minutes to wait."""
        attempts = Attempts.of(self.request, credentials)
        if attempts.left <= 0:
            text = ngettext(
                "Too many attempts with this name. Try again in %(minutes)s minute, or use a"
                " passkey.",
                "Too many attempts with this name. Try again in %(minutes)s minutes, or use a"
                " passkey.",
                attempts.minutes,
            )
            return ValidationError(text % {"minutes": attempts.minutes}, code="locked")
        if error.code == "too_many_login_attempts" or attempts.left > TOLD_FROM:
            return error
        left = ngettext(
            "%(left)s attempt is left before the name is locked for 15 minutes.",
            "%(left)s attempts are left before the name is locked for 15 minutes.",
            attempts.left,
        )
        return ValidationError(f"{error.message} {left % {'left': attempts.left}}", code=error.code)


class TwicePassword:
    """Two fields for a new password, with the newsroom's words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = gettext("New password")
        self.fields["password1"].help_text = gettext(
            "At least 10 letters, digits or signs. A sentence is easy to keep in mind."
        )
        self.fields["password2"].label = gettext("New password once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(TwicePassword, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = gettext("Present password")
        self.fields["oldpassword"].help_text = ""


class NewPasswordForm(TwicePassword, account.ResetPasswordKeyForm):
    pass


class _OneCode:
    """A code is good once: allauth remembers it for one period only, and three are accepted."""

    def clean_code(self):
        code = super().clean_code()
        seconds = (2 * settings.MFA_TOTP_TOLERANCE + 1) * 30
        if not cache.add(f"code:{self.user.pk}:{normalize_user_code(code)}", 1, seconds):
            raise second_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OneCode, codes.AuthenticateForm):
    pass


class CodeAgainForm(_OneCode, codes.ReauthenticateForm):
    pass


class FirstCodeForm(_OneCode, ActivateTOTPForm):
    pass


# What the passkey scripts of others may send: allauth takes for granted that it is well made.
BADLY_MADE = (AttributeError, KeyError, TypeError, ValueError)


class _Credential:
    def clean_credential(self):
        try:
            return super().clean_credential()
        except BADLY_MADE as error:
            raise second_factor_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(_Credential, passkeys.LoginWebAuthnForm):
    pass


class PasskeyStepForm(_Credential, passkeys.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_Credential, passkeys.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    name = forms.CharField(max_length=60, required=False)

    def clean(self):
        try:
            return super().clean()
        except BADLY_MADE as error:
            raise second_factor_adapter().validation_error("incorrect_code") from error
