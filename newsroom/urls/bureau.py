"""The host of one bureau."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, register_converter

from articles import views
from articles.converters import DatePartConverter, SlugConverter, YearConverter
from newsroom.urls.public import handler400, handler403, handler404, handler500, media

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

register_converter(YearConverter, "yyyy")
register_converter(DatePartConverter, "nn")
register_converter(SlugConverter, "words")

urlpatterns = [
    *media,
    *i18n_patterns(
        path("", views.bureau_front, name="front"),
        path(
            "<yyyy:year>/<nn:month>/<nn:day>/<words:slug>",
            views.article_page,
            name="article",
        ),
        path("<yyyy:year>/<nn:month>/<nn:day>/<words:slug>/", views.without_slash),
        prefix_default_language=False,
    ),
]
