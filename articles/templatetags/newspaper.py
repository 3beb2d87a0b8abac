"""What readers' templates print: times, headlines that fit a phone, bodies, addresses."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from articles import dates
from articles.body import as_printed, plain_text
from articles.changes import Run
from articles.credits import Credited
from articles.models import Edition, Listing, Page, Section
from articles.objects import TAG, without_placeholders
from bureaus.hosts import Site, absolute_url, canonical, page_url
from bureaus.masthead import Masthead
from bureaus.models import Bureau
from bureaus.provinces import west_to_east
from newsroom.indonesian import glue, syllables

register = template.Library()
register.simple_tag(west_to_east)

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG_WORD = re.compile(r"[^\W\d_]{13,}")
DESCRIPTION_LENGTH = 160
SHOWN_HASH = 12  # hexadecimal digits
MARK_SIDE = 512  # pixels; as includes/_head.html says

# (0282) 555-0120, 0811 5550 123, +62 282 555 0120
_PHONE = re.compile(r"(?:\(0|(?<![\d.,])0|\+)\d+\)?(?:[ -]\d{3,})+")


# Words


register.filter("glue", glue)


@register.filter
def headline(text: str) -> str:
    """A headline as a page shows it: long words may break on a phone. Not for metadata."""
    return LONG_WORD.sub(lambda word: SOFT_HYPHEN.join(syllables(word[0])), glue(text))


@register.filter
def described(edition: Edition) -> str:
    """One or two plain sentences for search engines and messages."""
    text = edition.summary or plain_text(edition.body)
    return Truncator(text).chars(DESCRIPTION_LENGTH)


def with_scrolling_tables(html: str) -> str:
    """On a phone a wide table scrolls by itself, by keyboard, too."""
    label = escape(gettext("Table"))
    opening = f'<div class="prose__table" role="group" aria-label="{label}" tabindex="0"><table>'
    return html.replace("<table>", opening).replace("</table>", "</table></div>")


@register.filter
def page_text(page: Page) -> SafeString:
    """The text of a standing page, with tables that scroll and telephone numbers on one line.

    Safe because it is sanitised here, whoever wrote it and however it came into the database.
    """
    parts = TAG.split(without_placeholders(as_printed(page.body)))
    parts[::2] = [_PHONE.sub(r'<span class="whole">\g<0></span>', text) for text in parts[::2]]
    return mark_safe(with_scrolling_tables("".join(parts)))


@register.filter
def short_hash(sha256: str) -> str:
    """The first digits in groups of four, as in "a41c 09e7 5b2f"."""
    return " ".join(sha256[start : start + 4] for start in range(0, SHOWN_HASH, 4))


# Each tag says what it is to those who see no line through or under the words, too.
_MARKS = {
    "removed": ("del", pgettext_lazy("difference", "removed")),
    "added": ("ins", pgettext_lazy("difference", "added")),
}


@register.filter
def marked(run: Run) -> SafeString:
    """A run of words of a comparison; an address stands apart, for it is no word of the text."""
    if run.kind == "folded":
        unchanged = pgettext("difference", "unchanged")
        return format_html('{}<span class="gap" title="{}">[…]</span>', run.gap, unchanged)
    words = format_html(" <small>{}</small>", run.words) if run.is_address else run.words
    if run.kind not in _MARKS:
        return format_html("{}{}", run.gap, words)
    tag, name = _MARKS[run.kind]
    return format_html(
        '{0}<{1}><span class="aloud">[{2}: </span>{3}<span class="aloud">]</span></{1}>',
        run.gap,
        tag,
        name,
        words,
    )


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
    """15.45."""
    return dates.printed_time(moment, bureau)


@register.filter
def earlier_day(moment: datetime, bureau: Bureau) -> str:
    """22 Mei, or nothing for today."""
    return dates.earlier_day(moment, bureau)


@register.filter
def list_time(moment: datetime, bureau: Bureau) -> str:
    """15.45 WIB for a story of today; 22 Mei - 15.45 WIB for an older one."""
    day = dates.earlier_day(moment, bureau)
    time = f"{dates.printed_time(moment, bureau)} {bureau.zone_label}"
    return f"{day} - {time}" if day else time


@register.simple_tag
def time_under(moment: datetime, bureau: Bureau, day: date) -> str:
    """Under the heading of a day: 15.45 WIB, or 23 Mei - 00.30 WIT where it was another day."""
    other_day = day_under(moment, bureau, day)
    time = f"{dates.printed_time(moment, bureau)} {bureau.zone_label}"
    return f"{other_day} - {time}" if other_day else time


@register.simple_tag
def day_under(moment: datetime, bureau: Bureau, day: date) -> str:
    """Under the heading of a day: the day in short where it was another one at the bureau."""
    local = moment.astimezone(bureau.zone).date()
    return "" if local == day else dates.short_day(local)


@register.filter
def day_in(moment: datetime, zone: ZoneInfo) -> str:
    """22 Mei 2024."""
    return dates.printed_date(moment.astimezone(zone))


register.filter("day_heading", dates.day_heading)
register.filter("full_day", dates.full_day)


@register.filter
def day_in_head(day: date) -> SafeString:
    """Minggu, 4 Oktober 2026: on a narrow line it breaks after the weekday alone."""
    weekday, _comma, rest = dates.full_day(day).partition(", ")
    return format_html('{}, <span class="whole">{}</span>', weekday, rest)


register.filter("printed_date", dates.printed_date)
register.filter("short_day", dates.short_day)
register.filter("month_of", dates.month)


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    """Monday to Sunday: in full and in short."""
    return [(str(WEEKDAYS[number]), str(WEEKDAYS_ABBR[number])) for number in range(7)]


# Addresses


register.simple_tag(page_url)


@register.simple_tag
def front_of(bureau: Bureau | None) -> str:
    """The front of a bureau, or of the network with None, in the language that is active."""
    return page_url(bureau, "front")


@register.simple_tag
def feed_url(site: Site) -> str:
    """The news of a site for programs: the same from every page, for it has no language."""
    with canonical():
        return page_url(site.bureau, "feed")


@register.simple_tag(takes_context=True)
def people(context: template.Context, credited: Iterable[Credited]) -> SafeString:
    """Names in their order, each leading to the person's page on this site if there is one."""
    bureau = context["site"].bureau
    names = [
        format_html('<a href="{}">{}</a>', page_url(bureau, "author", slug=who.slug), who.name)
        if who.slug
        else who.name
        for who in credited
    ]
    return format_html_join(", ", "{}", ((name,) for name in names))


