"""Who is named as working for a site, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureaus.models import Author, Bureau, Network, Role

_HEADINGS = {
    Author.Kind.STAFF: gettext_lazy("Editors and staff"),
    Author.Kind.CORRESPONDENT: gettext_lazy("Correspondents"),
    Author.Kind.CONTRIBUTOR: gettext_lazy("Contributors"),
}
# As a masthead orders them; a position is free text, and what begins otherwise follows by name.
_RANKS = (
    "pemimpin umum",
    "wakil pemimpin umum",
    "pemimpin redaksi",
    "wakil pemimpin redaksi",
    "redaktur eksekutif",
    "redaktur pelaksana",
    "wakil redaktur pelaksana",
    "kepala biro",
    "koordinator",
    "redaktur",
)


@dataclass(frozen=True)
class Group:
    heading: str | Promise
    people: list[Author]


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


def _by_kind(people: Sequence[Author]) -> list[Group]:
    groups = [
        Group(heading, [person for person in people if person.kind == kind])
        for kind, heading in _HEADINGS.items()
    ]
    return [group for group in groups if group.people]


def _rank(person: Author) -> int:
    position = person.position.lower()
    fitting = [number for number, rank in enumerate(_RANKS) if position.startswith(rank)]
    return min(fitting, default=len(_RANKS) + (not position))


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
