"""The news of a site as RSS: what other programs show of it, and what they must not."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from articles import workflow
from articles.feeds import NAMESPACES, SIZE
from articles.models import Notice
from bureaus.models import Network
from tests.factories import (
    approve_story,
    make_live,
    make_picture,
    make_story,
    publish_correction,
    publish_next,
)

ATOM, DC, MEDIA = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("atom", "dc", "media"))
# RSS 2.0.11, elements of an item; of those with a namespace, what is used here.
ELEMENTS = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid",
    "pubDate", "source", f"{DC}creator", f"{ATOM}updated", f"{MEDIA}content",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _name(cilacap):
    Network.objects.update(name="Bentara", publisher="PT Bentara & Kawan")


def channel_of(client, path: str = "/rss") -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    (channel,) = root
    check(channel)
    return channel


def check(channel: ET.Element) -> None:
    """What RSS 2.0 and its best practices ask of every feed."""
    for name in ("title", "link", "description"):
        assert channel.findtext(name)
    (own,) = channel.findall(f"{ATOM}link")
    assert (own.get("rel"), own.get("type")) == ("self", "application/rss+xml")
    guids = []
    for item in channel.findall("item"):
        assert {element.tag for element in item} <= ELEMENTS
        once = [element.tag for element in item if element.tag not in ("category", f"{DC}creator")]
        assert len(once) == len(set(once))
        assert item.findtext("title")
        assert item.find("guid").get("isPermaLink") == "true"
        guids.append(item.findtext("guid"))
        assert parsedate_to_datetime(item.findtext("pubDate")) <= timezone.now()
        for enclosure in item.findall("enclosure"):
            assert int(enclosure.get("length")) > 0
            assert enclosure.get("url").startswith("http://")
    assert len(guids) == len(set(guids))


def titles(channel: ET.Element) -> list[str]:
    return [item.findtext("title") for item in channel.findall("item")]


def test_a_story_is_told_with_its_permanent_address_people_topics_and_time(
    reader, publish, cilacap, section
):
    edition = publish(
        headline="Tarif <naik> & nelayan “resah”", tags=["nelayan", "BBM"], summary="Sejak Senin."
    )
    channel = channel_of(reader("cilacap"))
    assert channel.findtext("title") == "Bentara Cilacap"
    assert channel.findtext("link") == "http://cilacap.bentara.test/"
    assert channel.find(f"{ATOM}link").get("href") == "http://cilacap.bentara.test/rss"
    assert channel.findtext("language") == "id"
    assert channel.findtext("copyright") == "PT Bentara & Kawan"
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Tarif <naik> & nelayan “resah”"
    assert item.findtext("guid") == item.findtext("link") == edition.address.canonical_url
    assert item.findtext("description") == "Sejak Senin."
    assert item.findtext(f"{DC}creator") == "Ratih Purwandari"
    assert [each.text for each in item.findall("category")] == ["Hukum", "BBM", "nelayan"]
    assert item.findtext("pubDate").endswith(" +0700")
    printed = parsedate_to_datetime(item.findtext("pubDate"))
    assert printed == edition.first_published.replace(microsecond=0)
    assert item.find(f"{ATOM}updated") is None


def test_times_are_those_of_the_bureau_of_the_story(reader, network_editor, jayapura):
    make_live(network_editor, jayapura)
    (item,) = channel_of(reader()).findall("item")
    assert item.findtext("pubDate").endswith(" +0900")


def test_a_picture_comes_with_its_bytes_caption_and_credit(reader, publish, cilacap):
    picture = make_picture(cilacap)
    publish(picture=picture)
    (item,) = channel_of(reader("cilacap")).findall("item")
    url = f"http://cilacap.bentara.test{picture.large_url}"
    enclosure, content = item.find("enclosure"), item.find(f"{MEDIA}content")
    picture.refresh_from_db()
    assert enclosure.attrib == {
        "url": url, "length": str(picture.made["960.jpg"]), "type": "image/jpeg"
    }  # fmt: skip
    assert content.attrib == {"url": url, "medium": "image", "type": "image/jpeg"}
    assert content.findtext(f"{MEDIA}description") == "Kapal nelayan di muara"
    assert content.findtext(f"{MEDIA}credit") == "Danu Prasetya"


def test_a_correction_is_told_before_the_summary(reader, publish):
    edition = publish_correction(publish(), notice="Yang benar 408 kapal.")
    (item,) = channel_of(reader("cilacap")).findall("item")
    assert item.findtext("title") == "Yang benar 408 kapal"
    assert item.findtext("description") == (
        "Koreksi: Yang benar 408 kapal. Larangan berlayar dicabut."
    )
    updated = datetime.fromisoformat(item.findtext(f"{ATOM}updated"))
    assert updated == edition.live.lower.replace(microsecond=0)
    assert updated.utcoffset() == timedelta(hours=7)


def test_an_update_is_marked(reader, publish, correspondent, editor):
    edition = publish()
    publish_next(edition.article, by=correspondent, editor=editor, body="<p>Baru.</p>")
    (item,) = channel_of(reader("cilacap")).findall("item")
    assert item.findtext("description").startswith("Diperbarui")
    assert item.find(f"{ATOM}updated") is not None
    assert item.findtext("guid") == edition.address.canonical_url


def test_what_is_not_verified_says_so_in_its_title(reader, network_editor, cilacap):
    make_live(network_editor, cilacap, headline="Kabar rute", unverified=True)
    assert titles(channel_of(reader("cilacap"))) == ["[Belum terverifikasi] Kabar rute"]


def test_nothing_paid_for_is_taken_for_news(reader, network_editor, cilacap):
    for number in range(SIZE + 1):
        make_live(network_editor, cilacap, headline=f"Kabar {number}")
    for _ in range(3):
        make_live(network_editor, cilacap, headline="Beli sekarang", paid=True)
    shown = titles(channel_of(reader("cilacap")))
    assert shown == [f"Kabar {number}" for number in range(SIZE, 0, -1)]


def test_what_is_retracted_leaves_the_feed(reader, publish, editor, network_editor):
    edition = publish()
    workflow.retract(edition.article, by=editor, ground="factual", reason="Sumber keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    assert titles(channel_of(reader("cilacap"))) == []
    assert Notice.objects.count() == 1


def test_a_story_placed_elsewhere_keeps_one_guid_and_leads_to_that_site(
    reader, publish, makassar, other_editor
):
    edition = publish()
    workflow.place(
        edition.article, by=other_editor, bureau=makassar, local_headline="Kabar dari Jawa",
        local_note="",
    )  # fmt: skip
    (item,) = channel_of(reader("makassar")).findall("item")
    assert item.findtext("title") == "Kabar dari Jawa"
    assert item.findtext("link") == edition.address.url_at(makassar)
    assert item.findtext("guid") == edition.address.canonical_url


def test_letters_that_xml_forbids_are_left_out(reader, network_editor, cilacap):
    make_live(network_editor, cilacap, headline="Satu\x0b dua", summary="a ]]> b")
    (item,) = channel_of(reader("cilacap")).findall("item")
    assert (item.findtext("title"), item.findtext("description")) == ("Satu dua", "a ]]> b")


def test_a_feed_costs_three_queries_however_many_stories(
    reader, network_editor, cilacap, django_assert_num_queries
):
    for number in (1, 3, 30):
        for _ in range(number):
            make_live(network_editor, cilacap, picture=make_picture(cilacap))
        reader("cilacap").get("/rss")
        with django_assert_num_queries(3):
            reader("cilacap").get("/rss")


def test_a_feed_names_its_stories_and_holds_until_one_begins(
    reader, publish, cilacap, correspondent, editor
):
    edition = publish()
    article = approve_story(
        make_story(correspondent, cilacap), by=correspondent, editor=editor
    )  # fmt: skip
    soon = timezone.now() + timedelta(minutes=5)
    workflow.schedule(article, by=editor, at=soon)
    response = reader("cilacap").get("/rss")
    assert response.shows == (
        "network", f"bureau:{cilacap.pk}", f"list:bureau:{cilacap.pk}",
        f"article:{edition.article_id}",
    )  # fmt: skip
    assert response.holds_until == soon


def test_the_same_feed_from_every_page_in_any_language_and_without_pictures(reader, publish):
    publish()
    feed = '<link rel="alternate" type="application/rss+xml" title="Bentara Cilacap"'
    for path in ("/", "/en/", "/teks/", "/teks/en/"):
        html = reader("cilacap").get(path).content.decode()
        assert f'{feed} href="http://cilacap.bentara.test/rss">' in html
        assert html.count('href="http://cilacap.bentara.test/rss"') == 2
    plain = reader("cilacap").get("/teks/rss").content
    assert plain == reader("cilacap").get("/rss").content
