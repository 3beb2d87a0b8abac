"""The card of a story, as messages and networks show it where its address is shared.

Knows words, colours and files, no model. Two designs: a column of type beside the picture, and a
page of type where there is none. Lengths are in pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

from PIL import Image, ImageDraw, ImageOps

from newsroom.colours import accents, by_day
from newsroom.typesetting import ASCENT, SANS, SERIF, Face, Setting, drawable, faces, fit

# What Facebook, WhatsApp, X and LinkedIn show whole.
WIDTH, HEIGHT = 1200, 630
MAX_BYTES = 200_000
# Of the bytes that come of the same words and picture. A change of the design gives it the next
# number, and every card a new address.
DESIGN = 4
QUALITIES = (88, 82, 76, 68, 58, 46, 34, 22)

BAR = 12  # the edge in the site's colour, as above a masthead
MARGIN = 52
COLUMN = 548  # the width of the type beside a picture
CREDIT = 28  # the strip between column and picture in which its credit stands
PICTURE = (MARGIN + COLUMN + CREDIT, BAR)  # the upper left corner
NAME_TOP, NAME_HEIGHT = 36, 56
RULE = 3
FOOT = 70  # what date and host take at the bottom
GAP = 14

NAME = faces(SERIF, (44, 40, 36, 32, 28, 24, 20), 1.2)
LABEL = faces(SANS, (26, 22), 1.5)
KICKER = faces(SANS, (26, 24, 22, 20), 1.25)
HEADLINE = faces(SERIF, (70, 66, 62, 58, 54, 50, 47, 44, 41, 38, 35, 32, 29, 26, 23, 20), 1.13)
HEADLINE_ALONE = faces(SERIF, (104, 96, 90, *range(84, 31, -4)), 1.1)
# Down to these sizes a headline gets smaller rather than to have a word taken apart.
WHOLE, WHOLE_ALONE = 44, 60
SUMMARY = faces(SANS, (29, 27, 25), 1.4)
SUMMARY_LINES, SUMMARY_GAP = 4, 18
# Beside a picture, where a short headline leaves half the column white.
SUMMARY_LINES_BESIDE = 6
# A headline smaller than this stands alone rather than over its summary.
SMALLEST_OVER_SUMMARY = 56
SMALL = faces(SANS, (22, 20, 18, 16), 1.3)
CREDIT_FACES = faces(SANS, (15, 13), 1.3)


@dataclass(frozen=True)
class Label:
    """What readers must know before anything else; an alarming one is in another colour."""

    text: str
    is_alert: bool = False


@dataclass(frozen=True)
class Card:
    """What a card says. ``accent`` is a name of newsroom.colours; ``date`` is as printed.

    ``bureau`` is empty on the network's own; ``host`` is as bylines print it. The summary stands
    under a headline without a picture, or a short one; the credit beside a picture.
    """

    headline: str
    network: str
    bureau: str
    accent: str
    date: str
    host: str
    kicker: str = ""
    labels: tuple[Label, ...] = ()
    summary: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Line:
    """One line of words at its place: the left end of the line on which its letters stand."""

    text: str
    face: Face
    colour: str
    x: float
    y: float
    ground: str = ""  # the colour of a box around it

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What it covers: left, top, right, bottom."""
        left, top, right, bottom = self.face.font.getbbox(self.text, anchor="ls")
        if self.ground:
            left, top, right, bottom = self._frame
        return self.x + left, self.y + top, self.x + right, self.y + bottom

    @property
    def _frame(self) -> tuple[float, float, float, float]:
        size = self.face.size
        return -size * 0.5, -size, self.face.width(self.text) + size * 0.5, size * 0.4

    def draw(self, canvas: ImageDraw.ImageDraw) -> None:
        if self.ground:
            canvas.rectangle(self.box, fill=self.ground)
        font = self.face.font
        canvas.text((self.x, self.y), self.text, font=font, fill=self.colour, anchor="ls")


