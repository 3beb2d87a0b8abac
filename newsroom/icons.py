"""A site's icon: the network's initial and the bureau's on the colour of the site.

Knows names and colours, no model. The letters are Gelasio's, drawn to the measures of Georgia, in
which the masthead is set.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.utils.html import escape
from PIL import Image, ImageDraw, ImageFont

from newsroom.colours import accents

# Pixels. A tab on a dense screen, an iPhone's home screen, an Android's, its splash screen.
SIZES = (32, 180, 192, 512)
MASKABLE_SIZE = 512
ICO_SIZE = 32
FONT = Path(__file__).parent / "fonts" / "Gelasio-Bold.ttf"
INK = "#ffffff"

# What the letters take at most of the icon's side.
HEIGHT = 0.58
WIDTH = 0.84
# Of a maskable icon only a circle of 80% is sure to be seen (W3C, Web Application Manifest).
MASKED = 0.76


@dataclass(frozen=True)
class Mark:
    """What an icon shows: one or two letters, and the name of the accent under them."""

    letters: str
    accent: str


def mark(network: str, bureau: str | None, accent: str) -> Mark:
    """The mark of a bureau, or of the network itself when ``bureau`` is None."""
    return Mark(_initial(network) + (_initial(bureau) if bureau else ""), accent)


def svg(mark: Mark) -> str:
    """The icon as SVG text; the letters' width is set, so that any serif of the reader's fits."""
    colour = accents()[mark.accent]
    letters = _Letters.within(mark.letters, 32)
    drawn = "".join(
        f'<tspan fill="{fill}">{escape(letter)}</tspan>'
        for letter, fill in zip(mark.letters, (INK, colour.night), strict=False)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<path fill="{colour.day}" d="M0 0h32v32H0z"/>'
        f'<text x="16" y="{letters.baseline:.2f}" text-anchor="middle"'
        f' textLength="{letters.width:.2f}" lengthAdjust="spacingAndGlyphs"'
        f' font-size="{letters.size:.2f}" font-weight="700"'
        f" font-family=\"Georgia,Gelasio,'Noto Serif',serif\">{drawn}</text></svg>"
    )


@lru_cache(maxsize=256)
def png(mark: Mark, side: int, *, maskable: bool = False) -> bytes:
    """The icon as a PNG, ``side`` pixels wide and high, for what cannot draw SVG."""
    colour = accents()[mark.accent]
    image = Image.new("RGB", (side, side), colour.day)
    draw = ImageDraw.Draw(image)
    letters = _Letters.within(mark.letters, side, MASKED if maskable else 1)
    font = _font(letters.size)
    x = (side - letters.width) / 2
    for letter, fill in zip(mark.letters, (INK, colour.night), strict=False):
        draw.text((x, letters.baseline), letter, font=font, fill=fill, anchor="ls")
        x += font.getlength(letter)
    out = BytesIO()
    # So few colours fit into a palette, at a third of the bytes.
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=64)
def ico(mark: Mark) -> bytes:
    """The icon in the one format that programs ask for which read no page first."""
    with Image.open(BytesIO(png(mark, ICO_SIZE))) as image:
        out = BytesIO()
        image.convert("RGBA").save(out, "ICO", sizes=[(ICO_SIZE, ICO_SIZE)])
    return out.getvalue()


@dataclass(frozen=True)
class _Letters:
    """Letters in the middle of a square: font size, width and baseline in the square's unit."""

    size: float
    width: float
    baseline: float

    @classmethod
    def within(cls, letters: str, side: float, scale: float = 1) -> "_Letters":
        unit = 1000  # fine enough that the rounding of a font's hints does not show
        font = _font(unit)
        wide, high = font.getlength(letters) / unit, -font.getbbox("H", anchor="ls")[1] / unit
        size = side * scale * min(HEIGHT / high, WIDTH / wide)
        return cls(size, size * wide, side / 2 + size * high / 2)


@lru_cache(maxsize=64)
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _initial(name: str) -> str:
    return next((letter.upper() for letter in name if letter.isalnum()), "N")[:1]
