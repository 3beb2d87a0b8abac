"""Verbs that make an edition, or move one in time."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles import publication
from articles.models import Article, CreditRole, Edition, Notice
from articles.refusals import (
    BadRequest,
    NotAllowed,
    NotNow,
    demand_complete,
    demand_may_appear,
    demand_text,
    demand_time_to_come,
)
from articles.workflow.acting import Act, acting
from bureaus.models import User


def publish(
    article: Article,
    *,
    by: User,
    at: datetime | None = None,
    printed_at: datetime | None = None,
    reason: str = "",
    version: int | None = None,
) -> Edition:
    """Make the first edition, live at once or, with ``at``, from then on.

    ``printed_at`` is for archives: a network editor's printed date before now, with a reason.
    """
    with acting(article, "schedule" if at else "publish", by, version) as act:
        start = start_of(act, at)
        if act.situation.pending:
            demand_may_appear(act.article, act.situation.pending, start)
            publication.move(act.situation.pending, act.situation, start)
            act.log(edition=act.situation.pending, at=start.isoformat())
            return act.situation.pending
        if printed_at:
            reason = _demand_backdating(act, printed_at, reason)
        edition = _publish(act, Edition.Kind.FIRST, start, backdated_to=printed_at)
        if printed_at:
            act.log(
                verb="backdate", reason=reason, edition=edition, printed_at=printed_at.isoformat()
            )
    return edition


def schedule(article: Article, *, by: User, at: datetime, version: int | None = None) -> Edition:
    """Publish at a time to come, or move a scheduled publication of the same text to it."""
    return publish(article, by=by, at=at, version=version)


def unschedule(article: Article, *, by: User) -> Article:
    with acting(article, "unschedule", by) as act:
        publication.cancel(act.situation.pending, act.situation)
        act.log(edition=act.situation.pending)
    return act.article


def update(
    article: Article,
    *,
    by: User,
    note: str = "",
    at: datetime | None = None,
    version: int | None = None,
) -> Edition:
    """Make the next edition; ``note`` is a sentence for readers about what is new."""
    with acting(article, "update", by, version) as act:
        return _publish(act, Edition.Kind.UPDATE, start_of(act, at), note=note.strip())


def correct(
    article: Article,
    *,
    by: User,
    notice: str,
    at: datetime | None = None,
    version: int | None = None,
) -> Edition:
    """Make the next edition together with its public correction (PPMS 4: never a silent edit)."""
    text = demand_text("notice", notice)
    with acting(article, "correct", by, version) as act:
        edition = _publish(act, Edition.Kind.CORRECTION, start_of(act, at))
        publication.add_notice(
            act.article,
            by=by,
            kind=Notice.Kind.CORRECTION,
            text=text,
            now=act.now,
            edition=edition,
        )
        act.article.save()
    return edition


def backdate(article: Article, *, by: User, printed_at: datetime, reason: str) -> Edition:
    """Give a live story a printed date before the time at which it went live."""
    with acting(article, "backdate", by) as act:
        reason = _demand_backdating(act, printed_at, reason)
        live = act.situation.live
        edition = publication.make_edition(
            act.article,
            act.situation,
            publication.copy_of(live),
            by=by,
            kind=Edition.Kind.BACKDATE,
            start=act.now,
            backdated_to=printed_at,
        )
        act.log(reason=reason, edition=edition, printed_at=printed_at.isoformat())
    return edition


def _publish(act: Act, kind: str, start: datetime, **more: Any) -> Edition:
    article = act.article
    if not article.is_approved:
        raise NotNow(_("The text has been changed since it was approved. Approve it again."))
    if article.bylines.filter(role=CreditRole.WRITER, author__user=article.approved_by).exists():
        raise NotAllowed(_("Whoever approved it is now credited as a writer. Approve it again."))
    demand_complete(article)
    demand_may_appear(article, article, start)
    edition = publication.make_edition(
        article,
        act.situation,
        publication.working_copy(article),
        by=act.by,
        kind=kind,
        start=start,
        **more,
    )
    act.log(edition=edition, at=start.isoformat())
    return edition


def start_of(act: Act, at: datetime | None) -> datetime:
    if at is None:
        return act.now
    demand_time_to_come(act.article, at, act.now)
    return at


def _demand_backdating(act: Act, printed_at: datetime, reason: str) -> str:
    if not act.by.is_network_editor:
        raise NotAllowed(_("Only a network editor may change the printed date."))
    first = act.article.editions.uncancelled().order_by("number").first()
    if printed_at >= (first.live.lower if first else act.now):
        raise BadRequest(
            "printed_at", _("The printed date must lie before the time at which it went live.")
        )
    return demand_text("reason", reason)
