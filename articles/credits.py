"""Who made a story, as its page prints it and links to their own pages."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext

from articles.models import CreditRole, Edition
from bureaus.models import Author, Bureau


class Credited(NamedTuple):
    name: str  # as it was printed, whatever the person is called today
    slug: str | None  # of the person's page, if there is one


def authors_of(edition: Edition, bureaus: Iterable[Bureau]) -> dict[int, Author]:
    """Everybody credited, by id, with their bureau if it is among these, the open ones.

    ``edition`` comes from ``Edition.objects.with_record()``.
    """
    at = {bureau.pk: bureau for bureau in bureaus}
    return {
        row["id"]: Author(
            pk=row["id"], slug=row["slug"], kind=row["kind"], bureau=at.get(row["bureau"])
        )
        for row in edition.authors  # type: ignore[attr-defined]
    }


def writers(edition: Edition, authors: dict[int, Author]) -> list[Credited]:
    """As the byline names them: RATIH PURWANDARI, printed in capitals, so written in them."""
    named = [
        Credited(byline["name"].upper(), _slug(byline, authors))
        for byline in edition.credited(authors)
        if byline["role"] == CreditRole.WRITER
    ]
    if edition.paid and not named:
        return [Credited((edition.source_name or gettext("Advertorial")).upper(), None)]
    return named


def by_role(edition: Edition, authors: dict[int, Author]) -> list[tuple[str, list[Credited]]]:
    """Everybody by the label of their role, in the order of the story's credits."""
    roles: dict[str, list[Credited]] = {}
    for byline in edition.credited(authors):
        label = CreditRole(byline["role"]).label
        roles.setdefault(label, []).append(Credited(byline["name"], _slug(byline, authors)))
    return list(roles.items())


def _slug(byline: dict, authors: dict[int, Author]) -> str | None:
    author = authors.get(byline["id"])
    return author.slug if author else None
