"""The approval clock: it runs from the submission to the decision, against the bureau's limits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from articles import publication, waiting, workflow
from articles.approval_clock import Clock, Wait, duration, limit
from articles.models import Article
from tests.factories import approve_story, make_story, publish_story, rewrite

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def waited(bureau, minutes: int, **more) -> Wait:
    facts = {"is_claimed": False, "is_breaking": False} | more
    return Wait.of(bureau, NOW - minutes * MINUTE, NOW, **facts)


def submitted_at(story: Article):
    story.refresh_from_db()
    return story.submitted_at


def test_release_and_another_editors_claim_do_not_set_the_clock_back(
    correspondent, editor, second_editor, cilacap
):
    story = make_story(correspondent, cilacap)
    assert submitted_at(story) is None
    with publication.as_of(NOW - 90 * MINUTE):
        workflow.submit(story, by=correspondent)
    begun = submitted_at(story)
    workflow.claim(story, by=editor)
    workflow.release(story, by=editor)
    workflow.claim(story, by=editor)
    workflow.take_over(story, by=second_editor)
    assert submitted_at(story) == begun == NOW - 90 * MINUTE

    workflow.send_back(story, by=second_editor, reason="Kurang.")
    assert submitted_at(story) is None
    workflow.submit(story, by=correspondent)
    assert submitted_at(story) > begun


def test_the_clock_stops_when_a_story_leaves_the_desk(
    correspondent, editor, second_editor, cilacap
):
    withdrawn = make_story(correspondent, cilacap)
    workflow.submit(withdrawn, by=correspondent)
    workflow.withdraw(withdrawn, by=correspondent)
    approved = make_story(correspondent, cilacap)
    approve_story(approved, by=correspondent, editor=editor)
    rewritten = publish_story(correspondent, editor, cilacap).article
    rewrite(rewritten, by=correspondent, headline="Judul lain")
    workflow.submit(rewritten, by=correspondent)
    workflow.retract(rewritten, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(rewritten, by=second_editor)

    assert [submitted_at(story) for story in (withdrawn, approved, rewritten)] == [None] * 3


def test_the_database_keeps_no_story_at_the_desk_without_its_clock(correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    for wrong in ({"stage": "submitted"}, {"submitted_at": NOW}):
        with (
            pytest.raises(IntegrityError, match="article_clock_runs_at_desk"),
            transaction.atomic(),
        ):
            Article.objects.filter(pk=story.pk).update(**wrong)


@pytest.mark.parametrize(
    ("minutes", "tone", "x"),
    [
        (0, "calm", "1.50%"),
        (30, "calm", "16.67%"),
        (59, "calm", "32.78%"),
        (60, "near", "33.33%"),
        (119, "near", "66.11%"),
        (120, "late", "66.67%"),
        (600, "late", "98.50%"),
    ],
)
def test_a_story_stands_on_the_scale_where_its_bureaus_limits_put_it(cilacap, minutes, tone, x):
    assert (waited(cilacap, minutes).tone, waited(cilacap, minutes).x) == (tone, x)


def test_breaking_news_is_late_by_its_own_limit_until_somebody_has_claimed_it(cilacap):
    tones = {minutes: waited(cilacap, minutes, is_breaking=True).tone for minutes in (7, 8, 14, 15)}
    assert tones == {7: "calm", 8: "near", 14: "near", 15: "late"}
    assert waited(cilacap, 15, is_breaking=True, is_claimed=True).tone == "calm"


def test_each_bureau_counts_by_its_own_limits(cilacap, makassar):
    makassar.amber_after, makassar.red_after = 10, 20
    assert [waited(bureau, 20).tone for bureau in (cilacap, makassar)] == ["calm", "late"]


def test_the_clock_says_in_words_what_it_draws(cilacap):
    waits = [waited(cilacap, 5), waited(cilacap, 70, is_claimed=True), waited(cilacap, 144)]

    assert Clock(cilacap, waits).in_words == (
        "Waiting: 1 in time, 1 near the limit, 1 past it; 2 of them unclaimed."
        " The longest: 2 h 24 m."
    )
    assert Clock(cilacap, []).in_words == "No story waits for an editor."
    assert Clock(cilacap, waits).limits == (
        "limits: amber 1 hour, red 2 hours, breaking news 15 minutes"
    )


def test_times_are_written_as_briefly_as_an_editor_says_them():
    assert [duration(minutes) for minutes in (0, 59.9, 60, 144, 1439, 4560)] == [
        "0 m",
        "59 m",
        "1 h 0 m",
        "2 h 24 m",
        "23 h 59 m",
        "3 d 4 h",
    ]
    assert [limit(minutes) for minutes in (1, 60, 90, 120)] == [
        "1 minute",
        "1 hour",
        "90 minutes",
        "2 hours",
    ]


def test_the_usual_wait_is_the_median_of_what_was_decided_today(
    correspondent, editor, other_editor, cilacap, makassar
):
    noon = publication.database_now().astimezone(cilacap.zone).replace(hour=12, minute=0)

    def decide(minutes: int, at=noon, bureau=cilacap, by=correspondent, editor=editor) -> None:
        story = make_story(by, bureau)
        with publication.as_of(at - minutes * MINUTE):
            workflow.submit(story, by=by)
        with publication.as_of(at):
            workflow.claim(story, by=editor)
            workflow.approve(story, by=editor)

    assert waiting.usual_wait(cilacap, noon) is None
    for minutes in (10, 20, 90):
        decide(minutes)
    decide(500, at=noon - timedelta(days=1))

    assert waiting.usual_wait(cilacap, noon) == 20
    assert waiting.usual_wait(makassar, noon) is None
