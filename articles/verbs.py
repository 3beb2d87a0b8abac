"""The table of the editorial workflow: every verb, who may do it, when, and what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.models import Article, Stage
from articles.publication import Situation
from articles.unrevised import SET
from bureaus.models import Role, User


def is_editor(article: Article, user: User) -> bool:
    return user.is_editor_of(article.bureau_id)


def is_network_editor(article: Article, user: User) -> bool:
    return user.is_network_editor


def is_reporter_of(article: Article, user: User) -> bool:
    """Whether it is the user's own story, at a bureau for which the user still reports."""
    return user.holds(Role.REPORTER, article.bureau_id) and article.is_own_story_of(user)


def is_anyone_on_it(article: Article, user: User) -> bool:
    return is_editor(article, user) or is_reporter_of(article, user)


def is_author(article: Article, user: User) -> bool:
    """Whoever created, filed or is credited for it; an editor sends back, with a reason."""
    return is_anyone_on_it(article, user) and article.is_own_story_of(user)


def is_holder(article: Article, user: User) -> bool:
    return is_editor(article, user) and article.claimed_by_id == user.pk


def is_other_editor(article: Article, user: User) -> bool:
    return is_editor(article, user) and article.claimed_by_id != user.pk


def is_holder_and_no_writer(article: Article, user: User) -> bool:
    return is_holder(article, user) and not article.is_written_by(user)


def decides_about_it(article: Article, user: User) -> bool:
    """Whoever reviews it or, once it is approved, any editor: two see more than one."""
    if article.stage == Stage.APPROVED:
        return is_editor(article, user)
    return is_holder(article, user)


def is_approver(article: Article, user: User) -> bool:
    return is_editor(article, user) and article.approved_by_id == user.pk


def is_second_editor(article: Article, user: User) -> bool:
    """An editor who is not the one that asked for the retraction."""
    request = article.retraction_request
    return is_editor(article, user) and (request is None or request.by_id != user.pk)


def is_creator(article: Article, user: User) -> bool:
    return user.pk == article.created_by_id and is_anyone_on_it(article, user)


def may_be_edited(article: Article, user: User) -> bool:
    """Whether the user may change the text as it stands.

    A reporter may while the desk has not taken the story, and again to prepare the next edition.
    """
    if article.spiked_at or article.discarded_at:
        return False
    if is_editor(article, user):
        return True
    return article.stage in (Stage.DRAFT, Stage.APPROVED) and is_reporter_of(article, user)


When = Callable[[Article, Situation], bool]


def always(article: Article, situation: Situation) -> bool:
    return not article.spiked_at and not situation.is_retracted


def text_is_new(article: Article, situation: Situation) -> bool:
    """Whether the approved revision is in no edition yet."""
    last = situation.last
    return always(article, situation) and (last is None or last.version != article.version)


def may_be_sent_back(article: Article, situation: Situation) -> bool:
    """While it is reviewed and, once it is approved, until its text is in an edition."""
    if article.stage == Stage.APPROVED:
        return text_is_new(article, situation)
    return always(article, situation)


def is_first(article: Article, situation: Situation) -> bool:
    return text_is_new(article, situation) and situation.last is None


def is_next(article: Article, situation: Situation) -> bool:
    return text_is_new(article, situation) and bool(situation.live) and not situation.pending


def may_be_scheduled(article: Article, situation: Situation) -> bool:
    """A first publication, or a pending edition that moves to another time."""
    if situation.pending:
        return always(article, situation)
    return article.stage == Stage.APPROVED and is_first(article, situation)


def is_pending(article: Article, situation: Situation) -> bool:
    return always(article, situation) and bool(situation.pending)


def is_live(article: Article, situation: Situation) -> bool:
    return always(article, situation) and bool(situation.live)


def is_settled_live(article: Article, situation: Situation) -> bool:
    return is_live(article, situation) and not situation.pending


def may_be_retracted(article: Article, situation: Situation) -> bool:
    return is_live(article, situation) and article.retraction_request is None


def retraction_is_asked(article: Article, situation: Situation) -> bool:
    return is_live(article, situation) and article.retraction_request is not None


def is_placed(article: Article, situation: Situation) -> bool:
    """Whether another bureau runs it, too, or is about to."""
    return is_live(article, situation) and article.placements.filter(shown__upper_inf=True).exists()


def was_never_public(article: Article, situation: Situation) -> bool:
    return always(article, situation) and situation.last is None


