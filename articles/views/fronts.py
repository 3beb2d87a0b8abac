"""The front of the network and of each bureau."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from articles import dates, fronts, listings
from articles.reader_page import (
    lists_hold,
    names_of_lines,
    read_only,
    render_page,
    side_list_holds,
)
from newsroom.page_cache import describe, earliest


@read_only
def network_front(request):
    site = request.site
    sizes = {listings.of_bureau(bureau.pk): fronts.CELL_SIZE for bureau in site.bureaus}
    sizes[listings.NETWORK] = fronts.FRONT_SIZE + fronts.CELL * len(site.bureaus)
    lists = listings.newest(sizes)
    front = fronts.make_up(lists[listings.NETWORK])
    zones = fronts.by_zone(site.bureaus, lists, front)
    in_zones = [line for zone in zones for line in zone.lines]
    further = front.further(in_zones)
    response = render_page(
        request,
        "articles/network_front.html",
        page="front",
        front=front,
        zones=zones,
        further=further,
        today=timezone.now(),
        today_printed=dates.day_in_zone(timezone.now(), ZoneInfo(settings.TIME_ZONE)),
    )
    shown = [*front.first_screen, *in_zones, *further]
    names = ["network", *(f"list:{name}" for name in sizes), *names_of_lines(shown)]
    return describe(response, names, lists_hold(request, lists))


@read_only
def bureau_front(request):
    site, bureau = request.site, request.site.bureau
    own = listings.of_bureau(bureau.pk)
    others = [other for other in site.bureaus if other != bureau]
    lists = listings.newest(
        {own: fronts.FRONT_SIZE, **{listings.of_bureau(other.pk): 1 for other in others}}
    )
    front = fronts.make_up(lists[own])
    further = front.further()
    elsewhere = fronts.from_elsewhere(bureau, lists, others)
    response = render_page(
        request,
        "articles/bureau_front.html",
        page="front",
        front=front,
        further=further,
        elsewhere=elsewhere,
        today=timezone.now(),
        today_printed=dates.printed_day(timezone.now(), bureau),
    )
    names = ["network", f"bureau:{bureau.pk}", f"list:{own}"]
    shown = [*front.first_screen, *further, *elsewhere]
    return describe(
        response,
        [*names, *names_of_lines(shown)],
        earliest(lists_hold(request, lists), side_list_holds() if others else None),
    )
