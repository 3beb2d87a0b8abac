"""The text of a story as its page prints it: dateline, tables that scroll, objects."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Edition, Picture
from articles.objects import TAG, Placeholder, parts_of
from articles.resolving import NOTHING, Resolved
from articles.templatetags.newspaper import glue, with_scrolling_tables

register = template.Library()

# The place of the dateline: the first paragraph, at most after headings.
_FIRST_PARAGRAPH = re.compile(r"((?:<(h[23])>.*?</\2>\s*)*<p>)", re.DOTALL)


@register.simple_tag
def story_text(
    edition: Edition, objects: Resolved = NOTHING, *, text_only: bool = False
) -> SafeString:
    """The body, opened by its dateline, its tables made to scroll, its objects as they now are.

    Safe because an edition's body was sanitised when it was made and cannot be changed since; the
    dateline is escaped here, and objects are drawn by templates.
    """
    pieces = [
        _words(part, edition)
        if isinstance(part, str)
        else _object(part, edition, objects, text_only)
        for part in parts_of(edition.body)
    ]
    return mark_safe(_with_dateline("".join(pieces), edition.dateline))


def _words(html: str, edition: Edition) -> str:
    parts = TAG.split(html)
    parts[::2] = [glue(text) for text in parts[::2]]
    if edition.paid:
        # Search engines ask for it: what is paid for must not vouch for where it leads.
        parts[1::2] = [tag.replace(' rel="', ' rel="sponsored ') for tag in parts[1::2]]
    return with_scrolling_tables("".join(parts))


def _object(placeholder: Placeholder, edition: Edition, objects: Resolved, text_only: bool) -> str:
    """Nothing for what is not there any more, and for a story that readers do not see."""
    context = {"placeholder": placeholder, "edition": edition, "text_only": text_only}
    if placeholder.kind == "see-also":
        line = objects.stories.get(placeholder.id)
        if line is None or line.article_id == edition.article_id:
            return ""
        context["line"] = line
    elif placeholder.kind == "embed":
        if placeholder.embed is None:
            return ""
        context |= {"embed": placeholder.embed, "picture": _still(placeholder, objects)}
    else:
        pictures = [objects.pictures[n] for n in placeholder.ids if n in objects.pictures]
        if not pictures:
            return ""
        context |= {"pictures": pictures, "picture": pictures[0]}
    name = placeholder.kind.replace("-", "_")
    return render_to_string(f"includes/objects/_{name}.html", context).strip()


def _still(placeholder: Placeholder, objects: Resolved) -> Picture | None:
    return objects.pictures.get(placeholder.id) if placeholder.ids else None


def _with_dateline(html: str, dateline: str) -> str:
    if not dateline:
        return html
    opening = f'<span class="dateline">{escape(dateline.upper())}</span> - '
    first = _FIRST_PARAGRAPH.match(html)
    if first:
        return f"{first[1]}{opening}{html[first.end() :]}"
    if html.startswith("<"):  # a list, a quotation or a picture comes first
        return f"<p>{opening.removesuffix(' - ')}</p>{html}"
    return opening + html
