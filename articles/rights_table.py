"""Which source, licence and owner of a picture go together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from bureaus.models import Author

Source, Licence = Picture.Source, Picture.Licence


class Owner(Enum):
    NOBODY = auto()  # none is named: the newsroom's own, or nobody's
    OURS = auto()
    ANOTHER = auto()


ANY = frozenset(Owner)
HOUSE = frozenset({Owner.NOBODY, Owner.OURS})
NAMED = frozenset({Owner.OURS, Owner.ANOTHER})  # a contributor keeps the rights, too
THEIRS = frozenset({Owner.NOBODY, Owner.ANOTHER})  # an agency is named by its credit

_OPEN = dict.fromkeys((Licence.CC_BY, Licence.CC_BY_SA, Licence.FREE), ANY)
_OF_OTHERS = {Licence.PERMITTED: NAMED, Licence.ONCE: ANY, **_OPEN}
_BY_CONTRACT = {Licence.CONTRACT: THEIRS, **_OF_OTHERS}
#: The owners of each licence that a picture of each source can have; what is not here, none can.
GO_TOGETHER: dict[str, dict[str, frozenset[Owner]]] = {
    Source.OWN: {Licence.OWN: HOUSE, **dict.fromkeys(_OPEN, HOUSE)},
    Source.HANDOUT: {**_OF_OTHERS},
    Source.AGENCY: {**_BY_CONTRACT},
    Source.CITIZEN: {**_OF_OTHERS},
    Source.ARCHIVE: {Licence.OWN: HOUSE, **_BY_CONTRACT},
}
SETTLED_BY = ("source", "licence", "owner")
WHO_PERMITS = _("Name the owner who has given the permission.")


@dataclass(frozen=True)
class Contradiction:
    """``field``, one of SETTLED_BY, is where it is mended; ``said`` tells a person what it is."""

    field: str
    said: str


def owner_of(picture: Picture) -> Owner:
    """Ours are the newsroom's, whoever has sent it and every author."""
    name = picture.owner.strip()
    if not name:
        return Owner.NOBODY
    is_ours = not picture.other_owner or Author.objects.filter(name__iexact=name).exists()
    return Owner.OURS if is_ours else Owner.ANOTHER


def owners(source: str, licence: str) -> frozenset[Owner] | None:
    """Who may own what has these; "" is what is not said yet. None where the two contradict."""
    rows: Iterable[dict[str, frozenset[Owner]]]
    rows = [GO_TOGETHER[source]] if source else GO_TOGETHER.values()
    found = [row[each] for row in rows for each in row if licence in ("", each)]
    return frozenset().union(*found) if found else None


def contradiction_in(picture: Picture) -> Contradiction | None:
    """What of the picture's source, licence and owner cannot be together; None if all can."""
    allowed = owners(picture.source, picture.licence)
    if allowed is None:
        return Contradiction("licence", unlike(picture.source, picture.licence))
    owner = owner_of(picture)
    if owner in allowed:
        return None
    if owner == Owner.NOBODY:
        return Contradiction("owner", str(WHO_PERMITS))
    is_of_source = picture.source == Source.OWN and picture.licence != Licence.OWN
    what = picture.get_source_display() if is_of_source else picture.get_licence_display()
    said = gettext(
        "The owner is %(owner)s: that does not go with “%(what)s”. Correct the owner, or choose"
        " something else."
    )
    return Contradiction("owner", said % {"owner": picture.owner, "what": what})


def unlike(source: str, licence: str) -> str:
    """That a source and a licence contradict each other."""
    said = gettext("“%(licence)s” does not go with the source “%(source)s”.")
    return said % {"licence": Licence(licence).label, "source": Source(source).label}
