"""Without the network, or after the session has ended, the story page stays and says so."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_new, text
from tests.factories import make_live, make_picture

OFFLINE = re.compile("Tidak ada jaringan")
ENDED = re.compile("Sesi Anda berakhir")
NOT_FOUND = "Tidak ada berita terbit lain"


@pytest.fixture
def live(correspondent, editor, cilacap):
    return make_live(correspondent, cilacap, headline="Solar hanya separuh armada")


def written(newsroom, viewport) -> Page:
    page = newsroom.sign_in("ratih", viewport)
    open_new(newsroom, page)
    page.fill("#id_headline", "Jembatan Kampung Laut roboh")
    text(page).click()
    page.keyboard.type("Roboh pada Senin malam.")
    return page


def press(page: Page, way: str) -> None:
    if way == "lead":
        page.locator("[data-choose]").click()
        return
    page.locator(".editor-insert summary").click()
    page.locator(f"[data-command=insert-{way}]").click()


def sign_in(page: Page, link) -> None:
    with page.expect_popup() as opened:
        link.click()
    window = opened.value
    window.fill("[name=username]", "ratih")
    window.fill("[name=password]", "a long password")
    with window.expect_event("close"):
        window.press("[name=password]", "Enter")


def expect_all_there(page: Page) -> None:
    assert page.url.endswith("/articles/article/add/")
    expect(page.locator("#id_headline")).to_have_value("Jembatan Kampung Laut roboh")
    expect(text(page)).to_contain_text("Roboh pada Senin malam.")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_choosing_a_picture_offline_leaves_the_story_where_it_is(
    newsroom, correspondent, cilacap, viewport
):
    make_picture(cilacap)
    page = written(newsroom, viewport)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.context.set_offline(True)
    for way in ("picture", "gallery", "lead"):
        press(page, way)
        dialog = page.locator("dialog[open]")
        expect(dialog).to_contain_text(OFFLINE, use_inner_text=True)
        dialog.get_by_text("Tutup", exact=True).click()
        expect(dialog).to_have_count(0)
    press(page, "embed")
    page.locator("[value=still]").click()
    expect(page.locator("dialog[open]")).to_contain_text(OFFLINE, use_inner_text=True)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open] [name=url]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.context.set_offline(False)

    expect_all_there(page)
    assert asked == []
    press(page, "lead")
    expect(page.locator("dialog.chooser [data-picture]")).to_have_count(1)


def test_choosing_a_picture_after_the_session_ended_asks_to_sign_in_beside_the_story(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap)
    page = written(newsroom, LAPTOP)
    Session.objects.all().delete()

    for way in ("picture", "lead"):
        press(page, way)
        expect(page.locator("dialog[open]")).to_contain_text(ENDED, use_inner_text=True)
        page.keyboard.press("Escape")
    press(page, "picture")
    sign_in(page, page.locator("dialog[open] [data-sign-in]"))
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect_all_there(page)
    press(page, "picture")
    expect(page.locator("dialog.chooser [data-picture]")).to_have_count(1)


def test_a_search_in_the_library_that_gets_no_answer_says_so_and_goes_on(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap, caption="Perahu biru")
    make_picture(cilacap, caption="Dermaga sepi")
    page = written(newsroom, PHONE)
    press(page, "picture")
    found = page.locator("dialog.chooser [data-picture]")
    expect(found).to_have_count(2)

    page.context.set_offline(True)
    page.fill("#chooser-q", "perahu")
    away = page.locator("dialog.chooser [data-no-answer]")
    expect(away).to_contain_text(OFFLINE, use_inner_text=True)
    expect(found).to_have_count(2)
    page.wait_for_timeout(500)  # more than the pause after typing: nothing else looks again
    page.context.set_offline(False)

    expect(found).to_have_count(1)
    expect(away).to_be_hidden()


def test_read_also_says_what_is_true_offline_and_looks_again_when_back(
    newsroom, correspondent, cilacap, live
):
    page = written(newsroom, PHONE)
    page.context.set_offline(True)
    # The parts of the page that look for stories are there already.
    press(page, "see-also")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[data-no-answer]")).to_contain_text(OFFLINE, use_inner_text=True)
    expect(dialog.get_by_text(NOT_FOUND)).to_be_hidden()

    page.context.set_offline(False)
    expect(dialog.locator(".found")).to_have_count(1)
    expect(dialog.locator("[data-no-answer]")).to_be_hidden()

    page.context.set_offline(True)
    page.fill("#dialog-q", "armada")
    expect(dialog.locator("[data-no-answer]")).to_be_visible()
    page.context.set_offline(False)
    page.fill("#dialog-q", "tidak begitu")
    expect(dialog.get_by_text(NOT_FOUND)).to_be_visible()
    expect(dialog.locator("[data-no-answer]")).to_be_hidden()


def test_read_also_goes_on_after_signing_in_again(newsroom, correspondent, cilacap, live):
    page = written(newsroom, LAPTOP)
    Session.objects.all().delete()
    press(page, "see-also")
    away = page.locator("dialog[open] [data-no-answer]")
    expect(away).to_contain_text(ENDED, use_inner_text=True)
    sign_in(page, away.locator("[data-sign-in]"))
    expect(page.locator("dialog[open] .found")).to_have_count(1)
    expect_all_there(page)
