"""A very tall picture stands whole on one screen, for readers and while one writes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_story
from tests.factories import make_live, make_picture, make_story, picture_bytes

REM = 16
SIZES = "each => [each.getBoundingClientRect().height, innerHeight, each.clientWidth]"


def expect_on_one_screen(page: Page, image: str) -> None:
    height, screen, width = page.locator(image).evaluate(SIZES)
    assert height <= max(24 * REM, min(44 * REM, 0.85 * screen)) + 1
    assert width > 300
    expect(page.locator(image)).to_have_css("object-fit", "contain")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP])
def test_it_leaves_room_for_the_words(newsroom, correspondent, cilacap, viewport):
    tall = make_picture(cilacap, picture_bytes(600, 3000))
    upright = make_picture(cilacap, picture_bytes(600, 800))
    placed = f'<figure data-object="picture" data-id="{tall.pk}" data-size="text"></figure>'
    live = make_live(correspondent, cilacap, picture=tall, body=f"<p>Satu.</p>{placed}")
    draft = make_story(correspondent, cilacap, picture=tall)
    other = make_story(correspondent, cilacap, picture=upright)
    page = newsroom.open(viewport)
    page.goto(live.address.get_absolute_url())
    expect_on_one_screen(page, ".story__lead img")
    expect_on_one_screen(page, ".story__body .figure--tall img")
    newsroom.leave(page)
    with newsroom.signed_in("ratih", viewport) as page:
        open_story(newsroom, page, draft)
        expect_on_one_screen(page, ".lead-picture img")
        page.locator(".lead-picture").screenshot()
        # What is upright as usual has no ground beside it.
        open_story(newsroom, page, other)
        width, height = page.locator(".lead-picture img").evaluate(
            "each => [each.clientWidth, each.clientHeight]"
        )
        assert abs(height - width * 4 / 3) < 2
