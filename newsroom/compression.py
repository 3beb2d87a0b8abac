"""Public pages are sent compressed. Knows responses, no model.

Only what page_cache.describe() has called public is touched. A page of the desk holds form tokens
beside what a stranger may have put there, and the length of such a page, once compressed, can be
made to tell them (BREACH, 2013).
"""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

# Of brotli's eleven; five is as quick as gzip's six and about a tenth smaller on these pages.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# Bytes; less fits into one packet with its headers, compressed or not.
SMALLEST = 500
TEXT = ("application/json", "application/xml")
TEXT_FAMILY = ("+json", "+xml")
# In the environ of a request whose answer is compressed further out, once for all readers.
IS_DONE_OUTSIDE = "newsroom.compresses"

# The better one first: it wins where the browser has no preference.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    # Without the time of day: the same page is the same bytes.
    "gzip": lambda body: gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0),
}


def compression_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Compress public text as the browser's Accept-Encoding asks for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and may_be_compressed(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            coding = chosen_coding(request.headers.get("Accept-Encoding", ""))
            if coding and IS_DONE_OUTSIDE not in request.META:
                response.content = coded(response, coding)
                response.headers["Content-Encoding"] = coding
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


def coded(response: HttpResponse, coding: str) -> bytes:
    """The content in a coding of ENCODERS; a drawn page has it in its ``codings``."""
    codings: dict[str, bytes] = getattr(response, "codings", {})
    return codings.get(coding) or ENCODERS[coding](response.content)


def may_be_compressed(response: HttpResponse) -> bool:
    """Whether a response is public text, long enough, and not encoded yet."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return (
        hasattr(response, "shows")
        and "public" in response.headers.get("Cache-Control", "")
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and (kind.startswith("text/") or kind in TEXT or kind.endswith(TEXT_FAMILY))
        and len(response.content) >= SMALLEST
    )


def chosen_coding(accept: str) -> str | None:
    """The coding to use for an Accept-Encoding header; None to send the text as it is.

    RFC 9110 12.5.3: a weight of zero refuses, "*" stands for what is not named, and "identity" is
    the text as it is. A weight that cannot be read refuses, too.
    """
    weights = dict(map(_name_and_weight, accept.split(",")))
    others = weights.get("*", 0.0)
    best = max(ENCODERS, key=lambda name: weights.get(name, others))
    weight = weights.get(best, others)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _name_and_weight(part: str) -> tuple[str, float]:
    name, _semicolon, parameter = (word.strip().lower() for word in part.partition(";"))
    key, equals, value = (word.strip() for word in parameter.partition("="))
    if not parameter:
        return name, 1.0
    try:
        return name, float(value) if (key, equals) == ("q", "=") else 0.0
    except ValueError:
        return name, 0.0
