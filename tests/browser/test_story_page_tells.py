"""What the story page says of itself: how old its checks are, and where else it is open."""

import pytest
from playwright.sync_api import expect

from articles import writing
from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import expect_kept, open_new, open_story, text
from tests.factories import make_live, make_picture, make_story, rewrite


def test_checks_say_of_when_they_are_while_the_desk_cannot_be_reached(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        old = page.locator("[data-checks-old]")
        expect(old).to_be_hidden()
        page.context.set_offline(True)
        page.fill("#id_summary", "")
        expect(old).to_contain_text("Keadaan pukul ")
        expect(old).to_contain_text("belum diperiksa lagi")
        expect(page.locator("[data-checks]")).not_to_contain_text("Ringkasan belum ada")
        page.context.set_offline(False)
        expect_kept(page)
        expect(old).to_be_hidden()


def test_a_second_tab_of_the_same_person_is_said_in_both_until_it_is_closed(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    elsewhere = make_story(correspondent, cilacap, headline="Naskah lain")
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        other = page.context.new_page()
        open_story(newsroom, other, elsewhere)
        expect(other.locator("[data-other-tab]")).to_be_hidden()
        open_story(newsroom, other, story)
        for tab in (page, other):
            expect(tab.locator("[data-other-tab]")).to_have_text(
                "Naskah ini juga terbuka di tab lain"
            )
            expect(tab.locator("[data-other-tab]")).to_be_visible()
        other.close()
        expect(page.locator("[data-other-tab]")).to_be_hidden()
    assert Article.objects.get(pk=story.pk).version == 1


def test_a_phone_says_in_words_who_else_is_there_below_the_bar(
    newsroom, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    writing.be_present(story, correspondent, is_typing=True)
    with newsroom.signed_in("wening", PHONE) as page:
        open_story(newsroom, page, story)
        words = page.get_by_text("Ratih Purwandari sedang menyunting")
        expect(words).to_be_visible()
        said, back, menu = (
            page.locator(each).bounding_box()
            for each in (".presence > span:last-child", ".storybar__back", ".storybar .menu")
        )
        assert said["width"] > 100
        assert said["y"] >= back["y"] + back["height"]
        assert menu["y"] < back["y"] + back["height"]
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("width", [1000, 1200, 1280, 1440])
def test_who_is_there_and_when_it_was_saved_stand_whole_beside_all_verbs(
    newsroom, correspondent, editor, cilacap, width
):
    story = make_live(correspondent, cilacap, editor=editor).article
    rewrite(story, by=editor, headline="Sepuluh kapal kembali melaut")
    writing.be_present(story, correspondent, is_typing=False)
    with newsroom.signed_in("wening", {"width": width, "height": 800}) as page:
        open_story(newsroom, page, story)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        expect(page.locator(".storybar__states .state")).to_have_count(2)
        verbs = page.locator(".storybar__verbs").bounding_box()
        for words in (".presence > span:last-child", ".saved > span"):
            said = page.locator(words)
            shown, whole = said.evaluate("each => [each.clientWidth, each.scrollWidth]")
            assert shown in (whole, 0)  # 0: it is no box of its own, and cuts nothing
            box = said.bounding_box()
            assert box["height"] < 24  # one line
            assert box["y"] + box["height"] <= verbs["y"]
        page.locator("#id_slug").scroll_into_view_if_needed()
        bar, panel = (page.locator(each).bounding_box() for each in (".storybar", ".panel"))
        assert bar["y"] == 0 < bar["height"] <= panel["y"] + 1


def test_the_checks_of_a_new_story_follow_what_is_typed(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih") as page:
        open_new(newsroom, page)
        checks = page.locator("[data-checks]")
        lacking = checks.get_by_text("Judul belum ada")
        expect(lacking).to_be_visible()
        page.locator("#id_headline").press_sequentially("Kapal")
        expect(lacking).to_be_hidden()
        expect(checks.get_by_text("Isi berita kosong")).to_be_visible()
        text(page).press_sequentially("Deru mesin.")
        expect(checks.get_by_text("Isi berita kosong")).to_be_hidden()


def test_a_check_is_not_left_dimmed_where_nothing_has_changed_after_all(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, summary="")
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        dimmed = page.locator(".check--asked")
        page.locator("#id_summary").press_sequentially("a")
        expect(dimmed).to_have_count(1)
        page.locator("#id_summary").press("Backspace")
        expect(dimmed).to_have_count(0)


def test_a_caption_is_asked_for_when_there_is_a_picture(newsroom, correspondent, cilacap):
    bare = make_story(correspondent, cilacap)
    pictured = make_story(correspondent, cilacap, picture=make_picture(cilacap))
    with newsroom.signed_in("ratih") as page:
        caption = page.locator(".caption-here > summary")
        open_story(newsroom, page, bare)
        expect(caption).to_be_hidden()
        open_story(newsroom, page, pictured)
        expect(caption).to_be_visible()
