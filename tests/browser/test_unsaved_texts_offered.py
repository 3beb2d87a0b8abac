"""What was typed and not saved is offered without pushing a new story off the screen."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from articles.models import Autosave
from tests.browser.conftest import PHONE
from tests.browser.story_page import open_new


@pytest.fixture
def texts(correspondent):
    for number in range(4):
        Autosave.objects.create(
            user=correspondent, key=uuid4(), fields=[["headline", f"Naskah {number}"]]
        )


def test_the_newest_is_shown_and_the_others_are_folded(newsroom, correspondent, cilacap, texts):
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_new(newsroom, page)
    offers = page.locator("[data-offer]")
    expect(offers.first).to_contain_text("Naskah 3")
    expect(offers.nth(1)).to_be_hidden()
    headline = page.locator("#id_headline").bounding_box()
    assert headline["y"] + headline["height"] <= page.locator(".storyfoot").bounding_box()["y"]

    rest = page.locator("[data-offers] summary", has_text="3 lainnya")
    assert rest.bounding_box()["height"] >= 44
    rest.click()
    expect(offers.nth(3)).to_contain_text("Naskah 0")
    # Going through them, one does not have to unfold them each time.
    offers.nth(2).get_by_role("button", name="Buang").click()
    expect(offers).to_have_count(3)
    expect(page.locator("[data-offers] summary")).to_have_text("2 lainnya")
    expect(offers.nth(2)).to_be_visible()


def test_a_single_one_has_nothing_to_unfold(newsroom, correspondent, cilacap, texts):
    keep = Autosave.objects.latest("saved_at").pk
    Autosave.objects.exclude(pk=keep).delete()
    page = newsroom.sign_in("ratih", PHONE)
    open_new(newsroom, page)
    expect(page.locator("[data-offer]")).to_have_count(1)
    expect(page.locator("[data-offers] summary")).to_have_count(0)
