"""kill -9 in the middle of publishing: the whole edition with its lines and event, or nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from articles import record
from articles.models import Article, Edition, Event, Listing
from tests.factories import make_story

pytestmark = pytest.mark.django_db(transaction=True)
WRITER = Path(__file__).with_name("_publish_for_ever.py")


def assert_whole(story_pk: int) -> None:
    story = Article.objects.get(pk=story_pk)
    editions = list(story.editions.order_by("number"))
    assert [edition.number for edition in editions] == list(range(1, len(editions) + 1))
    published = Event.objects.filter(verb__in=["publish", "update"], article=story)
    assert sorted(published.values_list("edition", flat=True)) == [e.pk for e in editions]
    for edition in editions:
        assert Listing.objects.filter(edition=edition).count() == 6
    assert Edition.objects.live().filter(article=story).count() == 1
    assert story.addresses.filter(is_current=True).count() == 1
    assert list(record.faults(story)) == []


def kill_and_look(story_pk: int, rng: random.Random) -> None:
    process = subprocess.Popen(
        [sys.executable, WRITER, connection.settings_dict["NAME"], str(story_pk)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
    )
    try:
        # At least one edition more, however busy the machine is; then at any instant of the next.
        for _edition in range(rng.randint(1, 3)):
            assert process.stdout.readline() == b"published\n"
        time.sleep(rng.uniform(0.0, 0.2))
        assert process.poll() is None, "it ended by itself, before it was killed"
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    # The server notices the broken connection and rolls back; wait until it has.
    while _other_connections():
        time.sleep(0.01)
    assert_whole(story_pk)


def _other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_a_publication_that_is_killed_happened_or_did_not(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    rng = random.Random(1)
    for _round in range(3):
        kill_and_look(story.pk, rng)
    assert story.editions.count() > 3


@pytest.mark.soak
def test_fifty_kills_leave_no_torn_edition(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    rng = random.Random(2)
    for _round in range(50):
        kill_and_look(story.pk, rng)
    assert story.editions.count() > 50
    print(f"50 kills, {story.editions.count()} editions whole")
