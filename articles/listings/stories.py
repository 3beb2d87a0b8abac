"""Lines of a list by what they are: these stories, those since a moment, those with these words."""

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from articles import known_lines
from articles.models import Listing
from newsroom.statements import Statement

NEWS = 1000  # lines at most of what is asked for by its age


def own_lines_since(name: str, since: datetime) -> list[Listing]:
    """The news of a bureau's own since a moment, newest first; no placements, nothing paid for."""
    rows = _OWN_SINCE.plain(name=name, since=since)
    whole = known_lines.whole(rows)
    return [whole[row.pk] for row in rows if row.pk in whole]


def _own_since(name: str, since: datetime) -> QuerySet[Listing]:
    rows = Listing.objects.filter(list=name, first_published__gte=since, live__contains=Now())
    own = rows.filter(placement=None, edition__paid=False)
    return known_lines.versions(own).order_by("-first_published", "-id")[:NEWS]


_OWN_SINCE = Statement(_own_since, name="?", since=datetime(1, 1, 1, tzinfo=UTC))


def live_lines(name: str, articles: Collection[int]) -> dict[int, Listing]:
    """The lines of these stories on a list, by story, as far as they stand on it now."""
    rows = Listing.objects.filter(list=name, live__contains=Now(), article__in=articles)
    return {line.article_id: line for line in known_lines.printed(rows)}


# A search by headline reads so many of the newest lines of a list and no more.
SEARCHED = 5000


def search(name: str, words: str, size: int) -> list[Listing]:
    """Live lines of a list, newest first, whose headline holds every word; no word: the newest."""
    rows = Listing.objects.filter(list=name, live__contains=Now())
    newest_first = rows.order_by("-first_published", "-id")
    if not words.strip():
        return list(known_lines.printed(newest_first)[:size])
    found = known_lines.printed(Listing.objects.filter(pk__in=newest_first.values("pk")[:SEARCHED]))
    for word in words.split():
        found = found.filter(
            Q(edition__headline__icontains=word) | Q(placement__headline__icontains=word)
        )
    return list(found.order_by("-first_published", "-id")[:size])
