"""Why a picture will hold a story of a bureau back, said where it is chosen."""

from django.utils.translation import gettext

from articles.models import Picture
from bureaus.models import Bureau


def unshared_with(bureau: Bureau | None, picture: Picture) -> str:
    """That it is another bureau's and not shared; empty where it may be used."""
    if bureau is None or picture.is_usable_by(bureau):
        return ""
    return gettext("belongs to %(bureau)s, not shared yet") % {"bureau": picture.bureau}


def held_by(picture: Picture | None, bureau: Bureau | None) -> list[str]:
    if picture is None:
        return []
    ended = gettext("right has ended") if picture.is_over else ""
    return [reason for reason in (ended, unshared_with(bureau, picture)) if reason]
