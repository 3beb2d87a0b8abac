"""The share card of an edition: what it says, where it is, and the file that is kept of it.

Its address carries a keyed mark of all that is drawn: nobody can guess it before publication, and
whatever changes the picture of the card changes its address.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date
from threading import BoundedSemaphore, Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from articles.dates import printed_date
from articles.models import Article, Content, Edition, Picture
from bureaus.hosts import canonical, page_url
from bureaus.models import Bureau
from newsroom import share_card

FOLDER = "cards"  # of the storage; articles.views.files serves nothing from it by its name
MARK_DIGITS = 32  # hexadecimal: 128 bits
# Whoever asks for old cards one after the other draws one at a time, and leaves threads for pages.
MOST_WAITING = 3
AGAIN_AFTER = 2  # seconds
PICTURE_WIDTH = 960  # pixels; what half a card shows is less
RELATED = ("bureau__network", "section", "picture")
JPEG_END = b"\xff\xd9"


class Busy(Exception):
    """Too many cards are being drawn to wait for this one."""


@dataclass(frozen=True)
class SharedCard:
    """A card as pages name it; ``alt`` has the words that stand in it."""

    url: str
    alt: str
    width: int = share_card.WIDTH
    height: int = share_card.HEIGHT


def card_of(edition: Edition) -> SharedCard:
    """Reads nothing where the edition was selected with RELATED."""
    home = home_of(edition)
    with canonical():
        url = page_url(home, "share_card", card=name_of(edition))
    return SharedCard(url, alt_of(edition))


def home_of(edition: Edition) -> Bureau | None:
    """Whose host serves the card: the bureau's while it is open, else the network's."""
    return edition.bureau if edition.bureau.is_open else None


def name_of(edition: Edition) -> str:
    """The edition's number and the mark of all that is drawn, as in "12-0f3a…"."""
    picture = picture_of(edition)
    drawn = [
        share_card.DESIGN,
        edition.pk,
        astuple(words_of(edition, _printed_day(edition))),
        [_file_of(picture), focus_of(picture)] if picture else None,
    ]
    mac = salted_hmac("articles.cards", json.dumps(drawn), algorithm="sha256")
    return f"{edition.pk}-{mac.hexdigest()[:MARK_DIGITS]}"


def alt_of(story: Content) -> str:
    with translation.override("id"):
        labels = [label.text for label in _labels(story)]
    picture = picture_of(story)
    parts = [*labels, story.headline, picture.alt_text if picture else ""]
    return ". ".join(part.rstrip(".") for part in parts if part)


def come_again() -> HttpResponse:
    """What to answer when a card is Busy."""
    return HttpResponse(status=503, headers={"Retry-After": str(AGAIN_AFTER)})


# What is drawn


def words_of(story: Content, day: date) -> share_card.Card:
    """What the card says, always in Indonesian: the language of stories."""
    bureau, picture = story.bureau, picture_of(story)
    with translation.override("id"):
        return share_card.Card(
            headline=story.headline,
            network=str(bureau.network),
            bureau=str(bureau),
            accent=bureau.accent,
            date=printed_date(day),
            # As on the page: what somebody has paid for is not written on behalf of the bureau.
            host="" if story.paid else bureau.printed_host,
            kicker=story.kicker or (str(story.section) if story.section else ""),
            labels=_labels(story),
            summary=story.summary,
            credit=picture.credit if picture else "",
        )


def _labels(story: Content) -> tuple[share_card.Label, ...]:
    labels = []
    if story.paid:
        labels.append(share_card.Label(gettext("Advertorial")))
    if story.unverified:
        labels.append(share_card.Label(gettext("Not yet verified"), is_alert=True))
    picture = picture_of(story)
    if made := getattr(picture, "ai_label", ""):
        labels.append(share_card.Label(str(made)))
    return tuple(labels)


def picture_of(story: Content) -> Picture | None:
    """The picture on the card: none where it could tell who a child or a victim is.

    A card stays in the messages of others for ever, whatever is changed in the story later.
    """
    return None if story.protected else story.picture


def focus_of(picture: Picture) -> tuple[float, float]:
    """The point that must be seen, as shares of width and height; the middle where none is set."""
    return picture.focal_x / 100, picture.focal_y / 100


def _file_of(picture: Picture) -> str:
    """One that is there at once, whose name changes with the picture that is in it.

    Not the original: what a stranger's file holds is decoded in a process of its own alone.
    """
    return picture.name_of(picture.nearest(PICTURE_WIDTH).suffix)


def _printed_day(edition: Edition) -> date:
    return edition.first_published.astimezone(edition.bureau.zone).date()


def preview_of(article: Article, day: date) -> bytes:
    """The card that the working copy would get. Raises Busy."""
    with _drawing():
        return _draw(article, day)[0]


def _draw(story: Content, day: date) -> tuple[bytes, bool]:
    """The card, and whether it is as it should be: not while the picture cannot be read."""
    words, picture = words_of(story, day), picture_of(story)
    if picture is None:
        return share_card.draw(words), True
    try:
        with default_storage.open(_file_of(picture)) as file:
            return share_card.draw(words, file, focus_of(picture)), True
    except OSError:
        return share_card.draw(words), False


# The file


def image_of(edition: Edition) -> bytes:
    """The card of an edition, drawn now if it has not been yet. Raises Busy.

    Who may see it is the caller's to decide.
    """
    path = _path(edition)
    kept = _kept(path)
    if kept is None:
        with _drawing():
            # Another request may have drawn it meanwhile.
            kept = _kept(path) or _drawn(edition, path)
    return kept


def refresh(article_id: int) -> None:
    """Keep the cards of a story's live edition and of the one to come, and no others.

    May run twice, and at any time.
    """
    editions = Edition.objects.filter(article=article_id)
    shown = (editions.live() | editions.pending()).select_related(*RELATED)
    wanted = {_path(edition): edition for edition in shown}
    folder = f"{FOLDER}/{article_id}"
    for path in _files(folder):
        if path not in wanted:
            default_storage.delete(path)
    for path, edition in wanted.items():
        if _kept(path) is None:
            _drawn(edition, path)


def _path(edition: Edition) -> str:
    return f"{FOLDER}/{edition.article_id}/{name_of(edition)}.jpg"


def _files(folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _kept(path: str) -> bytes | None:
    """The whole file; None where there is none, or where it is still being written."""
    try:
        with default_storage.open(path) as file:
            data = file.read()
    except FileNotFoundError:
        return None
    return data if data.endswith(JPEG_END) else None


def _drawn(edition: Edition, path: str) -> bytes:
    data, is_whole = _draw(edition, _printed_day(edition))
    if is_whole:
        _keep(path, data)
    return data


def _keep(path: str, data: bytes) -> None:
    try:
        if default_storage.exists(path):
            # What was cut off in the middle of writing.
            default_storage.delete(path)
        saved = default_storage.save(path, ContentFile(data))
    except OSError:
        # No room, say: it is drawn again for the next who asks.
        default_storage.delete(path)
        return
    if saved != path:
        # Another process has kept the same in that moment.
        default_storage.delete(saved)


_one_at_a_time = Lock()
_waiting = BoundedSemaphore(MOST_WAITING)


@contextmanager
def _drawing() -> Iterator[None]:
    if not _waiting.acquire(blocking=False):
        raise Busy
    try:
        with _one_at_a_time:
            yield
    finally:
        _waiting.release()
