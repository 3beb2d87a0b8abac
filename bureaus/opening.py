"""What a bureau must have before it may open, and what open bureaus have of the network alone.

Press law demands that a site name its publisher, its address and the person responsible, and the
guidelines that it works by (PPMS; UU Pers): its own, or else the network's. Whoever opens a bureau
or takes something away holds the network's row lock, so that the two never pass each other. What
is lawful but hardly meant, a bureau that has nothing and nobody of its own, asks to be confirmed.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from articles.models import Page
from bureaus.models import Bureau, Network, Role, User

# Fields of Network and Bureau without which there is no site.
MASTHEAD = ("publisher", "address", "person_responsible")
GUIDELINES = "guidelines"


@dataclass(frozen=True)
class Demand:
    """One line of the checklist; ``name`` is a field of MASTHEAD, or GUIDELINES."""

    name: str
    label: str | Promise
    is_met: bool
    is_own: bool
    value: str = ""


@dataclass(frozen=True)
class Staff:
    """Who edits at a bureau: its own editors by name, else the network's, if there are any."""

    own: list[str]
    has_network_editors: bool


def lock() -> Network:
    """The network under its row lock, until the transaction ends."""
    return Network.objects.select_for_update(no_key=True).get(pk=1)


def demands(bureau: Bureau) -> list[Demand]:
    """The checklist of a bureau, saved or as a form has it."""
    found = [
        Demand(
            name,
            Bureau._meta.get_field(name).verbose_name,
            bool(getattr(bureau.masthead, name)),
            bool(getattr(bureau, name)),
            getattr(bureau.masthead, name),
        )
        for name in MASTHEAD
    ]
    texts = Page.objects.filter(kind=Page.Kind.GUIDELINES)
    is_own = bureau.pk is not None and texts.filter(bureau=bureau).exists()
    is_met = is_own or texts.filter(bureau=None).exists()
    return [*found, Demand(GUIDELINES, Page.Kind.GUIDELINES.label, is_met, is_own)]


def staff(bureau: Bureau) -> Staff:
    people = User.objects.filter(is_active=True)
    own = people.filter(memberships__role=Role.BUREAU_EDITOR, memberships__bureau=bureau.pk)
    network = people.filter(memberships__role=Role.NETWORK_EDITOR)
    names = [str(person) for person in own.distinct()] if bureau.pk else []
    return Staff(names, network.exists())


def reservations(bureau: Bureau) -> list[str]:
    """What speaks against opening a bureau, saved or as a form has it, without forbidding it."""
    found = []
    if not any(getattr(bureau, name) for name in MASTHEAD):
        found.append(gettext("Its whole masthead is the network’s."))
    if not staff(bureau).own:
        found.append(gettext("No editor of its own works there."))
    return found


def depending_on(field: str) -> QuerySet[Bureau]:
    """The open bureaus that have a field of MASTHEAD, or GUIDELINES, from the network alone."""
    bureaus = Bureau.objects.open()
    if field != GUIDELINES:
        return bureaus.filter(**{field: ""})
    own = Page.objects.filter(kind=Page.Kind.GUIDELINES, bureau=OuterRef("pk"))
    return bureaus.exclude(Exists(own))


def names(bureaus: QuerySet[Bureau]) -> str:
    return ", ".join(bureau.name for bureau in bureaus)
