"""The light markup in which the demo's stories and pages are written.

Blocks are parted by empty lines. Beside paragraphs there are ``##`` subheadings, ``>`` quotations,
``-`` lists, ``|`` tables with the names of the columns in the first line, and the objects that the
desk's editor offers:

    :: picture pantai wide          a picture, by the stem of its file's name; then its caption
    :: gallery nelayan pinisi       several, with a caption of them all
    :: see-also 26                  a story, by the number of its file or the key of a report
    :: embed https://…              then its caption
    :: quote                        a pull quote; a line that begins with a dash says whose it is
    :: box Dalam angka              a fact box: paragraphs, one a line, and lists

Which row a picture or a story is, is known only when the demo is loaded: :func:`with_ids`.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import groupby

_NAMED = re.compile(r' data-(picture|story)="([^"]+)"')


def to_html(text: str) -> str:
    """Blocks as HTML, with emphasis and links, and with the names of pictures and stories in it.

    A backslash at the end of a line breaks it there, as in an address.
    """
    return "\n".join(_block(block.strip()) for block in text.split("\n\n") if block.strip())


def with_ids(html: str, *, picture: Callable[[str], int], story: Callable[[str], int]) -> str:
    """The HTML as a body holds it: names of pictures and stories replaced by their ids."""

    def placed(named: re.Match) -> str:
        if named[1] == "story":
            return f' data-id="{story(named[2])}"'
        ids = [str(picture(name)) for name in named[2].split()]
        return f' data-id{"s" if len(ids) > 1 else ""}="{",".join(ids)}"'

    return _NAMED.sub(placed, html)


def _block(block: str) -> str:
    if block.startswith(":: "):
        head, _line, rest = block[3:].partition("\n")
        kind, _space, said = head.partition(" ")
        return _OBJECTS[kind](said, rest)
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:])}</h2>"
    if block.startswith("> "):
        return f"<blockquote><p>{_inline(block[2:])}</p></blockquote>"
    if block.startswith("- "):
        return _list(block.splitlines())
    if block.startswith("|"):
        return _table(block.splitlines())
    return f"<p>{_inline(block)}</p>"


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"


def _table(lines: list[str]) -> str:
    head, *rows = (
        [_inline(cell) for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        for line in lines
    )
    names = "".join(f"<th>{name}</th>" for name in head)
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def _picture(said: str, caption: str) -> str:
    name, _space, size = said.partition(" ")
    named = f'data-picture="{name}" data-size="{size or "text"}"'
    return f'<figure data-object="picture" {named}{_caption(caption)}></figure>'


def _gallery(said: str, caption: str) -> str:
    return f'<figure data-object="gallery" data-picture="{said}"{_caption(caption)}></figure>'


def _see_also(said: str, _rest: str) -> str:
    return f'<figure data-object="see-also" data-story="{said}"></figure>'


def _embed(said: str, caption: str) -> str:
    return f'<figure data-object="embed" data-url="{escape(said)}"{_caption(caption)}></figure>'


def _quote(_said: str, text: str) -> str:
    words, _line, who = text.partition("\n— ")
    by = f"<p><cite>{_inline(who)}</cite></p>" if who else ""
    return f'<blockquote data-object="pull-quote"><p>{_inline(words)}</p>{by}</blockquote>'


def _box(title: str, text: str) -> str:
    parts = [f"<h3>{_inline(title)}</h3>"]
    for is_list, group in groupby(text.splitlines(), lambda line: line.startswith("- ")):
        lines = list(group)
        parts += [_list(lines)] if is_list else [f"<p>{_inline(line)}</p>" for line in lines]
    return f'<aside data-object="fact-box">{"".join(parts)}</aside>'


def _caption(text: str) -> str:
    words = escape(" ".join(text.split()), quote=False).replace('"', "&quot;")
    return f' data-caption="{words}"' if words else ""


_OBJECTS: dict[str, Callable[[str, str], str]] = {
    "picture": _picture,
    "gallery": _gallery,
    "see-also": _see_also,
    "embed": _embed,
    "quote": _quote,
    "box": _box,
}


def _inline(text: str) -> str:
    text = re.sub(r"\\\n", "<br>", escape(text.strip(), quote=False))
    text = " ".join(text.split())
    text = re.sub(r"\[([^\]]+)\]\(((?:https://|mailto:)[^)\s]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
