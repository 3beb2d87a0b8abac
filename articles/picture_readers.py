"""Who sees a picture: the texts that readers have or will have with it, and what a change of the
picture means there. Who decides about a story is told by links to it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from articles.models import Article, Edition, Picture, Placement, Stage
from articles.models.picture import NAME_IN_SENTENCE
from articles.models.placed import pictures_in_body
from articles.picture_uses import LOOKED_AT, stories_with
from articles.states import with_states
from bureaus.models import Bureau, User
from newsroom.indonesian import within_quotes

PRINTED = frozenset({"alt_text", "caption", "credit", "ai"})  # beside the picture, or for it
NAMED = 5  # stories of a sentence
REFUSING = 2  # of one that stands twice: above the form, and with the field
ENDED_LATELY = 200  # rights of the network, the last that ended, whose stories are looked for
SCHEDULED = 100  # stories whose rights are looked at


@dataclass(frozen=True)
class Shown:
    """An edition that is live or scheduled, with those of the pictures asked for that it shows."""

    edition: Edition
    pictures: tuple[Picture, ...]
    is_live: bool

    @property
    def without_right(self) -> list[Picture]:
        """Those whose right has ended, or will have when the edition begins."""
        moment = timezone.now() if self.is_live else self.edition.live.lower
        return [picture for picture in self.pictures if picture.is_over_at(moment)]


def shown_with(pictures: Iterable[Picture], among: QuerySet[Edition] | None = None) -> list[Shown]:
    """Live and scheduled editions with these pictures, the newest stories first. One statement."""
    numbers = [picture.pk for picture in pictures]
    current = Edition.objects.current() if among is None else among
    leads = current.filter(picture__in=numbers).order_by("-article_id").values("pk")[:LOOKED_AT]
    placed = current.placing(*numbers).order_by().values("pk")
    found = (
        Edition.objects.filter(pk__in=leads.union(placed)) if numbers else Edition.objects.none()
    )
    return _with(pictures, found)


def _with(pictures: Iterable[Picture], editions: QuerySet[Edition]) -> list[Shown]:
    rows = editions.defer("body").select_related("bureau").annotate(in_body=pictures_in_body())
    now = timezone.now()
    return [
        Shown(
            row,
            tuple(each for each in pictures if each.pk in {row.picture_id, *row.in_body}),
            row.live.lower <= now,
        )
        for row in rows.order_by("-article_id", "-number")
    ]


# What must not be taken away


def refused_empty(picture: Picture, user: User | None) -> str:
    """Why its alternative text and its credit cannot be emptied; "" where no reader would miss
    them: a picture never goes out without (articles/story_checks.py)."""
    shown = {each.edition.article_id: each.edition for each in shown_with([picture])}
    approved = Article.objects.filter(
        stage=Stage.APPROVED, discarded_at=None, spiked_at=None, retracted_at=None
    ).select_related("bureau")
    ready = {
        story.pk: story
        for kind in (approved.filter(picture=picture), approved.placing(picture.pk))
        for story in kind
    }
    numbers = sorted(shown.keys() | ready.keys(), reverse=True)
    if not numbers:
        return ""
    seen = _seen(numbers, user)
    live = {number for number, edition in shown.items() if edition.live.lower <= timezone.now()}
    names = []
    for number in numbers:
        text = shown.get(number) or ready[number]
        is_named = number in live or number in seen
        names.append(
            f"“{within_quotes(Truncator(text).chars(NAME_IN_SENTENCE))}”"
            if is_named
            else gettext("a story of %(bureau)s") % {"bureau": text.bureau}
        )
    said = gettext(
        "It cannot be empty: %(stories)s shows the picture to readers, or is about to. Write"
        " another one, or take the picture out there first."
    )
    return said % {"stories": ", ".join(_cut(list(dict.fromkeys(names)), REFUSING))}


# What to say after a change


def readers_see(picture: Picture) -> str:
    """How many stories' readers have a change before them at once; "" if none have."""
    count = len({each.edition.article_id for each in shown_with([picture]) if each.is_live})
    if not count:
        return ""
    said = ngettext(
        "Readers of %(count)d story see the change at once.",
        "Readers of %(count)d stories see the change at once.",
        count,
    )
    return said % {"count": count}


def ended_rights(pictures: Iterable[Picture], user: User) -> Iterator[SafeString]:
    """What to do about the stories for which the right to one of these ends too early."""
    shown = [each for each in shown_with(list(pictures)) if each.without_right]
    seen = _seen((each.edition.article_id for each in shown), user)
    live = [each.edition for each in shown if each.is_live]
    pending = [each.edition for each in shown if not each.is_live]
    if live:
        yield format_html(
            gettext(
                "The right has ended, and readers still see the picture: {}. Nothing happens by"
                " itself. Publish a text with another picture, or have the right prolonged."
            ),
            _listed(live, seen),
        )
    if pending:
        yield format_html(
            gettext(
                "The right ends before these scheduled texts appear: {}. Give them an earlier time"
                " or another picture, or have the right prolonged."
            ),
            _listed(pending, seen),
        )


