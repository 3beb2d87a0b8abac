"""Objects of a story as the desk shows them: cards in the editor and on the page that is read."""

import json
from collections.abc import Iterable
from http import HTTPStatus

from django.db.models import Q
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles import listings
from articles.answers import answer
from articles.body import sanitise
from articles.dates import stamp_in_words
from articles.models import Article, Picture
from articles.objects import WITH_PICTURES, Placeholder, parts_of, pictures_in, placeholders_in
from articles.resolving import Resolved, kind_of, resolve
from articles.uploads import described
from bureaus.models import User

MOST = 100  # objects asked for at once
LONGEST = 3_000  # letters of one
FOUND = 10  # stories that a search offers


def as_read(body: str) -> SafeString:
    """A working copy for somebody who may see the story, its objects as cards."""
    clean = sanitise(body)
    objects = resolve(clean)
    pieces = [part if isinstance(part, str) else card(part, objects) for part in parts_of(clean)]
    return mark_safe("".join(pieces))


def card(placeholder: Placeholder, objects: Resolved, *, is_edited: bool = False) -> str:
    """What stands for the object at the desk, with its verbs while it is edited."""
    numbers = placeholder.ids if placeholder.kind in WITH_PICTURES else ()
    pictures = [objects.pictures[n] for n in numbers if n in objects.pictures]
    line = objects.stories.get(placeholder.id) if placeholder.kind == "see-also" else None
    context = {
        "placeholder": placeholder,
        "kind": kind_of(placeholder),
        "pictures": pictures,
        "line": line,
        "is_missing": not (pictures or line or placeholder.embed),
        "is_edited": is_edited,
    }
    return render_to_string("admin/articles/object/_card.html", context).strip()


def usable_pictures(user: User, article: Article | None, numbers: Iterable[int]) -> set[int]:
    """Those that this person may place in a story, and those that stand in it already."""
    stored = pictures_in(article.body) if article else []
    own = Picture.objects.for_user(user).values("pk")
    return set(
        Picture.objects.filter(pk__in=set(numbers))
        .filter(Q(pk__in=own) | Q(pk__in=stored))
        .values_list("pk", flat=True)
    )


def cards(request) -> HttpResponse:
    """The cards of the placeholders that a page sends, each with its one form and what is known of
    its pictures; "" for what is no object. A picture that this person may not use is left out."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        said = json.loads(request.body)
        texts = [str(text)[:LONGEST] for text in said["objects"][:MOST]]
        number = int(said.get("story") or 0)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        message = gettext("The desk could not read what this page sent. Load it again.")
        return answer(HTTPStatus.BAD_REQUEST, why="refused", message=message)
    stories = Article.objects.for_user(request.user)
    article = stories.filter(pk=number).first() if number else None
    found = [next(iter(placeholders_in(sanitise(text))), None) for text in texts]
    clean = "\n".join(map(str, filter(None, found)))
    usable = usable_pictures(request.user, article, pictures_in(clean))
    objects = resolve(clean)
    objects = Resolved(
        {pk: each for pk, each in objects.pictures.items() if pk in usable}, objects.stories
    )
    return answer(
        cards=[
            {
                "html": str(each) if each else "",
                "card": card(each, objects, is_edited=True) if each else "",
                "pictures": _described(each, objects) if each else [],
            }
            for each in found
        ]
    )


def _described(placeholder: Placeholder, objects: Resolved) -> list[dict]:
    numbers = placeholder.ids if placeholder.kind in WITH_PICTURES else ()
    return [described(objects.pictures[n]) for n in numbers if n in objects.pictures]


def stories(request) -> HttpResponse:
    """Live stories whose headline has the words that were typed, newest first."""
    words = request.GET.get("q", "")[:100]
    lines = listings.search(listings.NETWORK, words, FOUND)
    return answer(
        stories=[
            {
                "id": line.article_id,
                "headline": line.headline,
                "note": f"{line.edition.bureau} · "
                f"{stamp_in_words(line.first_published, line.edition.bureau)}",
            }
            for line in lines
        ]
    )
