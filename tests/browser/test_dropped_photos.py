"""Photos that are dropped or pasted are taken where they are meant, and never replace the page."""

import base64

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Picture
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.browser.test_photos_on_their_way import answer, photo, send_in_the_chooser
from tests.factories import make_story, photo_bytes

DONE = """([place, type, data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  if (name) dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  else dataTransfer.setData("text/plain", "Kapal");
  const how = { bubbles: true, cancelable: true };
  const events = type === "paste"
    ? [new ClipboardEvent("paste", { clipboardData: dataTransfer, ...how })]
    : ["dragover", "drop"].map((each) => new DragEvent(each, { dataTransfer, ...how }));
  return events.map((event) => !document.querySelector(place).dispatchEvent(event));
}"""


def put(page: Page, place: str, how: str = "drop", name: str = "IMG_1.jpg") -> list[bool]:
    """Drop or paste it there; whether each event was kept from the browser."""
    data = base64.b64encode(photo_bytes(900, 600) + name.encode()).decode()
    return page.evaluate(DONE, [place, how, data, name])


@pytest.mark.parametrize("place", [".chooser .dialog__head", ".chooser [data-results]"])
def test_the_whole_dialog_takes_a_photo(newsroom, correspondent, cilacap, place):
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.locator("[data-choose]").click()
        expect(page.locator(place)).to_have_count(1)
        assert put(page, place) == [True, True]
        expect(page.locator(".chooser .uploads__words")).to_have_count(1)
        # Once, also where the box is.
        assert put(page, ".chooser .dropzone", name="IMG_2.jpg") == [True, True]
        expect(page.locator(".chooser .uploads__words")).to_have_count(2)
    assert Picture.objects.count() == 2


def test_a_photo_dropped_on_the_lead_picture_is_taken_as_by_the_chooser(
    newsroom, correspondent, cilacap
):
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        assert put(page, "[data-picture-choice]") == [True, True]
        answer(page, alt_text="Kapal")
        expect(page.locator("[data-picture-preview] img")).to_be_visible()
        save(page)
        expect_saved(page)
    assert Article.objects.get().picture == Picture.objects.get()


def test_a_photo_dropped_elsewhere_on_a_story_opens_nothing(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        for place in ("#id_headline", "body"):
            assert put(page, place) == [True, True]
            # Words are dropped as ever.
            assert put(page, place, name="") == [False, False]
        expect(page.locator(".chooser")).to_have_count(0)
    assert not Picture.objects.exists()


def test_the_librarys_page_takes_what_is_dropped_anywhere_and_what_is_pasted(
    newsroom, correspondent, cilacap
):
    with newsroom.signed_in("ratih", LAPTOP) as page:
        page.goto(newsroom.url("desk", "/articles/picture/"))
        assert put(page, "h1") == [True, True]
        assert put(page, "body", "paste", "image.png") == [True]
        assert put(page, "[type=search]", "paste", "") == [False]
        expect(page.locator("[data-caption]")).to_have_count(2)
    assert Picture.objects.count() == 2


def test_one_unbroken_string_does_not_stretch_the_form(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        send_in_the_chooser(page)
        words = page.locator(".uploads__words")
        for name in ("caption", "alt_text", "credit", "owner"):
            words.locator(f"[name={name}]").fill("x" * 400)
        assert words.evaluate("each => each.scrollWidth <= each.clientWidth")
        body = page.locator(".chooser__body")
        assert body.evaluate("each => each.scrollWidth <= each.clientWidth")
        page.locator(".chooser .dialog__foot [data-close]").click()
        page.goto(newsroom.url("desk", "/articles/picture/"))
        page.set_input_files("[data-uploads] input[multiple]", [photo("satu.jpg")])
        page.locator("[data-caption]").click()
        words.locator("[name=caption]").fill("x" * 400)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
