"""The stories that wait for an editor, in the order in which they should be taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from articles.approval_clock import LATE, Wait, wait_of
from articles.dates import day_begins
from articles.models import Article, Byline, CreditRole, Event, Stage
from bureaus.models import Bureau, User

SHOWN = 30
LONGEST_SHOWN = 8
URGENT_SHOWN = 12
DECISIONS = 500  # as many of today's as the median is made of


@dataclass(frozen=True)
class Row:
    """One story that waits, and what this editor can do with it first."""

    story: Article
    wait: Wait
    verb: str  # "claim", "continue" or "open"
    is_own: bool


def queue_of(user: User, bureaus: Iterable[Bureau], now: datetime) -> list[Row]:
    """Breaking news first, then by waiting; the first of them, one more than SHOWN."""
    stories = _at_desk(user).filter(bureau__in=list(bureaus))
    found = stories.order_by(F("breaking").desc(), "submitted_at", "id")
    return [_row(story, user, now) for story in found[: SHOWN + 1]]


def longest_waiting(user: User, bureaus: Iterable[Bureau], now: datetime) -> list[Row]:
    """Of all these bureaus together, claimed or not."""
    stories = _at_desk(user).filter(bureau__in=list(bureaus))
    found = stories.order_by("submitted_at", "id")[:LONGEST_SHOWN]
    return [_row(story, user, now) for story in found]


def unclaimed_breaking(user: User, bureaus: Iterable[Bureau], now: datetime) -> list[Row]:
    """Breaking news that nobody has claimed; what is over its bureau's limit rises to the top."""
    stories = _at_desk(user).filter(breaking=True, stage=Stage.SUBMITTED, bureau__in=list(bureaus))
    found = stories.order_by("submitted_at", "id")[:URGENT_SHOWN]
    rows = [_row(story, user, now) for story in found]
    return sorted(rows, key=lambda row: (row.wait.tone != LATE, -row.wait.minutes))


def usual_wait(bureau: Bureau, now: datetime) -> float | None:
    """The median of the minutes that stories of the bureau waited for today's decisions."""
    submitted = Event.objects.filter(
        article=OuterRef("article"), verb="submit", id__lt=OuterRef("id")
    ).order_by("-id")
    decisions = (
        Event.objects.filter(
            verb__in=["approve", "send_back"],
            stage_before="in_review",
            at__gte=day_begins(now, bureau.zone),
            article__bureau=bureau,
        )
        .annotate(waited=F("at") - Subquery(submitted.values("at")[:1]))
        .order_by("-at")
    )
    waits = decisions.values_list("waited", flat=True)[:DECISIONS]
    minutes = [waited.total_seconds() / 60 for waited in waits if waited is not None]
    return median(minutes) if minutes else None


def with_names(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Stories with what a line of the home page prints, and without their text."""
    writers = Byline.objects.filter(role=CreditRole.WRITER).select_related("author")
    return (
        stories.select_related("bureau", "section", "claimed_by")
        .prefetch_related(Prefetch("bylines", writers, to_attr="writers"))
        .defer("body", "summary")
    )


def with_approval(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Stories with ``approved_at``: when their text was last approved, be it by a save of the
    approver, which leaves the stage as it is."""
    approvals = Event.objects.filter(article=OuterRef("pk"), verb="approve").order_by("-id")
    return stories.annotate(approved_at=Subquery(approvals.values("at")[:1]))


def _at_desk(user: User) -> QuerySet[Article]:
    return with_names(Article.objects.for_user(user).filter(submitted_at__isnull=False))


def _row(story: Article, user: User, now: datetime) -> Row:
    is_own = any(line.author.user_id == user.pk for line in story.writers)
    verb = "open"
    if story.claimed_by_id == user.pk:
        verb = "continue"
    elif story.stage == Stage.SUBMITTED and not is_own:
        # Whoever wrote it may claim it, too, but somebody else has to approve it.
        verb = "claim"
    return Row(story, wait_of(story, now), verb, is_own)
