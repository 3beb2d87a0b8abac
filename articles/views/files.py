"""Files of readers' hosts that are no pages."""

import re

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.static import serve

from articles import cards
from articles.models import Edition
from articles.reader_page import names_of, read_only, side_list_holds
from newsroom.page_cache import FOR_EVER, describe, mark

PICTURE_FILE = re.compile(r"\w[\w-]{0,100}\.(avif|webp|jpg)", re.ASCII)
# Written out: what a system knows of the newer two differs.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@read_only
def media(request, name):
    """The file of a picture. A name is never given twice, so every cache may keep it."""
    folder, _slash, file = name.partition("/")
    found = PICTURE_FILE.fullmatch(file)
    if folder != "pictures" or not found:
        raise Http404
    response = serve(request, file, document_root=settings.MEDIA_ROOT / folder)
    response["Content-Type"] = TYPES[found[1]]
    response["Cache-Control"] = FOR_EVER
    # For caches in front alone: bureaus.tasks.remove_files has them drop it.
    mark(response, [f"file:{file.partition('-')[0]}"])
    return response


@read_only
def share_card(request, card):
    """The share card of a live edition, and of nothing else.

    Its bytes never change, but whether it is shown does: caches hold it no longer than the page.
    A card of an earlier edition leads to that of the live one, for a message may still ask for it.
    """
    number, _dash, _mark = card.partition("-")
    edition = _live_edition_of_the_story_of(int(number))
    if edition is None:
        raise Http404
    shown = [*names_of(edition), f"bureau:{edition.bureau_id}", "network"]
    if cards.name_of(edition) != card:
        former = Edition.objects.begun().filter(pk=number).select_related(*cards.RELATED).first()
        if former is None or cards.name_of(former) != card:
            raise Http404
        return _to_card(edition, shown)
    if cards.home_of(edition) != request.site.bureau:
        return _to_card(edition, shown)
    try:
        image = cards.image_of(edition)
    except cards.Busy:
        return cards.come_again()
    return describe(HttpResponse(image, "image/jpeg"), shown, edition.live.upper)


def _live_edition_of_the_story_of(number: int) -> Edition | None:
    editions = Edition.objects.live().filter(article__editions=number)
    return editions.select_related(*cards.RELATED).first()


def _to_card(edition: Edition, shown: list[str]) -> HttpResponse:
    return describe(HttpResponseRedirect(cards.card_of(edition).url), shown, side_list_holds())