@register.simple_tag(takes_context=True)
def address_in(context: template.Context, language: str) -> str:
    """This page's own full address in a language; with its pictures, whatever is read."""
    prefix = "/en" if language == "en" else ""
    return absolute_url(context["site"].bureau, f"{prefix}{context['path']}")


@register.simple_tag(takes_context=True)
def mark_url(context: template.Context) -> str:
    """The full address of the site's mark as a picture, for programs that draw no SVG."""
    return absolute_url(context["site"].bureau, f"/icon-{MARK_SIDE}.png")


@register.simple_tag(takes_context=True)
def part_title(context: template.Context, title: str) -> str:
    """The title of a list's page, which on a later one says that it goes back from the first."""
    paging = context.get("paging")
    if not (paging and paging.query):
        return title
    if context.get("page") == Page.Kind.CORRECTIONS:
        return gettext("%(title)s, earlier ones") % {"title": title}
    return gettext("%(title)s, earlier stories") % {"title": title}


@register.simple_tag(takes_context=True)
def address_text_only(context: template.Context) -> str:
    """This page's own full address without pictures, in the language that is active."""
    prefix = "/teks/en" if get_language() == "en" else "/teks"
    return absolute_url(context["site"].bureau, f"{prefix}{context['path']}")


@register.simple_tag(takes_context=True)
def full_url(context: template.Context, url: str) -> str:
    """The full address of a file on the host of this page."""
    return absolute_url(context["site"].bureau, url)


@register.simple_tag(takes_context=True)
def read_in(context: template.Context, language: str) -> str:
    """This page in a language, as it is being read: without pictures where there are none."""
    mode = "/teks" if context["text_only"] else ""
    prefix = "/en" if language == "en" else ""
    return absolute_url(context["site"].bureau, f"{mode}{prefix}{context['path']}")


@register.simple_tag(takes_context=True)
def section_url(context: template.Context, line: Listing) -> str:
    """The section of a story: on this site if the story stands there, else the network's."""
    bureau = context["site"].bureau
    here = bureau in (line.edition.bureau, line.placement and line.placement.bureau)
    return page_url(bureau if here else None, "section", slug=line.edition.section.slug)


@register.simple_tag
def day_url(site: Site, day: date) -> str:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return page_url(site.bureau, "index_day", **parts)


# Menus


@register.simple_tag(takes_context=True)
def sections_of_menu(context: template.Context) -> list[tuple[Section, str]]:
    """The sections, the current one first; with the value of aria-current."""
    current, state = context.get("section"), "page"
    if not current and context.get("story_section"):
        current, state = context["story_section"], "true"
    others = [(section, "") for section in context["site"].sections if section != current]
    return [(current, state), *others] if current else others


@register.filter
def masthead_of(site: Site) -> Masthead:
    """Who answers for the site."""
    owner = site.bureau or site.network
    assert owner is not None
    return owner.masthead


@register.simple_tag
def pages_of(site: Site) -> list[tuple[str, str]]:
    """The standing pages that the site has: kind and name."""
    return [(kind, str(Page.Kind(kind).label)) for kind in site.pages]


@register.simple_tag
def foreign(name: str, translated: str = "") -> SafeString:
    """Marks words that are Indonesian on a page that is not, unless they have a translation."""
    is_foreign = get_language() != "id" and not translated
    return mark_safe(' lang="id"') if is_foreign else mark_safe("")


@register.filter
def unless(value, condition):
    """The value, or None where the condition holds."""
    return None if condition else value


@register.filter
def place(bureau: Bureau) -> str:
    """Cilacap, Jawa Tengah; the province alone where the bureau is named after it."""
    return ", ".join(dict.fromkeys(part for part in (bureau.name, bureau.province) if part))


@register.simple_tag
def menu_of(site: Site) -> list[Bureau]:
    """The bureaus west to east; the one whose page this is comes first."""
    return sorted(west_to_east(site.bureaus), key=lambda bureau: bureau != site.bureau)
