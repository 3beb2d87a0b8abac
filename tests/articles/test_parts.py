"""Parts of pages are drawn once for many pages, and anew as soon as anything in them changed."""

import pytest

from articles import drawn
from articles.models import Picture, Section
from bureaus.models import Bureau, Network
from tests.factories import make_live, make_picture


@pytest.fixture(autouse=True)
def _nothing_kept():
    drawn.PARTS.clear()
    drawn.PAGES.clear()


def front(reader, label: str = "cilacap", path: str = "/") -> str:
    return reader(label).get(path).content.decode()


def test_a_line_is_drawn_once_for_all_that_ask(reader, network_editor, cilacap):
    make_live(network_editor, cilacap)
    page = front(reader)
    kept = dict(drawn.PARTS.drawn)
    assert front(reader) == page
    assert drawn.PARTS.drawn == kept


@pytest.mark.parametrize("path", ["/", "/terkini", "/rubrik/hukum"])
def test_whatever_changes_beside_an_edition_shows_at_once(reader, network_editor, cilacap, path):
    picture = make_picture(cilacap)
    for number in range(9):
        make_live(network_editor, cilacap, headline=f"Kabar {number}", picture=picture)
    before = front(reader, path=path)
    Section.objects.filter(slug="hukum").update(name="Hukum dan Kriminal")
    assert "Hukum dan Kriminal" in front(reader, path=path)
    Network.objects.update(name="Suluh")
    assert "Suluh" in front(reader, path=path)
    Bureau.objects.filter(pk=cilacap.pk).update(time_zone="Asia/Jayapura")
    assert "WIT" in front(reader, path=path)
    if path != "/terkini":
        file = picture.key
        assert file in before
        Picture.objects.filter(pk=picture.pk).update(key="lain")
        assert file not in front(reader, path=path)


def test_each_language_and_version_has_its_own(reader, network_editor, cilacap):
    for _ in range(9):
        make_live(network_editor, cilacap, picture=make_picture(cilacap), unverified=True)
    for _round in range(2):
        assert "Belum terverifikasi" in front(reader)
        assert "Belum terverifikasi" not in front(reader, path="/en/")
        assert "<img" not in front(reader, path="/teks/")
        assert "<img" in front(reader)
        assert 'href="http://cilacap.bentara.test/teks/en/terkini"' in front(
            reader, path="/teks/en/"
        )


def test_what_is_kept_is_bounded(reader, network_editor, cilacap, monkeypatch):
    monkeypatch.setattr(drawn.PARTS, "most", 20_000)
    for _ in range(9):
        make_live(network_editor, cilacap)
    for path in ("/", "/terkini", "/rubrik/hukum"):
        front(reader, path=path)
        assert 0 < sum(map(len, drawn.PARTS.drawn.values())) == drawn.PARTS.size <= 20_000
