"""On a phone the buttons of a dialog stay in reach of the thumb, with the keyboard up, too."""

from playwright.sync_api import Locator, Page

from tests.browser.conftest import PHONE
from tests.browser.story_page import open_new, text
from tests.factories import make_picture

KEYBOARD_UP = {"width": 360, "height": 400}


def expect_in_reach(page: Page, *buttons: Locator) -> None:
    """Whole on the screen, with nothing over them."""
    for button in buttons:
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        assert box["y"] + box["height"] <= page.viewport_size["height"]
        button.click(trial=True)


def test_the_buttons_of_the_picture_dialogs_are_in_reach(newsroom, correspondent, cilacap):
    for number in range(6):
        make_picture(cilacap, caption=f"Perahu {number}")
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_new(newsroom, page)
    text(page).click()
    page.locator(".editor-insert summary").click()
    page.locator("[data-command=insert-gallery]").click()
    for number in range(2):
        page.locator(".chooser [data-picture]").nth(number).click()
    use, cancel = page.locator("[data-use]"), page.get_by_role("button", name="Batal")

    for screen in (PHONE, KEYBOARD_UP):
        page.set_viewport_size(screen)
        expect_in_reach(page, use, cancel)
        assert use.bounding_box()["y"] == cancel.bounding_box()["y"]
    use.click()
    expect_in_reach(page, page.get_by_role("button", name="Selesai"))
