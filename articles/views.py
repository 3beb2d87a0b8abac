"""Readers' pages: fronts, stories, and what stands where there is none."""

import logging
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles import dates, fronts, listings
from articles.listings import Lists
from articles.models import CreditRole, Edition, Listing, Notice
from newsroom.page_cache import FOR_EVER, NOT_FOUND, SIDE_LIST, describe, earliest

logger = logging.getLogger(__name__)

SIDE_LINES = 6
PICTURE_FILE = re.compile(r"\w[\w.-]{0,100}", re.ASCII)


def read_only(view):
    """For pages that can only be read. They set no cookie, so there is no form to forge."""
    return csrf_exempt(require_safe(view))


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
    response = _page(
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
    names = ["network", *(f"list:{name}" for name in sizes), *_names(shown)]
    return describe(response, names, _holds_until(request, lists))


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
    response = _page(
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
        [*names, *_names(shown)],
        earliest(_holds_until(request, lists), _side_list_holds() if others else None),
    )


@read_only
def article_page(request, year, month, day, slug):
    bureau = request.site.bureau
    asked = (bureau, _date(year, month, day), slug)
    edition = Edition.objects.live().once_at(*asked).with_record().first()
    if edition is None:
        return _retracted(request, *asked)
    address = edition.address
    if (address.bureau, address.date, address.slug) != asked:
        moved = HttpResponsePermanentRedirect(address.get_absolute_url())
        return describe(moved, [f"article:{edition.article_id}"], edition.live.upper)
    side = _newest(request, without=edition.article_id)
    history = _history(edition)
    response = _page(
        request,
        "articles/article.html",
        page="article",
        path=escape_uri_path(request.path_info).removeprefix("/en"),
        edition=edition,
        byline=_byline(edition),
        history=history,
        updated=next((line["since"] for line in history if line["kind"] in UPDATES), None),
        notices=_moments(edition.shown_notices, Notice.Kind),
        credits=_credits(edition),
        latest=side,
    )
    names = ["network", f"bureau:{bureau.pk}", *_names_of(edition), *_names(side)]
    return describe(response, names, earliest(edition.live.upper, _side_list_holds()))


UPDATES = (Edition.Kind.UPDATE, Edition.Kind.CORRECTION)


@read_only
def without_slash(request, **parts):
    """From a story's address that was given a slash at its end to the one without."""
    return HttpResponsePermanentRedirect(reverse("article", kwargs=parts))


@read_only
def media(request, name):
    """The file of a picture. A name is never given twice, so every cache may keep it."""
    folder, _slash, file = name.partition("/")
    if folder != "pictures" or not PICTURE_FILE.fullmatch(file):
        raise Http404
    response = serve(request, file, document_root=settings.MEDIA_ROOT / folder)
    response["Cache-Control"] = FOR_EVER
    return response


def _retracted(request, *asked):
    """The page that says that a story was taken back (PPMS 5); Http404 where none ever was."""
    edition = Edition.objects.retracted().once_at(*asked).with_record().first()
    if edition is None:
        raise Http404
    notice = next(
        notice
        for notice in _moments(edition.shown_notices, Notice.Kind)
        if notice["kind"] == Notice.Kind.RETRACTION
    )
    ground = Notice.Ground(notice["ground"])
    side = _newest(request)
    response = _page(
        request,
        "articles/retracted.html",
        page="message",
        status=410,
        edition=edition,
        notice=notice,
        ground=ground.label,
        # A headline may say the very thing that must not be known.
        names_headline=not edition.protected and ground != Notice.Ground.DECENCY_CHILDREN,
        kept=sorted(line["number"] for line in edition.history),
        latest=side,
    )
    bureau = request.site.bureau
    names = ["network", f"bureau:{bureau.pk}", f"article:{edition.article_id}", *_names(side)]
    return describe(response, names, _side_list_holds())


def not_found(request, exception):
    """For people who followed a bad address: what is wrong, and where to go on."""
    if getattr(request, "site", None) is None:
        return _plain_error(404, _("This page does not exist"), "")
    side = _newest(request)
    response = _page(request, "articles/not_found.html", page="message", status=404, latest=side)
    return describe(response, ["network", *_names(side)], timezone.now() + NOT_FOUND)


def bad_request(request, exception):
    heading = _("This request cannot be answered")
    text = _("The address holds something that no page of this site understands.")
    if getattr(request, "site", None) is None:
        return _plain_error(400, heading, text)
    response = _page(
        request,
        "articles/bad_request.html",
        page="message",
        status=400,
        heading=heading,
        text=text,
    )
    response["Cache-Control"] = "no-store"
    return response


def server_error(request):
    return _plain_error(
        500,
        _("Something went wrong here"),
        _("The mistake is ours, not yours. Please try again in a few minutes."),
    )


def _plain_error(status: int, heading: str, text: str) -> HttpResponse:
    """A page that needs neither database nor site, for when one of them is what failed."""
    try:
        html = render_to_string(
            "articles/error.html", {"status": status, "heading": heading, "text": text}
        )
    except Exception:
        logger.exception("The error page itself failed.")
        html = heading
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    return response


# What the pages have in common


def _page(request, template: str, *, page: str, path: str = "/", status: int = 200, **context: Any):
    """Render a page; ``page`` chooses its style sheets, ``path`` is its own without language."""
    context |= {"site": request.site, "page": page, "path": path}
    return render(request, template, context, status=status)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Http404 from None


def _moments(lines: list[dict], kinds) -> list[dict]:
    """Lines that came as JSON, with real times and with the label of their kind."""
    return [
        line | {"since": datetime.fromisoformat(line["since"]), "label": kinds(line["kind"]).label}
        for line in lines
    ]


def _history(edition: Edition) -> list[dict]:
    """The editions, newest first; each with its words for readers and, if new, its own date."""
    corrections = {
        notice["edition"]: notice["text"]
        for notice in edition.shown_notices
        if notice["kind"] == Notice.Kind.CORRECTION
    }
    history = _moments(edition.history, Edition.Kind)
    before = None
    for line in reversed(history):
        line["note"] = corrections.get(line["number"], line["note"])
        dated = line["backdated_to"]
        # Later editions keep the date that an earlier one set.
        line["dated"] = datetime.fromisoformat(dated) if dated and dated != before else None
        before = dated
    return history


def _byline(edition: Edition) -> str:
    """RATIH PURWANDARI - CILACAP.BENTARA.ID: printed in capitals, so written in them."""
    names = ", ".join(writer["name"] for writer in edition.writers)
    return f"{names.upper()} - {edition.bureau.printed_host}"


def _credits(edition: Edition) -> list[tuple[str, list[str]]]:
    """Printed names by the label of their role, in the order of the story's credits."""
    roles: dict[str, list[str]] = {}
    for byline in edition.bylines:
        roles.setdefault(CreditRole(byline["role"]).label, []).append(byline["name"])
    return list(roles.items())


def _newest(request, without: int | None = None) -> list[Listing]:
    """The side list: the newest stories of this site, but for the one on the page."""
    bureau = request.site.bureau
    name = listings.of_bureau(bureau.pk) if bureau else listings.NETWORK
    lines = listings.newest({name: SIDE_LINES + 1})[name]
    return [line for line in lines if line.article_id != without][:SIDE_LINES]


def _names(lines: Iterable[Listing]) -> list[str]:
    return [name for line in lines for name in _names_of(line.edition)]


def _names_of(edition: Edition) -> list[str]:
    names = [f"article:{edition.article_id}"]
    if edition.picture_id:
        names.append(f"picture:{edition.picture_id}")
    return names


def _side_list_holds() -> datetime:
    return timezone.now() + SIDE_LIST


def _holds_until(request, lists: Lists) -> datetime | None:
    """Until a line begins or ends, or the date changes in a zone of the page."""
    zones = {bureau.zone for bureau in request.site.bureaus} | {ZoneInfo(settings.TIME_ZONE)}
    # Lists without any line do not say when their first one begins.
    unknown = None if lists.lines else _side_list_holds()
    return earliest(lists.holds_until, dates.day_ends(zones), unknown)
