"""Whoever is refused a verb is told what comes first, on its page and for many stories alike."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles import next_step, workflow
from articles.models import Article
from tests.articles.test_workflow_table import bring_to, people  # noqa: F401 (a fixture)
from tests.desk import in_english, text_of, verb_url
from tests.factories import approve_story, make_story, rewrite

CLAIM = "First press “Claim”."
APPROVE = "First press “Approve”."
PUBLISH = "First press “Publish”."
SEND_BACK = "First press “Send back”."
CANCEL = "First press “Cancel the schedule”."
REVIVE = "First press “Revive”."
WRITING = "Its writer has not submitted it yet."
MENDING = "It waits for its writer, who has to mend and submit it."

# By state and verb, what the editor who holds or would hold it is told; of other verbs nothing.
EXPECTED = {
    "draft": dict.fromkeys(
        ("claim", "approve", "approve_and_publish", "send_back", "publish", "schedule", "place"),
        WRITING,
    ),
    "submitted": dict.fromkeys(
        ("approve", "approve_and_publish", "send_back", "publish", "schedule", "place", "spike"),
        CLAIM,
    ),
    "in_review": {
        **dict.fromkeys(("publish", "schedule", "place"), APPROVE),
        "spike": SEND_BACK,
    },
    "approved": {"place": PUBLISH, **dict.fromkeys(("claim", "spike"), SEND_BACK)},
    "sent_back": dict.fromkeys(
        ("claim", "approve", "approve_and_publish", "send_back", "publish", "schedule", "place"),
        MENDING,
    ),
    "scheduled": dict.fromkeys(("claim", "publish", "send_back", "spike"), CANCEL),
    "spiked": dict.fromkeys(
        (
            "claim",
            "approve",
            "approve_and_publish",
            "send_back",
            "publish",
            "schedule",
            "place",
            "spike",
            "update",
        ),
        REVIVE,
    ),
    "live": {},
    "live, in draft": dict.fromkeys(("claim", "approve", "send_back", "update"), WRITING),
    "retracted": {},
}
ASKED = (
    "claim", "approve", "approve_and_publish", "send_back", "publish", "schedule", "place",
    "spike", "update",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english(correspondent, editor, second_editor):
    in_english(correspondent, editor, second_editor)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap)


@pytest.mark.parametrize("state", EXPECTED)
def test_what_comes_first_depends_on_where_the_story_stands(state, people, cilacap):  # noqa: F811
    story = bring_to(state, people, cilacap)
    editor = people["holder"]

    possible = workflow.available(story, editor)
    with translation.override("en"):
        said = {verb: next_step.told(verb, story, editor) for verb in ASKED if verb not in possible}

    expected = {verb: EXPECTED[state].get(verb, "") for verb in ASKED if verb not in possible}
    assert said == expected


def test_whoever_wrote_it_is_told_to_submit_it(editor, cilacap):
    own = make_story(editor, cilacap)

    with translation.override("en"):
        assert next_step.told("claim", own, editor) == "First press “Submit”."


def test_the_page_of_a_refused_verb_leads_to_the_step_before_it(desk_client, editor, in_review):
    page = desk_client(editor).get(verb_url(in_review, "schedule"))

    assert page.status_code == 409
    assert f"the story is “In review”. {APPROVE} Last: Claimed by" in text_of(page)
    offered = {button.verb: button.asks for button in page.context["offered"]}
    # Nobody decides about a text that is not on the page: the step asks on a page of its own.
    assert offered == {
        "send_back": True, "release": False, "approve": True, "approve_and_schedule": True
    }  # fmt: skip


def test_the_step_has_the_text_beside_it_and_is_done_from_there(desk_client, editor, in_review):
    client = desk_client(editor)

    page = client.get(verb_url(in_review, "approve"))
    assert "Deru mesin terdengar lagi di muara." in text_of(page)
    assert "The checks still say:" in text_of(page)
    client.post(
        verb_url(in_review, "approve"), {"version": page.context["form"]["version"].value()}
    )

    assert Article.objects.get().stage == "approved"


def test_a_text_that_changed_meanwhile_is_read_before_any_step(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    approve_story(story, by=correspondent, editor=editor)
    rewrite(story, by=editor, summary="Kedua.")

    later = timezone.localtime(timezone.now() + timedelta(days=1), cilacap.zone)
    when = {"at_date": f"{later:%Y-%m-%d}", "at_time": "06:00"}
    answer = desk_client(editor).post(verb_url(story, "schedule"), {**when, "version": 1})

    assert answer.status_code == 409
    assert "Read it again, then decide." in text_of(answer)
    assert "First press" not in text_of(answer)
    assert "publish" not in {each.verb for each in answer.context["offered"]}
