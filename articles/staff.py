"""Who is named as working for a site, and as what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureaus.models import Author, Bureau, Network, Role
from bureaus.provinces import west_to_east

_HEADINGS = {
    Author.Kind.STAFF: gettext_lazy("Editors and staff"),
    Author.Kind.CORRESPONDENT: gettext_lazy("Correspondents"),
    Author.Kind.CONTRIBUTOR: gettext_lazy("Contributors"),
}
_HEAD = "kepala biro"
# As a masthead orders them; a position is free text, and what begins otherwise follows by name.
_RANKS = (
    "pemimpin umum",
    "wakil pemimpin umum",
    "pemimpin redaksi",
    "wakil pemimpin redaksi",
    "redaktur eksekutif",
    "redaktur pelaksana",
    "wakil redaktur pelaksana",
    _HEAD,
    "koordinator",
    "redaktur",
)


@dataclass(frozen=True)
class Group:
    heading: str | Promise
    people: list[Author]
    usual: str = ""  # the position that goes without saying, in the newsroom's own language


def of_site(bureau: Bureau | None) -> list[Group]:
    """Who works for a bureau or, with None, for the network, by kind; one query.

    The network's are those of no bureau, and its editors wherever they are. Agencies work for
    nobody.
    """
    belongs = Q(bureau=bureau)
    if bureau is None:
        belongs |= Q(user__is_active=True, user__memberships__role=Role.NETWORK_EDITOR)
    people = sorted(
        Author.objects.active().filter(belongs).distinct(),
        key=lambda person: (_rank(person), person.name),
    )
    return _by_kind(people)


def leading(bureaus: Iterable[Bureau]) -> list[tuple[Bureau, Author | None]]:
    """Each bureau, west to east, with whoever leads it, if anybody is known to; one query.

    That is who is called so or, else, its editor at the desk.
    """
    edits = Q(user__is_active=True, user__memberships__role=Role.BUREAU_EDITOR)
    leads = Q(position__istartswith=_HEAD) | edits & Q(user__memberships__bureau=F("bureau"))
    people = Author.objects.active().filter(leads, bureau__isnull=False).distinct()
    heads: dict[int | None, Author] = {}
    for person in sorted(people, key=lambda person: (_rank(person), person.name)):
        heads.setdefault(person.bureau_id, person)
    return [(bureau, heads.get(bureau.pk)) for bureau in west_to_east(bureaus)]


def _by_kind(people: Sequence[Author]) -> list[Group]:
    groups = [
        Group(heading, [person for person in people if person.kind == kind], _usual(heading))
        for kind, heading in _HEADINGS.items()
    ]
    return [group for group in groups if group.people]


def _usual(heading: Promise) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(heading).lower()


def _rank(person: Author) -> int:
    position = person.position.lower()
    fitting = [number for number, rank in enumerate(_RANKS) if position.startswith(rank)]
    return min(fitting, default=len(_RANKS) + (not position))


def position(author: Author, network: Network) -> str:
    """What a profile says beside the description, where that does not say it already."""
    if not author.is_active or author.kind == Author.Kind.AGENCY:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        goes_without_saying = author.position.lower() in described(author, network).lower()
    return "" if goes_without_saying else author.printed_position


def described(author: Author, network: Network) -> str:
    """What a person is to readers, or was: "Koresponden Cilacap"."""
    home = author.bureau
    site = f"{network} {home}" if home else str(network)
    if author.kind == Author.Kind.AGENCY:
        if author.is_active:
            return _("News agency")
        return _("Agency that formerly served %(site)s") % {"site": site}
    if not author.is_active:
        return _("Formerly wrote for %(site)s") % {"site": site}
    where = {"place": home or network}
    return {
        Author.Kind.STAFF: _("Newsroom of %(place)s"),
        Author.Kind.CORRESPONDENT: _("%(place)s correspondent"),
        Author.Kind.CONTRIBUTOR: _("%(place)s contributor"),
    }[author.kind] % where
