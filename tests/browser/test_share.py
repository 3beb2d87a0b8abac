"""Sharing a story: plain links for everybody, and buttons where a browser can do more."""

import pytest

from tests.browser.conftest import PHONE
from tests.factories import make_live


@pytest.fixture
def address(newsroom, cilacap, correspondent, editor):
    edition = make_live(correspondent, cilacap, headline="Harga ikan & solar naik")
    return edition.address.get_absolute_url()


def buttons_of(page) -> dict[str, bool]:
    """Whether each button is there to be pressed, by its name."""
    return {
        button.get_attribute("data-share"): button.is_visible()
        for button in page.query_selector_all(".share button")
    }


def test_a_reader_copies_the_link_and_is_told_so(newsroom, address):
    page = newsroom.open(PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.click("text=Salin tautan")
    page.wait_for_function("document.querySelector('.share__done').textContent")
    assert page.inner_text(".share__done[role=status]") == "Tautan disalin"
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_where_the_clipboard_is_refused_the_link_is_shown_instead(newsroom, address):
    page = newsroom.open(PHONE)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto(address)
    page.click("text=Salin tautan")
    page.wait_for_function("document.querySelector('.share__done').textContent")
    assert page.inner_text(".share__done") == address


def test_a_phone_offers_its_own_sheet(newsroom, address):
    page = newsroom.open(PHONE)
    page.add_init_script(
        "window.shared = []; navigator.share = async data => { window.shared.push(data); }"
    )
    page.goto(address)
    page.click("text=Bagikan …")
    assert page.evaluate("window.shared") == [{"title": "Harga ikan & solar naik", "url": address}]


def test_no_button_stands_where_it_could_do_nothing(newsroom, address):
    page = newsroom.open(PHONE)
    page.add_init_script("delete Navigator.prototype.clipboard; delete Navigator.prototype.share")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert buttons_of(page) == {"sheet": False, "copy": False}
    page = newsroom.open(PHONE, java_script_enabled=False)
    page.goto(address)
    assert buttons_of(page) == {"sheet": False, "copy": False}
    assert page.locator(".share a").all_inner_texts() == [
        "WhatsApp",
        "Telegram",
        "Facebook",
        "X",
        "Surel",
    ]
