"""People are invited by mail; nobody sets another one's password or reaches further by it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError
from django.utils import timezone

from bureaus.models import User
from bureaus.sign_in import links
from tests.bureaus.test_people import ROLES, role, roles_of
from tests.bureaus.test_sign_in import PASSWORD, deliver, link_in, said, sign_in
from tests.desk import errors_of, messages_of, text_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/bureaus/user/add/"
FIRST = {"password1": "kalimat yang panjang", "password2": "kalimat yang panjang"}


@pytest.fixture
def bureau_administrator(cilacap):
    return make_user("sekretaris", ("administrator", cilacap), name="Sekretaris Redaksi")


def new_person(*roles, **more) -> dict:
    data = {
        "username": "lina",
        "first_name": "Lina",
        "last_name": "Sari",
        "email": "lina@example.org",
        "language": "id",
    } | ROLES
    for number, (name, bureau) in enumerate(roles):
        data |= role(number, name, bureau)
    return data | {"memberships-TOTAL_FORMS": len(roles)} | more


def invite(client, *roles, **more):
    return client.post(ADD, new_person(*roles, **more))


def path_of(message) -> str:
    link = link_in(message)
    assert link.startswith("http://desk.bentara.test/invitation/")
    return link.removeprefix("http://desk.bentara.test")


def test_an_invited_person_sets_a_password_and_is_in(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap))
    lina = User.objects.get(username="lina")
    assert (lina.has_usable_password(), lina.is_invited, lina.is_staff, lina.is_superuser) == (
        False, True, False, False,
    )  # fmt: skip
    assert roles_of(lina) == {("reporter", "cilacap")}

    (message,) = deliver()
    client = desk_client(secure=True)
    page = client.get(path_of(message))
    done = client.post(path_of(message), FIRST)

    assert message.to == ["lina@example.org"]
    assert "lina" in text_of(page)
    assert done["Location"] == "/"
    assert client.get("/profile/").context["user"] == lina
    lina.refresh_from_db()
    assert (lina.check_password(FIRST["password1"]), lina.is_invited) == (True, False)


def test_the_invitation_speaks_the_language_of_the_invited(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap), language="en")

    (message,) = deliver()

    assert message.subject == "Your invitation to the desk of Newsroom"
    assert "there is a place for you" in message.body


def test_an_invited_editor_sets_up_a_second_factor_next(
    settings, desk_client, administrator, cilacap
):
    invite(desk_client(administrator), ("bureau_editor", cilacap))
    settings.SECOND_FACTOR_IS_DEMANDED = True
    client = desk_client(secure=True)

    client.post(path_of(deliver()[0]), FIRST)

    assert client.get("/")["Location"] == "/second-factor/"
    assert client.get("/profile/security/passkeys/add/").status_code == 200


def test_a_link_dies_when_it_is_used(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap))
    path = path_of(deliver()[0])
    desk_client().post(path, FIRST)
    again = {"password1": "kalimat orang lain", "password2": "kalimat orang lain"}

    answers = [desk_client().get(path), desk_client().post(path, again)]

    assert [response.status_code for response in answers] == [410, 410]
    assert said("This invitation is no longer valid") in text_of(answers[0])
    assert User.objects.get(username="lina").check_password(FIRST["password1"])


def test_a_link_dies_when_a_newer_one_is_sent(desk_client, administrator, cilacap):
    office = desk_client(administrator)
    invite(office, ("reporter", cilacap))
    first = path_of(deliver()[0])
    lina = User.objects.get(username="lina")

    office.post(f"/bureaus/user/{lina.pk}/invite/")
    second = path_of(deliver()[0])

    assert desk_client().get(first).status_code == 410
    assert desk_client().get(second).status_code == 200


def test_a_link_is_good_for_seven_days(desk_client, administrator, cilacap, monkeypatch):
    invite(desk_client(administrator), ("reporter", cilacap))
    path = path_of(deliver()[0])
    now = signing.time.time()

    answers = []
    for days in (6.9, 7.1):
        monkeypatch.setattr(signing.time, "time", lambda days=days: now + days * 86_400)
        answers.append(desk_client().get(path).status_code)

    assert answers == [200, 410]


@pytest.mark.parametrize("change", [{"is_active": False}, {"invited_at": None}])
def test_a_link_dies_when_the_person_is_no_longer_expected(
    desk_client, administrator, cilacap, change
):
    invite(desk_client(administrator), ("reporter", cilacap))
    path = path_of(deliver()[0])
    User.objects.filter(username="lina").update(**change)

    assert desk_client().post(path, FIRST).status_code == 410
    assert not User.objects.get(username="lina").has_usable_password()


def test_a_link_is_nobody_elses_and_cannot_be_made_up(correspondent, administrator):
    correspondent.invited_at = timezone.now()
    correspondent.save()
    forged = signing.dumps([correspondent.pk, timezone.now().isoformat()], salt="other")

    assert links.invited(links.invitation_url(correspondent).split("/")[-2]) is None
    assert links.invited(forged) is None
    assert links.invited("tidak-ada") is None


def test_an_invited_person_does_not_come_in_by_a_lost_password(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap))
    deliver()

    desk_client().post("/login/password/", {"email": "lina@example.org"})

    assert deliver() == []
    sign_in(desk_client(), "lina", "")


def test_a_weak_first_password_is_refused(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap))
    path = path_of(deliver()[0])

    response = desk_client().post(path, {"password1": "lina", "password2": "lina"})

    assert set(errors_of(response)) == {"password1"}
    assert desk_client().get(path).status_code == 200


def test_the_link_is_told_to_no_other_host(desk_client, administrator, cilacap):
    invite(desk_client(administrator), ("reporter", cilacap))

    page = desk_client().get(path_of(deliver()[0]))

    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_the_list_says_who_is_invited_and_who_has_left(desk_client, administrator, cilacap):
    office = desk_client(administrator)
    invite(office, ("reporter", cilacap))
    make_user("pergi", is_active=False)

    def listed(state):
        page = office.get(f"/bureaus/user/?state={state}")
        return [str(person.username) for person in page.context["cl"].result_list]

    assert (listed("invited"), listed("left"), listed("active")) == (["lina"], ["pergi"], ["tata"])
    assert said("Invited") in text_of(office.get("/bureaus/user/?state=invited"))


def test_sending_again_takes_nobodys_password_away(desk_client, administrator, correspondent):
    office = desk_client(administrator)

    office.post(f"/bureaus/user/{correspondent.pk}/invite/")

    correspondent.refresh_from_db()
    assert (correspondent.check_password(PASSWORD), correspondent.invited_at) == (True, None)
    assert deliver() == []
    assert (
        "/invite/" not in office.get(f"/bureaus/user/{correspondent.pk}/change/").content.decode()
    )


def test_nobody_is_sent_more_than_five_invitations_an_hour(desk_client, administrator, cilacap):
    client = desk_client(administrator)
    invite(client, ("reporter", cilacap))
    lina = User.objects.get(username="lina")
    deliver()
    for _time in range(7):
        response = client.post(f"/bureaus/user/{lina.pk}/invite/")

    assert len(deliver()) == 5
    assert messages_of(client, response)[-1] == "Lima undangan dalam satu jam sudah cukup."


def test_looking_at_the_address_of_sending_sends_nothing(desk_client, administrator, cilacap):
    office = desk_client(administrator)
    invite(office, ("reporter", cilacap))
    deliver()

    office.get(f"/bureaus/user/{User.objects.get(username='lina').pk}/invite/")

    assert deliver() == []


# Nobody reaches further


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("administrator", None),
        ("network_editor", None),
        ("bureau_editor", None),
        ("reporter", "makassar"),
        ("administrator", "makassar"),
    ],
)
def test_an_administrator_of_one_bureau_invites_nobody_above_himself(
    desk_client, bureau_administrator, makassar, name, elsewhere
):
    response = invite(desk_client(bureau_administrator), (name, makassar if elsewhere else None))

    assert response.status_code == 200
    assert not User.objects.filter(username="lina").exists()
    assert deliver() == []


def first_roles(client, query: str) -> list[tuple]:
    """The roles that stand in the form of an invitation when it is opened."""
    (inline,) = client.get(ADD + query).context["inline_admin_formsets"]
    return [(row["role"].value(), row["bureau"].value()) for row in inline.formset.forms]


def test_an_editor_is_appointed_from_home_with_role_and_bureau_filled_in(
    desk_client, administrator, editor, makassar, monkeypatch
):
    monkeypatch.setattr("articles.home.first_steps", lambda user: [])
    client = desk_client(administrator)

    home = client.get("/").content.decode()
    query = f"?editor_of={makassar.pk}"

    assert f'href="{ADD}{query}"' in home
    assert first_roles(client, query) == [("bureau_editor", makassar.pk)]
    assert "Redaktur untuk Makassar" in text_of(client.get(ADD + query))
    client.post(ADD + query, new_person(("bureau_editor", makassar)))
    assert roles_of(User.objects.get(username="lina")) == {("bureau_editor", "makassar")}


def test_no_link_fills_in_a_role_that_its_follower_may_not_give(
    desk_client, administrator, bureau_administrator, cilacap, makassar
):
    local = desk_client(bureau_administrator)

    assert first_roles(local, f"?editor_of={cilacap.pk}") == [("bureau_editor", cilacap.pk)]
    assert first_roles(local, f"?editor_of={makassar.pk}") == []
    for wrong in ("x", "-1", "9" * 30, "0", "%00"):
        assert first_roles(desk_client(administrator), f"?editor_of={wrong}") == []


def test_a_role_without_a_bureau_is_not_passed_over(desk_client, administrator, cilacap):
    response = invite(
        desk_client(administrator), ("reporter", None), **{"memberships-0-bureau": ""}
    )

    assert response.status_code == 200
    assert "Pilih bironya." in response.content.decode()
    assert not User.objects.filter(username="lina").exists()


def test_only_who_cannot_log_in_is_offered_an_invitation_and_the_page_says_why(
    desk_client, administrator, correspondent, second_editor
):
    second_editor.set_unusable_password()
    second_editor.save()
    client = desk_client(administrator)

    def page_of(user):
        return client.get(f"/bureaus/user/{user.pk}/change/")

    assert said("Cannot log in yet") in text_of(page_of(second_editor))
    assert "/invite/" in page_of(second_editor).content.decode()
    assert said("Cannot log in yet") not in text_of(page_of(correspondent))
    assert "/invite/" not in page_of(correspondent).content.decode()


def test_an_administrator_of_one_bureau_invites_for_it(desk_client, bureau_administrator, cilacap):
    invite(desk_client(bureau_administrator), ("bureau_editor", cilacap))

    assert roles_of(User.objects.get(username="lina")) == {("bureau_editor", "cilacap")}
    assert len(deliver()) == 1


@pytest.mark.parametrize("who", ["correspondent", "editor", "network_editor", "photo_editor"])
def test_nobody_but_administrators_invites(request, desk_client, who, cilacap, administrator):
    client = desk_client(request.getfixturevalue(who))
    waiting = User.objects.create_user("baru", "baru@example.org")

    answers = [invite(client, ("reporter", cilacap))]
    for verb in ("invite", "leave", "return", "second-factor"):
        answers.append(client.post(f"/bureaus/user/{waiting.pk}/{verb}/"))
        answers.append(client.post(f"/bureaus/user/{administrator.pk}/{verb}/"))

    assert {response.status_code for response in answers} == {403}
    assert deliver() == []


def test_rights_that_the_form_does_not_show_are_not_given_with_an_invitation(
    desk_client, administrator, cilacap
):
    extra = {
        "is_superuser": "on",
        "is_staff": "on",
        "password": "x",
        "is_active": "",
        "groups": [1],
    }

    invite(desk_client(administrator), ("reporter", cilacap), **extra)

    lina = User.objects.get(username="lina")
    assert (lina.is_superuser, lina.is_staff, lina.has_usable_password(), lina.is_active) == (
        False, False, False, True,
    )  # fmt: skip


# An e-mail address is one person's


@pytest.mark.parametrize("address", ["ratih@example.org", "RATIH@Example.org"])
def test_an_address_that_somebody_has_is_refused_at_its_form(
    desk_client, administrator, correspondent, cilacap, address
):
    response = invite(desk_client(administrator), ("reporter", cilacap), email=address)

    assert errors_of(response) == {"email": ["Another account has this e-mail address."]}
    assert not User.objects.filter(username="lina").exists()


def test_nobody_is_invited_without_an_address(desk_client, administrator, cilacap):
    response = invite(desk_client(administrator), ("reporter", cilacap), email="")

    assert set(errors_of(response)) == {"email"}


def test_the_database_keeps_addresses_apart_and_lets_many_have_none(correspondent):
    User.objects.create_user("satu")
    User.objects.create_user("dua")
    with pytest.raises(IntegrityError):
        User.objects.create_user("tiga", "Ratih@EXAMPLE.org")


def test_an_old_invitation_that_was_never_used_can_be_sent_again(
    desk_client, administrator, cilacap
):
    office = desk_client(administrator)
    invite(office, ("reporter", cilacap))
    deliver()
    User.objects.filter(username="lina").update(invited_at=timezone.now() - timedelta(days=30))
    lina = User.objects.get(username="lina")

    assert "/invite/" in office.get(f"/bureaus/user/{lina.pk}/change/").content.decode()
    office.post(f"/bureaus/user/{lina.pk}/invite/")

    assert desk_client().get(path_of(deliver()[0])).status_code == 200
