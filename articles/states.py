"""Where a story stands, as the desk shows it: its stage, what readers see, the tabs of the list.

The database answers in the query that reads the stories, so that a list costs no query a row.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Edition, Event, PublicState, Stage


@dataclass(frozen=True)
class State:
    """``name`` is the shape and colour in css/desk/components/state.css."""

    name: str
    label: str | Promise


DRAFT = State("draft", _("Draft"))
SENT_BACK = State("sent-back", pgettext_lazy("state", "Sent back"))
SUBMITTED = State("submitted", _("Submitted"))
IN_REVIEW = State("in-review", _("In review"))
APPROVED = State("approved", _("Approved"))
SCHEDULED = State("scheduled", _("Scheduled"))
PUBLISHED = State("published", _("Published"))
RETRACTED = State("retracted", _("Retracted"))
SPIKED = State("spiked", _("Spiked"))

BY_NAME = {
    state.name: state
    for state in (
        DRAFT, SENT_BACK, SUBMITTED, IN_REVIEW, APPROVED, SCHEDULED, PUBLISHED, RETRACTED, SPIKED
    )
}  # fmt: skip
OF_STAGE = {
    Stage.DRAFT: DRAFT,
    Stage.SUBMITTED: SUBMITTED,
    Stage.IN_REVIEW: IN_REVIEW,
    Stage.APPROVED: APPROVED,
}


def with_states(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Stories with all that ``shown_states`` and TABS ask for."""
    editions = Edition.objects.filter(article=OuterRef("pk")).uncancelled()
    turns = Event.objects.filter(article=OuterRef("pk")).exclude(stage_before=F("stage_after"))
    return stories.with_public_state().annotate(
        is_pending=Exists(editions.pending()),
        goes_live=Subquery(editions.pending().values("live__startswith")[:1]),
        edition_version=Subquery(editions.order_by("-number").values("version")[:1]),
        last_turn=Subquery(turns.order_by("-id").values("verb")[:1]),
    )


def shown_states(story: Article) -> list[State]:
    """What to show of a story from ``with_states``: what readers see, and the desk's next step."""
    if story.public == PublicState.RETRACTED:
        return [RETRACTED]
    if story.spiked_at:
        return [SPIKED]
    shown = []
    if story.public == PublicState.LIVE:
        shown.append(PUBLISHED)
    if story.is_pending:
        shown.append(SCHEDULED)
    if not shown or story.edition_version != story.version:
        was_sent_back = story.stage == Stage.DRAFT and story.last_turn == "send_back"
        shown.append(SENT_BACK if was_sent_back else OF_STAGE[story.stage])
    return shown


_ALIVE = Q(spiked_at=None) & ~Q(public=PublicState.RETRACTED)
# Written out, because in SQL "not sent back" is neither true nor false of a story without events.
_SENT_BACK = Q(stage=Stage.DRAFT, last_turn="send_back")
_NOT_SENT_BACK = Q(last_turn=None) | ~Q(last_turn="send_back")
_NEW_TEXT = Q(edition_version=None) | ~Q(edition_version=F("version"))

# The tabs of the story list: a state and the stories under it. The first lists everything.
TABS: dict[str, tuple[State, Q]] = {
    "draft": (DRAFT, _ALIVE & _NEW_TEXT & _NOT_SENT_BACK & Q(stage=Stage.DRAFT)),
    "sent_back": (SENT_BACK, _ALIVE & _SENT_BACK),
    "submitted": (SUBMITTED, _ALIVE & Q(stage=Stage.SUBMITTED)),
    "in_review": (IN_REVIEW, _ALIVE & Q(stage=Stage.IN_REVIEW)),
    "approved": (APPROVED, _ALIVE & _NEW_TEXT & Q(stage=Stage.APPROVED)),
    "scheduled": (SCHEDULED, _ALIVE & Q(is_pending=True)),
    "published": (PUBLISHED, Q(public=PublicState.LIVE)),
    "retracted": (RETRACTED, Q(public=PublicState.RETRACTED)),
    "spiked": (SPIKED, Q(spiked_at__isnull=False)),
}
