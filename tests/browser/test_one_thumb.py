"""A correspondent files a story with a photo from a phone, with nothing but a thumb."""

from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import text
from tests.factories import make_section, make_story, photo_bytes

HEADLINE = "Jembatan Kampung Laut roboh dihantam arus, 63 murid memutar 4,2 kilometer"
THUMB = 44  # CSS pixels


def tap(target: Locator) -> None:
    """Press what a thumb can hit on this screen."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box["height"] >= THUMB, target
    assert box["x"] >= 0, target
    assert box["x"] + box["width"] <= PHONE["width"], target
    target.tap()


def write(page: Page, target: Locator, words: str) -> None:
    target.tap()
    page.keyboard.insert_text(words)


def test_filing_with_a_photo_takes_one_thumb(newsroom, correspondent, cilacap):
    make_section("peristiwa", "Peristiwa")
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    page.goto(newsroom.url("desk", "/"))
    tap(page.locator(".write-now__main"))

    write(page, page.locator("#id_headline"), HEADLINE)
    write(page, page.locator("#id_dateline"), "Kampung Laut")
    write(page, text(page), "Bunyi palu terdengar sejak pukul enam pagi.")

    tap(page.locator("[data-choose]"))
    camera = page.locator(".chooser label", has=page.locator("input[capture]"))
    with page.expect_file_chooser() as opened:
        tap(camera)
    photo = {"name": "IMG_1402.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes(900, 600)}
    opened.value.set_files([photo])
    words = page.locator(".uploads__words")
    write(page, words.locator("[name=alt_text]"), "Jembatan kayu yang patah di tengah sungai")
    tap(words.locator("[type=submit]"))
    expect(page.locator("[data-picture-preview] img")).to_be_visible()

    page.select_option("#id_section", label="Peristiwa")  # the phone's own list
    write(page, page.locator("#id_summary"), "Papan dipasang warga sendiri.")
    tap(page.locator(".storyfoot").get_by_role("button", name="Ajukan"))
    expect(page.locator("body")).to_contain_text("Sekarang menunggu")

    story = Article.objects.get()
    assert (story.headline, story.stage) == (HEADLINE, "submitted")
    assert story.picture.alt_text == "Jembatan kayu yang patah di tengah sungai"
    assert story.body == "<p>Bunyi palu terdengar sejak pukul enam pagi.</p>"


def test_days_are_chosen_and_pressed_without_scrolling_their_sheet(
    newsroom, correspondent, editor, cilacap
):
    make_story(correspondent, cilacap)
    page = newsroom.sign_in("wening", PHONE, has_touch=True, is_mobile=True)
    page.goto(newsroom.url("desk", "/articles/article/"))
    page.locator("#changelist-filter summary", has_text="Diubah").tap()
    sheet = page.locator("#changelist-filter details[open] .filter-sheet")
    shown, whole = sheet.evaluate("each => [each.clientHeight, each.scrollHeight]")
    assert shown == whole
    expect(sheet.get_by_role("button", name="Saring")).to_be_in_viewport(ratio=1)
