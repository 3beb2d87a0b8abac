"""The lists that readers see: order, limits, and until when they hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import listings, workflow
from tests.factories import approve_story, make_story, publish_next, publish_story, rewrite


@pytest.fixture
def scheduled(correspondent, editor, cilacap):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    return workflow.schedule(story, by=editor, at=timezone.now() + timedelta(hours=1))


def test_lists_are_in_the_order_of_first_publication_and_as_long_as_asked(
    correspondent, editor, cilacap
):
    first, second, third = (publish_story(correspondent, editor, cilacap) for _ in range(3))
    newer = publish_next(first.article, by=correspondent, editor=editor, headline="Lagi")
    lists = listings.newest({"network": 10, listings.of_bureau(cilacap.pk): 2})
    assert [line.edition for line in lists["network"]] == [third, second, newer]
    assert [line.edition for line in lists[f"bureau:{cilacap.pk}"]] == [third, second]


@pytest.mark.parametrize("new", [1, 3])
def test_lists_are_read_in_one_query_and_one_more_for_lines_that_are_new(
    correspondent, editor, cilacap, new
):
    publish_story(correspondent, editor, cilacap)
    listings.newest({"network": 9})
    for _ in range(new):
        publish_story(correspondent, editor, cilacap)
    for number in (2, 1):
        with CaptureQueriesContext(connection) as queries:
            for line in listings.newest({"network": 9})["network"]:
                str((line.edition.bureau.network, line.edition.section, line.edition.picture))
                line.edition.address.get_absolute_url()
        assert len(queries) == number


def test_a_list_holds_until_something_on_it_begins(correspondent, editor, cilacap, scheduled):
    publish_story(correspondent, editor, cilacap)
    assert listings.newest({"network": 10}).holds_until == scheduled.live.lower


def test_an_empty_list_holds_until_its_first_story_begins(scheduled):
    lists = listings.newest({"network": 10})
    assert (lists["network"], lists.holds_until) == ([], scheduled.live.lower)


def test_a_list_holds_until_an_edition_on_it_is_replaced(correspondent, editor, cilacap):
    story = publish_story(correspondent, editor, cilacap).article
    assert listings.newest({"network": 10}).holds_until is None
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    at = timezone.now() + timedelta(hours=2)
    workflow.update(story, by=editor, at=at)
    assert listings.newest({"network": 10}).holds_until == at


def test_the_stories_of_a_closed_bureau_stay_on_the_networks_lists(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap)
    type(cilacap).objects.update(is_open=False)
    line = listings.newest({"network": 10})["network"][0]
    day = edition.address.date.strftime("%Y/%m/%d")
    assert line.url == f"http://bentara.test/dari/cilacap/{day}/{edition.address.slug}"


def test_a_placement_that_begins_after_the_edition_ends_waits_for_the_next(
    correspondent, editor, cilacap, makassar
):
    story = publish_story(correspondent, editor, cilacap).article
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(hours=1))
    workflow.place(story, by=editor, bureau=makassar, at=timezone.now() + timedelta(hours=2))
    lines = story.listings.filter(list=listings.of_bureau(makassar.pk))
    assert [line.edition.number for line in lines] == [2]
