"""Objects that are copied arrive whole in another story, another tab, and in a mail as words.

With the browser's own clipboard: within one page CKEditor knows its own copies again.
"""

import pytest
from playwright.sync_api import Page, expect

from articles.body import sanitise
from tests.browser.conftest import LAPTOP
from tests.browser.story_page import open_new, send_paste, text

BODY = "() => CKEDITOR.instances.id_body.getData()"
SET = "(html) => CKEDITOR.instances.id_body.setData(html)"
CLIPBOARD = """async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type) => [type, await (await item.getType(type)).text()];
    return Promise.all(item.types.map(read));
}"""
CARD = (
    '<figure data-object="embed" data-url="https://www.youtube.com/watch?v=Kapal_kayu1"></figure>'
)
SAID = "<p>Kami haus.</p>\n<p><cite>Siti</cite></p>\n"
QUOTE = f'<blockquote data-object="pull-quote">{SAID}</blockquote>'
BOX = '<aside data-object="fact-box"><h3>Angka</h3>\n<p>1.204 jiwa</p>\n</aside>'


@pytest.fixture
def page(newsroom, correspondent):
    page = newsroom.sign_in("ratih", LAPTOP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.on("dialog", lambda asked: asked.accept())
    open_new(newsroom, page)
    return page


def copied(page: Page, html: str) -> dict[str, str]:
    """A text in the editor, wholly copied; what is on the clipboard."""
    page.evaluate(SET, html)
    expect(text(page).locator(".object__kind").first).to_be_visible()
    text(page).locator("p").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    for _attempt in range(40):
        page.wait_for_timeout(50)
        if found := dict(page.evaluate(CLIPBOARD)):
            return found
    return {}


def test_what_is_copied_arrives_whole_in_another_story(newsroom, page):
    whole = f"<p>Awal.</p>\n{CARD}\n{QUOTE}\n{BOX}\n<p>Akhir.</p>"
    on_clipboard = copied(page, whole)
    assert sanitise(on_clipboard["text/html"]) == whole
    words = on_clipboard["text/plain"].replace("\xa0", "").split()
    assert " ".join(words) == (
        "Awal. https://www.youtube.com/watch?v=Kapal_kayu1 Kami haus. Siti Angka 1.204 jiwa Akhir."
    )

    open_new(newsroom, page)
    text(page).click()
    page.keyboard.press("Control+v")
    expect(text(page).locator(".object__kind")).to_have_count(3)
    assert sanitise(page.evaluate(BODY)) == whole


@pytest.mark.parametrize("thing", [CARD, QUOTE, BOX], ids=["card", "quote", "box"])
def test_what_is_typed_after_an_object_was_pasted_stands_below_it(newsroom, page, thing):
    copied(page, f"<p>Awal.</p>\n{thing}")
    open_new(newsroom, page)
    text(page).click()
    page.keyboard.press("Control+v")
    expect(text(page).locator(".object__kind")).to_have_count(1)
    page.keyboard.type("Kalimat penting.")
    page.keyboard.press("Enter")
    page.keyboard.type("Kedua.")
    assert sanitise(page.evaluate(BODY)) == (
        f"<p>Awal.</p>\n{thing}\n<p>Kalimat penting.</p>\n<p>Kedua.</p>"
    )


def test_a_copy_with_frame_and_buttons_is_stripped_of_them(newsroom, page):
    """As a tab with an older page put it on the clipboard."""
    framed = page.evaluate(
        """(html) => new Promise((told) => {
            const editor = CKEDITOR.instances.id_body;
            const look = () => editor.document.$.querySelectorAll(".object__kind").length === 2;
            editor.setData(html);
            const wait = setInterval(() => {
                if (!look()) return;
                clearInterval(wait);
                told(editor.document.$.body.innerHTML);
            }, 50);
        })""",
        f"{CARD}{QUOTE}",
    )
    assert "Naikkan" in framed
    page.evaluate(SET, "")
    text(page).click()
    send_paste(page, framed)
    expect(text(page).locator(".object__kind")).to_have_count(2)
    assert sanitise(page.evaluate(BODY)) == f"{CARD}\n{QUOTE}"
