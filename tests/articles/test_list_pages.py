"""Paging through a list, whatever was published meanwhile; what is pinned to a front."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import listings, publication, workflow
from articles.models import Pin
from tests.factories import publish_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(correspondent, editor, cilacap):
    """Seven, the newest first; the third and fourth were published at the same instant."""
    editions = [publish_story(correspondent, editor, cilacap) for _number in range(7)][::-1]
    moment = editions[2].first_published
    for line in editions[3].listings.all():
        line.first_published = moment
        line.save()
    return [edition.article_id for edition in editions]


def ids(page):
    return [line.article_id for line in page.lines]


def test_a_list_is_read_page_by_page_and_back_again(stories):
    first = listings.page("network", 3)
    second = listings.page("network", 3, before=first.older)
    third = listings.page("network", 3, before=second.older)
    assert ids(first) + ids(second) + ids(third) == stories
    assert (first.newer, third.older) == (None, None)
    back = listings.page("network", 3, after=third.newer)
    assert (ids(back), ids(listings.page("network", 3, after=back.newer))) == (
        ids(second),
        ids(first),
    )
    assert listings.page("network", 3, after=back.newer).newer is None


def test_a_page_knows_when_all_that_is_newer_stands_on_the_first(stories):
    first = listings.page("network", 2)
    second = listings.page("network", 2, before=first.older)
    third = listings.page("network", 2, before=second.older)
    fourth = listings.page("network", 2, before=third.older)
    assert [each.first_is_next for each in (first, second, third, fourth)] == (
        [False, True, False, False]
    )
    third = listings.page("network", 2, after=fourth.newer)
    second = listings.page("network", 2, after=third.newer)
    first = listings.page("network", 2, after=second.newer)
    assert [each.first_is_next for each in (third, second, first)] == [False, True, False]
    assert (ids(first), first.newer) == (stories[:2], None)
    further_on = listings.page("network", 3).older
    assert not listings.page("network", 2, before=further_on).first_is_next


def test_a_story_published_meanwhile_repeats_nothing_on_the_next_page(
    stories, correspondent, editor, cilacap
):
    first = listings.page("network", 3)
    publish_story(correspondent, editor, cilacap)
    assert ids(listings.page("network", 3, before=first.older)) == stories[3:6]


def test_a_page_costs_one_query_wherever_it_is_and_one_more_for_new_lines(
    stories, django_assert_num_queries
):
    cursor = listings.page("network", 3).older
    for number in (2, 1):
        with django_assert_num_queries(number):
            listings.page("network", 1, before=cursor)
    for number in (2, 1):
        with django_assert_num_queries(number):
            listings.page("network", 7)


@pytest.mark.parametrize(
    "cursor", ["x", "1", "-1-1", "1-", "1-1-1", "9" * 18 + "-1", "١-١", "1 -1"]
)
def test_a_cursor_that_is_none_is_refused(db, cursor):
    with pytest.raises(ValueError, match="no place in a list"):
        listings.page("network", 3, before=cursor)


def test_a_span_of_time_bounds_a_list_and_its_edges_are_known(
    correspondent, editor, cilacap, django_assert_num_queries
):
    now = timezone.now()
    with publication.as_of(now - timedelta(days=2)):
        old = publish_story(correspondent, editor, cilacap)
        later = publish_story(correspondent, editor, cilacap)
    publish_story(correspondent, editor, cilacap)
    within = (now - timedelta(days=3), now - timedelta(days=1))
    assert ids(listings.page("network", 9, within=within)) == [later.article_id, old.article_id]
    spans = [
        listings.Span(*within),
        listings.Span(*within, oldest=True),
        listings.Span(now - timedelta(days=9), within[0]),
    ]
    with django_assert_num_queries(1):
        edges = listings.edges("network", listings.written(spans))
    assert edges == [later.first_published, old.first_published, None]


def pin(article_id, bureau, position, hours=1, by=None):
    return Pin.objects.create(
        article_id=article_id,
        bureau=bureau,
        position=position,
        until=timezone.now() + timedelta(hours=hours),
        pinned_by=by,
    )


def test_what_is_pinned_to_a_front_comes_in_its_order_and_however_old(
    stories, editor, cilacap, django_assert_num_queries
):
    pin(stories[6], cilacap, 1, by=editor)
    pin(stories[4], cilacap, 0, by=editor)
    pin(stories[0], cilacap, 2, hours=-1, by=editor)
    pin(stories[1], None, 0, by=editor)
    own = listings.of_bureau(cilacap.pk)
    listings.newest({own: 9})
    with django_assert_num_queries(1):
        lists = listings.newest({own: 2}, front=listings.Front(cilacap))
    assert [line.article_id for line in lists.pinned] == [stories[4], stories[6]]
    assert [line.article_id for line in lists[own]][:2] == stories[:2]
    assert listings.newest({own: 2}).pinned == []


def test_a_front_holds_until_a_pin_ends(stories, editor, cilacap):
    ends = [pin(stories[n], cilacap, n, hours=n + 1, by=editor).until for n in range(2)]
    own = listings.of_bureau(cilacap.pk)
    assert listings.newest({own: 2}, front=listings.Front(cilacap)).holds_until == ends[0]


def test_a_pinned_story_that_is_retracted_is_gone_at_once(stories, editor, network_editor, cilacap):
    pin(stories[3], cilacap, 0, by=editor)
    article = Pin.objects.get().article
    workflow.retract(article, by=editor, ground="factual", reason="Salah orang.")
    workflow.confirm_retraction(article, by=network_editor)
    own = listings.of_bureau(cilacap.pk)
    assert listings.newest({own: 2}, front=listings.Front(cilacap)).pinned == []
