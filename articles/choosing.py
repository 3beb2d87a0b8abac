"""The dialog in which a picture is chosen: for the story page, whatever it is to be used for."""

import json

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.admin.picture_filters import libraries_of
from articles.library import has_library, part_of, searched, shared_by_others
from articles.models import Picture
from articles.picture_holds import held_by, unshared_with
from articles.uploads import described
from bureaus.models import Author, Bureau, User

SHOWN = 24
DIGITS = 19  # of the largest number that the database has


def words_asked(user: User) -> dict:
    """For templates/admin/articles/picture/_words.html."""
    return {
        "sources": Picture.Source.choices,
        "licences": Picture.Licence.choices,
        "ai_choices": Picture.AI.choices,
        "sender": Author.objects.filter(user=user).values_list("name", flat=True).first(),
    }


def _number(asked: QueryDict) -> int | None:
    words = asked.get("for", "")
    return int(words) if words.isascii() and words.isdecimal() and len(words) < DIGITS else None


@require_GET
def choose_page(request):
    """The dialog or, asked for a ``part``, its next pictures alone; ``for`` a story of a bureau."""
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
    story_of = Bureau.objects.filter(pk=number).first() if (number := _number(asked)) else None
    cursor = {"before": asked["before"]} if asked.get("before") else {}
    found = part_of(pictures, SHOWN, cursor, is_search=bool(text))
    context = {
        "pictures": [
            {
                "picture": picture,
                "unshared": unshared_with(story_of, picture),
                "described": json.dumps(described(picture) | {"held": held_by(picture, story_of)}),
            }
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
