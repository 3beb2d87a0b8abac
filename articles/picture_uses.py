"""Where a picture is used: in which stories, and whether these stand at the top of a front."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Picture, Pin
from articles.states import with_states
from bureaus.models import Bureau, User

SHOWN = 20


@dataclass(frozen=True)
class Uses:
    """Stories that the person may see, the newest first, each with ``fronts`` that hold it at
    their top (None for the network's); ``elsewhere``: whether other stories use it, too."""

    stories: Sequence[Article] = field(default_factory=list)
    elsewhere: bool = False

    def __bool__(self):
        return bool(self.stories) or self.elsewhere


def stories_with(picture: Picture) -> QuerySet[Article]:
    """The stories in which it stands now or stood in an edition."""
    published = picture.editions.order_by().values("article")
    return Article.objects.filter(discarded_at=None).filter(
        pk__in=picture.articles.order_by().values("pk").union(published)
    )


def uses_of(picture: Picture, user: User) -> Uses:
    """Where the picture is used, as far as the person may know."""
    of_picture = stories_with(picture)
    seen = with_states(Article.objects.for_user(user)).filter(pk__in=of_picture.values("pk"))
    stories = list(seen.select_related("bureau").order_by("-changed_at", "-pk")[:SHOWN])
    fronts: dict[int, list[Bureau | None]] = {}
    now = timezone.now()
    for pin in Pin.objects.filter(article__in=stories, until__gt=now).select_related("bureau"):
        fronts.setdefault(pin.article_id, []).append(pin.bureau)
    for story in stories:
        story.fronts = fronts.get(story.pk, [])  # type: ignore[attr-defined]
    known = [story.pk for story in stories]
    return Uses(stories, of_picture.exclude(pk__in=known).exists())
