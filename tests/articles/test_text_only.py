"""The site without pictures, for whoever pays for every megabyte."""

import re
from copy import copy
from itertools import product

import pytest

from articles.models import Page, Picture
from articles.views import lists
from bureaus.models import Network
from tests.articles.test_fronts import heads
from tests.articles.test_lists import page
from tests.factories import make_picture
from tests.reading import part_of, words_of

PATHS = [
    "/",
    "/terkini",
    "/rubrik/hukum",
    "/topik/nelayan",
    "/penulis/ratih-purwandari",
    "/indeks",
    "/koreksi",
    "/redaksi",
    "/pedoman",
]


@pytest.fixture
def illustrated(publish, cilacap, makassar):
    """Eight stories, each with a picture of its own: 40 KB as a lead, 5 KB as a thumbnail."""
    Page.objects.create(kind="guidelines", body="<p>Pedoman</p>")
    picture = make_picture(cilacap)
    picture.made = {"4x3-240.jpg": 5000, "16x9-720.jpg": 40000}
    # As many rows with one file: to make a picture's copies takes long.
    pictures = [copy(picture) for _number in range(8)]
    for each in pictures:
        each.pk = None
    Picture.objects.bulk_create(pictures)
    return [
        publish(headline=f"Berita {number}", picture=each) for number, each in enumerate(pictures)
    ]


def offer(html: str) -> str:
    return words_of(part_of(html, '<ul class="footer__ways">', "</li>"))


def test_no_page_shows_a_picture_and_every_link_stays_without(reader, illustrated):
    for path, label in product(PATHS, ("", "cilacap")):
        html = page(reader(label), f"/teks{path}")
        assert "<img" not in html
        assert '<p class="wrap"><span>Versi teks' in html
        host = f"http://{label}.bentara.test".replace("//.", "//")
        kept = {"/", "/en/"} if path == "/" else {path, f"/en{path}"}
        for url in set(re.findall(r'<a[^>]* href="(http[^"]+)"', html)):
            leads_to_pictures = url.removeprefix(host) in kept
            # What programs read has no version without pictures.
            is_feed = url.endswith(".test/rss")
            assert leads_to_pictures or is_feed or ".test/teks/" in url, url
        assert f'<link rel="canonical" href="{host}' in html or path.startswith(("/topik", "/penu"))
        assert "/teks" not in part_of(html, '<link rel="canonical"', ">")


def test_what_is_shown_without_pictures_is_the_same(reader, illustrated):
    for path, label in product(("/", "/rubrik/hukum", "/topik/nelayan"), ("", "cilacap")):
        html, plain = (page(reader(label), prefix + path) for prefix in ("", "/teks"))
        assert heads(html) == heads(plain)


# A lead and what else has a picture on a phone: the first screen of a front, four of a list.
KILOBYTES = {
    "/": 40 + 7 * 5,
    "/rubrik/hukum": 40 + 4 * 5,
    "/topik/nelayan": 40 + 4 * 5,
    "/penulis/ratih-purwandari": 5 * 5,
}


def test_a_page_says_how_much_it_would_save(reader, illustrated):
    client = reader("cilacap")
    for path, kilobytes in KILOBYTES.items():
        assert offer(page(client, path)) == f"Versi teks saja (hemat ±{kilobytes} KB)"
        html = page(client, f"/teks{path}")
        assert f"Anda menghemat sekitar {kilobytes} KB pada halaman ini." in html
        assert offer(html) == "Versi bergambar"
        assert f'<a href="http://cilacap.bentara.test{path}">Tampilkan gambar</a>' in html
        html = page(client, f"/teks/en{path}")
        assert f"you save about {kilobytes} KB on this page." in html


def test_a_page_without_pictures_promises_nothing(reader, publish):
    publish()
    client = reader("cilacap")
    for path in ("/", "/rubrik/hukum", "/terkini", "/redaksi"):
        assert offer(page(client, path)) == "Versi teks saja"
        assert "Versi teks, tanpa gambar." in page(client, f"/teks{path}")


def test_the_other_language_is_read_without_pictures_too(reader, illustrated):
    ways = part_of(page(reader(), "/teks/rubrik/hukum"), '<ul class="footer__ways">', "</ul>")
    assert re.findall(r'href="([^"]+)" hreflang="(\w+)"', ways) == [
        ("http://bentara.test/teks/rubrik/hukum", "id"),
        ("http://bentara.test/teks/en/rubrik/hukum", "en"),
    ]


def test_a_part_of_a_list_keeps_its_place(reader, illustrated, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 3)
    html = page(reader(), "/teks/rubrik/hukum")
    older = re.search(r'<a class="pager__on" href="([^"]+)"', html)[1]
    html = page(reader(), f"/teks/rubrik/hukum{older}")
    assert f'<a href="http://bentara.test/rubrik/hukum{older}">Tampilkan gambar</a>' in html


def test_a_lost_reader_is_led_on_without_pictures(reader, illustrated):
    Network.objects.update(email="redaksi@bentara.example")
    html = page(reader("cilacap"), "/teks/tidak-ada", 404)
    assert "<img" not in html
    assert 'href="http://cilacap.bentara.test/teks/"' in html
