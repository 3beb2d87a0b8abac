"""Words set into a box of a picture: broken into balanced lines, as large as they fit.

Sizes, widths and heights are in pixels. Knows fonts and the language, no model.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from newsroom.indonesian import DANGLING, glue, glue_quotes, syllables

FONTS = Path(__file__).parent / "fonts"
SERIF = FONTS / "Gelasio-Bold.ttf"
SANS = FONTS / "LibreFranklin-SemiBold.ttf"

# What a line break costs, beside the square of the share of its line that stays empty.
DANGLES = 0.12  # the line ends on a word or a number that waits for the next word
HYPHENATES = 0.25
AT_HYPHEN = 0.03  # between the halves of "anak-anak"
AT_DASH = 0.12  # between those of "Makassar–Parepare"
IN_NAME = 0.08  # between two words with capitals
AT_PAUSE = -0.04  # behind a comma or a colon: there the reader breathes
ORPHAN = 0.6  # the last line is one short word
LONE_WORD = 0.05  # the last line is one word
ORPHAN_LETTERS = 7
LITTLE = 0.8  # of its size is what a headline may lose to get rid of an orphan

ASCENT = 0.8  # of the size: from the top of a line to the line on which the letters stand
EMOJI_SELECTORS = "\ufe0e\ufe0f"
NOBODYS = "\uffff"  # Unicode gives it to no character, so that every font draws its "missing" box
PAUSES = (",", ";", ":", "?", "!", ".", "–", "—")
_PARTS = re.compile(r"[^-/–—]+[-/–—]*|[-/–—]+")


@dataclass(frozen=True)
class Face:
    """A font in one size, with the distance from line to line."""

    path: Path
    size: int
    leading: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return font_of(self.path, self.size)

    def width(self, text: str) -> float:
        return _width(self.path, self.size, text)


@dataclass(frozen=True)
class Setting:
    """A text as it is set: its lines from top to bottom, and their face."""

    lines: tuple[str, ...]
    face: Face

    @property
    def height(self) -> int:
        return len(self.lines) * self.face.leading

    @property
    def ends_on_orphan(self) -> bool:
        return len(self.lines) > 1 and _is_orphan(self.lines[-1])


@lru_cache(maxsize=128)
def font_of(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic engine draws alike on every machine; the other needs a library of the system's.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=16384)
def _width(path: Path, size: int, text: str) -> float:
    return font_of(path, size).getlength(text)


# What a font can draw


def drawable(text: str, path: Path) -> str | None:
    """The text without what is no writing and the font has not, such as an emoji.

    None when letters, digits or their marks are missing: a text with holes says something else.
    """
    if missing(text, path):
        return None
    kept = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind[0] in "CZ":
            # What is invisible goes, but for spaces and the one that keeps words together.
            kept.append(character if character == "\N{NO-BREAK SPACE}" else " " * (kind != "Cf"))
        elif _has(path, character):
            kept.append(character)
    return re.sub(r" +", " ", "".join(kept)).strip()


def missing(text: str, path: Path) -> list[str]:
    """The letters, digits and marks of a text that the font has not, each once, in order."""
    found = dict.fromkeys(
        character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character)[0] in "LNM" and character not in EMOJI_SELECTORS
    )
    return [character for character in found if not _has(path, character)]


@lru_cache(maxsize=4096)
def _has(path: Path, character: str) -> bool:
    return _drawn(path, character) != _drawn(path, NOBODYS)


def _drawn(path: Path, character: str) -> tuple[float, bytes]:
    font = font_of(path, 40)
    return font.getlength(character), bytes(font.getmask(character))


# Breaking into lines


@dataclass(frozen=True)
class _Piece:
    """A part of a text before which a line may be broken, at a cost, and what it then ends on."""

    text: str
    before: str  # " ", or "" within a word
    ending: str = ""  # what the line before gets: "-" for a hyphen
    cost: float = 0

    @property
    def is_name(self) -> bool:
        return self.text[:1].isupper() and self.text[-1:].isalnum()


def break_lines(
    text: str, face: Face, width: float, *, splits: bool = True
) -> tuple[str, ...] | None:
    """As few lines as hold the text, as alike in length as can be.

    Only what is wider than a line is taken apart, and nothing is unless it ``splits``: the answer
    is then None.
    """
    text = glue_quotes(glue(text))
    parts = (part for word in text.split(" ") for part in _PARTS.findall(word))
    if not splits and any(face.width(part) > width for part in parts):
        return None
    pieces = list(_pieces(text, face, width))
    # By the number of pieces set: lines, cost, where the last line starts.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            line = _line(pieces, start, end)
            room = width - face.width(line)
            if room < 0 and start < end - 1:
                break
            lines, cost, _start = best[start]
            cost += (room / width) ** 2 + _break_cost(pieces, start, end, line)
            options.append((lines + 1, cost, start))
        best.append(min(options))
    found: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        found.append(_line(pieces, start, end))
        end = start
    return tuple(reversed(found))


def _line(pieces: Sequence[_Piece], start: int, end: int) -> str:
    line = "".join(piece.before + piece.text for piece in pieces[start:end])
    return line.lstrip(" ") + (pieces[end].ending if end < len(pieces) else "")


def _break_cost(pieces: Sequence[_Piece], start: int, end: int, line: str) -> float:
    if end == len(pieces):
        if start == 0 or re.search(r"\s", line):
            return 0
        return ORPHAN if _is_orphan(line) else LONE_WORD
    last_word = line.rpartition(" ")[2].casefold()
    cost = pieces[end].cost
    if last_word.endswith(PAUSES):
        cost += AT_PAUSE
    if last_word in DANGLING or last_word[-1:].isdigit():
        cost += DANGLES
    if pieces[end - 1].is_name and pieces[end].before and pieces[end].text[:1].isupper():
        cost += IN_NAME
    return cost


def _is_orphan(line: str) -> bool:
    return len(line) < ORPHAN_LETTERS and not re.search(r"\s", line)


def _pieces(text: str, face: Face, width: float) -> Iterator[_Piece]:
    for word in text.split(" "):
        words = [word]
        if face.width(word) > width:
            words = word.split("\N{NO-BREAK SPACE}")
        for each in words:
            before, ending, cost = " ", "", 0.0
            for part in _PARTS.findall(each):
                for piece in _split(part, face, width):
                    yield _Piece(piece, before, ending, cost)
                    before, ending, cost = "", "-", HYPHENATES
                before, ending = "", ""
                cost = AT_HYPHEN if part.endswith("-") else AT_DASH


def _split(part: str, face: Face, width: float) -> Iterator[str]:
    """A part of a word, taken apart where it is wider than a line."""
    if face.width(part) <= width:
        yield part
        return
    for syllable in syllables(part):
        start, taken, hyphen = 0, 0.0, face.width("-")
        for end, letter in enumerate(syllable):
            taken += face.width(letter)
            if end > start and taken + hyphen > width:
                yield syllable[start:end]
                start, taken = end, face.width(letter)
        yield syllable[start:]


# Fitting into a box


def fit(
    text: str, faces: Sequence[Face], width: float, height: float, *, whole: int = 0
) -> Setting:
    """The text in the largest of the faces in which it fits, the largest given first.

    Rather than to take a word apart it is set smaller, down to the size ``whole``; and a little
    smaller rather than to leave a short word alone on the last line. What fits in no face at all
    is cut behind a word in the last one.
    """
    tall = [face for face in faces if face.size >= whole]
    largest = _first(text, tall, width, height, splits=False)
    if largest is None:
        largest = _first(text, faces, width, height, splits=True)
    if largest is None:
        face = faces[-1]
        lines = break_lines(text, face, width) or ()
        return Setting(_cut(lines, face, width, int(height // face.leading)), face)
    if not largest.ends_on_orphan:
        return largest
    others = [face for face in faces if LITTLE * largest.face.size <= face.size < largest.face.size]
    for face in others:
        other = _first(text, [face], width, height, splits=False)
        if other and not other.ends_on_orphan:
            return other
    return largest


def _first(
    text: str, faces: Sequence[Face], width: float, height: float, *, splits: bool
) -> Setting | None:
    for face in faces:
        if face.width(text) * face.leading > width * height:
            continue  # not even without a gap
        lines = break_lines(text, face, width, splits=splits)
        if lines is not None and len(lines) * face.leading <= height:
            return Setting(lines, face)
    return None


def _cut(lines: Sequence[str], face: Face, width: float, count: int) -> tuple[str, ...]:
    kept = list(lines[: max(1, count)])
    words = kept[-1].rstrip("-")
    while words and face.width(f"{words}…") > width:
        words = words.rpartition(" ")[0] or words[:-1]
    kept[-1] = f"{words}…"
    return tuple(kept)


def faces(path: Path, sizes: Sequence[int], leading: float) -> tuple[Face, ...]:
    """A font in several sizes; ``leading`` is a multiple of the size."""
    return tuple(Face(path, size, round(size * leading)) for size in sizes)
