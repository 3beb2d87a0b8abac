"""What comes from a session that has ended: it is not saved, and not lost."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from articles.answers import answer, is_asked_by_script
from bureaus.likeness_form import shown_name

# Forms in which people write: of stories and their verbs, of fronts, and of everything that the
# desk keeps.
_KEPT = re.compile(
    r"admin:(articles_article_verb|articles_pin_(network|bureau)"
    r"|(articles|bureaus)_[a-z]+_(add|change))"
)
#: The name of a field with the name of a file: no page can carry the file itself.
CHOSEN = "chosen_before"
# Tokens of the old session, and buttons: they are pressed again, or not.
NOT_KEPT = frozenset(
    {"csrfmiddlewaretoken", "_save", "_verb", "_confirmed", "_as", "_continue", "save", "replace"}
)
LOOK_OVER = _("Not done yet: you have logged in again. Look it over, then press the button.")


def is_kept(request) -> bool:
    """Whether it is a form whose words are kept, sent by a page of the desk itself.

    Another site could otherwise put words into somebody's form.
    """
    if request.method != "POST" or request.resolver_match is None:
        return False
    origin = urlsplit(request.headers.get("Origin", ""))
    is_own = (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
    return is_own and bool(_KEPT.fullmatch(request.resolver_match.view_name))


def page(request) -> HttpResponse:
    """A page that says so and carries every field, to be sent again after logging in.

    A script keeps them itself and is only told.
    """
    if is_asked_by_script(request):
        return answer(HTTPStatus.UNAUTHORIZED, why="signed-out")
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT and "password" not in name
    ]
    # Sent from this page too early, it has the name from before.
    files = [file.name for file in request.FILES.values() if file.name]
    fields += [(CHOSEN, name) for name in files]
    files += request.POST.getlist(CHOSEN)
    context = {
        **admin.site.each_context(request),
        "fields": fields,
        "files": [shown_name(name) for name in files],
        "title": _("Not saved yet"),
    }
    response = TemplateResponse(request, "admin/unsent.html", context, status=403)
    add_never_cache_headers(response)
    return response
