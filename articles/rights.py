"""The rights to the pictures that readers see of a story, now and when a scheduled edition begins.

articles/story_checks.py asks about the text that is being written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.models import Content, Picture
from articles.objects import pictures_in
from articles.publication import Situation
from bureaus.models import Bureau


def _shown_in(contents: Iterable[Content]) -> list[int]:
    """Lead pictures first, then those in the texts."""
    leads = [content.picture_id for content in contents if content.picture_id]
    placed = (number for content in contents for number in pictures_in(content.body))
    return list(dict.fromkeys([*leads, *placed]))


def closed_to(bureaus: Iterable[Bureau], *contents: Content) -> dict[Bureau, list[Picture]]:
    """The bureaus that may not run these texts, each with the pictures that are not theirs to
    use. Costs one statement."""
    numbers = _shown_in(contents)
    found = Picture.objects.filter(is_for_all=False).in_bulk(numbers) if numbers else {}
    pictures = [found[number] for number in numbers if number in found]
    closed = {bureau: [p for p in pictures if not p.is_usable_by(bureau)] for bureau in bureaus}
    return {bureau: not_theirs for bureau, not_theirs in closed.items() if not_theirs}


def named(pictures: Iterable[Picture]) -> str:
    """Within a sentence."""
    return ", ".join(picture.named for picture in pictures)


def linked(pictures: Iterable[Picture]) -> SafeString:
    """Within a sentence of the desk, each with the way to it."""
    links = (
        (reverse("admin:articles_picture_change", args=[picture.pk]), picture.named)
        for picture in pictures
    )
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def over_at(moment: datetime, *contents: Content) -> list[Picture]:
    """The pictures of these texts that may not be shown any more at a time: lead pictures first,
    then those in the texts."""
    numbers = _shown_in(contents)
    if not numbers:
        return []
    ending = Picture.objects.filter(usable_until__isnull=False).select_related("bureau")
    found = ending.in_bulk(numbers)
    pictures = [found[number] for number in numbers if number in found]
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