def draw(
    card: Card, picture: IO[bytes] | None = None, focus: tuple[float, float] = (0.5, 0.5)
) -> bytes:
    """The card as a JPEG of WIDTH × HEIGHT pixels, smaller than MAX_BYTES.

    ``focus`` is the point of the picture that must be seen, as shares of its width and height.
    Raises OSError for a picture that cannot be read.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), by_day("paper"))
    canvas = ImageDraw.Draw(image)
    if picture:
        image.paste(_cropped(picture, focus), PICTURE)
    canvas.rectangle((0, 0, WIDTH, BAR - 1), fill=accents()[card.accent].day)
    right = MARGIN + _measure(picture is not None)
    under_name, over_foot = NAME_TOP + NAME_HEIGHT + GAP, HEIGHT - FOOT
    canvas.rectangle((MARGIN, under_name, right - 1, under_name + RULE - 1), fill=by_day("bar"))
    canvas.line((MARGIN, over_foot, right - 1, over_foot), fill=by_day("rule"), width=2)
    for line in lines(card, with_picture=picture is not None):
        line.draw(canvas)
    if picture:
        _draw_credit(image, card)
    return _jpeg(image, card)


def _measure(with_picture: bool) -> int:
    return COLUMN if with_picture else WIDTH - 2 * MARGIN


def lines(card: Card, *, with_picture: bool) -> list[Line]:
    """Everything that is written on the card but the picture's credit, from top to bottom."""
    width = _measure(with_picture)
    top = NAME_TOP + NAME_HEIGHT + GAP + RULE + 2 * GAP
    bottom = HEIGHT - FOOT - GAP
    headline, kicker = drawable(card.headline, SERIF), drawable(card.kicker, SANS)
    if not headline:
        # A script that the font has not: og:title says it, and the card what it is about.
        instead = drawable(card.summary, SERIF)
        card = replace(card, summary="")
        headline, kicker = instead or kicker or drawable(card.bureau, SERIF) or "", ""
    found = [*_name(card, width), *_foot(card, width)]
    for label in _labels(card.labels, width, top):
        found.append(label)
        top = int(label.box[3]) + 2 * GAP
    if kicker:
        setting = fit(kicker, KICKER, width, 2 * KICKER[0].leading)
        found += _set(setting, accents()[card.accent].day, top)
        top += setting.height + GAP
    if with_picture:
        setting = fit(headline, HEADLINE, width, bottom - top, whole=WHOLE)
        found += _set(setting, by_day("ink"), top)
        top += setting.height + SUMMARY_GAP
        summary = _summary(card, width, SUMMARY_LINES_BESIDE)
        if summary and top + summary.height <= bottom:
            found += _set(summary, by_day("ink-soft"), top)
        return found
    summary = _summary(card, width, SUMMARY_LINES)
    room = bottom - top - (summary.height + SUMMARY_GAP if summary else 0)
    setting = fit(headline, HEADLINE_ALONE, width, room, whole=WHOLE_ALONE)
    if summary and setting.face.size < SMALLEST_OVER_SUMMARY:
        summary = None
        setting = fit(headline, HEADLINE_ALONE, width, bottom - top, whole=WHOLE_ALONE)
    found += _set(setting, by_day("ink"), top)
    if summary:
        found += _set(summary, by_day("ink-soft"), top + setting.height + SUMMARY_GAP)
    return found


def _name(card: Card, width: int) -> Iterator[Line]:
    """The masthead's words on one line: the network's in ink, the bureau's in its colour."""
    network, bureau = (drawable(part, SERIF) or "" for part in (card.network, card.bureau))
    face = _widest(f"{network} {bureau}".strip(), NAME, width)
    baseline = NAME_TOP + NAME_HEIGHT - round(0.2 * NAME[0].size)
    if face.width(f"{network} {bureau}") > width:
        # The bureau is whose card it is.
        network, bureau = "", fit(bureau or network, NAME[-1:], width, 1).lines[0]
    if network:
        yield Line(network, face, by_day("ink"), MARGIN, baseline)
    if bureau:
        x = MARGIN + (face.width(f"{network} ") if network else 0)
        yield Line(bureau, face, accents()[card.accent].day, x, baseline)


