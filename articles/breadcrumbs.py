"""The way to a page, from the network's front on."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from bureaus.hosts import page_url
from bureaus.models import Bureau


class Step(NamedTuple):
    name: str
    url: str | None = None  # none for the page itself
    language: str = ""  # of the name, where it is not the page's


def trail(bureau: Bureau | None, *further: Step) -> list[Step]:
    """The steps to a page of a bureau's site, or of the network's with None.

    "Nasional", "Biro Cilacap", and then what follows; a bureau that has closed has no front.
    """
    steps = [Step(_("National"), page_url(None, "front"))]
    if bureau:
        front = page_url(bureau, "front") if bureau.is_open else page_url(None, "bureaus")
        steps.append(Step(_("%(bureau)s bureau") % {"bureau": bureau}, front))
    return [*steps, *further]
