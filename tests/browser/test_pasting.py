"""What people paste comes out as the paragraphs of a story: no fonts, no empty spans, quotes kept.

The files in pasted/ have the shape in which each program puts HTML on the clipboard.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from articles.body import sanitise
from tests.browser.conftest import LAPTOP
from tests.browser.story_page import open_new, text

PASTED = Path(__file__).parent / "pasted"
PASTE = """({html, plain}) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    const body = document.querySelector("iframe.cke_wysiwyg_frame").contentDocument.body;
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    body.dispatchEvent(new ClipboardEvent("paste", options));
}"""
BODY = "() => CKEDITOR.instances.id_body.getData()"


@pytest.fixture
def page(newsroom, correspondent):
    page = newsroom.sign_in("ratih", LAPTOP)
    open_new(newsroom, page)
    text(page).click()
    return page


def paste(page: Page, html: str, plain: str = "teks biasa") -> str:
    """What would be stored."""
    before = page.evaluate(BODY)
    page.evaluate(PASTE, {"html": html, "plain": plain})
    for _attempt in range(100):
        if page.evaluate(BODY) != before:
            break
        page.wait_for_timeout(50)
    return sanitise(page.evaluate(BODY))


@pytest.mark.parametrize("program", ["word", "google-docs", "whatsapp"])
def test_a_text_of_another_program_is_clean_paragraphs(page, program):
    html = (PASTED / f"{program}.html").read_text(encoding="utf-8")
    expected = (PASTED / f"{program}.expected.html").read_text(encoding="utf-8")
    assert paste(page, html) == expected.strip()


def test_lines_without_formatting_are_a_paragraph_each(page):
    plain = "Lapor redaksi.\nSaksi: “Airnya naik.”\r\n\r\n1 < 2 & 3\n"
    assert paste(page, "", plain) == (
        "<p>Lapor redaksi.</p>\n<p>Saksi: “Airnya naik.”</p>\n<p>1 &lt; 2 &amp; 3</p>"
    )


def test_a_word_goes_into_the_sentence(page):
    page.keyboard.insert_text("Kapal itu")
    for _letter in range(4):
        page.keyboard.press("ArrowLeft")
    assert paste(page, "<meta charset='utf-8'><span style='color:red'>kayu</span>") == (
        "<p>Kapalkayu itu</p>"
    )


def test_what_was_struck_out_as_a_tracked_change_is_gone(page):
    html = "<p>Airnya <del cite='mailto:a'>surut</del><ins cite='mailto:a'>naik</ins>.</p>"
    assert paste(page, html) == "<p>Airnya naik.</p>"


def test_on_request_the_next_paste_comes_as_plain_text(page):
    tool = page.locator("[data-command=pasteText]")
    tool.click()
    assert tool.get_attribute("aria-pressed") == "true"
    assert paste(page, "<h2>Besar</h2><b>tebal</b>", "Besar tebal") == "<p>Besar tebal</p>"
    assert tool.get_attribute("aria-pressed") == "false"
    assert "<strong>lagi</strong>" in paste(page, "<b>lagi</b>")


def test_a_paste_that_would_run_does_not(page):
    html = "<p>a</p><img src=x onerror='parent.ran=1'><svg onload='parent.ran=1'></svg><p>b</p>"
    assert paste(page, html) == "<p>a</p>\n<p>b</p>"
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.ran") is None
