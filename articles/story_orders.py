"""The orders in which the desk lists stories.

Each is a moment by which articles/keyset.py cuts: the later the moment, the higher the story. A
queue is turned round for that: the longer a story has waited, the later its place.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import AT_DESK, Article, Stage


@dataclass(frozen=True)
class Order:
    """``by`` is the field or annotation to cut by, ``words`` what is said below the list."""

    by: str
    words: str | Promise
    moment: Case | ExpressionWrapper | None = None

    def of(self, stories: QuerySet[Article]) -> QuerySet[Article]:
        """The stories from ``with_states`` with the moment on each."""
        if self.moment is None:
            return stories
        stories = stories.annotate(awaited_since=Coalesce("goes_live", "stage_since"))
        return stories.annotate(**{self.by: self.moment})


def _turned(year: int, since: str) -> ExpressionWrapper:
    """A moment around that year, the later the earlier ``since`` is."""
    now_or_so = Value(datetime(2030, 1, 1, tzinfo=UTC))
    start = Value(datetime(year, 1, 1, tzinfo=UTC))
    return ExpressionWrapper(start + (now_or_so - F(since)), DateTimeField())


BY_CHANGE = Order("changed_at", _("newest change first"))
# The same for few stories that words have found: an order that no index has, so that the index of
# words is used and not the whole archive gone through in its order.
BY_CHANGE_OF_FEW = Order(
    "found_at",
    BY_CHANGE.words,
    ExpressionWrapper(F("changed_at") + Value(timedelta()), DateTimeField()),
)
BY_START = Order("soonest", _("next to go live first"), _turned(3000, "next_edition_at"))
# What waits for an editor, then what waits for readers, then what is with its writer: the last in
# the years in which it was changed, the others in years that no change has.
BY_QUEUE = Order(
    "place",
    _("breaking news first, then what has waited longest"),
    Case(
        When(stage__in=AT_DESK, breaking=True, then=_turned(4500, "submitted_at")),
        When(stage=Stage.APPROVED, breaking=True, then=_turned(4000, "awaited_since")),
        When(stage__in=AT_DESK, then=_turned(3500, "submitted_at")),
        When(stage=Stage.APPROVED, then=_turned(3000, "awaited_since")),
        default=F("changed_at"),
        output_field=DateTimeField(),
    ),
)
