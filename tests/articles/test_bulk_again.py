"""A verb for many stories: what is so already is no refusal, what was refused stays ticked."""

import re

import pytest

from articles import workflow
from articles.models import Event
from tests.articles.test_bulk import BULK, lines_of, ticked
from tests.desk import in_english, messages_of, text_of
from tests.factories import approve_story, make_live, make_story, rewrite

LIST = "/articles/article/?tab=submitted"


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def waiting(correspondent, cilacap):
    def waiting(count: int):
        stories = [make_story(correspondent, cilacap) for _ in range(count)]
        return [workflow.submit(story, by=correspondent) for story in stories]

    return waiting


def said(client, *sent) -> list[str]:
    return messages_of(client, client.post(BULK, ticked(*sent)))


def test_a_story_that_is_with_the_editor_already_is_not_refused(desk_client, editor, waiting):
    mine, free = waiting(2)
    workflow.claim(mine, by=editor)

    client = desk_client(editor)

    assert said(client, "claim", mine, free) == ["Claim: 1 of 2 stories. 1 already with you."]
    assert said(client, "claim", mine) == ["Claim: 0 of 1 story. 1 already with you."]


def test_what_is_already_so_is_told_for_each_verb(
    desk_client, editor, correspondent, cilacap, waiting
):
    approved, back, free = waiting(3)
    for story in (approved, back):
        workflow.claim(story, by=editor)
    workflow.approve(approved, by=editor)
    workflow.send_back(back, by=editor, reason="Belum ada suara dinas.")
    live = make_live(correspondent, cilacap, editor=editor).article
    client = desk_client(editor)

    assert said(client, "approve", approved) == ["Approve: 0 of 1 story. 1 already approved."]
    assert said(client, "release", free) == ["Release: 0 of 1 story. 1 already with nobody."]
    assert said(client, "submit", free) == ["Submit: 0 of 1 story. 1 already submitted."]
    asked = client.post(BULK, ticked("send_back", back))
    assert lines_of(asked) == [(False, "Already sent back.")]
    asked = client.post(BULK, ticked("publish", live, approved))
    assert lines_of(asked) == [(False, "Already published."), (True, "")]
    assert "would refuse" not in text_of(asked)


def test_another_editors_story_and_another_text_are_refused_as_before(
    desk_client, editor, second_editor, correspondent, cilacap, waiting
):
    (theirs,) = waiting(1)
    workflow.claim(theirs, by=second_editor)
    approved = make_story(correspondent, cilacap)
    approve_story(approved, by=correspondent, editor=editor)
    listed = ticked("approve", approved)
    rewrite(approved, by=editor, headline="Baru, dan disetujui lagi")
    client = desk_client(editor)

    (claimed,) = said(client, "claim", theirs)
    (unread,) = messages_of(client, client.post(BULK, listed))

    assert "One was refused" in claimed
    # The approval that is there is of another text than the list had shown.
    assert "One was refused" in unread


def test_the_state_of_a_refused_story_says_what_to_do(
    desk_client, editor, correspondent, cilacap, waiting
):
    back, draft = waiting(1)[0], make_story(correspondent, cilacap)
    workflow.claim(back, by=editor)
    workflow.send_back(back, by=editor, reason="Belum ada suara dinas.")

    (told,) = said(desk_client(editor), "claim", back, draft)

    assert "“Sent back”. It waits for its writer, who has to mend and submit it." in told
    assert "“Draft”. Its writer has not submitted it yet." in told


def ticks(page) -> list[int]:
    """The numbers of the stories that are ticked in a list."""
    boxes = re.findall(r'<input type="checkbox" name="story"[^>]*>', page.content.decode())
    return [int(re.search(r'value="(\d+)', box)[1]) for box in boxes if " checked" in box]


def test_what_was_refused_stays_ticked_for_the_step_that_comes_first(desk_client, editor, waiting):
    mine, *free = waiting(3)
    workflow.claim(mine, by=editor)
    client = desk_client(editor)

    answer = client.post(BULK, ticked("approve", mine, *free))
    page = client.get(answer["Location"])

    assert sorted(ticks(page)) == [story.pk for story in free]
    assert ticks(client.get(LIST)) == []  # once

    client.post(BULK, ticked("claim", *free))
    client.post(BULK, ticked("approve", *free))
    assert Event.objects.filter(verb="approve").count() == 3


def test_nothing_stays_ticked_that_has_to_be_read_first_or_needs_nothing(
    desk_client, editor, waiting
):
    mine, changed = waiting(2)
    for story in (mine, changed):
        workflow.claim(story, by=editor)
    listed = ticked("approve", mine, changed, back="?tab=desk")
    rewrite(changed, by=editor, headline="Diam-diam diganti")
    client = desk_client(editor)

    (said,) = messages_of(client, answer := client.post(BULK, listed))
    assert "has been changed since you opened it" in said
    client.post(BULK, listed)
    assert ticks(client.get(answer["Location"])) == []
