"""A working copy as somebody has typed it and not saved: for their eyes alone, never stored.

What the story form would refuse does not show: a picture that is not theirs to use, a bureau where
they do not work.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import slugify

from articles.models import Article, CreditRole, Picture, Section, Source, Tag
from articles.object_cards import usable_pictures
from articles.objects import pictures_in
from articles.typed import CHOICES, MARKS, ONE_LINE, Typed
from bureaus.desk import workplaces
from bureaus.models import Author, User


@dataclass(frozen=True)
class Shown:
    """``article`` stands in for the stored one; ``credits`` and ``topics`` are as an edition has
    them; ``pictures`` are the ids of those in the text that may be shown."""

    article: Article
    credits: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    authors: list[Author]
    pictures: set[int]


def as_typed(article: Article, typed: Typed, user: User) -> Shown:
    values = typed.values
    shown = copy(article)
    for name in (*ONE_LINE, "summary", "body", "slug"):
        setattr(shown, name, values[name])
    for name in MARKS:
        setattr(shown, name, bool(values[name]))
    if values["source"] in Source.values:
        shown.source = values["source"]
    stored = Typed.of_story(article).values
    changed = {name for name in CHOICES if values[name] != stored[name]}
    if "section" in changed:
        shown.section = _row(Section.objects.all(), values["section"])
    if "picture" in changed:
        shown.picture = _row(Picture.objects.for_user(user), values["picture"])
    if "bureau" in changed:
        places = workplaces(user).select_related("network")
        shown.bureau = _row(places, values["bureau"]) or article.bureau
    placed = pictures_in(shown.body)
    pictures = usable_pictures(user, article, placed) if placed else set()
    authors = Author.objects.in_bulk(int(pk) for pk, _role in typed.credits if pk.isdecimal())
    credits = [
        {"id": author.pk, "name": author.name, "slug": author.slug, "role": role}
        for pk, role in typed.credits
        if role in CreditRole.values and (author := pk.isdecimal() and authors.get(int(pk)))
    ]
    return Shown(shown, credits, _topics(typed), list(authors.values()), pictures)


def _row(rows: QuerySet, number: str) -> Model | None:
    return rows.filter(pk=number).first() if number.isdecimal() else None


def _topics(typed: Typed) -> list[dict[str, Any]]:
    """As they will be printed; one that is new has no page yet."""
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=typed.topics)}
    return [
        {"id": known[name].pk, "name": name, "slug": known[name].slug}
        if name in known
        else {"id": 0, "name": name, "slug": slugify(name, allow_unicode=True) or "-"}
        for name in typed.topics
    ]
