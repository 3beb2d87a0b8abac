"""Hosts that lead on: of a bureau that has closed, and those that a bureau had before it moved.

No address at which readers found something is ever lost.
"""

from django.http import HttpResponsePermanentRedirect
from django.urls import get_script_prefix

from articles.reader_page import own_path, read_only, side_list_holds
from bureaus.hosts import absolute_url, page_url
from newsroom.page_cache import describe


@read_only
def story(request, **parts):
    return _moved(request, page_url(None, "placed_article", home=request.site.bureau.slug, **parts))


@read_only
def changes(request, **parts):
    return _moved(request, page_url(None, "placed_changes", home=request.site.bureau.slug, **parts))


@read_only
def anything(request, rest=""):
    """To the same page of the network, which says so itself where it has none."""
    text_only = get_script_prefix().rstrip("/")
    language = "/en" if f"{request.path_info}/".startswith("/en/") else ""
    return _moved(request, absolute_url(None, f"{text_only}{language}{own_path(request)}"))


@read_only
def same_place(request, rest=""):
    """To the same path, text-only and language included, at the host that the bureau has now."""
    return _moved(request, absolute_url(request.site.bureau, request.get_full_path()))


def _moved(request, url: str):
    response = HttpResponsePermanentRedirect(url)
    # The bureau may open again, or move back, and no page of its own may wait for that.
    names = ["network", f"bureau:{request.site.bureau.pk}"]
    return describe(response, names, side_list_holds())
