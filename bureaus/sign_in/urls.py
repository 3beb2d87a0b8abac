"""The addresses of signing in, on the desk's host. The names are those that allauth asks for."""

from django.urls import path
from django.views.generic import RedirectView

from bureaus.sign_in import invitations, views

_to_sign_in = RedirectView.as_view(pattern_name="account_login")
_to_lost_password = RedirectView.as_view(pattern_name="account_reset_password")
_to_security = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("login/step/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("login/closed/", _to_sign_in, name="account_inactive"),
    path("login/password/", views.LostPassword.as_view(), name="account_reset_password"),
    path(
        "login/password/sent/", views.LostPasswordSent.as_view(), name="account_reset_password_done"
    ),
    path(
        "login/password/saved/",
        views.NewPasswordSaved.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path(
        "login/password/<slug:uidb36>/<str:key>/",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("logout/done/", views.SignedOut.as_view(), name="account_logged_out"),
    path("second-factor/", views.lead_to_second_factor, name="second_factor"),
    path("again/", views.Again.as_view(), name="account_reauthenticate"),
    path("again/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("password_change/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password_change/set/", _to_lost_password, name="account_set_password"),
    path("profile/security/", views.Security.as_view(), name="mfa_index"),
    path("profile/security/app/", views.AddCodeApp.as_view(), name="mfa_activate_totp"),
    path("profile/security/app/remove/", views.RemoveCodeApp.as_view(), name="mfa_deactivate_totp"),
    path("profile/security/codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "profile/security/codes/new/",
        views.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("profile/security/passkeys/", _to_security, name="mfa_list_webauthn"),
    path("profile/security/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "profile/security/passkeys/<int:pk>/",
        views.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "profile/security/passkeys/<int:pk>/remove/",
        views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("profile/sessions/", views.Sessions.as_view(), name="usersessions_list"),
]
