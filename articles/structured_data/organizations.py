"""Who publishes and who writes: the network, its bureaus and sites, the authors' addresses."""

from collections.abc import Collection

from articles.models import Page
from articles.structured_data.vocabulary import LANGUAGE, Node, node
from bureaus.hosts import Site, page_url
from bureaus.models import Author, Bureau, Network

LOGO_SIZE = 512  # pixels
# Which standing page answers for which policy (schema.org/NewsMediaOrganization).
POLICIES = {
    "publishingPrinciples": Page.Kind.GUIDELINES,
    "ethicsPolicy": Page.Kind.GUIDELINES,
    "correctionsPolicy": Page.Kind.CORRECTIONS,
    "masthead": Page.Kind.MASTHEAD,
}


def organization(
    network: Network, bureau: Bureau | None = None, *, pages: Collection[str] = ()
) -> Node:
    """The network or one of its bureaus; ``pages`` are the kinds of standing pages that it has."""
    masthead = (bureau or network).masthead
    # A bureau without an address of its own prints the network's, which is elsewhere.
    region = bureau.province if bureau and bureau.address else None
    address = node(
        "PostalAddress", streetAddress=masthead.address, addressRegion=region, addressCountry="ID"
    )
    details = node(
        "NewsMediaOrganization",
        legalName=masthead.publisher,
        slogan=network.tagline if bureau is None else None,
        logo=_logo(bureau),
        address=address if masthead.address else None,
        email=masthead.email,
        telephone=masthead.phone,
        areaServed=_area(bureau),
        parentOrganization=reference(network) if bureau else None,
    )
    policies = {
        policy: page_url(bureau, kind, LANGUAGE)
        for policy, kind in POLICIES.items()
        if kind in pages
    }
    return reference(network, bureau) | details | policies


def reference(network: Network, bureau: Bureau | None = None) -> Node:
    """Enough of an organisation to know which it is; another node of its id has the rest."""
    front = page_url(bureau, "front", LANGUAGE)
    return node(
        "NewsMediaOrganization",
        ident=f"{front}#organization",
        name=f"{network} {bureau}" if bureau else str(network),
        # A closed bureau has no page any more.
        url=front if bureau is None or bureau.is_open else None,
    )


def _logo(bureau: Bureau | None) -> Node:
    home = bureau if bureau and bureau.is_open else None
    return node(
        "ImageObject",
        url=page_url(home, "icon_png", LANGUAGE, size=LOGO_SIZE),
        width=LOGO_SIZE,
        height=LOGO_SIZE,
    )


def _area(bureau: Bureau | None) -> Node:
    if bureau is None:
        return node("Country", name="Indonesia")
    province = node("AdministrativeArea", name=bureau.province) if bureau.province else None
    return node("AdministrativeArea", name=bureau.name, containedInPlace=province)


def web_site(site: Site) -> Node:
    """A whole site, for its front."""
    assert site.network is not None
    return node(
        "WebSite",
        ident=site_id(site),
        name=site.name,
        url=page_url(site.bureau, "front", LANGUAGE),
        description=site.network.tagline if site.bureau is None else None,
        inLanguage=["id", "en"],
        publisher=reference(site.network, site.bureau),
    )


def site_id(site: Site) -> str:
    return f"{page_url(site.bureau, 'front', LANGUAGE)}#website"


def author_url(author: Author) -> str:
    """The one canonical address of an author's page: at the own bureau while that is open."""
    home = author.bureau if author.bureau and author.bureau.is_open else None
    return page_url(home, "author", LANGUAGE, slug=author.slug)
