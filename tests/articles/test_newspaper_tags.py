"""The small print: what is kept together, where words break, how a body opens."""

import pytest

from articles.models import Edition, Page
from articles.templatetags.newspaper import (
    described,
    glue,
    headline,
    page_text,
    short_hash,
)
from articles.templatetags.story import story_text

NBSP, SHY = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rp 24.000 per kilogram", f"Rp{NBSP}24.000 per kilogram"),
        ("Rp 1,9 miliar", f"Rp{NBSP}1,9{NBSP}miliar"),
        ("sampai 40 persen, 3 km", f"sampai 40{NBSP}persen, 3{NBSP}km"),
        ("pukul 15.00 WIB", f"pukul{NBSP}15.00{NBSP}WIB"),
        ("408 kapal nelayan", "408 kapal nelayan"),
        ("30 hati, 5 mau", "30 hati, 5 mau"),
    ],
)
def test_a_number_stays_with_its_unit(text, shown):
    assert glue(text) == shown


def test_long_words_of_a_headline_may_break_at_syllables():
    shown = headline("Mempertanggungjawabkan keberlanjutan pasar Rp 5 juta")
    words = shown.split(" ")
    assert shown.replace(SHY, "").replace(NBSP, " ") == (
        "Mempertanggungjawabkan keberlanjutan pasar Rp 5 juta"
    )
    assert [SHY in word for word in words] == [True, True, False, False]
    parts = words[0].split(SHY)
    assert (len(parts[0]) >= 4, len(parts[-1]) >= 4) == (True, True)


def test_a_word_of_twelve_letters_stays_whole():
    assert headline("Keberlanjuta") == "Keberlanjuta"
    assert SHY in headline("Penyelenggaraan")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "<p>Satu.</p><p>Dua.</p>",
            '<p><span class="dateline">KROYA</span> - Satu.</p><p>Dua.</p>',
        ),
        (
            "<h2>Judul</h2>\n<p>Satu.</p>",
            '<h2>Judul</h2>\n<p><span class="dateline">KROYA</span> - Satu.</p>',
        ),
        (
            "<ul><li>Satu</li></ul>",
            '<p><span class="dateline">KROYA</span></p><ul><li>Satu</li></ul>',
        ),
        (
            "<blockquote><p>Satu.</p></blockquote>",
            '<p><span class="dateline">KROYA</span></p><blockquote><p>Satu.</p></blockquote>',
        ),
        ("Tanpa paragraf", '<span class="dateline">KROYA</span> - Tanpa paragraf'),
    ],
)
def test_a_body_is_opened_by_its_dateline(body, shown):
    assert story_text(Edition(body=body, dateline="Kroya")) == shown


def test_a_body_without_a_dateline_opens_with_its_own_words():
    assert story_text(Edition(body="<p>Satu.</p>", dateline="")) == "<p>Satu.</p>"


def test_a_dateline_is_text_whatever_it_holds():
    assert "<b>" not in story_text(Edition(body="<p>Satu.</p>", dateline="<b>Kroya"))


def test_the_text_of_a_body_is_glued_but_never_its_addresses():
    body = '<p><a href="https://a.example/?q=5 km>6 km" rel="noopener">5 km</a> lagi</p>'
    assert story_text(Edition(body=body, dateline="")) == body.replace(">5 km", f">5{NBSP}km")


def test_a_wide_table_scrolls_by_itself_and_by_keyboard():
    html = story_text(Edition(body="<table><tr><td>1</td></tr></table>", dateline=""))
    assert html.startswith('<div class="prose__table" role="group" aria-label="')
    assert html.endswith('" tabindex="0"><table><tr><td>1</td></tr></table></div>')


def test_a_description_is_the_summary_or_the_first_words():
    assert described(Edition(summary="Ringkas.", body="<p>Panjang.</p>")) == "Ringkas."
    text = described(Edition(summary="", body=f"<p>{'kata ' * 100}</p>"))
    assert (len(text), text[-1]) == (160, "…")


def test_a_hash_is_shown_by_its_first_digits():
    assert short_hash("a41c09e75b2f" + "0" * 52) == "a41c 09e7 5b2f"


@pytest.mark.parametrize("number", ["(0282) 555-0120", "0811 5550 1234", "+62 282 555 0120"])
def test_a_telephone_number_of_a_standing_page_stays_on_one_line(number):
    html = page_text(Page(body=f"<p>Hubungi {number}, pukul 07.00-15.00, 4 hari.</p>"))
    whole = f'<span class="whole">{number}</span>'
    assert html == f"<p>Hubungi {whole}, pukul 07.00-15.00, 4 hari.</p>"
