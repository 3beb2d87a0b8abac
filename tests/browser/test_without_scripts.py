"""A reader whose browser runs no script gets everywhere and reads everything."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.factories import (
    make_live,
    make_picture,
    make_section,
    publish_correction,
    publish_story,
)


@pytest.fixture
def corrected(cilacap, correspondent, editor):
    """The newest of a bureau's stories, with a picture and a correction; 41 older ones."""
    for number in range(1, 42):
        make_live(correspondent, cilacap, headline=f"Berita nomor {number}", tags=["pasang"])
    edition = publish_story(
        correspondent,
        editor,
        cilacap,
        headline="Harga ikan di pelelangan naik",
        section=make_section("ekonomi", "Ekonomi"),
        tags=["nelayan"],
        picture=make_picture(cilacap),
    )
    return publish_correction(edition, headline="Harga ikan di pelelangan turun")


def follow(page: Page, name: str, *, within: str = "body") -> None:
    """Go by a link that a reader sees."""
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()


def expect_heading(page: Page, words: str) -> None:
    expect(page.locator("h1")).to_have_text(words)


def test_every_way_of_the_site_is_a_link(newsroom, corrected):
    page = newsroom.open(PHONE, java_script_enabled=False)
    page.goto(newsroom.url("cilacap"))
    expect_heading(page, "Newsroom Cilacap")

    follow(page, "Menu", within=".masthead")
    assert page.url.endswith("#menu")
    expect(page.locator("#menu")).to_be_in_viewport()
    follow(page, "Ekonomi", within="#menu")
    expect_heading(page, "Ekonomi")

    page.get_by_role("link", name="Harga ikan di pelelangan turun").first.click()
    expect_heading(page, "Harga ikan di pelelangan turun")
    expect(page.get_by_text("Deru mesin terdengar lagi di muara.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Yang benar 408 kapal.")
    lead = page.locator(".figure--lead img")
    expect(lead).to_have_js_property("complete", True)
    assert lead.evaluate("image => image.naturalWidth") > 0

    follow(page, "Lihat perubahannya")
    expect(page.locator("main del").first).to_have_text(re.compile("naik"))
    page.go_back()

    follow(page, "nelayan", within=".tags")
    expect_heading(page, "Nelayan")
    page.go_back()
    follow(page, "Ratih Purwandari")
    expect_heading(page, "Ratih Purwandari")
    page.go_back()

    page.locator("#menu a", has_text=re.compile("^Versi teks")).click()
    assert "/teks/" in page.url
    expect_heading(page, "Harga ikan di pelelangan turun")
    assert page.locator("main img").count() == 0
    follow(page, "Tampilkan gambar")
    expect(page.locator(".figure--lead img")).to_be_visible()

    follow(page, "English", within="#menu")
    assert "/en/" in page.url
    expect(page.get_by_role("heading", name="Topics")).to_be_visible()
    follow(page, "Bahasa Indonesia", within="#menu")
    expect(page.get_by_role("heading", name="Topik")).to_be_visible()


def test_lists_and_the_index_are_turned_by_links(newsroom, corrected):
    page = newsroom.open(PHONE, java_script_enabled=False)
    page.goto(newsroom.url("cilacap", "/terkini"))
    expect(page.locator("main")).to_contain_text("Berita nomor 41")
    follow(page, "Lebih lama", within=".pager")
    expect(page.get_by_role("link", name="Berita nomor 1", exact=True)).to_be_visible()
    follow(page, "Lebih baru", within=".pager")
    expect(page.locator("main")).to_contain_text("Berita nomor 41")

    follow(page, "Indeks berita", within="#menu")
    expect(page.locator(".calendar [aria-current=date]")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Berita nomor 41")
    follow(page, "Koreksi", within="#menu")
    expect(page.locator("main")).to_contain_text("Harga ikan di pelelangan turun")
    follow(page, "Biro kami", within="#menu")
    follow(page, "Cilacap", within="main")
    expect_heading(page, "Newsroom Cilacap")
