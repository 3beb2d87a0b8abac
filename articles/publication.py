"""Making editions, moving and ending their live periods, and giving stories their addresses.

No rights and no stages here: articles/workflow/ decides, this module carries out. Every
function runs inside the transaction, and under the story's row lock, of its caller.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles import listings, record, tasks
from articles.body import as_printed
from articles.models import (
    Address,
    Article,
    Content,
    Edition,
    Notice,
    Placement,
    PublicState,
)
from articles.models.taxonomy import words_of_address
from bureaus.models import Bureau
from newsroom.eviction import evict
from newsroom.indonesian import DANGLING
from newsroom.unseen import without_unseen

SLUG_LENGTH = 100


_PRETENDED: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def database_now() -> datetime:
    """The database's clock at this instant; now() would be the start of the transaction, which
    may have waited for a lock while the period in question began."""
    if pretended := _PRETENDED.get():
        return pretended
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let verbs happen at another time: for a demo or an archive that brings its own past.

    The database refuses to end a live edition in the past while its triggers are on.
    """
    token = _PRETENDED.set(moment)
    try:
        yield
    finally:
        _PRETENDED.reset(token)


@dataclass(frozen=True)
class Situation:
    """What readers see of a story at ``now``, and what is to come."""

    now: datetime
    live: Edition | None
    pending: Edition | None
    is_retracted: bool
    newest: Edition | None  # the live one, else the last that was; never a scheduled one

    @classmethod
    def of(cls, article: Article, now: datetime) -> "Situation":
        live = pending = newest = None
        for edition in article.editions.uncancelled().order_by("number"):
            if edition.live.lower > now:
                pending = edition
                continue
            newest = edition
            if now in edition.live:
                live = edition
        is_retracted = article.notices.filter(kind=Notice.Kind.RETRACTION).exists()
        return cls(now, live, pending, is_retracted, newest)

    @property
    def public(self) -> str:
        if self.is_retracted:
            return PublicState.RETRACTED
        if self.live:
            return PublicState.LIVE
        return PublicState.SCHEDULED if self.pending else PublicState.NONE

    @property
    def last(self) -> Edition | None:
        """The newest edition made and not cancelled."""
        return self.pending or self.newest


def working_copy(article: Article) -> dict[str, Any]:
    """The content of the next edition, printed credits and topics included."""
    content = {name: getattr(article, name) for name in Content.content_fields()}
    content["body"] = as_printed(article.body)
    content["version"] = article.version
    content["bylines"] = [
        {
            "id": byline.author_id,
            "name": byline.author.name,
            "slug": byline.author.slug,
            "role": byline.role,
        }
        for byline in article.bylines.select_related("author")
    ]
    content["tags"] = [
        {"id": tag.pk, "name": tag.name, "slug": tag.slug}
        for tag in sorted(article.tags.all(), key=lambda tag: tag.name.casefold())
    ]
    content["approved_by_id"] = article.approved_by_id
    return content


def snapshot(article: Article) -> dict[str, Any]:
    """The content of a revision: every content field by plain value, bylines and tags."""
    content = {
        name: getattr(article, Content._meta.get_field(name).attname)
        for name in Content.content_fields()
    }
    content["bylines"] = [[line.author_id, line.role] for line in article.bylines.all()]
    content["tags"] = sorted(article.tags.names(), key=str.casefold)
    return content


def copy_of(edition: Edition) -> dict[str, Any]:
    """The content of an edition again, for one that differs in nothing but its date."""
    names = [*Content.content_fields(), "version", "bylines", "tags", "approved_by_id", "note"]
    return {name: getattr(edition, name) for name in names}


def make_edition(
    article: Article,
    situation: Situation,
    content: dict[str, Any],
    *,
    by,
    kind: str,
    start: datetime,
    note: str | None = None,
    backdated_to: datetime | None = None,
) -> Edition:
    """Add an edition that goes live at ``start`` and ends the one before it at that instant."""
    previous = situation.live
    # Before it is recorded, and also where a row was written past the program.
    words = {name: without_unseen(said) for name, said in content.items() if isinstance(said, str)}
    edition = Edition(
        article=article,
        number=article.editions.count() + 1,
        kind=kind,
        live=DateTimeTZRange(start, None),
        published_by=by,
        made_at=situation.now,
        **content | words,
    )
    if note is not None:
        edition.note = without_unseen(note)
    edition.backdated_to = backdated_to or (previous.backdated_to if previous else None)
    if backdated_to or not previous:
        edition.first_published = backdated_to or start
        edition.address = _address(article, edition)
    else:
        edition.first_published = previous.first_published
        edition.address = previous.address
    if previous:
        _end(previous, start)
    record.append(article, edition)
    listings.enter(edition)
    _tell(article, situation)
    return edition


