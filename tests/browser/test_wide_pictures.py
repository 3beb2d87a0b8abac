"""A picture that is to be wider than the text is wider on every screen, wherever it stands."""

from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.story_page import open_story, text
from tests.factories import make_live, make_picture, make_story, picture_bytes

PARAGRAPH = "<p>Nelayan menunggu di dermaga sampai ombak reda dan perahu boleh keluar lagi.</p>"


def figure(picture) -> str:
    return f'<figure data-object="picture" data-id="{picture.pk}" data-size="wide"></figure>'


WIDTHS = (360, 600, 768, 1000, 1024, 1239, 1240, 1280, 1920)


def test_a_wide_picture_is_wider_than_the_text_and_covers_nothing(newsroom, correspondent, cilacap):
    picture = make_picture(cilacap, picture_bytes(1600, 900))
    upright = make_picture(cilacap, picture_bytes(600, 900))
    body = figure(picture) + PARAGRAPH * 9 + figure(picture) + PARAGRAPH + figure(upright)
    for number in range(6):
        make_live(correspondent, cilacap, headline=f"Lain {number}")
    edition = make_live(correspondent, cilacap, body=body)
    page = newsroom.open()
    page.goto(edition.address.get_absolute_url())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect_wide(page, width)


def expect_wide(page, width: int) -> None:
    boxes = [each.bounding_box() for each in page.locator(".prose > .picture img").all()]
    measure = page.locator(".prose > p").first.bounding_box()
    first, second, tall = boxes
    for box in (first, second):
        assert box["width"] >= measure["width"] + 20, width
        assert box["x"] <= measure["x"] - (10 if width < 1240 else 100), width
        assert box["x"] >= 0, width
        assert box["x"] + box["width"] <= width
    assert tall["width"] <= measure["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for part in (".byline > *", ".story__rail li"):
        for each in page.locator(part).all():
            other = each.bounding_box()
            for box in (first, second):
                is_beside = (
                    other["x"] + other["width"] <= box["x"] or box["x"] + box["width"] <= other["x"]
                )
                is_apart = (
                    other["y"] + other["height"] <= box["y"]
                    or box["y"] + box["height"] <= other["y"]
                )
                assert is_beside or is_apart, (width, part, other, box)


def test_an_upright_picture_is_not_offered_what_would_not_make_it_wider(
    newsroom, correspondent, cilacap
):
    lying, upright = (make_picture(cilacap, picture_bytes(*size)) for size in ((9, 6), (6, 9)))
    body = figure(lying) + PARAGRAPH + figure(upright)
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap, body=body))
        for number, is_offered in ((0, True), (1, False)):
            text(page).locator(".object--picture").nth(number).dblclick()
            dialog = page.locator("dialog[aria-labelledby=dialog-picture]")
            expect(dialog).to_be_visible()
            expect(dialog.locator("[data-sizes]")).to_be_visible(visible=is_offered)
            page.keyboard.press("Escape")
