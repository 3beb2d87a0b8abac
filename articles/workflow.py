"""The editorial workflow: the only writer of a story's stage.

Every verb takes the story's row lock, checks the table in articles/verbs.py against what is true
at that moment, writes an Event and leaves slow work to a task that starts after the commit. The
actor is always named: ``publish(article, by=editor)``. ``version`` is the revision that the actor
had before them; a verb on a text that has changed since is refused.

Raises WorkflowError, whose text is fit for the actor, and changes nothing then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import publication, sending, tasks
from articles.models import (
    AT_DESK,
    Article,
    CreditRole,
    Edition,
    Event,
    Notice,
    Placement,
    Revision,
    Stage,
)
from articles.publication import Situation
from articles.refusals import (
    BadRequest,
    Incomplete,
    NotAllowed,
    NotNow,
    TextChanged,
    WorkflowError,
    demand_complete,
    demand_may_appear,
    demand_may_run_at,
    demand_text,
    demand_time_to_come,
    may_be_seen,
    refuse,
    refuse_placement,
)
from articles.verbs import VERBS, may_be_edited
from bureaus.models import Bureau, User

__all__ = ["BadRequest", "Incomplete", "NotAllowed", "NotNow", "TextChanged", "WorkflowError"]


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
def _act(
    article: Article,
    verb: str,
    by: User,
    version: int | None = None,
    bureau: Bureau | None = None,
) -> Iterator[Act]:
    with transaction.atomic():
        locked = _lock(article)
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


def _lock(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("bureau__network", "section", "picture", "retraction_request")
        .get(pk=article.pk)
    )


# Saving


def save_revision(article: Article, *, by: User) -> Revision | None:
    """Record the saved state of a story; None when nothing differs from the last revision.

    Approval is of one revision: a change by anyone but the approver reopens the story. The caller
    has locked the row, checked ``may_be_edited`` and saved fields, bylines and tags.
    """
    content = publication.snapshot(article)
    last = article.revisions.first()
    if last and last.content == content:
        return None
    now = publication.database_now()
    article.version += 1
    article.changed_at = now
    article.filed_by = article.filer()
    revision = sending.new_revision(article, content, by=by, at=now)
    if article.stage != Stage.APPROVED:
        article.save()
        return revision
    act = Act(article, by, "reopen", Situation.of(article, now), article.stage)
    if by == article.approved_by and not article.is_written_by(by):
        article.approved_version = article.version
        act.log(verb="approve")
    else:
        act.to_stage(Stage.DRAFT)
        act.log()
    return revision


def lock_for_editing(article: Article, *, by: User) -> Article:
    """The story under its row lock, for a change of its text.

    Raises NotAllowed when the user may not edit it as it stands.
    """
    locked = _lock(article)
    if (
        not may_be_edited(locked, by)
        or Situation.of(locked, publication.database_now()).is_retracted
    ):
        raise NotAllowed(_("You cannot change this story as it stands."))
    return locked


# Verbs of the desk


def submit(article: Article, *, by: User, version: int | None = None) -> Article:
    with _act(article, "submit", by, version) as act:
        demand_complete(act.article)
        act.to_stage(Stage.SUBMITTED)
        act.log()
    return act.article


def withdraw(article: Article, *, by: User) -> Article:
    return _move(article, "withdraw", by, Stage.DRAFT)


def claim(article: Article, *, by: User) -> Article:
    with _act(article, "claim", by) as act:
        act.to_stage(Stage.IN_REVIEW)
        act.article.claimed_by = by
        act.log()
    return act.article


def release(article: Article, *, by: User) -> Article:
    return _move(article, "release", by, Stage.SUBMITTED)


def take_over(article: Article, *, by: User) -> Article:
    with _act(article, "take_over", by) as act:
        before = act.article.claimed_by
        act.article.claimed_by = by
        act.log(**{"from": before.pk})
    return act.article


def send_back(article: Article, *, by: User, reason: str) -> Article:
    return _move(article, "send_back", by, Stage.DRAFT, reason=demand_text("reason", reason))


def approve(article: Article, *, by: User, version: int | None = None) -> Article:
    with _act(article, "approve", by, version) as act:
        demand_complete(act.article)
        act.to_stage(Stage.APPROVED)
        act.article.approved_by = by
        act.article.approved_version = act.article.version
        act.log()
    return act.article


def approve_and_publish(article: Article, *, by: User, version: int | None = None) -> Edition:
    """One press, two events; both or neither."""
    with _act(article, "approve_and_publish", by, version):
        approve(article, by=by, version=version)
        return publish(article, by=by)


def reopen(article: Article, *, by: User) -> Article:
    return _move(article, "reopen", by, Stage.DRAFT)


def spike(article: Article, *, by: User, reason: str) -> Article:
    reason = demand_text("reason", reason)
    with _act(article, "spike", by) as act:
        act.article.spiked_at = act.now
        act.log(reason=reason)
    return act.article


def revive(article: Article, *, by: User) -> Article:
    with _act(article, "revive", by) as act:
        act.article.spiked_at = None
        act.log()
    return act.article


def discard(article: Article, *, by: User) -> Article:
    """Put away what was never submitted; nobody sees it again, the log keeps it."""
    with _act(article, "discard", by) as act:
        act.article.discarded_at = act.now
        act.log()
    return act.article


# Verbs that reach readers


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
    with _act(article, "schedule" if at else "publish", by, version) as act:
        start = _start(act, at)
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
    with _act(article, "unschedule", by) as act:
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
    with _act(article, "update", by, version) as act:
        return _publish(act, Edition.Kind.UPDATE, _start(act, at), note=note.strip())


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
    with _act(article, "correct", by, version) as act:
        edition = _publish(act, Edition.Kind.CORRECTION, _start(act, at))
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
    with _act(article, "backdate", by) as act:
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


def retract(article: Article, *, by: User, ground: str, reason: str) -> Article:
    """Ask for the retraction of a live story; a second editor confirms."""
    reason = demand_text("reason", reason)
    if ground not in Notice.Ground.values:
        raise BadRequest("ground", _("Choose one of the grounds."))
    with _act(article, "retract", by) as act:
        act.article.retraction_request = act.log(reason=reason, ground=ground)
        act.article.save()
    return act.article


def confirm_retraction(article: Article, *, by: User) -> Notice:
    """Take the story from readers at once; its address says when and why (PPMS 5)."""
    with _act(article, "confirm_retraction", by) as act:
        request = act.article.retraction_request
        publication.withdraw_from_readers(act.article, act.situation)
        for placement in act.article.placements.filter(shown__upper_inf=True):
            publication.end_placement(placement, act.now)
        notice = publication.add_notice(
            act.article,
            by=by,
            kind=Notice.Kind.RETRACTION,
            ground=request.details["ground"],
            text=request.reason,
            now=act.now,
            edition=act.situation.live,
        )
        act.article.retraction_request = None
        act.to_stage(Stage.DRAFT)
        act.log(reason=request.reason, edition=act.situation.live, **request.details)
    return notice


def decline_retraction(article: Article, *, by: User, reason: str) -> Article:
    reason = demand_text("reason", reason)
    with _act(article, "decline_retraction", by) as act:
        act.article.retraction_request = None
        act.log(reason=reason)
    return act.article


def place(
    article: Article,
    *,
    by: User,
    bureau: Bureau,
    local_headline: str = "",
    local_note: str = "",
    at: datetime | None = None,
) -> Placement:
    """Let another bureau run a live story, too, from now or from ``at`` on."""
    with _act(article, "place", by, bureau=bureau) as act:
        if bureau.pk == act.article.bureau_id or not bureau.is_open:
            raise BadRequest("bureau", _("Choose another open bureau."))
        if act.article.placements.filter(bureau=bureau, shown__upper_inf=True).exists():
            raise BadRequest("bureau", _("%(bureau)s already runs it.") % {"bureau": bureau})
        start = _start(act, at)
        demand_may_run_at(bureau, act.situation, start)
        placement = publication.place_in(
            bureau,
            act.article,
            act.situation,
            by=by,
            headline=local_headline.strip(),
            note=local_note.strip(),
            start=start,
        )
        act.log(bureau=bureau.slug, at=start.isoformat())
    return placement


def unplace(article: Article, *, by: User, bureau: Bureau) -> Article:
    with _act(article, "unplace", by, bureau=bureau) as act:
        placement = act.article.placements.filter(bureau=bureau, shown__upper_inf=True).first()
        if placement is None:
            raise BadRequest("bureau", _("%(bureau)s does not run it.") % {"bureau": bureau})
        publication.end_placement(placement, act.now)
        act.log(bureau=bureau.slug)
    return act.article


# What verbs have in common


def _move(article: Article, verb: str, by: User, stage: str, reason: str = "") -> Article:
    with _act(article, verb, by) as act:
        act.to_stage(stage)
        act.log(reason=reason)
    return act.article


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


def _start(act: Act, at: datetime | None) -> datetime:
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
