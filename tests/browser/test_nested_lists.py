"""Items of an item stand apart from it: in the editor, for readers, on paper."""

import pytest

from articles import workflow
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_story, text
from tests.factories import make_story, publish_story

LEVELS = "<{0}><li>Satu<{0}><li>Dua<{0}><li>Tiga</li></{0}></li></{0}></li></{0}>"
LISTS = LEVELS.format("ul") + LEVELS.format("ol")
BOX = f'<aside data-object="fact-box"><h3>Isi</h3>{LISTS}</aside>'
SHOWN = """(box) => [...box.querySelectorAll("li")].map((item) => {
    const range = item.ownerDocument.createRange();
    range.selectNode(item.firstChild);
    const left = Math.round(range.getBoundingClientRect().left);
    return [getComputedStyle(item).listStyleType, left];
})"""
MARKERS = ["disc", "circle", "square", "decimal", "lower-alpha", "lower-roman"]


def expect_levels(shown: list) -> None:
    for three in (shown[number : number + 3] for number in range(0, len(shown), 3)):
        left = [place for _marker, place in three]
        assert left[1] >= left[0] + 16
        assert left[2] >= left[1] + 16
    assert [marker for marker, _place in shown] == MARKERS * (len(shown) // 6)


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_readers_see_the_levels_of_a_list_on_screen_and_paper(
    newsroom, correspondent, editor, cilacap, viewport
):
    edition = publish_story(correspondent, editor, cilacap, body=f"<p>Awal.</p>{LISTS}{BOX}")
    page = newsroom.open(viewport)
    page.goto(edition.address.get_absolute_url())
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        shown = page.locator(".prose").evaluate(SHOWN)
        assert len(shown) == 12
        expect_levels(shown)


def test_the_desk_sees_them_while_writing_and_reading(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body=f"<p>Awal.</p>{LISTS}")
    page = newsroom.sign_in("ratih", LAPTOP)
    open_story(newsroom, page, story)
    expect_levels(text(page).evaluate(SHOWN))
    workflow.submit(story, by=correspondent)
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    expect_levels(page.locator(".reading .story-text").evaluate(SHOWN))
