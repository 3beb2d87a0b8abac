"""A writer's own texts, by what they wait for: an end, a repair, an editor, readers."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Prefetch, QuerySet, Subquery

from articles.approval_clock import Wait, wait_of
from articles.checked_text import Text
from articles.models import Address, Article, Byline, Event
from articles.states import TABS, with_states
from articles.story_checks import Check, demands_not_met
from articles.waiting import with_approval, with_names
from bureaus.models import Author, User

SHOWN = 6  # drafts and published stories; the rest is a link away
AT_DESK_SHOWN = 20
SENT_BACK_SHOWN = 20
CREDITED = 300


@dataclass(frozen=True)
class Draft:
    """A draft and how far it is: ``lacking`` is what holds it back from being submitted."""

    story: Article
    text: Text

    @property
    def lacking(self) -> list[Check]:
        return demands_not_met(self.text)


@dataclass(frozen=True)
class Submitted:
    """An own story that waits for an editor's decision."""

    story: Article
    wait: Wait


def sent_back_to(user: User) -> list[Event]:
    """The latest sending back of each own story that still waits for its writer."""
    stories = _newest(user, ["sent_back"], "-stage_since", "-id", limit=SENT_BACK_SHOWN)
    events = (
        Event.objects.filter(article__in=[story.pk for story in stories], verb="send_back")
        .select_related("article__bureau", "by")
        .order_by("article_id", "-id")
        .distinct("article_id")
    )
    return sorted(events, key=lambda event: event.at, reverse=True)


def drafts_of(user: User) -> list[Draft]:
    """The drafts changed last; one more than SHOWN tells that there are others."""
    stories = _newest(user, ["draft"], "-changed_at", "-id", limit=SHOWN + 1)
    found = stories.select_related("bureau", "picture").prefetch_related("bylines", "tags")
    return [Draft(story, Text.of(story)) for story in found]


def with_editor(user: User, now: datetime) -> list[Submitted]:
    """What waits longest stands first."""
    at_desk = ["submitted", "in_review"]
    stories = _newest(user, at_desk, "submitted_at", "id", limit=AT_DESK_SHOWN)
    return [Submitted(story, wait_of(story, now)) for story in with_names(stories)]


def cleared_of(user: User) -> list[Article]:
    """Approved, or scheduled: readers will see it."""
    cleared = ["approved", "scheduled"]
    return list(
        with_approval(with_names(_newest(user, cleared, "-changed_at", "-id", limit=SHOWN)))
    )


def published_of(user: User) -> list[Article]:
    """What readers see, the newest first."""
    return list(with_address(_newest(user, ["published"], "-public_from", "-id", limit=SHOWN)))


def _newest(user: User, tabs: list[str], *order: str, limit: int) -> QuerySet[Article]:
    """The first of the user's stories under any of the tabs, in that order.

    However many stories the user has, it reads the short lists that indexes have of those the
    user created, tab by tab, and the CREDITED newest of those that credit the user.
    """
    conditions = [TABS[tab][1] for tab in tabs]
    # As the indexes say it: an index is used only where the planner sees that it has all of them.
    stories = Article.objects.filter(discarded_at=None).order_by(*order)
    created = [
        stories.filter(condition, created_by=user).values("pk")[:limit] for condition in conditions
    ]
    author = Author.objects.filter(user=user).values("pk")[:1]
    credited = Byline.objects.filter(author=Subquery(author)).order_by("-article")
    any_of_them = reduce(or_, conditions)
    newest = stories.filter(any_of_them, pk__in=credited.values("article")[:CREDITED])
    found = newest.values("pk")[:limit].union(*created, all=True)
    own = Article.objects.own_of(user).filter(any_of_them, pk__in=found)
    return with_states(own).order_by(*order)[:limit]


def with_address(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Stories that readers see, with their address as ``addresses_now``."""
    addresses = Address.objects.filter(is_current=True).select_related("bureau")
    named = with_names(stories).select_related("picture")
    return named.prefetch_related(Prefetch("addresses", addresses, to_attr="addresses_now"))
