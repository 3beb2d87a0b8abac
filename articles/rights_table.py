"""Which source, licence and owner of a picture go together, and whom its own photographs name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import F, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from bureaus.models import Author
from newsroom.renditions.origin import another_named

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
#: of an own photograph each names nobody but the newsroom and its people
NAMED_BY = ("creator", "copyright", "credit")
JUDGED = frozenset({*SETTLED_BY, *NAMED_BY})
WHO_PERMITS = _("Name the owner who has given the permission.")


@dataclass(frozen=True)
class Contradiction:
    """``field``, one of JUDGED, is where it is mended; ``said`` tells a person what it is."""

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


def contradiction_in(picture: Picture, touched: Collection[str] = JUDGED) -> Contradiction | None:
    """What of the picture's source, licence, owner and names cannot be together; None if all can.

    What nobody has ``touched`` of them is not held against the picture.
    """
    found = _unsettled(picture) if {*SETTLED_BY} & {*touched} else None
    if found is None and picture.source == Source.OWN:
        names = [name for name in NAMED_BY if {name, "source"} & {*touched}]
        return _another_named(picture, names)
    return found


def _unsettled(picture: Picture) -> Contradiction | None:
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


def _another_named(picture: Picture, names: Iterable[str]) -> Contradiction | None:
    """Whom an own photograph names there beside the newsroom, its authors and its sender."""
    ours = [*picture.our_names, picture.bureau.name]
    for name in names:
        text = getattr(picture, name).strip()
        authors = Author.objects.alias(text=Value(text)).filter(text__icontains=F("name"))
        # Most name their sender: then no author is looked for.
        if another_named({name: text}, ours) and another_named(
            {name: text}, [*ours, *authors.values_list("name", flat=True)]
        ):
            said = gettext(
                "It names %(name)s: that does not go with “%(what)s”. Correct it, or choose another"
                " source."
            )
            what = picture.get_source_display()
            return Contradiction(name, said % {"name": text, "what": what})
    return None


def unlike(source: str, licence: str) -> str:
    """That a source and a licence contradict each other."""
    said = gettext("“%(licence)s” does not go with the source “%(source)s”.")
    return said % {"licence": Licence(licence).label, "source": Source(source).label}
