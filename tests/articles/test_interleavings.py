"""Two people at one story, in any order: nothing is overwritten unseen, the log tells it all.

``INTERLEAVING=4711 pytest -m soak tests/articles/test_interleavings.py -k one_more`` repeats one
by its number.
"""

import os
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction

from articles import publication, workflow
from articles.models import Edition
from articles.publication import as_of
from tests.articles.test_concurrency import at_once
from tests.articles.two_people import Person, World
from tests.desk import change_url, form_data
from tests.factories import approve_story, make_story, rewrite

# Every so many, all the way through a browser's request: sessions, middleware and drawn pages
# take most of its time and none of the decisions.
BY_BROWSER = 20


@pytest.fixture
def play(
    correspondent, editor, second_editor, network_editor, cilacap, makassar, desk_client
):  # fmt: skip
    """Play interleavings by their numbers, each from the same beginnings, and count."""
    began = publication.database_now()
    pairs = [(correspondent, editor), (editor, second_editor), (editor, network_editor)]
    clients = {user.pk: desk_client(user) for pair in pairs for user in pair}
    with as_of(began):
        stories = list(_beginnings(correspondent, editor, cilacap))

    def one(number: int) -> World:
        users = pairs[number % len(pairs)]
        is_by_browser = number % BY_BROWSER == 0
        people = [Person(user, clients[user.pk] if is_by_browser else None) for user in users]
        # A day on, so that the real clock cannot overtake the one of the story.
        now = began + timedelta(days=1)
        story = stories[number // len(pairs) % len(stories)]
        return World(number, story, people, now, makassar)

    def play(numbers: range) -> str:
        counts: Counter = Counter()
        for number in numbers:
            with transaction.atomic():
                world = one(number)
                try:
                    world.run()
                    connection.check_constraints()
                except Exception as error:
                    steps = "\n  ".join(world.done)
                    pytest.fail(f"interleaving {number}: {error!r}\n  {steps}", pytrace=False)
                transaction.set_rollback(True)
            counts.update(world.counts, steps=len(world.done))
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        return f"interleavings {numbers.start}–{numbers.stop - 1}: 0 violations ({told})"

    return play


def _beginnings(correspondent, editor, bureau):
    yield make_story(correspondent, bureau)
    in_review = make_story(correspondent, bureau)
    workflow.submit(in_review, by=correspondent)
    yield workflow.claim(in_review, by=editor)
    yield approve_story(make_story(correspondent, bureau), by=correspondent, editor=editor)
    live = approve_story(make_story(correspondent, bureau), by=correspondent, editor=editor)
    yield workflow.publish(live, by=editor).article
    again = approve_story(make_story(correspondent, bureau), by=correspondent, editor=editor)
    workflow.publish(again, by=editor)
    rewrite(again, by=correspondent, headline="Judul kedua")
    yield approve_story(again, by=correspondent, editor=editor)


@pytest.mark.parametrize("part", range(4))
def test_some_random_interleavings_of_two_people(play, part):
    print(play(range(20 * part, 20 * part + 20)))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(40))
def test_ten_thousand_random_interleavings_of_two_people(play, part):
    print(play(range(250 * part, 250 * part + 250)))


@pytest.mark.soak
def test_one_more_interleaving_that_nobody_has_tried_or_one_by_its_number(play):
    number = int(os.environ.get("INTERLEAVING") or Random().randrange(10_000, 10**9))
    print(play(range(number, number + 1)))


# At the very same moment, in two connections


def saving(browser, story, **typed):
    url, data = change_url(story), form_data(story, **typed)
    return lambda: browser.post(url, data)


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_save_at_once_never_approve_the_unread_text(
    desk_client, correspondent, editor, second_editor, cilacap
):
    for turn in range(4):
        story = make_story(correspondent, cilacap)
        workflow.submit(story, by=correspondent)
        workflow.claim(story, by=editor)
        story.refresh_from_db()
        save = saving(desk_client(second_editor), story, headline=f"Judul kedua {turn}")

        at_once(
            lambda story=story: workflow.approve(story, by=editor, version=1),
            save,
        )

        story.refresh_from_db()
        verbs = list(story.events.order_by("id").values_list("verb", flat=True))[2:]
        assert (story.version, story.headline) == (2, f"Judul kedua {turn}")
        assert (story.stage, verbs) in [("draft", ["approve", "reopen"]), ("in_review", [])]


@pytest.mark.django_db(transaction=True)
def test_a_publication_and_a_save_at_once_show_readers_the_approved_text(
    desk_client, correspondent, editor, second_editor, cilacap
):
    for turn in range(4):
        story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
        save = saving(desk_client(second_editor), story, headline=f"Judul kedua {turn}")

        at_once(
            lambda story=story: workflow.publish(story, by=editor, version=1),
            save,
        )

        story.refresh_from_db()
        assert (story.version, story.stage, story.approved_by) == (2, "draft", None)
        versions = Edition.objects.filter(article=story).values_list("version", flat=True)
        assert list(versions) in ([], [1])
        assert story.edition_version in (None, 1)
