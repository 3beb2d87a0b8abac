"""The library of pictures: who may put some in, and who finds which."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from articles import keyset
from articles.models import Picture
from articles.story_search import TooWide, bounded, is_searchable
from bureaus.desk import at_work
from bureaus.models import Bureau, Role, User

ROLES = (Role.REPORTER, Role.BUREAU_EDITOR, Role.NETWORK_EDITOR, Role.PHOTO_EDITOR)
DECIDING_ROLES = (Role.BUREAU_EDITOR, Role.NETWORK_EDITOR, Role.PHOTO_EDITOR)
NEWEST = "uploaded_at"


def has_library(user: User) -> bool:
    return any(user.holds(role) for role in ROLES)


def picture_bureaus(user: User) -> QuerySet[Bureau]:
    """The bureaus in whose library the user may put pictures."""
    places = {at for role, at in user.roles if role in ROLES}
    bureaus = at_work()
    return bureaus if None in places else bureaus.filter(pk__in=places)


def may_change(user: User, picture: Picture) -> bool:
    """Readers see a picture's words as they are now: once it was in an edition, changing it is an
    editor's decision. What is shared with a bureau is not that bureau's to change."""
    if any(user.holds(role, picture.bureau_id) for role in DECIDING_ROLES):
        return True
    is_own = picture.uploaded_by_id == user.pk and user.holds(Role.REPORTER, picture.bureau_id)
    return is_own and not picture.was_in_an_edition


def shared_by_others(pictures: QuerySet[Picture], own: Iterable[Bureau]) -> QuerySet[Picture]:
    """Those of other bureaus than these; which those are is asked first, for they may be none."""
    others = Bureau.objects.exclude(pk__in=[bureau.pk for bureau in own])
    return pictures.filter(bureau_id__in=list(others.values_list("pk", flat=True)))


def part_of(
    pictures: QuerySet[Picture], size: int, cursor: Mapping[str, str], *, is_search: bool
) -> keyset.Cut[Picture] | None:
    """One page of the pictures, newest first; None where a search takes too long.

    ``cursor`` has "before" or "after", or nothing; what is no place in the list is passed over.
    """
    pictures = pictures.order_by()
    if not is_search:
        return _cut(pictures, size, cursor)
    try:
        with bounded():
            return _cut(pictures, size, cursor)
    except TooWide:
        return None


def _cut(pictures: QuerySet[Picture], size: int, cursor: Mapping[str, str]) -> keyset.Cut[Picture]:
    try:
        return keyset.cut(pictures, NEWEST, size, **cursor)
    except keyset.NoSuchPlace:
        return keyset.cut(pictures, NEWEST, size)


def searched(pictures: QuerySet[Picture], text: str) -> QuerySet[Picture]:
    """Those with every word of a text; none where there is no word long enough to look for."""
    if not text.strip():
        return pictures
    return pictures.search(text) if is_searchable(text) else pictures.none()
