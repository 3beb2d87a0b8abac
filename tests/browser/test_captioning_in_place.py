"""Photos that were just sent get their words on the library's page while others are still sent."""

import base64
import re

from playwright.sync_api import Page, expect

from articles.models import Picture
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_story, text
from tests.browser.test_pasting import BROUGHT
from tests.browser.test_photos_on_their_way import hold, let_through, photo, send_in_the_chooser
from tests.factories import make_picture, make_story


def library(newsroom, page: Page) -> None:
    page.goto(newsroom.url("desk", "/articles/picture/"))


def send(page: Page, *names: str) -> None:
    files = [photo(name) for name in names]
    page.set_input_files("[data-uploads] input[multiple]", files)


def test_a_batch_is_captioned_in_place_while_others_are_sent(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        library(newsroom, page)
        send(page, "satu.jpg", "dua.jpg")
        openers = page.locator("[data-caption]")
        expect(openers).to_have_count(2)
        held = hold(page)
        send(page, "tiga.jpg")
        first = page.locator(".uploads li", has_text="satu.jpg")
        first.get_by_role("button", name="Isi keterangannya").click()
        words = page.locator(".uploads__words")
        expect(words.locator("[name=alt_text]")).to_be_focused()
        words.locator("[name=alt_text]").fill("Kapal kayu di muara")
        words.locator("[name=caption]").fill("Kapal nelayan")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        # The full form opens beside it: this page stays, with what is sent and typed.
        with page.expect_popup() as opened:
            first.get_by_role("link", name="Isian lengkap").click()
        expect(opened.value.locator("#id_caption")).to_be_visible()
        opened.value.close()
        words.get_by_role("button", name="Simpan").click()
        expect(first).to_contain_text("lengkap dengan keterangannya")
        expect(page.locator("[data-pictures]")).to_contain_text("Kapal nelayan")
        # The next one is asked for by itself.
        expect(words).to_have_count(1)
        second = page.locator(".uploads li", has_text="dua.jpg").locator("[name=alt_text]")
        expect(second).to_be_focused()
        let_through(page, held)
        expect(openers).to_have_count(3)
        expect(second).to_be_focused()

    said = Picture.objects.get(file_name="satu.jpg")
    assert (said.alt_text, said.caption) == ("Kapal kayu di muara", "Kapal nelayan")


def test_words_that_are_not_saved_are_not_left_without_a_question(newsroom, correspondent, cilacap):
    page = newsroom.sign_in("ratih", LAPTOP)
    library(newsroom, page)
    send(page, "satu.jpg")
    link = page.get_by_role("link", name=re.compile("Isian lengkap"))
    expect(link).to_have_count(1)
    page.locator("[data-caption]").click()
    page.locator(".uploads__words [name=alt_text]").press_sequentially("Kapal")
    # Folded away, nothing of it is lost.
    page.locator("[data-caption]").click()
    expect(page.locator(".uploads__words")).to_be_hidden()
    page.locator("[data-caption]").click()
    assert page.locator(".uploads__words [name=alt_text]").input_value() == "Kapal"
    with page.expect_popup() as opened:
        link.click()
    opened.value.close()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    newsroom.leave(page)


def test_with_nothing_under_way_the_full_form_opens_in_place(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", LAPTOP) as page:
        library(newsroom, page)
        send(page, "satu.jpg")
        page.get_by_role("link", name=re.compile("Isian lengkap")).click()
        page.wait_for_url("**/change/")


def test_a_file_that_is_there_already_leads_to_its_picture_and_stays_what_it_is(
    newsroom, correspondent, cilacap
):
    there = make_picture(cilacap, photo("satu.jpg")["buffer"], caption="Kapal nelayan")
    with newsroom.signed_in("ratih", PHONE) as page:
        library(newsroom, page)
        send(page, "satu.jpg")
        row = page.locator(".uploads li")
        said = row.get_by_role("status")
        expect(said).to_have_text("Sudah ada di perpustakaan: Kapal nelayan")
        expect(said.get_by_role("link")).to_have_attribute(
            "href", f"/articles/picture/{there.pk}/change/"
        )
        expect(row.locator("button:visible")).to_have_count(1)
        row.get_by_role("button", name="Singkirkan").click()
        expect(row).to_have_count(0)

        open_story(newsroom, page, make_story(correspondent, cilacap))
        send_in_the_chooser(page, "satu.jpg")
        expect(row.get_by_role("status")).to_contain_text("Sudah ada di perpustakaan")
        row.get_by_role("button", name="Pakai gambar ini").click()
        expect(page.locator("[data-picture-preview]")).to_contain_text("Kapal nelayan")
    assert Picture.objects.get() == there


def test_a_pasted_photo_that_is_there_already_is_not_taken_out_when_thought_better_of(
    newsroom, correspondent, cilacap
):
    there = make_picture(cilacap, photo("IMG_1.jpg")["buffer"], uploaded_by=correspondent)
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        text(page).locator("p").first.wait_for()
        data = base64.b64encode(photo("IMG_1.jpg")["buffer"]).decode()
        brought = {"way": "paste", "name": "IMG_1.jpg", "type": "image/jpeg", "base64": data}
        page.evaluate(BROUGHT, brought)
        expect(page.locator(".chooser .uploads")).to_contain_text("Sudah ada di perpustakaan")
        page.keyboard.press("Escape")
        expect(page.locator(".chooser")).to_have_count(0)
        page.wait_for_timeout(500)
    assert Picture.objects.get() == there
