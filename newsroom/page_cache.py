"""What a public page tells every cache, its own and those in front: its names and its end.

newsroom/cached_pages keeps pages in memory, newsroom/eviction.py sends names. A name is a word for
something that a page shows; whatever changes sends the name, and every page that bears it goes:

``article:12``     the story, on its page, in a list, or as a page that says it was retracted
``list:bureau:3``  a whole list, so that a story that joins it counts; see articles/listings/
``front:bureau:3``, ``front:network``  what editors hold at the top of a front; articles/curation.py
``picture:9``      a picture with its words
``file:6f1c…``     the files of a picture that were drawn alike, by their key; only in front
``bureau:3``       the bureau itself: name, zone, colour
``section:2``, ``tag:9``, ``author:4``  each of these itself, on the page of its stories; an author
                   also on the stories, which say whether it is a person or an agency
``page:guidelines``  the text of a standing page, the network's or a bureau's
``staff``          who works where, on every masthead
``notices``        the corrections and retractions of all sites; an article's name says which
``network``        the masthead, the publisher and the menus of bureaus, sections and pages, on
                   every page
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.http import HttpResponseBase
from django.utils import timezone

Response = TypeVar("Response", bound=HttpResponseBase)

# Seconds that a shared cache may hold a page on which nothing is known to begin or end.
LONGEST = 3600
# A reader's own browser cannot be told of a change, so it asks again soon.
BROWSER = 30
# A page with a side list, which names its stories and not the list, ages out in this time.
SIDE_LIST = timedelta(seconds=60)
# A page that is not there may be there in a moment, and no name would tell.
NOT_FOUND = timedelta(seconds=10)
# What a file says whose name is never used again.
FOR_EVER = "public, max-age=31536000, immutable"


def describe(
    response: Response, shows: Iterable[str], holds_until: datetime | None = None
) -> Response:
    """Put on a response the names of what it shows and the moment until which it holds.

    ``holds_until`` is the next instant at which something on the page begins or ends, if any is
    known. Both stay on the response as ``shows`` and ``holds_until``.
    """
    names = tuple(dict.fromkeys(shows))
    seconds = LONGEST
    if holds_until is not None:
        left = int((holds_until - timezone.now()).total_seconds())
        seconds = max(0, min(LONGEST, left))
    response.shows = names  # type: ignore[attr-defined]
    response.holds_until = holds_until  # type: ignore[attr-defined]
    mark(response, names)
    response["Cache-Control"] = control(seconds)
    return response


def mark(response: HttpResponseBase, names: Iterable[str]) -> None:
    """Put the names on a response as caches in front read them."""
    names = list(names)
    response["Surrogate-Key"] = " ".join(names)
    response["Cache-Tag"] = ",".join(names)


def control(seconds: int) -> str:
    """The Cache-Control of a page that holds for so long."""
    return f"public, max-age={min(BROWSER, seconds)}, s-maxage={seconds}"


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of the moments that are known."""
    return min((moment for moment in moments if moment is not None), default=None)
