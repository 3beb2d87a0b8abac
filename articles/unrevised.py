"""Embargo, breaking mark and address: no revision holds them, the log has each change of them."""

import json
from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from articles import publication, sending
from articles.models import Article, Event
from articles.typed import OF_THE_DESK, of_the_desk
from bureaus.models import User

FIELDS = ("embargo_until", "breaking", "slug")
#: the event's verb; nobody presses it, so that it is not in articles/verbs.py
SET = "set"
#: in a form's field ``opened``, beside OF_THE_DESK: the event after which it was read
LAST_EVENT = "event"
NEWEST = 2**62


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


def known(opened: object, key: UUID | None, article: Article) -> dict[str, str]:
    """What a form knows of it, under the names of OF_THE_DESK: as it was ``opened``, then as the
    form has set it itself when it was sent before with its ``key``.

    Empty for a form that does not say how it was opened.
    """
    if not isinstance(opened, dict) or not opened.keys() >= set(OF_THE_DESK):
        return {}
    values = {name: str(opened[name]) for name in OF_THE_DESK}
    found: dict[str, Any] = {}
    if key and article.pk:
        own = article.events.filter(verb=SET, details__key=str(key), pk__gt=_number(opened))
        for event in own.order_by("pk"):
            found |= {name: event.details[name] for name in FIELDS if name in event.details}
    if not found:
        return values
    if until := found.get("embargo_until"):
        found["embargo_until"] = datetime.fromisoformat(until)
    as_set = copy(article)
    for name, value in found.items():
        setattr(as_set, name, value)
    names = {"embargo" if name == "embargo_until" else name for name in found}
    return values | {name: of_the_desk(as_set)[name] for name in names}


def opened_now(article: Article) -> str:
    """For a form with a key that may have been sent before: as it stands after all of that."""
    last = article.events.order_by("-pk").values_list("pk", flat=True).first()
    return json.dumps(of_the_desk(article) | {LAST_EVENT: last or 0})


def _number(opened: dict) -> int:
    number = opened.get(LAST_EVENT)
    return number if isinstance(number, int) and 0 <= number < NEWEST else 0
