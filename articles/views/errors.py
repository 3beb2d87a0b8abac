"""What stands where no page can: not found, mistaken, broken."""

import logging
import re
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.reader_page import names_of_lines, newest_on, render_page
from bureaus.hosts import remembered_site
from bureaus.middleware import TEXT_ONLY
from newsroom.page_cache import NOT_FOUND, describe

logger = logging.getLogger(__name__)
RETRY_AFTER = "30"  # seconds
PREFIX = re.compile(rf"(?:{TEXT_ONLY})?/(?:en/)?")


def not_found(request, exception):
    """For people who followed a bad address: what is wrong, and where to go on."""
    if getattr(request, "site", None) is None:
        return _plain_error(request, 404, _("This page does not exist"), "")
    if _is_page(request, request.path_info.removesuffix("/")):
        path = request.get_full_path().partition("?")[0].removesuffix("/")
        return HttpResponsePermanentRedirect(path)
    side = newest_on(request)
    response = render_page(
        request, "articles/not_found.html", page="message", status=404, latest=side
    )
    return describe(response, ["network", *names_of_lines(side)], timezone.now() + NOT_FOUND)


def _is_page(request, path: str) -> bool:
    """Whether there is a page at this path, which is the asked one but for a slash at its end."""
    if path == request.path_info:
        return False
    try:
        return resolve(path, request.urlconf).url_name != "media"
    except Resolver404:
        return False


def bad_request(request, exception):
    heading = _("This request cannot be answered")
    text = _("The address holds something that no page of this site understands.")
    if getattr(request, "site", None) is None:
        return _plain_error(request, 400, heading, text)
    response = render_page(
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
    """No middleware has chosen a language where the first of them failed, so the path does."""
    with translation.override("en" if _prefix(request).endswith("en/") else "id"):
        return _database_away(request) if database_is_away() else _broken(request)


def database_is_away() -> bool:
    """Whether that is what the error now handled is about."""
    return isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))


def _broken(request) -> HttpResponse:
    return _plain_error(
        request,
        500,
        _("Something went wrong here"),
        _("The mistake is ours, not yours. Please try again in a few minutes."),
    )


def _database_away(request) -> HttpResponse:
    response = _plain_error(
        request,
        503,
        _("The stories cannot be reached right now"),
        _("Our archive is being restarted. Please try again in a minute; no story is lost."),
    )
    response["Retry-After"] = RETRY_AFTER
    response.is_without_database = True
    return response


def _prefix(request) -> str:
    """The front in the language and the version that was asked: "/", "/teks/en/"."""
    return PREFIX.match(f"{request.path}/")[0]


def _plain_error(request, status: int, heading: str, text: str) -> HttpResponse:
    """A page that needs neither database nor site, for when one of them is what failed."""
    site = getattr(request, "site", None) or remembered_site(request.META.get("HTTP_HOST", ""))
    domain = settings.DOMAIN.partition(":")[0]
    context = {
        "status": status,
        "heading": heading,
        "text": text,
        "site": site,
        # A computer's own name says nothing to a reader.
        "domain": domain if "." in domain else _("News site"),
        "front": _prefix(request),
    }
    try:
        html = render_to_string("articles/error.html", context)
    except Exception:
        logger.exception("The error page itself failed.")
        html = heading
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    return response
