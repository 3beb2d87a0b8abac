"""A story read elsewhere than at home: where it was placed, or after its bureau has closed."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from articles import workflow
from articles.models import Placement
from tests.factories import publish_next, publish_story
from tests.reading import html_of, part_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(correspondent, editor, cilacap):
    return publish_story(correspondent, editor, cilacap, headline="Nelayan kembali melaut")


def path_at(edition, prefix="/dari/cilacap"):
    return f"{prefix}{edition.address.path}"


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


def test_a_placed_story_is_read_at_the_other_bureau_with_one_canonical_address(
    reader, edition, makassar, other_editor
):
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    html = reader("makassar").get(path_at(edition)).content.decode()
    home = edition.address.get_absolute_url()
    assert f'<link rel="canonical" href="{home}">' in html
    listed = reader("makassar").get("/").content.decode()
    assert f'href="http://makassar.bentara.test{path_at(edition)}"' in listed


def test_the_other_bureau_prints_it_as_its_own_and_says_where_it_is_from(
    reader, edition, makassar, other_editor
):
    workflow.place(
        edition.article,
        by=other_editor,
        bureau=makassar,
        local_headline="Nelayan Jawa melaut lagi",
        local_note="Pelabuhan Paotere menunggu 12 kapal.\n\nHarga <b>turun</b>.",
    )
    html = reader("makassar").get(path_at(edition, "/en/dari/cilacap")).content.decode()
    assert '<h1 class="headline" lang="id">Nelayan Jawa melaut lagi</h1>' in html
    assert '<title lang="id">Nelayan Jawa melaut lagi — Newsroom Makassar</title>' in html
    home = edition.address.get_absolute_url().replace(".test/", ".test/en/")
    assert f'A story from the <a href="{home}">Cilacap bureau</a>' in html
    note = part_of(html, '<section class="local"', "</section>")
    assert words_of(note) == (
        "What it means for Makassar Pelabuhan Paotere menunggu 12\u00a0kapal. Harga <b>turun</b>."
    ).replace("\u00a0", " ")
    assert html.index('class="local"') < html.index('<span class="dateline">')
    assert "More from the Makassar bureau" in html or 'class="story__rail"' not in html
    at_home = html_of(reader("cilacap"), edition)
    assert ("Nelayan Jawa" in at_home, 'class="local"' in at_home) == (False, False)
    assert "byline__origin" not in at_home


def test_a_placed_story_costs_four_queries(
    reader, edition, makassar, other_editor, django_assert_num_queries
):
    workflow.place(edition.article, by=other_editor, bureau=makassar, local_note="Catatan.")
    reader("makassar").get(path_at(edition))
    with django_assert_num_queries(4):
        assert reader("makassar").get(path_at(edition)).status_code == 200


def test_a_placed_page_goes_when_story_placement_or_either_bureau_changes(
    reader, edition, cilacap, makassar, other_editor
):
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    response = reader("makassar").get(path_at(edition))
    article = f"article:{edition.article_id}"
    bureaus = [f"bureau:{makassar.pk}", f"bureau:{cilacap.pk}"]
    authors = tuple(f"author:{byline['id']}" for byline in edition.bylines)
    assert response.shows == ("network", *bureaus, article, *authors)
    Placement.objects.update(shown=DateTimeTZRange(timezone.now(), soon := in_a_while()))
    assert reader("makassar").get(path_at(edition)).holds_until == soon


def in_a_while():
    return timezone.now() + timedelta(seconds=20)


def test_where_it_does_not_run_a_story_leads_home(reader, edition, makassar, other_editor):
    home = edition.address.get_absolute_url()
    for label in ("makassar", ""):
        assert answer(reader(label), path_at(edition)) == (302, home)
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    workflow.unplace(edition.article, by=other_editor, bureau=makassar)
    assert answer(reader("makassar"), path_at(edition)) == (302, home)
    assert answer(reader("makassar"), "/dari/tidak-ada/2026/11/23/berita") == (404, None)
    assert answer(reader("cilacap"), path_at(edition)) == (200, None)


def test_a_retracted_story_says_so_where_it_was_placed(
    reader, edition, makassar, editor, other_editor, network_editor
):
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    workflow.retract(edition.article, by=editor, ground="factual", reason="Salah orang.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    assert reader("makassar").get(path_at(edition)).status_code == 410


def test_a_closed_bureau_loses_no_story(reader, edition, cilacap, makassar):
    cilacap.is_open = False
    cilacap.save()
    moved = f"http://bentara.test{path_at(edition)}"
    assert answer(reader("cilacap"), edition.address.path) == (301, moved)
    assert answer(reader("cilacap"), f"/en{edition.address.path}") == (
        301,
        f"http://bentara.test/en{path_at(edition)}",
    )
    html = reader().get(path_at(edition)).content.decode()
    assert f'<link rel="canonical" href="{moved}">' in html
    assert "Berita dari Biro Cilacap yang sudah ditutup" in html
    assert moved in reader().get("/").content.decode()
    assert answer(reader("makassar"), path_at(edition)) == (302, moved)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "/"),
        ("/en/", "/en/"),
        ("/rubrik/hukum", "/rubrik/hukum"),
        ("/en/terkini", "/en/terkini"),
        ("/tidak-ada", "/tidak-ada"),
        ("//evil.example/", "/"),
    ],
)
def test_every_address_of_a_closed_bureau_leads_to_the_network(reader, cilacap, path, target):
    cilacap.is_open = False
    cilacap.save()
    assert answer(reader("cilacap"), path) == (301, f"http://bentara.test{target}")


def test_an_open_bureau_again_has_its_stories_back(reader, edition, cilacap):
    for is_open in (False, True):
        cilacap.is_open = is_open
        cilacap.save()
    assert answer(reader("cilacap"), edition.address.path) == (200, None)
    assert answer(reader(), path_at(edition)) == (302, edition.address.get_absolute_url())


def test_an_update_reaches_the_bureau_that_also_runs_the_story(
    reader, edition, makassar, correspondent, editor, other_editor
):
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    publish_next(edition.article, by=correspondent, editor=editor, body="<p>Kabar baru.</p>")
    assert "Kabar baru." in reader("makassar").get(path_at(edition)).content.decode()


def test_text_only_pages_lead_to_text_only_pages(reader, edition):
    response = reader("cilacap").get(f"/teks{edition.address.path}")
    html = response.content.decode()
    assert 'href="http://cilacap.bentara.test/teks/"' in html
    home = edition.address.get_absolute_url()
    assert f'<link rel="canonical" href="{home}">' in html
    assert "/teks/" not in reader("cilacap").get(edition.address.path).content.decode().replace(
        f"/teks{edition.address.path}", ""
    )
    assert answer(reader("cilacap"), "/teks") == (301, "/teks/")
    english = reader("cilacap").get("/teks/en/").content.decode()
    assert 'href="http://cilacap.bentara.test/teks/en/"' in english
