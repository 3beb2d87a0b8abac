"""A share card holds its words whole, whatever they are, and is small enough for messengers."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops

from newsroom import share_card
from newsroom.colours import TOKENS
from newsroom.demo.loader import read_cast
from newsroom.demo.pictures import FOLDER
from newsroom.demo.stories import read_stories
from newsroom.share_card import Card, Label, draw, lines
from newsroom.typesetting import SERIF, drawable

PAPER = (255, 255, 255)
HEADLINES = {
    "one word": "Banjir",
    "two hundred letters": ("Warga dua desa di hilir menunggu kabar dari hulu " * 5)[:200],
    "one word of two hundred letters": "pertanggungjawaban" * 11,
    "the widest letters": "W" * 200,
    "no language at all": "x-" * 100,
    "another script": "春节 di Semarang",
    "right to left": "عاجل",
    "with an emoji": "Menang 🎉",
    "only an emoji": "🎉🎉",
    "high and deep letters": "ÅÑÜÇJĢ ypqgj " * 12,
    "nothing": "",
}


def card(headline: str = "Kapal kembali melaut", **more) -> Card:
    values = {
        "network": "Bentara",
        "bureau": "Cilacap",
        "accent": "laut",
        "date": "22 Mei 2024",
        "host": "CILACAP.BENTARA.ID",
        "kicker": "Perikanan",
        "summary": "Larangan berlayar dicabut.",
        "credit": "Danu Prasetya/Bentara",
    } | more
    return Card(headline, **values)


def photograph(width: int = 1200, height: int = 800, noise: bool = False) -> BytesIO:
    image = Image.effect_noise((width, height), 160) if noise else Image.new("L", (width, height))
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=95)
    return BytesIO(out.getvalue())


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def assert_whole(drawn: Card, *, with_picture: bool) -> None:
    """Every line within its part of the card, and none over another."""
    right = share_card.PICTURE[0] if with_picture else share_card.WIDTH
    found = lines(drawn, with_picture=with_picture)
    boxes = [line.box for line in found]
    for line, (x, top, end, bottom) in zip(found, boxes, strict=True):
        # The hook of a j hangs into the margin.
        assert x >= share_card.MARGIN - 0.2 * line.face.size, line.text
        assert end <= right - 4, line.text
        assert top >= share_card.BAR, line.text
        assert bottom <= share_card.HEIGHT, line.text
    for one, other in combinations(found, 2):
        (x, top, end, bottom), (other_x, other_top, other_end, other_bottom) = one.box, other.box
        is_beside = end <= other_x or other_end <= x
        # The tail of a g may reach between the accents of the next line.
        tail = one.face.size * 0.25 if one.face == other.face else 0
        shared = min(bottom, other_bottom) - max(top, other_top)
        assert is_beside or shared <= tail, (one, other)
    foot = share_card.HEIGHT - share_card.FOOT
    above = [line for line in found if line.box[1] < foot]
    assert all(line.box[3] <= foot for line in above), "over the rule at the foot"


LABELS = ("Advertorial", "Belum terverifikasi")


def shapes():
    """Every headline in two of the four shapes of a card; in the other two by make soak."""
    for number, kind in enumerate(HEADLINES):
        for with_picture in (True, False):
            for labels in ((), LABELS):
                is_left = (number + with_picture + bool(labels)) % 2
                marks = [pytest.mark.soak] if is_left else []
                yield pytest.param(kind, with_picture, labels, marks=marks)


@pytest.mark.parametrize(("kind", "with_picture", "labels"), list(shapes()))
def test_every_headline_stays_within_the_card(kind, with_picture, labels):
    drawn = card(
        HEADLINES[kind],
        labels=tuple(Label(text, is_alert=True) for text in labels),
        kicker="Pengumuman layanan kesehatan masyarakat di daerah terpencil"[:60],
        summary="Ringkasan yang panjang tentang apa yang terjadi di desa itu. " * 5,
    )
    assert_whole(drawn, with_picture=with_picture)
    data = draw(drawn, photograph() if with_picture else None)
    assert opened(data).size == (1200, 630)
    # And in the pixels, too: nothing of the type is in the margins.
    image = opened(data).convert("RGB")
    for box in ((0, 16, 40, 630), (0, 616, 600, 630), (600, 616, 1200, 630)):
        if not (with_picture and box[0] == 600):
            margin = image.crop(box)
            blank = Image.new("RGB", margin.size, PAPER)
            assert (
                max(high for _low, high in ImageChops.difference(margin, blank).getextrema()) < 40
            )


@pytest.mark.parametrize("kind", ["one word", "two hundred letters", "the widest letters"])
def test_the_whole_headline_is_on_the_card(kind):
    for with_picture in (True, False):
        found = lines(card(HEADLINES[kind], kicker=""), with_picture=with_picture)
        words = "".join(line.text for line in found if line.face.path == SERIF)
        assert re.sub(r"[\s-]", "", HEADLINES[kind]) in re.sub(r"[\s-]", "", words)


def test_a_short_headline_beside_a_picture_has_its_summary_under_it():
    summary = "Air Serayu melimpasi tanggul di tiga desa; warga mengungsi ke sekolah."

    def said(headline: str, words: str = summary, labels: tuple[Label, ...] = ()) -> str:
        drawn = card(headline, kicker="Bencana", summary=words, labels=labels)
        assert_whole(drawn, with_picture=True)
        return " ".join(line.text for line in lines(drawn, with_picture=True))

    assert summary in said("Banjir")
    assert summary in said("Banjir di tiga desa")
    # Whole or not at all: no newspaper cuts one, and nothing gets smaller for it.
    assert "Serayu" not in said("Banjir", f"{summary} " * 5)
    assert "Serayu" not in said("Banjir di tiga desa", summary, (Label("Advertorial"),) * 3)
    assert "Serayu" not in said("Banjir melanda tiga desa di tepi kali sejak Minggu malam")


def test_a_headline_that_cannot_be_drawn_gives_way_to_what_the_story_is_about():
    story = card("春节 di Semarang")
    for is_said, instead in (
        (story, "Larangan berlayar dicabut."),
        (replace(story, summary=""), "Perikanan"),
        (replace(story, summary="", kicker=""), "Cilacap"),
    ):
        found = lines(is_said, with_picture=True)
        said = " ".join(line.text for line in found if line.face.size > 44)
        assert said == instead
        assert sum("berlayar" in line.text for line in found) == ("berlayar" in instead)


@pytest.mark.parametrize(
    "names",
    [
        {"network": "Bentara", "bureau": ""},
        {"network": "B" * 60, "bureau": "C" * 60},
        {"network": "Suara Rakyat Nusantara", "bureau": "Kabupaten Penajam Paser Utara"},
        {"network": "日本", "bureau": "Cilacap"},
        {"host": f"{'panjang.' * 30}id"},
        {"host": ""},
        {"credit": "Dok. Paguyuban Pedagang Pasar " * 3},
        {"credit": ""},
        {"kicker": ""},
        {"labels": (Label("Dibuat dengan AI"), Label("L" * 80))},
    ],
)
def test_long_names_and_missing_words_leave_the_card_whole(names):
    for with_picture in (True, False):
        assert_whole(card(**names), with_picture=with_picture)
    assert opened(draw(card(**names), photograph())).size == (1200, 630)


def test_labels_stand_above_the_headline_in_a_box_of_their_own():
    labels = (Label("Advertorial"), Label("Belum terverifikasi", is_alert=True))
    for with_picture in (True, False):
        found = lines(card(labels=labels), with_picture=with_picture)
        boxed = [line for line in found if line.ground]
        assert [line.text for line in boxed] == ["Advertorial", "Belum terverifikasi"]
        assert boxed[0].ground != boxed[1].ground
        headline = max(found, key=lambda line: line.face.size)
        assert all(line.box[3] < headline.box[1] for line in boxed)


def test_a_card_is_small_enough_even_of_the_noisiest_picture():
    data = draw(card(), photograph(noise=True))
    assert len(data) < 200_000
    assert opened(data).format == "JPEG"


def test_the_same_words_and_picture_make_the_same_bytes():
    assert draw(card(), photograph(noise=False)) == draw(card(), photograph(noise=False))


@pytest.mark.parametrize("size", [(3000, 300), (300, 3000), (200, 150), (1, 1)])
def test_a_picture_of_any_shape_fills_its_place(size):
    image = opened(draw(card(), photograph(*size))).convert("RGB")
    x, y = share_card.PICTURE
    for point in ((x + 2, y + 2), (1198, y + 2), (x + 2, 628), (1198, 628)):
        assert max(image.getpixel(point)) < 40


@pytest.mark.parametrize(
    ("focus", "seen"), [((0.0, 0.5), "red"), ((0.5, 0.5), "green"), ((1.0, 0.5), "blue")]
)
def test_the_picture_is_cut_around_its_focal_point(focus, seen):
    image = Image.new("RGB", (3000, 600))
    for number, colour in enumerate(("red", "green", "blue")):
        image.paste(colour, (number * 1000, 0, (number + 1) * 1000, 600))
    out = BytesIO()
    image.save(out, "JPEG", quality=95)
    drawn = opened(draw(card(), BytesIO(out.getvalue()), focus)).convert("RGB")
    middle = drawn.getpixel(((share_card.PICTURE[0] + 1200) // 2, 320))
    expected = Image.new("RGB", (1, 1), seen).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip(middle, expected, strict=True)) < 12


def test_the_file_says_whose_it_is():
    exif = opened(draw(card(), photograph())).getexif()
    texts = [exif[tag] for tag in (0x010E, 0x013B, 0x8298)]
    assert texts == ["Kapal kembali melaut", "Danu Prasetya/Bentara", "Bentara"]


def test_nothing_of_the_pictures_own_file_goes_with_it():
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    out = BytesIO()
    Image.new("RGB", (800, 600), "navy").save(out, "JPEG", exif=exif, comment=b"rahasia")
    data = draw(card(), BytesIO(out.getvalue()))
    assert b"ahasia" not in data
    assert not opened(data).getexif().get_ifd(0x8825)


def test_a_file_that_is_no_picture_is_refused():
    with pytest.raises(OSError, match="cannot identify"):
        draw(card(), BytesIO(b"<svg/>"))


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_the_cards_of_demo_stories_are_whole_and_small(each):
    """Of every fourth here, of all by make soak."""
    cast = read_cast()
    accents = {bureau["slug"]: bureau["accent"] for bureau in cast["bureaus"]}
    weights = []
    for story in read_stories()[::each]:
        labels = [Label("Advertorial")] * story.get("paid", False)
        labels += [Label("Belum terverifikasi", is_alert=True)] * story.get("unverified", False)
        drawn = card(
            story["headline"],
            accent=accents[story["bureau"]],
            kicker=story.get("kicker", ""),
            summary=story.get("summary", ""),
            labels=tuple(labels),
        )
        entry = story.get("picture")
        assert drawable(story["headline"], SERIF) == story["headline"].strip()
        assert_whole(drawn, with_picture=entry is not None)
        picture = BytesIO((FOLDER / entry["file"]).read_bytes()) if entry else None
        weights.append(len(draw(drawn, picture)))
    assert len(weights) >= 30 / each
    assert max(weights) < 200_000
    print(f"{len(weights)} cards, {min(weights)} to {max(weights)} bytes")


def test_the_colours_of_the_paper_are_those_of_the_pages():
    text = TOKENS.read_text(encoding="utf-8")
    for name in ("paper", "ink", "ink-soft", "rule", "bar", "alert"):
        assert f"--{name}: {share_card.by_day(name)};" in text
