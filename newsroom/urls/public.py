"""What every host of readers has in common."""

from django.urls import path

from articles import views

handler400 = "articles.views.bad_request"
handler403 = "articles.views.not_found"
handler404 = "articles.views.not_found"
handler500 = "articles.views.server_error"

media = [path("media/<path:name>", views.media, name="media")]
