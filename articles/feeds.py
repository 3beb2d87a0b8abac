"""The news of a site as RSS 2.0, for programs that readers choose and for other media.

RSS 2.0.11 with Atom (RFC 4287), Dublin Core and Media RSS 1.5.1 where it has no word of its own.
Always Indonesian and with pictures, whatever page led there. What somebody has paid for is not in
it: a reader's program would show it as news.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.utils.translation import gettext

from articles import listings
from articles.known_lines import once
from articles.models import Edition, Listing, Notice, Picture
from articles.reader_page import names_of_lines, read_only, side_list_holds, site_names
from bureaus.hosts import Site, absolute_url, canonical, page_url
from bureaus.rendered import LARGE
from newsroom.page_cache import describe
from newsroom.statements import Statement

SIZE = 30
SPARE = 6  # lines to ask for beyond those: paid matter
CONTENT_TYPE = "application/rss+xml; charset=utf-8"
MINUTES_TO_LIVE = 5
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
# XML 1.0, 2.2: what no document may hold, even escaped.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TOLD = (Notice.Kind.CORRECTION, Notice.Kind.ERRATUM, Notice.Kind.RIGHT_OF_REPLY)


@read_only
def feed(request):
    """The newest of a bureau, or of the network."""
    site = request.site
    name = listings.of_site(site.bureau)
    lists = listings.newest({name: SIZE + SPARE})
    lines = [line for line in lists[name] if not line.edition.paid][:SIZE]
    with canonical():
        document = _document(site, lines, _notices(lines))
    response = HttpResponse(document, CONTENT_TYPE, HTTPStatus.OK)
    names = [*site_names(request), f"list:{name}", *names_of_lines(lines)]
    holds = lists.holds_until if lists.lines else side_list_holds()
    return describe(response, names, holds)


def text(words: str) -> str:
    """Words as XML holds them."""
    return escape(_NO_CHARACTER.sub("", words))


def _notices(lines: Iterable[Listing]) -> dict[int, Notice]:
    """What was corrected or answered in these stories, the newest of each; one query."""
    articles = [line.article_id for line in lines]
    return {notice.article_id: notice for notice in _NOTICES.rows(articles=articles)}


def _notices_of(articles: list[int]):
    of_these = RawSQL("SELECT unnest(%s::bigint[])", (articles,))
    shown = Notice.objects.public().filter(article__in=of_these, kind__in=_TOLD)
    return shown.order_by("record_number")


_NOTICES = Statement(_notices_of, articles=[0])


def _document(site: Site, lines: list[Listing], notices: Mapping[int, Notice]) -> str:
    network, zone = site.network, site.bureau.zone if site.bureau else ZoneInfo(settings.TIME_ZONE)
    assert network is not None
    url, front = page_url(site.bureau, "feed"), page_url(site.bureau, "front")
    about = network.tagline or gettext("The latest news from %(site)s") % {"site": site.name}
    spaces = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    masthead = (site.bureau or network).masthead
    head = [
        f"<title>{text(site.name)}</title>",
        f"<link>{text(front)}</link>",
        f"<description>{text(about)}</description>",
        f"<language>{settings.LANGUAGE_CODE}</language>",
        f'<atom:link href={quoteattr(url)} rel="self" type="application/rss+xml"/>',
        f"<ttl>{MINUTES_TO_LIVE}</ttl>",
        f"<image><url>{text(absolute_url(site.bureau, '/icon-180.png'))}</url>"
        f"<title>{text(site.name)}</title><link>{text(front)}</link></image>",
    ]
    if masthead.publisher:
        head.append(f"<copyright>{text(masthead.publisher)}</copyright>")
    if lines:
        newest = max(line.edition.live.lower for line in lines)
        head.append(f"<lastBuildDate>{_printed(newest, zone)}</lastBuildDate>")
    items = [
        _item(line, notices[line.article_id]) if line.article_id in notices else once(line, _item)
        for line in lines
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{spaces}>\n<channel>\n'
        + "\n".join([*head, *items])
        + "\n</channel>\n</rss>\n"
    )


def _item(line: Listing, notice: Notice | None = None) -> str:
    edition = line.edition
    zone = edition.bureau.zone
    parts = [
        f"<title>{text(_title(line))}</title>",
        f"<link>{text(line.url)}</link>",
        f'<guid isPermaLink="true">{text(edition.address.get_absolute_url())}</guid>',
        f"<pubDate>{_printed(edition.first_published, zone)}</pubDate>",
        *(f"<dc:creator>{text(writer['name'])}</dc:creator>" for writer in edition.writers),
        *(f"<category>{text(word)}</category>" for word in _categories(edition)),
    ]
    if about := _description(edition, notice):
        parts.append(f"<description>{text(about)}</description>")
    if edition.kind in (Edition.Kind.UPDATE, Edition.Kind.CORRECTION) or notice:
        since = max(edition.live.lower, notice.since) if notice else edition.live.lower  # type: ignore[attr-defined]
        moment = since.astimezone(zone).isoformat(timespec="seconds")
        parts.append(f"<atom:updated>{moment}</atom:updated>")
    if edition.picture:
        parts += _picture(edition, edition.picture)
    return f"<item>\n{chr(10).join(parts)}\n</item>"


def _title(line: Listing) -> str:
    if line.edition.unverified:
        return f"[{gettext('Not yet verified')}] {line.headline}"
    return line.headline


def _categories(edition: Edition) -> Iterable[str]:
    if edition.section:
        yield edition.section.name
    yield from (tag["name"] for tag in edition.tags)


def _description(edition: Edition, notice: Notice | None) -> str:
    """The summary, and before it what was put right: that is told wherever the story is."""
    told = f"{notice.get_kind_display()}: {notice.text}" if notice else ""
    if not told and edition.kind == Edition.Kind.UPDATE:
        label = gettext("Updated")
        told = f"{label}: {edition.note}" if edition.note else f"{label}."
    return " ".join(part for part in (told, edition.summary) if part)


def _picture(edition: Edition, picture: Picture) -> Iterable[str]:
    url = quoteattr(urljoin(absolute_url(edition.bureau, "/"), picture.large_url))
    size = picture.made.get(picture.nearest(LARGE).suffix)
    if size:
        yield f'<enclosure url={url} length="{size}" type="image/jpeg"/>'
    yield f'<media:content url={url} medium="image" type="image/jpeg">'
    if edition.shown_caption:
        yield f'<media:description type="plain">{text(edition.shown_caption)}</media:description>'
    if picture.credit:
        yield f'<media:credit role="photographer">{text(picture.credit)}</media:credit>'
    yield "</media:content>"


def _printed(moment: datetime, zone: ZoneInfo) -> str:
    """RFC 822, with the offset of the zone and a year of four digits, as RSS 2.0 asks."""
    return format_datetime(moment.astimezone(zone))
