"""Editors and administrators show a second factor; nothing opens the desk to them without it."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Stage
from bureaus.sign_in import second_factor
from tests.bureaus.test_sign_in import PASSWORD, deliver, link_in, said, sign_in
from tests.desk import ADD, change_url, errors_of, form_data, text_of, verb_url
from tests.factories import make_story, make_user
from tests.routes import paths, routes

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# All that there is for an editor who has none yet: making one, proving who one is, going.
OPEN_BEFORE = {
    "/second-factor/": 200,
    "/profile/security/app/": 302,
    "/profile/security/passkeys/add/": 302,
    "/again/": 200,
    "/logout/": 200,
    "/robots.txt": 200,
}
SAMPLES = {
    "app_label": ["articles"], "url": ["articles/article/"], "object_id": [1], "article_id": [1],
    "author_id": [1], "number": [1],
    "content_type_id": [1], "picture_id": [1], "bureau_id": [1], "user_id": [1], "pk": [1],
    "verb": ["publish"], "uidb36": ["1"], "key": ["x"], "token": ["x"], "name": ["x.jpg"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR_IS_DEMANDED = True


@pytest.fixture
def browser(desk_client):
    return desk_client(secure=True)


def code(periods: int = 0) -> str:
    """What the app shows now or, with ``periods``, so many times 30 seconds from now."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + periods))


def with_app(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def is_in(client) -> bool:
    return client.get("/profile/").status_code == 200


def addresses() -> list[str]:
    """Every address of the desk but pictures, which readers have, too."""
    return [
        f"/{path}"
        for route in routes("newsroom.urls.desk")
        if not route.startswith("media/")
        for path in paths(route, SAMPLES)
    ]


@pytest.mark.parametrize(
    ("who", "demanded"),
    [
        ("correspondent", False),
        ("photo_editor", False),
        ("outsider", False),
        ("editor", True),
        ("network_editor", True),
        ("administrator", True),
    ],
)
def test_a_second_factor_is_demanded_of_editors_and_administrators(
    request, settings, who, demanded
):
    user = request.getfixturevalue(who)

    assert second_factor.is_demanded_of(user) is demanded
    settings.SECOND_FACTOR_IS_DEMANDED = False
    assert second_factor.is_demanded_of(user) is False


def test_it_is_demanded_of_an_administrator_of_one_bureau_and_of_a_superuser(cilacap):
    assert second_factor.is_demanded_of(make_user("sekretaris", ("administrator", cilacap)))
    assert second_factor.is_demanded_of(make_user("akar", is_superuser=True))


def test_an_editor_without_one_reaches_nothing_else_at_any_address(browser, editor, cilacap):
    make_story(editor, cilacap)
    sign_in(browser, "wening")
    looked_at = addresses()
    found = {}
    for path in looked_at:
        for method in (browser.get, browser.post):
            if path in OPEN_BEFORE or path == "/logout/":
                continue
            response = method(path)
            if (response.status_code, response.get("Location")) != (302, "/second-factor/") and (
                response.status_code != 403
            ):
                found[f"{method.__name__} {path}"] = response.status_code

    assert found == {}
    assert len(looked_at) > 60
    assert {path: browser.get(path).status_code for path in OPEN_BEFORE} == OPEN_BEFORE | {
        "/profile/security/app/": 200,
        "/profile/security/passkeys/add/": 200,
    }
    page = browser.get("/", follow=True)
    assert said("One more step") in text_of(page)
    assert 'href="/articles/article/"' not in page.content.decode()


def test_an_editor_without_one_does_nothing_by_post_or_script(
    browser, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, headline="Kapal melaut")
    workflow.submit(story, by=correspondent)
    sign_in(browser, "wening")

    saved = browser.post(change_url(story), form_data(story, headline="Lain"))
    claimed = browser.post(verb_url(story, "claim"), {"version": 1})
    found = browser.get("/autocomplete/", headers={"accept": "application/json"})

    assert (saved.status_code, claimed.status_code, found.status_code) == (403, 403, 302)
    story.refresh_from_db()
    assert (story.headline, story.stage) == ("Kapal melaut", Stage.SUBMITTED)


def test_what_is_sent_without_one_is_carried_along(browser, editor, cilacap):
    """Somebody became an editor while writing."""
    sign_in(browser, "wening")
    headers = {"origin": "http://desk.bentara.test"}

    response = browser.post(ADD, form_data(headline="Kapal"), headers=headers)

    assert response.status_code == 403
    assert ("headline", "Kapal") in response.context["fields"]


def test_setting_up_a_code_app_opens_the_desk_and_gives_recovery_codes(browser, editor):
    sign_in(browser, "wening")
    secret = browser.get("/profile/security/app/").context["form"].secret
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    wrong = browser.post("/profile/security/app/", {"code": "000000"})
    page = browser.post("/profile/security/app/", {"code": right}, follow=True)

    assert set(errors_of(wrong)) == {"code"}
    assert page.redirect_chain == [("/profile/security/codes/", 302)]
    assert len(page.context["unused_codes"]) == 10
    assert is_in(browser)
    kinds = Authenticator.objects.filter(user=editor).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "totp"]


