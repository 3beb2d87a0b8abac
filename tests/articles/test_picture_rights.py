"""Whose a picture is, how long and where it may be used, and whether a machine made it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.refusals import WorkflowError
from articles.story_checks import Text, advice_for, demands_not_met
from tests.factories import approve_story, make_picture, make_story, publish_story


def today(bureau):
    return timezone.now().astimezone(bureau.zone).date()


def names(checks) -> set[str]:
    return {check.name for check in checks} & {"right_over", "right_ending", "not_shared"}


@pytest.mark.parametrize(
    ("days", "demands", "advice"),
    [
        (None, set(), set()),
        (30, set(), set()),
        (7, set(), {"right_ending"}),
        (0, set(), {"right_ending"}),
        (-1, {"right_over"}, set()),
    ],
)
def test_a_right_warns_before_it_ends_and_blocks_after(
    correspondent, cilacap, days, demands, advice
):
    until = today(cilacap) + timedelta(days=days) if days is not None else None
    story = make_story(correspondent, cilacap, picture=make_picture(cilacap, usable_until=until))
    text = Text.of(story)
    assert (names(demands_not_met(text)), names(advice_for(text))) == (demands, advice)


def test_a_story_whose_picture_may_not_be_used_any_more_is_not_published(
    correspondent, editor, cilacap
):
    picture = make_picture(cilacap)
    story = make_story(correspondent, cilacap, picture=picture)
    approve_story(story, by=correspondent, editor=editor)
    picture.usable_until = today(cilacap) - timedelta(days=1)
    picture.save()
    with pytest.raises(WorkflowError):
        workflow.publish(story, by=editor)


@pytest.mark.parametrize(
    ("shared", "demands"),
    [({}, {"not_shared"}), ({"is_for_all": True}, set()), ({"with": True}, set())],
)
def test_another_bureaus_picture_is_published_only_when_it_is_shared(
    correspondent, cilacap, makassar, shared, demands
):
    more = {"shared_with": [cilacap.pk]} if shared.pop("with", False) else shared
    story = make_story(correspondent, cilacap, picture=make_picture(makassar, **more))
    assert names(demands_not_met(Text.of(story))) == demands


@pytest.mark.parametrize(
    ("path", "label"),
    [("", "Dibuat dengan AI"), ("/en", "Made with AI"), ("/teks", "Dibuat dengan AI")],
)
def test_readers_are_told_beside_the_credit_that_a_machine_made_a_picture(
    reader, correspondent, editor, cilacap, path, label
):
    edition = publish_story(
        correspondent, editor, cilacap, picture=make_picture(cilacap, ai="made")
    )
    html = reader("cilacap").get(f"{path}{edition.address.path}").content.decode()
    caption = html[html.index("<figcaption") : html.index("</figcaption>")]
    assert caption.index("Danu Prasetya") < caption.index(label)


def test_a_photograph_bears_no_such_label(reader, correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    html = reader("cilacap").get(edition.address.path).content.decode()
    assert "figure__ai" not in html
