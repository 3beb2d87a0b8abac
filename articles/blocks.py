"""Whatever is said in a body is said in a block, and a cell or a list item holds its words itself.

Editors and other programs leave words and line breaks beside the blocks, such as behind a table,
and put paragraphs and headings into cells and list items. Nothing here is a
defence: articles/body.py sanitises before and after.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.objects import TAG

_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "aside", "figure", "table"}
_HOLDERS = {"li", "td", "th"}
_LINES = {"p", "h2", "h3"}  # what a holder has none of
# Tags that part what is around from what is within; the others stand in a line.
_AROUND_OTHERS = _BLOCKS | _HOLDERS | {"thead", "tbody", "tr"}
_RESTS = ("&nbsp;", "<br>")  # beside white space, what is nothing at the edge of a paragraph
_NOTHING = re.compile(r"(?:\s|&nbsp;|<[^>]*>)*")


def in_blocks(html: str) -> str:
    """Sanitised HTML without words outside a block, and without paragraphs and headings in cells
    and list items: a line break parts what they parted."""
    return "".join(_Blocks().read(html))


def _trimmed(html: str) -> str:
    # By hand: an expression that looks for the end takes ages with ever so many spaces.
    before = None
    while before != html:
        before, html = html, html.strip()
        for rest in _RESTS:
            html = html.removeprefix(rest).removesuffix(rest)
    return html


@dataclass
class _Holder:
    """A cell or a list item that is open. ``breaks``: before its next words."""

    has_words: bool = False
    breaks: bool = False

    def ends_line(self) -> None:
        self.breaks = self.has_words


class _Blocks:
    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []  # each with whether its tag was kept
        self.around: list[_Holder | None] = []  # of the tags that are open, all but those in a line
        self.loose: list[str] | None = None  # what stands beside the blocks, as far as it was read
        self.has_block = False  # within what is loose

    def read(self, html: str) -> Iterator[str]:
        for piece in filter(None, TAG.split(html)):
            found = _NAME.match(piece)
            name = found[2] if found else ""
            if not self.open:
                is_loose = name not in _BLOCKS and not (found and found[1])
                if not is_loose:
                    yield self._paragraph()
                elif self.loose is None:
                    self.loose = []
            self.has_block |= self.loose is not None and name in _BLOCKS
            kept = self._kept(piece, name, is_end=bool(found and found[1]))
            if self.loose is None:
                yield kept
            else:
                self.loose.append(kept)
        yield self._paragraph()

    def _paragraph(self) -> str:
        """What was loose, as a paragraph; what has blocks in itself is none."""
        html, self.loose = "".join(self.loose or ()), None
        if self.has_block:
            self.has_block = False
            return html
        words = _trimmed(html)
        return "" if _NOTHING.fullmatch(words) else f"<p>{words}</p>"

    def _kept(self, piece: str, name: str, *, is_end: bool) -> str:
        holder = self.around[-1] if self.around else None
        if is_end:
            return self._end(piece, name)
        if name == "br":
            if holder:
                holder.ends_line()
            return "" if holder else piece
        if not name:
            return self._words(piece, holder)
        return self._begin(piece, name, holder)

    def _words(self, words: str, holder: _Holder | None) -> str:
        if not holder:
            return words
        if _NOTHING.fullmatch(words) and (holder.breaks or not holder.has_words):
            return ""
        return self._line(holder) + words

    @staticmethod
    def _line(holder: _Holder) -> str:
        is_next = holder.breaks
        holder.has_words, holder.breaks = True, False
        return "<br>" if is_next else ""

    def _begin(self, piece: str, name: str, holder: _Holder | None) -> str:
        is_kept = name not in _LINES or holder is None
        self.open.append((name, is_kept))
        if holder and not is_kept:
            holder.ends_line()
            return ""
        if name in _HOLDERS:
            self.around.append(_Holder())
        elif name in _AROUND_OTHERS:
            if holder:
                holder.breaks = False
            self.around.append(None)
        elif holder and holder.breaks:
            return self._line(holder) + piece
        return piece

    def _end(self, piece: str, name: str) -> str:
        _name, is_kept = self.open.pop() if self.open else ("", True)
        if is_kept and name in _AROUND_OTHERS and self.around:
            self.around.pop()
        holder = self.around[-1] if self.around else None
        if holder and not is_kept:
            holder.ends_line()
        elif holder and name in _BLOCKS:
            holder.has_words = holder.breaks = False
        return piece if is_kept else ""
