"""Two people at one story: one outcome, one line in the log."""

import threading

import pytest
from django.db import connection

from articles import workflow
from articles.models import Article, Edition, Event, Listing
from tests.factories import approve_story, make_story

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(number, call):
        try:
            barrier.wait()
            outcomes[number] = call()
        except workflow.WorkflowError as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def approved(correspondent, editor, cilacap):
    return approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)


def test_two_editors_press_publish_at_once(approved, editor, second_editor):
    outcomes = at_once(
        lambda: workflow.publish(approved, by=editor),
        lambda: workflow.publish(approved, by=second_editor),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Edition", "NotNow"]
    assert Edition.objects.count() == 1
    assert Listing.objects.count() == 6
    assert Event.objects.filter(verb="publish").count() == 1


def test_two_editors_claim_at_once(correspondent, editor, second_editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    outcomes = at_once(
        lambda: workflow.claim(story, by=editor), lambda: workflow.claim(story, by=second_editor)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Article", "NotNow"]
    claimer = Article.objects.get(pk=story.pk).claimed_by
    assert Event.objects.get(verb="claim").by == claimer


def test_two_stories_with_one_headline_are_published_at_once(
    correspondent, editor, second_editor, cilacap
):
    stories = [
        approve_story(
            make_story(correspondent, cilacap, headline="Banjir"), by=correspondent, editor=editor
        )
        for _ in range(2)
    ]
    outcomes = at_once(
        lambda: workflow.publish(stories[0], by=editor),
        lambda: workflow.publish(stories[1], by=second_editor),
    )
    assert sorted(edition.address.slug for edition in outcomes) == ["banjir", "banjir-2"]


def test_publishing_and_retracting_do_not_cross(approved, editor, second_editor, correspondent):
    workflow.publish(approved, by=editor)
    workflow.retract(approved, by=editor, ground="factual", reason="Keliru.")
    outcomes = at_once(
        lambda: workflow.confirm_retraction(approved, by=second_editor),
        lambda: workflow.decline_retraction(approved, by=editor, reason="Tidak perlu."),
    )
    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds in (["NotNow", "Notice"], ["Article", "NotNow"])
    expected = "retracted" if "Notice" in kinds else "live"
    assert approved.public_state() == expected
