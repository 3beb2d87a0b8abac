"""Every address of a site for search engines (sitemaps.org 0.9, Google's news extension 0.9).

A host has an index; in it a file of its standing pages and lists, one of the news of the last two
days, and one for each month with stories. Only canonical addresses stand in them: a story's at its
home, or at the network when its bureau has closed. Months are those of UTC, so that one index
serves all zones.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.db import connection
from django.http import Http404, HttpResponse
from django.utils import timezone

from articles import listings
from articles.drawn import PAGES, DrawnPage, name_of
from articles.feeds import text
from articles.known_lines import once
from articles.models import Listing
from articles.reader_page import as_drawn, names_of_lines, read_only, site_names
from bureaus.hosts import Site, absolute_url, canonical, page_url
from bureaus.models import Bureau
from newsroom.page_cache import describe, earliest
from newsroom.statements import fetch

CONTENT_TYPE = "application/xml; charset=utf-8"
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_XMLNS = "http://www.google.com/schemas/sitemap-news/0.9"
# The most that search engines read of a file; of one with news they read listings.NEWS.
MOST_URLS = 50_000
IS_NEWS = timedelta(hours=48)
RECENT = 50  # lines of one list; a verb takes a second at most, so many do not begin in it
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


# Of a bureau's own stories; the condition of the index listing_changed.
_OWN = """list = $1 AND list LIKE 'bureau:%' AND list NOT LIKE '%/%' AND placement_id IS NULL
        AND live @> statement_timestamp()"""
# The months of a bureau's own stories with the last change of each, in seconds since 1970: one
# probe of that index a month, however many stories it has.
_MONTHS = f"""
SELECT string_agg(
    concat(extract(epoch FROM month.starts)::bigint, ' ', extract(epoch FROM changed.at)::bigint),
    ',')
FROM generate_series(
    date_trunc('month', statement_timestamp() AT TIME ZONE 'UTC'),
    date_trunc('month', (
        SELECT first_published FROM articles_listing WHERE list = $1
        ORDER BY first_published, id LIMIT 1
    ) AT TIME ZONE 'UTC'),
    interval '-1 month'
) AS month(starts)
CROSS JOIN LATERAL (
    SELECT date_trunc('second', lower(live)) AS at FROM articles_listing
    WHERE {_OWN} AND date_trunc('month', first_published AT TIME ZONE 'UTC') = month.starts
    ORDER BY lower(live) DESC LIMIT 1
) AS changed
"""
# What tells one state of a list from any other, however long the list is: the lines that began and
# those that ended last. Nothing else of a line is ever changed, and of what is being committed only
# the RECENT ones can come in another order than that of their moments.
_STATE = """
SELECT concat(
    (SELECT string_agg(id::text, ',') FROM (
        SELECT id FROM articles_listing
        WHERE list = $1 AND lower(live) <= statement_timestamp()
        ORDER BY lower(live) DESC, id DESC LIMIT $2
    ) AS begun), ' ',
    (SELECT string_agg(id::text, ',') FROM (
        SELECT id FROM articles_listing
        WHERE list = $1 AND NOT upper_inf(live) AND upper(live) <= statement_timestamp()
        ORDER BY upper(live) DESC, id DESC LIMIT $2
    ) AS ended))
