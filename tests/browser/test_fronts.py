"""A front is arranged by finger, by keyboard and without any script; readers see what is saved."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import curation
from articles.curation import Hold
from tests.browser.conftest import LAPTOP, PHONE
from tests.factories import make_live


@pytest.fixture
def front(cilacap, correspondent, editor):
    """Four stories, three of them pinned: A, B, C."""
    stories = {
        name: make_live(correspondent, cilacap, headline=f"Berita {name}").article_id
        for name in "ABCD"
    }
    until = timezone.now() + timedelta(hours=5)
    holds = [Hold(stories[name], until) for name in "ABC"]
    curation.arrange(cilacap, holds, by=editor, version="")
    return f"/articles/pin/{cilacap.pk}/"


def shown(page) -> list[str]:
    return [text[-1] for text in page.locator("[data-pins] .pin__headline").all_inner_texts()]


def saved(bureau) -> list[str]:
    return [pin.article.headline[-1] for pin in curation.pins_of(bureau)]


def drag(page, row: int, over: int) -> None:
    """With a finger, from the grip of one row to the headline of another."""
    grip = page.locator("[data-pins-grip]").nth(row)
    grip.evaluate("grip => grip.scrollIntoView({ block: 'center' })")
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})
        page.wait_for_timeout(60)  # as a hand: the page follows some thirty times a second

    touch("touchStart", {"x": x, "y": y})
    # Only now, for rows are shorter while they are sorted.
    to = page.locator(".pin").nth(over).bounding_box()["y"] + 10
    for step in range(1, 6):
        touch("touchMove", {"x": x, "y": y + (to - y) * step / 5})
    touch("touchEnd")


def test_a_story_is_moved_by_finger_and_by_keyboard(newsroom, front, cilacap, editor):
    page = newsroom.sign_in("wening", PHONE, has_touch=True, is_mobile=True)
    page.goto(newsroom.url("desk", front))

    drag(page, 1, over=0)
    assert shown(page) == ["B", "A", "C"]
    expect(page.get_by_role("status")).to_have_text("“Berita B” sekarang di urutan ke-1 dari 3.")

    up = page.get_by_role("button", name="Naikkan “Berita C”")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert shown(page) == ["C", "B", "A"]
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert shown(page) == ["C", "B", "A"]
    assert saved(cilacap) == ["A", "B", "C"]

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Pratinjau").click()
    front_page = opened.value.frame_locator("iframe")
    expect(front_page.locator(".teaser__head").first).to_have_text("Berita C")
    opened.value.close()

    page.get_by_role("button", name="Simpan urutan").click()
    expect(page.locator(".messagelist")).to_contain_text("Urutan tersimpan")
    assert saved(cilacap) == ["C", "B", "A"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_a_script_every_button_asks_the_server(newsroom, front, cilacap, editor):
    page = newsroom.sign_in("wening", LAPTOP, java_script_enabled=False)
    page.goto(newsroom.url("desk", front))

    page.get_by_role("button", name="Turunkan “Berita A”").click()
    assert shown(page) == ["B", "A", "C"]
    page.locator("select").nth(2).select_option("exact")
    page.fill("#id_q", "berita d")
    page.press("#id_q", "Enter")
    page.get_by_role("button", name="Sematkan “Berita D”").click()
    assert shown(page) == ["D", "B", "A", "C"]
    expect(page.locator("input[type=time]").nth(3)).to_be_visible()
    expect(page.locator("input[type=time]").nth(0)).to_be_hidden()
    page.get_by_role("button", name="Lepas “Berita C”").click()
    page.get_by_role("button", name="Simpan urutan").click()
    expect(page.locator(".messagelist")).to_contain_text("Urutan tersimpan")
    assert saved(cilacap) == ["D", "B", "A"]
