"""What people paste comes out as the paragraphs of a story: no fonts, no empty spans, quotes kept.

The files in pasted/ have the shape in which each program puts HTML on the clipboard.
"""

import re
import time
from base64 import b64encode
from html import escape, unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.body import sanitise
from articles.models import Picture
from bureaus.models import Bureau
from tests.browser.conftest import LAPTOP
from tests.browser.story_page import open_new, send_paste, text
from tests.factories import make_picture, photo_bytes

PASTED = Path(__file__).parent / "pasted"
BROUGHT = """({way, name, type, base64}) => {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, {type}));
    const {body} = document.querySelector("iframe.cke_wysiwyg_frame").contentDocument;
    const {x, y} = body.lastElementChild.getBoundingClientRect();
    const options = {bubbles: true, cancelable: true};
    body.lastElementChild.dispatchEvent(
        way === "paste"
            ? new ClipboardEvent("paste", {...options, clipboardData: data})
            : new DragEvent("drop", {...options, dataTransfer: data, clientX: x, clientY: y}));
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
    send_paste(page, html, plain)
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


WRAPPED = {
    "https://www.google.com/url?sa=t&q=https%3A%2F%2Fbps.go.id%2Fa%3Fb%3D1%26c%3D2&ust=1": (
        "https://bps.go.id/a?b=1&c=2"
    ),
    "https://www.google.co.id/url?url=https://kpu.go.id/": "https://kpu.go.id/",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fbmkg.go.id%2Fx%3Fd%3D4%26fbclid%3DIwAR0&h=AT": (
        "https://bmkg.go.id/x?d=4"
    ),
    "https://kompas.id/baca?utm_source=wa&id=7&utm_medium=x&fbclid=IwAR0#isi": (
        "https://kompas.id/baca?id=7#isi"
    ),
    "https://bmkg.go.id/?a=1+2&b=%20": "https://bmkg.go.id/?a=1+2&b=%20",
    "https://www.google.com/url?q=javascript:alert(1)": (
        "https://www.google.com/url?q=javascript:alert(1)"
    ),
    "https://www.google.com/search?q=https://kpu.go.id/": (
        "https://www.google.com/search?q=https://kpu.go.id/"
    ),
}
ROWS = "<tr><td>Kroya</td><td>12</td></tr>"


@pytest.mark.parametrize("way", ["html", "text"])
def test_what_turns_figures_round_or_splits_words_is_left_behind(page, way):
    plain = "Telepon \u202a+62\u202c, Rp \u202e000.42\u202c, ban\u200bjir 👩\u200d🌾\ufeff"
    paste(page, f"<p>{plain}</p>" if way == "html" else "", plain)
    # As it stands in the editor, before anything is sanitised.
    assert text(page).inner_text().strip() == "Telepon +62, Rp 000.42, banjir 👩\u200d🌾"


def test_a_mark_of_a_footnote_is_no_link(page):
    assert paste(page, "<p>Luas 34 hektare<a href='#_ftn1'>[1]</a>.</p><p>b</p>") == (
        "<p>Luas 34 hektare[1].</p>\n<p>b</p>"
    )


def test_links_lead_where_they_say_and_a_bold_first_row_is_the_head_of_its_table(page):
    links = "".join(f"<p>a <a href='{escape(href)}'>b</a></p>" for href in WRAPPED)
    found = re.findall(r'href="([^"]*)"', paste(page, links))
    assert [unescape(href) for href in found] == list(WRAPPED.values())

    head = "<thead><tr><th>Desa</th><th>Kapal</th></tr>\n</thead>"
    for first in (
        "<tr><td><b>Desa</b></td><td><p><b>Kapal</b></p></td></tr>",
        "<tr><th>Desa</th><th>Kapal</th></tr>",
        "<tr><td style='font-weight:bold'>Desa</td><td style='font-weight:700'>Kapal</td></tr>",
    ):
        page.evaluate("() => CKEDITOR.instances.id_body.setData('<p>x</p>')")
        text(page).click()
        assert f"{head}<tbody>{ROWS}" in paste(page, f"<table><tbody>{first}{ROWS}</tbody></table>")
    page.evaluate("() => CKEDITOR.instances.id_body.setData('<p>x</p>')")
    text(page).click()
    plain = "<tr><td><b>Desa</b></td><td>Kapal</td></tr>"
    assert "<th>" not in paste(page, f"<table><tbody>{plain}{ROWS}</tbody></table>")

    text(page).locator("td", has_text="Kroya").click()
    for button, heads in (("Baris pertama jadi judul kolom", 2), ("jadi baris biasa", 0)):
        page.locator("[data-command=table]").click()
        page.get_by_role("button", name=button).click()
        expect(text(page).locator("thead th")).to_have_count(heads)
        assert (head in sanitise(page.evaluate(BODY))) is bool(heads)


def test_what_is_pasted_behind_a_table_or_a_list_stands_below_it(page):
    table = f"<table><tbody>{ROWS}</tbody></table>"
    kept = f"<table><tbody>{ROWS}\n</tbody></table>"
    assert paste(page, f"<p>Dua tabel.</p>{table}") == f"<p>Dua tabel.</p>\n{kept}"
    assert paste(page, table) == f"<p>Dua tabel.</p>\n{kept}\n{kept}"
    points = "<ul><li><p>Satu</p></li><li><p>Dua</p><p>Tiga</p></li></ul>"
    listed = "<ul><li>Satu</li>\n<li>Dua<br>Tiga</li>\n</ul>"
    before = f"<p>Dua tabel.</p>\n{kept}\n{kept}\n{listed}"
    assert paste(page, points) == before
    assert paste(page, "<p>Sesudahnya.</p>") == f"{before}\n<p>Sesudahnya.</p>"
    # What is pasted into a list stays in it.
    text(page).locator("li", has_text="Satu").click()
    page.keyboard.press("End")
    paste(page, "<ul><li>Satu setengah</li></ul>")
    page.keyboard.insert_text("!")
    assert "!</li>" in sanitise(page.evaluate(BODY))


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


# What is pasted of a messenger, which has no HTML for it; what is stored.
MARKED = {
    "*Warga* mengungsi, kata _Siti_.": "<strong>Warga</strong> mengungsi, kata <em>Siti</em>.",
    "*_Awas_* 2*3*4, @_warga_ dan * bukan *": (
        "<strong><em>Awas</em></strong> 2*3*4, @_warga_ dan * bukan *"
    ),
    "Lihat https://a.example/_b_/*c* sekarang": "Lihat https://a.example/_b_/*c* sekarang",
    "Rusak:\n- Desa <A>\n- *Desa B*\nSelesai.": (
        "<p>Rusak:</p>\n<ul><li>Desa &lt;A&gt;</li>\n<li><strong>Desa B</strong></li>\n</ul>\n"
        "<p>Selesai.</p>"
    ),
    "1. Satu\n2. Dua\n4. Empat": "<ol><li>Satu</li>\n<li>Dua</li>\n</ol>\n<p>4. Empat</p>",
    "- Satu baris saja": "- Satu baris saja",
    "Rapat ~batal~ jadi, sekitar ~10 km, ```kode``` A~B": (
        "Rapat batal jadi, sekitar ~10 km, kode A~B"
    ),
    "> Kami haus.\n> Sangat.\nKata Siti.": (
        "<blockquote><p>Kami haus.</p>\n<p>Sangat.</p>\n</blockquote>\n<p>Kata Siti.</p>"
    ),
    "Hasil:\nDesa\tTon\n\t12,5\r\nSelesai.": (
        "<p>Hasil:</p>\n<table><tbody><tr><td>Desa</td><td>Ton</td></tr>\n"
        "<tr><td></td><td>12,5</td></tr>\n</tbody></table>\n<p>Selesai.</p>"
    ),
}


def test_marks_of_messengers_are_read_as_they_are_meant(page):
    for plain, expected in MARKED.items():
        page.evaluate("() => CKEDITOR.instances.id_body.setData('')")
        text(page).click()
        html = expected if re.match("<(?:p|ol|blockquote)>", expected) else f"<p>{expected}</p>"
        assert paste(page, "", plain) == html

    page.evaluate("() => CKEDITOR.instances.id_body.setData('')")
    text(page).click()
    page.locator("[data-command=pasteText]").click()
    assert paste(page, "", "*Warga*\n- A\n- B") == "<p>*Warga*</p>\n<p>- A</p>\n<p>- B</p>"


def test_a_paste_by_the_browsers_keys_for_plain_text_keeps_the_marks_as_they_are(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text(page).click()
    page.evaluate("() => navigator.clipboard.writeText('*Warga*')")
    for keys in ("Control+Shift+V", "Control+V"):
        page.keyboard.press(keys)
        expect(text(page)).to_contain_text("*Warga*" if "Shift" in keys else "*Warga*Warga")
    assert sanitise(page.evaluate(BODY)) == "<p>*Warga*<strong>Warga</strong></p>"
    expect(page.locator("[data-command=pasteText]")).to_have_attribute("aria-pressed", "false")


VIDEO = "https://youtu.be/Kapal_kayu1?si=abc"
POST = "https://x.com/warga/status/123"


def test_an_address_alone_on_a_line_becomes_its_card_and_undoing_gives_it_back(page):
    page.keyboard.insert_text("Rekaman warga:")
    page.keyboard.press("Enter")
    paste(page, "", VIDEO)
    expect(text(page).locator(".object")).to_contain_text("YouTube")
    page.keyboard.insert_text("Sesudahnya")
    stored = page.evaluate(BODY)
    assert 'data-url="https://www.youtube.com/watch?v=Kapal_kayu1"' in stored
    assert (stored.count("youtu"), stored.rstrip().endswith("<p>Sesudahnya</p>")) == (1, True)
    for _step in range(2):
        page.keyboard.press("Control+z")
    expect(text(page).locator(".object")).to_have_count(0)
    assert VIDEO in page.evaluate(BODY)


def test_addresses_pasted_between_paragraphs_are_a_card_each(page):
    page.evaluate("() => CKEDITOR.instances.id_body.setData('<p>Satu.</p><p>Dua.</p>')")
    text(page).get_by_text("Satu.").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    for number in range(1, 4):
        paste(page, "", f"https://x.com/warga/status/{number}")
        expect(text(page).locator(".object__kind")).to_have_count(number)
        page.keyboard.press("Enter")
    page.keyboard.insert_text("Lalu.")
    found = re.findall(r"<p>.*?</p>|status/\d", sanitise(page.evaluate(BODY)))
    assert found == [
        "<p>Satu.</p>",
        "status/1",
        "status/2",
        "status/3",
        "<p>Lalu.</p>",
        "<p>Dua.</p>",
    ]


def test_each_of_two_addresses_becomes_its_card_however_late_the_desk_answers(page):
    def late(route):
        time.sleep(0.7)
        route.continue_()

    page.route("**/objects/", late)
    paste(page, "", VIDEO)
    page.keyboard.press("Enter")
    paste(page, "", "https://x.com/warga/status/123")
    expect(text(page).locator(".object__kind")).to_have_count(2)
    stored = page.evaluate(BODY)
    assert "youtube.com/watch?v=Kapal_kayu1" in stored
    assert "x.com/warga/status/123" in stored
    assert stored.count("<figure") == 2


def test_every_line_that_is_an_address_becomes_its_card_in_one_step(page):
    page.keyboard.insert_text(POST)  # somebody wants it so
    page.keyboard.press("Enter")
    paste(page, "", f"Kata warga:\n{VIDEO}\nLalu:\n{POST}\nhttps://a.example/1")
    expect(text(page).locator(".object__kind")).to_have_count(2)
    stored = sanitise(page.evaluate(BODY))
    assert re.sub(r'"https://\S+"', '"…"', stored) == (
        f"<p>{POST}</p>\n<p>Kata warga:</p>\n"
        '<figure data-object="embed" data-url="…"></figure>\n<p>Lalu:</p>\n'
        '<figure data-object="embed" data-url="…"></figure>\n<p>https://a.example/1</p>'
    )
    page.keyboard.press("Control+z")
    expect(text(page).locator(".object")).to_have_count(0)
    assert (VIDEO in page.evaluate(BODY), page.evaluate(BODY).count(POST)) == (True, 2)


def test_a_named_link_alone_on_a_line_names_its_card(page):
    html = f"<p>a</p><p><a href='{VIDEO}'>Kapal <b>dievakuasi</b></a></p><p>b</p>"
    paste(page, html, f"a\n{VIDEO}\nb")
    expect(text(page).locator(".object__headline")).to_have_text("Kapal dievakuasi")
    assert 'data-caption="Kapal dievakuasi"' in page.evaluate(BODY)


def test_posts_and_films_of_a_pasted_page_become_cards_and_its_pictures_are_told_of(page):
    hint = page.locator(".editor-bar__hint")
    paste(page, (PASTED / "web-page.html").read_text(encoding="utf-8"))
    expect(text(page).locator(".object__kind")).to_have_count(4)
    expect(hint).to_contain_text("2 gambar tidak ikut tertempel: kirim lewat Sisipkan, Gambar.")
    card = '<figure data-object="embed" data-url="https://{}"></figure>'
    assert sanitise(page.evaluate(BODY)).split("\n") == [
        "<p>Satu.</p>",
        card.format("www.youtube.com/watch?v=Kapal_kayu1"),
        "<p>Dua.</p>",
        card.format("x.com/warga/status/123"),
        card.format("www.instagram.com/p/Kapal1/"),
        "<p>Tiga. 🔥</p>",
        card.format('x.com/warga/status/9" data-caption="Foto rakit'),
        "<p>Empat.</p>",
    ]
    hint.get_by_role("button").click()
    expect(hint).to_be_hidden()


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (
            '<iframe width="560" src="https://www.youtube.com/embed/Kapal_kayu1?si=x"'
            ' title="YouTube" allow="autoplay" allowfullscreen></iframe>',
            "www.youtube.com/watch?v=Kapal_kayu1",
        ),
        (
            '<blockquote class="twitter-tweet"><p lang="in">Banjir</p>&mdash; Warga (@warga)'
            ' <a href="https://twitter.com/warga/status/12?ref_src=x">1 Des</a></blockquote>\n'
            '<script async src="https://platform.twitter.com/widgets.js"></script>',
            "twitter.com/warga/status/12",
        ),
    ],
)
def test_the_code_that_a_service_gives_for_pages_becomes_its_card(page, code, address):
    paste(page, "", code)
    expect(text(page).locator(".object__kind")).to_have_count(1)
    stored = page.evaluate(BODY)
    assert ("&lt;" in stored, "Banjir" in stored) == (False, False)
    assert sanitise(stored).replace("twitter.com", "x.com") == (
        f'<figure data-object="embed" data-url="https://{address}"></figure>'.replace(
            "twitter.com", "x.com"
        )
    )


def test_what_is_pasted_without_a_line_becomes_a_card_when_there_is_one_again(page):
    page.context.set_offline(True)
    paste(page, "", f"{VIDEO}\n{POST}")
    page.wait_for_timeout(300)
    expect(text(page).locator(".object")).to_have_count(0)
    page.context.set_offline(False)
    expect(text(page).locator(".object__kind")).to_have_count(2)


def test_an_address_over_marked_words_is_their_link(page):
    page.keyboard.insert_text("Kapal kayu")
    for _letter in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    linked = f'<p>Kapal <a href="{VIDEO}" rel="noopener">kayu</a></p>'
    assert paste(page, "", VIDEO) == linked
    page.keyboard.press("Control+z")
    assert sanitise(page.evaluate(BODY)) == "<p>Kapal kayu</p>"


def test_a_line_that_is_an_address_is_made_a_card_by_the_dialog(page):
    page.keyboard.insert_text(VIDEO)
    page.locator(".editor-insert summary").click()
    page.get_by_role("button", name="Unggahan, video, atau peta…").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[name=url]")).to_have_value(VIDEO)
    expect(dialog.locator("[name=caption]")).to_be_focused()
    dialog.locator("[name=caption]").fill("Kapal dievakuasi")
    dialog.get_by_role("button", name="Selesai").click()
    expect(text(page).locator(".object__headline")).to_have_text("Kapal dievakuasi")
    assert page.evaluate(BODY).count("youtu") == 1


def test_a_card_without_a_title_asks_for_one(page):
    paste(page, "", VIDEO)
    text(page).get_by_role("button", name="Beri judul").click()
    caption = page.locator("dialog[open] [name=caption]")
    expect(caption).to_be_focused()
    caption.fill("Kapal dievakuasi")
    page.locator("dialog[open]").get_by_role("button", name="Selesai").click()
    expect(text(page).locator(".object__headline")).to_have_text("Kapal dievakuasi")
    expect(text(page).locator(".object__give")).to_have_count(0)


@pytest.mark.parametrize(
    ("before", "pressed", "address"),
    [
        ("Lihat ", "", VIDEO),
        ("", "", "https://cilacap.example/berita/1"),
        ("", "[data-command=pasteText]", VIDEO),
    ],
    ids=["within a sentence", "of no service", "as plain text"],
)
def test_other_addresses_stay_words(page, before, pressed, address):
    if before:
        page.keyboard.insert_text(before)
    if pressed:
        page.locator(pressed).click()
    paste(page, "", address)
    page.wait_for_timeout(800)  # time enough to be told of a card
    assert f"{before}{address}" in unescape(page.evaluate(BODY)).replace("\xa0", " ")


def test_a_paste_that_would_run_does_not(page):
    html = "<p>a</p><img src=x onerror='parent.ran=1'><svg onload='parent.ran=1'></svg><p>b</p>"
    assert paste(page, html) == "<p>a</p>\n<p>b</p>"
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.ran") is None


def bring(page: Page, way: str, name: str, kind: str, data: bytes) -> None:
    """Paste a file, or drop it on the last paragraph."""
    base64 = b64encode(data).decode()
    page.evaluate(BROUGHT, {"way": way, "name": name, "type": kind, "base64": base64})


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_goes_into_the_library_with_its_words_and_then_into_the_text(page, way):
    page.keyboard.insert_text("Kapal itu kandas.")
    bring(page, way, "kapal.jpg", "image/jpeg", photo_bytes(300, 200))
    words = page.locator(".uploads__words")
    words.locator("[name=alt_text]").fill("Kapal kayu di karang")
    words.locator("[type=submit]").click()
    expect(page.locator("dialog [data-shown] img")).to_be_visible()
    page.get_by_role("button", name="Selesai").click()
    expect(text(page).locator(".object--picture img")).to_be_visible()
    picture = Picture.objects.get()
    assert picture.alt_text == "Kapal kayu di karang"
    assert sanitise(page.evaluate(BODY)) == (
        "<p>Kapal itu kandas.</p>\n"
        f'<figure data-object="picture" data-id="{picture.pk}" data-size="text"></figure>'
    )


def test_a_picture_that_was_pasted_and_thought_better_of_leaves_the_library_again(page):
    own = make_picture(Bureau.objects.get(), caption="Perahu biru")
    for leave in ("words", "choosing another", "caption"):
        bring(page, "paste", "kapal.jpg", "image/jpeg", photo_bytes(300, 200))
        words = page.locator(".uploads__words")
        words.locator("[name=alt_text]").fill("Kapal kayu di karang")
        assert Picture.objects.count() == 2
        if leave == "words":
            page.locator(".chooser .dialog__foot [data-close]").click()
        elif leave == "choosing another":
            page.locator(".chooser [data-picture]", has_text="Perahu biru").click()
            page.get_by_role("button", name="Selesai").click()
            expect(text(page).locator(".object--picture img")).to_be_visible()
        else:
            words.locator("[type=submit]").click()
            expect(page.locator("dialog [data-shown] img")).to_be_visible()
            page.locator("dialog[open] [data-close]").first.click()
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect_pictures(page, own)
    assert f'data-id="{own.pk}"' in page.evaluate(BODY)

    # What cannot be taken out is told of.
    page.route("**/remove/", lambda route: route.abort())
    bring(page, "paste", "kapal.jpg", "image/jpeg", photo_bytes(300, 200))
    expect(page.locator(".uploads__words")).to_be_visible()
    page.keyboard.press("Escape")
    stays = page.locator("dialog[open]")
    expect(stays).to_contain_text("Gambar tetap ada di perpustakaan")
    new = Picture.objects.exclude(pk=own.pk).get()
    address = f"/articles/picture/{new.pk}/change/"
    expect(stays.get_by_role("link")).to_have_attribute("href", address)


def expect_pictures(page: Page, *expected: Picture) -> None:
    for _attempt in range(100):
        if list(Picture.objects.order_by("pk")) == list(expected):
            return
        page.wait_for_timeout(50)
    assert list(Picture.objects.order_by("pk")) == list(expected)


def test_of_a_file_that_is_no_picture_one_is_told(page):
    bring(page, "drop", "surat.pdf", "application/pdf", b"%PDF-1.7")
    expect(page.locator("dialog[open]")).to_contain_text(
        "Yang bisa dimasukkan di sini hanya gambar"
    )
    assert page.evaluate(BODY) == ""
