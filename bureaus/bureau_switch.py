"""At which bureau's desk somebody with several is working: kept for the length of a session.

An address that names a bureau, or none of them in so many words (``?bureau=``), always wins and is
what is kept from then on; one that says nothing is about the bureau that is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from bureaus.models import Bureau

KEPT = "desk_bureau"
LOOKS_AGAIN = "X-Looks-Again"  # sent by pages that refresh themselves: nobody has chosen anything


@dataclass(frozen=True)
class Place:
    """One line of the switch; ``bureau`` is None for all of them."""

    bureau: Bureau | None
    url: str
    is_here: bool


def chosen(
    request: HttpRequest, bureaus: Sequence[Bureau], parameter: str, field: str
) -> Bureau | None:
    """The one of ``bureaus`` that the page is about; None for all of them.

    The address names it in ``parameter``, by that ``field`` of the bureau.
    """
    asked = request.GET.get(parameter)
    if asked is None:
        kept = request.session.get(KEPT)
        return next((bureau for bureau in bureaus if bureau.pk == kept), None)
    bureau = next((each for each in bureaus if str(getattr(each, field)) == asked), None)
    if (bureau or not asked) and LOOKS_AGAIN not in request.headers:
        _keep(request, bureau)
    return bureau


def _keep(request: HttpRequest, bureau: Bureau | None) -> None:
    number = bureau.pk if bureau else None
    if request.session.get(KEPT) != number:
        request.session[KEPT] = number


def switch(
    bureaus: Sequence[Bureau], here: Bureau | None, url: Callable[[Bureau | None], str]
) -> list[Place]:
    """The lines of the switch, all bureaus first; none where there is nothing to choose."""
    places = [Place(each, url(each), each == here) for each in (None, *bureaus)]
    return places if bureaus[1:] else []
