"""Verbs by which a story goes from its reporter to its editors and back."""

from datetime import datetime

from articles.models import Article, Edition, Stage
from articles.refusals import demand_complete, demand_text
from articles.workflow.acting import acting
from articles.workflow.publishing import publish, schedule
from bureaus.models import User


def submit(article: Article, *, by: User, version: int | None = None) -> Article:
    with acting(article, "submit", by, version) as act:
        demand_complete(act.article)
        act.to_stage(Stage.SUBMITTED)
        act.log()
    return act.article


def withdraw(article: Article, *, by: User) -> Article:
    return _move(article, "withdraw", by, Stage.DRAFT)


def claim(article: Article, *, by: User) -> Article:
    with acting(article, "claim", by) as act:
        act.to_stage(Stage.IN_REVIEW)
        act.article.claimed_by = by
        act.log()
    return act.article


def release(article: Article, *, by: User) -> Article:
    return _move(article, "release", by, Stage.SUBMITTED)


def take_over(article: Article, *, by: User) -> Article:
    with acting(article, "take_over", by) as act:
        before = act.article.claimed_by
        act.article.claimed_by = by
        act.log(**{"from": before.pk})
    return act.article


def send_back(article: Article, *, by: User, reason: str) -> Article:
    return _move(article, "send_back", by, Stage.DRAFT, reason=demand_text("reason", reason))


def approve(article: Article, *, by: User, version: int | None = None) -> Article:
    with acting(article, "approve", by, version) as act:
        demand_complete(act.article)
        act.to_stage(Stage.APPROVED)
        act.article.approved_by = by
        act.article.approved_version = act.article.version
        act.log()
    return act.article


def approve_and_publish(article: Article, *, by: User, version: int | None = None) -> Edition:
    """One press, two events; both or neither."""
    with acting(article, "approve_and_publish", by, version):
        approve(article, by=by, version=version)
        return publish(article, by=by)


def approve_and_schedule(
    article: Article, *, by: User, at: datetime, version: int | None = None
) -> Edition:
    """The same with a time to come."""
    with acting(article, "approve_and_schedule", by, version):
        approve(article, by=by, version=version)
        return schedule(article, by=by, at=at)


def reopen(article: Article, *, by: User) -> Article:
    return _move(article, "reopen", by, Stage.DRAFT)


def spike(article: Article, *, by: User, reason: str) -> Article:
    reason = demand_text("reason", reason)
    with acting(article, "spike", by) as act:
        act.article.spiked_at = act.now
        act.log(reason=reason)
    return act.article


def revive(article: Article, *, by: User) -> Article:
    with acting(article, "revive", by) as act:
        act.article.spiked_at = None
        act.log()
    return act.article


def discard(article: Article, *, by: User) -> Article:
    """Put away what was never submitted; nobody sees it again, the log keeps it."""
    with acting(article, "discard", by) as act:
        act.article.discarded_at = act.now
        act.log()
    return act.article


def _move(article: Article, verb: str, by: User, stage: str, reason: str = "") -> Article:
    with acting(article, verb, by) as act:
        act.to_stage(stage)
        act.log(reason=reason)
    return act.article
