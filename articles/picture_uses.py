"""Where a picture is used: in which stories, as their lead picture or in their text, and whether
these stand at the top of a front."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from articles.body import sanitise
from articles.dates import printed_date
from articles.models import Article, Autosave, Edition, Picture, Pin, Placement
from articles.objects import pictures_in
from articles.states import with_states
from bureaus.models import Bureau, User

SHOWN = 20
LOOKED_AT = 200  # the newest stories; a picture of everyday use may be in thousands


@dataclass(frozen=True)
class Uses:
    """Stories that the person may see, the newest first, each with ``fronts`` that hold it at
    their top (None for the network's) and the bureaus at which it is ``placed``; ``elsewhere``:
    whether other stories use it, too, be they older or not for this person to see. ``count`` is
    of all stories, LOOKED_AT at most."""

    stories: Sequence[Article] = field(default_factory=list)
    elsewhere: bool = False
    count: int = 0

    def __bool__(self):
        return bool(self.stories) or self.elsewhere


def stories_with(picture: Picture) -> list[int]:
    """The newest stories that carry it: in the draft, or in what readers see or will see."""
    drafts, editions = Article.objects.filter(discarded_at=None), Edition.objects.current()
    found = [
        *drafts.filter(picture=picture).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT],
        *drafts.placing(picture.pk).order_by().values_list("pk", flat=True),
        *editions.filter(picture=picture)
        .order_by("-article_id")
        .values_list("article_id", flat=True)[:LOOKED_AT],
        *editions.placing(picture.pk).order_by().values_list("article_id", flat=True),
    ]
    return sorted(set(found), reverse=True)[:LOOKED_AT]


def uses_of(picture: Picture, user: User) -> Uses:
    """Where the picture is used, as far as the person may know."""
    numbers = stories_with(picture)
    seen = with_states(Article.objects.for_user(user)).filter(pk__in=numbers)
    stories = list(seen.select_related("bureau").order_by("-changed_at", "-pk")[:SHOWN])
    fronts: dict[int, list[Bureau | None]] = {}
    now = timezone.now()
    for pin in Pin.objects.filter(article__in=stories, until__gt=now).select_related("bureau"):
        fronts.setdefault(pin.article_id, []).append(pin.bureau)
    placed: dict[int, list[Bureau]] = {}
    for place in Placement.objects.lasting().filter(article__in=stories).order_by("bureau__name"):
        placed.setdefault(place.article_id, []).append(place.bureau)
    for story in stories:
        story.fronts = fronts.get(story.pk, [])  # type: ignore[attr-defined]
        story.placed = placed.get(story.pk, [])  # type: ignore[attr-defined]
    return Uses(stories, len(numbers) > len(stories), len(numbers))


def is_used(picture: Picture) -> bool:
    """Whether it stands in any story: written, being written, out, or out once."""
    if picture.was_in_an_edition or picture.articles.exists():
        return True
    if list(Article.objects.placing(picture.pk).values_list("pk", flat=True)):
        return True
    texts = Autosave.objects.alias(text=Cast("fields", TextField()))
    typed = texts.filter(text__contains=str(picture.pk)).values_list("fields", flat=True)
    return any(_is_typed(picture, fields) for fields in typed.iterator())


def _is_typed(picture: Picture, fields: list[list[str]]) -> bool:
    said = dict(fields)
    return said.get("picture") == str(picture.pk) or picture.pk in pictures_in(
        sanitise(said.get("body", ""))
    )


NEEDED = ("alt_text", "caption", "credit")  # their lack is worth a word
KNOWN = ("owner", "creator", "copyright", "place", "keywords")


def facts_of(picture: Picture) -> list[tuple[str, str]]:
    """What is known of a picture, for whoever may only look: labels with values."""

    def label(name: str) -> str:
        return str(Picture._meta.get_field(name).verbose_name)

    dates = {name: getattr(picture, name) for name in ("usable_until", "taken_on")}
    shared = Bureau.objects.filter(pk__in=picture.shared_with).order_by("name")
    others = ", ".join(each.name for each in shared)
    return [
        *((label(name), getattr(picture, name)) for name in NEEDED),
        (label("ai"), picture.get_ai_display()),
        (label("licence"), picture.get_licence_display()),
        *((label(name), printed_date(day)) for name, day in dates.items() if day),
        (label("bureau"), picture.bureau.name),
        (
            gettext("other bureaus that may use it"),
            pgettext("bureaus that may use a picture", "all") if picture.is_for_all else others,
        ),
        (label("source"), picture.get_source_display()),
        *((label(name), getattr(picture, name)) for name in KNOWN if getattr(picture, name)),
    ]
