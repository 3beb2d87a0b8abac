"""A site's icon shows its initials on its colour, as legible at 32 pixels as at 512."""

import re
from io import BytesIO

import pytest
from PIL import Image

from bureaus.models import Accent
from newsroom import icons
from newsroom.colours import TOKENS, accents


def test_every_accent_of_a_bureau_is_in_the_tokens_and_the_other_way_round():
    assert sorted(accents()) == sorted(Accent.values)
    in_tokens = re.findall(r'data-accent="(\w+)"', TOKENS.read_text(encoding="utf-8"))
    assert sorted(in_tokens) == sorted(Accent.values)


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", Accent.values)
def test_both_letters_are_legible_on_the_colour(accent):
    colour = accents()[accent]
    assert contrast(icons.INK, colour.day) >= 4.5
    assert contrast(colour.night, colour.day) >= 3  # WCAG 2.2 1.4.11: a graphic


@pytest.mark.parametrize(
    ("network", "bureau", "letters"),
    [
        ("Bentara", None, "B"),
        ("Bentara", "Cilacap", "BC"),
        ("Bentara", "Banda Aceh", "BB"),
        ("“Warta”", "élan", "WÉ"),
        ("24 Jam", None, "2"),
        ("…", None, "N"),
        ("ﬁnal", "ß", "FS"),
    ],
)
def test_initials(network, bureau, letters):
    assert icons.mark(network, bureau, "laut") == icons.Mark(letters, "laut")


@pytest.mark.parametrize("letters", ["B", "BC", "WW", "II"])
@pytest.mark.parametrize("size", icons.SIZES)
def test_a_png_has_its_size_and_its_colour_and_letters_within(letters, size):
    mark = icons.Mark(letters, "tosca")
    data = icons.png(mark, size)
    assert icons.png(mark, size) == data
    assert len(data) < 8_000
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (size, size))
        assert distance_from_middle(image.convert("RGB"), "tosca") < size * 0.5


@pytest.mark.parametrize("letters", ["B", "BC", "WW", "II", "Q"])
def test_a_maskable_icon_keeps_its_letters_within_the_safe_circle(letters):
    data = icons.png(icons.Mark(letters, "merah"), 512, maskable=True)
    with Image.open(BytesIO(data)) as image:
        assert distance_from_middle(image.convert("RGB"), "merah") < 512 * 0.4


def distance_from_middle(image: Image.Image, accent: str) -> float:
    """How far the letters reach; the rest must be of the one colour."""
    day = accents()[accent].day
    ground = tuple(int(day[at : at + 2], 16) for at in (1, 3, 5))
    side = image.width
    assert image.getpixel((0, 0)) == image.getpixel((side - 1, side - 1)) == ground
    drawn = [
        (x - side / 2, y - side / 2)
        for x in range(side)
        for y in range(side)
        if image.getpixel((x, y)) != ground
    ]
    assert drawn
    return max((x * x + y * y) ** 0.5 for x, y in drawn)


def test_the_svg_has_the_colour_and_the_letters_and_nothing_foreign():
    text = icons.svg(icons.Mark("B<", "merah"))
    assert f'fill="{accents()["merah"].day}"' in text
    assert re.findall(r"<tspan[^>]*>([^<]*)</tspan>", text) == ["B", "&lt;"]
    assert len(text) < 600
