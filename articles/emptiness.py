"""What of a text is empty and goes, and what was begun and says nothing yet.

Nothing here is a defence: articles/body.py sanitises before and after.
"""

import re
from dataclasses import dataclass

from articles.objects import TAG

_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_ROWS = re.compile(r'rowspan="\s*(\d+)')
_GOES = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "aside", "table", "thead", "tbody", "tr",
}  # fmt: skip
_TO_THE_END = 10**6  # rows: what rowspan="0" means
_BOX = re.compile(r'<(blockquote|aside) data-object="(pull-quote|fact-box)">(.*?)</\1>', re.DOTALL)
# Who said it, and what the facts are about: neither says anything alone.
_BESIDE = {
    "pull-quote": re.compile(r"<p><cite>.*?</cite></p>", re.DOTALL),
    "fact-box": re.compile(r"^\s*<h3>.*?</h3>", re.DOTALL),
}
_TAGS = re.compile(r"<[^>]*>")


@dataclass
class _Open:
    """An element that is being read. ``begin``: where it stands in what is kept; ``covered``: of a
    table, how many rows from here on a cell reaches into."""

    name: str
    begin: int
    has_words: bool = False
    covered: int = 0


def without_empty(html: str, *, cells_stay: bool) -> str:
    """Sanitised HTML without blocks that have nothing in them.

    ``cells_stay``: rows and tables of empty cells are left for whoever has yet to fill them in;
    else they go as well, but for a row into which a cell of an earlier one reaches: without it the
    cells below would move.
    """
    kept: list[str] = []
    opened = [_Open("", 0)]
    tables = []
    for piece in filter(None, TAG.split(html)):
        found = _NAME.match(piece)
        if not found:
            opened[-1].has_words |= _says(piece)
            kept.append(piece)
            continue
        is_end, name = found.groups()
        if is_end:
            kept.append(piece)
            if len(opened) > 1:
                _close(opened, kept, tables)
            continue
        if name == "br":
            kept.append(piece)
            continue
        is_cell = name in ("td", "th")
        has_words = name == "figure" or (is_cell and cells_stay)
        opened.append(_Open(name, len(kept), has_words=has_words))
        kept.append(piece)
        if name == "table":
            tables.append(opened[-1])
        elif is_cell and tables and (rows := _ROWS.search(piece)):
            tables[-1].covered = max(tables[-1].covered, int(rows[1][:6]) or _TO_THE_END)
    return "".join(kept)


def _says(words: str) -> bool:
    return bool(words.replace("&nbsp;", "").strip())


def _close(opened: list[_Open], kept: list[str], tables: list[_Open]) -> None:
    element = opened.pop()
    is_row = element.name == "tr" and bool(tables)
    if element.has_words:
        opened[-1].has_words = True
    elif element.name in _GOES and not (is_row and tables[-1].covered):
        del kept[element.begin :]
    if element.name == "table" and tables:
        tables.pop()
    elif is_row:
        tables[-1].covered = max(0, tables[-1].covered - 1)


def half_filled(body: str) -> list[int]:
    """Which boxes of a sanitised body have a source or a name and nothing else: their places among
    all its objects, from 0."""
    return [
        body.count("data-object=", 0, box.start())
        for box in _BOX.finditer(body)
        if not _says(_TAGS.sub("", _BESIDE[box[2]].sub("", box[3])))
    ]
