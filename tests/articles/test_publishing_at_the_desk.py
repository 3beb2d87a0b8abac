"""Publishing from the story page: asked once, done once, said with the time and the way there."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles import workflow
from articles.dates import stamp_in_words
from articles.models import Article, Event, PublicState
from tests.desk import change_url, errors_of, form_data, in_english, messages_of, text_of, verb_url
from tests.factories import approve_story, make_live, make_story, rewrite


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


@pytest.fixture
def under_embargo(in_review):
    """A story in review, with the end of its embargo."""
    until = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    Article.objects.filter(pk=in_review.pk).update(embargo_until=until)
    in_review.refresh_from_db()
    return in_review


def until(story: Article) -> str:
    with translation.override("en"):
        return stamp_in_words(story.embargo_until, story.bureau)


@pytest.mark.parametrize("verb", ["publish", "approve_and_publish"])
def test_the_page_of_the_question_says_before_that_an_embargo_bars_publishing(
    desk_client, editor, under_embargo, verb
):
    if verb == "publish":
        workflow.approve(under_embargo, by=editor)

    page = desk_client(editor).get(verb_url(under_embargo, verb))

    said = text_of(page)
    assert page.status_code == 409
    assert f"under embargo until {until(under_embargo)}" in said
    assert ("Schedule it for then" in said) == (verb == "publish")
    offered = {button.verb for button in page.context["offered"]}
    ways = {"schedule", "approve", "approve_and_schedule", "publish"}
    expected = {"schedule"} if verb == "publish" else {"approve", "approve_and_schedule"}
    assert offered & ways == expected
    assert "Readers see it at once" not in said


def test_scheduling_begins_with_the_end_of_the_embargo(desk_client, editor, under_embargo):
    workflow.approve(under_embargo, by=editor)
    client = desk_client(editor)

    page = client.get(verb_url(under_embargo, "schedule"))

    assert f"Under embargo until {until(under_embargo)}" in text_of(page)
    local = under_embargo.embargo_until.astimezone(under_embargo.bureau.zone)
    html = page.content.decode()
    day, clock = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    assert f'value="{day}"' in html
    assert f'value="{clock}"' in html
    client.post(
        verb_url(under_embargo, "schedule"), {"at_date": day, "at_time": clock, "version": 1}
    )
    assert under_embargo.editions.get().live.lower == under_embargo.embargo_until


def test_an_update_of_a_story_under_embargo_is_not_offered_at_once(
    desk_client, correspondent, editor, cilacap
):
    live = make_live(correspondent, cilacap, headline="Kapal melaut", editor=editor).article
    Article.objects.filter(pk=live.pk).update(embargo_until=timezone.now() + timedelta(days=2))
    rewrite(live, by=correspondent, body="<p>Lain.</p>")
    approve_story(live, by=correspondent, editor=editor)

    said = text_of(desk_client(editor).get(verb_url(live, "update")))

    assert "Empty: at once." not in said
    assert "Under embargo until" in said


def test_an_embargo_within_a_minute_is_scheduled_for_the_next_whole_one(
    desk_client, editor, under_embargo
):
    end = under_embargo.embargo_until + timedelta(seconds=20)
    Article.objects.filter(pk=under_embargo.pk).update(embargo_until=end)
    workflow.approve(under_embargo, by=editor)

    page = desk_client(editor).get(verb_url(under_embargo, "schedule"))

    begins = end.astimezone(under_embargo.bureau.zone) + timedelta(seconds=40)
    assert f'value="{begins:%H:%M}"' in page.content.decode()


def test_a_story_is_approved_and_scheduled_on_one_page_with_its_text(
    desk_client, editor, in_review, cilacap
):
    client = desk_client(editor)
    url = verb_url(in_review, "approve_and_schedule")
    later = timezone.localtime(timezone.now() + timedelta(days=1), cilacap.zone)
    when = {"at_date": f"{later:%Y-%m-%d}", "at_time": "06:00"}

    page = client.get(url)
    empty = client.post(url, {"at_date": "", "at_time": "", "version": 1})
    done = client.post(url, {**when, "version": 1})

    assert "Deru mesin terdengar lagi di muara." in text_of(page)
    assert errors_of(empty).keys() == {"at"}
    assert "will go live by itself on" in messages_of(client, done)[0]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "submit", "claim", "approve", "schedule"
    ]  # fmt: skip


def test_the_question_offers_to_approve_and_schedule_under_an_embargo(
    desk_client, editor, under_embargo
):
    page = desk_client(editor).get(change_url(under_embargo))

    assert page.context["instead"].verb == "approve_and_schedule"
