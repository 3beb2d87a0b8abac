"""Whoever puts a newer text before readers sees beside the form what is new to them."""

import pytest

from tests.desk import errors_of, in_english, text_of, verb_url
from tests.factories import approve_story, make_live, rewrite

HEADING = "What is new to readers"


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def story(correspondent, editor, cilacap):
    body = "<p>Ada 480 kapal.</p><p>Solar langka.</p>"
    return make_live(correspondent, cilacap, editor=editor, headline="Kapal", body=body).article


def test_a_correction_without_words_is_asked_for_them_with_what_is_new_beside_it(
    desk_client, correspondent, editor, story
):
    rewrite(story, by=correspondent, headline="Kapal melaut")
    approve_story(story, by=correspondent, editor=editor)
    sent = {"notice": " ", "version": story.version}

    page = desk_client(editor).post(verb_url(story, "correct"), sent)

    assert errors_of(page) == {"notice": ["Write the correction."]}
    assert HEADING in text_of(page)


@pytest.mark.parametrize("verb", ["correct", "update"])
def test_a_correction_and_an_update_show_what_is_new_to_readers(
    desk_client, correspondent, editor, story, verb
):
    body = "<p>Ada 408 kapal.</p><p>Solar langka.</p>"
    rewrite(story, by=correspondent, headline="Kapal melaut", body=body)
    approve_story(story, by=correspondent, editor=editor)

    page = desk_client(editor).get(verb_url(story, verb))

    news = text_of(page).partition(HEADING)[2]
    assert "Headline Kapal melaut" in news
    html = page.content.decode()
    assert "<del>480</del>" in html
    assert "<ins>408</ins>" in html
    assert html.count('id="text"') == html.count('href="#text"') == 1


def test_a_verb_that_gives_readers_no_other_text_shows_nothing_new(desk_client, editor, story):
    page = desk_client(editor).get(verb_url(story, "retract"))

    assert "Reason, as readers will read it" in text_of(page)
    assert HEADING not in text_of(page)


def test_what_was_refused_shows_nothing_new(desk_client, editor, story):
    page = desk_client(editor).get(verb_url(story, "correct"))

    assert page.status_code == 409
    assert HEADING not in text_of(page)
