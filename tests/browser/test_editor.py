"""The story editor under the policy of every page of the desk: no inline script, no eval."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.body import sanitise
from articles.models import PolicyReport
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_new, open_story, save, text
from tests.factories import make_story


def tool(page: Page, command: str):
    return page.locator(f".editor-bar [data-command={command}]")


def body_of(page: Page) -> str:
    """What the editor would send."""
    return page.evaluate("() => CKEDITOR.instances.id_body.getData()")


def expect_body(page: Page, html: str) -> None:
    """The same, as soon as what was pressed has come to its end."""
    for _attempt in range(50):
        if body_of(page) == html:
            return
        page.wait_for_timeout(100)
    assert body_of(page) == html


@pytest.fixture
def writing(newsroom, correspondent):
    page = newsroom.sign_in("ratih", LAPTOP)
    page.blocked = []
    page.on("console", lambda said: page.blocked.append(said.text) if is_blocked(said) else None)
    return page


def is_blocked(said) -> bool:
    return "Content Security Policy" in said.text


def test_text_is_typed_and_formatted_with_the_toolbar(newsroom, writing):
    page = writing
    open_new(newsroom, page)
    text(page).click()
    for command, words in (
        ("h2", "Jembatan"),
        ("h3", "Kayu"),
        ("bold", "tebal"),
        ("italic", "miring"),
    ):
        tool(page, command).click()
        expect(tool(page, command)).to_have_attribute("aria-pressed", "true")
        page.keyboard.insert_text(words)
        if command != "bold":
            page.keyboard.press("Enter")
    tool(page, "bold").click()
    tool(page, "italic").click()
    for command, words in (("bulletedlist", "papan"), ("numberedlist", "paku")):
        tool(page, command).click()
        page.keyboard.insert_text(words)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    expect_body(
        page,
        "<h2>Jembatan</h2><h3>Kayu</h3><p><strong>tebal<em>miring</em></strong></p>"
        "<ul><li>papan</li></ul><ol><li>paku</li></ol><p>&nbsp;</p>",
    )
    tool(page, "undo").click()
    tool(page, "undo").click()
    assert "paku" in body_of(page)
    assert page.blocked == []
    assert PolicyReport.objects.count() == 0


def test_marks_are_typed_as_they_are_printed_and_undoing_once_gives_back_what_was_typed(
    newsroom, writing
):
    page = writing
    open_new(newsroom, page)
    text(page).click()
    page.keyboard.type('"Jum\'at -- kata \'Siti\' -- hujan..." ("Awas")')
    said = "“Jum’at – kata ‘Siti’ – hujan…” (“Awas”"
    expect_body(page, f"<p>{said})</p>")
    page.keyboard.type("'")
    page.keyboard.press("Control+z")
    expect_body(page, f"<p>{said})'</p>")
    page.keyboard.press("Control+y")
    page.keyboard.type("!")
    expect_body(page, f"<p>{said})’!</p>")
    page.keyboard.press("Control+a")
    page.keyboard.type("https://a.example/--b a---b")
    expect_body(page, "<p>https://a.example/--b a—b</p>")


def test_a_link_is_set_changed_and_removed(newsroom, writing):
    page = writing
    open_new(newsroom, page)
    text(page).click()
    tool(page, "link").click()
    page.fill("[name=href]", "javascript:alert(1)")
    page.get_by_role("button", name="Pasang tautan").click()
    expect(page.locator("[data-mistake]")).to_contain_text("Ini bukan alamat")
    page.fill("[name=href]", "http://")
    page.get_by_role("button", name="Pasang tautan").click()
    expect(page.locator("[name=href]")).to_be_focused()
    page.fill("[name=href]", "contoh.id/berita?a=1&b=2")
    page.fill("[name=words]", "Contoh")
    page.get_by_role("button", name="Pasang tautan").click()
    link = '<a href="https://contoh.id/berita?a=1&amp;b=2">Contoh</a>'
    expect_body(page, f"<p>{link}</p>")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+k")
    expect(page.locator("[name=href]")).to_have_value("https://contoh.id/berita?a=1&b=2")
    page.fill("[name=href]", "redaksi@contoh.id")
    page.keyboard.press("Enter")
    expect_body(page, '<p><a href="mailto:redaksi@contoh.id">Contoh</a></p>')
    tool(page, "link").click()
    page.get_by_role("button", name="Hapus tautan").click()
    expect_body(page, "<p>Contoh</p>")


def test_a_table_is_made_and_grows(newsroom, writing):
    page = writing
    open_new(newsroom, page)
    text(page).click()
    page.keyboard.insert_text("Lihat tabel.")
    tool(page, "table").click()
    page.fill("[name=columns]", "2")
    page.fill("[name=rows]", "1")
    page.get_by_role("button", name="Sisipkan tabel").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    # The cursor is in the first heading; Tab goes on.
    for number, words in enumerate(("Iuran", "Tarif", "Kapal", "Rp 25.000")):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.insert_text(words)
    made = (
        "<table><thead><tr><th>Iuran</th><th>Tarif</th></tr>\n</thead>"
        "<tbody><tr><td>Kapal</td><td>Rp 25.000</td></tr>\n</tbody></table>"
    )
    text(page).locator("table + p").click()
    page.keyboard.insert_text("Di bawahnya.")
    kept = f"<p>Lihat tabel.</p>\n{made}\n<p>Di bawahnya.</p>"
    assert sanitise(body_of(page)) == kept
    assert re.sub(r"\s*\n\s*", "", body_of(page)) == kept.replace("\n", "")

    text(page).locator("td").first.click()
    tool(page, "table").click()
    page.get_by_role("button", name="Baris di bawah").click()
    text(page).locator("th").first.click()
    tool(page, "table").click()
    page.get_by_role("button", name="Kolom di kanan").click()
    counts = {tag: text(page).locator(tag).count() for tag in ("tr", "th", "td")}
    assert counts == {"tr": 3, "th": 3, "td": 6}
    save(page)
    expect_saved(page)


def test_the_toolbar_is_one_stop_for_the_keyboard(newsroom, writing):
    page = writing
    open_new(newsroom, page)
    text(page).click()
    page.keyboard.insert_text("Deru")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+F10")
    expect(tool(page, "h2")).to_be_focused()
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    expect(tool(page, "bold")).to_be_focused()
    page.keyboard.press("Enter")
    expect_body(page, "<p><strong>Deru</strong></p>")
    # Escape goes back to the words that are marked, of the menu in two steps.
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    menu = page.locator(".editor-insert")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    page.keyboard.type("Debur")
    expect_body(page, "<p><strong>Debur</strong></p>")


def test_on_a_phone_every_tool_is_as_large_as_a_thumb(newsroom, correspondent):
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_new(newsroom, page)
    expect(tool(page, "h2")).to_be_visible()
    boxes = [each.bounding_box() for each in page.locator(".editor-tool:visible").all()]
    assert min(box["width"] for box in boxes) >= 44
    assert min(box["height"] for box in boxes) >= 44
    bar = page.locator(".editor-bar").bounding_box()
    assert bar["x"] >= 0
    assert bar["x"] + bar["width"] <= PHONE["width"]


def test_the_editor_grows_with_its_text(newsroom, writing, correspondent, cilacap):
    page = writing
    story = make_story(correspondent, cilacap, body="<p>Satu paragraf.</p>" * 40)
    open_story(newsroom, page, story)
    heights = (
        "() => { const frame = document.querySelector('.cke_wysiwyg_frame');"
        " return [frame.clientHeight, frame.contentDocument.documentElement.scrollHeight]; }"
    )
    for _attempt in range(50):
        shown, whole = page.evaluate(heights)
        if whole == shown > 1000:
            return
        page.wait_for_timeout(100)
    assert (shown, whole) == (whole, whole)


def test_nothing_is_asked_of_another_host(newsroom, writing, correspondent, cilacap):
    page = writing
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    story = make_story(correspondent, cilacap)
    open_story(newsroom, page, story)
    page.wait_for_timeout(500)
    foreign = [url for url in asked if not re.match(r"(http://desk\.localhost:|data:|about:)", url)]
    assert foreign == []


def test_a_handler_in_a_text_that_got_past_everything_is_not_called(newsroom, writing):
    """The shim runs what CKEditor wrote, not what a story brings."""
    page = writing
    open_new(newsroom, page)
    page.evaluate(
        """() => {
            window.ran = [];
            CKEDITOR.tools.spy = CKEDITOR.tools.addFunction(() => window.ran.push(1));
            const editor = CKEDITOR.instances.id_body;
            const html = `<script id="cke_actscrpt">callFunction(${CKEDITOR.tools.spy},window)</`
                + `script><p onclick="CKEDITOR.tools.callFunction(${CKEDITOR.tools.spy})">a</p>`;
            editor.document.write("<html><head></head><body>" + html + "</body></html>");
        }"""
    )
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").click()
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.ran") == []


@pytest.mark.parametrize(
    ("body", "place", "shut", "free"),
    [
        (
            "<table><tbody><tr><td>Desa</td></tr></tbody></table>",
            "td",
            ["h2", "h3", "blockquote"],
            [],
        ),
        ("<ul><li>Desa</li></ul>", "li", ["h2", "h3", "blockquote"], ["bulletedlist"]),
        ("<blockquote><p>Desa</p></blockquote>", "blockquote p", ["h2", "h3"], ["blockquote"]),
    ],
)
def test_no_heading_and_no_quote_is_made_inside_a_table_or_a_list(
    writing, newsroom, correspondent, cilacap, body, place, shut, free
):
    story = make_story(correspondent, cilacap, body=f"<p>Awal</p>{body}<p>Akhir</p>")
    open_story(newsroom, writing, story)
    text(writing).locator(place).click()
    for command in shut:
        expect(tool(writing, command)).to_have_attribute("aria-disabled", "true")
    for command in free:
        expect(tool(writing, command)).to_have_attribute("aria-disabled", "false")
    text(writing).locator("p", has_text="Akhir").click()
    for command in shut:
        expect(tool(writing, command)).to_have_attribute("aria-disabled", "false")


def test_headings_that_become_a_list_are_plain_items_of_it(
    writing, newsroom, correspondent, cilacap
):
    body = "<h2>Desa</h2><p>Awal</p><h3>Kota</h3>"
    open_story(newsroom, writing, make_story(correspondent, cilacap, body=body))
    text(writing).locator("h2").click()
    writing.keyboard.press("Control+a")
    tool(writing, "bulletedlist").click()
    expect_body(writing, "<ul><li>Desa</li><li>Awal</li><li>Kota</li></ul>")
    tool(writing, "undo").click()
    expect_body(writing, body)
    text(writing).locator("h2").click()
    writing.keyboard.press("End")
    tool(writing, "numberedlist").click()
    writing.keyboard.type("!")
    expect_body(writing, "<ol><li>Desa!</li></ol><p>Awal</p><h3>Kota</h3>")
    text(writing).locator("p").click()
    writing.keyboard.press("Home")
    for _key in range(6):
        writing.keyboard.press("Shift+ArrowRight")
    tool(writing, "bulletedlist").click()
    expect_body(writing, "<ol><li>Desa!</li></ol><ul><li>Awal</li><li>Kota</li></ul>")
    tool(writing, "bold").click()  # what was marked still is
    strong = "<strong>{}</strong>".format
    expect_body(
        writing,
        f"<ol><li>Desa!</li></ol><ul><li>{strong('Awal')}</li><li>{strong('K')}ota</li></ul>",
    )


def test_a_head_of_a_table_looks_like_one_and_an_empty_column_can_be_hit(
    newsroom, correspondent, cilacap
):
    rows = "<thead><tr><th>Desa yang terendam</th><th></th><th></th></tr></thead>"
    cells = "<tbody><tr><td>Adipala, Kroya, dan Nusawungu</td><td></td><td></td></tr></tbody>"
    story = make_story(correspondent, cilacap, body=f"<p>Awal</p><table>{rows}{cells}</table>")
    page = newsroom.sign_in("ratih", PHONE)
    open_story(newsroom, page, story)
    weight = "each => getComputedStyle(each).fontWeight"
    assert text(page).locator("th").first.evaluate(weight) == "600"
    assert text(page).locator("td").last.bounding_box()["width"] >= 44
