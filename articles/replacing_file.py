"""A file that takes another's place in a picture: whether it names somebody else than the picture
does, and what of the picture's words is then still of the former file."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, ngettext

from articles.models import Picture
from newsroom.renditions.origin import another_named

#: Asked about where the file names somebody else, and with them what then comes from the file.
ASKED = ("source", "licence", "credit")
OF_FILE = ("creator", "copyright", "owner")
WORDS = ("alt_text", "caption", "credit")
BROUGHT = ("caption", "credit", "creator", "copyright", "owner", "place", "keywords", "ai")
_PARTS = re.compile(r"[/,;|©()]")


def named_anew(picture: Picture, former: Mapping[str, object]) -> str:
    """Whom the file that has just come names beside those whom the picture named; "" if nobody.

    ``former`` has what stood in the picture's fields.
    """
    names = [str(former.get(field) or "") for field in ("credit", *OF_FILE)]
    known = [*names, *(part for name in names for part in _PARTS.split(name))]
    if former.get("source") == Picture.Source.OWN:
        known += picture.our_names
    return another_named(picture.file_words, known)


def words_to_look_at(uses: int, former: Iterable[str] = (), brought: Iterable[str] = ()) -> str:
    """What to do when a picture that stands in so many stories has another file: which of its
    fields are still of the ``former`` one, and which the new one has ``brought``."""
    said = []
    if uses:
        text = ngettext("It is used in %(count)d story.", "It is used in %(count)d stories.", uses)
        said.append(text % {"count": uses})
    if names := _listed(former):
        said.append(gettext("Check what is still of the former file: %(fields)s.") % names)
    if names := _listed(brought):
        said.append(gettext("Check what has come with the new file: %(fields)s.") % names)
    return " ".join(said)


def _listed(fields: Iterable[str]) -> dict[str, str]:
    labels = [str(Picture._meta.get_field(name).verbose_name) for name in fields]
    return {"fields": ", ".join(labels)} if labels else {}


def words_had(picture: Picture) -> list[str]:
    """Those of the words beside a picture that it has."""
    return [name for name in WORDS if getattr(picture, name)]


def whence(picture: Picture, former: Mapping[str, object], typed: Mapping[str, object]):
    """Fields that are as with the former file, and fields that the new file has filled in."""
    still = [name for name in words_had(picture) if getattr(picture, name) == former.get(name)]
    brought = [
        name
        for name in (*BROUGHT, "taken_on")
        if (now := getattr(picture, name)) and now not in (former.get(name), typed.get(name))
    ]
    return still, brought
