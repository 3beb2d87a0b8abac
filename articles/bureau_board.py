"""The bureaus at a glance: clock and figures of each, and which of its editors are at the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.formats import number_format

from articles.approval_clock import Clock, Wait
from articles.dates import day_begins
from articles.models import Article, Event, Presence
from bureaus.models import Bureau, Membership, Role, TimeZone, User

MOST_COUNTED = 1000
MARKS = 60  # on one clock
# Whoever did a verb so lately, or has had a story open since then, is at the desk.
LATELY = timedelta(minutes=30)


class CountUpTo(Subquery):
    """How many rows a sliced query finds."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Line:
    """One bureau. ``here`` are its editors who are at the desk, ``has_editor`` if it has any."""

    bureau: Bureau
    clock: Clock
    waiting: str
    scheduled: str
    published: str
    here: list[User]
    has_editor: bool

    @property
    def is_left_alone(self) -> bool:
        """Whether stories wait and nobody is there to take them."""
        return bool(self.clock.waits) and not self.here


def capped(number: int) -> str:
    """A count that was stopped at MOST_COUNTED says so: 1,000+."""
    shown = number_format(min(number, MOST_COUNTED), force_grouping=True)
    return f"{shown}+" if number > MOST_COUNTED else shown


def lines(user: User, bureaus: QuerySet[Bureau], now: datetime) -> list[Line]:
    """A line for each bureau, in the order of the query; ``user`` is at the desk."""
    found = list(_with_figures(bureaus, now))
    here, has_editor = _editors(user, found, now)
    return [
        Line(
            bureau,
            Clock(bureau, [_wait(bureau, mark, now) for mark in bureau.marks]),
            capped(bureau.waiting),
            capped(bureau.scheduled),
            capped(bureau.published),
            here[bureau.pk],
            has_editor[bureau.pk],
        )
        for bureau in found
    ]


def _with_figures(bureaus: QuerySet[Bureau], now: datetime) -> QuerySet[Bureau]:
    stories = Article.objects.filter(bureau=OuterRef("pk")).order_by()
    waiting = stories.filter(submitted_at__isnull=False)
    marks = waiting.order_by("-breaking", "submitted_at", "id").values(
        mark=JSONObject(since="submitted_at", claimed="claimed_by", breaking="breaking")
    )
    scheduled = stories.filter(next_edition_at__gt=now, next_edition_at__lt=OuterRef("tomorrow"))
    published = stories.filter(
        public_from__gte=OuterRef("midnight"), public_from__lte=now, retracted_at=None
    )
    return bureaus.annotate(
        midnight=_by_zone(lambda zone: day_begins(now, zone)),
        tomorrow=_by_zone(lambda zone: day_begins(now, zone) + timedelta(days=1)),
        marks=ArraySubquery(marks[:MARKS]),
        waiting=_count(waiting),
        scheduled=_count(scheduled),
        published=_count(published),
    )


def _by_zone(moment: Callable[[ZoneInfo], datetime]) -> Case:
    return Case(
        *(When(time_zone=name, then=Value(moment(ZoneInfo(name)))) for name in TimeZone.values),
        output_field=DateTimeField(),
    )


def _count(stories: QuerySet[Article]) -> CountUpTo:
    return CountUpTo(stories.values("pk")[: MOST_COUNTED + 1])


def _wait(bureau: Bureau, mark: dict, now: datetime) -> Wait:
    return Wait.of(
        bureau,
        datetime.fromisoformat(mark["since"]),
        now,
        is_claimed=mark["claimed"] is not None,
        is_breaking=mark["breaking"],
    )


def _editors(
    user: User, bureaus: list[Bureau], now: datetime
) -> tuple[dict[int, list[User]], dict[int, bool]]:
    """By the bureaus' ids: the editors who are at the desk, and whether there are any at all."""
    since = now - LATELY
    theirs = OuterRef("user")
    memberships = (
        Membership.objects.filter(role=Role.BUREAU_EDITOR, user__is_active=True)
        .filter(Q(bureau=None) | Q(bureau__in=bureaus))
        .annotate(
            is_here=Exists(Presence.objects.filter(user=theirs, seen_at__gte=since))
            | Exists(Event.objects.filter(by=theirs, at__gte=since))
        )
        .select_related("user")
        .order_by("user__first_name", "user__last_name", "user")
    )
    here: dict[int, list[User]] = {bureau.pk: [] for bureau in bureaus}
    has_editor = dict.fromkeys(here, False)
    for membership in memberships:
        places = here if membership.bureau_id is None else here.keys() & {membership.bureau_id}
        for pk in places:
            has_editor[pk] = True
            if membership.is_here or membership.user == user:
                here[pk].append(membership.user)
    return here, has_editor
