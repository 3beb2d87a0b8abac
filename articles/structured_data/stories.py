"""A story as a NewsArticle, or as an advertiser's."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from django.utils.text import Truncator

from articles.body import plain_text
from articles.cards import card_of
from articles.models import CreditRole, Edition, Notice, Page, Placement, Source
from articles.objects import pictures_in, placeholders_in
from articles.resolving import NOTHING, Resolved
from articles.structured_data.organizations import author_url, reference
from articles.structured_data.vocabulary import LANGUAGE, Node, node
from bureaus.hosts import absolute_url, page_url
from bureaus.models import Author, Bureau

RATIOS = ("16x9", "4x3", "1x1")
CROP_WIDTH = 1200  # pixels; what search engines ask of each ratio
DESCRIPTION_LENGTH = 160
_CHANGES = (Edition.Kind.UPDATE, Edition.Kind.CORRECTION)
_MISTAKES = (Notice.Kind.CORRECTION, Notice.Kind.ERRATUM)
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")

Lines = Sequence[Mapping[str, Any]]


def news_article(
    edition: Edition,
    *,
    authors: Mapping[int, Author],
    notices: Lines,
    history: Lines,
    pages: Collection[str] = (),
    placement: Placement | None = None,
    objects: Resolved = NOTHING,
) -> Node:
    """A story's page: NewsArticle, or AdvertiserContentArticle when somebody has paid for it.

    ``authors`` has everybody credited by id, with bureau; ``notices`` and ``history`` are those of
    ``Edition.objects.with_record()`` with real times under "since"; ``pages`` are the kinds of
    standing pages that its site has. A bureau that also runs the story may have a headline of its
    own for it; address, bureau and clock stay those of its home. ``objects`` are what the text
    shows beside its words.

    A headline is never cut: search engines, which show about 110 characters, do that themselves.
    """
    bureau = edition.bureau
    with translation.override(LANGUAGE):
        url = edition.address.get_absolute_url()
    local_headline = placement.headline if placement else ""
    text = plain_text(edition.body)
    return node(
        "AdvertiserContentArticle" if edition.paid else "NewsArticle",
        ident=f"{url}#article",
        url=url,
        mainEntityOfPage=url,
        headline=local_headline or edition.headline,
        alternativeHeadline=edition.headline if local_headline else None,
        description=edition.summary or Truncator(text).chars(DESCRIPTION_LENGTH),
        inLanguage=LANGUAGE,
        datePublished=_printed(edition.first_published, bureau),
        dateModified=_printed(_changed(edition, notices, history), bureau),
        version=edition.number,
        creativeWorkStatus="Unverified" if edition.unverified else None,
        articleSection=edition.section.name if edition.section else None,
        keywords=[tag["name"] for tag in edition.tags],
        # The property belongs to NewsArticle alone.
        dateline=edition.dateline if not edition.paid else None,
        contentLocation=node("Place", name=edition.dateline) if edition.dateline else None,
        wordCount=len(_WORD.findall(text)),
        isAccessibleForFree=True,
        correction=[_correction(notice, bureau) for notice in notices if _is_mistake(notice)],
        publisher=reference(bureau.network),
        publishingPrinciples=_principles(bureau) if Page.Kind.GUIDELINES in pages else None,
        **_made_by(edition, authors, objects),
        **_rights(edition),
    )


def _principles(bureau: Bureau) -> str:
    """The guidelines that hold for a bureau's stories: the network's once it has closed."""
    return page_url(bureau if bureau.is_open else None, Page.Kind.GUIDELINES, LANGUAGE)


def _made_by(edition: Edition, authors: Mapping[int, Author], objects: Resolved) -> Node:
    """Who made the story and its pictures. Nobody is said to have made what a source sent."""
    credited: dict[str, list[Node]] = {role: [] for role in CreditRole}
    for byline in edition.credited(authors):
        author = authors.get(byline["id"])
        is_agency = author is not None and author.kind == Author.Kind.AGENCY
        credited[byline["role"]].append(
            node(
                "Organization" if is_agency else "Person",
                # As it was printed, whatever the person is called today.
                name=byline["name"],
                url=author_url(author) if author else None,
            )
        )
    photographers = credited[CreditRole.PHOTOGRAPHER]
    of_picture = _photographers_of_picture(edition, photographers)
    others = [person for person in photographers if person not in of_picture]
    # What is paid for is not written on behalf of the bureau.
    home = None if edition.paid else reference(edition.bureau.network, edition.bureau)
    return {
        "author": credited[CreditRole.WRITER] or (_source(edition) if edition.paid else home),
        # A Person in schema.org, never an agency.
        "editor": [who for who in credited[CreditRole.EDITOR] if who["@type"] == "Person"],
        "contributor": [*credited[CreditRole.CONTRIBUTOR], *others],
        "translator": credited[CreditRole.TRANSLATOR],
        "sourceOrganization": home,
        "image": [*_images(edition, of_picture), *_placed_images(edition, objects)],
    }


def _photographers_of_picture(edition: Edition, photographers: list[Node]) -> list[Node]:
    """Those whom the credit of the lead picture names; a handout may go with others' pictures."""
    picture = edition.picture
    if picture is None or picture.source != picture.Source.OWN:
        return []
    credit = picture.credit.casefold()
    return [person for person in photographers if person["name"].casefold() in credit]


