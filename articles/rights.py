"""The rights to the pictures that readers see of a story, now and when a scheduled edition begins.

articles/story_checks.py asks about the text that is being written.
"""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Content, Picture
from articles.objects import pictures_in
from articles.publication import Situation


def over_at(moment: datetime, *contents: Content) -> list[Picture]:
    """The pictures of these texts that may not be shown any more at a time: lead pictures first,
    then those in the texts."""
    leads = [content.picture_id for content in contents if content.picture_id]
    numbers = [*leads, *(number for content in contents for number in pictures_in(content.body))]
    if not numbers:
        return []
    ending = Picture.objects.filter(usable_until__isnull=False).select_related("bureau")
    found = ending.in_bulk(set(numbers))
    pictures = [found[number] for number in dict.fromkeys(numbers) if number in found]
    return [picture for picture in pictures if picture.is_over_at(moment)]


@dataclass(frozen=True)
class Over:
    """Pictures without a right: what readers see of them, and what they will see."""

    live: list[Picture]
    scheduled: list[Picture]

    def __bool__(self):
        return bool(self.live or self.scheduled)


def over_for_readers(situation: Situation) -> Over:
    """A right may end, or be shortened, when a story is out or scheduled: it then stays so, and
    the desk decides."""
    live, pending = situation.live, situation.pending
    return Over(
        over_at(situation.now, live) if live else [],
        over_at(pending.live.lower, pending) if pending else [],
    )
