"""Publishing cannot be taken back: no single key and no single tap does it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, Event
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_kept, open_story
from tests.factories import approve_story, make_story

A_MOMENT = 600  # milliseconds: before them an answer counts as the second tap of two


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Kapal melaut lagi")


def question(page):
    return page.get_by_role("dialog", name="Terbitkan naskah ini?")


def test_control_and_enter_goes_on_as_far_as_the_question_and_no_further(
    newsroom, story, correspondent, editor
):
    workflow.submit(story, by=correspondent)

    with newsroom.signed_in("wening") as page:
        open_story(newsroom, page, story)
        for state in ("in-review", "approved"):
            page.locator("body").press("Control+Enter")
            expect(page.locator(f".storybar .state--{state}")).to_be_visible()
            expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()
        page.locator("body").press("Control+Enter")
        expect(question(page)).to_be_visible()
        assert page.evaluate("document.activeElement.textContent") == "Terbitkan naskah ini?"
        page.wait_for_timeout(A_MOMENT)
        for key in ("Control+Enter", "Enter", "a", "v", "Control+s"):
            page.keyboard.press(key)
        expect(question(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(question(page)).to_be_hidden()
        assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
            "submit", "claim", "approve"
        ]  # fmt: skip
        page.locator("body").press("Control+Enter")
        page.wait_for_timeout(A_MOMENT)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Batal"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("terbit")

    assert Event.objects.filter(verb="publish").count() == 1


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_question_says_what_goes_where_and_what_the_checks_still_say(
    newsroom, story, correspondent, editor, size
):
    approve_story(story, by=correspondent, editor=editor)

    with newsroom.signed_in("wening", size) as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", "Kapal melaut sebelum subuh")
        expect_kept(page)
        page.locator("[name=_verb][value=publish]:visible").dblclick()
        expect(question(page)).to_be_visible()
        words = question(page).inner_text()
        assert "Kapal melaut sebelum subuh" in words
        assert "Cilacap" in words
        for check in page.locator(".panel .check--warn strong").all_text_contents():
            assert check in words
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        for name in ("Terbitkan", "Batal"):
            box = question(page).get_by_role("button", name=name).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"]
            assert box["y"] + box["height"] <= size["height"]
        page.wait_for_timeout(A_MOMENT)
        question(page).get_by_role("button", name="Batal").click()
        expect(question(page)).to_be_hidden()
        assert not Event.objects.filter(verb="publish").exists()
        page.locator("[name=_verb][value=publish]:visible").click()
        page.wait_for_timeout(A_MOMENT)
        question(page).get_by_role("button", name="Terbitkan").click()
        expect(page.locator(".messagelist")).to_contain_text("terbit")

    assert Article.objects.get().editions.get().headline == "Kapal melaut sebelum subuh"


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_question_says_that_an_embargo_bars_it_and_leads_to_a_time(
    newsroom, story, correspondent, editor, size
):
    until = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    Article.objects.filter(pk=story.pk).update(embargo_until=until)
    story.refresh_from_db()
    approve_story(story, by=correspondent, editor=editor)

    with newsroom.signed_in("wening", size) as page:
        open_story(newsroom, page, story)
        page.locator("[name=_verb][value=publish]:visible").click()
        expect(question(page)).to_contain_text("Diembargo sampai")
        expect(question(page).get_by_role("button", name="Terbitkan")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        page.wait_for_timeout(A_MOMENT)
        question(page).get_by_role("button", name="Jadwalkan").click()
        page.wait_for_url("**/verb/schedule/")
        page.locator("main").get_by_role("button", name="Jadwalkan").click()
        expect(page.locator(".messagelist")).to_contain_text("terbit")

    assert story.editions.get().live.lower == until


def test_the_question_follows_an_embargo_that_is_typed_and_taken_back(
    newsroom, story, correspondent, editor
):
    approve_story(story, by=correspondent, editor=editor)

    with newsroom.signed_in("wening") as page:
        open_story(newsroom, page, story)
        day = timezone.localdate() + timedelta(days=2)
        for date, clock, is_barred in ((f"{day:%Y-%m-%d}", "06:00", True), ("", "", False)):
            page.fill("#id_embargo_until_0", date)
            page.fill("#id_embargo_until_1", clock)
            expect_kept(page)
            page.locator("[name=_verb][value=publish]:visible").click()
            button = question(page).get_by_role("button", name="Terbitkan")
            expect(button).to_be_hidden() if is_barred else expect(button).to_be_visible()
            page.keyboard.press("Escape")
