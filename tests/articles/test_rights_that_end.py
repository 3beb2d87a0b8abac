"""A right that ends, or a share that is withdrawn, under a story: whoever did it is told where, and
whoever can act finds it on the desk's home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Picture
from tests.desk import change_picture, in_english, messages_of, text_of
from tests.factories import (
    approve_story,
    make_bureau,
    make_picture,
    make_story,
    make_user,
    publish_next,
    publish_story,
)


def today(bureau):
    return timezone.now().astimezone(bureau.zone).date()


@pytest.fixture
def picture(cilacap):
    return make_picture(cilacap)


@pytest.fixture
def client(desk_client, editor):
    in_english(editor)
    return desk_client(editor)


def told(client, response) -> list[str]:
    return [said.replace(" .", ".") for said in messages_of(client, response)]


def in_text(picture) -> str:
    return f'<p>Satu.</p><figure data-object="picture" data-id="{picture.pk}"></figure>'


def scheduled(by, editor, bureau, *, days: int, **more):
    story = make_story(by, bureau, **more)
    approve_story(story, by=by, editor=editor)
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=days))
    return story


def until(days: int, bureau) -> str:
    return (today(bureau) + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("place", ["lead", "text"])
def test_an_end_before_a_scheduled_time_names_those_stories(
    client, correspondent, editor, cilacap, picture, place
):
    use = {"picture": picture} if place == "lead" else {"body": in_text(picture)}
    scheduled(correspondent, editor, cilacap, days=1, headline="Besok", **use)
    late = scheduled(correspondent, editor, cilacap, days=9, headline="Pekan Depan", **use)
    publish_story(correspondent, editor, cilacap, headline="Sudah Tayang", **use)

    answer = change_picture(client, picture, usable_until=until(3, cilacap))

    page = client.get(answer["Location"])
    said = [str(message) for message in page.context["messages"]][1:]
    assert said == [
        "The right ends before these scheduled texts appear: "
        f'<a href="/articles/article/{late.pk}/change/">Pekan Depan</a>. Give them an earlier time'
        " or another picture, or have the right prolonged."
    ]


def test_an_end_that_has_passed_names_the_live_stories(
    client, correspondent, editor, cilacap, picture
):
    publish_story(correspondent, editor, cilacap, headline="Sudah Tayang", picture=picture)
    assert len(told(client, change_picture(client, picture, usable_until=until(0, cilacap)))) == 1

    said = told(client, change_picture(client, picture, usable_until=until(-1, cilacap)))

    assert said[1:] == [
        "The right has ended, and readers still see the picture: Sudah Tayang. Nothing happens by"
        " itself. Publish a text with another picture, or have the right prolonged."
    ]


def test_the_form_for_several_pictures_says_the_same(
    client, correspondent, editor, cilacap, picture
):
    other = make_picture(cilacap)
    scheduled(correspondent, editor, cilacap, days=9, headline="Pekan Depan", picture=other)
    publish_story(correspondent, editor, cilacap, headline="Sudah Tayang", picture=picture)
    page = client.get(f"/articles/picture/rights/?picture={picture.pk}&picture={other.pk}")
    choices = [line.choice for line in page.context["lines"]]
    typed = {"picture": choices, "usable_until": until(-1, cilacap)}
    said = told(client, client.post("/articles/picture/rights/", typed))
    assert said[0] == "2 pictures were changed."
    assert [line.partition(": ")[2].partition(".")[0] for line in said[1:]] == [
        "Sudah Tayang", "Pekan Depan",
    ]  # fmt: skip


def test_another_bureaus_story_that_is_to_come_is_not_named(
    client, other_editor, makassar, cilacap
):
    picture = make_picture(cilacap, is_for_all=True)
    sitti = make_user("sitti", ("reporter", makassar))
    scheduled(sitti, other_editor, makassar, days=9, headline="Rahasia", picture=picture)
    said = told(
        client, change_picture(client, picture, is_for_all="on", usable_until=until(3, cilacap))
    )
    assert "a story of Makassar" in said[1]
    assert "Rahasia" not in said[1]


# A share that is withdrawn


def test_a_share_that_is_withdrawn_names_the_bureaus_that_still_show_it(
    client, correspondent, editor, other_editor, cilacap, makassar, jayapura, network_editor
):
    picture = make_picture(cilacap, shared_with=[makassar.pk, jayapura.pk])
    placed = publish_story(correspondent, editor, cilacap, headline="Dari Cilacap", picture=picture)
    workflow.place(placed.article, by=network_editor, bureau=makassar)
    yusuf = make_user("yusuf", ("reporter", jayapura))
    make_story(yusuf, jayapura, headline="Rahasia", picture=picture)
    # Has it without ever having been allowed to: nothing was withdrawn there.
    tegal = make_bureau("tegal")
    make_story(make_user("tia", ("reporter", tegal)), tegal, picture=picture)

    said = told(client, change_picture(client, picture, shared_with=[]))

    assert said[1:] == [
        "Not shared any more, and still used: Jayapura; Makassar: Dari Cilacap. What readers have"
        " stays; a next edition is refused until the picture is replaced there or shared again."
    ]


def test_nothing_is_said_where_the_bureau_does_not_use_it(
    client, correspondent, editor, cilacap, makassar
):
    picture = make_picture(cilacap, shared_with=[makassar.pk])
    publish_story(correspondent, editor, cilacap, picture=picture)
    assert len(told(client, change_picture(client, picture, shared_with=[]))) == 1


def test_where_it_is_used_names_the_bureaus_at_which_a_story_is_placed(
    client, correspondent, editor, cilacap, makassar, network_editor
):
    picture = make_picture(cilacap, is_for_all=True)
    story = publish_story(correspondent, editor, cilacap, picture=picture).article
    url = f"/articles/picture/{picture.pk}/change/"
    assert "also at" not in text_of(client.get(url))
    workflow.place(story, by=network_editor, bureau=makassar)
    assert "also at Makassar" in text_of(client.get(url))
    workflow.unplace(story, by=network_editor, bureau=makassar)
    assert "also at" not in text_of(client.get(url))


# The desk's home


def to_mend(client) -> list[tuple[str, list[int]]]:
    stories = client.get("/").context["without_right"]
    return [(str(story), [each.pk for each in story.without_right]) for story in stories]


@pytest.mark.parametrize("place", ["lead", "text"])
def test_the_home_names_live_and_scheduled_stories_whose_pictures_have_no_right(
    client, correspondent, editor, cilacap, picture, place
):
    use = {"picture": picture} if place == "lead" else {"body": in_text(picture)}
    scheduled(correspondent, editor, cilacap, days=1, headline="Besok", **use)
    scheduled(correspondent, editor, cilacap, days=9, headline="Pekan Depan", **use)
    publish_story(correspondent, editor, cilacap, headline="Sudah Tayang", **use)
    make_story(correspondent, cilacap, headline="Konsep", **use)
    assert to_mend(client) == []

    Picture.objects.update(usable_until=today(cilacap) + timedelta(days=3))
    assert to_mend(client) == [("Pekan Depan", [picture.pk])]

    Picture.objects.update(usable_until=today(cilacap) - timedelta(days=1))
    assert [name for name, _pictures in to_mend(client)] == [
        "Sudah Tayang", "Pekan Depan", "Besok",
    ]  # fmt: skip


def test_only_the_editors_of_the_bureau_are_told(
    desk_client, client, correspondent, editor, other_editor, network_editor, cilacap, picture
):
    publish_story(correspondent, editor, cilacap, headline="Sudah Tayang", picture=picture)
    Picture.objects.update(usable_until=today(cilacap) - timedelta(days=1))
    assert to_mend(desk_client(other_editor)) == []
    assert [name for name, _pictures in to_mend(desk_client(network_editor))] == ["Sudah Tayang"]
    assert "Pictures without a right" in text_of(client.get("/"))


def test_a_story_that_has_another_picture_by_now_is_done(
    client, correspondent, editor, cilacap, picture
):
    story = publish_story(correspondent, editor, cilacap, picture=picture).article
    Picture.objects.update(usable_until=today(cilacap) - timedelta(days=1))
    story.refresh_from_db()
    publish_next(story, by=correspondent, editor=editor, picture=make_picture(cilacap))
    assert to_mend(client) == []
