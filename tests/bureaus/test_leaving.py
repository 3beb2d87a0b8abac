"""Whoever stops working here loses access at once; bylines stay, and no story is stuck."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from articles import workflow
from articles.models import Article, Event, Stage
from bureaus.models import User
from tests.bureaus.test_people import roles_of
from tests.bureaus.test_sign_in import PASSWORD, sign_in
from tests.factories import make_story, make_user, publish_story

pytestmark = pytest.mark.django_db


def verb(person: User, name: str) -> str:
    return f"/bureaus/user/{person.pk}/{name}/"


@pytest.fixture
def claimed(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    return workflow.claim(story, by=editor)


def test_access_ends_at_once_on_every_device(desk_client, administrator, editor):
    devices = [desk_client(secure=True), desk_client(editor)]
    sign_in(devices[0], "wening")
    Authenticator.objects.create(user=editor, type="totp", data={})

    desk_client(administrator).post(verb(editor, "leave"))

    assert [device.get("/profile/").status_code for device in devices] == [302, 302]
    editor.refresh_from_db()
    assert (editor.is_active, editor.has_usable_password(), roles_of(editor)) == (
        False, False, set(),
    )  # fmt: skip
    assert not Authenticator.objects.filter(user=editor).exists()
    sign_in(devices[0], "wening")
    assert "_auth_user_id" not in devices[0].session


def test_bylines_stay_and_new_stories_no_longer_offer_the_name(
    desk_client, administrator, correspondent, editor, cilacap, reader
):
    edition = publish_story(correspondent, editor, cilacap)

    desk_client(administrator).post(verb(correspondent, "leave"))

    byline = Article.objects.get().bylines.get()
    assert (byline.author.name, byline.author.is_active) == ("Ratih Purwandari", False)
    assert edition.article.created_by == correspondent


def test_what_was_under_review_goes_back_to_the_queue_with_a_line_in_the_log(
    desk_client, administrator, editor, claimed
):
    desk_client(administrator).post(verb(editor, "leave"))

    claimed.refresh_from_db()
    assert (claimed.stage, claimed.claimed_by) == (Stage.SUBMITTED, None)
    event = Event.objects.order_by("pk").last()
    assert (event.verb, event.by, event.stage_before, event.stage_after, event.details) == (
        "release", administrator, "in_review", "submitted", {"from": editor.pk},
    )  # fmt: skip


def test_what_others_review_stays_with_them(
    desk_client, administrator, editor, second_editor, claimed
):
    desk_client(administrator).post(verb(second_editor, "leave"))

    claimed.refresh_from_db()
    assert (claimed.stage, claimed.claimed_by) == (Stage.IN_REVIEW, editor)


def test_looking_says_what_will_happen_and_does_nothing(
    desk_client, administrator, editor, claimed
):
    page = desk_client(administrator).get(verb(editor, "leave"))

    assert page.context["claimed"] == 1
    editor.refresh_from_db()
    assert editor.is_active


def test_it_is_logged_and_can_be_undone_without_any_role(desk_client, administrator, editor):
    office = desk_client(administrator)
    office.post(verb(editor, "leave"))
    office.post(verb(editor, "return"))

    editor.refresh_from_db()
    assert (editor.is_active, roles_of(editor), editor.check_password(PASSWORD)) == (
        True, set(), False,
    )  # fmt: skip
    assert editor.author.is_active
    said = LogEntry.objects.order_by("pk").values_list("user__username", "object_id")
    assert list(said) == [("tata", str(editor.pk))] * 2
    assert 'action="/bureaus/user/' in office.get(verb(editor, "change")).content.decode()


def test_nobody_gives_roles_to_somebody_who_has_left(desk_client, administrator, editor, cilacap):
    office = desk_client(administrator)
    office.post(verb(editor, "leave"))

    page = office.get(verb(editor, "change"))

    assert page.context["inline_admin_formsets"] == []


def test_nobody_leaves_by_the_own_hand(desk_client, administrator):
    assert desk_client(administrator).post(verb(administrator, "leave")).status_code == 403
    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_administrator_of_one_bureau_sends_nobody_away_who_works_elsewhere(
    desk_client, cilacap, other_editor, network_editor, administrator
):
    office = desk_client(make_user("sekretaris", ("administrator", cilacap)))
    superuser = make_user("akar", is_superuser=True)

    answers = {
        office.post(verb(person, name)).status_code
        for person in (other_editor, network_editor, administrator, superuser)
        for name in ("leave", "return", "invite", "second-factor")
    }

    assert answers == {404}
    assert User.objects.filter(is_active=False).count() == 0
