"""The network's own host."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from articles import sitemaps
from articles.views import fronts, standing, story
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
    path("sitemap-<words:home>-<yyyy:year>-<nn:month>.xml", sitemaps.month, name="sitemap_month"),
    *i18n_patterns(
        path("", fronts.network_front, name="front"),
        *pages,
        path("biro", standing.bureaus, name="bureaus"),
        path(f"dari/<words:home>/{DATED}/<words:slug>", story.placed_page, name="placed_article"),
        path(
            f"dari/<words:home>/{DATED}/<words:slug>/perubahan",
            story.changes_page,
            name="placed_changes",
        ),
        prefix_default_language=False,
    ),
]
