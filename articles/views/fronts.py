"""The front of the network and of each bureau, for readers and, in preview, for the desk."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from articles import dates, fronts, listings
from articles.listings import Lists
from articles.models import Listing, Section
from articles.previews import as_readers_find_it
from articles.reader_page import (
    lists_hold,
    names_of_lines,
    read_only,
    render_page,
    side_list_holds,
)
from articles.structured_data import item_list, organization, web_site
from bureaus.hosts import bureau_site, network_site
from bureaus.models import Bureau
from newsroom.page_cache import describe, earliest


@read_only
def network_front(request):
    return _network_front(request)


@read_only
def bureau_front(request):
    return _bureau_front(request)


def preview(request, bureau: Bureau | None, order: Sequence[int] | None = None) -> HttpResponse:
    """A front as readers would find it, for the desk: no cache keeps it, no crawler takes it.

    ``order`` names the stories to be held at its top, instead of those that are pinned.
    """
    site = bureau_site(bureau) if bureau else network_site()
    return as_readers_find_it(request, site, _bureau_front if bureau else _network_front, order)


def _network_front(request, order: Sequence[int] | None = None) -> HttpResponse:
    site = request.site
    sizes = {listings.of_bureau(bureau.pk): fronts.CELL_SIZE for bureau in site.bureaus}
    sizes[listings.NETWORK] = fronts.FRONT_SIZE + fronts.CELL * len(site.bureaus)
    opinion = fronts.opinion_of(site.sections)
    lists = _lists(sizes | _opinion_sizes(opinion, None), listings.Front(None), order)
    front = fronts.make_up(lists[listings.NETWORK], lists.pinned)
    zones = fronts.by_zone(site.bureaus, lists, front)
    in_zones = [line for zone in zones for line in zone.lines]
    opinions = _opinions(opinion, None, lists, [*front.first_screen, *in_zones])
    bands, in_bands = _bands(front, [*in_zones, *opinions])
    further = front.further([*in_zones, *in_bands, *opinions])
    shown = [*front.first_screen, *in_zones, *in_bands, *opinions, *further]
    response = _render(
        request,
        "articles/network_front.html",
        shown,
        is_preview=order is not None,
        front=front,
        zones=zones,
        bands=bands,
        opinion=opinion,
        opinions=opinions,
        further=further,
        saving=front.kilobytes(),
        today_printed=dates.day_in_zone(timezone.now(), ZoneInfo(settings.TIME_ZONE)),
    )
    names = ["network", "front:network", *(f"list:{name}" for name in sizes)]
    return describe(response, [*names, *names_of_lines(shown)], lists_hold(request, lists))


def _bureau_front(request, order: Sequence[int] | None = None) -> HttpResponse:
    site, bureau = request.site, request.site.bureau
    own = listings.of_bureau(bureau.pk)
    others = [other for other in site.bureaus if other != bureau]
    elsewhere_sizes = {listings.of_bureau(other.pk): fronts.ELSEWHERE_SIZE for other in others}
    sizes = {own: fronts.FRONT_SIZE, **elsewhere_sizes}
    opinion = fronts.opinion_of(site.sections)
    lists = _lists(sizes | _opinion_sizes(opinion, bureau), listings.Front(bureau), order)
    front = fronts.make_up(lists[own], lists.pinned)
    opinions = _opinions(opinion, bureau, lists, front.first_screen)
    bands, in_bands = _bands(front, opinions)
    further = front.further([*in_bands, *opinions])
    elsewhere = fronts.from_elsewhere(bureau, lists, others)
    shown = [*front.first_screen, *in_bands, *opinions, *further, *elsewhere]
    response = _render(
        request,
        "articles/bureau_front.html",
        shown,
        is_preview=order is not None,
        front=front,
        bands=bands,
        opinion=opinion,
        opinions=opinions,
        further=further,
        elsewhere=elsewhere,
        saving=front.kilobytes(elsewhere),
        today_printed=dates.printed_day(timezone.now(), bureau),
    )
    names = ["network", f"bureau:{bureau.pk}", f"front:{own}", f"list:{own}"]
    return describe(
        response,
        [*names, *names_of_lines(shown)],
        earliest(lists_hold(request, lists), side_list_holds() if others else None),
    )


def _bands(
    front: fronts.Front, shown: Sequence[Listing] = ()
) -> tuple[list[fronts.Band], list[Listing]]:
    """The bands of sections and what stands in them."""
    bands = front.bands(shown)
    return bands, [line for band in bands for line in band.lines]


def _opinion_sizes(opinion: Section | None, bureau: Bureau | None) -> dict[str, int]:
    """Its list is part of the site's own, whose name the page bears: it needs no other."""
    return {listings.of_section(opinion.pk, bureau): fronts.OPINION_SIZE} if opinion else {}


def _opinions(
    opinion: Section | None, bureau: Bureau | None, lists: Lists, shown: Sequence[Listing]
) -> list[Listing]:
    if opinion is None:
        return []
    return fronts.opinions(lists[listings.of_section(opinion.pk, bureau)], shown)


def _lists(sizes: dict[str, int], front: listings.Front, order: Sequence[int] | None) -> Lists:
    lists = listings.newest(sizes, front)
    if order is None:
        return lists
    lines: dict[int, Listing] = listings.live_lines(front.list_name, order)
    return replace(lists, pinned=[lines[number] for number in order if number in lines])


def _render(
    request, template: str, shown: Sequence[Listing], *, is_preview: bool, **context
) -> HttpResponse:
    if is_preview:
        context["extended"], template = template, "articles/front_preview.html"
    site = request.site

    def structured():
        about = organization(site.network, site.bureau, pages=site.pages)
        return [about, web_site(site), item_list(shown)]

    return render_page(request, template, page="front", structured=structured, **context)
