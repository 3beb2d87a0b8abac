"""Who leaves a front whose order is not saved is asked first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from articles import curation
from articles.curation import Hold
from tests.factories import make_live


@pytest.fixture
def front(newsroom, cilacap, correspondent, editor):
    """The page of a front with A and B pinned, and C that is not."""
    stories = {
        name: make_live(correspondent, cilacap, headline=f"Berita {name}").article_id
        for name in "ABC"
    }
    until = timezone.now() + timedelta(hours=5)
    curation.arrange(cilacap, [Hold(stories[n], until) for n in "AB"], by=editor, version="")
    page = newsroom.sign_in("wening")
    page.goto(newsroom.url("desk", f"/articles/pin/{cilacap.pk}/"))
    return page


def asks(page) -> bool:
    """Whether the browser asks when somebody follows a link away; who is asked stays."""
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    try:
        page.locator("a[href='/articles/article/']").first.click(timeout=3000)
        page.wait_for_load_state()
    except Error:
        pass
    return asked == ["beforeunload"]


def move(page):
    page.get_by_role("button", name="Naikkan “Berita B”").click()


def test_an_order_moved_by_hand(front):
    move(front)
    assert asks(front)


def test_an_order_moved_before_the_page_has_come_to_rest(front):
    front.reload(wait_until="commit")
    move(front)
    front.wait_for_timeout(1000)
    assert asks(front)


def test_a_story_put_in_by_the_server(front):
    front.get_by_role("button", name="Sematkan “Berita C”").click()
    expect(front.get_by_text("Belum tersimpan")).to_be_visible()
    assert asks(front)


def test_another_end(front):
    front.wait_for_timeout(1000)
    front.locator("select").first.select_option("6h")
    assert asks(front)


def test_another_end_chosen_at_once(front):
    front.reload()
    front.locator("select").first.press("ArrowDown")  # a hand's, which a script's choice is not
    front.wait_for_timeout(1000)
    assert asks(front)


def test_a_preview_saves_nothing(front):
    move(front)
    with front.expect_popup():
        front.get_by_role("button", name="Pratinjau").click()
    assert asks(front)


def test_nobody_is_asked_about_what_is_saved_or_was_never_touched(front):
    front.wait_for_timeout(1000)
    assert not asks(front)
    front.go_back()
    move(front)
    front.get_by_role("button", name="Simpan urutan").click()
    expect(front.locator(".messagelist")).to_contain_text("Urutan tersimpan")
    front.wait_for_timeout(1000)
    assert not asks(front)


def test_an_order_put_back_as_it_was_is_not_unsaved(front):
    front.wait_for_timeout(1000)
    move(front)
    expect(front.get_by_text("Belum tersimpan")).to_be_visible()
    front.get_by_role("button", name="Turunkan “Berita B”").click()
    expect(front.get_by_text("Belum tersimpan")).to_be_hidden()
    assert not asks(front)
