"""What every host of readers has in common."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

handler400 = "articles.views.bad_request"
handler403 = "articles.views.not_found"
handler404 = "articles.views.not_found"
handler500 = "articles.views.server_error"

media = [
    path(
        "media/<path:path>",
        serve,
        {"document_root": settings.MEDIA_ROOT},
        name="media",
    )
]
