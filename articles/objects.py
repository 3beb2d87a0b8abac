"""Objects in a story's text: how they stand in a body, and what a body may hold of them.

A picture, a gallery, a link to another story and an embed are placeholders, each an empty block of
its own that names what it shows; what that is at the moment is looked up when a page is drawn
(articles/resolving.py). A pull quote and a fact box are blocks with words in them.

    <figure data-object="picture" data-id="12" data-size="text|wide" data-caption="…"></figure>
    <figure data-object="gallery" data-ids="12,15,19" data-caption="…"></figure>
    <figure data-object="see-also" data-id="345"></figure>            (id of a story)
    <figure data-object="embed" data-still="12" data-url="https://…" data-caption="…"></figure>
                                              (a picture of the library stands for it, or none)
    <blockquote data-object="pull-quote"><p>…</p><p><cite>…</cite></p></blockquote>
    <aside data-object="fact-box"><h3>…</h3><p>…</p></aside>

Nothing here is a defence: articles/body.py sanitises before and after.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from articles import embeds

SIZES = ("text", "wide")
WITH_PICTURES = ("picture", "gallery", "embed")
MOST_PICTURES = 20  # of a gallery
LONGEST_CAPTION = 300  # letters

_NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
# A tag of sanitised HTML; an attribute's value may hold ">".
TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_NOWHERE = re.compile(r"https?:(?!//[^/?#])", re.ASCII | re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_FIGURE = re.compile(r'<figure( [^>"]*(?:"[^"]*"[^>"]*)*)></figure>')
_VOID = {"br"}
# What may stand within the blocks that have words of their own; other tags go, their words stay.
_WITHIN = {
    "pull-quote": {"p", "br", "strong", "em", "cite", "sub", "sup"},
    "fact-box": {"h3", "p", "br", "strong", "em", "a", "ul", "ol", "li", "sub", "sup"},
}
# What is a line of its own elsewhere, is a paragraph in a box that may not hold it.
_LINES = {"h2", "h3", "li", "blockquote", "aside"}
_OF = {"blockquote": "pull-quote", "aside": "fact-box"}


@dataclass(frozen=True)
class Placeholder:
    """``kind`` is "picture", "gallery", "see-also" or "embed"; ``ids`` are of pictures (of an
    embed: its still, if any), or of one story."""

    kind: str
    ids: tuple[int, ...] = ()
    size: str = "text"
    url: str = ""
    caption: str = ""

    @property
    def id(self) -> int:
        return self.ids[0]

    @property
    def embed(self) -> embeds.Embed | None:
        return embeds.read(self.url)

    def __str__(self) -> str:
        """As it stands in a body, in its one form."""
        said = {"object": self.kind}
        if self.kind == "gallery":
            said["ids"] = ",".join(map(str, self.ids))
        elif self.kind == "embed" and self.ids:
            said["still"] = str(self.id)
        elif self.ids:
            said["id"] = str(self.id)
        if self.kind == "picture":
            said["size"] = self.size
        if self.url:
            said["url"] = self.url
        if self.caption:
            said["caption"] = self.caption
        values = "".join(f' data-{name}="{_quoted(value)}"' for name, value in said.items())
        return f"<figure{values}></figure>"


def _quoted(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;").replace("\xa0", "&nbsp;")


def kept_attribute(tag: str, name: str, value: str) -> str | None:
    """What of an attribute of an object or a link may stay; None for nothing. For the sanitiser."""
    reader = _READERS.get((tag, name))
    return reader(value) if reader else value


def _numbers(value: str) -> str | None:
    found = dict.fromkeys(_NUMBER.findall(value.replace(" ", "")))
    is_list = all(_NUMBER.fullmatch(part) for part in value.replace(" ", "").split(","))
    return ",".join(list(found)[:MOST_PICTURES]) if found and is_list else None


def _caption(value: str) -> str | None:
    return " ".join(value.split())[:LONGEST_CAPTION].strip() or None


def _address(value: str) -> str | None:
    found = embeds.read(value)
    return found.url if found else None


_READERS = {
    ("a", "href"): lambda value: None if _NOWHERE.match(value.strip()) else value,
    ("figure", "data-object"): lambda value: (
        value if value in ("picture", "gallery", "see-also", "embed") else None
    ),
    ("figure", "data-id"): lambda value: value if _NUMBER.fullmatch(value) else None,
    ("figure", "data-ids"): _numbers,
    ("figure", "data-still"): lambda value: value if _NUMBER.fullmatch(value) else None,
    ("figure", "data-size"): lambda value: value if value in SIZES else None,
    ("figure", "data-url"): _address,
    ("figure", "data-caption"): _caption,
    ("blockquote", "data-object"): lambda value: value if value == "pull-quote" else None,
    ("aside", "data-object"): lambda value: value if value == "fact-box" else None,
}
ATTRIBUTES = {
    "figure": {
        "data-object",
        "data-id",
        "data-ids",
        "data-still",
        "data-size",
        "data-url",
        "data-caption",
    },
    "blockquote": {"data-object"},
    "aside": {"data-object"},
}


def _placeholder(attributes: str) -> Placeholder | None:
    # Read as strictly as the sanitiser does: a row may have been written past the program.
    values = ((name, unescape(value)) for name, value in _ATTRIBUTE.findall(attributes))
    kept = ((name, kept_attribute("figure", name, value)) for name, value in values)
    said = {name: value for name, value in kept if value}
    kind = said.get("data-object", "")
    caption = said.get("data-caption", "")
    if kind == "gallery":
        ids = tuple(int(number) for number in said.get("data-ids", "").split(",") if number)
        return Placeholder(kind, ids, caption=caption) if ids else None
    if kind == "embed":
        ids = (int(said["data-still"]),) if "data-still" in said else ()
        return (
            Placeholder(kind, ids, url=said["data-url"], caption=caption)
            if "data-url" in said
            else None
        )
    if kind and "data-id" in said:
        ids = (int(said["data-id"]),)
        if kind == "see-also":
            return Placeholder(kind, ids)
        return Placeholder(kind, ids, size=said.get("data-size", SIZES[0]), caption=caption)
    return None


def parts_of(body: str) -> Iterator[str | Placeholder]:
    """A sanitised body in its order: HTML as text, and placeholders."""
    done = 0
    for found in _FIGURE.finditer(body):
        placeholder = _placeholder(found[1])
        if placeholder is None:
            continue
        if found.start() > done:
            yield body[done : found.start()]
        yield placeholder
        done = found.end()
    if done < len(body):
        yield body[done:]


def placeholders_in(body: str) -> list[Placeholder]:
    return [part for part in parts_of(body) if isinstance(part, Placeholder)]


def pictures_in(body: str) -> list[int]:
    """The pictures that a body shows, in order, each once; the lead picture is not among them.

    Migration 0014 has the same for the database's index.
    """
    shown = (each for each in placeholders_in(body) if each.kind in WITH_PICTURES)
    return list(dict.fromkeys(number for each in shown for number in each.ids))


def stories_in(body: str) -> list[int]:
    """The stories to which a body leads by a see-also, in order, each once."""
    found = (each.id for each in placeholders_in(body) if each.kind == "see-also")
    return list(dict.fromkeys(found))


def without_placeholders(body: str) -> str:
    """A body for a place that shows none: what stands in words stays."""
    return "".join(part for part in parts_of(body) if isinstance(part, str))


def without_frames(html: str) -> str:
    """Without any tag of an object; the words stay."""
    tags = r"</?(?:figure|aside|cite|blockquote)\b[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>"
    return re.sub(tags, "", html)


# Bringing a body into its one form


def in_order(html: str) -> str:
    """Sanitised HTML with every object a block of its own, whole, and nowhere within another.

    A placeholder within a list, a table or a box follows behind it, and so does a table within a
    box; a box within another gives up its frame and keeps its words, and so does whatever else a
    box may not hold.
    """
    if not any(mark in html for mark in ("<figure", "<aside", "<cite", "data-object")):
        return html
    return "".join(_Order().read(html))


class _Order:
    def __init__(self) -> None:
        self.open: list[str] = []  # tags that were kept
        self.skipped: list[bool] = []  # for each tag of the input that is open: was it left out?
        self.lifted: list[str] = []  # what waits for the end of the outermost block
        self.table: list[str] | None = None  # one that is taken out of a box, as far as it was read
        self.tables = 0  # how many are open in it, itself included
        self.box = ""  # the kind of the box that is open
        self.silent = 0  # how many tags were open when a placeholder began; what is in it goes

    def read(self, html: str) -> Iterator[str]:
        for piece in TAG.split(html):
            found = _NAME.match(piece)
            if self.table is not None or (self.box and found and found[2] == "table"):
                self._take_out(piece, found)
            elif not found:
                yield "" if self.silent else piece
            elif found[1]:
                yield from self._ends()
            else:
                yield from self._begins(found[2], piece)
        yield from self.lifted

    def _take_out(self, piece: str, found: re.Match | None) -> None:
        """A table of a box goes behind the box whole: its cells are no words that follow on one
        another. What is in it is put in order when the text is read again."""
        if self.silent:
            return
        self.table = self.table or []
        self.table.append(piece)
        if found and found[2] == "table":
            self.tables += -1 if found[1] else 1
        if not self.tables:
            self.lifted.append("".join(self.table))
            self.table = None

    def _begins(self, tag: str, piece: str) -> Iterator[str]:
        if tag in _VOID:
            yield "" if self.silent else piece
            return
        if self.silent:
            self.skipped.append(True)
            return
        if tag == "figure":
            placeholder = _placeholder(piece)
            self.silent = len(self.skipped) + 1 if placeholder else 0
            if placeholder and self.open:
                self.lifted.append(str(placeholder))
            elif placeholder:
                yield str(placeholder)
            self.skipped.append(True)
            return
        kept = self._kept(tag, piece)
        self.skipped.append(not kept)
        if kept:
            self.open.append("p" if kept == "<p>" else tag)
            yield kept

    def _kept(self, tag: str, piece: str) -> str:
        """The tag as it stays; nothing when only its words do."""
        if self.box:
            if tag in _WITHIN[self.box]:
                return piece
            return "<p>" if tag in _LINES else ""
        if tag == "cite":
            return ""
        if tag not in _OF:
            return piece
        is_box = f'data-object="{_OF[tag]}"' in piece and not self.open
        if is_box:
            self.box = _OF[tag]
            return f'<{tag} data-object="{self.box}">'
        return "" if tag == "aside" else f"<{tag}>"

    def _ends(self) -> Iterator[str]:
        if len(self.skipped) == self.silent:
            self.silent = 0
        if not self.skipped or self.skipped.pop():
            return
        yield f"</{self.open.pop()}>"
        if not self.open:
            self.box = ""
            yield from self.lifted
            self.lifted = []
