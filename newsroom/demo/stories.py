"""The demo's stories as files: a TOML head between two lines of ``+++``, then light markup."""

import re
import tomllib
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "stories"


def read_stories() -> list[dict[str, Any]]:
    """Every story, in the order of the file names; the text is HTML under "body"."""
    stories = []
    for path in sorted(FOLDER.glob("*.txt")):
        _before, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        stories.append(tomllib.loads(head) | {"body": to_html(text), "file": path.name})
    return stories


def to_html(text: str) -> str:
    """Paragraphs, ``##`` subheadings, ``>`` quotations, ``-`` lists, emphasis and links.

    A backslash at the end of a line breaks it there, as in an address.
    """
    return "\n".join(_block(block.strip()) for block in text.split("\n\n") if block.strip())


def moment(words: str, zone: ZoneInfo, now: datetime) -> datetime:
    """What "today 08:05", "yesterday 21:30", "-3d 14:00" or "+1d 06:00" means at ``now``."""
    day, clock = words.split()
    offset = {"today": 0, "yesterday": -1}.get(day)
    if offset is None:
        offset = int(day.removesuffix("d"))
    hour, minute = map(int, clock.split(":"))
    return (now.astimezone(zone) + timedelta(days=offset)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:])}</h2>"
    if block.startswith("> "):
        return f"<blockquote><p>{_inline(block[2:])}</p></blockquote>"
    if block.startswith("- "):
        items = (f"<li>{_inline(line[2:])}</li>" for line in block.splitlines())
        return f"<ul>{''.join(items)}</ul>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    text = re.sub(r"\\\n", "<br>", escape(text.strip(), quote=False))
    text = " ".join(text.split())
    text = re.sub(r"\[([^\]]+)\]\(((?:https://|mailto:)[^)\s]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
