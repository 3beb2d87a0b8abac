"""Embargo, breaking mark and address: no revision holds them, the log has each change of them."""

from typing import Any

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
