"""What every host of readers has in common."""

from django.urls import path, register_converter

from articles import feeds, sitemaps
from articles.converters import CardConverter, DatePartConverter, SlugConverter, YearConverter
from articles.models import PAGE_SLUGS, Page
from articles.views import files as served
from articles.views import lists, site_files, standing

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.not_found"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"

register_converter(YearConverter, "yyyy")
register_converter(DatePartConverter, "nn")
register_converter(SlugConverter, "words")
register_converter(CardConverter, "card")

DATED = "<yyyy:year>/<nn:month>/<nn:day>"

media = [path("media/<path:name>", served.media, name="media")]
# Files of a site that are no pages.
files = [
    path("favicon.ico", site_files.favicon, name="favicon"),
    path("icon.svg", site_files.icon, name="icon"),
    path("icon-<int:size>.png", site_files.icon_png, name="icon_png"),
    path("icon-maskable.png", site_files.icon_maskable, name="icon_maskable"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path("robots.txt", site_files.robots, name="robots"),
    path("kartu/<card:card>.jpg", served.share_card, name="share_card"),
]
# What programs read of a site: its news, and its addresses.
for_programs = [
    path("rss", feeds.feed, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
]
# Pages that the network and every bureau have.
pages = [
    path("terkini", lists.latest, name="latest"),
    path("rubrik/<words:slug>", lists.section, name="section"),
    path("topik/<words:slug>", lists.topic, name="topic"),
    path("penulis/<words:slug>", lists.author, name="author"),
    path("indeks", lists.index, name="index"),
    path(f"indeks/{DATED}", lists.index, name="index_day"),
    path("koreksi", standing.corrections, name="corrections"),
    *(
        path(slug, standing.page, {"kind": kind}, name=kind)
        for kind, slug in PAGE_SLUGS.items()
        if kind != Page.Kind.CORRECTIONS
    ),
]
