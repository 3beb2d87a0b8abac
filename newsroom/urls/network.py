"""The network's own host."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from articles import views
from newsroom.urls.public import handler400, handler403, handler404, handler500, media

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *media,
    *i18n_patterns(path("", views.network_front, name="front"), prefix_default_language=False),
]
