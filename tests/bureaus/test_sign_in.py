"""Coming in at the desk by a password, and the ways around it that are closed."""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation
from django.utils.translation import gettext, ngettext

from bureaus import tasks
from bureaus.hosts import URLCONFS
from bureaus.models import User
from tests.desk import errors_of, messages_of, text_of
from tests.routes import paths, routes

pytestmark = pytest.mark.django_db

PASSWORD = "a long password"


def said(text: str, **parts) -> str:
    """The words in Indonesian, as whoever is not logged in reads them."""
    with translation.override("id"):
        return gettext(text) % parts if parts else gettext(text)


def sign_in(client, username="ratih", password=PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def deliver() -> list:
    """Run the queued mails about logins, as the worker would."""
    mail.outbox.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs RETURNING id, task_name, args")
        jobs = sorted(cursor.fetchall())
    for _id, name, arguments in jobs:
        getattr(tasks, name.rpartition(".")[2])(**json.loads(arguments))
    return mail.outbox


@pytest.fixture
def browser(desk_client):
    return desk_client(secure=True)


@pytest.mark.parametrize("name", ["ratih", "RATIH", "ratih@example.org", "Ratih@Example.org"])
def test_whoever_holds_a_role_comes_in_by_user_name_or_e_mail(browser, correspondent, name):
    User.objects.update(is_staff=False)

    response = sign_in(browser, name, next="/articles/article/")

    assert response["Location"] == "/articles/article/"
    assert browser.get("/profile/").context["user"] == correspondent


@pytest.mark.parametrize(
    ("username", "password", "error"),
    [
        ("ratih", "wrong", "Name and password do not match. Capital letters matter."),
        ("nobody", "wrong", "Name and password do not match. Capital letters matter."),
        ("a@b.id", "wrong", "Name and password do not match. Capital letters matter."),
        ("gone", "wrong", "Name and password do not match. Capital letters matter."),
        ("gone", PASSWORD, "This account has been closed. Ask an administrator."),
        (
            "yang-lain",
            PASSWORD,
            "You hold no role at any bureau yet. Ask an administrator for one.",
        ),
    ],
)
def test_a_log_in_that_fails_says_why_and_keeps_the_name(
    browser, correspondent, outsider, username, password, error
):
    User.objects.create_user("gone", "gone@example.org", PASSWORD, is_active=False)

    response = sign_in(browser, username, password)

    assert errors_of(response) == {"": [error]}
    assert response.context["form"]["login"].value() == username
    assert "_auth_user_id" not in browser.session


def test_five_failures_lock_the_name_and_say_for_how_long(browser, correspondent):
    answers = [text_of(sign_in(browser, password="wrong")) for _attempt in range(6)]
    locked = sign_in(browser)

    for number, left in ((1, 3), (2, 2), (3, 1)):
        assert left_words(left) in answers[number]
    for text in (*answers[4:], text_of(locked)):
        assert wait_words(15) in text
    assert 'value="ratih"' in locked.content.decode()
    assert "_auth_user_id" not in browser.session


def left_words(left: int) -> str:
    with translation.override("id"):
        return ngettext(
            "%(left)s attempt is left before the name is locked for 15 minutes.",
            "%(left)s attempts are left before the name is locked for 15 minutes.",
            left,
        ) % {"left": left}


def wait_words(minutes: int) -> str:
    with translation.override("id"):
        return ngettext(
            "Too many attempts with this name. Try again in %(minutes)s minute, or use a passkey.",
            "Too many attempts with this name. Try again in %(minutes)s minutes, or use a passkey.",
            minutes,
        ) % {"minutes": minutes}


def test_the_lock_is_of_one_name(browser, correspondent, editor):
    for _attempt in range(6):
        sign_in(browser, password="wrong")

    assert sign_in(browser, "wening").status_code == 302


@pytest.mark.parametrize(
    "leads",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "/\\jahat.example/",
        "http://cilacap.bentara.test/",
        "https://desk.bentara.test/profile/",
        "javascript:alert(1)",
    ],
)
def test_next_leads_nowhere_but_to_the_desk(browser, correspondent, leads):
    assert sign_in(browser, next=leads)["Location"] == "/"


