"""What is pasted into a pull quote or a fact box is seen there as it is stored."""

import pytest
from playwright.sync_api import Page, expect

from articles.body import sanitise
from tests.browser.conftest import LAPTOP
from tests.browser.story_page import open_story, text
from tests.factories import make_story

BODY = "() => CKEDITOR.instances.id_body.getData()"
PASTE = """(part, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "teks");
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    part.dispatchEvent(new ClipboardEvent("paste", options));
}"""
TABLE = "<table><tbody><tr><td>Desa</td><td>Jiwa</td></tr><tr><td>Tarisi</td><td>1.204</td></tr>"
TABLE += "</tbody></table>"
QUOTE = '<blockquote data-object="pull-quote"><p>Kata.</p><p><cite>Ketua</cite></p></blockquote>'
BOX = '<aside data-object="fact-box"><h3>Angka</h3><p>Kata.</p></aside>'


def paste(page: Page, html: str, seen: str) -> str:
    """Paste behind the words of the box; what is stored. ``seen``: what is in the text then."""
    words = text(page).locator(".object__words")
    words.click()
    page.keyboard.press("End")
    words.evaluate(PASTE, html)
    expect(text(page).locator(seen)).to_have_count(1)
    stored = sanitise(page.evaluate(BODY))
    # Saving and opening it again changes nothing of what was seen.
    assert stored == sanitise(stored)
    return stored.replace("\n", "")


@pytest.fixture
def opened(newsroom, correspondent, cilacap):
    def opened(body: str) -> Page:
        story = make_story(correspondent, cilacap, body=f"<p>Awal.</p>{body}<p>Akhir.</p>")
        page = newsroom.sign_in("ratih", LAPTOP)
        open_story(newsroom, page, story)
        return page

    return opened


@pytest.mark.parametrize("box", [QUOTE, BOX], ids=["quote", "box"])
def test_a_table_stands_behind_the_box(opened, box):
    page = opened(box)
    stored = paste(page, f"{TABLE}", ":scope > table")
    assert stored == f"<p>Awal.</p>{box}{TABLE}<p>Akhir.</p>"
    expect(text(page).locator(".object table")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(text(page).locator("table")).to_have_count(0)


def test_the_words_around_a_table_stay_in_the_box(opened):
    page = opened(BOX)
    stored = paste(page, f"<p>Satu.</p>{TABLE}<p>Dua.</p>", ":scope > table")
    assert stored.index("Satu.") < stored.index("Dua.") < stored.index("</aside><table>")


def test_lines_of_a_list_are_paragraphs_of_a_quote_and_small_figures_stay(opened):
    page = opened(QUOTE)
    stored = paste(
        page,
        "<ul><li>Satu<sup>2</sup></li><li>Dua</li></ul>",
        ".object__words sup",
    )
    assert "<p>Dua</p><p><cite>Ketua</cite></p></blockquote>" in stored
    assert "Satu<sup>2</sup></p>" in stored
