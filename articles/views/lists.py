"""Lists of stories: latest, sections, topics, authors, the index by date."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles import (
    date_index,
    dates,
    known_lines,
    list_page,
    listings,
    paging,
    staff,
    structured_data,
)
from articles.breadcrumbs import Step, trail
from articles.listings import ListPage
from articles.models import Listing, Section, Tag
from articles.paging import Paging
from articles.reader_page import (
    SIDE_LINES,
    SPARE,
    day_or_404,
    full_address,
    names_of_lines,
    read_only,
    render_page,
    side_list,
    side_list_holds,
    site_names,
    today_holds,
    zone_of,
)
from bureaus.hosts import page_url
from bureaus.models import Author, Bureau
from newsroom.page_cache import describe, earliest
from newsroom.statements import Statement

SIZE = 20
WIRE = 40
OF_A_DAY = 150
_TAG = Statement(lambda slug: known_lines.with_own_version(Tag.objects.filter(slug=slug)), slug="?")


@read_only
def latest(request):
    """Everything, as it came in."""
    site = request.site
    name = listings.of_site(site.bureau)
    part, pages = _read(request, name, WIRE)
    if pages.is_newest:
        return _to_newest(request, name)
    heading = gettext("Latest news")
    response = render_page(
        request,
        "articles/latest.html",
        page="latest",
        paging=pages,
        days=list(list_page.by_day(part.lines, zone_of(site))),
        query=pages.query,
        trail=trail(site.bureau, Step(heading)),
        structured=lambda: [_about(request, heading, part, pages)],
        saving=0,
    )
    names = [*site_names(request), f"list:{name}", *names_of_lines(part.lines)]
    return describe(response, names, earliest(part.holds_until, today_holds(request)))


@read_only
def section(request, slug):
    site = request.site
    asked = next((each for each in site.sections if each.slug == slug), None)
    in_menu = asked is not None
    asked = asked or Section.objects.filter(slug=slug).first()
    if asked is None:
        raise Http404
    name = listings.of_section(asked.pk, site.bureau)
    part, pages = _read(request, name, SIZE)
    if not (part.lines or in_menu):
        # Readers who ask a bureau for what it does not cover find it at the network.
        return _elsewhere(page_url(None, "section", slug=slug), name)
    if pages.is_newest:
        return _to_newest(request, name)
    return _list(
        request,
        "articles/section.html",
        name,
        part,
        pages,
        shows=[f"section:{asked.pk}"],
        heading=str(asked),
        home=site.bureau,
        section=asked,
    )


@read_only
def topic(request, slug):
    """One list for the whole network; the one address that stands for it is the network's."""
    tag = next(_TAG.rows(slug=slug), None)
    if tag is None:
        raise Http404
    name = listings.of_tag(tag.pk)
    part, pages = _read(request, name, SIZE)
    if pages.is_newest:
        return _to_newest(request, name)
    # A topic of drafts alone would give away what the newsroom is working on.
    if not (part.lines or tag.introduction):
        raise Http404
    return _list(
        request,
        "articles/topic.html",
        name,
        part,
        pages,
        shows=[f"tag:{tag.pk}"],
        heading=capfirst(tag.name),
        home=None,
        tag=tag,
    )


@read_only
def author(request, slug):
    """A profile with everything that the person is credited for."""
    who = Author.objects.select_related("bureau__network", "portrait").filter(slug=slug).first()
    if who is None:
        raise Http404
    home = who.bureau if who.bureau and who.bureau.is_open else None
    name = listings.of_author(who.pk)
    part, pages = _read(request, name, SIZE)
    if pages.is_newest:
        return _to_newest(request, name)
    # Nobody is named who neither works here for readers to see nor ever did.
    if not (part.lines or (who.is_active and (home or who.bureau is None))):
        raise Http404
    about = [f"author:{who.pk}", *([f"bureau:{who.bureau_id}"] if who.bureau_id else [])]
    if who.bureau and not who.bureau.opened_at:
        who.bureau = None  # not even named before it opens
    return _list(
        request,
        "articles/author.html",
        name,
        part,
        pages,
        shows=about,
        heading=who.name,
        home=home,
        author=who,
        described=staff.described(who, request.site.network),
        position=staff.position(who, request.site.network),
    )


