"""A picture that readers see: what may not be taken from it, and what is said of a change."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles import workflow
from tests.desk import change_picture, errors_of, in_english, messages_of
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    make_user,
    picture_bytes,
    publish_story,
)

HARBOUR = "Kapal Terbalik di Muara"


@pytest.fixture
def picture(cilacap):
    return make_picture(cilacap)


@pytest.fixture
def client(desk_client, editor):
    in_english(editor)
    return desk_client(editor)


def in_text(picture, kind: str) -> str:
    said = {
        "picture": f'data-id="{picture.pk}" data-size="text"',
        "gallery": f'data-ids="{picture.pk}"',
        "embed": f'data-still="{picture.pk}" data-url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'
        ' data-caption="Video"',
    }[kind]
    return f'<p>Satu.</p><figure data-object="{kind}" {said}></figure>'


def use(picture, kind: str) -> dict:
    return {"picture": picture} if kind == "lead" else {"body": in_text(picture, kind)}


@pytest.mark.parametrize("kind", ["lead", "picture", "gallery", "embed"])
@pytest.mark.parametrize("emptied", ["alt_text", "credit"])
def test_what_readers_are_told_of_a_live_picture_is_not_emptied(
    client, correspondent, editor, cilacap, picture, kind, emptied
):
    publish_story(correspondent, editor, cilacap, headline=HARBOUR, **use(picture, kind))

    answer = change_picture(client, picture, **{emptied: " "})

    assert errors_of(answer) == {
        emptied: [
            f"It cannot be empty: “{HARBOUR}” shows the picture to readers, or is about to. Write"
            " another one, or take the picture out there first."
        ]
    }
    picture.refresh_from_db()
    assert getattr(picture, emptied)


@pytest.mark.parametrize("stage", ["approved", "scheduled"])
@pytest.mark.parametrize("kind", ["lead", "gallery"])
def test_nor_of_one_that_is_about_to_go_out(
    client, correspondent, editor, cilacap, picture, stage, kind
):
    story = make_story(correspondent, cilacap, headline=HARBOUR, **use(picture, kind))
    approve_story(story, by=correspondent, editor=editor)
    if stage == "scheduled":
        workflow.schedule(story, by=editor, at=timezone.now() + timedelta(hours=3))

    answer = change_picture(client, picture, credit="")

    assert HARBOUR in errors_of(answer)["credit"][0]


def test_in_a_draft_it_may_be_emptied(client, correspondent, cilacap, picture):
    make_story(correspondent, cilacap, picture=picture)
    change_picture(client, picture, alt_text="", credit="")
    picture.refresh_from_db()
    assert (picture.alt_text, picture.credit) == ("", "")


def test_a_story_of_another_bureau_that_is_still_to_come_is_not_named(
    client, other_editor, makassar, picture
):
    type(picture).objects.update(is_for_all=True)
    reporter_elsewhere = make_user("sitti", ("reporter", makassar))
    story = make_story(reporter_elsewhere, makassar, picture=picture, headline="Rahasia")
    approve_story(story, by=reporter_elsewhere, editor=other_editor)
    said = errors_of(change_picture(client, picture, is_for_all="on", credit=""))["credit"][0]
    assert said.startswith("It cannot be empty: a story of Makassar shows the picture")


def test_the_words_asked_for_in_a_story_are_not_emptied_either(
    client, correspondent, editor, cilacap, picture
):
    publish_story(correspondent, editor, cilacap, headline=HARBOUR, picture=picture)
    words = {"alt_text": "", "caption": "Kapal", "credit": "Danu"}
    answer = client.post(f"/articles/picture/{picture.pk}/words/", words)
    assert answer.status_code == 422
    assert HARBOUR in answer.json()["fields"]["alt_text"]


@pytest.mark.parametrize(
    "more",
    [{"caption": "Baru"}, {"alt_text": "Baru"}, {"credit": "Ratih Purwandari"}, {"ai": "altered"}],
)
def test_it_is_said_how_many_stories_readers_see_the_change_at_once(
    client, correspondent, editor, cilacap, picture, more
):
    publish_story(correspondent, editor, cilacap, picture=picture)
    publish_story(correspondent, editor, cilacap, body=in_text(picture, "picture"))
    story = make_story(correspondent, cilacap, picture=picture)
    approve_story(story, by=correspondent, editor=editor)
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(hours=3))
    said = messages_of(client, change_picture(client, picture, **more))
    assert said[1:] == ["Readers of 2 stories see the change at once."]


def test_the_same_is_said_of_another_file(client, correspondent, editor, cilacap, picture):
    publish_story(correspondent, editor, cilacap, picture=picture)
    file = SimpleUploadedFile("baru.jpg", picture_bytes(900, 600), "image/jpeg")
    said = messages_of(client, change_picture(client, picture, file=file))
    assert "Readers of 1 story see the change at once." in said


def test_nothing_is_said_of_what_readers_do_not_see(
    client, correspondent, editor, cilacap, picture
):
    publish_story(correspondent, editor, cilacap, picture=picture)
    assert len(messages_of(client, change_picture(client, picture, owner="Ratih Purwandari"))) == 1
    unseen = make_picture(cilacap)
    make_story(correspondent, cilacap, picture=unseen)
    assert len(messages_of(client, change_picture(client, unseen, caption="Baru"))) == 1
