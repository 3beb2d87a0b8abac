"""The preview from the story page shows what has just been typed, and never at its cost."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Autosave, Revision
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.factories import make_story

NOTE = "Pratinjau belum bisa dibuka tanpa jaringan"


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Kapal kembali melaut")


def press(page, size) -> None:
    if size == PHONE:
        page.locator(".storybar .menu > summary").click()
    page.locator("[data-preview]:visible").click()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_what_was_typed_a_moment_ago_is_shown_and_is_no_revision(newsroom, story, size):
    with newsroom.signed_in("ratih", size) as page:
        open_story(newsroom, page, story)
        with page.expect_popup() as opened:
            page.fill("#id_headline", "Judul yang baru diketik")
            press(page, size)
        preview = opened.value
        expect(preview.frame_locator("iframe").locator("h1")).to_have_text(
            "Judul yang baru diketik"
        )
        expect(preview.locator(".preview-bar")).to_contain_text("Belum disimpan")
        assert preview.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert (Autosave.objects.count(), Revision.objects.count()) == (1, 1)
        assert Article.objects.get().headline == "Kapal kembali melaut"
        # The same window shows the next words, and in the end what was saved.
        page.fill("#id_headline", "Judul yang lain lagi")
        press(page, size)
        expect(preview.frame_locator("iframe").locator("h1")).to_have_text("Judul yang lain lagi")
        save(page)
        expect_saved(page)
        press(page, size)
        expect(preview.locator(".preview-bar")).to_contain_text("Seperti disimpan")


def test_where_nothing_was_typed_the_saved_text_is_shown(newsroom, story):
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        with page.expect_popup() as opened:
            press(page, LAPTOP)
        expect(opened.value.locator(".preview-bar")).to_contain_text("Seperti disimpan")
        assert not Autosave.objects.exists()


def test_without_the_network_it_says_why_not_and_the_words_stay(newsroom, story):
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.context.set_offline(True)
        page.fill("#id_headline", "Diketik tanpa jaringan")
        press(page, LAPTOP)
        expect(page.locator("[data-note=preview]")).to_contain_text(NOTE)
        expect(page.locator("#id_headline")).to_have_value("Diketik tanpa jaringan")
        page.wait_for_function("() => true")
        assert len(page.context.pages) == 1
        page.context.set_offline(False)
        with page.expect_popup() as opened:
            press(page, LAPTOP)
        expect(opened.value.frame_locator("iframe").locator("h1")).to_have_text(
            "Diketik tanpa jaringan"
        )
        expect(page.locator("[data-note=preview]")).to_be_hidden()
