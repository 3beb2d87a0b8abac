"""What the checks of a story read: its text, as it is stored or as it is being typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import F
from django.utils import timezone

from articles.body import plain_text
from articles.emptiness import half_filled
from articles.models import Article, CreditRole, Edition, Picture
from articles.objects import (
    Placeholder,
    parts_of,
    pictures_in,
    placeholders_in,
    without_placeholders,
)
from articles.resolving import NOTHING, Resolved, resolve
from bureaus.models import Bureau

WORDS_A_MINUTE = 200
# A see-also takes the reader away from the story.
FIRST_SEE_ALSO = 3  # paragraphs that come before it
APART = 5  # paragraphs for each
OBJECT = "data-object="  # what every object in a body has once
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
_ADDRESS = re.compile(r"(?<![@\w])(?:https?://|www\.\w)[^\s<>]+", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """What the checks read: a story as it is stored, or as it is being typed.

    ``is_out``: readers have an edition of it, or will have one at its time. ``number`` is the
    story's id, None before it is saved.
    """

    headline: str
    summary: str
    dateline: str
    body: str
    source: str
    source_name: str
    has_section: bool
    has_topics: bool
    has_writer: bool
    bureau: Bureau | None
    picture: Picture | None
    objects: Resolved = NOTHING
    embargo_until: datetime | None = None
    is_out: bool = False
    number: int | None = None

    @classmethod
    def of(cls, article: Article) -> "Text":
        return cls(
            headline=article.headline,
            summary=article.summary,
            dateline=article.dateline,
            body=article.body,
            source=article.source,
            source_name=article.source_name,
            has_section=bool(article.section_id),
            has_topics=article.tags.exists(),
            has_writer=any(line.role == CreditRole.WRITER for line in article.bylines.all()),
            bureau=article.bureau,
            picture=article.picture,
            objects=resolve(article.body),
            embargo_until=article.embargo_until,
            is_out=article.edition_version is not None,
            number=article.pk,
        )

    @property
    def embargo_is_over(self) -> bool:
        return self.embargo_until is not None and self.embargo_until <= timezone.now()

    @cached_property
    def plain(self) -> str:
        return plain_text(self.body)

    @property
    def words(self) -> int:
        return len(self.plain.split())

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes; 0 for an empty story."""
        return -(-self.words // WORDS_A_MINUTE)

    @property
    def see_also_is_spare(self) -> bool:
        """At most one link to another story for every five paragraphs, none before the third."""
        return self.see_also_at_fault is None

    @cached_property
    def see_also_at_fault(self) -> int | None:
        """The first link to another story that is too early, or one too many; which of all objects
        in the text it is, from 0."""
        paragraphs = objects = 0
        links = []
        for part in parts_of(self.body):
            if isinstance(part, str):
                paragraphs += part.count("<p>")
                objects += part.count(OBJECT)
                continue
            if part.kind == "see-also":
                links.append(objects)
                if paragraphs < FIRST_SEE_ALSO:
                    return objects
            objects += 1
        return next(iter(links[paragraphs // APART :]), None)

    def first(self, is_at_fault: Callable[[Placeholder], bool]) -> int | None:
        """Which of all objects in the text, from 0, is the first placeholder of that kind."""
        objects = 0
        for part in parts_of(self.body):
            if isinstance(part, str):
                objects += part.count(OBJECT)
            elif is_at_fault(part):
                return objects
            else:
                objects += 1
        return None

    @cached_property
    def used_before(self) -> dict[int, str]:
        """The headline of another story that readers see, or saw, with a picture of this one that
        is for one use alone; by the picture's id.

        Two statements where the story has such pictures, however many, and none where it has not.
        """
        shown = [self.picture, *self.placed]
        once = {each.pk for each in shown if each and each.licence == Picture.Licence.ONCE}
        if not once:
            return {}
        editions = Edition.objects.begun().exclude(article_id=self.number).order_by()
        leads = editions.filter(picture__in=once).values_list("pk", "picture_id", "headline")
        found = [(pk, {picture}, headline) for pk, picture, headline in leads]
        placing = editions.placing(*once).annotate(in_body=F("in_body"))
        placing = placing.values_list("pk", "in_body", "headline")
        found += [(pk, once.intersection(numbers), headline) for pk, numbers, headline in placing]
        found.sort(key=lambda row: row[0])
        return {number: headline for _pk, numbers, headline in found for number in numbers}

    @property
    def placed(self) -> list[Picture]:
        """The pictures in the text that are there, in order."""
        found = (self.objects.pictures.get(number) for number in pictures_in(self.body))
        return [picture for picture in found if picture is not None]

    @property
    def untitled(self) -> list[str]:
        """The services of which a card stands in the text without a title."""
        found = (each for each in placeholders_in(self.body) if each.kind == "embed")
        return [each.embed.service for each in found if each.embed and not each.caption]

    @property
    def addresses(self) -> list[str]:
        """Addresses that stand in the text as words, which no reader can tap."""
        words = plain_text(_LINK.sub(" ", without_placeholders(self.body)))
        return [found.rstrip(".,;:!?)\u201d") for found in _ADDRESS.findall(words)]

    @property
    def half_filled(self) -> list[int]:
        """The pull quotes and fact boxes without the words that they are for."""
        return half_filled(self.body)

    @property
    def unseen_object(self) -> int | None:
        """The first object that refers to what is not to be seen by readers."""
        return self.first(lambda each: not self._is_there(each))

    def _is_there(self, each: Placeholder) -> bool:
        there = self.objects.stories if each.kind == "see-also" else self.objects.pictures
        return set(each.ids) <= set(there)
