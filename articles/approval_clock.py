"""The approval clock: how long stories wait for an editor, against the limits of their bureau.

A bureau sets its limits in minutes. A story is near its limit from ``amber_after`` on and late from
``red_after``; breaking news that nobody has claimed is late from ``breaking_after``, and near from
half of that. Claimed breaking news is judged like any other story: somebody is at it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from articles.models import Article
from bureaus.models import Bureau

CALM, NEAR, LATE = "calm", "near", "late"
HOUR, DAY = 60, 24  # minutes, hours
THIRD = 100 / 3  # of the scale: one for each tone, whatever the limits are
INSIDE = 98.5  # percent; a mark that lies beyond the scale stands at its end


@dataclass(frozen=True)
class Wait:
    """How long one story has waited. Limits and ``minutes`` are minutes."""

    minutes: int
    near: float
    late: int
    is_claimed: bool = False
    is_urgent: bool = False

    @classmethod
    def of(
        cls, bureau: Bureau, since: datetime, now: datetime, *, is_claimed: bool, is_breaking: bool
    ) -> "Wait":
        minutes = max(int((now - since).total_seconds() // 60), 0)
        if is_breaking and not is_claimed:
            limit = bureau.breaking_after
            return cls(minutes, limit / 2, limit, is_urgent=True)
        return cls(minutes, bureau.amber_after, bureau.red_after, is_claimed)

    @property
    def tone(self) -> str:
        if self.minutes >= self.late:
            return LATE
        return NEAR if self.minutes >= self.near else CALM

    @property
    def x(self) -> str:
        """Where it stands on the scale, in percent of its width."""
        if self.minutes < self.near:
            share = self.minutes / self.near
        else:
            share = 1 + (self.minutes - self.near) / (self.late - self.near)
        return f"{min(max(share * THIRD, 1.5), INSIDE):.2f}%"

    def __str__(self):
        return duration(self.minutes)


def wait_of(story: Article, now: datetime) -> Wait:
    """Of a story that is at the desk, with its bureau loaded."""
    return Wait.of(
        story.bureau,
        story.submitted_at,
        now,
        is_claimed=story.claimed_by_id is not None,
        is_breaking=story.breaking,
    )


@dataclass(frozen=True)
class Clock:
    """The stories that wait at one bureau."""

    bureau: Bureau
    waits: list[Wait]

    @property
    def marks(self) -> list[Wait]:
        """To be drawn one over the other: what waits longest lies on top."""
        return sorted(self.waits, key=lambda wait: wait.minutes)

    @property
    def oldest(self) -> Wait | None:
        return max(self.waits, key=lambda wait: wait.minutes, default=None)

    @property
    def worst(self) -> tuple[int, int]:
        """For sorting bureaus: how many stories are late, then near."""
        tones = [wait.tone for wait in self.waits]
        return tones.count(LATE), tones.count(NEAR)

    @property
    def limits(self) -> str:
        return gettext("limits: amber %(amber)s, red %(red)s, breaking news %(breaking)s") % {
            "amber": limit(self.bureau.amber_after),
            "red": limit(self.bureau.red_after),
            "breaking": limit(self.bureau.breaking_after),
        }

    @property
    def edges(self) -> list[str]:
        """What is written under the two limits and the end of the scale."""
        amber, red = self.bureau.amber_after, self.bureau.red_after
        return [limit(amber), limit(red), limit(2 * red - amber)]

    @property
    def in_words(self) -> str:
        """The same for whoever cannot see the drawing."""
        if not self.waits:
            return gettext("No story waits for an editor.")
        tones = [wait.tone for wait in self.waits]
        return gettext(
            "Waiting: %(calm)s in time, %(near)s near the limit, %(late)s past it;"
            " %(free)s of them unclaimed. The longest: %(oldest)s."
        ) % {
            "calm": tones.count(CALM),
            "near": tones.count(NEAR),
            "late": tones.count(LATE),
            "free": sum(not wait.is_claimed for wait in self.waits),
            "oldest": self.oldest,
        }


def duration(minutes: float) -> str:
    """26 m, 2 h 24 m, 3 d 4 h."""
    whole = int(minutes)
    if whole < HOUR:
        return gettext("%(minutes)s m") % {"minutes": whole}
    hours, minutes = divmod(whole, HOUR)
    if hours < DAY:
        return gettext("%(hours)s h %(minutes)s m") % {"hours": hours, "minutes": minutes}
    days, hours = divmod(hours, DAY)
    return gettext("%(days)s d %(hours)s h") % {"days": days, "hours": hours}


def limit(minutes: int) -> str:
    """A limit as an editor says it: 1 hour, 90 minutes."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
