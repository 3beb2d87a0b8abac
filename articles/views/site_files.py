"""What every site has besides its pages: icons, a manifest, a word to crawlers."""

from django.http import Http404, HttpResponse, JsonResponse

from articles.reader_page import read_only, site_names
from bureaus.hosts import absolute_url
from newsroom import icons
from newsroom.colours import accents
from newsroom.page_cache import LONGEST, describe

# Seconds that a browser keeps a file that changes once in years. Caches in front are told at once.
BROWSER = 86_400
PAPER = "#ffffff"


@read_only
def icon(request):
    return _described(request, HttpResponse(icons.svg(_mark(request.site)), "image/svg+xml"))


@read_only
def icon_png(request, size):
    if size not in icons.SIZES:
        raise Http404
    return _described(request, HttpResponse(icons.png(_mark(request.site), size), "image/png"))


@read_only
def favicon(request):
    """No page names it; browsers ask for it by themselves, of a bare picture or an error."""
    return _described(request, HttpResponse(icons.ico(_mark(request.site)), "image/x-icon"))


@read_only
def icon_maskable(request):
    drawn = icons.png(_mark(request.site), icons.MASKABLE_SIZE, maskable=True)
    return _described(request, HttpResponse(drawn, "image/png"))


@read_only
def manifest(request):
    """What a phone shows of a site on its home screen (W3C, Web Application Manifest)."""
    site = request.site
    about = {
        "name": site.name,
        "short_name": str(site.bureau or site.network),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        # Stories link from host to host: an app's own window would be left at every second step.
        # And a reader should see whose address it is.
        "display": "browser",
        "lang": "id",
        "dir": "ltr",
        "theme_color": accents()[_mark(site).accent].day,
        "background_color": PAPER,
        "icons": [
            _icon("icon.svg", "any", "image/svg+xml"),
            *(_icon(f"icon-{size}.png", f"{size}x{size}") for size in (192, 512)),
            {**_icon("icon-maskable.png", "512x512"), "purpose": "maskable"},
        ],
    }
    response = JsonResponse(
        about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    return _described(request, response)


@read_only
def robots(request):
    """Everything of readers may be read by crawlers, nothing of the desk (RFC 9309).

    It says where a site's addresses are listed (sitemaps.org).
    """
    if request.site.kind == "desk":
        return HttpResponse("User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")
    words = "User-agent: *\nAllow: /\n"
    if request.site.kind in ("network", "bureau"):
        words += f"\nSitemap: {absolute_url(request.site.bureau, '/sitemap.xml')}\n"
    return _described(request, HttpResponse(words, "text/plain; charset=utf-8"))


def _icon(file: str, sizes: str, kind: str = "image/png") -> dict[str, str]:
    return {"src": f"/{file}", "sizes": sizes, "type": kind}


def _mark(site) -> icons.Mark:
    bureau = str(site.bureau) if site.bureau else None
    return icons.mark(str(site.network), bureau, (site.bureau or site.network).accent)


def _described(request, response):
    if request.site.kind == "unknown":
        # Of every name that somebody thinks of; none is worth keeping.
        response["Cache-Control"] = "no-store"
        return response
    response = describe(response, site_names(request))
    response["Cache-Control"] = f"public, max-age={BROWSER}, s-maxage={LONGEST}"
    return response
