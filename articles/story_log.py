"""The log of a story at the desk: what was done with it and when its text was saved, in one line
of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import F
from django.utils.translation import pgettext

from articles.comparison import compare_url, edition_url
from articles.models import Article, Event, Revision
from articles.outcomes import LOG, logged, quoted
from articles.states import State
from bureaus.models import User

EVENTS_SHOWN = 40
SAVES_SHOWN = 100  # before those of one person are folded
# What puts another text before readers.
REPLACING = frozenset({"update", "correct"})


@dataclass(frozen=True)
class Line:
    """Something that was done; ``state`` is drawn where it led to one."""

    at: datetime
    words: str
    state: State | None = None
    quote: str = ""
    #: where to see what was changed
    url: str = ""
    #: when the first of several saves was, that are told as one
    since: datetime | None = None


def events_of(article: Article) -> list[Event]:
    events = article.events.select_related("by").annotate(edition_number=F("edition__number"))
    return list(events[:EVENTS_SHOWN])


def line_of(event: Event) -> Line:
    words = logged(event)
    drawn = LOG[event.verb][1]
    url = ""
    if event.verb in REPLACING and (number := getattr(event, "edition_number", None)):
        url = edition_url(event.article, number)
    return Line(event.at, words, drawn and State(drawn.name, words), quoted(event), url)


def log_of(article: Article, events: list[Event]) -> list[Line]:
    """Newest first; ``events`` are those of events_of(). Saves of one person that nothing came
    between are one line."""
    revisions = article.revisions.select_related("saved_by").defer("content")[:SAVES_SHOWN]
    # Older saves would stand there without what was decided about them.
    since = events[-1].at if len(events) == EVENTS_SHOWN else None
    saves = [each for each in revisions if since is None or each.saved_at >= since]
    # What a save has caused bears the same time.
    done = sorted(
        [*((event.at, True, event) for event in events),
         *((save.saved_at, False, save) for save in saves)],
        key=lambda each: (each[0], each[1], each[2].pk),
        reverse=True,
    )  # fmt: skip
    return list(_lines(article, (each for _at, _is_event, each in done)))


def _lines(article: Article, done: Iterable[Event | Revision]) -> Iterator[Line]:
    for saver, group in groupby(done, lambda each: getattr(each, "saved_by", None)):
        if saver is None:
            yield from map(line_of, group)
        elif line := _saved(article, saver, list(group)):
            yield line


def _saved(article: Article, by: User, saves: list[Revision]) -> Line | None:
    """None for the first save alone, of which the line of the story's creation tells."""
    newest, oldest = saves[0], saves[-1]
    before = max(oldest.number - 1, 1)
    if newest.number == before:
        return None
    words = (
        pgettext("log", "Saved by %(name)s")
        if len(saves) == 1
        else pgettext("log", "Saved %(count)d times by %(name)s")
    )
    return Line(
        newest.saved_at,
        words % {"name": by, "count": len(saves)},
        url=compare_url(article, before, newest.number),
        since=oldest.saved_at if _minute(oldest) < _minute(newest) else None,
    )


def _minute(save: Revision) -> datetime:
    return save.saved_at.replace(second=0, microsecond=0)
