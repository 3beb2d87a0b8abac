"""Pages that lead to stories: lists and authors, and the way to any page."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from articles.models import Listing, Page
from articles.structured_data.organizations import author_url, reference, site_id
from articles.structured_data.vocabulary import LANGUAGE, Node, node
from bureaus.hosts import Site
from bureaus.models import Author, Network

# The types of schema.org for standing pages; the rest is a WebPage.
STANDING = {
    Page.Kind.ABOUT: "AboutPage",
    Page.Kind.MASTHEAD: "AboutPage",
    Page.Kind.CONTACT: "ContactPage",
}


def collection_page(
    site: Site, name: str, *, url: str, lines: Iterable[Listing], description: str = ""
) -> Node:
    """The page of a list at ``url``: a section, a topic, the latest, a day of the index."""
    return _page(
        "CollectionPage",
        name,
        url,
        description=description,
        isPartOf={"@id": site_id(site)},
        mainEntity=item_list(lines),
    )


def item_list(lines: Iterable[Listing]) -> Node:
    """The stories of a list, in its order, by their addresses alone."""
    items = [
        node("ListItem", position=position, url=line.url) for position, line in enumerate(lines, 1)
    ]
    return node("ItemList", numberOfItems=len(items), itemListElement=items)


def profile_page(author: Author, network: Network, *, url: str) -> Node:
    """An author's page at ``url``; nothing in it comes from the person's login."""
    home = author_url(author)
    about = {"ident": f"{home}#author", "name": author.name, "description": author.biography}
    if author.kind == Author.Kind.AGENCY:
        entity = node("Organization", url=home, **about)
    else:
        entity = node(
            "Person",
            url=home,
            jobTitle=author.printed_position,
            worksFor=reference(network, author.bureau),
            # Where somebody works is printed in the paper; where somebody lives is not.
            workLocation=node("Place", name=author.place) if author.place else None,
            **about,
        )
    return _page("ProfilePage", author.name, url, mainEntity=entity)


def standing_page(site: Site, kind: str, name: str, *, url: str) -> Node:
    """A page at ``url`` that stands: about the newsroom, how to reach it, by what it abides."""
    assert site.network is not None
    return _page(
        STANDING.get(Page.Kind(kind), "WebPage"),
        name,
        url,
        isPartOf={"@id": site_id(site)},
        about=reference(site.network, site.bureau),
    )


def breadcrumbs(steps: Iterable[tuple[str, str | None]]) -> Node:
    """The way to a page as names and full addresses; the page itself needs no address."""
    items = [
        node("ListItem", position=position, name=name, item=url)
        for position, (name, url) in enumerate(steps, 1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def _page(kind: str, name: str, url: str, **properties: Any) -> Node:
    language = translation.get_language() or LANGUAGE
    return node(kind, ident=url, name=name, url=url, inLanguage=language, **properties)
