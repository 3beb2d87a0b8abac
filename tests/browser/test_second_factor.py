"""A code app and a passkey in a real browser: set up, then used to come in."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from bureaus.sign_in import invitations, links
from tests.browser.conftest import PHONE
from tests.factories import make_user

PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def _demanded(settings, newsroom):
    settings.SECOND_FACTOR_IS_DEMANDED = True


def with_passkeys(page: Page) -> None:
    """A device that keeps passkeys and always knows its owner's finger."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def type_password(page: Page, username: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("#login-form [type=submit]")


def log_out(page: Page) -> None:
    page.click(".header-search ~ #user-tools summary, #user-tools summary")
    page.click("#logout-form button")
    page.wait_for_url("**/logout/done/")


def test_an_editor_sets_up_a_passkey_and_comes_in_without_a_password(newsroom, editor):
    page = newsroom.open(PHONE)
    with_passkeys(page)
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)

    page.goto(newsroom.url("desk", "/articles/article/"))
    type_password(page, "wening")
    page.wait_for_url("**/second-factor/")
    page.click("a[href$='/passkeys/add/']")
    page.click("[data-passkey] button")
    page.wait_for_url("**/codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(newsroom.url("desk", "/"))
    log_out(page)

    page.goto(newsroom.url("desk", "/login/?next=/profile/"))
    page.click("[data-passkey] button")
    page.wait_for_url("**/profile/")

    # As the second step after a password, too.
    log_out(page)
    page.goto(newsroom.url("desk", "/login/"))
    type_password(page, "wening")
    page.wait_for_url("**/login/step/")
    page.click("[data-passkey] button")
    page.wait_for_url(newsroom.url("desk", "/"))

    key = Authenticator.objects.get(user=editor, type="webauthn")
    assert key.last_used_at is not None
    assert complaints == []


def test_an_editor_sets_up_a_code_app_and_comes_in_with_its_codes(newsroom, editor):
    page = newsroom.open()
    page.goto(newsroom.url("desk", "/"))
    type_password(page, "wening")
    page.click("a[href$='/security/app/']")
    expect(page.locator(".qr img")).to_be_visible()
    secret = page.locator(".secret code").text_content()
    now = int(time.time()) // 30
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, now)))
    page.click("#code-form [type=submit]")
    page.wait_for_url("**/codes/")
    page.goto(newsroom.url("desk", "/"))
    log_out(page)

    page.goto(newsroom.url("desk", "/profile/"))
    type_password(page, "wening")
    page.wait_for_url("**/login/step/")
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, now + 1)))
    page.click("#code-form [type=submit]")
    page.wait_for_url("**/profile/")


def test_an_invited_reporter_sets_a_password_and_is_in(newsroom, cilacap):
    lina = make_user("lina", ("reporter", cilacap), name="Lina Sari")
    lina.set_unusable_password()
    lina.save()
    invitations.invite(lina)
    page = newsroom.open(PHONE)

    page.goto(links.invitation_url(lina))
    for field in ("#id_password1", "#id_password2"):
        page.fill(field, "kalimat yang panjang")
    page.click("#password-form [type=submit]")

    page.wait_for_url(newsroom.url("desk", "/"))


def test_a_passkey_that_the_device_does_not_know_is_said_to_be_so(newsroom, editor):
    page = newsroom.open()
    with_passkeys(page)
    page.goto(newsroom.url("desk", "/login/"))
    page.fill("[name=username]", "wening")

    page.click("[data-passkey] button")

    expect(page.locator(".passkey__said").first).to_be_visible()
    assert page.input_value("[name=username]") == "wening"
