"""A story as readers see it: what is printed, where, and in which language."""

import re

import pytest

from articles import workflow
from tests.articles.conftest import AFTERNOON
from tests.factories import (
    make_author,
    make_bureau,
    make_picture,
    make_section,
    make_user,
    publish_correction,
    publish_story,
)
from tests.reading import html_of, part_of, path_of, words_of


def test_the_story_is_printed_with_masthead_byline_stamp_and_dateline(reader, archived):
    edition = archived(
        headline="Rapat kerja ditutup", dateline="Jakarta", body="<p>Rapat kerja ditutup.</p>"
    )
    html = html_of(reader("cilacap"), edition)
    assert "<title>Rapat kerja ditutup — Bentara Cilacap</title>" in html
    assert "RATIH PURWANDARI - CILACAP.BENTARA.ID" in words_of(html)
    stamp = '<time datetime="2024-05-22T15:45:00+07:00">22 Mei 2024 - 15:45 WIB</time>'
    assert html.partition("<details")[0].count(stamp) == 1
    assert "JAKARTA - Rapat kerja ditutup." in words_of(html)
    assert '<p><span class="dateline">JAKARTA</span> - Rapat kerja ditutup.</p>' in html
    assert html.index("masthead__name") < html.index("<h1") < html.index("RATIH PURWANDARI")


def test_the_english_page_prints_the_date_in_english_and_the_story_as_it_is(reader, archived):
    edition = archived(headline="Rapat kerja ditutup")
    response = reader("cilacap").get(f"/en{path_of(edition)}")
    html = response.content.decode()
    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in html
    assert "May 22, 2024 - 15:45 WIB" in html
    assert '<h1 class="headline" lang="id">Rapat kerja ditutup</h1>' in html
    assert "Skip to the content" in html


@pytest.mark.parametrize(
    ("label", "zone", "printed", "offset"),
    [
        ("pontianak", "Asia/Jakarta", "22 Mei 2024 - 15:45 WIB", "15:45:00+07:00"),
        ("kupang", "Asia/Makassar", "22 Mei 2024 - 16:45 WITA", "16:45:00+08:00"),
        ("ambon", "Asia/Jayapura", "22 Mei 2024 - 17:45 WIT", "17:45:00+09:00"),
    ],
)
def test_each_bureau_prints_its_own_clock(
    reader, network, network_editor, label, zone, printed, offset
):
    bureau = make_bureau(label, zone)
    reporter = make_user("penulis", ("reporter", bureau))
    edition = publish_story(reporter, network_editor, bureau)
    edition = workflow.backdate(
        edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
    )
    html = html_of(reader(label), edition)
    assert f'<time datetime="2024-05-22T{offset}">{printed}</time>' in html
    assert f"{label.upper()}.BENTARA.ID" in html


def test_several_writers_stand_in_one_line_in_their_order(reader, publish, cilacap):
    writers = [make_author("Siti Aminah", bureau=cilacap), make_author("Imam S.", bureau=cilacap)]
    html = html_of(reader("cilacap"), publish(writers=writers))
    assert "SITI AMINAH, IMAM S. - CILACAP.BENTARA.ID" in words_of(html)


def test_topics_stand_under_their_name(reader, publish):
    html = html_of(reader("cilacap"), publish(tags=["harga ikan", "nelayan"]))
    topics = html[html.index('<section class="tags"') : html.index('<section class="credits"')]
    assert words_of(topics) == "Topik harga ikan nelayan"


def test_the_picture_has_size_candidates_caption_and_credit(reader, publish, cilacap):
    picture = make_picture(cilacap, caption="Kapal bersandar", credit="Danu/Bentara")
    edition = publish(picture=picture, picture_caption="Kapal berangkat")
    html = html_of(reader("cilacap"), edition)
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert 'width="1200" height="675"' in figure
    for ending in ("avif", "webp", "jpg"):
        assert f'srcset="{picture.srcset_of("16x9", ending)}"' in figure
    assert "Kapal berangkat" in figure
    assert "Danu/Bentara" in figure
    assert "Kapal bersandar" not in figure


def test_a_story_without_a_picture_has_no_empty_figure(reader, publish):
    html = html_of(reader("cilacap"), publish())
    assert ("<figure" in html, "<img" in html) == (False, False)


