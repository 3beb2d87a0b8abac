"""Where a story stands, as the desk shows it: its stage, what readers see, the tabs of the list.

The database answers in the query that reads the stories, so that a list costs no query a row.
"""

from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article, PublicState, Stage
from bureaus.models import User


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
    """Stories with all that ``shown_states`` and TABS ask for; no other table is looked at."""
    return stories.annotate(
        public=Case(
            When(retracted_at__isnull=False, then=Value(PublicState.RETRACTED)),
            When(public_from__lte=Now(), then=Value(PublicState.LIVE)),
            When(public_from__gt=Now(), then=Value(PublicState.SCHEDULED)),
            default=Value(PublicState.NONE),
            output_field=CharField(),
        ),
        goes_live=Case(When(next_edition_at__gt=Now(), then=F("next_edition_at"))),
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
    if story.goes_live:
        shown.append(SCHEDULED)
    if not shown or story.edition_version != story.version:
        shown.append(SENT_BACK if story.sent_back else OF_STAGE[story.stage])
    return shown


_ALIVE = Q(spiked_at=None, retracted_at=None)
_NEW_TEXT = Q(is_out=False)

# What the desk has yet to finish: whatever readers have not, or not in its latest text.
TO_DO = _ALIVE & (_NEW_TEXT | Q(next_edition_at__gt=Now()))

# The tabs of the story list by state: its shape and colour, and the stories under it.
TABS: dict[str, tuple[State, Q]] = {
    "draft": (DRAFT, _ALIVE & _NEW_TEXT & Q(stage=Stage.DRAFT, sent_back=False)),
    "sent_back": (SENT_BACK, _ALIVE & _NEW_TEXT & Q(stage=Stage.DRAFT, sent_back=True)),
    "submitted": (SUBMITTED, _ALIVE & _NEW_TEXT & Q(stage=Stage.SUBMITTED)),
    "in_review": (IN_REVIEW, _ALIVE & _NEW_TEXT & Q(stage=Stage.IN_REVIEW)),
    "approved": (APPROVED, _ALIVE & _NEW_TEXT & Q(stage=Stage.APPROVED)),
    "scheduled": (SCHEDULED, _ALIVE & Q(next_edition_at__gt=Now())),
    "published": (PUBLISHED, Q(retracted_at=None, public_from__lte=Now())),
    "retracted": (RETRACTED, Q(retracted_at__isnull=False)),
    "spiked": (SPIKED, Q(spiked_at__isnull=False)),
}


def in_review_by(user: User, *, is_reader: bool) -> State:
    """Whose hands a story is in; ``is_reader``: the person who reads this is meant."""
    name = user.first_name or user
    words = gettext("In review by %(name)s") % {"name": name}
    return State(IN_REVIEW.name, gettext("In review by you") if is_reader else words)