def test_the_session_has_a_new_key_after_signing_in(browser, correspondent):
    browser.get("/login/")
    planted = browser.session
    planted["known"] = "yes"
    planted.save()
    browser.cookies["__Host-session"] = planted.session_key

    sign_in(browser)

    assert browser.session.session_key != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_whoever_has_lost_all_roles_is_told_and_does_not_turn_in_circles(desk_client, outsider):
    page = desk_client(outsider).get("/", follow=True)

    assert [url for url, _status in page.redirect_chain] == ["/login/?next=/"]
    assert said(
        "You are logged in as %(user)s, who holds no role here. Log in with another account?",
        user="Orang Luar",
    ) in text_of(page)


def test_logging_out_asks_first_and_says_good_bye(desk_client, correspondent):
    client = desk_client(correspondent)

    assert said("Log out?") in text_of(client.get("/logout/"))
    assert client.get("/profile/").status_code == 200
    page = client.post("/logout/", follow=True)
    assert said("Thank you for your work today.") in text_of(page)
    assert client.get("/profile/").status_code == 302


# A lost password


def link_in(message) -> str:
    return re.search(r"http\S+", message.body)[0]


def test_a_lost_password_is_replaced_by_a_link_from_a_mail(browser, correspondent, desk_client):
    elsewhere = desk_client(correspondent)

    browser.post("/login/password/", {"email": "RATIH@example.org"})
    (message,) = deliver()
    link = link_in(message)
    path = link.removeprefix("http://desk.bentara.test")
    page = browser.get(path, follow=True)
    new = {"password1": "kalimat yang baru", "password2": "kalimat yang baru"}
    browser.post(page.redirect_chain[-1][0], new)

    assert message.to == ["ratih@example.org"]
    correspondent.refresh_from_db()
    assert correspondent.check_password("kalimat yang baru")
    assert "_auth_user_id" not in browser.session
    assert elsewhere.get("/profile/").status_code == 302
    assert said("This link is no longer valid") in text_of(browser.get(path, follow=True))
    (notice,) = deliver()
    assert said("Your password was changed through a link from an e-mail.") in notice.body


def test_the_link_of_a_lost_password_is_never_built_from_the_request(desk_client, correspondent):
    client = desk_client()

    client.post(
        "/login/password/",
        {"email": "ratih@example.org"},
        headers={"x-forwarded-host": "jahat.example", "forwarded": "host=jahat.example"},
    )

    assert link_in(deliver()[0]).startswith("http://desk.bentara.test/login/password/")


def test_nobody_learns_from_a_lost_password_who_has_an_account(browser, correspondent, outsider):
    User.objects.create_user("gone", "gone@example.org", PASSWORD, is_active=False)
    invited = User.objects.create_user("baru", "baru@example.org")

    answers = []
    for address in ("ratih@example.org", "nobody@example.org", "gone@example.org", invited.email):
        response = browser.post("/login/password/", {"email": address}, follow=True)
        answers.append((response.redirect_chain, text_of(response)))

    assert len(set(map(str, answers))) == 1
    assert [message.to for message in deliver()] == [["ratih@example.org"]]


def test_an_address_is_not_flooded_with_links(browser, correspondent):
    statuses = [
        browser.post("/login/password/", {"email": "ratih@example.org"}).status_code
        for _time in range(6)
    ]

    assert statuses == [302] * 5 + [429]
    assert len(deliver()) == 5


def test_a_weak_new_password_is_refused_at_its_field(desk_client, correspondent):
    client = desk_client(correspondent)

    response = client.post(
        "/password_change/", {"oldpassword": PASSWORD, "password1": "ratih", "password2": "ratih"}
    )

    assert set(errors_of(response)) == {"password1"}


def test_changing_the_password_keeps_this_session_and_ends_the_others(desk_client, correspondent):
    here, there = desk_client(correspondent), desk_client(correspondent)
    new = {"password1": "kalimat yang baru", "password2": "kalimat yang baru"}

    refused = here.post("/password_change/", {"oldpassword": "wrong", **new})
    saved = here.post("/password_change/", {"oldpassword": PASSWORD, **new})

    assert errors_of(refused) == {"oldpassword": ["This is not your present password."]}
    assert saved["Location"] == "/profile/"
    assert [client.get("/profile/").status_code for client in (here, there)] == [200, 302]


