"""What people keep about themselves, and what others keep about them."""

import pytest

from bureaus.models import Author, User
from tests.bureaus.test_sign_in import PASSWORD, deliver
from tests.desk import errors_of, messages_of
from tests.factories import make_author

pytestmark = pytest.mark.django_db


def typed(**more) -> dict:
    return {
        "first_name": "Ratih",
        "last_name": "Purwandari",
        "language": "id",
        "position": "Wartawan",
        "place": "Kroya",
        "biography": "Meliput laut.",
    } | more


def test_a_reporter_keeps_the_words_about_the_own_work(desk_client, correspondent):
    desk_client(correspondent).post("/profile/", typed(first_name="Ratih Ayu"))

    author = Author.objects.get(user=correspondent)
    correspondent.refresh_from_db()
    assert (author.position, author.place, author.biography) == (
        "Wartawan", "Kroya", "Meliput laut.",
    )  # fmt: skip
    assert str(correspondent) == "Ratih Ayu Purwandari"


@pytest.mark.parametrize("blank", ["", "   "])
def test_nobody_works_without_a_name(desk_client, correspondent, blank):
    page = desk_client(correspondent).post(
        "/profile/", typed(first_name=blank, last_name="", biography="Baru.")
    )

    said = "Write your name: colleagues see it beside all that you do."
    assert errors_of(page) == {"first_name": [said]}
    correspondent.refresh_from_db()
    assert str(correspondent) == "Ratih Purwandari"
    assert correspondent.author.biography != "Baru."


def test_one_name_is_a_whole_name(desk_client, correspondent):
    desk_client(correspondent).post("/profile/", typed(first_name="Sumiyati", last_name=" "))

    correspondent.refresh_from_db()
    assert str(correspondent) == "Sumiyati"


def test_the_name_in_bylines_and_its_address_stay_with_editors(desk_client, correspondent, cilacap):
    other = make_author("Lina Sari", bureau=cilacap)
    forged = {
        "name": "Lain", "slug": "lain", "kind": "agency", "is_active": "", "bureau": "",
        "user": "", "id": other.pk, "author": other.pk, "username": "lain", "is_superuser": "on",
        "email": "lain@example.org", "password": "x",
    }  # fmt: skip
    before = Author.objects.values("name", "slug", "kind", "is_active", "bureau", "user")
    kept = list(before.order_by("pk"))

    desk_client(correspondent).post("/profile/", typed(**forged))

    assert list(before.order_by("pk")) == kept
    correspondent.refresh_from_db()
    assert (correspondent.username, correspondent.email, correspondent.is_superuser) == (
        "ratih", "ratih@example.org", False,
    )  # fmt: skip
    assert correspondent.check_password(PASSWORD)


def test_whoever_is_no_author_has_a_profile_too(desk_client, administrator):
    client = desk_client(administrator)

    assert client.get("/profile/").context["author_form"] is None
    client.post("/profile/", {"first_name": "Tata", "last_name": "Usaha", "language": "en"})

    assert client.get("/")["Content-Language"] == "en"


def test_a_biography_that_is_too_long_saves_nothing_and_keeps_the_words(desk_client, correspondent):
    page = desk_client(correspondent).post(
        "/profile/", typed(first_name="Lain", biography="x" * 1001)
    )

    assert set(page.context["author_form"].errors) == {"biography"}
    assert page.context["author_form"]["biography"].value() == "x" * 1001
    assert User.objects.get(pk=correspondent.pk).first_name == "Ratih"
    assert str(page.context["user"]) == "Ratih Purwandari"


def test_another_e_mail_address_needs_the_password_and_the_old_one_is_told(
    desk_client, correspondent
):
    client = desk_client(correspondent)
    new = {"email": "baru@example.org"}

    refused = client.post("/profile/email/", {**new, "password": "wrong"})
    assert errors_of(refused) == {
        "password": ["This is not your password. Capital letters matter."]
    }
    assert User.objects.get(pk=correspondent.pk).email == "ratih@example.org"
    saved = client.post("/profile/email/", {**new, "password": PASSWORD})

    assert User.objects.get(pk=correspondent.pk).email == "baru@example.org"
    assert len(messages_of(client, saved)) == 1
    assert [message.to for message in deliver()] == [["ratih@example.org"]]


def test_an_address_of_somebody_else_is_refused(desk_client, correspondent, editor):
    response = desk_client(correspondent).post(
        "/profile/email/", {"email": "WENING@example.org", "password": PASSWORD}
    )

    assert errors_of(response) == {"email": ["Another account has this e-mail address."]}


def test_a_password_is_not_guessed_through_the_profile(desk_client, correspondent):
    client = desk_client(correspondent)
    for number in range(5):
        client.post("/profile/email/", {"email": "x@example.org", "password": f"wrong {number}"})

    response = client.post("/profile/email/", {"email": "x@example.org", "password": PASSWORD})

    assert set(errors_of(response)) == {"password"}
    assert User.objects.get(pk=correspondent.pk).email == "ratih@example.org"
