"""The desk's host: Django's admin at its root."""

from django.contrib import admin
from django.urls import path

from newsroom.urls.public import media

handler400 = "articles.desk.bad_request"
handler403 = "articles.desk.forbidden"
handler404 = "articles.desk.not_found"
handler500 = "articles.desk.server_error"

urlpatterns = [*media, path("", admin.site.urls)]