@read_only
def index(request, year=None, month=None, day=None):
    """The stories of one day, with a calendar; without a date, of the newest day with stories.

    Any day up to today has its page, which may say that nothing was published then: a calendar
    is complete. Those pages are kept out of search.
    """
    site, zone = request.site, zone_of(request.site)
    name = listings.of_site(site.bureau)
    today = timezone.now().astimezone(zone).date()
    ends = date_index.first_and_last(name, zone)
    first, last = ends or (today, today)
    asked = day_or_404(year, month, day) if year is not None else last
    if asked > today:
        raise Http404
    around = date_index.around(name, asked, today, first, zone)
    part, pages = _read(request, name, OF_A_DAY, within=date_index.span_of(asked, zone))
    if pages.is_newest:
        return _to_newest(request, name)
    heading, index_url = dates.full_day(asked), page_url(site.bureau, "index")
    response = render_page(
        request,
        "articles/index.html",
        page="index",
        index=around,
        first=ends and first,
        paging=pages,
        times_of_day=list(date_index.by_time_of_day(part.lines, zone)),
        query=pages.query,
        trail=trail(site.bureau, Step(gettext("Index"), index_url), Step(heading)),
        structured=(lambda: [_about(request, heading, part, pages)]) if part.lines else None,
        saving=0,
    )
    names = [*site_names(request), f"list:{name}", *names_of_lines(part.lines)]
    return describe(response, names, earliest(part.holds_until, today_holds(request)))


def _list(
    request,
    template: str,
    name: str,
    part: ListPage,
    pages: Paging,
    *,
    shows: Sequence[str],
    heading: str,
    home: Bureau | None,
    **context,
) -> HttpResponse:
    """A part of a list by days, beside the newest of the site.

    ``shows`` names what the page is about; ``home`` is on whose host its canonical address is.
    """
    site = request.site
    is_home = home == site.bureau
    side = _side(request, part)
    # A person comes before what the person wrote.
    has_lead = not (pages.query or "author" in context)

    def about():
        return [_about(request, heading, part, pages, context.get("author"))]

    response = render_page(
        request,
        template,
        page="list",
        heading=heading,
        home=home,
        paging=pages,
        query=pages.query,
        latest=side,
        canonical_url="" if is_home else full_address(request, home, pages.query),
        trail=trail(site.bureau, Step(heading)),
        structured=about if is_home else None,
        **_laid_out(part, zone_of(site), has_lead),
        **context,
    )
    names = [*site_names(request), *shows, f"list:{name}", *names_of_lines([*part.lines, *side])]
    holds = earliest(part.holds_until, today_holds(request), side_list_holds())
    return describe(response, names, holds)


def _laid_out(part: ListPage, zone: ZoneInfo, has_lead: bool) -> dict:
    lead = list_page.lead_of(part.lines) if has_lead else None
    return {
        "lead": lead,
        "days": list(list_page.by_day(part.lines, zone)),
        "pictured": list_page.pictured(part.lines),
        "saving": list_page.kilobytes(part.lines, lead),
    }


def _read(request, name: str, size: int, **within) -> tuple[ListPage, Paging]:
    return paging.read(request, partial(listings.page, name, size, **within))


def _about(request, heading: str, part: ListPage, pages: Paging, who=None) -> structured_data.Node:
    site = request.site
    url = full_address(request, site.bureau, pages.query)
    if who and not pages.query:
        return structured_data.profile_page(who, site.network, url=url)
    return structured_data.collection_page(site, heading, url=url, lines=part.lines)


def _side(request, part: ListPage) -> list[Listing]:
    """The newest of the site that the list itself does not show."""
    shown = {line.article_id for line in part.lines}
    name = listings.of_site(request.site.bureau)
    return side_list(listings.newest({name: SIDE_LINES + SPARE + len(shown)})[name], shown)


def _to_newest(request, name: str) -> HttpResponse:
    """Beyond the newest story there is nothing; what there is has one address."""
    names = [*site_names(request), f"list:{name}"]
    return describe(HttpResponseRedirect(request.path), names, side_list_holds())


def _elsewhere(url: str, name: str) -> HttpResponse:
    return describe(HttpResponseRedirect(url), ["network", f"list:{name}"], side_list_holds())
