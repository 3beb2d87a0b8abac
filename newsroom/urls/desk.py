"""The desk's host: signing in, and Django's admin at its root."""

from django.contrib import admin
from django.urls import include, path

from articles.policy_reports import policy_reports
from articles.views import site_files
from newsroom import health
from newsroom.urls.public import media

handler400 = "articles.desk_errors.bad_request"
handler403 = "articles.desk_errors.forbidden"
handler404 = "articles.desk_errors.not_found"
handler500 = "articles.desk_errors.server_error"

urlpatterns = [
    *media,
    path("healthz", health.plain, name="healthz"),
    path("robots.txt", site_files.robots, name="robots"),
    path("policy-reports/", policy_reports, name="policy_reports"),
    path("", include("bureaus.sign_in.urls")),
    path("", admin.site.urls),
]
