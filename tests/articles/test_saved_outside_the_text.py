"""Embargo, breaking mark and address: no revision holds them, and a change of them is seen."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Event
from tests.desk import change_url, form_data, in_english, text_of
from tests.factories import approve_story, make_story

LONG_AGO = timezone.now() - timedelta(days=40)
YEAR = timezone.now().year + 1
EMBARGO = {"embargo_until_date": f"{YEAR}-05-22", "embargo_until_time": "15:45"}


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def story(correspondent, cilacap):
    story = make_story(correspondent, cilacap, headline="Kapal melaut", slug="kapal")
    Article.objects.update(changed_at=LONG_AGO)
    return story


def test_an_embargo_alone_moves_the_time_of_saving_and_stands_in_the_log(
    desk_client, correspondent, editor, story
):
    story = approve_story(story, by=correspondent, editor=editor)
    text = story.revisions.get()
    client = desk_client(editor)

    client.post(change_url(story), form_data(story, **EMBARGO))
    page = client.get(change_url(story))

    story.refresh_from_db()
    event = story.events.first()
    assert (story.version, story.stage) == (1, "approved")
    assert story.changed_at == event.at > text.saved_at
    saved = page.context["last_saved"]
    assert (saved.saved_by, saved.saved_at) == (editor, event.at)
    said = f"Changed by Wening Kusumastuti, embargo until May 22, {YEAR} at 15:45 WIB"
    assert said in page.content.decode()


def test_an_open_page_of_a_colleague_hears_of_it(desk_client, correspondent, editor, story):
    approve_story(story, by=correspondent, editor=editor)
    seen = story.events.first().pk
    desk_client(editor).post(change_url(story), form_data(story, **EMBARGO))

    answer = desk_client(correspondent).post(
        f"/articles/article/{story.pk}/autosave/",
        json.dumps({"writer": correspondent.pk, "version": 1, "seen": seen}),
        content_type="application/json",
    )

    assert "Changed by Wening Kusumastuti, embargo until" in answer.json()["meanwhile"]


def test_each_change_is_named_and_a_press_without_one_adds_no_line(
    desk_client, correspondent, story
):
    client = desk_client(correspondent)
    marked = form_data(story, **EMBARGO, breaking="on", slug="kapal-lagi")

    client.post(change_url(story), marked)
    client.post(change_url(story), marked)
    client.post(change_url(story), form_data(story, slug=""))

    page = client.get(change_url(story)).content.decode()
    assert "breaking news, address “kapal-lagi”" in page
    assert "no embargo any more, not breaking news, address cleared" in page
    assert list(Event.objects.values_list("verb", flat=True)) == ["set", "set"]


def test_a_draft_of_which_only_that_was_changed_can_still_be_discarded(
    desk_client, correspondent, story
):
    client = desk_client(correspondent)
    client.post(change_url(story), form_data(story, **EMBARGO))

    offered = client.get(change_url(story)).context["rest"]

    assert [button.verb for button in offered] == ["discard"]


def test_two_embargoes_at_once_name_the_one_who_set_the_other(
    desk_client, correspondent, editor, story
):
    opened = json.dumps({"embargo": "", "breaking": "", "slug": "kapal"})
    desk_client(editor).post(change_url(story), form_data(story, **EMBARGO))

    mine = {"embargo_until_date": f"{YEAR}-01-01", "embargo_until_time": "06:00"}
    answer = desk_client(correspondent).post(
        change_url(story), form_data(story, opened=opened, **mine)
    )

    story.refresh_from_db()
    assert story.embargo_until.month == 5
    page = desk_client(correspondent).get(answer["Location"])
    assert "Wening Kusumastuti saved this story while you were writing" in text_of(page)