def still_used(picture: Picture, former: Picture, user: User) -> SafeString | str:
    """Which bureaus may not use it any more, as they might the ``former``, and still do; "" if
    none."""
    numbers = stories_with(picture)
    stories = Article.objects.filter(pk__in=numbers, spiked_at=None, retracted_at=None)
    used: dict[Bureau, list[Article]] = {}
    for story in stories.select_related("bureau").order_by("-pk"):
        used.setdefault(story.bureau, []).append(story)
    for place in Placement.objects.lasting().filter(article__in=numbers).select_related("article"):
        used.setdefault(place.bureau, []).append(place.article)
    lost = {
        bureau: texts
        for bureau, texts in used.items()
        if former.is_usable_by(bureau) and not picture.is_usable_by(bureau)
    }
    if not lost:
        return ""
    seen = _seen(numbers, user)
    return format_html(
        gettext(
            "Not shared any more, and still used: {}. What readers have stays; a next edition is"
            " refused until the picture is replaced there or shared again."
        ),
        format_html_join("; ", "{}{}", _by_bureau(lost, seen)),
    )


def _by_bureau(
    lost: dict[Bureau, list[Article]], seen: Collection[int]
) -> Iterator[tuple[str, SafeString | str]]:
    """Each bureau with those of its stories that may be opened."""
    for bureau, texts in lost.items():
        known = [text for text in texts if text.pk in seen]
        yield bureau.name, format_html(": {}", _listed(known, seen)) if known else ""


# What an editor has to do


def to_mend(bureaus: list[Bureau], most: int) -> list[Article]:
    """The newest stories of these bureaus that readers see, or will, with a picture whose right
    has ended by then, each with these pictures as ``without_right``.

    Begins with the rights, and with what is scheduled: both are few, however many stories there
    are. Of rights, the ENDED_LATELY that ended last.
    """
    now = timezone.now()
    over: dict[int, dict[int, Picture]] = {}
    for each in (*_live_without_right(bureaus, now), *_scheduled_without_right(bureaus, now)):
        known = over.setdefault(each.edition.article_id, {})
        known |= {picture.pk: picture for picture in each.without_right}
    if not over:
        return []
    stories = with_states(Article.objects.filter(pk__in=over, retracted_at=None))
    found = stories.select_related("bureau").defer("body", "summary").order_by("-pk")[:most]
    for story in found:
        story.without_right = list(over[story.pk].values())  # type: ignore[attr-defined]
    return list(found)


def _live_without_right(bureaus: list[Bureau], now: datetime) -> list[Shown]:
    # A day more than any clock: each picture is then asked by the one of its bureau.
    ended = Picture.objects.filter(usable_until__lt=now.date() + timedelta(days=1))
    lately = list(ended.select_related("bureau").order_by("-usable_until")[:ENDED_LATELY])
    over = [picture for picture in lately if picture.is_over_at(now)]
    live = Edition.objects.live().filter(bureau__in=bureaus)
    return shown_with(over, live) if over else []


def _scheduled_without_right(bureaus: list[Bureau], now: datetime) -> list[Shown]:
    scheduled = Article.objects.filter(bureau__in=bureaus, next_edition_at__gt=now)
    first = scheduled.order_by("next_edition_at").values("pk")[:SCHEDULED]
    pending = Edition.objects.pending().filter(article__in=list(first.values_list("pk", flat=True)))
    rows = list(pending.annotate(in_body=pictures_in_body()).values_list("picture", "in_body"))
    numbers = {number for lead, placed in rows for number in (lead, *placed) if number}
    if not numbers:
        return []
    ending = Picture.objects.filter(pk__in=numbers, usable_until__isnull=False)
    pictures = list(ending.select_related("bureau"))
    return [each for each in _with(pictures, pending) if each.without_right] if pictures else []


# How stories are named


def _seen(numbers: Iterable[int], user: User | None) -> set[int]:
    """Those of these stories that the person may open."""
    if user is None:
        return set()
    found = Article.objects.for_user(user).filter(pk__in=list(numbers))
    return set(found.values_list("pk", flat=True))


def _listed(texts: Iterable[Article | Edition], seen: Collection[int]) -> SafeString:
    """Links to those that may be opened; of others, only whose they are."""
    names: dict[SafeString, None] = {}
    for text in texts:
        number = text.article_id if isinstance(text, Edition) else text.pk
        if number in seen:
            url = reverse("admin:articles_article_change", args=[number])
            names[format_html('<a href="{}">{}</a>', url, str(text))] = None
        else:
            name = gettext("a story of %(bureau)s") % {"bureau": text.bureau}
            names[conditional_escape(name)] = None
    return format_html_join(", ", "{}", ((name,) for name in _cut(list(names))))


def _cut(names: list, most: int = NAMED) -> list:
    more = len(names) - most
    return [*names[:most], f"+{more}"] if more > 0 else names
