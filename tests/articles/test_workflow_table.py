"""Who may do which verb in which stage, against a table written by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Stage
from articles.verbs import VERBS
from tests.factories import (
    approve_story,
    make_author,
    make_story,
    make_user,
    rewrite,
)

# Rows: the state of the story. Columns: who looks at it. In each cell what they may do.
# "writer" is the reporter who wrote it, "colleague" another reporter of the bureau, "holder" the
# editor who claimed it (or would), "second" another editor of the bureau, "network" the network
# editor; everybody else has nothing at all.
EXPECTED = {
    "draft": {
        "writer": "submit discard",
        "holder": "submit spike",
        "second": "submit spike",
        "network": "submit spike",
    },
    "submitted": {
        "writer": "withdraw",
        "holder": "claim",
        "second": "claim",
        "network": "claim",
    },
    "in_review": {
        "holder": "release send_back approve approve_and_publish approve_and_schedule",
        "second": "take_over",
        "network": "take_over",
    },
    "sent_back": {
        "writer": "submit",
        "holder": "submit spike",
        "second": "submit spike",
        "network": "submit spike",
    },
    "approved": {
        "holder": "send_back publish schedule reopen",
        "second": "send_back publish schedule",
        "network": "send_back publish schedule",
    },
    "scheduled": {
        "holder": "schedule unschedule reopen",
        "second": "schedule unschedule",
        "network": "schedule unschedule",
    },
    "live": {
        "holder": "reopen retract place",
        "second": "retract place",
        "network": "backdate retract place",
    },
    "live, text approved again": {
        "holder": "send_back update correct reopen retract place",
        "second": "send_back update correct retract place",
        "network": "send_back update correct backdate retract place",
    },
    "live, in draft": {
        "writer": "submit",
        "holder": "submit retract place",
        "second": "submit retract place",
        "network": "submit backdate retract place",
    },
    "retraction asked": {
        "holder": "reopen decline_retraction place",
        "second": "confirm_retraction decline_retraction place",
        "network": "backdate confirm_retraction decline_retraction place",
    },
    "retracted": {},
    "spiked": {"holder": "revive", "second": "revive", "network": "revive"},
    "discarded": {},
}


@pytest.fixture
def people(correspondent, editor, second_editor, network_editor, other_editor, outsider, cilacap):
    colleague = make_user("galih", ("reporter", cilacap), name="Galih Santoso")
    make_author("Galih Santoso", bureau=cilacap, user=colleague)
    return {
        "writer": correspondent,
        "colleague": colleague,
        "holder": editor,
        "second": second_editor,
        "network": network_editor,
        "elsewhere": other_editor,
        "outsider": outsider,
        "photo": make_user("danu", ("photo_editor", None)),
        "administrator": make_user("tata", ("administrator", None), is_superuser=True),
    }


def bring_to(state: str, people, bureau) -> Article:
    writer, holder, second = people["writer"], people["holder"], people["second"]
    story = make_story(writer, bureau)
    match state:
        case "submitted":
            workflow.submit(story, by=writer)
        case "in_review" | "sent_back":
            workflow.submit(story, by=writer)
            workflow.claim(story, by=holder)
            if state == "sent_back":
                workflow.send_back(story, by=holder, reason="Belum ada suara dinas.")
        case "approved":
            approve_story(story, by=writer, editor=holder)
        case "scheduled":
            approve_story(story, by=writer, editor=holder)
            workflow.schedule(story, by=holder, at=timezone.now() + timedelta(hours=1))
        case "spiked":
            workflow.spike(story, by=holder, reason="Kabar yang tidak terbukti.")
        case "discarded":
            workflow.discard(story, by=writer)
        case "draft":
            pass
        case _:
            approve_story(story, by=writer, editor=holder)
            workflow.publish(story, by=holder)
    match state:
        case "live, in draft":
            rewrite(story, by=writer, headline="Judul yang lain")
        case "live, text approved again":
            rewrite(story, by=writer, headline="Judul yang lain")
            approve_story(story, by=writer, editor=holder)
        case "retraction asked" | "retracted":
            workflow.retract(story, by=holder, ground="factual", reason="Faktanya keliru.")
            if state == "retracted":
                workflow.confirm_retraction(story, by=second)
    return Article.objects.get(pk=story.pk)


@pytest.mark.parametrize("state", EXPECTED)
def test_each_person_is_offered_exactly_the_verbs_of_the_table(state, people, cilacap):
    story = bring_to(state, people, cilacap)
    offered = {
        name: " ".join(workflow.available(story, user))
        for name, user in people.items()
        if workflow.available(story, user)
    }
    assert offered == EXPECTED[state]


# What the verbs are told, where they ask for something.
TOLD = {
    "send_back": {"reason": "x"},
    "spike": {"reason": "x"},
    "decline_retraction": {"reason": "x"},
    "retract": {"ground": "factual", "reason": "x"},
    "correct": {"notice": "x"},
}


def attempt_what_is_not_granted(state, people, cilacap, makassar, *, is_tried) -> int:
    """Try verbs that the table does not grant; the number of tries, each of them refused."""
    story = bring_to(state, people, cilacap)
    told = TOLD | {
        "schedule": {"at": timezone.now() + timedelta(hours=2)},
        "approve_and_schedule": {"at": timezone.now() + timedelta(hours=2)},
        "backdate": {"printed_at": timezone.now() - timedelta(days=9), "reason": "x"},
        "place": {"bureau": makassar},
        "unplace": {"bureau": makassar},
    }
    before = Article.objects.values().get(pk=story.pk)
    events = story.events.count()
    tried, carried_out = 0, []
    for row, (name, user) in enumerate(people.items()):
        granted = EXPECTED[state].get(name, "").split()
        for column, verb in enumerate(VERBS):
            elsewhere = verb in ("place", "unplace") and name == "elsewhere"
            if verb in granted or elsewhere or not is_tried(row, column):
                continue
            tried += 1
            try:
                getattr(workflow, verb)(story, by=user, **told.get(verb, {}))
            except workflow.WorkflowError:
                continue
            carried_out.append((name, verb))
    assert carried_out == []
    assert Article.objects.values().get(pk=story.pk) == before
    assert story.events.count() == events
    return tried


@pytest.mark.parametrize("state", EXPECTED)
def test_what_the_table_does_not_grant_is_refused_and_changes_nothing(
    state, people, cilacap, makassar
):
    # A sample that holds every person and every verb; all of them are tried by make soak.
    shift = list(EXPECTED).index(state)
    attempt_what_is_not_granted(
        state,
        people,
        cilacap,
        makassar,
        is_tried=lambda row, column: (row + column + shift) % 9 == 0,
    )


@pytest.mark.soak
@pytest.mark.parametrize("state", EXPECTED)
def test_nothing_that_the_table_does_not_grant_is_ever_done(state, people, cilacap, makassar):
    tried = attempt_what_is_not_granted(
        state, people, cilacap, makassar, is_tried=lambda row, column: True
    )
    print(f"{state}: {tried} verbs refused, 0 carried out")


def test_every_verb_of_the_table_is_a_function_of_the_workflow():
    assert [verb for verb in VERBS if not callable(getattr(workflow, verb, None))] == []


def test_no_other_module_writes_a_stage():
    import ast
    from pathlib import Path

    writers = set()
    for path in Path(workflow.__file__).parents[2].glob("[abn]*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "stage":
                    writers.add(path.name)
    assert writers == {"acting.py"}
    assert Article._meta.get_field("stage").default == Stage.DRAFT