# Sessions


def test_everyone_sees_the_own_sessions_and_ends_one_or_all_others(desk_client, correspondent):
    agents = {
        "phone": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36",
        "laptop": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "here": "curl/8",
    }
    browsers = {name: desk_client(secure=True) for name in agents}
    for name, browser in browsers.items():
        browser.defaults["HTTP_USER_AGENT"] = agents[name]
        sign_in(browser)

    def states():
        return {name: each.get("/profile/").status_code for name, each in browsers.items()}

    here = browsers["here"]
    page = here.get("/profile/sessions/")
    assert [session.device for session in page.context["sessions"]] == [
        said("Unknown device"),
        "Chrome, Android",
        "Firefox, Linux",
    ]
    here.post("/profile/sessions/", {"session": page.context["sessions"][1].pk})
    assert states() == {"phone": 302, "laptop": 200, "here": 200}
    here.post("/profile/sessions/")
    assert states() == {"phone": 302, "laptop": 302, "here": 200}


def test_nobody_ends_the_session_of_somebody_else(desk_client, correspondent, editor):
    theirs, own = desk_client(secure=True), desk_client(editor)
    sign_in(theirs)
    number = theirs.get("/profile/sessions/").context["sessions"][0].pk

    assert own.post("/profile/sessions/", {"session": number}).status_code == 404
    own.post("/profile/sessions/")
    assert theirs.get("/profile/").status_code == 200


# What is not there


def test_readers_hosts_have_no_route_of_signing_in_and_set_no_cookie(reader, cilacap):
    samples = {"token": ["x"], "uidb36": ["1"], "key": ["x"], "pk": [1]}
    hosts = [name for kind, name in URLCONFS.items() if kind not in ("desk", "closed", "moved")]
    for route in routes("bureaus.sign_in.urls"):
        for path in paths(route, samples):
            for urlconf in hosts:
                with pytest.raises(Resolver404):
                    resolve(f"/{path}", urlconf)
    for ask in (reader("cilacap").get, reader().post):
        response = ask("/login/")
        assert (response.status_code, response.cookies) == (404, {})
        assert "Cookie" not in response.get("Vary", "")


def test_nobody_signs_up_and_no_stock_page_is_served():
    names = {name for name in get_resolver("newsroom.urls.desk").reverse_dict if str(name) == name}

    assert not {name for name in names if "signup" in name or "email" in name or "social" in name}
    registered = get_resolver("newsroom.urls.desk").namespace_dict["admin"][1].reverse_dict
    stock = ("account_", "mfa_", "usersessions_", "auth_", "procrastinate_", "taggit_")
    assert not [name for name in registered if str(name).startswith(stock)]


# Somebody without a code app has neither this nor recovery codes.
NOTHING_THERE = {("profile/security/app/remove/", 404), ("profile/security/codes/", 404)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_signing_in_is_the_desks_own(desk_client, correspondent, language):
    User.objects.update(language=language)
    client = desk_client(correspondent)
    for route in routes("bureaus.sign_in.urls"):
        if "<" in route:
            continue
        response = client.get(f"/{route}")
        if response.status_code == 302 or (route, response.status_code) in NOTHING_THERE:
            continue
        assert response.status_code == 200, route
        assert "Django" not in response.content.decode()
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        stock = [each.name for each in response.templates if "/allauth/" in str(each.origin)]
        assert stock == []


def test_no_page_of_signing_in_is_kept_by_a_cache(desk_client):
    for path in ("/login/", "/login/password/", "/invitation/x/"):
        assert "no-store" in desk_client().get(path).get("Cache-Control", ""), path


def test_a_script_finds_no_second_way_in(desk_client, correspondent):
    """What answers JSON says no more than the pages, and lets nobody in."""
    client = desk_client()
    for path in ("/login/", "/login/passkey/"):
        response = client.post(path, "{}", content_type="application/json")
        assert response.status_code in (200, 302, 400)
        assert "_auth_user_id" not in client.session


def test_a_message_says_that_the_passkey_was_refused(desk_client):
    client = desk_client()

    response = client.post("/login/passkey/", {"credential": '{"id": "x"}'})

    assert messages_of(client, response) == [
        said("The passkey was not accepted. Try once more, or use your password.")
    ]
