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
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from articles import listings, publication, tasks
from articles.dates import printed_stamp
from articles.models import (
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
from articles.story_checks import Check, failed_checks
from articles.verbs import VERBS, Verb, may_be_edited
from bureaus.models import Bureau, User


class WorkflowError(Exception):
    """A verb that was refused. The text says what is the matter and what to do."""


class NotAllowed(WorkflowError):
    """This person may not do this to this story."""


class NotNow(WorkflowError):
    """The story is not in a state for it; often somebody else was faster."""


class TextChanged(WorkflowError):
    """The text is no longer the one that the actor decided about."""


class Incomplete(WorkflowError):
    """Checks that block have failed; ``checks`` names them."""

    def __init__(self, checks: list[Check]):
        super().__init__(" ".join(str(check.message) for check in checks))
        self.checks = checks


class BadRequest(WorkflowError):
    """What the verb was told will not do; ``field`` is the one to mend."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


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
        article.stage = stage
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
            details=details,
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
def _act(article: Article, verb_name: str, by: User, version: int | None = None) -> Iterator[Act]:
    verb = VERBS[verb_name]
    with transaction.atomic():
        locked = _lock(article)
        situation = Situation.of(locked, publication.database_now())
        _refuse(verb, locked, situation, by)
        if version is not None and version != locked.version:
            raise TextChanged(
                _("The text has been changed since you opened it. Read it again, then decide.")
            )
        yield Act(locked, by, verb_name, situation, locked.stage)


def _lock(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("bureau__network", "section", "picture", "retraction_request")
        .get(pk=article.pk)
    )


def _refuse(verb: Verb, article: Article, situation: Situation, by: User) -> None:
    if not may_be_seen(article, by):
        raise NotAllowed(_("This story is not yours to see."))
    if article.stage not in verb.stages or not verb.when(article, situation):
        raise NotNow(
            _("“%(verb)s” is not possible now: the story is “%(stage)s” and “%(public)s”.")
            % {
                "verb": verb.label,
                "stage": _("Spiked") if article.spiked_at else article.get_stage_display(),
                "public": situation.public.label,
            }
        )
    if verb.who(article, by):
        return
    if by.is_editor_of(article.bureau_id):
        if article.claimed_by_id not in (None, by.pk):
            raise NotNow(
                _("%(name)s is reviewing this story. Take it over first.")
                % {"name": article.claimed_by}
            )
        if article.is_written_by(by):
            raise NotAllowed(
                _("You are credited as a writer. Another editor must decide about this story.")
            )
        if verb is VERBS["confirm_retraction"]:
            raise NotAllowed(_("You asked for it yourself. A second editor must confirm."))
    raise NotAllowed(_("You may not do this: %(verb)s.") % {"verb": verb.label})


def may_be_seen(article: Article, by: User) -> bool:
    return Article.objects.for_user(by).filter(pk=article.pk).exists()


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
    article.filed_by = _filer(article)
    revision = Revision.objects.create(
        article=article, number=article.version, content=content, saved_by=by, saved_at=now
    )
    act = Act(article, by, "reopen", Situation.of(article, now), article.stage)
    if article.stage != Stage.APPROVED:
        article.save()
    elif by == article.approved_by and not article.is_written_by(by):
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


def _filer(article: Article) -> User | None:
    """Whoever typed the story in, when that is none of its writers."""
    writers = article.bylines.filter(role=CreditRole.WRITER)
    if not writers.exists() or writers.filter(author__user=article.created_by).exists():
        return None
    return article.created_by


# Verbs of the desk


def submit(article: Article, *, by: User, version: int | None = None) -> Article:
    with _act(article, "submit", by, version) as act:
        _demand_complete(act.article)
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
    return _move(article, "send_back", by, Stage.DRAFT, reason=_demand("reason", reason))


def approve(article: Article, *, by: User, version: int | None = None) -> Article:
    with _act(article, "approve", by, version) as act:
        _demand_complete(act.article)
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
    reason = _demand("reason", reason)
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
            _demand_no_embargo(act.article, start)
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
    text = _demand("notice", notice)
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
    reason = _demand("reason", reason)
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
        publication.withdraw_from_readers(act.situation)
        for placement in act.article.placements.filter(shown__upper_inf=True):
            _end_placement(placement, act.now)
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
    reason = _demand("reason", reason)
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
    with _act_on_placement(article, "place", by, bureau) as act:
        if bureau.pk == act.article.bureau_id or not bureau.is_open:
            raise BadRequest("bureau", _("Choose another open bureau."))
        if act.article.placements.filter(bureau=bureau, shown__upper_inf=True).exists():
            raise BadRequest("bureau", _("%(bureau)s already runs it.") % {"bureau": bureau})
        placement = Placement.objects.create(
            article=act.article,
            bureau=bureau,
            headline=local_headline.strip(),
            note=local_note.strip(),
            shown=DateTimeTZRange(_start(act, at), None),
            placed_by=by,
        )
        for edition in filter(None, (act.situation.live, act.situation.pending)):
            listings.enter_placement(placement, edition)
        act.log(bureau=bureau.slug)
    return placement


def unplace(article: Article, *, by: User, bureau: Bureau) -> Article:
    with _act_on_placement(article, "unplace", by, bureau) as act:
        placement = act.article.placements.filter(bureau=bureau, shown__upper_inf=True).first()
        if placement is None:
            raise BadRequest("bureau", _("%(bureau)s does not run it.") % {"bureau": bureau})
        _end_placement(placement, act.now)
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
    _demand_complete(article)
    _demand_no_embargo(article, start)
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
    if at <= act.now:
        raise BadRequest(
            "at",
            _("This time has passed: %(time)s. Choose one to come.")
            % {"time": printed_stamp(at, act.article.bureau)},
        )
    return at


def _demand(field: str, text: str) -> str:
    if not text.strip():
        raise BadRequest(field, _("Write a few words here: others will read them."))
    return text.strip()


def _demand_complete(article: Article) -> None:
    failed = failed_checks(article)
    if failed:
        raise Incomplete(failed)


def _demand_no_embargo(article: Article, start: datetime) -> None:
    if article.embargo_until and start < article.embargo_until:
        raise NotNow(
            _("The story is under embargo until %(time)s.")
            % {"time": printed_stamp(article.embargo_until, article.bureau)}
        )


def _demand_backdating(act: Act, printed_at: datetime, reason: str) -> str:
    if not act.by.is_network_editor:
        raise NotAllowed(_("Only a network editor may change the printed date."))
    first = act.article.editions.uncancelled().order_by("number").first()
    if printed_at >= (first.live.lower if first else act.now):
        raise BadRequest(
            "printed_at", _("The printed date must lie before the time at which it went live.")
        )
    return _demand("reason", reason)


def _end_placement(placement: Placement, end: datetime) -> None:
    placement.shown = DateTimeTZRange(min(placement.shown.lower, end), end)
    placement.save(update_fields=["shown"])
    placement.listings.all().delete()


@contextmanager
def _act_on_placement(article: Article, verb: str, by: User, bureau: Bureau) -> Iterator[Act]:
    """As _act, for editors of either bureau, as far as the network lets the home bureau."""
    with transaction.atomic():
        locked = _lock(article)
        situation = Situation.of(locked, publication.database_now())
        at_home = by.is_editor_of(locked.bureau_id) and (
            locked.bureau.network.home_places_elsewhere or verb == "unplace"
        )
        if not at_home and not by.is_editor_of(bureau.pk):
            raise NotAllowed(_("You may not do this: %(verb)s.") % {"verb": VERBS[verb].label})
        if not VERBS[verb].when(locked, situation):
            raise NotNow(_("Only a story that is live can run in another bureau."))
        yield Act(locked, by, verb, situation, locked.stage)