def move(edition: Edition, situation: Situation, start: datetime) -> None:
    """Let a pending edition begin at another time, and the live one end with it."""
    live = situation.live
    # Not for an instant may two be live: the one that gives way goes first.
    is_sooner = start < edition.live.lower
    if live and is_sooner:
        _end(live, start)
    edition.live = DateTimeTZRange(start, None)
    if not live and not edition.backdated_to:
        edition.first_published = start
        edition.address = _address(edition.article, edition)
    edition.save(update_fields=["live", "first_published", "address"])
    listings.leave(edition)
    if live and not is_sooner:
        _end(live, start)
    listings.enter(edition)
    _tell(edition.article, situation)


def cancel(edition: Edition, situation: Situation) -> None:
    """Take back a pending edition; the live one goes on without an end."""
    edition.live = DateTimeTZRange(empty=True)
    edition.save(update_fields=["live"])
    listings.leave(edition)
    if situation.live:
        situation.live.live = DateTimeTZRange(situation.live.live.lower, None)
        situation.live.save(update_fields=["live"])
        listings.leave(situation.live)
        listings.enter(situation.live)
    _tell(edition.article, situation)


def withdraw_from_readers(article: Article, situation: Situation) -> None:
    """End the live edition now, together with whatever was to follow it."""
    if situation.pending:
        cancel(situation.pending, situation)
    if situation.live:
        situation.live.live = DateTimeTZRange(situation.live.live.lower, situation.now)
        situation.live.save(update_fields=["live"])
        listings.leave(situation.live)
    article.retracted_at = situation.now
    _tell(article, situation)


def _tell(article: Article, situation: Situation) -> None:
    """Keep on the story how it stands with readers, which the caller saves; its share cards
    follow after the commit. Every page that shows it is dropped."""
    _tell_readers(article)
    editions = article.editions.uncancelled().order_by("number")
    made = [(live.lower, version) for live, version in editions.values_list("live", "version")]
    to_come = [each for each in made if each[0] > situation.now]
    article.public_from = made[0][0] if made else None
    article.next_edition_at, article.edition_version = (to_come or made or [(None, None)])[-1]
    tasks.draw_cards.defer(article_id=article.pk)


def add_notice(article: Article, *, by, kind: str, text: str, now: datetime, **more) -> Notice:
    notice = Notice(article=article, kind=kind, text=text, made_by=by, made_at=now, **more)
    record.append(article, notice)
    _tell_readers(article, "notices")
    return notice


def place_in(
    bureau: Bureau,
    article: Article,
    situation: Situation,
    *,
    by,
    headline: str,
    note: str,
    start: datetime,
) -> Placement:
    """Let another bureau run the story from ``start`` on, with its own words."""
    placement = Placement.objects.create(
        article=article,
        bureau=bureau,
        headline=headline,
        note=note,
        shown=DateTimeTZRange(start, None),
        placed_by=by,
    )
    for edition in filter(None, (situation.live, situation.pending)):
        listings.enter_placement(placement, edition)
    _tell_readers(article, "notices")
    return placement


def end_placement(placement: Placement, end: datetime) -> None:
    """Take the story off the other bureau's list; a placement still to come never begins."""
    placement.shown = DateTimeTZRange(min(placement.shown.lower, end), end)
    placement.save(update_fields=["shown"])
    listings.leave_placement(placement)
    _tell_readers(placement.article)


def _tell_readers(article: Article, *more: str) -> None:
    """Drop every page that shows the story; articles/listings/ drops those of its lists."""
    evict(f"article:{article.pk}", *more)


def _end(edition: Edition, end: datetime) -> None:
    edition.live = DateTimeTZRange(edition.live.lower, end)
    edition.save(update_fields=["live"])
    listings.leave(edition, end)


def slug_for(article: Article) -> str:
    """The words of an address: the desk's own, else the headline's, in its script if need be."""
    slug = article.slug or words_of_address(article.headline)
    if len(slug) > SLUG_LENGTH:
        words = slug[: SLUG_LENGTH + 1].rpartition("-")[0].split("-") or [slug[:SLUG_LENGTH]]
        # An address that was cut does not end on a word that waits for another.
        while len(words) > 1 and words[-1] in DANGLING:
            words.pop()
        slug = "-".join(words) or slug[:SLUG_LENGTH]
    return slug.strip("-_") or f"berita-{article.pk}"


def _address(article: Article, edition: Edition) -> Address:
    """The story's current address on the printed date; its slug is frozen from now on."""
    article.slug = slug_for(article)
    date = edition.first_published.astimezone(article.bureau.zone).date()
    for number in count(1):
        slug = article.slug if number == 1 else f"{article.slug}-{number}"
        address, _created = Address.objects.get_or_create(
            bureau=article.bureau,
            date=date,
            slug=slug,
            defaults={"article": article, "is_current": False},
        )
        if address.article_id == article.pk:
            break
    article.addresses.exclude(pk=address.pk).update(is_current=False)
    article.addresses.filter(pk=address.pk).update(is_current=True)
    return address
