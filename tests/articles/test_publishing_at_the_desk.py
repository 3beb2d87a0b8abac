"""Publishing from the story page: asked once, done once, said with the time and the way there."""

import pytest
from django.utils import timezone, translation

from articles import workflow
from articles.models import Article, Event, PublicState
from tests.desk import change_url, form_data, in_english, messages_of, text_of, verb_url
from tests.factories import approve_story, make_story


@pytest.fixture(autouse=True)
def _english(correspondent, editor, second_editor):
    in_english(correspondent, editor, second_editor)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Kapal melaut")


def test_publishing_says_since_when_and_links_to_the_public_page(
    desk_client, correspondent, editor, story
):
    approve_story(story, by=correspondent, editor=editor)
    client = desk_client(editor)

    response = client.post(
        change_url(story), form_data(story, version=1, _verb="publish", _confirmed="yes")
    )

    live = Article.objects.get().editions.get()
    page = client.get(response["Location"]).content.decode()
    assert Article.objects.get().public_state() == PublicState.LIVE
    with translation.override("en"):
        assert f'<a href="{live.address.get_absolute_url()}">Open the page</a>' in page
    assert "“Kapal melaut” is live on Cilacap’s site since" in page


@pytest.mark.parametrize("verb", ["publish", "approve_and_publish"])
def test_without_a_script_publishing_is_asked_on_a_page_of_its_own(
    desk_client, editor, in_review, verb
):
    if verb == "publish":
        workflow.approve(in_review, by=editor)
    client = desk_client(editor)

    pressed = client.post(change_url(in_review), form_data(in_review, _verb=verb))
    page = client.get(pressed["Location"])

    assert pressed["Location"] == verb_url(in_review, verb)
    assert not in_review.editions.exists()
    said = text_of(page)
    assert "Kapal melaut" in said
    assert "Cilacap" in said
    assert "Readers see it at once, and it cannot simply be taken back." in said
    assert "The checks still say:" in said
    assert [str(check.field) for check, _anchor in page.context["advice"]] != []
    with translation.override("en"):
        assert all(str(check.message) in said for check, _anchor in page.context["advice"])
    assert "Control+Enter" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    client.post(pressed["Location"], {"version": 1})
    assert in_review.editions.count() == 1


def test_the_story_page_brings_the_question_for_whoever_may_publish(
    desk_client, correspondent, editor, second_editor, in_review
):
    def question(user) -> bool:
        return "data-publishing" in desk_client(user).get(change_url(in_review)).content.decode()

    assert [question(user) for user in (correspondent, editor, second_editor)] == [
        False, True, False
    ]  # fmt: skip
    workflow.approve(in_review, by=editor)
    assert [question(user) for user in (correspondent, editor, second_editor)] == [
        False, True, True
    ]  # fmt: skip
    workflow.publish(in_review, by=editor)
    assert not question(editor)


def test_two_people_pressing_publish_at_once_make_one_edition_and_one_clear_message(
    desk_client, correspondent, editor, second_editor, story
):
    approve_story(story, by=correspondent, editor=editor)
    typed = form_data(story, version=1, _verb="publish", _confirmed="yes")

    desk_client(editor).post(change_url(story), typed)
    late = desk_client(second_editor)
    response = late.post(change_url(story), typed)

    event = Event.objects.get(verb="publish")
    with translation.override("en"):
        stamp = f"{timezone.localtime(event.at, story.bureau.zone):%B %-d, %Y at %H:%M} WIB"
    assert messages_of(late, response) == [
        "“Publish” is not possible now: the story is “Published”."
        f" Last: Published by Wening Kusumastuti, {stamp}."
    ]
    assert story.editions.count() == 1
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "submit",
        "claim",
        "approve",
        "publish",
    ]