"""
# Which lines a month has. Each stands for one edition at one address, and nothing of it but its end
# is ever changed: the numbers tell all that can be said of the month.
_LINES_OF_MONTH = f"""
SELECT string_agg(id::text, ',') FROM articles_listing
WHERE {_OWN} AND date_trunc('month', first_published AT TIME ZONE 'UTC') = $2
"""
# A slug holds letters, digits and hyphens of any script, so that nothing in it needs escaping.
_OF_MONTH = """
SELECT string_agg('<url><loc>' || $2 || to_char(address.date, '/YYYY/MM/DD/')
    || address.slug || '</loc><lastmod>'
    || to_char(lower(line.live) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    || '</lastmod></url>', E'\\n' ORDER BY line.first_published DESC, line.id DESC)
FROM (
    SELECT * FROM articles_listing WHERE id = ANY(string_to_array($1, ',')::bigint[])
    ORDER BY first_published DESC, id DESC
    LIMIT $3
) AS line
JOIN articles_edition AS edition ON edition.id = line.edition_id
JOIN articles_address AS address ON address.id = edition.address_id
"""


@read_only
def index(request):
    """What files there are. Closed bureaus stand with the network, which serves their stories."""
    site = request.site
    homes = _homes(site)
    lists = [listings.of_bureau(home.pk) for home in homes]
    states = [fetch(connection, _STATE, (name, RECENT))[0][0] for name in lists]
    slugs = [home.slug for home in homes]

    def entries() -> Iterator[str]:
        yield _file(site, "sitemap-pages.xml")
        yield from _news_file(site)
        for slug, of_home in zip(slugs, lists, strict=True):
            before = "sitemap-" if site.bureau else f"sitemap-{slug}-"
            # After the states: these months are at least as new as they are.
            months = fetch(connection, _MONTHS, (of_home,))[0][0] or ""
            yield from _months(months, absolute_url(site.bureau, f"/{before}"))

    name = name_of("sitemap.xml", site, {"slugs": slugs, "states": states})
    drawn = PAGES.once(name, lambda: DrawnPage(_document("sitemapindex", entries())))
    names = [*site_names(request), *(f"list:{name}" for name in lists)]
    return describe(as_drawn(drawn, CONTENT_TYPE), names, listings.next_change(lists))


@read_only
def pages(request):
    """The front, the lists and the standing pages of the site itself."""
    site = request.site
    with canonical():
        urls = [
            page_url(site.bureau, "front"),
            page_url(site.bureau, "latest"),
            page_url(site.bureau, "index"),
            *(page_url(site.bureau, "section", slug=each.slug) for each in site.sections),
            *(page_url(site.bureau, kind) for kind in site.pages),
            *([] if site.bureau else [page_url(None, "bureaus")]),
        ]
    entries = [f"<url><loc>{text(url)}</loc></url>" for url in urls]
    return _answer(request, "urlset", entries, site_names(request))


@read_only
def news(request):
    """The bureau's own stories of the last 48 hours; what somebody has paid for is no news."""
    site = request.site
    if site.bureau is None:
        raise Http404
    name = listings.of_bureau(site.bureau.pk)
    since = timezone.now() - IS_NEWS
    lines = listings.own_lines_since(name, since)
    with canonical():
        entries = [once(line, _news_entry) for line in lines]
    shown = [*site_names(request), f"list:{name}", *names_of_lines(lines)]
    # A story leaves when it is two days old.
    leaves = min((line.first_published + IS_NEWS for line in lines), default=None)
    holds = earliest(listings.next_change([name]), leaves)
    return _answer(request, "urlset", entries, shown, holds, news=True)


@read_only
def month(request, year, month, home=None):
    """The stories of a month that are at home here."""
    site = request.site
    bureau = next((each for each in _homes(site) if home in (None, each.slug)), None)
    try:
        start = datetime(year, month, 1, tzinfo=UTC)
    except ValueError:
        raise Http404 from None
    if bureau is None:
        raise Http404
    name = listings.of_bureau(bureau.pk)
    lines = fetch(connection, _LINES_OF_MONTH, (name, start.replace(tzinfo=None)))[0][0]
    if lines is None:
        raise Http404

    def entries() -> Iterator[str]:
        here = absolute_url(bureau, "")
        before = here if site.bureau else absolute_url(None, f"/dari/{bureau.slug}")
        found = fetch(connection, _OF_MONTH, (lines, before, MOST_URLS))[0][0] or ""
        yield _BEYOND_ASCII.sub(_quoted, found)

    values = {"bureau": bureau, "month": start, "lines": lines}
    drawn = PAGES.once(
        name_of("sitemap-month.xml", site, values),
        lambda: DrawnPage(_document("urlset", entries())),
    )
    shown = [*site_names(request), f"list:{name}"]
    return describe(as_drawn(drawn, CONTENT_TYPE), shown, listings.next_change([name]))


def _homes(site: Site) -> list[Bureau]:
    """Whose stories have their canonical address on this host."""
    if site.bureau:
        return [site.bureau]
    return list(Bureau.objects.filter(is_open=False, opened_at__isnull=False).order_by("slug"))


def _months(months: str, before: str) -> Iterator[str]:
    """The files of a bureau's months, newest first; ``before`` is their address up to the month."""
    pairs = [[int(each) for each in month.split()] for month in months.split(",") if month]
    for pair in sorted(pairs, reverse=True):
        starts, changed = (datetime.fromtimestamp(each, UTC) for each in pair)
        yield (
            f"<sitemap><loc>{before}{starts:%Y-%m}.xml</loc>"
            f"<lastmod>{_moment(changed)}</lastmod></sitemap>"
        )


def _file(site: Site, name: str) -> str:
    return f"<sitemap><loc>{absolute_url(site.bureau, f'/{name}')}</loc></sitemap>"


def _news_file(site: Site) -> list[str]:
    return [_file(site, "sitemap-news.xml")] if site.bureau else []


def _news_entry(line: Listing) -> str:
    edition = line.edition
    name = f"{edition.bureau.network} {edition.bureau}"
    moment = edition.first_published.astimezone(edition.bureau.zone).isoformat(timespec="seconds")
    return (
        f"<url><loc>{text(edition.address.get_absolute_url())}</loc>"
        f"<lastmod>{_moment(edition.live.lower)}</lastmod>"
        f"<news:news><news:publication><news:name>{text(name)}</news:name>"
        f"<news:language>id</news:language></news:publication>"
        f"<news:publication_date>{moment}</news:publication_date>"
        f"<news:title>{text(edition.headline)}</news:title></news:news></url>"
    )


def _answer(
    request,
    root: str,
    entries: Iterable[str],
    names: Iterable[str],
    holds: datetime | None = None,
    *,
    news: bool = False,
) -> HttpResponse:
    response = HttpResponse(_document(root, entries, news=news), CONTENT_TYPE)
    return describe(response, names, holds)


def _document(root: str, entries: Iterable[str], *, news: bool = False) -> str:
    also = f' xmlns:news="{NEWS_XMLNS}"' if news else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{XMLNS}"{also}>\n'
        + "\n".join(entries)
        + f"\n</{root}>\n"
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _quoted(letters: re.Match[str]) -> str:
    return quote(letters[0])
