"""What signing in adds to a request, at the desk alone."""

from allauth.account.middleware import AccountMiddleware
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bureaus.sign_in import second_factor

# All that a session without its second factor reaches: what gives it one, or ends the session.
SET_UP = frozenset({"account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn"})
SHOW = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
ALWAYS = frozenset({"second_factor", "account_logout", "admin:logout", "robots"})


def sign_in_middleware(get_response):
    at_desk = AccountMiddleware(get_response)

    def middleware(request):
        return (at_desk if request.site.kind == "desk" else get_response)(request)

    def process_view(request, view, args, kwargs):
        if request.site.kind != "desk" or not second_factor.is_missing(request):
            return None
        name = request.resolver_match.view_name
        # Who has a key must show it: a password alone must not add another one.
        ways = SHOW if second_factor.keys_of(request.user).exists() else SET_UP
        if name in ways or name in ALWAYS:
            return None
        return _lead_to_second_factor(request)

    middleware.process_view = process_view
    middleware.process_exception = at_desk.process_exception
    return middleware


def _lead_to_second_factor(request):
    from articles import unsent  # the admin, which this needs, is not there when settings are read

    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("second_factor"))
    if unsent.is_kept(request):
        return unsent.page(request)
    # Not a redirect: a script would take the page behind it for an answer.
    return render(request, "admin/second_factor_missing.html", status=403)
