"""The host of one bureau."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from articles import sitemaps
from articles.views import fronts, story
from newsroom.urls.public import (
    DATED,
    files,
    for_programs,
    handler400,
    handler403,
    handler404,
    handler500,
    media,
    pages,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *media,
    *files,
    *for_programs,
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<yyyy:year>-<nn:month>.xml", sitemaps.month, name="sitemap_month"),
    *i18n_patterns(
        path("", fronts.bureau_front, name="front"),
        *pages,
        path(f"{DATED}/<words:slug>", story.article_page, name="article"),
        path(f"{DATED}/<words:slug>/perubahan", story.changes_page, name="changes"),
        path(f"dari/<words:home>/{DATED}/<words:slug>", story.placed_page, name="placed_article"),
        prefix_default_language=False,
    ),
]
