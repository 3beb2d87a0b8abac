"""Taking a story back: two people, a ground, a public reason, at once everywhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Edition, Listing
from tests.factories import approve_story, make_picture, publish_story, rewrite


@pytest.fixture
def story(correspondent, editor, cilacap):
    return publish_story(correspondent, editor, cilacap).article


def ask(story, by):
    return workflow.retract(story, by=by, ground="factual", reason="Sumber utama keliru.")


def test_asking_leaves_the_story_live_until_a_second_editor_confirms(story, editor, second_editor):
    ask(story, editor)
    assert story.public_state() == "live"
    with pytest.raises(workflow.NotAllowed, match="Redaktur kedua"):
        workflow.confirm_retraction(story, by=editor)
    notice = workflow.confirm_retraction(story, by=second_editor)
    assert story.public_state() == "retracted"
    assert (notice.kind, notice.ground, notice.text) == (
        "retraction",
        "factual",
        "Sumber utama keliru.",
    )
    assert Edition.objects.live().count() == Listing.objects.count() == 0


def test_it_takes_back_what_was_scheduled_and_placed_too(
    story, correspondent, editor, network_editor, makassar
):
    workflow.place(story, by=editor, bureau=makassar)
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(hours=1))
    ask(story, editor)
    workflow.confirm_retraction(story, by=network_editor)
    assert Edition.objects.pending().count() == Listing.objects.count() == 0
    assert story.placements.filter(shown__upper_inf=True).count() == 0


def test_a_retracted_story_is_finished(story, editor, second_editor):
    ask(story, editor)
    workflow.confirm_retraction(story, by=second_editor)
    assert workflow.available(story, editor) == []
    with pytest.raises(workflow.NotAllowed):
        rewrite(story, by=editor, headline="Terbit lagi")


def test_a_request_can_be_declined_with_a_reason(story, editor, second_editor):
    ask(story, editor)
    workflow.decline_retraction(story, by=second_editor, reason="Cukup dikoreksi.")
    story.refresh_from_db()
    assert story.retraction_request is None
    assert "retract" in workflow.available(story, editor)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"ground": "bosan", "reason": "Ada"}, "ground"),
        ({"ground": "factual", "reason": " "}, "reason"),
    ],
)
def test_a_ground_of_the_list_and_a_reason_are_demanded(told, field, story, editor):
    with pytest.raises(workflow.BadRequest) as refusal:
        workflow.retract(story, by=editor, **told)
    assert refusal.value.field == field


def test_a_story_that_was_public_cannot_be_deleted(story, cilacap):
    from django.db.models import ProtectedError

    make_picture(cilacap)
    with pytest.raises(ProtectedError):
        story.delete()
