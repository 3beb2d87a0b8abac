"""The first page of the desk: what waits for this person, by role.

Editors see the queue of a bureau, or all bureaus at a glance; writers their own texts; those who
look after people and settings what needs them. Editors of several bureaus choose one of them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles import bureau_board, own_texts, waiting
from articles.approval_clock import duration
from articles.dates import day_in_zone
from articles.first_steps import first_steps
from articles.models import Article, Picture
from articles.picture_readers import to_mend
from articles.states import TABS, with_states
from articles.writing import unsaved_of
from bureaus.desk import administers, at_work, may_write, workplaces
from bureaus.models import Bureau, Membership, Role, User

SHOWN = 6  # stories of a short list; the rest is a link away
SCHEDULED_SHOWN = 10
PEOPLE_SHOWN = 8


def home(user: User, choose: Callable[[list[Bureau]], Bureau | None]) -> dict:
    """The context of admin/index.html for this person.

    ``choose`` is asked which one of several bureaus that the person edits the page is about.
    """
    now = timezone.now()
    desks = list(_edited(user))
    bureau = desks[0] if len(desks) == 1 else choose(desks)
    context = {
        "now": now,
        "desks": desks if len(desks) > 1 else [],
        "bureau": bureau,
        "several_bureaus": len(desks) > 1,
        # Said by links to the list, so that two pages of two bureaus lead to two lists.
        "of_bureau": f"bureau={bureau.pk if bureau else ''}" if len(desks) > 1 else "",
        "is_editor": bool(desks),
        "first_steps": first_steps(user),
    }
    if desks:
        context |= _bureau_desk(user, bureau, now) if bureau else _network_desk(user, desks, now)
        context |= _own_of_an_editor(user)
    elif may_write(user):
        context |= _writers_desk(user, now)
    elif user.holds(Role.PHOTO_EDITOR):
        context |= {"desk": "pictures", "pictures": _pictures(user)}
    else:
        context |= {"desk": "management", **_management(user)}
    return context


def _edited(user: User) -> QuerySet[Bureau]:
    """The bureaus at work for which the user decides."""
    roles = (Role.NETWORK_EDITOR, Role.BUREAU_EDITOR)
    places = {at for role, at in user.roles if role in roles}
    return at_work() if None in places else at_work().filter(pk__in=places)


def _bureau_desk(user: User, bureau: Bureau, now: datetime) -> dict:
    """The queue of one bureau, its clock, and what goes to readers."""
    (line,) = bureau_board.lines(user, Bureau.objects.filter(pk=bureau.pk), now)
    rows = waiting.queue_of(user, [bureau], now)
    usual = waiting.usual_wait(bureau, now)
    return {
        "desk": "bureau",
        "today": day_in_zone(now, bureau.zone),
        "line": line,
        "rows": rows[: waiting.SHOWN],
        "is_cut": len(rows) > waiting.SHOWN,
        "usual_wait": "" if usual is None else duration(usual),
        "published": _published(user, bureau),
        **_decided(user, [bureau]),
    }


def _network_desk(user: User, desks: list[Bureau], now: datetime) -> dict:
    """Every bureau that the user edits at a glance; the one in most need stands first."""
    lines = bureau_board.lines(user, _edited(user), now)
    lines.sort(key=lambda line: line.clock.worst, reverse=True)
    return {
        "desk": "network",
        "clocks": _one_a_zone(desks),
        "today": day_in_zone(now, desks[0].zone),
        "urgent": waiting.unclaimed_breaking(user, desks, now),
        "lines": lines,
        "rows": waiting.longest_waiting(user, desks, now),
        **_decided(user, desks),
    }


def _one_a_zone(bureaus: Iterable[Bureau]) -> list[Bureau]:
    """A bureau for each zone's time, from west to east."""
    by_label = {bureau.zone_label: bureau for bureau in bureaus}
    return [by_label[label] for label in ("WIB", "WITA", "WIT") if label in by_label]


def _stories(user: User, bureaus: list[Bureau]) -> QuerySet[Article]:
    return with_states(Article.objects.for_user(user).filter(bureau__in=bureaus))


def _decided(user: User, bureaus: list[Bureau]) -> dict:
    """What an editor has still to do with stories that have left the queue."""
    stories = waiting.with_names(_stories(user, bureaus))
    asked = stories.filter(retraction_request__isnull=False)
    approved = waiting.with_approval(stories.filter(TABS["approved"][1] & ~TABS["scheduled"][1]))
    scheduled = stories.filter(TABS["scheduled"][1])
    return {
        "without_right": to_mend(bureaus, SHOWN),
        "retractions": list(asked.select_related("retraction_request__by").order_by("id")[:SHOWN]),
        "approved": list(approved.order_by("-changed_at", "-id")[:SHOWN]),
        "scheduled": list(scheduled.order_by("next_edition_at", "id")[:SCHEDULED_SHOWN]),
    }


def _published(user: User, bureau: Bureau) -> list[Article]:
    live = Q(TABS["published"][1], public_from__isnull=False)
    stories = _stories(user, [bureau]).filter(live).order_by("-public_from", "-id")
    return list(own_texts.with_address(stories)[:SHOWN])


def _own_of_an_editor(user: User) -> dict:
    drafts = own_texts.drafts_of(user)
    return {
        "sent_back": own_texts.sent_back_to(user),
        "unsaved": unsaved_of(user),
        "drafts": drafts[: own_texts.SHOWN],
        "has_more_drafts": len(drafts) > own_texts.SHOWN,
    }


def _writers_desk(user: User, now: datetime) -> dict:
    places = list(workplaces(user)[:2])
    context = {
        "desk": "writer",
        "bureau": places[0] if places else None,
        "today": day_in_zone(now, places[0].zone) if places else "",
        "several_bureaus": len(places) > 1,
        **_own_of_an_editor(user),
        "with_editor": own_texts.with_editor(user, now),
        "cleared": own_texts.cleared_of(user),
        "published": own_texts.published_of(user),
    }
    kinds = ("sent_back", "unsaved", "drafts", "with_editor", "cleared", "published")
    return context | {"is_new_here": not any(context[kind] for kind in kinds)}


def _pictures(user: User) -> list[Picture]:
    """The pictures sent last, of which some may still lack their words."""
    return list(Picture.objects.for_user(user).select_related("bureau")[:SHOWN])


def _management(user: User) -> dict:
    """Who was invited and has not come yet, and which bureaus nobody edits."""
    administered = [at for role, at in user.roles if role == Role.ADMINISTRATOR]
    people = User.objects.filter(is_active=True, invited_at__isnull=False, last_login=None)
    bureaus = at_work()
    if not administers(user, None):
        people = people.filter(memberships__bureau__in=administered).distinct()
        bureaus = bureaus.filter(pk__in=administered)
    editors = Membership.objects.filter(
        Q(bureau=None) | Q(bureau=OuterRef("pk")), role=Role.BUREAU_EDITOR, user__is_active=True
    )
    return {
        "invited": list(people.order_by("-invited_at", "-id")[:PEOPLE_SHOWN]),
        "without_editor": list(bureaus.exclude(Exists(editors))[:PEOPLE_SHOWN]),
        "preparing": list(bureaus.filter(is_open=False)[:PEOPLE_SHOWN]),
    }