def test_paid_matter_says_so_before_the_headline_and_after_the_last_line(reader, publish):
    edition = publish(paid=True, source="press_release", source_name="Bank Nusa Pesisir")
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    label = "Paid for by Bank Nusa Pesisir. The newsroom is not its author."
    first, last = (found.start() for found in re.finditer(re.escape(label), html))
    assert first < html.index("<h1") < html.index("story__body") < last


def test_own_reporting_names_no_source_and_others_do(reader, publish):
    client = reader("cilacap")
    own = publish()
    assert "byline__source" not in html_of(client, own)
    other = publish(source="press_release", source_name="Dinas Perikanan")
    html = client.get(f"/en{path_of(other)}").content.decode()
    assert "Source: Press release, Dinas Perikanan" in words_of(html)
    assert '<span lang="id">Dinas Perikanan</span>' in html


def test_an_unverified_story_says_so_above_the_text(reader, publish):
    html = reader("cilacap").get(f"/en{path_of(publish(unverified=True))}").content.decode()
    assert html.count("Not yet verified") == 3  # label, name of the notice, its accessible name
    assert html.index("could be verified") < html.index('<span class="dateline">')


def test_readers_meet_a_correction_before_the_links_to_share_it(reader, publish):
    edition = publish_correction(publish())
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    places = [html.index(f'class="{name}"') for name in ("byline", "notice", "dateline", "share")]
    assert places == sorted(places)
    notice = part_of(html, '<aside class="notice"', "</aside>")
    assert notice.startswith('<aside class="notice" aria-label="Correction" lang="en">')
    assert '<div class="notice__text" lang="id">' in notice


def test_on_an_english_page_the_storys_own_words_are_marked_as_indonesian(reader, publish):
    publish(kicker="Cuaca", headline="Ombak tinggi", tags=["ombak"])
    edition = publish(kicker="Harga ikan", section=make_section("panen", "Panen"))
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    assert '<title lang="id">' in html
    assert '<meta name="description" lang="id" content=' in html
    assert '<p class="kicker" lang="id">Harga ikan</p>' in html
    assert re.search(r'<a href="[^"]+/rubrik/panen" lang="id">Panen</a>', html)
    assert '<span lang="id">Cuaca</span>' in html


def test_the_side_list_has_the_other_stories_of_the_bureau(reader, publish):
    other = publish(headline="Gempa di selatan", tags=["gempa"], summary="Dua kali sehari.")
    edition = publish(headline="Kapal melaut lagi", tags=["kapal"])
    html = html_of(reader("cilacap"), edition)
    side = part_of(html, '<ol class="latest">', "</ol>")
    assert other.address.get_absolute_url() in side
    assert edition.address.get_absolute_url() not in side


def test_a_story_that_is_related_stands_among_those_and_not_in_the_side_list(reader, publish):
    relative, second = (
        publish(headline=f"Harga ikan {change} di pelelangan", tags=["harga ikan"])
        for change in ("turun", "bertahan")
    )
    other = publish(headline="Gempa di selatan", tags=["gempa"], summary="Dua kali sehari.")
    edition = publish(headline="Harga ikan naik di pelelangan", tags=["harga ikan"])
    html = html_of(reader("cilacap"), edition)
    related = html[html.index('<section class="band related"') :].partition("</section>")[0]
    side = part_of(html, '<ol class="latest">', "</ol>")
    urls = [each.address.get_absolute_url() for each in (relative, second, other, edition)]
    assert [url in related for url in urls] == [True, True, False, False]
    assert [url in side for url in urls] == [False, False, True, False]


def test_a_single_related_story_has_no_row_and_stays_in_the_side_list(reader, publish):
    relative = publish(headline="Harga ikan turun di pelelangan", tags=["harga ikan"])
    edition = publish(headline="Harga ikan naik di pelelangan", tags=["harga ikan"])
    html = html_of(reader("cilacap"), edition)
    assert 'class="band related"' not in html
    assert relative.address.get_absolute_url() in part_of(html, '<ol class="latest">', "</ol>")


def test_where_nothing_is_related_no_empty_place_is_kept_for_it(reader, publish):
    assert "related" not in html_of(reader("cilacap"), publish())
