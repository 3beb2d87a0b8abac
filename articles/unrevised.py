"""Embargo, breaking mark and address: no revision holds them, the log has each change of them."""

from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from articles import publication, sending
from articles.models import Article, Event
from bureaus.models import User

FIELDS = ("embargo_until", "breaking", "slug")
#: the event's verb; nobody presses it, so that it is not in articles/verbs.py
SET = "set"


def stored(article: Article) -> dict[str, Any]:
    """As the database has it; empty for a story that is new."""
    return Article.objects.filter(pk=article.pk).values(*FIELDS).first() or {}


def log(article: Article, before: dict[str, Any], *, by: User) -> Event | None:
    """Log what is different from ``before``; None when nothing is.

    The caller has locked the row and saved the fields. The story keeps its stage and its approval,
    which is of a text.
    """
    changed = {name: getattr(article, name) for name in before}
    changed = {name: value for name, value in changed.items() if value != before[name]}
    if not changed:
        return None
    now = publication.database_now()
    article.changed_at = now
    article.save(update_fields=["changed_at"])
    if until := changed.get("embargo_until"):
        changed["embargo_until"] = until.isoformat()
    return Event.beside(article, SET, by=by, at=now, **changed | sending.mark())


def as_set_with(key: UUID, article: Article) -> tuple[Article, set[str]]:
    """The story with what the form with the key has set, and the names of that."""
    found: dict[str, Any] = {}
    for event in article.events.filter(verb=SET, details__key=str(key)).order_by("pk"):
        found |= {name: event.details[name] for name in FIELDS if name in event.details}
    if until := found.get("embargo_until"):
        found["embargo_until"] = datetime.fromisoformat(until)
    as_set = copy(article)
    for name, value in found.items():
        setattr(as_set, name, value)
    return as_set, set(found)
