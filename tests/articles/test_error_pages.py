"""What stands where there is no story: not there, taken back, broken."""

import re

import pytest
from django.db import OperationalError

from articles import workflow
from articles.views import errors as views
from bureaus import hosts
from bureaus.hosts import find_site
from bureaus.models import Network
from tests.factories import make_bureau, make_picture, publish_story
from tests.reading import part_of, words_of


@pytest.fixture(autouse=True)
def _nothing_seen_yet(monkeypatch):
    monkeypatch.setattr(hosts._Remembered, "menu", None)


@pytest.fixture
def retracted(cilacap, correspondent, editor, network_editor):
    def retracted(ground="factual", **more):
        edition = publish_story(correspondent, editor, cilacap, **more)
        workflow.retract(
            edition.article, by=editor, ground=ground, reason="Dokumennya palsu. Kami mohon maaf."
        )
        workflow.confirm_retraction(edition.article, by=network_editor)
        return edition

    return retracted


@pytest.mark.parametrize(
    "path",
    [
        "/tidak-ada",
        "/2026/02/30/hari-yang-tidak-ada",
        "/2026/13/01/bulan-yang-tidak-ada",
        "/0000/01/01/tahun-nol",
        "/2026/1/1/tanpa-nol",
        "/2026/11/23/",
        "/2026/11/23/kata%20berspasi",
        "/2026/11/23/%3Cscript%3E",
        "/2026/11/23/%00",
        "/2026/11/23/%ff",
        f"/2026/11/23/{'panjang-' * 20}",
        "/2026/11/23/belum-pernah-terbit",
        "/id/",
        "/fr/",
        "/media/pictures/tidak-ada.jpg",
        "/media/pictures/",
        "/media/",
        "/media/secret_key",
        "/media/../secret_key",
        "/media/pictures/..",
        "/media/pictures/../../secret_key",
        "/media/%2e%2e/secret_key",
        "/media/..%2fsecret_key",
        "/media/pictures/%00",
        f"/media/pictures/{'x' * 300}.jpg",
        "/static/tidak-ada.css",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_bad_address_gets_a_404_in_the_sites_design(reader, cilacap, path, prefix):
    response = reader("cilacap").get(f"{prefix}{path}")
    assert response.status_code == 404
    html = response.content.decode()
    assert 'class="masthead"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "<script" not in html
    assert 'rel="canonical"' not in html
    assert f'<html lang="{prefix[1:] or "id"}"' in html
    assert html.count("<h1") == 1
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_404_offers_the_newest_stories_and_holds_for_seconds_only(
    reader, cilacap, correspondent, editor, django_assert_num_queries
):
    edition = publish_story(correspondent, editor, cilacap)
    for label in ("", "cilacap"):
        reader(label).get("/tidak-ada")
        with django_assert_num_queries(2):
            response = reader(label).get("/tidak-ada")
        assert edition.address.get_absolute_url() in response.content.decode()
        assert response.headers["Surrogate-Key"] == f"network article:{edition.article_id}"
        assert response.headers["Cache-Control"] in (
            "public, max-age=9, s-maxage=9",
            "public, max-age=10, s-maxage=10",
        )


@pytest.mark.parametrize("label", ["cilcap", "www", "a.cilacap", "tutup"])
@pytest.mark.parametrize(("path", "prefix"), [("/", "/"), ("/en/2026/11/23/berita", "/en/")])
def test_a_host_that_is_nobodys_gets_the_networks_404_with_its_bureaus(
    reader, cilacap, label, path, prefix
):
    make_bureau("tutup", name="Bubar", is_open=False)
    response = reader(label).get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert f"{label}.bentara.test" not in html
    links = set(re.findall(r'<a[^>]* href="([^#"]+)"', html))
    assert {f"http://{host}{prefix}" for host in ("bentara.test", "cilacap.bentara.test")} <= links
    assert {link.split("/")[2] for link in links} == {"bentara.test", "cilacap.bentara.test"}


def test_an_address_in_disorder_gets_a_400_in_the_sites_design(reader, cilacap, rf):
    request = rf.get("/")
    request.site = find_site("cilacap.bentara.test")
    response = views.bad_request(request, None)
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert 'class="masthead__name"' in response.content.decode()
    response = views.bad_request(rf.get("/"), None)
    assert response.status_code == 400
    assert response.content.decode().count("<h1") == 1


def test_nobody_is_warned_of_an_address_that_leaves_the_pictures(reader, cilacap, settings, caplog):
    (settings.MEDIA_ROOT / "pictures").mkdir(parents=True)
    (settings.MEDIA_ROOT / "secret").write_text("x")
    assert reader("cilacap").get("/media/pictures/../secret").status_code == 404
    assert {record.getMessage() for record in caplog.records} == {
        "Not Found: /media/pictures/../secret"
    }


@pytest.mark.parametrize("label", ["", "cilacap", "desk"])
def test_the_file_of_a_picture_may_be_kept_for_ever(reader, cilacap, label):
    picture = make_picture(cilacap)
    response = reader(label).get(picture.large_url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "image/jpeg"
    response.close()


def test_the_address_of_a_retracted_story_says_so_when_and_why(reader, retracted):
    Network.objects.update(name="Bentara")
    edition = retracted(headline="Uang sewa ditahan", body="<p>Isi yang keliru.</p>")
    response = reader("cilacap").get(f"/en{edition.address.path}")
    assert response.status_code == 410
    html = response.content.decode()
    for words in (
        "This story has been retracted",
        "Bentara no longer stands by it",
        "Uang sewa ditahan",
        "The facts of the story were wrong",
        "Dokumennya palsu. Kami mohon maaf.",
        "Edition 1 is kept",
    ):
        assert words in html
    assert html.count("<time datetime=") == 2
    assert "Isi yang keliru." not in html
    assert "<title>This story has been retracted" in html
    assert response.headers["Surrogate-Key"].split()[2] == f"article:{edition.article_id}"


def test_the_page_of_a_retraction_costs_four_queries(
    reader, retracted, correspondent, editor, cilacap, django_assert_num_queries
):
    edition = retracted()
    publish_story(correspondent, editor, cilacap)
    reader("cilacap").get(edition.address.path)
    with django_assert_num_queries(4):
        assert reader("cilacap").get(edition.address.path).status_code == 410


@pytest.mark.parametrize(
    "more", [{"ground": "decency_children"}, {"protected": True}, {"protected": False}]
)
def test_a_retraction_that_protects_someone_does_not_repeat_the_headline(reader, retracted, more):
    edition = retracted(headline="Nama seorang anak", slug="berita", **more)
    html = reader("cilacap").get(edition.address.path).content.decode()
    assert ("Nama seorang anak" in html) == (more == {"protected": False})


def test_a_retraction_is_told_at_every_address_the_story_ever_had(
    reader, cilacap, correspondent, editor, network_editor
):
    edition = publish_story(correspondent, editor, cilacap)
    moment = edition.first_published.replace(year=2024, month=5, day=22)
    dated = workflow.backdate(
        edition.article, by=network_editor, printed_at=moment, reason="Arsip."
    )
    workflow.retract(edition.article, by=editor, ground="legal", reason="Putusan.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    for address in (edition.address, dated.address):
        assert reader("cilacap").get(address.path).status_code == 410


def test_a_script_in_the_reason_of_a_retraction_stays_text(
    reader, cilacap, correspondent, editor, network_editor
):
    edition = publish_story(correspondent, editor, cilacap)
    workflow.retract(edition.article, by=editor, ground="legal", reason="<script>alert(1)</script>")
    workflow.confirm_retraction(edition.article, by=network_editor)
    html = reader("cilacap").get(edition.address.path).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html


def test_a_page_can_only_be_read(reader, cilacap, caplog):
    for client in (reader("cilacap"), reader("cilacap", enforce_csrf_checks=True)):
        for method in ("post", "put", "delete"):
            for path in ("/", "/2026/11/23/berita", "/media/pictures/x.jpg"):
                response = getattr(client, method)(path)
                assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert "CSRF" not in caplog.text


@pytest.fixture
def broken(monkeypatch, db):
    """Every read of the database fails."""

    def fail(*args, **kwargs):
        raise OperationalError("the database is away")

    monkeypatch.setattr("bureaus.middleware.find_site", fail)


@pytest.mark.parametrize("path", ["/", "/2026/11/23/berita", "/tidak-ada"])
def test_without_a_database_a_page_still_says_what_is_the_matter(
    reader, broken, path, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = reader("cilacap", raise_request_exception=False).get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert "/static/css/site.css" in html
    assert "the database is away" not in html
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}


@pytest.mark.parametrize("error", [OperationalError, ZeroDivisionError])
@pytest.mark.parametrize(
    ("broken_place", "path", "language", "front"),
    [
        ("bureaus.middleware.find_site", "/koreksi", "id", "/"),
        ("bureaus.middleware.find_site", "/en", "en", "/en/"),
        ("bureaus.middleware.find_site", "/en/koreksi", "en", "/en/"),
        ("bureaus.middleware.find_site", "/teks/koreksi", "id", "/teks/"),
        ("bureaus.middleware.find_site", "/teks/en/koreksi", "en", "/teks/en/"),
        ("bureaus.middleware.find_site", "/english", "id", "/"),
        ("articles.corrections.read", "/koreksi", "id", "/"),
        ("articles.corrections.read", "/en/koreksi", "en", "/en/"),
        ("articles.corrections.read", "/teks/en/koreksi", "en", "/teks/en/"),
    ],
)
def test_a_page_that_breaks_says_so_in_the_readers_language_and_version(
    reader, cilacap, monkeypatch, error, broken_place, path, language, front
):
    def fail(*args, **kwargs):
        raise error("a secret of the program")

    monkeypatch.setattr(broken_place, fail)
    response = reader("cilacap", raise_request_exception=False).get(path)
    is_away = error is OperationalError
    assert response.status_code == (503 if is_away else 500)
    html = response.text
    assert f'<html lang="{language}"' in html
    heading = {
        ("id", True): "Berita sedang tidak bisa dibuka",
        ("en", True): "The stories cannot be reached right now",
        ("id", False): "Ada yang tidak beres di sini",
        ("en", False): "Something went wrong here",
    }[language, is_away]
    assert f'<h1 class="pagehead__name">{heading}</h1>' in html
    name = "bentara.test" if "find_site" in broken_place else "Newsroom Cilacap"
    assert words_of(part_of(html, '<p class="masthead__name">', "</p>")) == name
    assert {"", front} == {
        url for url in re.findall(r'<a href="([^"]*)"', html) if not url.startswith("mailto:")
    }
    assert ("a secret of the program" in html, "Traceback" in html) == (False, False)


def test_an_error_page_that_cannot_be_rendered_is_plain(reader, broken, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ValueError("no manifest")

    monkeypatch.setattr(views, "render_to_string", fail)
    response = reader(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert b"<" not in response.content
    assert "The error page itself failed." in caplog.text


def test_while_the_database_is_away_a_page_still_has_the_name_it_had_before(
    reader, cilacap, monkeypatch, django_assert_num_queries
):
    Network.objects.update(name="Bentara", email="redaksi@bentara.example")
    reader("cilacap").get("/")

    def fail(*args, **kwargs):
        raise OperationalError("the database is away")

    monkeypatch.setattr("bureaus.middleware.find_site", fail)
    for label, name in (("cilacap", "Bentara Cilacap"), ("", "Bentara"), ("asing", "Bentara")):
        with django_assert_num_queries(0):
            html = reader(label, raise_request_exception=False).get("/").text
        assert words_of(part_of(html, '<p class="masthead__name">', "</p>")) == name
        assert f"<title>Berita sedang tidak bisa dibuka — {name}</title>" in html
        assert 'href="mailto:redaksi@bentara.example"' in html
    assert 'data-accent="laut"' in reader("cilacap", raise_request_exception=False).get("/").text


def test_a_computers_own_name_is_no_masthead(reader, broken, settings):
    settings.DOMAIN = "localhost:8000"
    html = reader(raise_request_exception=False).get("/").text
    assert words_of(part_of(html, '<p class="masthead__name">', "</p>")) == "Portal berita"
    assert "localhost" not in html