def _foot(card: Card, width: int) -> Iterator[Line]:
    """The date at the left, the host at the right where there is room for it."""
    host = drawable(card.host, SANS) or ""
    face = _widest(f"{card.date}   {host}", SMALL, width)
    baseline = HEIGHT - FOOT + 42
    yield Line(card.date, face, by_day("ink-soft"), MARGIN, baseline)
    x = MARGIN + width - face.width(host)
    if host and x > MARGIN + face.width(f"{card.date}   "):
        yield Line(host, face, by_day("ink-soft"), x, baseline)


def _labels(labels: Sequence[Label], width: int, top: int) -> Iterator[Line]:
    """Each on a line of its own, so that none is missed."""
    for label in labels:
        setting = fit(label.text, LABEL, width - LABEL[0].size, LABEL[0].leading)
        (text, *_rest), face = setting.lines, setting.face
        ground = by_day("alert" if label.is_alert else "ink")
        yield Line(text, face, by_day("paper"), MARGIN + face.size * 0.5, top + face.size, ground)
        top += face.leading + GAP


def _summary(card: Card, width: int, most: int) -> Setting | None:
    """The summary, if it is no longer than a few lines: no newspaper cuts one."""
    text = drawable(card.summary, SANS)
    setting = fit(text, SUMMARY, width, most * SUMMARY[0].leading) if text else None
    return setting if setting and not setting.lines[-1].endswith("…") else None


def _set(setting: Setting, colour: str, top: int) -> Iterator[Line]:
    face = setting.face
    for number, text in enumerate(setting.lines):
        baseline = top + number * face.leading + round(face.size * ASCENT)
        yield Line(text.replace("\N{NO-BREAK SPACE}", " "), face, colour, MARGIN, baseline)


def _widest(text: str, sizes: Sequence[Face], width: float) -> Face:
    return next((face for face in sizes if face.width(text) <= width), sizes[-1])


def _cropped(picture: IO[bytes], focus: tuple[float, float]) -> Image.Image:
    """The largest part of the picture in the shape of its place, around its focal point."""
    size = WIDTH - PICTURE[0], HEIGHT - PICTURE[1]
    with Image.open(picture, formats=("JPEG",)) as opened:
        opened.draft("RGB", (2 * size[0], 2 * size[1]))
        image = ImageOps.exif_transpose(opened).convert("RGB")
    share = min(image.width / size[0], image.height / size[1])
    across, down = size[0] * share, size[1] * share
    left = min(max(0, image.width * focus[0] - across / 2), image.width - across)
    top = min(max(0, image.height * focus[1] - down / 2), image.height - down)
    box = (left, top, left + across, top + down)
    return image.resize(size, Image.Resampling.LANCZOS, box=box)


def _draw_credit(image: Image.Image, card: Card) -> None:
    """Up along the picture's edge, as newspapers print it."""
    text = drawable(card.credit, SANS)
    length = HEIGHT - BAR - 2 * GAP
    if not text:
        return
    face = _widest(text, CREDIT_FACES, length)
    strip = Image.new("RGB", (length, CREDIT - 4), by_day("paper"))
    canvas = ImageDraw.Draw(strip)
    canvas.text((0, CREDIT - 11), text, font=face.font, fill=by_day("ink-soft"), anchor="ls")
    image.paste(strip.rotate(90, expand=True), (PICTURE[0] - CREDIT, BAR + GAP))


def _jpeg(image: Image.Image, card: Card) -> bytes:
    """As good as it can be within MAX_BYTES, with the words that must go with it."""
    exif = Image.Exif()
    # EXIF 2.32, 4.6.4: ImageDescription, Artist, Copyright. Readers' programs take UTF-8.
    for tag, text in ((0x010E, card.headline), (0x013B, card.credit), (0x8298, card.network)):
        if text:
            exif[tag] = text.encode()
    for quality in QUALITIES:
        out = BytesIO()
        options = {"quality": quality, "optimize": True, "progressive": True, "exif": exif}
        # Small letters in colour need every pixel's.
        image.save(out, "JPEG", subsampling=0 if quality >= QUALITIES[1] else 2, **options)
        if out.tell() < MAX_BYTES:
            break
    return out.getvalue()
