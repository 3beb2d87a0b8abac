"""Answers to pages of the desk that ask by script: what a form would be told, as JSON."""

from http import HTTPStatus
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

JSON = "application/json"


def is_asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


def answer(status: int = HTTPStatus.OK, **words: Any) -> JsonResponse:
    """``why`` is for the script, ``message`` for the person."""
    response = JsonResponse(words, status=status)
    add_never_cache_headers(response)
    return response


def for_script(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What came of a form that was sent: where to go, or what is to be mended in it."""
    if not is_asked_by_script(request) or isinstance(response, JsonResponse):
        return response
    if HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
        return answer(url=response["Location"])
    context = getattr(response, "context_data", None)
    if not context or "adminform" not in context:
        return response
    return _mistakes(request, context)


def _mistakes(request: HttpRequest, context: dict[str, Any]) -> JsonResponse:
    form = context["adminform"].form
    if form.is_of_another:
        return answer(HTTPStatus.CONFLICT, why="other", name=str(request.user))
    note = "admin/includes/_errornote.html"
    inlines = context["inline_admin_formsets"]
    words = {"form": form, "inline_admin_formsets": inlines, "is_by_script": True}
    fields = [(form, field.html_name) for field in form if field.errors]
    for inline in inlines:
        for row in inline.formset.forms:
            fields += [(row, field.html_name) for field in row if field.errors]
    errors = {
        name: str(owner[name.removeprefix(f"{owner.prefix}-") if owner.prefix else name].errors)
        for owner, name in fields
    }
    return answer(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        why="mistakes",
        note=render_to_string(note, {**site.each_context(request), **words}, request),
        errors=errors,
        is_closed=form.is_closed,
    )
