"""The host of a bureau that has closed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from articles.views import closed
from newsroom.urls.public import DATED, handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = i18n_patterns(
    path("", closed.anything),
    path(f"{DATED}/<words:slug>", closed.story),
    path(f"{DATED}/<words:slug>/perubahan", closed.changes),
    path("<path:rest>", closed.anything),
    prefix_default_language=False,
)
