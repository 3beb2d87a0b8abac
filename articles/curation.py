"""Which stories an editor holds at the top of a front, in which order and until when.

A pin is of a story that readers find on that front's list at this moment, and never of one that
somebody has paid for: what editors hold at the top is their own choice. An order is saved as a
whole, under the row lock of the front's bureau or of the network, against the version of it that
the editor had before them; what changes for a story is an Event of that story.

Raises WorkflowError, whose text is fit for the actor, and changes nothing then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import listings, publication
from articles.listings import Front
from articles.models import Article, Event, Pin
from articles.refusals import BadRequest, NotAllowed, NotNow, WorkflowError
from bureaus.models import Bureau, Network, User
from newsroom.eviction import evict

MOST_PINS = 8
LONGEST = timedelta(days=31)
PAID = gettext_lazy("A paid story cannot be pinned: it stands among the latest, with its label.")


@dataclass(frozen=True)
class Hold:
    """A story and the moment until which it is held."""

    article_id: int
    until: datetime


class OrderChanged(WorkflowError):
    """Somebody else has saved another order meanwhile; ``event`` tells who, if it is known."""

    def __init__(self, event: Event | None):
        super().__init__(_("The order of this front has been changed since you opened it."))
        self.event = event


def may_curate(user: User, bureau: Bureau | None) -> bool:
    """Whether the user decides about the front of this bureau or, with None, of the network."""
    return user.is_network_editor if bureau is None else user.is_editor_of(bureau.pk)


def curated_by(user: User) -> list[Bureau | None]:
    """The fronts of which the user decides: the network's first, then those of open bureaus."""
    network: list[Bureau | None] = [None] if may_curate(user, None) else []
    return network + [bureau for bureau in Bureau.objects.open() if may_curate(user, bureau)]


def pins_of(bureau: Bureau | None) -> QuerySet[Pin]:
    """What is pinned to a front, in its order; what has ended, too, until the next save."""
    return Pin.objects.filter(bureau=bureau).select_related("pinned_by")


def version_of(pins: Sequence[Pin]) -> str:
    """A word for exactly this order with these ends."""
    return ",".join(f"{pin.article_id}.{pin.until.timestamp():.6f}" for pin in pins)


def last_change(bureau: Bureau | None, articles: Sequence[int]) -> Event | None:
    """The latest pinning or unpinning on a front of one of the stories."""
    events = Event.objects.filter(
        article__in=articles, verb__in=("pin", "unpin"), details__bureau=_slug(bureau)
    )
    return events.select_related("by").order_by("-id").first()


@transaction.atomic
def arrange(
    bureau: Bureau | None, holds: Sequence[Hold], *, by: User, version: str
) -> Sequence[Pin]:
    """Make these stories, in this order, what is pinned to a front.

    Whatever has ended goes with it. ``version`` is that of the order which the actor changed.
    """
    if not may_curate(by, bureau):
        raise NotAllowed(_("You do not decide about this front."))
    _lock(bureau)
    before = list(pins_of(bureau))
    if version != version_of(before):
        stories = {pin.article_id for pin in before} | {hold.article_id for hold in holds}
        raise OrderChanged(last_change(bureau, sorted(stories)))
    now = publication.database_now()
    old = {pin.article_id: pin for pin in before}
    _refuse(bureau, holds, old, now)
    kept = [hold.article_id for hold in holds]
    moved = _moved([pin.article_id for pin in before if pin.article_id in kept], kept)
    for article_id, pin in old.items():
        if article_id not in kept:
            pin.delete()
            if pin.until > now:
                _log("unpin", article_id, by, now, bureau)
    for place, hold in enumerate(holds, 1):
        pin = old.get(hold.article_id) or Pin(bureau=bureau, article_id=hold.article_id)
        is_changed = pin.pk is None or pin.until != hold.until
        if is_changed:
            pin.until, pin.pinned_by, pin.pinned_at = hold.until, by, now
        pin.position = place
        pin.save()
        if is_changed or hold.article_id in moved:
            until = hold.until.isoformat()
            _log("pin", hold.article_id, by, now, bureau, until=until, place=place)
    evict(f"front:{Front(bureau).list_name}")
    return list(pins_of(bureau))


def _lock(bureau: Bureau | None) -> None:
    # Not FOR UPDATE: whoever publishes a story of the bureau meanwhile need not wait.
    if bureau is None:
        Network.objects.select_for_update(no_key=True).get(pk=1)
        return
    if not Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk).is_open:
        raise NotNow(_("%(bureau)s is not open: its front is not shown.") % {"bureau": bureau})


def _refuse(
    bureau: Bureau | None, holds: Sequence[Hold], old: dict[int, Pin], now: datetime
) -> None:
    """Raise BadRequest for an order that cannot be, with the story to mend as its field."""
    if len(holds) > MOST_PINS:
        raise BadRequest(
            "",
            ngettext(
                "A front holds at most %(limit)d pinned story.",
                "A front holds at most %(limit)d pinned stories.",
                MOST_PINS,
            )
            % {"limit": MOST_PINS},
        )
    if len({hold.article_id for hold in holds}) < len(holds):
        raise BadRequest("", _("A story can be pinned only once."))
    new = [hold.article_id for hold in holds if hold.article_id not in old]
    kept = [hold.article_id for hold in holds]
    live = listings.live_lines(Front(bureau).list_name, kept)
    for hold in holds:
        field = str(hold.article_id)
        if hold.article_id in new and hold.article_id not in live:
            raise BadRequest(field, _("Only a story that is live on this front can be pinned."))
        if hold.article_id in live and live[hold.article_id].edition.paid:
            raise BadRequest(field, PAID)
        if hold.until <= now:
            raise BadRequest(field, _("This time has passed. Choose one to come."))
        is_kept = hold.article_id in old and old[hold.article_id].until == hold.until
        if hold.until > now + LONGEST and not is_kept:
            raise BadRequest(field, _("Choose a time within the next 31 days."))


def _moved(before: list[int], after: list[int]) -> set[int]:
    """The fewest stories that were moved to come from one order to the other."""
    matching = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {number for block in matching for number in after[block.b : block.b + block.size]}
    return set(before) - stayed


def _log(
    verb: str, article_id: int, by: User, now: datetime, bureau: Bureau | None, **details
) -> None:
    story = Article.objects.get(pk=article_id)
    Event.beside(story, verb, by=by, at=now, bureau=_slug(bureau), **details)


def _slug(bureau: Bureau | None) -> str:
    return bureau.slug if bureau else ""