def test_setting_one_up_ends_the_sessions_elsewhere(desk_client, browser, correspondent):
    elsewhere = desk_client(secure=True)
    sign_in(elsewhere)
    sign_in(browser)
    secret = browser.get("/profile/security/app/").context["form"].secret
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    browser.post("/profile/security/app/", {"code": right})

    assert (is_in(browser), is_in(elsewhere)) == (True, False)


def test_the_secret_of_a_code_app_is_not_readable_in_the_database(editor):
    with_app(editor)

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert SECRET not in stored
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code())


def test_the_password_alone_does_not_sign_in_whoever_has_a_code_app(browser, editor):
    with_app(editor)

    first = sign_in(browser, "wening", next="/articles/article/")
    before = {path: browser.get(path).get("Location") for path in ("/", "/profile/", "/again/")}
    wrong = browser.post("/login/step/", {"code": "000000"})
    second = browser.post("/login/step/", {"code": code()})

    assert first["Location"] == "/login/step/"
    assert before == {
        "/": "/login/?next=/",
        "/profile/": "/login/?next=/profile/",
        "/again/": "/login/?next=/again/",
    }
    assert set(errors_of(wrong)) == {"code"}
    assert second["Location"] == "/articles/article/"
    assert is_in(browser)


def test_a_code_is_good_once(desk_client, editor):
    with_app(editor)
    used = code()
    answers = []
    for typed in (used, used, f"{used[:3]} {used[3:]}"):
        client = desk_client(secure=True)
        sign_in(client, "wening")
        client.post("/login/step/", {"code": typed})
        answers.append(is_in(client))

    assert answers == [True, False, False]


def test_a_code_is_good_once_for_as_long_as_it_is_taken(desk_client, editor):
    """allauth remembers a used one for 30 seconds, but a late code is taken for 90."""
    with_app(editor)
    used = code()
    answers = []
    for _time in range(2):
        client = desk_client(secure=True)
        sign_in(client, "wening")
        client.post("/login/step/", {"code": used})
        answers.append(is_in(client))
        app = Authenticator.objects.get(type="totp").wrap()
        cache.delete(app._get_used_cache_key(used))

    assert answers == [True, False]


def test_codes_of_a_clock_that_is_a_little_off_are_taken_and_others_not(desk_client, editor):
    with_app(editor)
    answers = []
    for periods in (-1, 1, -3, 3):
        client = desk_client(secure=True)
        sign_in(client, "wening")
        client.post("/login/step/", {"code": code(periods)})
        answers.append(is_in(client))

    assert answers == [True, True, False, False]


def test_codes_cannot_be_guessed_one_after_the_other(browser, editor):
    with_app(editor)
    sign_in(browser, "wening")
    for number in range(5):
        browser.post("/login/step/", {"code": f"00000{number}"})

    response = browser.post("/login/step/", {"code": code()})

    assert errors_of(response) == {"code": ["Too many attempts. Wait 15 minutes, then try again."]}
    assert not is_in(browser)


def test_a_recovery_code_opens_the_desk_once(desk_client, editor):
    with_app(editor)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    answers = []
    for _time in range(2):
        client = desk_client(secure=True)
        sign_in(client, "wening")
        client.post("/login/step/", {"code": spare})
        answers.append(is_in(client))

    assert answers == [True, False]


def test_a_session_that_never_showed_one_is_no_editors_whatever_is_set_up(desk_client, editor):
    """As after a role given while logged in, or a key set up in another browser."""
    with_app(editor)
    client = desk_client(editor)

    led = client.get("/articles/article/", follow=True)
    added = client.get("/profile/security/passkeys/add/", follow=True)
    by_password = client.get("/again/", follow=True)
    client.post("/again/code/", {"code": code()})

    for response in (led, added, by_password):
        assert response.redirect_chain[-1][0].startswith("/again/code/")
    assert is_in(client)


def test_a_role_given_while_logged_in_asks_at_the_next_click(browser, correspondent, cilacap):
    sign_in(browser)
    assert is_in(browser)
    correspondent.memberships.create(role="bureau_editor", bureau=cilacap)

    assert browser.get("/profile/")["Location"] == "/second-factor/"


def test_forged_fields_and_headers_do_not_skip_it(browser, editor):
    with_app(editor)
    forged = {
        "skip": "1", "skipEmailVerification": "true", "mfa": "1", "token": "x", "trust": "1",
        "action": "trust", "code": "",
    }  # fmt: skip

    sign_in(browser, "wening", **forged)
    browser.post("/login/step/", forged)
    browser.post("/login/step/?skip=1", {"credential": "{}"})
    browser.post("/login/step/", "{}", content_type="application/json")
    browser.cookies["mfa_trusted"] = "x"
    sign_in(browser, "wening", **forged)

    assert not is_in(browser)
    assert browser.get("/login/step/trust/").status_code in (302, 404)


