"""What a membership gives, where, and to whom."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Picture
from bureaus.models import Membership
from tests.factories import make_author, make_picture, make_story, make_user

pytestmark = pytest.mark.django_db


def seen_by(user) -> list[str]:
    return sorted(Article.objects.for_user(user).values_list("headline", flat=True))


@pytest.fixture
def stories(correspondent, cilacap, makassar, other_editor):
    make_story(correspondent, cilacap, headline="Cilacap, Ratih")
    galih = make_user("galih", ("reporter", cilacap), name="Galih Santoso")
    make_story(galih, cilacap, headline="Cilacap, Galih")
    make_story(other_editor, makassar, headline="Makassar")


@pytest.mark.usefixtures("stories")
def test_each_person_sees_the_stories_of_their_own_work(
    correspondent,
    editor,
    other_editor,
    network_editor,
    photo_editor,
    administrator,
    outsider,
):
    assert seen_by(correspondent) == ["Cilacap, Ratih"]
    assert seen_by(editor) == ["Cilacap, Galih", "Cilacap, Ratih"]
    assert seen_by(other_editor) == ["Makassar"]
    assert seen_by(network_editor) == ["Cilacap, Galih", "Cilacap, Ratih", "Makassar"]
    assert seen_by(photo_editor) == seen_by(administrator) == seen_by(outsider) == []


def test_a_superuser_without_a_role_reads_no_story(stories):
    assert seen_by(make_user("root", is_superuser=True)) == []


def test_a_credit_lets_a_reporter_see_a_story_of_the_own_bureau_only(
    correspondent, editor, other_editor, cilacap, makassar
):
    make_story(editor, cilacap, headline="Bersama", writers=[correspondent.author])
    make_story(other_editor, makassar, headline="Jauh", writers=[correspondent.author])
    assert seen_by(correspondent) == ["Bersama"]


def test_leaving_takes_access_away_and_keeps_bylines(correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    Membership.objects.filter(user=correspondent).delete()
    gone = type(correspondent).objects.get(pk=correspondent.pk)
    assert seen_by(gone) == []
    assert story.bylines.get().author.name == "Ratih Purwandari"


def test_an_inactive_login_holds_no_role(editor):
    editor.is_active = False
    assert (editor.roles, editor.is_editor_of(1)) == (frozenset(), False)


def test_a_role_held_everywhere_counts_at_every_bureau(cilacap, makassar):
    user = make_user("keliling", ("bureau_editor", None))
    assert user.is_editor_of(cilacap.pk)
    assert user.is_editor_of(makassar.pk)
    assert not user.is_network_editor


def test_a_network_editor_works_at_every_bureau(cilacap):
    user = make_user("pusat")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role="network_editor", bureau=cilacap)


@pytest.mark.parametrize("bureau", ["cilacap", None])
def test_a_role_is_held_once_at_a_place(bureau, cilacap):
    place = cilacap if bureau else None
    user = make_user("dua-kali", ("reporter", place))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role="reporter", bureau=place)


def test_pictures_are_seen_at_the_own_bureau_and_by_photo_editors_everywhere(
    correspondent, other_editor, photo_editor, outsider, cilacap, makassar
):
    here, there = make_picture(cilacap), make_picture(makassar)

    def seen(user):
        return set(Picture.objects.for_user(user))

    assert seen(correspondent) == {here}
    assert seen(other_editor) == {there}
    assert seen(photo_editor) == {here, there}
    assert seen(outsider) == set()


def test_an_author_may_have_no_login(cilacap):
    assert make_author("Imam Sugiarto", bureau=cilacap).user is None
