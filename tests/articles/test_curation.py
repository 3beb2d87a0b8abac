"""What editors hold at the top of a front: who decides, which stories, and two at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from articles import curation, workflow
from articles.curation import MOST_PINS, Hold, OrderChanged
from articles.dates import stamp_in_words
from articles.models import Article, Event, Pin
from articles.outcomes import logged
from articles.refusals import BadRequest, NotAllowed, NotNow
from tests.factories import (
    approve_story,
    make_bureau,
    make_live,
    make_story,
    make_user,
)


def later(**span):
    return timezone.now() + timedelta(**span or {"hours": 6})


@pytest.fixture
def arrange(editor):
    """Save an order on top of the one that stands: ``arrange(bureau, 12, 15)``."""

    def arrange(bureau, *articles, by=editor, until=None, version=None):
        holds = [
            hold if isinstance(hold, Hold) else Hold(hold, until or later()) for hold in articles
        ]
        if version is None:
            version = curation.version_of(curation.pins_of(bureau))
        return curation.arrange(bureau, holds, by=by, version=version)

    return arrange


@pytest.fixture
def live(correspondent, cilacap):
    def live(**more) -> int:
        return make_live(correspondent, cilacap, **more).article_id

    return live


def order(bureau) -> list[int]:
    return [pin.article_id for pin in curation.pins_of(bureau)]


# Whose front: the network's, Cilacap's, Makassar's.
FRONTS = {
    "correspondent":  (False, False, False),
    "editor":         (False, True,  False),
    "other_editor":   (False, False, True),
    "network_editor": (True,  True,  True),
    "photo_editor":   (False, False, False),
    "administrator":  (False, False, False),
    "outsider":       (False, False, False),
}  # fmt: skip


@pytest.mark.parametrize("who", FRONTS)
def test_who_decides_about_which_front(request, arrange, cilacap, makassar, who):
    user = request.getfixturevalue(who)
    fronts = (None, cilacap, makassar)

    assert tuple(curation.may_curate(user, front) for front in fronts) == FRONTS[who]
    assert curation.curated_by(user) == [
        front for front, may in zip(fronts, FRONTS[who], strict=True) if may
    ]
    for front, may in zip(fronts, FRONTS[who], strict=True):
        if not may:
            with pytest.raises(NotAllowed):
                arrange(front, by=user)
        else:
            assert arrange(front, by=user) == []


def test_an_order_is_kept_with_who_and_until_when(arrange, live, cilacap, editor):
    first, second = live(), live()
    until = later(days=1)

    arrange(cilacap, second, first, until=until)

    assert list(Pin.objects.values_list("bureau", "article", "position", "until", "pinned_by")) == [
        (cilacap.pk, second, 1, until, editor.pk),
        (cilacap.pk, first, 2, until, editor.pk),
    ]


@pytest.mark.parametrize(
    "state", ["draft", "approved", "scheduled", "elsewhere", "placement to come", "retracted"]
)
def test_only_a_story_that_readers_find_on_the_front_is_pinned(
    state, arrange, cilacap, makassar, correspondent, editor, other_editor, network_editor
):
    story = make_story(correspondent, cilacap)
    front, by = (cilacap, editor)
    if state != "draft":
        approve_story(story, by=correspondent, editor=editor)
    if state == "scheduled":
        workflow.schedule(story, by=editor, at=later())
    if state in ("elsewhere", "placement to come", "retracted"):
        workflow.publish(story, by=editor)
    if state == "elsewhere":
        front, by = makassar, other_editor
    if state == "placement to come":
        front, by = makassar, other_editor
        workflow.place(story, by=other_editor, bureau=makassar, at=later())
    if state == "retracted":
        workflow.retract(story, by=editor, ground="factual", reason="Keliru.")
        workflow.confirm_retraction(story, by=network_editor)

    with pytest.raises(BadRequest) as refused:
        arrange(front, story.pk, by=by)

    assert refused.value.field == str(story.pk)
    assert not Pin.objects.exists()
    assert not Event.objects.filter(verb="pin").exists()


def test_a_story_that_another_bureau_runs_is_pinned_there(arrange, live, makassar, other_editor):
    story = live()
    workflow.place(Article.objects.get(pk=story), by=other_editor, bureau=makassar)

    arrange(makassar, story, by=other_editor)

    assert order(makassar) == [story]


def test_what_somebody_has_paid_for_is_not_pinned(arrange, live, cilacap, makassar, other_editor):
    news, paid = live(), live(paid=True)
    workflow.place(Article.objects.get(pk=paid), by=other_editor, bureau=makassar)

    for front, by in ((cilacap, {}), (makassar, {"by": other_editor})):
        with pytest.raises(BadRequest, match="Konten berbayar") as refused:
            arrange(front, paid, **by)
        assert refused.value.field == str(paid)
    with pytest.raises(BadRequest, match="Konten berbayar"):
        arrange(cilacap, news, paid)

    assert not Pin.objects.exists()


def test_a_front_holds_eight(arrange, live, cilacap):
    stories = [live() for _number in range(MOST_PINS + 1)]

    with pytest.raises(BadRequest):
        arrange(cilacap, *stories)
    arrange(cilacap, *stories[:MOST_PINS])

    assert order(cilacap) == stories[:MOST_PINS]


@pytest.mark.parametrize("until", [timedelta(seconds=-1), timedelta(days=32)])
def test_a_time_that_has_passed_or_lies_far_off_is_refused(arrange, live, cilacap, until):
    with pytest.raises(BadRequest):
        arrange(cilacap, live(), until=timezone.now() + until)


def test_a_story_stands_once(arrange, live, cilacap):
    story = live()

    with pytest.raises(BadRequest):
        arrange(cilacap, story, story)


def test_the_front_of_a_bureau_that_is_not_open_has_no_order(arrange, network_editor):
    bureau = make_bureau("bima", is_open=False)

    with pytest.raises(NotNow):
        arrange(bureau, by=network_editor)


def test_what_has_ended_goes_with_the_next_order_and_is_no_event(arrange, live, cilacap):
    old, new = live(), live()
    arrange(cilacap, old)
    Pin.objects.update(until=timezone.now() - timedelta(minutes=1))

    arrange(cilacap, new)

    assert order(cilacap) == [new]
    assert [event.verb for event in Event.objects.filter(article=old, verb__contains="pin")] == [
        "pin"
    ]


def test_every_change_is_written_to_the_log_of_its_story_and_of_no_other(
    arrange, live, cilacap, network_editor
):
    first, second, third = live(), live(), live()
    until = later(days=1)
    arrange(cilacap, first, second, third, until=until)
    start = Event.objects.latest("id").pk
    kept = [Hold(story, until) for story in (third, first)]

    arrange(cilacap, *kept, by=network_editor)

    events = Event.objects.filter(id__gt=start).order_by("article_id")
    assert [(event.article_id, event.verb, event.by) for event in events] == [
        (second, "unpin", network_editor),
        (third, "pin", network_editor),
    ]


def test_an_order_saved_again_as_it_is_is_no_event(arrange, live, cilacap):
    story, until = live(), later()
    arrange(cilacap, story, until=until)
    count = Event.objects.count()

    arrange(cilacap, story, until=until)

    assert Event.objects.count() == count


def test_the_log_says_it_in_words(arrange, live, cilacap, network_editor):
    story, until = live(), later(days=2)
    arrange(cilacap, story, until=until)
    arrange(None, story, until=until, by=network_editor)
    arrange(cilacap)

    events = Event.objects.filter(article=story).order_by("-id")[:3]
    with translation.override("en"):
        stamp = stamp_in_words(until, cilacap)
        assert [logged(event) for event in events] == [
            "Taken off the front of Cilacap by Wening Kusumastuti",
            f"Pinned to the front of the network by Retno Wijayanti, until {stamp}",
            f"Pinned to the front of Cilacap by Wening Kusumastuti, until {stamp}",
        ]


def test_an_order_upon_one_that_was_changed_is_refused_and_tells_who(
    arrange, live, cilacap, second_editor
):
    first, second = live(), live()
    seen = curation.version_of(curation.pins_of(cilacap))
    arrange(cilacap, first, by=second_editor)

    with pytest.raises(OrderChanged) as refused:
        arrange(cilacap, second, version=seen)

    assert refused.value.event.by == second_editor
    assert order(cilacap) == [first]


def test_who_took_the_last_story_out_is_told_to_whoever_still_had_it(
    arrange, live, cilacap, second_editor
):
    story = live()
    arrange(cilacap, story)
    seen = curation.version_of(curation.pins_of(cilacap))
    arrange(cilacap, by=second_editor)

    with pytest.raises(OrderChanged) as refused:
        arrange(cilacap, story, version=seen)

    assert (refused.value.event.verb, refused.value.event.by) == ("unpin", second_editor)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(
    arrange, live, cilacap, editor, second_editor, network_editor
):
    stories = [live() for _number in range(3)]
    people = (editor, second_editor, network_editor)
    seen = curation.version_of(curation.pins_of(cilacap))
    start, outcomes = threading.Barrier(len(people)), []

    def save(story, person):
        start.wait()
        try:
            arrange(cilacap, story, by=person, version=seen)
            outcomes.append(story)
        except OrderChanged:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=pair) for pair in zip(stories, people, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes, key=str).count(None) == 2
    assert order(cilacap) == [story for story in outcomes if story]


def test_another_bureaus_draft_is_not_named_in_the_refusal(arrange, makassar, cilacap):
    stranger = make_user("asing", ("reporter", makassar))
    draft = make_story(stranger, makassar, headline="Rahasia dapur")

    with pytest.raises(BadRequest) as refused:
        arrange(cilacap, draft.pk)

    assert "Rahasia" not in str(refused.value)
