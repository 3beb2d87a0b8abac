"""The checks quote the notes that writers left to themselves, and let a quotation's words alone."""

import pytest

from articles.checked_text import Text
from articles.leftover_notes import notes_in_body, notes_in_line
from articles.story_checks import DEMANDS, advice_for, demands_not_met
from articles.workflow import approve_and_publish
from tests.desk import change_url, text_of
from tests.factories import make_story

NOTES = [
    ("Warga memakai [18 atau 28 liter?] sehari.", ["[18 atau 28 liter?]"]),
    ("Kata Camat [nama camat] kemarin.", ["[nama camat]"]),
    ("Ada [ ] rumah.", ["[ ]"]),
    ("“Kami [cek lagi] siap,” kata dia.", ["[cek lagi]"]),
    ("“Kami [18 atau 28 keluarga?] siap,” kata dia.", ["[18 atau 28 keluarga?]"]),
    ("“Kami siap,” kata [nama] kemarin.", ["[nama]"]),
    ("Rugi Rp xxx juta.", ["xxx"]),
    ("Rugi Rp XXXX juta.", ["XXXX"]),
    ("Rugi Rp ??? juta, ??? orang luka.", ["???"]),
    ("Rugi (??) juta dan ____ ekor.", ["??", "____"]),
    ("Kata TKTK, kepala desa.", ["TKTK"]),
    ("Lorem ipsum dolor.", ["Lorem ipsum"]),
    (
        "[" + "tanyakan lagi kepada kepala dinas " * 3 + "]",
        ["[tanyakan lagi kepada kepala dinas tany…]"],
    ),
]
NONE = [
    "“Kami minta [pemerintah] turun tangan,” kata dia.",
    '"Kami minta [pemerintah] turun tangan," kata dia.',
    "“Kami minta mereka [pemerintah kabupaten] turun tangan. [Kalau tidak,] kami ke Jakarta.",
    "Ia menulis “tida [sic] tahu”, lalu pergi [sic].",
    "Tamu itu [red.: nama disamarkan] pulang.",
    "Begini bunyinya [...] dan seterusnya […].",
    "Mereka (…) berangkat ke (kota) itu?",
    "Anak TK Pertiwi dan guru TK berbaris. Taman Kanak-kanak (TK) libur.",
    "PON XX di Papua dan Olimpiade XXX.",
    "Nomornya 0812-xxxx-1234, pelatnya R 12xx AB.",
    "Benarkah?? Siapa yang tahu???",
    "Unggah ke xx@contoh.id atau contoh.id/xx.",
]


@pytest.mark.parametrize(("text", "found"), NOTES)
def test_a_note_is_quoted_as_it_stands(text, found):
    assert notes_in_line(text) == found
    assert notes_in_body(f"<p>Satu.</p><p>{text}</p>") == found


@pytest.mark.parametrize("text", NONE)
def test_what_desks_write_on_purpose_is_no_note(text):
    assert notes_in_line(text) == []
    assert notes_in_body(f"<p>{text}</p>") == []


def test_a_label_opens_a_headline_and_stands_nowhere_else():
    assert notes_in_line("[HOAKS] Air laut jadi tawar", is_headline=True) == []
    assert notes_in_line("Air laut [HOAKS] jadi tawar", is_headline=True) == ["[HOAKS]"]
    assert notes_in_line("[judul nanti]", is_headline=True) == ["[judul nanti]"]


def test_a_quotation_ends_with_its_paragraph_and_a_pull_quote_is_one():
    pull_quote = "<blockquote><p>Ia [Bupati] tahu.</p></blockquote>"
    body = f"<p>“Kami berangkat.</p><p>Kata [nama].</p>{pull_quote}"

    assert notes_in_body(body) == ["[nama]"]


def test_the_checks_quote_each_note_and_lead_to_its_field(desk_client, correspondent, cilacap):
    story = make_story(
        correspondent,
        cilacap,
        headline="Air bersih [cek judul]",
        summary="Rugi Rp xxx juta.",
        body="<p>Satu [a] dua [b] tiga [c] empat [d].</p>",
    )

    text = Text.of(story)
    page = desk_client(correspondent).get(change_url(story))

    notes = [check for check in advice_for(text) if check.name.startswith("notes_")]
    assert [check.field for check in notes] == ["headline", "body", "summary"]
    assert "Di judul masih ada catatan: “[cek judul]”." in text_of(page)
    assert "Di naskah masih ada catatan: “[a]”, “[b]”, “[c]”, +1." in text_of(page)
    assert "Di ringkasan masih ada catatan: “xxx”." in text_of(page)
    assert '<a href="#story-body" data-text-at="[a]">' in page.content.decode()
    assert demands_not_met(text) == []


def test_a_note_holds_nothing_back(editor, in_review):
    assert not [check for check in DEMANDS if check.name.startswith("notes_")]
    assert approve_and_publish(in_review, by=editor).number == 1


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, body="<p>Ada [berapa?] kapal.</p>")
