"""The addresses of a site for search engines: each canonical one once, and nothing else."""

import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from articles import sitemaps, workflow
from articles.models import Listing
from articles.sitemaps import NEWS_XMLNS, XMLNS
from tests.factories import (
    approve_story,
    make_bureau,
    make_live,
    make_story,
    publish_correction,
)

S, N = f"{{{XMLNS}}}", f"{{{NEWS_XMLNS}}}"


def read(client, path: str = "/sitemap.xml") -> ET.Element:
    """A file as sitemaps.org's schema has it."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (
        200, "application/xml; charset=utf-8"
    )  # fmt: skip
    root = ET.fromstring(response.content)
    entry, parent = ("sitemap", "sitemapindex") if path == "/sitemap.xml" else ("url", "urlset")
    assert root.tag == f"{S}{parent}"
    assert len(root) <= 50_000
    for each in root:
        assert each.tag == f"{S}{entry}"
        names = [child.tag for child in each]
        assert names[0] == f"{S}loc"
        assert set(names[1:]) <= {f"{S}lastmod", f"{N}news"}
        assert len(names) == len(set(names))
        assert each[0].text.isascii()
    return root


def locations(root: ET.Element) -> list[str]:
    return [each.findtext(f"{S}loc") for each in root]


def every_address(client, host: str) -> list[str]:
    """What all files of a host list, but for its news, which stand in a month, too."""
    found = []
    for url in locations(read(client)):
        assert urlsplit(url).netloc == host
        if not url.endswith("sitemap-news.xml"):
            found += locations(read(client, urlsplit(url).path))
    return found


def test_every_canonical_address_of_a_bureau_stands_in_its_sitemap_once(
    reader, publish, cilacap, makassar, other_editor, correspondent
):
    editions = [publish() for _ in range(3)]
    placed = make_live(other_editor, makassar)
    workflow.place(
        placed.article, by=editions[0].approved_by, bureau=cilacap, local_headline="", local_note=""
    )
    make_story(correspondent, cilacap)
    found = every_address(reader("cilacap"), "cilacap.bentara.test")
    assert len(found) == len(set(found))
    stories = [url for url in found if "/20" in url]
    assert sorted(stories) == sorted(each.address.canonical_url for each in editions)
    for url in found:
        response = reader("cilacap").get(urlsplit(url).path)
        assert response.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in response.content.decode()


def test_stories_of_a_closed_bureau_stand_with_the_network(reader, network_editor):
    tutup = make_bureau("tutup")
    edition = make_live(network_editor, tutup)
    assert [url for url in every_address(reader(), "bentara.test") if "/dari/" in url] == []
    tutup.is_open = False
    tutup.save()
    edition.address.bureau.refresh_from_db()
    (url,) = [url for url in every_address(reader(), "bentara.test") if "/dari/" in url]
    assert url == edition.address.canonical_url
    assert reader().get(urlsplit(url).path).status_code == 200


def test_months_say_when_one_of_their_stories_was_changed_last(reader, publish):
    publish()
    edition = publish_correction(publish())
    (month,) = [each for each in read(reader("cilacap")) if each.find(f"{S}lastmod") is not None]
    changed = edition.live.lower.replace(microsecond=0).isoformat()
    assert month.findtext(f"{S}lastmod") == changed
    path = urlsplit(month.findtext(f"{S}loc")).path
    of_stories = {
        each.findtext(f"{S}loc"): each.findtext(f"{S}lastmod")
        for each in read(reader("cilacap"), path)
    }
    assert of_stories[edition.address.canonical_url] == changed.replace("+00:00", "Z")
    assert len(of_stories) == 2


def test_months_without_a_story_have_no_file(reader, publish, cilacap):
    publish()
    old = timezone.now() - timedelta(days=100)
    edition = publish()
    Listing.objects.filter(edition=edition).update(first_published=old)
    files = [url for url in locations(read(reader("cilacap"))) if "sitemap-20" in url]
    assert files == [
        f"http://cilacap.bentara.test/sitemap-{moment:%Y-%m}.xml"
        for moment in (timezone.now(), old)
    ]
    assert reader("cilacap").get("/sitemap-1999-01.xml").status_code == 404
    assert reader("cilacap").get("/sitemap-2024-13.xml").status_code == 404


def test_the_news_are_two_days_old_at_most_and_nothing_paid_for(
    reader, publish, cilacap, network_editor
):
    edition = publish(headline="Kabar & berita")
    make_live(network_editor, cilacap, paid=True)
    make_live(network_editor, cilacap, headline="Kemarin dulu")
    long_ago = timezone.now() - timedelta(hours=49)
    Listing.objects.filter(edition__headline="Kemarin dulu").update(first_published=long_ago)
    (entry,) = read(reader("cilacap"), "/sitemap-news.xml")
    assert entry.findtext(f"{S}loc") == edition.address.canonical_url
    news = entry.find(f"{N}news")
    assert [each.tag for each in news] == [f"{N}publication", f"{N}publication_date", f"{N}title"]
    assert news.findtext(f"{N}title") == "Kabar & berita"
    assert news.findtext(f"{N}publication/{N}language") == "id"
    assert news.findtext(f"{N}publication_date").endswith("+07:00")


def test_the_news_hold_no_longer_than_until_one_of_them_is_too_old(reader, publish):
    edition = publish()
    response = reader("cilacap").get("/sitemap-news.xml")
    assert response.holds_until == edition.first_published + timedelta(hours=48)


def test_what_is_retracted_leaves_the_sitemap(reader, publish, editor, network_editor):
    edition = publish()
    workflow.retract(edition.article, by=editor, ground="factual", reason="Sumber keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    found = every_address(reader("cilacap"), "cilacap.bentara.test")
    assert [url for url in found if "/20" in url] == []


def months_of(reader) -> list[str]:
    """The last changes of the months that the index names."""
    months = [each.findtext(f"{S}lastmod") for each in read(reader("cilacap"))]
    return [month for month in months if month]


def test_an_index_that_was_drawn_follows_whatever_begins_and_ends(
    reader, publish, editor, network_editor, correspondent, cilacap
):
    assert months_of(reader) == []
    first = publish()
    (begun,) = months_of(reader)
    correction = publish_correction(first)
    (corrected,) = months_of(reader)
    assert datetime.fromisoformat(corrected) == correction.live.lower.replace(microsecond=0)
    assert corrected >= begun
    workflow.retract(first.article, by=editor, ground="factual", reason="Sumber keliru.")
    workflow.confirm_retraction(first.article, by=network_editor)
    assert months_of(reader) == []

    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=1)
    workflow.schedule(story, by=editor, at=soon)
    assert months_of(reader) == []
    time.sleep(1.1)
    assert len(months_of(reader)) == 1


def test_an_index_that_was_drawn_follows_what_was_committed_after_a_later_one(
    reader, publish, cilacap
):
    publish()
    late = publish()
    lines = Listing.objects.filter(edition=late, list=f"bureau:{cilacap.pk}")
    before = lines.get().live.lower - timedelta(seconds=1)
    old = timezone.now() - timedelta(days=100)
    kept = Listing(**{name: value for name, value in lines.values().get().items() if name != "id"})
    lines.delete()
    assert len(months_of(reader)) == 1
    # It begins before the one that readers have had already.
    kept.live, kept.first_published = DateTimeTZRange(before, None), old
    kept.save()
    assert len(months_of(reader)) == 2


def test_an_address_in_another_script_is_quoted(reader, publish):
    edition = publish(headline="مدرسة", slug="مدرسة")
    found = every_address(reader("cilacap"), "cilacap.bentara.test")
    assert [url for url in found if "/20" in url] == [edition.address.canonical_url]


def test_no_file_has_more_addresses_than_search_engines_read(reader, publish, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_URLS", 2)
    newest = [publish() for _ in range(3)][1:]
    month = f"/sitemap-{timezone.now():%Y-%m}.xml"
    assert set(locations(read(reader("cilacap"), month))) == {
        edition.address.canonical_url for edition in newest
    }


def test_a_file_costs_as_many_queries_with_one_story_as_with_thirty(
    reader, network_editor, cilacap, django_assert_num_queries
):
    month = f"/sitemap-{timezone.now():%Y-%m}.xml"
    costs = {"/sitemap.xml": 3, "/sitemap-news.xml": 3, "/sitemap-pages.xml": 1, month: 3}
    for number in (1, 29):
        for _ in range(number):
            make_live(network_editor, cilacap)
        for path, queries in costs.items():
            reader("cilacap").get(path)
            with django_assert_num_queries(queries):
                reader("cilacap").get(path)


def test_files_name_what_they_show(reader, publish, cilacap):
    publish()
    lists = ("network", f"bureau:{cilacap.pk}", f"list:bureau:{cilacap.pk}")
    month = f"/sitemap-{timezone.now():%Y-%m}.xml"
    assert reader("cilacap").get("/sitemap.xml").shows == lists
    assert reader("cilacap").get(month).shows == lists
    assert reader("cilacap").get("/sitemap-pages.xml").shows == lists[:2]
    assert reader().get("/sitemap.xml").shows == ("network",)


def test_robots_are_told_where_the_sitemap_of_the_host_is(reader, cilacap, desk_client):
    for label in ("", "cilacap"):
        url = f"http://{label}.bentara.test/sitemap.xml".replace("//.", "//")
        text = reader(label).get("/robots.txt").content.decode()
        assert text == f"User-agent: *\nAllow: /\n\nSitemap: {url}\n"
    assert "Sitemap" not in reader("tidak-ada").get("/robots.txt").content.decode()
    assert "Sitemap" not in desk_client().get("/robots.txt").content.decode()
