"""The desk in a real browser: keys, pickers and pop-ups do what a newsroom expects."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Event
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.factories import (
    approve_story,
    make_bureau,
    make_picture,
    make_story,
    publish_story,
)

NARROW = {"width": 320, "height": 640}


def test_enter_in_a_field_saves_and_never_decides(newsroom, correspondent, editor, cilacap):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)

    with newsroom.signed_in("wening") as page:
        open_story(newsroom, page, story)
        page.fill("#id_kicker", "Perikanan")
        page.press("#id_kicker", "Enter")
        expect_saved(page)

    story.refresh_from_db()
    assert story.kicker == "Perikanan"
    assert not Event.objects.filter(verb="publish").exists()


def test_the_library_opens_within_a_phones_screen_and_shows_its_pictures(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap, caption="Kapal nelayan di muara")
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        page.click("[data-choose]")
        image = page.locator(".chooser .picture img")
        expect(image).to_be_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        box = page.locator(".chooser").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_topics_are_typed_one_by_one_and_taken_off_again(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, tags=["nelayan", "muara"])

    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        page.fill("#id_tags_typing", "banjir Kali Serayu")
        page.press("#id_tags_typing", "Enter")
        page.fill("#id_tags_typing", "cuaca, Nelayan")
        page.get_by_role("button", name="muara").click()
        save(page)
        expect_saved(page)

    assert sorted(story.tags.names()) == ["banjir Kali Serayu", "cuaca", "nelayan"]


def test_a_name_is_added_to_the_credits_and_moved_to_the_top(
    newsroom, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, story)
        expect(page.locator(".byline-row:visible")).to_have_count(1)
        page.click(".add-row a")
        page.click("#bylines-1 .select2-selection")
        page.fill(".select2-search__field", "wening")
        page.click(".select2-results__option:has-text('Wening Kusumastuti')")
        page.select_option("#id_bylines-1-role", "contributor")
        page.click("#bylines-1 .byline-row__up")
        save(page)
        expect_saved(page)

    assert [(str(line.author), line.role) for line in story.bylines.all()] == [
        ("Wening Kusumastuti", "contributor"),
        ("Ratih Purwandari", "writer"),
    ]


def test_on_a_phone_the_steps_stay_in_the_first_line_of_the_bar(
    newsroom, correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)

    with newsroom.signed_in("wening", PHONE) as page:
        open_story(newsroom, page, story)
        # A story of another day, which no test can have saved.
        page.locator("[data-status-words]").evaluate(
            "words => words.textContent = 'Tersimpan 29 Nov 06:15'"
        )
        back, steps = (
            page.locator(f".storybar {part}").bounding_box()
            for part in (".storybar__back", ".menu > summary")
        )
    assert abs(back["y"] + back["height"] / 2 - steps["y"] - steps["height"] / 2) < 3


def test_on_a_phone_the_way_to_readers_stands_beside_its_story(
    newsroom, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap)

    with newsroom.signed_in("wening", PHONE) as page:
        page.goto(newsroom.url("desk"))
        title, eye = (
            page.locator(f"[aria-labelledby=h-published] li {part}").bounding_box()
            for part in (".rows__title", ".button")
        )
    assert eye["x"] >= title["x"] + title["width"]


def test_leaving_with_unsent_words_asks_first(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    asked = []

    with newsroom.signed_in("ratih", PHONE) as page:
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        open_story(newsroom, page, story)
        page.wait_for_timeout(800)
        page.click(".storybar__back")
        page.wait_for_url("**/articles/article/")
        assert asked == []
        open_story(newsroom, page, story)
        page.wait_for_timeout(800)
        # The desk does not hear of it: what it has kept can be left without a question.
        page.route("**/autosave/", lambda route: route.abort())
        page.locator("#id_headline").press_sequentially("Belum tersimpan")
        page.click(".storybar__back")
        page.wait_for_url("**/articles/article/")

    assert asked == ["beforeunload"]


PAGES = {
    "ratih": (
        "/", "/articles/article/", "/articles/article/add/", "/articles/article/{draft}/change/",
        "/articles/article/{live}/change/", "/articles/article/{draft}/verb/discard/",
        "/articles/article/{waiting}/change/", "/articles/picture/", "/articles/picture/add/",
        "/profile/", "/password_change/", "/nothing/", "/bureaus/user/",
    ),
    "wening": (
        "/", "/articles/article/?tab=published", "/articles/article/{waiting}/change/",
        "/articles/article/{live}/verb/retract/", "/articles/article/{live}/verb/correct/",
        "/bureaus/author/", "/bureaus/author/add/", "/articles/pin/", "/articles/page/",
    ),
    "tata": (
        "/", "/bureaus/user/", "/bureaus/user/add/", "/bureaus/bureau/", "/bureaus/bureau/add/",
        "/bureaus/network/1/change/", "/articles/section/", "/articles/tag/", "/articles/page/",
        "/articles/page/add/?kind=about",
    ),
}  # fmt: skip


def is_blocked(said) -> bool:
    return "Content Security Policy" in said.text


# Every fourth page here, all of them by make soak; test_desk_access hears of each kind of page.
@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("username", PAGES)
def test_no_page_breaks_its_policy_or_scrolls_sideways(
    newsroom, correspondent, editor, administrator, cilacap, username, each
):
    make_bureau("pegunungan-arfak")  # has no editor, which its administrator is told
    publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    stories = {
        "live": Article.objects.get().pk,
        "draft": make_story(correspondent, cilacap, headline="Pertanggungjawaban" * 6).pk,
    }
    waiting = make_story(correspondent, cilacap)
    stories["waiting"] = waiting.pk
    approve_story(waiting, by=correspondent, editor=editor)
    faults = []

    with newsroom.signed_in(username, NARROW) as page:
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: is_blocked(said) and faults.append(f"{page.url}: {said.text}"),
        )
        for path in PAGES[username][::each]:
            page.goto(newsroom.url("desk", path.format(**stories)))
            if page.locator("[data-processed] ~ .cke, .django-ckeditor-widget").count():
                expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()
            for viewport in (NARROW, LAPTOP):
                page.set_viewport_size(viewport)
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > viewport["width"]:
                    faults.append(f"{path}: {wide} px wide on {viewport['width']}")

    assert faults == []
