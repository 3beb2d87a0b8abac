"""A check of the text leads to the very place in it, clear of what lies over the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_story, text
from tests.factories import make_picture, make_story

PARAGRAPH = "<p>Air naik sejak subuh dan belum surut sampai malam.</p>"
ADDRESS = "https://cilacap.example/banjir"
CHOSEN = "() => CKEDITOR.instances.id_body.widgets.focused?.element.$.dataset.id"
MARKED = "() => CKEDITOR.instances.id_body.getSelection().getSelectedText()"


def go(page: Page, message: str) -> None:
    link = page.locator(".checks li", has_text=message).locator("a")
    if not link.is_visible():
        page.locator(".storyfoot a[href='#checks']").click()
    link.click()


def expect_in_sight(page: Page, place) -> None:
    """Between the bars at the head and the foot of the window."""
    page.wait_for_timeout(300)
    box = place.bounding_box()
    head = page.locator(".editor-bar").bounding_box()
    assert box["y"] >= head["y"] + head["height"]
    foot = page.locator(".storyfoot")
    end = foot.bounding_box()["y"] if foot.is_visible() else page.viewport_size["height"]
    assert box["y"] + min(box["height"], 100) <= end


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_each_fault_in_the_text_is_found_by_one_press(newsroom, correspondent, cilacap, viewport):
    good, bad = make_picture(cilacap), make_picture(cilacap, credit="")
    figure = '<figure data-object="picture" data-id="{}"></figure>'
    body = (
        PARAGRAPH * 6 + figure.format(good.pk) + PARAGRAPH * 6 + figure.format(bad.pk)
        + PARAGRAPH * 6 + f"<p>Lihat <em>juga</em> {ADDRESS}, kata mereka.</p>" + PARAGRAPH * 12
    )  # fmt: skip
    story = make_story(correspondent, cilacap, body=body)
    page = newsroom.sign_in("ratih", viewport)
    open_story(newsroom, page, story)
    expect(text(page).locator(".object__pictures img")).to_have_count(2)

    go(page, "tanpa kredit")
    page.wait_for_function(CHOSEN)
    assert page.evaluate(CHOSEN) == str(bad.pk)
    expect_in_sight(page, text(page).locator(f"figure[data-id='{bad.pk}']"))

    go(page, ADDRESS.removeprefix("https://"))
    page.wait_for_function(MARKED)
    assert page.evaluate(MARKED) == ADDRESS
    expect_in_sight(page, text(page).get_by_text("Lihat juga"))


def test_without_a_script_the_link_leads_to_the_text(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body=f"<p>{ADDRESS}</p>")
    page = newsroom.sign_in("ratih", LAPTOP, java_script_enabled=False)
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    go(page, ADDRESS.removeprefix("https://"))
    assert page.url.endswith("#story-body")
