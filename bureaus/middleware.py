"""The host chooses the site; the path chooses a reader's language, the profile a desk user's."""

from django.conf import settings
from django.http import HttpResponseNotFound, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from bureaus.hosts import find_site

# Below this path every public page stands again without pictures.
TEXT_ONLY = "/teks"


def text_only_middleware(get_response):
    """Serve the text-only site: the same pages, as if the site were mounted at TEXT_ONLY.

    Every address that a page reverses then leads to the text-only one, with no view knowing of it.
    """

    def middleware(request):
        request.text_only = False
        if request.site.kind != "desk" and request.path_info == TEXT_ONLY:
            return HttpResponsePermanentRedirect(f"{TEXT_ONLY}/")
        if request.site.kind == "desk" or not request.path_info.startswith(f"{TEXT_ONLY}/"):
            return get_response(request)
        request.text_only = True
        request.path_info = request.path_info.removeprefix(TEXT_ONLY)
        before = get_script_prefix()
        set_script_prefix(f"{TEXT_ONLY}/")
        try:
            return get_response(request)
        finally:
            set_script_prefix(before)

    return middleware


def site_middleware(get_response):
    """Put the Site on the request and its URLconf in charge; strangers get a plain 404."""

    def middleware(request):
        # get_host() would raise on a malformed header; a stranger's host is never echoed.
        request.site = find_site(request.META.get("HTTP_HOST", ""))
        if request.site is None:
            return HttpResponseNotFound(
                "Not found\n",
                content_type="text/plain; charset=utf-8",
                headers={"Cache-Control": "no-store", "X-Frame-Options": "DENY"},
            )
        request.urlconf = request.site.urlconf
        response = get_response(request)
        if request.site.kind == "desk" and not hasattr(response, "_csp_config"):
            response._csp_config = settings.DESK_CSP
        return response

    return middleware


def language_middleware(get_response):
    """English by path for readers, by profile at the desk; never by header or cookie."""

    def middleware(request):
        if request.site.kind == "desk":
            language = getattr(request.user, "language", None) or "id"
        else:
            language = "en" if f"{request.path_info}/".startswith("/en/") else "id"
        with translation.override(language):
            response = get_response(request)
        response.headers["Content-Language"] = language
        return response

    return middleware
