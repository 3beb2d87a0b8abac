"""Every page of readers tells search engines what it is, in words that schema.org knows."""

import pytest
from django.test import Client

from articles import workflow
from articles.models import Page
from tests.factories import make_bureau, publish_correction, publish_story
from tests.reading import data_of, path_of
from tests.schema_org import mistakes

NETWORK, BUREAU = "bentara.test", "cilacap.bentara.test"
STORIES = ["CollectionPage", "BreadcrumbList"]
STANDING = ["NewsMediaOrganization", "BreadcrumbList"]
KINDS = {
    (NETWORK, "/"): ["NewsMediaOrganization", "WebSite", "ItemList"],
    (NETWORK, "/biro"): ["CollectionPage", *STANDING],
    (NETWORK, "/topik/nelayan"): STORIES,
    (BUREAU, "/"): ["NewsMediaOrganization", "WebSite", "ItemList"],
    (BUREAU, "/en/"): ["NewsMediaOrganization", "WebSite", "ItemList"],
    (BUREAU, "/terkini"): STORIES,
    (BUREAU, "/rubrik/hukum"): STORIES,
    (BUREAU, "/indeks"): STORIES,
    (BUREAU, "/penulis/ratih-purwandari"): ["ProfilePage", "BreadcrumbList"],
    (BUREAU, "/redaksi"): ["AboutPage", *STANDING],
    (BUREAU, "/tentang"): ["AboutPage", *STANDING],
    (BUREAU, "/kontak"): ["ContactPage", *STANDING],
    (BUREAU, "/pedoman"): ["WebPage", *STANDING],
    (BUREAU, "/koreksi"): ["WebPage", "BreadcrumbList"],
}


@pytest.fixture
def edition(network, cilacap, correspondent, editor):
    for kind in Page.Kind.values:
        Page.objects.update_or_create(
            bureau=None, kind=kind, defaults={"body": "<p>Isi.</p>", "changed_by": editor}
        )
    return publish_correction(publish_story(correspondent, editor, cilacap))


@pytest.mark.parametrize(("host", "path"), KINDS)
def test_each_kind_of_page_says_what_it_is(edition, host, path):
    response = Client(headers={"host": host}).get(path)
    assert response.status_code == 200
    data = data_of(response.content.decode())
    assert [node["@type"] for node in data["@graph"]] == KINDS[host, path]
    assert mistakes(data) == []


@pytest.mark.parametrize("zone", ["Asia/Makassar", "Asia/Jayapura"])
def test_a_front_is_told_in_every_zone(network, network_editor, zone):
    make_bureau("timur", zone)
    html = Client(headers={"host": "timur.bentara.test"}).get("/").content.decode()
    assert mistakes(data_of(html)) == []


def test_what_is_missing_and_what_was_taken_back_say_nothing(
    edition, editor, network_editor, reader
):
    workflow.retract(edition.article, by=editor, ground="factual", reason="Salah orang.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    client = reader("cilacap")
    for path, status in ((path_of(edition), 410), ("/tidak-ada", 404)):
        response = client.get(path)
        assert response.status_code == status
        assert "ld+json" not in response.content.decode()
