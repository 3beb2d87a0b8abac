"""Nodes of JSON-LD, and the one way by which they get into a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Node = dict[str, Any]

# Of stories, and of every thing's canonical address.
LANGUAGE = "id"


def node(kind: str, *, ident: str | None = None, **properties: Any) -> Node:
    """A thing with what is known of it: an empty property is left out, for it says nothing."""
    made: Node = {"@type": kind} | ({"@id": ident} if ident else {})
    for name, value in properties.items():
        if value is not None and value not in ("", [], {}):
            made[name] = value
    return made


def graph(*nodes: Node | None) -> Node:
    """One document of several things."""
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


# A browser ends the block at "</script", whatever JSON it stands in.
_ENDING = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_script(data: Node) -> SafeString:
    """A data block for the head of a page; no browser runs it, so the pages' policy allows it.

    Safe because JSON in ASCII puts every other character, line separators and control characters
    included, behind an escape, and the three that mean something to HTML are escaped here.
    """
    text = json.dumps(data, separators=(",", ":")).translate(_ENDING)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