def _images(edition: Edition, photographers: list[Node]) -> list[Node]:
    picture = edition.picture
    if picture is None:
        # Search engines ask for a picture with every story.
        card = card_of(edition)
        return [node("ImageObject", url=card.url, width=card.width, height=card.height)]
    host = _host(edition)
    images = []
    for ratio in RATIOS:
        if not picture.widths(ratio):
            continue
        width, height = picture.shown_size(ratio, CROP_WIDTH)
        images.append(
            node(
                "ImageObject",
                url=urljoin(host, picture.url(CROP_WIDTH, ratio)),
                width=width,
                height=height,
                caption=edition.shown_caption,
                creditText=picture.credit,
                creator=photographers,
            )
        )
    return images


def _placed_images(edition: Edition, objects: Resolved) -> list[Node]:
    """The pictures in the text, each once and whole; the lead picture is told already."""
    captions = {
        placeholder.id: placeholder.caption
        for placeholder in placeholders_in(edition.body)
        if placeholder.kind == "picture" and placeholder.caption
    }
    placed = (objects.pictures.get(number) for number in pictures_in(edition.body))
    host, images = _host(edition), []
    for picture in placed:
        if picture is None or picture.pk == edition.picture_id:
            continue
        width, height = picture.shown_size("free", CROP_WIDTH)
        images.append(
            node(
                "ImageObject",
                url=urljoin(host, picture.url(CROP_WIDTH)),
                width=width,
                height=height,
                caption=captions.get(picture.pk, picture.caption),
                creditText=picture.credit,
            )
        )
    return images


def _host(edition: Edition) -> str:
    """Before the addresses of pictures; storage elsewhere gives full ones, which stay."""
    return absolute_url(edition.bureau if edition.bureau.is_open else None, "/")


def _rights(edition: Edition) -> Node:
    """Whose text it is: somebody else's is said to be based on theirs, and not to be ours."""
    source = _source(edition)
    foreign = edition.source in (Source.PRESS_RELEASE, Source.AGENCY)
    holder = None
    if not edition.paid and edition.source == Source.OWN:
        holder = reference(edition.bureau.network)
    elif not edition.paid and edition.source == Source.AGENCY:
        holder = source
    year = edition.first_published.astimezone(edition.bureau.zone).year
    return {
        "sponsor": source if edition.paid else None,
        "isBasedOn": node("CreativeWork", creator=source) if foreign and source else None,
        "copyrightHolder": holder,
        "copyrightYear": year if holder else None,
    }


def _source(edition: Edition) -> Node | None:
    return node("Organization", name=edition.source_name) if edition.source_name else None


def _is_mistake(notice: Mapping[str, Any]) -> bool:
    return notice["kind"] in _MISTAKES


def _correction(notice: Mapping[str, Any], bureau: Bureau) -> Node:
    date = _printed(notice["since"], bureau)
    return node("CorrectionComment", text=notice["text"], datePublished=date)


def _changed(edition: Edition, notices: Lines, history: Lines) -> datetime:
    """When it last came to say something else: a new printed date does not, a notice does."""
    moments = [line["since"] for line in history if line["kind"] in _CHANGES]
    moments += [notice["since"] for notice in notices]
    # A story may have got its printed date after an update.
    return max([edition.first_published, *moments])


def _printed(moment: datetime, bureau: Bureau) -> str:
    """ISO 8601 with the offset of the bureau's clock."""
    return moment.astimezone(bureau.zone).isoformat(timespec="seconds")
