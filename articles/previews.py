"""Readers' pages as the desk looks at them: drawn as for readers, framed, out of every cache."""

from collections.abc import Callable
from copy import copy
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from bureaus.hosts import Site

# The page around a preview shows it in a frame, as wide as a phone if need be.
FRAMING_CSP = {**settings.DESK_CSP, "frame-src": [SELF]}


def as_readers_find_it(
    request, site: Site, draw: Callable[..., HttpResponse], *args: Any
) -> HttpResponse:
    """A page of this site in Indonesian: no cache keeps it, no crawler takes it.

    ``draw`` is given a request of a reader, and the other arguments.
    """
    as_reader = copy(request)
    as_reader.site = site
    as_reader.path_info = "/"
    with translation.override("id"):
        response = draw(as_reader, *args)
    for name in ("Surrogate-Key", "Cache-Tag"):
        if name in response:
            del response[name]
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framed(request, template: str, context: dict[str, Any]) -> TemplateResponse:
    """The page of the desk around a preview; "width=360" in its address asks for a phone's."""
    context = context | {"is_phone": request.GET.get("width") == "360"}
    response = TemplateResponse(request, template, context)
    response._csp_config = FRAMING_CSP
    return response
