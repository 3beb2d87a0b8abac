"""Headlines are broken as a newspaper breaks them."""

import pytest

from newsroom.typesetting import SANS, SERIF, Face, break_lines, drawable, faces, fit

FACE = Face(SERIF, 50, 56)


def broken(text: str, width: float, **more) -> list[str]:
    lines = break_lines(text, FACE, width, **more)
    assert lines is not None
    assert all(FACE.width(line) <= width for line in lines)
    return list(lines)


def test_lines_are_as_few_and_as_alike_as_can_be():
    text = "Dana cukup untuk satu jalan, warga memilih dengan kacang tanah"
    lines = broken(text, 1000)
    assert lines == ["Dana cukup untuk satu jalan,", "warga memilih dengan kacang tanah"]
    assert " ".join(lines) == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Warga dua desa pindah ke Kroya hari ini", "Warga dua desa pindah"),
        ("Tiga desa di hulu menunggu 41 guru baru", "Tiga desa di hulu"),
        ("Nelayan melaut dan pulang dengan utang solar", "Nelayan melaut dan pulang"),
    ],
)
def test_no_line_ends_on_a_word_or_number_that_waits_where_that_can_be_helped(text, first):
    assert broken(text, 780)[0] == first


def test_a_number_stays_with_its_unit():
    assert broken("Harga cengkih turun menjadi Rp 9.000", 700)[-1].startswith("menjadi Rp")
    assert "28\N{NO-BREAK SPACE}kilometer" in "".join(broken("Warga menempuh 28 kilometer", 500))


def test_a_short_quotation_is_not_broken_and_a_long_one_is():
    text = "Nelayan menganggur “tiga pekan” karena solar habis di seluruh muara"
    for width in range(480, 1200, 20):
        joined = "\n".join(broken(text, width))
        assert "“tiga\N{NO-BREAK SPACE}pekan”" in joined
    long = "Kata dia “kami menunggu solar dari pagi sampai malam”"
    assert "\N{NO-BREAK SPACE}" not in "".join(broken(long, 500))


def test_names_of_two_words_stay_together_where_they_can():
    lines = broken("Banjir surut di Lombok Utara hari ini", 740)
    assert lines == ["Banjir surut", "di Lombok Utara hari ini"]


def test_no_short_word_stands_alone_at_the_end():
    sizes = faces(SERIF, (70, 66, 62, 58, 54, 50), 1.13)
    text = "Enam kilometer bersama Tarsono, lelaki yang mendengarkan rel"
    setting = fit(text, sizes, 548, 360)
    assert not setting.ends_on_orphan
    assert " ".join(setting.lines) == text


def test_a_long_word_is_made_smaller_before_it_is_taken_apart():
    sizes = faces(SERIF, (70, 60, 50, 40), 1.13)
    whole = fit("Pertanggungjawaban", sizes, 600, 300, whole=40)
    assert (whole.lines, whole.face.size) == (("Pertanggungjawaban",), 50)
    apart = fit("Pertanggungjawaban", sizes, 600, 300, whole=60)
    assert apart.face.size == 70
    assert apart.lines == ("Pertang-", "gungjawaban")


def test_a_doubled_word_parts_at_its_own_hyphen():
    assert broken("anak-anak", 200) == ["anak-", "anak"]


def test_a_word_that_no_dictionary_knows_is_cut_where_the_line_ends():
    lines = broken("x" * 60, 400)
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.rstrip("-") for line in lines) == "x" * 60
    assert break_lines("x" * 60, FACE, 400, splits=False) is None


def test_what_fits_at_no_size_ends_on_dots_behind_a_word():
    setting = fit("Kabar dari desa " * 40, [FACE], 500, 3 * 56)
    assert len(setting.lines) == 3
    assert setting.lines[-1].endswith("…")
    assert FACE.width(setting.lines[-1]) <= 500


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Élan” – Łódź, 5 m² ½", "“Élan” – Łódź, 5 m² ½"),
        ("e\u0301lan", "élan"),
        ("Hore 🎉❤\ufe0f menang", "Hore menang"),
        ("a\u00adb\u200bc\u202ed\n e", "abcd e"),
        ("Festival 春节", None),
        ("Привет", None),
        ("ꦗꦮ", None),
        ("", ""),
    ],
)
def test_a_text_with_letters_that_the_font_has_not_is_not_drawn_with_holes(text, shown):
    assert drawable(text, SERIF) == shown


def test_the_small_type_has_what_names_and_hosts_need():
    for text in ("CILACAP.BENTARA.ID", "22 Mei 2024", "Dok. Humas/“Bentara” – é ñ ü", "…"):
        assert drawable(text, SANS) == text
