"""What search engines are told of a site, a list and an author, and how it stands in a page."""

import json
import re

import pytest
from django.utils import translation

from articles import listings, workflow
from articles import structured_data as data
from articles.models import Page
from bureaus.hosts import bureau_site, network_site, page_url
from bureaus.models import Author
from tests.articles.test_structured_stories import CILACAP, NETWORK, RATIH
from tests.factories import make_author, make_bureau
from tests.schema_org import mistakes


@pytest.fixture(autouse=True)
def network(publisher):
    return publisher


# Organisations and people


def test_the_network_gives_its_policies_where_it_has_pages_for_them(network):
    node = data.organization(network, pages={Page.Kind.GUIDELINES, Page.Kind.MASTHEAD})
    assert mistakes(data.graph(node)) == []
    logo = {
        "@type": "ImageObject",
        "url": page_url(None, "icon_png", "id", size=512),
        "width": 512,
        "height": 512,
    }
    assert node == NETWORK | {
        "legalName": "PT Bentara Media",
        "slogan": "Kabar dari daerah",
        "logo": logo,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Jalan Perintis 18, Cilacap",
            "addressCountry": "ID",
        },
        "email": "redaksi@bentara.test",
        "telephone": "0282 500100",
        "areaServed": {"@type": "Country", "name": "Indonesia"},
        "publishingPrinciples": "http://bentara.test/pedoman",
        "ethicsPolicy": "http://bentara.test/pedoman",
        "masthead": "http://bentara.test/redaksi",
    }


def test_a_bureau_belongs_to_the_network_and_to_its_region(network):
    bureau = make_bureau("cilacap", province="Jawa Tengah", address="Jalan Laut 1, Cilacap")
    with translation.override("en"):
        node = data.organization(network, bureau, pages=[Page.Kind.CORRECTIONS])
    assert mistakes(data.graph(node)) == []
    assert node["@id"] == CILACAP["@id"]
    assert node["parentOrganization"] == NETWORK
    assert node["correctionsPolicy"] == "http://cilacap.bentara.test/koreksi"
    assert node["address"]["addressRegion"] == "Jawa Tengah"
    assert node["areaServed"] == {
        "@type": "AdministrativeArea",
        "name": "Cilacap",
        "containedInPlace": {"@type": "AdministrativeArea", "name": "Jawa Tengah"},
    }


def test_a_bureau_that_prints_the_networks_address_does_not_move_it(network, cilacap):
    cilacap.province = "Jawa Tengah"
    address = data.organization(network, cilacap)["address"]
    assert address["streetAddress"] == network.address
    assert "addressRegion" not in address


def test_an_authors_page_tells_the_job_and_the_place_of_work(network, correspondent):
    author = correspondent.author
    author.position, author.place, author.biography = "Koresponden", "Kroya", "Meliput laut."
    url = "http://cilacap.bentara.test/penulis/ratih-purwandari"
    node = data.profile_page(author, network, url=url)
    assert mistakes(data.graph(node)) == []
    assert node == {
        "@type": "ProfilePage",
        "@id": url,
        "name": "Ratih Purwandari",
        "url": url,
        "inLanguage": "id",
        "mainEntity": RATIH
        | {
            "@id": f"{url}#author",
            "description": "Meliput laut.",
            "jobTitle": "Koresponden",
            "worksFor": CILACAP,
            "workLocation": {"@type": "Place", "name": "Kroya"},
        },
    }
    assert correspondent.email not in json.dumps(node)


def test_an_agencys_page_is_about_an_organization(network):
    agency = make_author("Kantor Berita Pesisir")
    agency.kind, agency.place = Author.Kind.AGENCY, "Jakarta"
    url = data.author_url(agency)
    node = data.profile_page(agency, network, url=url)
    assert mistakes(data.graph(node)) == []
    assert node["mainEntity"] == {
        "@type": "Organization",
        "@id": f"{url}#author",
        "name": "Kantor Berita Pesisir",
        "url": "http://bentara.test/penulis/kantor-berita-pesisir",
    }


# Lists and the way to them


def test_a_list_gives_the_addresses_of_its_stories_in_order(
    publish, network, cilacap, makassar, network_editor
):
    older, newer = publish(), publish()
    workflow.place(older.article, by=network_editor, bureau=makassar)
    workflow.place(newer.article, by=network_editor, bureau=makassar)
    lines = listings.newest({listings.of_bureau(makassar.pk): 10})[f"bureau:{makassar.pk}"]
    site = bureau_site(makassar)
    url = page_url(makassar, "latest")
    node = data.collection_page(site, "Terkini", url=url, lines=lines)
    assert mistakes(data.graph(node)) == []
    assert node == {
        "@type": "CollectionPage",
        "@id": url,
        "name": "Terkini",
        "url": url,
        "inLanguage": "id",
        "isPartOf": {"@id": "http://makassar.bentara.test/#website"},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": 2,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": edition.address.url_at(makassar),
                }
                for position, edition in enumerate((newer, older), 1)
            ],
        },
    }


def test_an_empty_list_is_a_list_all_the_same(network):
    node = data.item_list([])
    assert mistakes(data.graph(node)) == []
    assert node == {"@type": "ItemList", "numberOfItems": 0}


def test_a_site_names_itself_and_its_publisher(network, cilacap):
    nodes = [data.web_site(network_site()), data.web_site(bureau_site(cilacap))]
    assert mistakes(data.graph(*nodes)) == []
    assert [(node["name"], node["publisher"]) for node in nodes] == [
        ("Bentara", NETWORK),
        ("Bentara Cilacap", CILACAP),
    ]
    assert [node["@id"] for node in nodes] == [
        "http://bentara.test/#website",
        "http://cilacap.bentara.test/#website",
    ]


def test_breadcrumbs_end_with_the_page_itself():
    node = data.breadcrumbs([("Bentara", "http://bentara.test/"), ("Hukum", None)])
    assert mistakes(data.graph(node)) == []
    assert node == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Bentara",
                "item": "http://bentara.test/",
            },
            {"@type": "ListItem", "position": 2, "name": "Hukum"},
        ],
    }


# The block


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>&lt;/script&gt;",
    'tanda "kutip" \\ dan garis\u2028miring\u2029',
    "nol \0 di tengah",
    "setengah pasangan \ud800",
    "حريق في السوق 🔥",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_words_end_the_block_or_get_lost_in_it(text):
    script = data.as_script(data.graph({"@type": "Thing", "name": text}))
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', script)[1]
    assert re.search("[<>&\0\u2028\u2029]", inside) is None
    script.encode()
    assert json.loads(inside)["@graph"][0]["name"] == text


def test_nothing_is_left_of_a_thing_that_is_not_there():
    assert data.graph(None, {"@type": "Thing"}, None)["@graph"] == [{"@type": "Thing"}]
