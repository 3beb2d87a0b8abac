"""From which sent form a change comes, so that a form that is sent twice is saved once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from articles.models import Article, Event, Revision
from bureaus.models import User

# Of two verbs in one press the one that is logged last; the first is always an approval.
LAST_OF = {"approve_and_publish": "publish", "approve_and_schedule": "schedule"}
_KEY: ContextVar[UUID | None] = ContextVar("key", default=None)


@contextmanager
def sent_with(key: UUID | None) -> Iterator[None]:
    """Let the revision and the events that come of it carry the key of the form."""
    token = _KEY.set(key)
    try:
        yield
    finally:
        _KEY.reset(token)


def new_revision(article: Article, content: dict[str, Any], *, by: User, at: datetime) -> Revision:
    """Record the state of the story under its version.

    It takes the form's key, unless that has become a revision already: its owner then wrote on.
    """
    key = _KEY.get()
    if key and Revision.objects.filter(key=key).exists():
        key = None
    return Revision.objects.create(
        article=article, number=article.version, content=content, saved_by=by, saved_at=at, key=key
    )


def mark() -> dict[str, str]:
    """For the details of an event."""
    key = _KEY.get()
    return {"key": str(key)} if key else {}


def saved_with(key: UUID | None, *, by: User) -> Revision | None:
    """The revision that this person's form with the key has become."""
    if key is None:
        return None
    return Revision.objects.filter(key=key, saved_by=by).select_related("article").first()


def was_done_with(key: UUID | None, verb: str, article: Article, *, by: User) -> bool:
    """Whether the verb that was pressed in the form has been done."""
    if key is None:
        return False
    events = Event.objects.filter(article=article, by=by, verb=LAST_OF.get(verb, verb))
    return events.filter(details__key=str(key)).exists()
