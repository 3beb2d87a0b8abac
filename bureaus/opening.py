"""What a bureau must have before it may open, and what open bureaus have of the network alone.

Press law demands that a site name its publisher, its address and the person responsible, and the
guidelines that it works by (PPMS; UU Pers): its own, or else the network's. Whoever opens a bureau
or takes something away holds the network's row lock, so that the two never pass each other.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from articles.models import Page
from bureaus.models import Bureau, Network

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
        )
        for name in MASTHEAD
    ]
    texts = Page.objects.filter(kind=Page.Kind.GUIDELINES)
    is_own = bureau.pk is not None and texts.filter(bureau=bureau).exists()
    is_met = is_own or texts.filter(bureau=None).exists()
    return [*found, Demand(GUIDELINES, Page.Kind.GUIDELINES.label, is_met, is_own)]


def depending_on(field: str) -> QuerySet[Bureau]:
    """The open bureaus that have a field of MASTHEAD, or GUIDELINES, from the network alone."""
    bureaus = Bureau.objects.open()
    if field != GUIDELINES:
        return bureaus.filter(**{field: ""})
    own = Page.objects.filter(kind=Page.Kind.GUIDELINES, bureau=OuterRef("pk"))
    return bureaus.exclude(Exists(own))


def names(bureaus: QuerySet[Bureau]) -> str:
    return ", ".join(bureau.name for bureau in bureaus)
