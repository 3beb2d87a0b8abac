"""Two web servers on one database: what one commits, readers of the other see at once."""

import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from articles import workflow
from bureaus.models import Network
from newsroom.eviction import evict
from tests.factories import approve_story, make_story, publish_correction, publish_story
from tests.newsroom.processes import wait_until
from tests.newsroom.served import Server, cut, environment, listeners, seconds_until
from tests.newsroom.test_run_command import free_port

pytestmark = pytest.mark.django_db(transaction=True)
CILACAP = "cilacap.bentara.test"


@pytest.fixture(scope="module")
def started(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        given = environment()
        # Its row goes with the first test of another module; without it no page can be drawn.
        Network.objects.get_or_create(pk=1)
    with Server(free_port(), **given) as first, Server(free_port(), **given) as second:
        yield [first, second]


@pytest.fixture
def servers(started, cilacap):
    assert wait_until(lambda: len(listeners()) == 2)
    with transaction.atomic():
        evict("network")  # all pages: those of the test before show stories that are gone
    return started


def shows(server, path, words) -> bool:
    return words in server.get(path, CILACAP).content.decode()


def test_a_commit_is_seen_on_every_server_within_a_tenth_of_a_second(
    servers, correspondent, editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap)
    path, longest = story.address.path, 0.0
    for number in range(5):
        for server in servers:
            assert shows(server, path, story.headline)
        story = publish_correction(story, headline=f"Yang benar {number} kapal")
        for server in servers:
            longest = max(longest, seconds_until(partial(shows, server, path, story.headline)))
            assert shows(server, "/", story.headline)
    # A render of the article is in it, and the machine may be busy with other tests.
    assert longest < 1.0


def test_a_listener_that_was_cut_off_serves_nothing_stale_and_comes_back(
    servers, correspondent, editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap)
    path = story.address.path
    for server in servers:
        server.get(path, CILACAP)
    old = listeners()
    cut(old)
    story = publish_correction(story, headline="Yang benar 409 kapal")
    time.sleep(0.1)
    for server in servers:
        answer = server.get(path, CILACAP)
        assert "Yang benar 409 kapal" in answer.content.decode()
        assert "X-Cache" not in answer.headers
    assert wait_until(lambda: len(set(listeners()) - set(old)) == 2)


def test_nothing_is_told_of_what_was_rolled_back(servers, correspondent, editor, cilacap):
    story = publish_story(correspondent, editor, cilacap)
    first = servers[0].get(story.address.path, CILACAP)

    with transaction.atomic():
        evict(f"article:{story.article_id}")
        transaction.set_rollback(True)
    time.sleep(0.3)
    again = servers[0].get(story.address.path, CILACAP)
    assert again.headers["Etag"] == first.headers["Etag"]


def test_a_scheduled_story_appears_on_time_though_the_front_was_read_before(
    servers, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap)
    story = make_story(correspondent, cilacap, headline="Tepat pada waktunya")
    approve_story(story, by=correspondent, editor=editor)
    start = timezone.now() + timedelta(seconds=5)
    edition = workflow.schedule(story, by=editor, at=start)
    pages = ["/", edition.address.path]
    looked = 0
    while timezone.now() < start:
        for server in servers:
            too_soon = shows(server, "/", story.headline), shows(server, pages[1], story.headline)
            if timezone.now() < start:
                assert too_soon == (False, False)
                looked += 1
        time.sleep(0.1)
    assert looked
    time.sleep(max(0.0, (start - timezone.now()).total_seconds()) + 0.05)
    for server in servers:
        for path in pages:
            assert story.headline in server.get(path, CILACAP).content.decode()
