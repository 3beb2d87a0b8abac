"""Why a verb is refused, in words for the one who pressed it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from articles import rights, states
from articles.dates import printed_date, stamp_in_words
from articles.models import Article, Content
from articles.publication import Situation
from articles.story_checks import Check, failed_checks
from articles.verbs import VERBS, is_settled_live, text_is_new
from bureaus.models import Bureau, User
from newsroom.unseen import without_unseen


class WorkflowError(Exception):
    """A verb that was refused. The text says what is the matter and what to do."""


class NotAllowed(WorkflowError):
    """This person may not do this to this story."""


class NotNow(WorkflowError):
    """The story is not in a state for it; often somebody else was faster."""


class TextUnchanged(NotNow):
    """Readers have this text already; the next edition needs another."""


class UnderEmbargo(NotNow):
    """Readers must not see the story yet; another time would do."""


class TextChanged(WorkflowError):
    """The text is no longer the one that the actor decided about."""


class Undecided(WorkflowError):
    """The actor's own text waits beside the saved one for a choice; ``key`` is that text's."""

    def __init__(self, verb: str, key: UUID):
        super().__init__(
            _(
                "“%(verb)s” has not been done: a text of yours waits for you to choose between it"
                " and the saved one. Choose first, then press “%(verb)s” again."
            )
            % {"verb": VERBS[verb].label}
        )
        self.key = key


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


def may_be_seen(article: Article, by: User) -> bool:
    return Article.objects.for_user(by).filter(pk=article.pk).exists()


def refuse(name: str, article: Article, situation: Situation, by: User) -> None:
    """Raise NotAllowed or NotNow unless the table grants the verb at this moment."""
    verb = VERBS[name]
    if not may_be_seen(article, by):
        raise NotAllowed(_("This story is not yours to see."))
    has_nothing_new = is_settled_live(article, situation) and not text_is_new(article, situation)
    if name in ("update", "correct") and has_nothing_new:
        raise TextUnchanged(
            _(
                "Readers already have this text. Change the text first, have it approved, then"
                " publish it as an update or a correction."
            )
        )
    if article.stage not in verb.stages or not verb.when(article, situation):
        raise NotNow(
            _("“%(verb)s” is not possible now: the story is %(states)s.")
            % {"verb": verb.label, "states": _states_of(article)}
        )
    if verb.who(article, by):
        return
    if by.is_editor_of(article.bureau_id):
        if name == "reopen":
            raise NotAllowed(
                _(
                    "Only the one who approved it reopens it. Send it back with a reason, or change"
                    " the text yourself."
                )
            )
        if article.claimed_by_id not in (None, by.pk):
            raise NotNow(
                _("%(name)s is reviewing this story. Take it over first.")
                % {"name": article.claimed_by}
            )
        if article.is_written_by(by):
            raise NotAllowed(
                _("You are credited as a writer. Another editor must decide about this story.")
            )
        if name == "confirm_retraction":
            raise NotAllowed(_("You asked for it yourself. A second editor must confirm."))
    raise NotAllowed(_("You may not do this: %(verb)s.") % {"verb": verb.label})


def _states_of(article: Article) -> str:
    """In the words of the tabs and of the story's bar."""
    story = states.with_states(Article.objects.filter(pk=article.pk)).get()
    return ", ".join(f"“{state.label}”" for state in states.shown_states(story))


def refuse_placement(
    name: str, article: Article, situation: Situation, by: User, bureau: Bureau
) -> None:
    """As refuse(), for editors of either bureau, as far as the network lets the home bureau."""
    at_home = by.is_editor_of(article.bureau_id) and (
        article.bureau.network.home_places_elsewhere or name == "unplace"
    )
    if not at_home and not by.is_editor_of(bureau.pk):
        raise NotAllowed(_("You may not do this: %(verb)s.") % {"verb": VERBS[name].label})
    if situation.live is None:
        raise NotNow(_("Only a story that is live can run in another bureau."))
    if not VERBS[name].when(article, situation):
        raise NotNow(_("No other bureau runs it."))


def demand_text(field: str, text: str) -> str:
    """The text without outer space and what is unseen. Raises BadRequest for the field when nothing
    is left."""
    words = without_unseen(text).strip()
    if not words:
        raise BadRequest(field, _("Write a few words here: others will read them."))
    return words


def demand_complete(article: Article) -> None:
    """Raise Incomplete when a check that blocks has failed."""
    failed = failed_checks(article)
    if failed:
        raise Incomplete(failed)


def demand_may_appear(article: Article, content: Content, start: datetime) -> None:
    """Refuse a time at which readers must not see the story, or no more a picture in it.

    ``content`` is what they would see. Raises UnderEmbargo, or BadRequest for a right.
    """
    demand_no_embargo(article, start)
    _demand_rights(content, start)
    elsewhere = article.placements.filter(shown__upper_inf=True).select_related("bureau")
    _demand_shared([placement.bureau for placement in elsewhere], content)


def demand_may_run_at(bureau: Bureau, situation: Situation, start: datetime) -> None:
    """Refuse a bureau that may not show a picture of the story as it is, or is about to be, out.

    Raises BadRequest.
    """
    contents = [edition for edition in (situation.live, situation.pending) if edition]
    _demand_shared([bureau], *contents)
    for content in contents:
        _demand_rights(content, start)


def _demand_shared(bureaus: list[Bureau], *contents: Content) -> None:
    for bureau, pictures in rights.closed_to(bureaus, *contents).items():
        raise BadRequest(
            "bureau",
            _(
                "%(bureau)s may not use %(pictures)s. Have it shared with that bureau first, or"
                " choose another picture."
            )
            % {"bureau": bureau, "pictures": rights.named(pictures)},
        )


def demand_no_embargo(article: Article, start: datetime) -> None:
    """Raise UnderEmbargo for a time before the story's embargo ends."""
    if article.embargo_until and start < article.embargo_until:
        raise UnderEmbargo(
            _("The story is under embargo until %(time)s.")
            % {"time": stamp_in_words(article.embargo_until, article.bureau)}
        )


def _demand_rights(content: Content, start: datetime) -> None:
    # What has ended already is for demand_complete().
    over = rights.over_at(start, content)
    if over:
        raise BadRequest(
            "at",
            " ".join(
                _(
                    "The right to use %(picture)s ends on %(date)s, before this time. Choose an"
                    " earlier one, or another picture, or have the right prolonged."
                )
                % {"picture": picture.named, "date": printed_date(picture.usable_until)}
                for picture in over
            ),
        )


def demand_time_to_come(article: Article, at: datetime, now: datetime) -> None:
    """Raise BadRequest for a time that has passed."""
    if at <= now:
        raise BadRequest(
            "at",
            _("This time has passed: %(time)s. Choose one to come.")
            % {"time": stamp_in_words(at, article.bureau)},
        )
