"""django-allauth's pages in the desk's frame, and the few of our own between them."""

from http import HTTPStatus

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth
from allauth.usersessions import views as usersessions
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic.base import TemplateView

from bureaus.sign_in import second_factor
from bureaus.sign_in.devices import name_of


class DeskPage:
    """Masthead and menus around a page of allauth's."""

    title = ""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response = too_many(request)
        add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs):
        of_desk = admin.site.each_context(self.request)
        return {**of_desk, "title": self.title, **super().get_context_data(**kwargs)}


def too_many(request):
    context = {**admin.site.each_context(request), "title": gettext("Too many attempts")}
    status = HTTPStatus.TOO_MANY_REQUESTS
    return TemplateResponse(request, "admin/too_many.html", context, status=status)


class SignIn(DeskPage, account.LoginView):
    title = _("Log in")
    extra_context = {"second_factor_is_demanded": second_factor.is_demanded}

    def get(self, request, *args, **kwargs):
        # Whoever is in already and holds no role stays here, to come in as somebody else.
        if admin.site.has_permission(request):
            return HttpResponseRedirect(self.get_authenticated_redirect_url())
        return super().get(request, *args, **kwargs)


class SignOut(DeskPage, account.LogoutView):
    title = _("Log out")


class SignedOut(DeskPage, TemplateView):
    title = _("You have logged out")
    template_name = "admin/logged_out.html"


class Again(DeskPage, account.ReauthenticateView):
    title = _("Is it you?")


class CodeAgain(DeskPage, codes.ReauthenticateView):
    title = _("Is it you?")


class PasskeyAgain(DeskPage, passkeys.ReauthenticateWebAuthnView):
    title = _("Is it you?")

    def form_invalid(self, form):
        messages.error(self.request, gettext("The passkey was not accepted. Try once more."))
        return HttpResponseRedirect(self.request.get_full_path())


class PasskeySignIn(DeskPage, passkeys.LoginWebAuthnView):
    def form_invalid(self, form):
        messages.error(
            self.request,
            gettext("The passkey was not accepted. Try once more, or use your password."),
        )
        return HttpResponseRedirect(reverse("account_login"))


class SecondStep(DeskPage, codes.AuthenticateView):
    title = _("Second step")

    def get_context_data(self, **kwargs):
        kinds = set(
            Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True)
        )
        has = {"has_passkey": "webauthn" in kinds, "has_code": "totp" in kinds}
        return {**super().get_context_data(**kwargs), **has}


class LostPassword(DeskPage, account.PasswordResetView):
    title = _("Lost your password?")


class LostPasswordSent(DeskPage, account.PasswordResetDoneView):
    title = _("Look into your mail")


class NewPassword(DeskPage, account.PasswordResetFromKeyView):
    title = _("New password")


class NewPasswordSaved(DeskPage, account.PasswordResetFromKeyDoneView):
    title = _("Your new password is saved")


class ChangePassword(DeskPage, account.PasswordChangeView):
    title = _("Change password")


class Security(DeskPage, codes.IndexView):
    title = _("Passkeys and codes")

    def get_context_data(self, **kwargs):
        demanded = second_factor.is_demanded_of(self.request.user)
        return {**super().get_context_data(**kwargs), "is_demanded": demanded}


class AddCodeApp(DeskPage, totp.ActivateTOTPView):
    title = _("Set up a code app")

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.was_added(self.request, Authenticator.Type.TOTP)
        return response


class RemoveCodeApp(DeskPage, totp.DeactivateTOTPView):
    title = _("Remove the code app?")

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.was_removed(self.request)
        return response


class RecoveryCodes(DeskPage, recovery.ViewRecoveryCodesView):
    title = _("Recovery codes")


class NewRecoveryCodes(DeskPage, recovery.GenerateRecoveryCodesView):
    title = _("New recovery codes?")


class AddPasskey(DeskPage, passkeys.AddWebAuthnView):
    title = _("Set up a passkey")
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # One that also signs in without a password: it asks for the finger or the PIN itself.
        options = auth.begin_registration(self.request.user, passwordless=True)
        device = name_of(self.request.headers.get("User-Agent", ""))
        return {**context, "js_data": {"creation_options": options}, "device": device}

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.was_added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(DeskPage, passkeys.RemoveWebAuthnView):
    title = _("Remove the passkey?")
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        response = super().form_valid(form)
        second_factor.was_removed(self.request)
        return response


class RenamePasskey(DeskPage, passkeys.EditWebAuthnView):
    title = _("Name of the passkey")
    success_url = reverse_lazy("mfa_index")


class Sessions(DeskPage, usersessions.ListUserSessionsView):
    title = _("Where you are logged in")

    def get_context_data(self, **kwargs):
        # One that is older than the list, or whose key has changed with the password.
        UserSession.objects.create_from_request(self.request)
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = name_of(session.user_agent)
        context["sessions"].sort(key=lambda session: not session.is_current())
        return context

    def form_valid(self, form):
        if "session" not in self.request.POST:
            return super().form_valid(form)
        own = UserSession.objects.filter(user=self.request.user)
        number = self.request.POST["session"]
        ended = get_object_or_404(own, pk=number if number.isdigit() else 0)
        ended.end()
        messages.success(self.request, gettext("This device is logged out."))
        return HttpResponseRedirect(self.get_success_url())


@never_cache
@login_required
def lead_to_second_factor(request):
    """What an editor sees before anything else: set one up or, with one set up, show it."""
    if not second_factor.is_missing(request):
        return HttpResponseRedirect(reverse("admin:index"))
    kinds = set(second_factor.keys_of(request.user).values_list("type", flat=True))
    if kinds:
        way = "mfa_reauthenticate_webauthn" if "webauthn" in kinds else "mfa_reauthenticate"
        return HttpResponseRedirect(reverse(way))
    context = {**admin.site.each_context(request), "title": gettext("One more step")}
    return TemplateResponse(request, "admin/second_factor.html", context)