def was_never_submitted(article: Article, situation: Situation) -> bool:
    return was_never_public(article, situation) and not article.events.exclude(verb=SET).exists()


def is_spiked(article: Article, situation: Situation) -> bool:
    return article.spiked_at is not None


EVERY_STAGE = frozenset(Stage.values)


@dataclass(frozen=True)
class Verb:
    """One line of the table.

    ``asks`` names what the actor must or may give (fields of articles.verb_form.VerbForm);
    ``tone`` is how its button looks: "main", "public" (reaches readers), "danger" or "".
    """

    label: str
    stages: frozenset[str]
    who: Callable[[Article, User], bool]
    when: When = always
    asks: tuple[str, ...] = ()
    tone: str = ""


VERBS: dict[str, Verb] = {
    "submit": Verb(_("Submit"), frozenset({Stage.DRAFT}), is_anyone_on_it, tone="main"),
    "withdraw": Verb(_("Withdraw"), frozenset({Stage.SUBMITTED}), is_author),
    "claim": Verb(_("Claim"), frozenset({Stage.SUBMITTED}), is_editor, tone="main"),
    "release": Verb(_("Release"), frozenset({Stage.IN_REVIEW}), is_holder),
    "take_over": Verb(_("Take over"), frozenset({Stage.IN_REVIEW}), is_other_editor),
    "send_back": Verb(
        _("Send back"),
        frozenset({Stage.IN_REVIEW, Stage.APPROVED}),
        decides_about_it,
        may_be_sent_back,
        asks=("reason",),
    ),
    "approve": Verb(
        _("Approve"), frozenset({Stage.IN_REVIEW}), is_holder_and_no_writer, tone="main"
    ),
    "approve_and_publish": Verb(
        _("Approve and publish"),
        frozenset({Stage.IN_REVIEW}),
        is_holder_and_no_writer,
        was_never_public,
        tone="public",
    ),
    "approve_and_schedule": Verb(
        _("Approve and schedule"),
        frozenset({Stage.IN_REVIEW}),
        is_holder_and_no_writer,
        was_never_public,
        asks=("at",),
        tone="public",
    ),
    "publish": Verb(_("Publish"), frozenset({Stage.APPROVED}), is_editor, is_first, tone="public"),
    "schedule": Verb(
        _("Schedule"), EVERY_STAGE, is_editor, may_be_scheduled, asks=("at",), tone="public"
    ),
    "unschedule": Verb(_("Cancel the schedule"), EVERY_STAGE, is_editor, is_pending),
    "update": Verb(
        _("Publish as an update"),
        frozenset({Stage.APPROVED}),
        is_editor,
        is_next,
        asks=("note", "at"),
        tone="public",
    ),
    "correct": Verb(
        _("Publish as a correction"),
        frozenset({Stage.APPROVED}),
        is_editor,
        is_next,
        asks=("notice", "at"),
        tone="public",
    ),
    "reopen": Verb(_("Reopen"), frozenset({Stage.APPROVED}), is_approver),
    "backdate": Verb(
        _("Change the printed date"),
        EVERY_STAGE,
        is_network_editor,
        is_settled_live,
        asks=("printed_at", "reason"),
    ),
    "retract": Verb(
        _("Ask for retraction"),
        EVERY_STAGE,
        is_editor,
        may_be_retracted,
        asks=("ground", "reason"),
        tone="danger",
    ),
    "confirm_retraction": Verb(
        _("Confirm the retraction"),
        EVERY_STAGE,
        is_second_editor,
        retraction_is_asked,
        tone="danger",
    ),
    "decline_retraction": Verb(
        _("Decline the retraction"), EVERY_STAGE, is_editor, retraction_is_asked, asks=("reason",)
    ),
    "place": Verb(
        _("Run in another bureau"),
        EVERY_STAGE,
        is_editor,
        is_live,
        asks=("bureau", "local_headline", "local_note", "at"),
    ),
    "unplace": Verb(
        _("Stop running in another bureau"), EVERY_STAGE, is_editor, is_placed, asks=("bureau",)
    ),
    "spike": Verb(
        _("Spike"),
        frozenset({Stage.DRAFT}),
        is_editor,
        was_never_public,
        asks=("reason",),
        tone="danger",
    ),
    "revive": Verb(_("Revive"), frozenset({Stage.DRAFT}), is_editor, is_spiked),
    "discard": Verb(
        _("Discard"),
        frozenset({Stage.DRAFT}),
        is_creator,
        was_never_submitted,
        tone="danger",
    ),
}
