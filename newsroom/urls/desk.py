"""The desk's host: Django's admin at its root."""

from django.contrib import admin
from django.urls import path

from articles.views import site_files
from newsroom.urls.public import media

handler400 = "articles.desk.bad_request"
handler403 = "articles.desk.forbidden"
handler404 = "articles.desk.not_found"
handler500 = "articles.desk.server_error"

urlpatterns = [*media, path("robots.txt", site_files.robots), path("", admin.site.urls)]
