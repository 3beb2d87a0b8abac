"""One verb on one story: the row lock, the table, the line in the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import publication, sending, tasks
from articles.models import AT_DESK, Article, Event, Stage
from articles.publication import Situation
from articles.refusals import TextChanged, may_be_seen, refuse, refuse_placement
from articles.verbs import VERBS
from bureaus.models import Bureau, User


@dataclass
class Act:
    """One verb on one story, under its row lock."""

    article: Article
    by: User
    verb: str
    situation: Situation
    stage_before: str

    @property
    def now(self) -> datetime:
        return self.situation.now

    def to_stage(self, stage: str) -> None:
        article = self.article
        if stage != article.stage:
            article.stage_since = self.now
            article.sent_back = self.verb == "send_back"
        article.stage = stage
        article.submitted_at = (article.submitted_at or self.now) if stage in AT_DESK else None
        if stage != Stage.IN_REVIEW:
            article.claimed_by = None
        if stage != Stage.APPROVED:
            article.approved_by = article.approved_version = None

    def log(self, *, verb: str = "", reason: str = "", edition=None, **details: Any) -> Event:
        """Save the story and write the line of the audit log."""
        self.article.save()
        event = Event.objects.create(
            article=self.article,
            verb=verb or self.verb,
            by=self.by,
            at=self.now,
            stage_before=self.stage_before,
            stage_after=self.article.stage,
            version=self.article.version,
            reason=reason,
            edition=edition,
            details=details | sending.mark(),
        )
        self.stage_before = self.article.stage
        tasks.tell(event)
        return event


def available(article: Article, user: User) -> list[str]:
    """The names of the verbs that this person could do now, in the table's order."""
    if not may_be_seen(article, user):
        return []
    situation = Situation.of(article, publication.database_now())
    return [
        name
        for name, verb in VERBS.items()
        if article.stage in verb.stages
        and verb.who(article, user)
        and verb.when(article, situation)
    ]


@contextmanager
def acting(
    article: Article,
    verb: str,
    by: User,
    version: int | None = None,
    bureau: Bureau | None = None,
) -> Iterator[Act]:
    with transaction.atomic():
        locked = lock(article)
        situation = Situation.of(locked, publication.database_now())
        if bureau:
            refuse_placement(verb, locked, situation, by, bureau)
        else:
            refuse(verb, locked, situation, by)
        if version is not None and version != locked.version:
            raise TextChanged(
                _("The text has been changed since you opened it. Read it again, then decide.")
            )
        yield Act(locked, by, verb, situation, locked.stage)


def lock(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("bureau__network", "section", "picture", "retraction_request")
        .get(pk=article.pk)
    )