def test_a_new_password_by_mail_does_not_skip_it(browser, editor):
    with_app(editor)
    browser.post("/login/password/", {"email": "wening@example.org"})
    path = link_in(deliver()[0]).removeprefix("http://desk.bentara.test")
    page = browser.get(path, follow=True).redirect_chain[-1][0]
    new = {"password1": "kalimat yang baru", "password2": "kalimat yang baru"}
    browser.post(page, new)

    assert not is_in(browser)
    assert sign_in(browser, "wening", "kalimat yang baru")["Location"] == "/login/step/"


# Keeping, replacing, losing it


def signed_in_with_app(browser, user):
    with_app(user)
    sign_in(browser, user.username)
    browser.post("/login/step/", {"code": code()})
    assert is_in(browser)


def test_the_last_one_stays_where_the_roles_demand_one(browser, editor):
    signed_in_with_app(browser, editor)

    page = browser.post("/profile/security/app/remove/")

    assert errors_of(page) == {
        "": ["Your roles demand a second factor, and this is the only one. Set up another first."]
    }
    assert second_factor.keys_of(editor).count() == 1


def test_the_last_passkey_stays_too_and_one_of_two_may_go(browser, editor):
    signed_in_with_app(browser, editor)
    key = Authenticator.objects.create(
        user=editor, type="webauthn", data={"name": "Ponsel", "credential": {}}
    )
    remove = f"/profile/security/passkeys/{key.pk}/remove/"

    browser.post("/profile/security/app/remove/")
    assert list(second_factor.keys_of(editor)) == [key]
    browser.post(remove)
    assert list(second_factor.keys_of(editor)) == [key]


def test_a_reporter_may_do_without_again_and_other_devices_are_logged_out(
    desk_client, browser, correspondent
):
    elsewhere = desk_client(secure=True)
    signed_in_with_app(browser, correspondent)
    sign_in(elsewhere)
    elsewhere.post("/login/step/", {"code": code(1)})

    browser.post("/profile/security/app/remove/")

    assert not Authenticator.objects.filter(user=correspondent).exists()
    assert (is_in(browser), is_in(elsewhere)) == (True, False)


def test_what_was_shown_counts_no_longer_when_nothing_is_left(browser, correspondent, cilacap):
    signed_in_with_app(browser, correspondent)
    browser.post("/profile/security/app/remove/")
    correspondent.memberships.create(role="bureau_editor", bureau=cilacap)

    assert browser.get("/profile/")["Location"] == "/second-factor/"


SENSITIVE = (
    "/profile/security/app/remove/",
    "/profile/security/codes/",
    "/profile/security/codes/new/",
    "/profile/security/passkeys/add/",
)


def test_what_opens_an_account_asks_again_some_minutes_after_signing_in(
    browser, editor, monkeypatch
):
    signed_in_with_app(browser, editor)
    assert [browser.get(path).status_code for path in SENSITIVE] == [200] * 4
    later = time.time() + timedelta(minutes=10).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)

    for path in SENSITIVE:
        assert browser.get(path)["Location"].startswith("/again/?next="), path
    assert browser.post(SENSITIVE[0])["Location"].startswith("/again/?next=")
    wrong = browser.post(f"/again/?next={SENSITIVE[1]}", {"password": "wrong"})
    right = browser.post(f"/again/?next={SENSITIVE[1]}", {"password": PASSWORD})
    assert errors_of(wrong) == {"password": ["This is not your password. Capital letters matter."]}
    assert right["Location"] == SENSITIVE[1]
    assert [browser.get(path).status_code for path in SENSITIVE] == [200] * 4


def test_asking_again_leads_nowhere_but_to_the_desk(browser, editor):
    signed_in_with_app(browser, editor)

    response = browser.post("/again/?next=https://jahat.example/", {"password": PASSWORD})

    assert response["Location"] == "/"


def test_whoever_has_lost_everything_gets_a_new_beginning_from_an_administrator(
    desk_client, browser, editor, administrator
):
    signed_in_with_app(browser, editor)
    office = desk_client(secure=True)
    signed_in_with_app(office, administrator)

    asked = office.get(f"/bureaus/user/{editor.pk}/second-factor/")
    assert asked.status_code == 200
    office.post(f"/bureaus/user/{editor.pk}/second-factor/")

    assert not Authenticator.objects.filter(user=editor).exists()
    assert not is_in(browser)
    assert sign_in(browser, "wening")["Location"] == "/"
    assert browser.get("/")["Location"] == "/second-factor/"
    assert [message.to for message in deliver()] == [["wening@example.org"]]


def test_nobody_takes_the_own_second_factor_away_as_an_administrator(browser, administrator):
    signed_in_with_app(browser, administrator)

    assert browser.post(f"/bureaus/user/{administrator.pk}/second-factor/").status_code == 403
    assert second_factor.keys_of(administrator).count() == 1


def test_looking_at_the_desk_asks_the_database_for_no_second_factor(browser, settings, editor):
    signed_in_with_app(browser, editor)
    counts = []
    for is_demanded in (True, False):
        settings.SECOND_FACTOR_IS_DEMANDED = is_demanded
        with CaptureQueriesContext(connection) as queries:
            browser.get("/profile/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
