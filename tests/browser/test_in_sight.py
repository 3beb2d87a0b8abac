"""On a phone, bars lie over the story page; what is being written stands between them."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.story_page import open_story, text
from tests.factories import make_story

LONG = "".join(f"<p>{'Warga mengungsi ke balai desa sejak subuh. ' * 4}</p>" for _ in range(9))


def expect_in_sight(page: Page, selector: str) -> None:
    above = page.locator(".editor-bar").bounding_box()
    below = page.locator(".storyfoot").bounding_box()
    for _attempt in range(60):
        box = text(page).locator(selector).last.bounding_box()
        if above["y"] + above["height"] <= box["y"] and box["y"] + box["height"] <= below["y"]:
            return
        page.wait_for_timeout(50)
    assert (above["y"] + above["height"], below["y"]) == (box["y"], box["y"] + box["height"])


@pytest.fixture
def page(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body=LONG)
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_story(newsroom, page, story)
    text(page).locator("p").last.tap()
    page.keyboard.press("Control+End")
    return page


@pytest.mark.parametrize(
    ("command", "selector"),
    [("pull-quote", ".object--pull-quote"), ("fact-box", ".object--fact-box")],
)
def test_what_is_put_in_can_be_seen(page, command, selector):
    page.locator(".editor-insert summary").tap()
    page.locator(f"[data-command=insert-{command}]").tap()
    expect_in_sight(page, selector)


def test_a_table_can_be_seen(page):
    page.locator("[data-command=table]").tap()
    page.get_by_role("button", name="Sisipkan tabel").tap()
    expect_in_sight(page, "table")


def test_what_is_typed_can_be_seen(page):
    for words in ("Satu kalimat lagi.", "Dan satu lagi.", "Yang terakhir."):
        page.keyboard.press("Enter")
        page.keyboard.type(words)
        expect_in_sight(page, "p")


def test_what_is_moved_stays_in_sight(page):
    page.locator(".editor-insert summary").tap()
    page.locator("[data-command=insert-fact-box]").tap()
    box = ".object--fact-box"
    for verb, times in (("up", 5), ("down", 4)):
        for _time in range(times):
            text(page).locator(f"{box} [data-verb={verb}]").tap()
            expect_in_sight(page, box)
