"""A host at which a bureau was read before it moved to another."""

from django.urls import path

from articles.views import closed
from newsroom.urls.public import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("", closed.same_place), path("<path:rest>", closed.same_place)]
