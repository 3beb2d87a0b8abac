"""Whoever closes a story is no longer shown at it, at once; whoever still has it open is."""

import time

import pytest
from playwright.sync_api import Page, expect

from articles import workflow
from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import open_story
from tests.factories import make_story

SOON = 5  # seconds; a page that dies without a word is forgotten after fifty


@pytest.fixture
def story(correspondent, cilacap) -> Article:
    return make_story(correspondent, cilacap)


def expect_there(story: Article, *names: str) -> None:
    end = time.monotonic() + SOON
    while (there := sorted(story.presences.values_list("user__username", flat=True))) != [*names]:
        assert time.monotonic() < end, there
        time.sleep(0.05)


def open_as_reader(newsroom, page: Page, story: Article) -> None:
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    expect(page.locator(".reading__headline")).to_be_visible()


def test_whoever_closes_the_form_is_gone_at_once(newsroom, story):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        expect_there(story, "ratih")
        page.close()
        expect_there(story)


def test_whoever_goes_on_to_another_page_is_gone_at_once(newsroom, story):
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        expect_there(story, "ratih")
        page.goto(newsroom.url("desk", "/articles/article/"))
        expect_there(story)


def test_whoever_only_reads_it_is_gone_as_well(newsroom, story, correspondent):
    workflow.submit(story, by=correspondent)
    with newsroom.signed_in("ratih") as page:
        open_as_reader(newsroom, page, story)
        expect_there(story, "ratih")
        page.goto(newsroom.url("desk", "/"))
        expect_there(story)


def test_whoever_has_it_open_in_another_tab_stays_there(newsroom, story):
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        other = page.context.new_page()
        open_story(newsroom, other, story)
        expect(other.locator("[data-other-tab]")).to_be_visible()
        other.close()
        time.sleep(1)
        expect_there(story, "ratih")
