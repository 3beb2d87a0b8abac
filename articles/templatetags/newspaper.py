"""What readers' templates print: times, headlines that fit a phone, bodies, addresses."""

import re
from datetime import datetime
from functools import lru_cache

import pyphen
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from articles import dates
from articles.body import plain_text
from articles.fronts import west_to_east
from articles.models import Edition
from bureaus.hosts import Site, absolute_url, page_url
from bureaus.models import Bureau

register = template.Library()
register.simple_tag(west_to_east)

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG_WORD = re.compile(r"[^\W\d_]{13,}")
DESCRIPTION_LENGTH = 160
SHOWN_HASH = 12  # hexadecimal digits

_UNITS = (
    "persen|ribu|juta|miliar|triliun|mm|cm|m|km|meter|kilometer|mil|m2|m3|hektare|ha|are|gram|kg|"
    "kilogram|kuintal|ton|liter|kiloliter|knot|GT|watt|kWh|MW|derajat|WIB|WITA|WIT"
)
_GLUED = re.compile(
    rf"(?<=\bRp) (?=\d)|(?<=\b[Pp]ukul) (?=\d)|(?<=\d) (?=(?:{_UNITS})\b)|(?<=\d) (?=%)"
)
# A tag of sanitised HTML; an attribute's value may hold ">".
_TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
# The place of the dateline: the first paragraph, at most after headings.
_FIRST_PARAGRAPH = re.compile(r"((?:<(h[23])>.*?</\2>\s*)*<p>)", re.DOTALL)


# Words


@register.filter
def glue(text: str) -> str:
    """Keep a number on one line with its unit, with Rp and with "pukul"."""
    return _GLUED.sub("\N{NO-BREAK SPACE}", text)


@register.filter
def headline(text: str) -> str:
    """A headline as a page shows it: long words may break on a phone. Not for metadata."""
    return LONG_WORD.sub(lambda word: _hyphenated(word[0]), glue(text))


@lru_cache(maxsize=4096)
def _hyphenated(word: str) -> str:
    return _hyphenator().inserted(word, SOFT_HYPHEN)


@lru_cache(maxsize=1)
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="id_ID", left=4, right=4)


@register.filter
def described(edition: Edition) -> str:
    """One or two plain sentences for search engines and messages."""
    text = edition.summary or plain_text(edition.body)
    return Truncator(text).chars(DESCRIPTION_LENGTH)


@register.filter
def story_text(edition: Edition) -> SafeString:
    """The body, opened by its dateline, its tables made to scroll.

    Safe because an edition's body was sanitised when it was made and cannot be changed since; the
    dateline is escaped here.
    """
    parts = _TAG.split(edition.body)
    parts[::2] = [glue(text) for text in parts[::2]]
    html = _with_dateline("".join(parts), edition.dateline)
    return mark_safe(_with_scrolling_tables(html))


def _with_dateline(html: str, dateline: str) -> str:
    if not dateline:
        return html
    opening = f'<span class="dateline">{escape(dateline.upper())}</span> - '
    first = _FIRST_PARAGRAPH.match(html)
    if first:
        return f"{first[1]}{opening}{html[first.end() :]}"
    if html.startswith("<"):  # a list or a quotation comes first
        return f"<p>{opening.removesuffix(' - ')}</p>{html}"
    return opening + html


def _with_scrolling_tables(html: str) -> str:
    """On a phone a wide table scrolls by itself, by keyboard, too."""
    label = escape(gettext("Table"))
    opening = f'<div class="prose__table" role="group" aria-label="{label}" tabindex="0"><table>'
    return html.replace("<table>", opening).replace("</table>", "</table></div>")


@register.filter
def short_hash(sha256: str) -> str:
    """The first digits in groups of four, as in "a41c 09e7 5b2f"."""
    return " ".join(sha256[start : start + 4] for start in range(0, SHOWN_HASH, 4))


# Times


@register.filter
def iso(moment: datetime, bureau: Bureau) -> str:
    """For ``<time datetime>``: with the offset of the bureau's zone."""
    return moment.astimezone(bureau.zone).isoformat(timespec="seconds")


@register.filter
def stamp(moment: datetime, bureau: Bureau) -> str:
    """22 Mei 2024 - 15:45 WIB."""
    return dates.printed_stamp(moment, bureau)


@register.filter
def clock(moment: datetime, bureau: Bureau) -> str:
    """15:45."""
    return dates.printed_time(moment, bureau)


@register.filter
def earlier_day(moment: datetime, bureau: Bureau) -> str:
    """22 Mei, or nothing for today."""
    return dates.earlier_day(moment, bureau)


@register.filter
def list_time(moment: datetime, bureau: Bureau) -> str:
    """15:45 WIB for a story of today; 22 Mei - 15:45 WIB for an older one."""
    day = dates.earlier_day(moment, bureau)
    time = f"{dates.printed_time(moment, bureau)} {bureau.zone_label}"
    return f"{day} - {time}" if day else time


# Addresses


register.simple_tag(page_url)


@register.simple_tag
def front_of(bureau: Bureau | None) -> str:
    """The front of a bureau, or of the network with None, in the language that is active."""
    return page_url(bureau, "front")


@register.simple_tag(takes_context=True)
def address_in(context: template.Context, language: str) -> str:
    """This page's own full address in a language; with its pictures, whatever is read."""
    prefix = "/en" if language == "en" else ""
    return absolute_url(context["site"].bureau, f"{prefix}{context['path']}")


@register.simple_tag(takes_context=True)
def address_text_only(context: template.Context) -> str:
    """This page's own full address without pictures, in the language that is active."""
    prefix = "/teks/en" if get_language() == "en" else "/teks"
    return absolute_url(context["site"].bureau, f"{prefix}{context['path']}")


@register.simple_tag(takes_context=True)
def full_url(context: template.Context, url: str) -> str:
    """The full address of a file on the host of this page."""
    return absolute_url(context["site"].bureau, url)


@register.simple_tag
def menu_of(site: Site) -> list[Bureau]:
    """The bureaus west to east; the one whose page this is comes first."""
    return sorted(west_to_east(site.bureaus), key=lambda bureau: bureau != site.bureau)
