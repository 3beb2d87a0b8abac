"""The desk's error pages. They bring the desk's policy where no middleware has seen the request."""

from http import HTTPStatus

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from articles import unsent, verb_page
from articles.answers import answer, is_asked_by_script
from articles.views.errors import RETRY_AFTER, database_is_away
from bureaus.hosts import remembered_network

TOO_LONG = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def show_again(request) -> HttpResponse:
    """A form with what was posted from an older session, to be looked over and sent.

    Its token is the old session's, so nobody is known to have meant it: nothing is saved or done.
    """
    asked = request.resolver_match
    if asked.url_name == "articles_article_verb":
        return verb_page.show_again(request, **asked.kwargs)
    app, model = asked.url_name.split("_")[:2]
    model_admin = admin.site.get_model_admin(apps.get_model(app, model))
    return model_admin.show_again(request, **asked.kwargs)


def bad_request(request, exception):
    if is_asked_by_script(request) and isinstance(exception, RequestDataTooBig):
        message = gettext("The text is too long to be sent. Shorten it, or save it in parts.")
        return answer(TOO_LONG, why="refused", message=message)
    return _error(request, 400, "admin/400.html")


def forbidden(request, exception):
    return _error(request, 403, "admin/403.html")


def csrf_failure(request, reason=""):
    if request.site.kind != "desk":
        # Readers' pages take no forms, so there is no token to ask for.
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if is_asked_by_script(request):
        return answer(HTTPStatus.FORBIDDEN, why="token")
    if not unsent.is_kept(request):
        return _error(request, 403, "admin/403_csrf.html")
    is_signed_in = admin.site.has_permission(request)
    response = show_again(request) if is_signed_in else unsent.page(request)
    response.status_code = 403
    add_never_cache_headers(response)
    return response


def not_found(request, exception):
    return _error(request, 404, "admin/404.html")


def server_error(request):
    # Nothing that may be broken is asked again: no user, no database, no context processor.
    is_away = database_is_away()
    context = {"status": 503 if is_away else 500, "masthead": remembered_network() or ""}
    response = HttpResponse(render_to_string("admin/500.html", context), status=context["status"])
    if is_away:
        response["Retry-After"] = RETRY_AFTER
    add_never_cache_headers(response)
    response._csp_config = settings.DESK_CSP
    return response


def _error(request, status: int, template: str) -> HttpResponse:
    context = admin.site.each_context(request) if hasattr(request, "user") else {}
    response = render(request, template, context, status=status)
    response._csp_config = settings.DESK_CSP
    return response
