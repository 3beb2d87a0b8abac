"""The log of a story tells every save, by whom and when, and leads to what was changed by it."""

import re

import pytest
from django.utils.translation import override

from articles import workflow
from articles.comparison import sent_again
from articles.story_log import events_of, log_of
from tests.desk import change_url, in_english, words_of
from tests.factories import approve_story, make_picture, make_story, publish_next, rewrite

pytestmark = pytest.mark.urls("newsroom.urls.desk")  # for what builds addresses of the desk


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(
        correspondent, cilacap, headline="Judul", body="<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    )


def told(story) -> list[tuple[str, str]]:
    """Each line's words with the numbers of the revisions that it leads to."""
    with override("en"):
        lines = log_of(story, events_of(story))
    return [(line.words, " ".join(re.findall(r"=(\w+)", line.url))) for line in lines]


def test_saves_of_one_person_in_a_row_are_one_line_and_a_verb_begins_another(
    story, correspondent, editor
):
    for number in range(2):
        rewrite(story, by=correspondent, headline=f"Judul {number}")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    rewrite(story, by=editor, headline="Judul redaktur")

    assert told(story) == [
        ("Saved by Wening Kusumastuti", "3 4"),
        ("Claimed by Wening Kusumastuti", ""),
        ("Submitted by Ratih Purwandari", ""),
        ("Saved 3 times by Ratih Purwandari", "1 3"),
    ]


def test_two_people_who_save_by_turns_are_told_by_turns(story, correspondent, editor):
    for number, user in enumerate((editor, correspondent, editor)):
        rewrite(story, by=user, headline=f"Judul {number}")

    assert told(story) == [
        ("Saved by Wening Kusumastuti", "3 4"),
        ("Saved by Ratih Purwandari", "2 3"),
        ("Saved by Wening Kusumastuti", "1 2"),
    ]


def test_a_save_that_withdraws_an_approval_stands_below_what_it_caused(
    story, correspondent, editor
):
    approve_story(story, by=correspondent, editor=editor)
    rewrite(story, by=correspondent, headline="Judul lain")

    assert told(story)[:3] == [
        ("Reopened by Ratih Purwandari", ""),
        ("Saved by Ratih Purwandari", "1 2"),
        ("Approved by Wening Kusumastuti", ""),
    ]


def test_what_was_saved_once_is_told_by_the_line_of_its_creation(desk_client, story, correspondent):
    page = desk_client(correspondent).get(change_url(story)).content.decode()
    log = page[page.index('<ol class="history"') :]
    log = words_of(log[: log.index("</ol>")])

    assert told(story) == []
    assert log.startswith("Created by Ratih Purwandari")


def test_the_page_leads_from_each_save_to_the_comparison(desk_client, story, correspondent):
    rewrite(story, by=correspondent, headline="Judul lain")
    client = desk_client(correspondent)
    page = client.get(change_url(story)).content.decode()

    (url,) = re.findall(r'<li><a href="([^"]+)">Saved 2 times by', page)

    assert client.get(url.replace("&amp;", "&")).status_code == 200


# Sent again


def _sent_back_and_again(story, correspondent, editor, **fields):
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    workflow.send_back(story, by=editor, reason="Belum ada suara dinas.")
    if fields:
        rewrite(story, by=correspondent, **fields)
    return workflow.submit(story, by=correspondent)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Nothing has been changed since it was sent back"),
        (
            {"body": "<p>Satu!</p><p>Dua.</p><p>Tiga.</p>"},
            "1 paragraph changed since it was sent back",
        ),
        (
            {"body": "<p>Satu!</p><p>Dua.</p><p>Tiga.</p><p>Empat.</p>", "headline": "Judul lain"},
            "1 new paragraph, 1 paragraph changed since it was sent back; also: headline",
        ),
        (
            {"summary": "Lain.", "kicker": "Laut"},
            "Changed since it was sent back: kicker, summary",
        ),
        (
            {"body": "<p><strong>Satu.</strong></p><p>Dua.</p><p>Tiga.</p>"},
            "Changed since it was sent back: emphasis in the text",
        ),
    ],
)
def test_an_editor_is_told_what_was_done_since_the_story_was_sent_back(
    desk_client, story, correspondent, editor, fields, told
):
    _sent_back_and_again(story, correspondent, editor, **fields)

    page = desk_client(editor).get(change_url(story)).content.decode()

    newer = 2 if fields else 1
    url = f"/articles/article/{story.pk}/compare/?from=1&amp;to={newer}"
    assert f'<a href="{url}">{told}</a>' in page
    assert "Belum ada suara dinas." in page


def test_what_an_editor_changed_afterwards_is_not_the_correspondents(story, correspondent, editor):
    _sent_back_and_again(story, correspondent, editor, headline="Judul lain")
    workflow.claim(story, by=editor)
    rewrite(story, by=editor, body="<p>Redaktur.</p>")
    story.refresh_from_db()

    with override("en"):
        again = sent_again(story, events_of(story))

    assert again.told == "Changed since it was sent back: headline"


def test_nothing_is_said_of_a_story_that_was_never_sent_back_or_has_been_approved_since(
    story, correspondent, editor
):
    workflow.submit(story, by=correspondent)
    story.refresh_from_db()
    assert sent_again(story, events_of(story)) is None

    workflow.withdraw(story, by=correspondent)
    _sent_back_and_again(story, correspondent, editor)
    workflow.claim(story, by=editor)
    workflow.approve(story, by=editor)
    rewrite(story, by=correspondent, headline="Judul lain")
    workflow.submit(story, by=correspondent)
    story.refresh_from_db()
    assert sent_again(story, events_of(story)) is None


# What readers have


def test_a_live_story_with_changes_leads_to_how_it_differs_from_what_readers_have(
    desk_client, correspondent, publish
):
    story = publish(headline="Judul pembaca").article
    client = desk_client(correspondent)
    before = client.get(change_url(story)).content.decode()
    rewrite(story, by=correspondent, headline="Judul baru")

    after = client.get(change_url(story)).content.decode()

    url = f"/articles/article/{story.pk}/compare/?from=readers&amp;to=2"
    assert [f'href="{url}"' in page for page in (before, after)] == [False, True]


def test_a_story_page_costs_the_same_however_often_it_was_saved_and_decided(
    desk_client, correspondent, editor, publish, django_assert_max_num_queries, cilacap
):
    def cost() -> int:
        with django_assert_max_num_queries(200) as asked:
            assert client.get(change_url(story)).status_code == 200
        return len(asked)

    story = publish(picture=make_picture(cilacap)).article
    client = desk_client(editor)
    rewrite(story, by=correspondent, headline="Judul 0")
    _sent_back_and_again(story, correspondent, editor, headline="Judul 1")
    client.get(change_url(story))
    first = cost()
    workflow.claim(story, by=editor)
    workflow.approve(story, by=editor)
    workflow.update(story, by=editor)
    for number in range(5):
        publish_next(story, by=correspondent, editor=editor, headline=f"Judul ke-{number}")
    for number in range(3):
        rewrite(story, by=correspondent, headline=f"Judul terakhir {number}")
    _sent_back_and_again(story, correspondent, editor, headline="Judul paling akhir")

    assert cost() == first
