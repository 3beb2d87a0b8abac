"""The dialog in which a picture is chosen: for the story page, whatever it is to be used for."""

import json

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.admin.picture_filters import libraries_of
from articles.library import has_library, part_of, searched, shared_by_others
from articles.models import Picture
from articles.uploads import described
from bureaus.models import Author, User

SHOWN = 24


def words_asked(user: User) -> dict:
    """For templates/admin/articles/picture/_words.html."""
    return {
        "sources": Picture.Source.choices,
        "licences": Picture.Licence.choices,
        "ai_choices": Picture.AI.choices,
        "sender": Author.objects.filter(user=user).values_list("name", flat=True).first(),
    }


@require_GET
def choose_page(request):
    """The dialog or, asked for a ``part``, its next pictures alone."""
    if not has_library(request.user):
        raise PermissionDenied
    asked = request.GET
    bureaus = libraries_of(request)
    text, bureau = asked.get("q", "").replace("\0", ""), asked.get("bureau", "")
    pictures = searched(Picture.objects.for_user(request.user), text).select_related("bureau")
    if bureau == "shared":
        pictures = shared_by_others(pictures, bureaus)
    elif bureau in {str(each.pk) for each in bureaus}:
        pictures = pictures.filter(bureau_id=bureau)
    cursor = {"before": asked["before"]} if asked.get("before") else {}
    found = part_of(pictures, SHOWN, cursor, is_search=bool(text))
    context = {
        "pictures": [
            {"picture": picture, "described": json.dumps(described(picture))}
            for picture in (found.rows if found else [])
        ],
        "older": found.older if found else None,
        "is_too_wide": found is None,
        "bureaus": bureaus,
        "is_first": not cursor,
        **words_asked(request.user),
    }
    part = "_chooser_part" if asked.get("part") else "_chooser"
    return render(request, f"admin/articles/picture/{part}.html", context)
