"""Whoever works by keyboard reaches every verb, and nothing happens by a letter in a text."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from articles import workflow
from articles.desk import label_of
from articles.models import Article
from tests.articles.test_workflow_table import EXPECTED, bring_to
from tests.browser.story_page import expect_saved, open_story, text
from tests.factories import make_story

OFTEN = ("draft", "in_review", "approved", "live")


@pytest.fixture
def waiting(correspondent, cilacap):
    stories = [make_story(correspondent, cilacap) for _ in range(3)]
    return [workflow.submit(story, by=correspondent) and story for story in stories]


def in_hand(page) -> str:
    return page.evaluate("document.activeElement.innerText")


def test_the_sheet_opens_by_a_question_mark_and_tells_the_keys(newsroom, editor):
    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk"))
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Pintasan papan ketik")
        expect(sheet).to_be_visible()
        expect(sheet).to_contain_text("Ambil atau lepas")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        page.click(".menu:has([data-sheet]) > summary")
        page.click("[data-sheet]")
        expect(sheet).to_be_visible()


def test_two_letters_lead_home_and_one_begins_a_story(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.locator(".storybar__back").focus()
        page.keyboard.press("g")
        page.keyboard.press("h")
        expect(page).to_have_url(newsroom.url("desk"))
        # The page's script offers the sheet of keys as soon as it listens to them.
        expect(page.locator("[data-sheet]:not([hidden])").first).to_be_attached()
        page.keyboard.press("n")
        expect(page).to_have_url(newsroom.url("desk", "/articles/article/add/"))


def test_the_queue_is_walked_and_claimed_by_letters(newsroom, waiting, editor):
    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk"))
        page.keyboard.press("a")
        assert not Article.objects.filter(claimed_by=editor).exists()  # no row is in hand
        for key in "jjk":
            page.keyboard.press(key)
        assert in_hand(page) == waiting[0].headline
        page.keyboard.press("a")
        expect(page.locator(".storybar__states")).to_contain_text("Ditinjau")

    assert list(Article.objects.filter(claimed_by=editor)) == waiting[:1]


def test_stories_of_a_list_are_ticked_and_claimed_together(newsroom, waiting, editor):
    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk", "/articles/article/"))
        for key in "jxjx":
            page.keyboard.press(key)
        assert page.locator(".action-select:checked").count() == 2
        page.keyboard.press("a")
        expect(page.locator(".messagelist")).to_be_visible()

    assert Article.objects.filter(claimed_by=editor).count() == 2


def test_a_story_of_a_list_is_claimed_and_given_back_without_a_tick(newsroom, waiting, editor):
    with newsroom.signed_in("wening") as page:
        for tab, claimed in (("submitted", 1), ("in_review", 0)):
            page.goto(newsroom.url("desk", f"/articles/article/?tab={tab}"))
            page.keyboard.press("a")  # no row is in hand
            page.keyboard.press("j")
            page.keyboard.press("a")
            expect(page.locator(".messagelist")).to_be_visible()
            assert Article.objects.filter(claimed_by=editor).count() == claimed


def test_the_key_that_takes_a_story_gives_it_back(newsroom, waiting, editor):
    with newsroom.signed_in("wening") as page:
        open_story(newsroom, page, waiting[0])
        for claimed_by in (editor, None):
            page.locator("body").press("a")
            expect(page.locator(".messagelist")).to_be_visible()
            waiting[0].refresh_from_db()
            assert waiting[0].claimed_by == claimed_by
            open_story(newsroom, page, waiting[0])


def test_a_text_is_saved_and_filed_without_leaving_it(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        text(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" njkxap?")
        page.keyboard.press("Control+s")
        expect_saved(page)
        expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()
        text(page).click()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".state--submitted").first).to_be_visible()

    story.refresh_from_db()
    assert (story.stage, story.body.count("njkxap?")) == ("submitted", 1)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(state, marks=[] if state in OFTEN else pytest.mark.soak)
        for state in EXPECTED
        if state not in ("retracted", "discarded")
    ],
)
def test_every_verb_of_a_story_is_reached_without_a_mouse(
    newsroom, state, cilacap, correspondent, editor, second_editor
):
    staff = {"writer": correspondent, "holder": editor, "second": second_editor}
    story = bring_to(state, staff, cilacap)
    with translation.override("id"):
        wanted = {str(label_of(verb, story, editor)) for verb in workflow.available(story, editor)}

    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
        page.locator(".storybar__back").focus()
        reached = set()
        for _step in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.storybar__verbs') !== null"):
                reached.add(in_hand(page).rstrip("…"))
        page.locator(".storybar__back").focus()
        page.keyboard.press("v")
        for _step in range(12):
            page.keyboard.press("ArrowDown")
            reached.add(in_hand(page).rstrip("…"))

    assert wanted - reached == set()


def test_letters_can_be_switched_off_on_a_device(newsroom, editor):
    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk"))
        page.keyboard.press("?")
        page.get_by_label("Pintasan satu huruf").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("?")
        page.keyboard.press("n")
        expect(page.locator("#keys")).to_be_hidden()
        expect(page).to_have_url(newsroom.url("desk"))


def test_p_shows_the_story_as_readers_would_find_it_beside_what_is_being_typed(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, headline="Kapal kembali melaut")

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", "Sedang diketik")
        page.locator(".storybar__back").focus()
        with page.expect_popup() as opened:
            page.keyboard.press("p")
        preview = opened.value.frame_locator("iframe")
        expect(preview.locator("h1")).to_have_text("Sedang diketik")
        expect(preview.locator("aside.plainly")).to_contain_text("belum disimpan")
        expect(page.locator("#id_headline")).to_have_value("Sedang diketik")
