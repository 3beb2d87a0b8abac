"""Tables grow and shrink under the cursor, and no letter replaces words that were not marked."""

import pytest
from playwright.sync_api import expect

from articles.body import sanitise
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import open_new, send_paste, text

BODY = "() => CKEDITOR.instances.id_body.getData()"
SET = "(html) => CKEDITOR.instances.id_body.setData(html)"
TABLE = (
    "<p>Tarif.</p><table><thead><tr><th>a</th><th>b</th></tr></thead>"
    "<tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"
)
# Which cell the cursor is in, what is pressed, and the rows after a letter was typed.
CHANGES = [
    ("1", "Baris di atas", "a b|x |1 2|3 4"),
    ("1", "Baris di bawah", "a b|1 2|x |3 4"),
    ("4", "Baris di bawah", "a b|1 2|3 4| x"),
    ("1", "Kolom di kiri", " a b|x 1 2| 3 4"),
    ("2", "Kolom di kanan", "a b |1 2 x|3 4 "),
    ("a", "Baris di bawah", "a b|x |1 2|3 4"),
    ("a", "Hapus baris", "1x 2|3 4"),
    ("2", "Hapus baris", "a b|3 4x"),
    ("4", "Hapus kolom", "a|1|3x"),
    ("1", "Hapus kolom", "b|2x|4"),
]


@pytest.fixture
def page(newsroom, correspondent):
    page = newsroom.sign_in("ratih", LAPTOP)
    open_new(newsroom, page)
    return page


ROWS = """() => {
    const line = (row) => [...row.cells].map((cell) => cell.textContent.trim()).join(" ");
    const {body} = CKEDITOR.instances.id_body.document.$;
    return [...body.querySelectorAll("tr")].map(line).join("|");
}"""


def rows(page) -> str:
    return page.evaluate(ROWS)


def choose(page, name: str) -> None:
    page.locator("[data-command=table]").click()
    page.get_by_role("button", name=name).click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_cursor_is_in_what_is_new_or_nearest_to_what_is_gone(page):
    for cell, pressed, expected in CHANGES:
        page.evaluate(SET, TABLE)
        text(page).locator("th, td").get_by_text(cell, exact=True).click()
        page.keyboard.press("End")
        choose(page, pressed)
        # The dialog is gone a moment before the table is another one.
        page.wait_for_function(f"(rows) => ({ROWS})() === rows", arg=expected.replace("x", ""))
        page.keyboard.insert_text("x")
        assert rows(page) == expected, (cell, pressed)
        heads = text(page).locator("thead tr").count()
        assert heads == (0 if (cell, pressed) == ("a", "Hapus baris") else 1), (cell, pressed)


SHEET = "<table><tr><td>Desa</td><td>Ton</td></tr><tr><td>Tarisi</td><td>12</td></tr></table>"


def test_cells_that_are_pasted_take_their_places_from_the_cursor_on(page):
    for cell, expected in (
        ("a", "Desa Ton|Tarisi 12|3 4"),
        ("1", "a b|Desa Ton|Tarisi 12"),
        ("4", "a b |1 2 |3 Desa Ton| Tarisi 12"),
    ):
        page.evaluate(SET, TABLE)
        text(page).locator("th, td").get_by_text(cell, exact=True).click()
        send_paste(page, SHEET)
        expect(text(page).get_by_text("Tarisi")).to_be_visible()
        assert rows(page) == expected
        stored = sanitise(page.evaluate(BODY))
        head, body = stored.split("</thead>")
        assert (stored.count("<table>"), "<td>" in head, "<th>" in body) == (1, False, False)


def test_a_wide_table_scrolls_by_itself_on_a_phone(newsroom, correspondent):
    page = newsroom.sign_in("ratih", PHONE)
    open_new(newsroom, page)
    cells = "".join(f"<td>Kecamatan nomor {number}</td>" for number in range(8))
    page.evaluate(SET, f"<p>Tarif.</p><table><tbody><tr>{cells}</tr></tbody></table>")
    text(page).locator("td").first.click()
    for _cell in range(7):
        page.keyboard.press("Tab")
    scrolled = page.evaluate(
        """() => {
            const {documentElement: root, body} = CKEDITOR.instances.id_body.document.$;
            const table = body.querySelector("table");
            return [root.scrollWidth - root.clientWidth, root.scrollLeft + body.scrollLeft,
                    table.scrollWidth > table.clientWidth];
        }"""
    )
    assert scrolled == [0, 0, True]
    page.evaluate(SET, "<p>Tarif.</p>")
