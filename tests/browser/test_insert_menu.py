"""The menu of objects above the text and its dialogs close and are done as one expects."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_new, text


@pytest.fixture
def page(newsroom, correspondent):
    page = newsroom.sign_in("ratih", LAPTOP)
    open_new(newsroom, page)
    return page


def test_the_menu_of_objects_closes_at_a_press_into_the_text_and_at_escape(page):
    menu = page.locator(".editor-insert")
    text(page).click()
    for leave in (lambda: text(page).click(), lambda: page.keyboard.press("Escape")):
        menu.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        leave()
        expect(menu).not_to_have_attribute("open", "")


def test_on_a_phone_a_tap_beside_the_sheet_closes_it_and_presses_nothing(newsroom, correspondent):
    page = newsroom.sign_in("ratih", PHONE)
    open_new(newsroom, page)
    page.fill("[name=headline]", "Kapal kayu karam")
    menu = page.locator(".editor-insert")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    back = page.locator(".storybar__back").bounding_box()
    page.mouse.click(back["x"] + 10, back["y"] + 10)
    expect(menu).not_to_have_attribute("open", "")
    assert page.url.endswith("/add/")
    page.fill("[name=headline]", "")


def test_words_that_are_marked_are_those_of_a_new_pull_quote_and_who_said_them_is_asked(page):
    page.fill("[name=headline]", "")
    text(page).click()
    page.keyboard.insert_text("Kami < haus.")
    page.keyboard.press("Control+a")
    page.locator(".editor-insert summary").click()
    page.locator("[data-command=insert-pull-quote]").click()
    page.keyboard.type("Siti")
    quote = '<blockquote data-object="pull-quote"><p>Kami &lt; haus.</p><p><cite>Siti</cite></p>'
    assert f"<p>Kami &lt; haus.</p>{quote}" in page.evaluate(
        "() => CKEDITOR.instances.id_body.getData()"
    )


def test_a_headline_of_two_lines_is_pasted_as_one(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('Kapal kayu \\r\\nkandas\\n')")
    page.locator("[name=headline]").press("Control+v")
    expect(page.locator("[name=headline]")).to_have_value("Kapal kayu kandas")
    page.fill("[name=headline]", "")


def test_enter_in_a_dialog_is_done_whatever_button_comes_first(page):
    text(page).click()
    page.locator(".editor-insert summary").click()
    page.locator("[data-command=insert-embed]").click()
    page.locator("dialog[open] [name=url]").fill("bukan alamat")
    page.locator("dialog[open] [name=caption]").fill("Kapal")
    page.locator("dialog[open] [name=url]").press("Enter")
    expect(page.locator("dialog[open] [data-mistake]")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.locator("dialog[open] [name=url]").fill("https://x.com/warga/status/1")
    page.locator("dialog[open] [name=caption]").press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(text(page).locator(".object__headline")).to_have_text("Kapal")
