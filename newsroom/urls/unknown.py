"""A host below the network's domain that is nobody's: every page is a 404 in its design."""

from newsroom.urls.public import files, handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*files]
