"""Pages that stand: the newsroom's own texts and people, its bureaus, its corrections."""

from functools import partial

from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext

from articles import corrections as confessions
from articles import directory, listings, paging, staff
from articles.breadcrumbs import Step, trail
from articles.models import Notice, Page
from articles.reader_page import (
    full_address,
    lists_hold,
    names_of_lines,
    read_only,
    render_page,
    side_list_holds,
    site_names,
    zone_of,
)
from articles.structured_data import collection_page, organization, standing_page
from bureaus.models import Mark
from newsroom.page_cache import describe, earliest

TEMPLATES = {
    Page.Kind.MASTHEAD: "articles/masthead.html",
    Page.Kind.CONTACT: "articles/contact.html",
}


@read_only
def page(request, kind):
    """A text of the newsroom; a masthead and ways to reach it need none."""
    site = request.site
    if kind not in site.pages:
        raise Http404
    text = _text(site, kind)
    heading = str(Page.Kind(kind).label)
    response = render_page(
        request,
        TEMPLATES.get(kind, "articles/page.html"),
        page=kind,
        heading=heading,
        text=text,
        zone=zone_of(site),
        **(_people(site) if kind == Page.Kind.MASTHEAD else {}),
        trail=trail(site.bureau, Step(heading)),
        structured=lambda: [
            standing_page(site, kind, heading, url=full_address(request, site.bureau)),
            organization(site.network, site.bureau, pages=site.pages),
        ],
        saving=0,
    )
    names = [*site_names(request), f"page:{kind}"]
    # A masthead changes with whoever joins or leaves.
    return describe(response, [*names, "staff"] if kind == Page.Kind.MASTHEAD else names)


def _people(site) -> dict:
    """Who works here and, for the network, who leads its bureaus."""
    groups = staff.of_site(site.bureau)
    return {
        "groups": groups,
        "leading": [] if site.bureau else staff.leading(site.bureaus),
        "mark": Mark.objects.filter(bureau=site.bureau).first() if site.bureau else None,
    }


def _text(site, kind: str) -> Page | None:
    return Page.objects.shown_on(site.bureau).filter(kind=kind).first()


@read_only
def bureaus(request):
    """Every bureau with the newest that it has reported."""
    site = request.site
    names = {bureau.pk: listings.of_bureau(bureau.pk) for bureau in site.bureaus}
    lists = listings.newest(dict.fromkeys(names.values(), directory.LINES))
    zones = directory.by_zone(site.bureaus, lists)
    newest = [entry.newest for zone in zones for entry in zone.entries if entry.newest]
    heading = gettext("Our bureaus")
    response = render_page(
        request,
        "articles/bureaus.html",
        page="bureaus",
        heading=heading,
        zones=zones,
        trail=trail(None, Step(heading)),
        structured=lambda: [
            collection_page(site, heading, url=full_address(request, None), lines=newest),
            organization(site.network, pages=site.pages),
        ],
        saving=0,
    )
    shown = ["network", *(f"bureau:{number}" for number in names)]
    shown += [f"list:{name}" for name in names.values()]
    return describe(response, [*shown, *names_of_lines(newest)], lists_hold(request, lists))


@read_only
def corrections(request):
    """What the newsroom has corrected, taken back or given a reply to, the newest first."""
    site = request.site
    part, pages = paging.read(request, partial(confessions.read, site.bureau))
    if pages.is_newest:
        names = [*site_names(request), "notices"]
        return describe(HttpResponseRedirect(request.path), names, side_list_holds())
    heading = str(Page.Kind.CORRECTIONS.label)
    url = full_address(request, site.bureau, pages.query)
    response = render_page(
        request,
        "articles/corrections.html",
        page=Page.Kind.CORRECTIONS,
        heading=heading,
        text=_text(site, Page.Kind.CORRECTIONS),
        notices=part.rows,
        paging=pages,
        query=pages.query,
        trail=trail(site.bureau, Step(heading)),
        structured=lambda: [standing_page(site, Page.Kind.CORRECTIONS, heading, url=url)],
        saving=0,
    )
    shown = [f"article:{notice.article_id}" for notice in part.rows]
    names = [*site_names(request), "page:corrections", "notices", *shown]
    # A story that the bureau also runs brings its notices when it begins there.
    placed = site.bureau and listings.next_change([listings.of_bureau(site.bureau.pk)])
    return describe(response, names, earliest(Notice.objects.next_public(), placed))
