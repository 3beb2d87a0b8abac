"""A story's body as the paragraphs that a reader sees, without the noise of its HTML."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from zlib import crc32

from articles.objects import Placeholder, parts_of
from articles.resolving import name_alone

# An address stands in a text behind the words of its link, between two of these. No text of the
# database can hold one.
MARK = "\0"
_INVISIBLE = dict.fromkeys(map(ord, f"{MARK}\u00ad\u200b\u2060\ufeff"))
_ADDRESS = re.compile(rf"{MARK}[^{MARK}]*{MARK}")
_SPACE_BEFORE_ADDRESS = re.compile(rf"(\s+)({_ADDRESS.pattern})")
# Not \w: a vowel sign of Arabic or Javanese script belongs to its word.
_SIGNS = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’„«»‹›–—…•·،؛؟")
_WORD = rf"[^\s{MARK}{_SIGNS}]+"
# Each with the space before it; 2.400, 06.30 and anak-anak are one word.
_TOKEN = re.compile(rf"{_ADDRESS.pattern}|\s?(?:{_WORD}(?:[-'’.,:/]{_WORD})*|[{_SIGNS}])")


@dataclass(frozen=True)
class Paragraph:
    """One block of text; ``style`` is "p", "heading", "quote", "item", "row" or "object".

    Two paragraphs are the same for a reader when they are equal; ``identity`` tells apart things
    of the same words, such as two pictures with one caption.
    """

    marked: str
    style: str = "p"
    identity: int | None = None

    @property
    def text(self) -> str:
        return _ADDRESS.sub("", self.marked)

    @property
    def tokens(self) -> list[str]:
        """Words and signs, each with the space before it, and addresses."""
        return _TOKEN.findall(f" {self.marked}")


def is_address(token: str) -> bool:
    return token.startswith(MARK)


def readable(text: str) -> str:
    """Folded white space, one form of each accented letter, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def paragraphs(html: str, name: Callable[[Placeholder], str] = name_alone) -> list[Paragraph]:
    """The blocks of a sanitised body in their order; emphasis is left out, addresses are kept.

    ``name`` says what a reader sees of an object.
    """
    found: list[Paragraph] = []
    for part in parts_of(html):
        if isinstance(part, Placeholder):
            # Another picture of the same caption is another one.
            key = f"{part.kind} {part.ids} {part.url}"
            found.append(Paragraph(readable(name(part)), "object", crc32(key.encode())))
            continue
        reader = _Reader()
        reader.feed(part)
        reader.close()
        reader.finish()
        found += reader.found
    return found


_STYLES = {"h2": "heading", "h3": "heading", "blockquote": "quote", "li": "item", "tr": "row"}
_BLOCKS = {"p", "aside", "ul", "ol", "table", "thead", "tbody", *_STYLES}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Paragraph] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and "tr" not in self.open:
            self.finish()
        if tag in _STYLES:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if tag == "br":
            self.pieces.append(" ")
        if tag in ("td", "th") and readable("".join(self.pieces)):
            self.pieces.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            address = "".join(self.links.pop().translate(_INVISIBLE).split())
            if address:
                self.pieces.append(f"{MARK}{address}{MARK}")
        if tag in _BLOCKS and ("tr" not in self.open or tag == "tr"):
            self.finish()
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.translate(_INVISIBLE))

    def finish(self) -> None:
        text = " ".join(unicodedata.normalize("NFC", "".join(self.pieces)).split())
        self.pieces = []
        marked = _SPACE_BEFORE_ADDRESS.sub(r"\2\1", text).rstrip()
        if marked:
            # A paragraph in a quotation in a list is an item of that list.
            style = next((_STYLES[tag] for tag in self.open), "p")
            self.found.append(Paragraph(marked, style))
