"""The fronts: what leads, what each costs, and what stands there when there is little."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import fronts, workflow
from articles.models import Edition, Listing
from bureaus.models import Bureau, Network
from tests.factories import (
    approve_story,
    make_bureau,
    make_live,
    make_picture,
    make_section,
    make_story,
    make_user,
    publish_story,
)
from tests.reading import part_of


@pytest.fixture
def publish(cilacap, correspondent, editor):
    def publish(**more) -> Edition:
        return make_live(correspondent, cilacap, **more)

    return publish


HEAD = re.compile(
    r'<h\d class="teaser__head" lang="id"><a [^>]*>([^<]+)|lang="id">([^<]+)</a><span'
)


def heads(html: str) -> list[str]:
    """The headlines of teasers and of the wire, in the order of the page."""
    return [(a or b).replace("\N{SOFT HYPHEN}", "") for a, b in HEAD.findall(html)]


def page(client, path="/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_front_costs_the_same_with_one_story_and_with_thirty(
    reader, publish, cilacap, makassar, jayapura, label, django_assert_num_queries
):
    publish(picture=make_picture(cilacap))
    for number in (3, 2):  # lines that are new to the process are read by a statement of their own
        with django_assert_num_queries(number):
            page(reader(label))
    for _number in range(29):
        publish()
    page(reader(label))
    with django_assert_num_queries(2):
        html = page(reader(label))
    assert "teaser--lead" in html


def test_a_network_with_no_bureau_costs_three_queries(reader, db, django_assert_num_queries):
    with django_assert_num_queries(3):
        html = page(reader(), "/en/")
    assert "The first story is on its way" in html
    assert "its first bureau opens" in html
    assert "<nav class" not in html.partition("</header>")[0]


def test_a_new_bureau_says_that_its_first_story_is_on_its_way(reader, cilacap, makassar):
    html = page(reader("cilacap"), "/en/")
    assert "The first story from Cilacap is on its way" in html
    assert heads(html) == []
    html = page(reader(), "/en/")
    assert html.count("No story yet.") == 2


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_an_empty_front_is_asked_again_within_a_minute(reader, cilacap, label):
    response = reader(label).get("/")
    assert response.holds_until - timezone.now() <= timedelta(seconds=60)


def wire(html: str) -> list[str]:
    return heads(part_of(html, 'id="latest"', "</section>"))


def columns(html: str) -> list[str]:
    """The headlines of the front but for the wire."""
    if 'id="latest"' not in html:
        return heads(html)
    before, rest = html.split('id="latest"')
    return heads(before) + heads(rest.partition("</section>")[2])


@pytest.mark.parametrize("number", [1, 2, 6, 8, 10])
def test_a_small_site_shows_every_story_once_newest_first(reader, publish, number):
    headlines = [publish(headline=f"Berita nomor {n}").headline for n in range(number)]
    assert heads(page(reader("cilacap"))) == headlines[::-1]


@pytest.mark.parametrize("number", [11, 15, 16, 30])
def test_the_wire_begins_with_the_newest_and_the_columns_go_on_after_it(reader, publish, number):
    newest = [publish(headline=f"Berita nomor {n}").headline for n in range(number)][::-1]
    html = page(reader("cilacap"))
    assert wire(page(reader())) == wire(html) == newest[:8]
    shown = columns(html)
    assert shown[:5] == newest[:5]
    assert shown[5:] == newest[8:]


def test_two_stories_stand_under_a_lead_with_a_picture_and_four_under_one_without(
    reader, publish, cilacap
):
    stories = [publish(headline=f"Berita nomor {n}").headline for n in range(15)][::-1]
    assert columns(page(reader("cilacap"))) == [*stories[:5], *stories[8:]]
    lead = publish(headline="Kapal kembali melaut", picture=make_picture(cilacap)).headline
    assert columns(page(reader("cilacap"))) == [lead, *stories[:2], *stories[7:]]


def test_two_stories_make_one_column_few_make_two_and_more_make_three(reader, publish):
    client = reader("cilacap")
    shapes = {}
    for number in range(1, 18):
        publish()
        html = page(client)
        shapes[number] = (
            "front--lead-only" in html,
            "front--two" in html,
            'id="latest"' in html,
            'class="further"' in html,
        )
    assert shapes == {
        **dict.fromkeys((1, 2), (True, False, False, False)),
        **dict.fromkeys(range(3, 11), (False, True, False, False)),
        **dict.fromkeys(range(11, 16), (False, False, True, False)),
        **dict.fromkeys(range(16, 18), (False, False, True, True)),
    }


def test_paid_matter_stands_in_the_wire_with_its_label_and_nowhere_else(reader, publish, makassar):
    for number in range(20):
        publish(headline=f"Berita nomor {number}")
    publish(headline="Promosi bank", paid=True, source="press_release", source_name="Bank")
    for label in ("", "cilacap"):
        html = page(reader(label))
        assert wire(html)[0] == "Promosi bank"
        assert "Promosi bank" not in columns(html)
        assert columns(html)[0] == "Berita nomor 19"
        assert html.count("Advertorial") == 1
    html = page(reader("makassar"))  # from the other bureaus
    assert heads(html) == ["Berita nomor 19"]


def test_paid_matter_takes_no_place_of_a_small_site(reader, publish, makassar):
    publish(headline="Promosi bank", paid=True, source="press_release", source_name="Bank")
    for label in ("", "cilacap"):
        assert heads(page(reader(label))) == []
    publish(headline="Berita pasar")
    publish(headline="Promosi toko", paid=True, source="press_release", source_name="Toko")
    for label in ("", "cilacap", "makassar"):
        assert heads(page(reader(label))) == ["Berita pasar"]
    assert "Promosi toko" in page(reader("cilacap"), "/terkini")


def test_an_unverified_story_says_so_wherever_a_front_shows_it(reader, publish, makassar):
    for number in range(16):
        publish(headline=f"Kabar {number}", unverified=True)
    html = page(reader())
    teasers = re.findall(r"<article class=.teaser.*?</article>", html, re.DOTALL)
    assert any("<h4" in teaser and "</time>" not in teaser for teaser in teasers)
    assert [teaser for teaser in teasers if "label--alert" not in teaser] == []


def test_the_lead_shows_its_picture_large_and_does_without_one(reader, publish, cilacap):
    publish()
    client = reader("cilacap")
    html = page(client)
    assert ("<img" in html, "front--plain" in html) == (False, True)
    picture = make_picture(cilacap)
    publish(picture=picture)
    html = page(client)
    assert f'src="{picture.url(960, "16x9")}" srcset="{picture.srcset_of("16x9")}"' in html
    assert 'width="1200" height="675" alt="Kapal kayu di muara sungai" lang="id" fetch' in html
    assert "front--plain" not in html


def test_a_headline_leads_to_the_storys_canonical_address(reader, publish, cilacap):
    edition = publish(headline="Pasar dibuka")
    day = timezone.now().astimezone(cilacap.zone)
    path = f"{day:/%Y/%m/%d}/pasar-dibuka"
    for label in ("", "cilacap"):
        assert f'<a href="http://cilacap.bentara.test{path}">Pasar' in page(reader(label))
        assert f'<a href="http://cilacap.bentara.test/en{path}">Pasar' in page(
            reader(label), "/en/"
        )
    assert edition.address.path == path


def test_a_story_taken_over_bears_its_local_headline_and_is_read_here(
    reader, publish, makassar, other_editor
):
    edition = publish(headline="Nelayan Cilacap melaut")
    workflow.place(
        edition.article, by=other_editor, bureau=makassar, local_headline="Nelayan Jawa melaut"
    )
    html = page(reader("makassar"))
    assert heads(html) == ["Nelayan Jawa melaut"]
    assert edition.address.url_at(makassar) in html
    section = "http://makassar.bentara.test/rubrik/hukum"
    assert f'Cilacap <a class="kicker__also" href="{section}">Hukum</a>' in html
    assert heads(page(reader("cilacap"))) == ["Nelayan Cilacap melaut"]


def test_bureaus_stand_from_west_to_east_with_the_name_of_their_zone(
    reader, cilacap, makassar, jayapura
):
    make_bureau("banda-aceh", name="Banda Aceh")
    html = page(reader(), "/en/")
    zones = re.findall(r"zone__name\">(\w+) <span>([^<]+)", html)
    assert zones == [
        ("WIB", "western Indonesia"),
        ("WITA", "central Indonesia"),
        ("WIT", "eastern Indonesia"),
    ]
    names = re.findall(r'bureau__name.*?<a href="([^"]+)">([^<]+)', html)
    assert names == [
        ("http://banda-aceh.bentara.test/en/", "Banda Aceh"),
        ("http://cilacap.bentara.test/en/", "Cilacap"),
        ("http://makassar.bentara.test/en/", "Makassar"),
        ("http://jayapura.bentara.test/en/", "Jayapura"),
    ]
    menu = html[html.index('<nav class="nav nav--bureaus"') :].partition("</nav>")[0]
    links = re.findall(r'<a[^>]* href="([^"]+)"', menu)
    assert links == ["http://bentara.test/en/biro", *(url for url, _name in names)]


def test_a_bureaus_own_place_shows_what_the_first_screen_does_not(reader, publish):
    for number in range(20):
        publish(headline=f"Berita nomor {number}")
    html = page(reader())
    place = html[html.index('class="bureau"') : html.index('id="further"')]
    # 19 to 12 are in the wire, the first three of them lead, too; five stand beside: 6 is next.
    assert heads(place) == ["Berita nomor 6", "Berita nomor 5"]


def test_a_bureaus_own_place_goes_back_to_a_story_that_is_not_shown_above(
    reader, publish, makassar, network_editor
):
    old = publish(headline="Berita lama")
    moment = timezone.now() - timedelta(days=400)
    workflow.backdate(old.article, by=network_editor, printed_at=moment, reason="Arsip.")
    reporter = make_user("penulis", ("reporter", makassar))
    for number in range(fronts.FRONT_SIZE + fronts.CELL):
        make_live(reporter, makassar, headline=f"Makassar {number}")
    for number in range(6):
        publish(headline=f"Berita nomor {number}")
    html = page(reader())
    place = html[html.index('id="cilacap"') : html.index('id="makassar"')]
    assert heads(place) == ["Berita lama"]


def test_a_bureau_whose_only_story_leads_is_named_without_repeating_it(reader, publish, makassar):
    publish(headline="Berita tunggal")
    html = page(reader(), "/en/")
    assert heads(html) == ["Berita tunggal"]
    place, other = html[html.index('id="cilacap"') :].split('id="makassar"')
    assert "Its newest story stands above." in place
    assert 'href="http://cilacap.bentara.test/en/terkini">Everything from Cilacap</a>' in place
    assert "No story yet." in other


def test_a_story_taken_over_stands_in_the_place_of_the_bureau_that_reported_it(
    reader, publish, makassar, network_editor
):
    reporter = make_user("penulis", ("reporter", makassar))
    publish_story(reporter, network_editor, makassar, headline="Dari Makassar")
    shared = publish(headline="Berita bersama")
    workflow.place(shared.article, by=network_editor, bureau=makassar)
    for number in range(fronts.FIRST_SCREEN + fronts.FEWEST):
        publish(headline=f"Berita nomor {number}")
    html = page(reader())
    place = html[html.index('id="makassar"') :].partition("</section>")[0]
    assert heads(place) == ["Dari Makassar"]


def test_on_an_english_front_the_words_of_stories_are_marked_as_indonesian(reader, publish):
    Network.objects.update(tagline="Kabar dari daerah")
    publish(kicker="Cuaca")
    html = page(reader("cilacap"), "/en/")
    assert '<p class="kicker"><span lang="id">Cuaca</span></p>' in html
    html = page(reader(), "/en/")
    assert "<title>Newsroom — Regional news from Indonesia</title>" in html
    assert '<meta name="description" content="The latest news of the network.">' in html
    assert ' lang="id">Cuaca</span>' in html
    assert "<title>Newsroom — Kabar dari daerah</title>" in page(reader())


def test_a_front_names_its_lists_and_stories(reader, publish, cilacap, makassar):
    picture = make_picture(cilacap)
    edition = publish(picture=picture)
    shown = f"article:{edition.article_id} picture:{picture.pk}"
    response = reader().get("/")
    assert response.headers["Surrogate-Key"] == (
        f"network front:network list:bureau:{cilacap.pk} list:bureau:{makassar.pk} list:network"
        f" {shown}"
    )
    response = reader("cilacap").get("/")
    assert response.headers["Surrogate-Key"] == (
        f"network bureau:{cilacap.pk} front:bureau:{cilacap.pk} list:bureau:{cilacap.pk} {shown}"
    )


def test_a_front_holds_until_the_next_story_begins(reader, publish, cilacap, correspondent, editor):
    publish()
    article = make_story(correspondent, cilacap, headline="Besok")
    approve_story(article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=15)
    workflow.schedule(article, by=editor, at=soon)
    for label in ("", "cilacap"):
        response = reader(label).get("/")
        assert "Besok" not in response.content.decode()
        assert response.holds_until == soon
        assert re.fullmatch(
            r"public, max-age=1[345], s-maxage=1[345]", response.headers["Cache-Control"]
        )


def test_a_retracted_story_leaves_every_front_at_once(
    reader, publish, editor, network_editor, makassar
):
    edition = publish(headline="Kabar keliru")
    workflow.retract(edition.article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    for label in ("", "cilacap", "makassar"):
        assert "Kabar keliru" not in page(reader(label))


@pytest.mark.parametrize(
    ("label", "zone", "clock"),
    [
        ("pontianak", "Asia/Jakarta", "15.45 WIB"),
        ("kupang", "Asia/Makassar", "16.45 WITA"),
        ("ambon", "Asia/Jayapura", "17.45 WIT"),
    ],
)
def test_an_older_story_shows_its_date_in_the_zone_of_its_bureau(
    reader, network_editor, label, zone, clock
):
    bureau = make_bureau(label, zone)
    edition = publish_story(make_user("penulis", ("reporter", bureau)), network_editor, bureau)
    today = edition.first_published.astimezone(bureau.zone)
    html = page(reader())
    assert f">{today:%H.%M} {bureau.zone_label}</time>" in html
    moment = timezone.datetime(2024, 5, 22, 8, 45, tzinfo=timezone.timezone.utc)
    workflow.backdate(edition.article, by=network_editor, printed_at=moment, reason="Arsip.")
    assert f">22 Mei 2024 - {clock}</time>" in page(reader())
    assert f">May 22, 2024 - {clock.replace('.', ':')}</time>" in page(reader(), "/en/")


def test_no_front_sets_a_cookie_or_varies_by_one(reader, publish):
    publish()
    for label in ("", "cilacap"):
        response = reader(label).get("/")
        assert response.cookies == {}
        assert response.headers["Vary"] == "Accept-Encoding"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_no_link_on_a_front_is_dead(reader, publish, makassar):
    publish()
    for label in ("", "cilacap", "makassar"):
        for prefix in ("/", "/en/"):
            html = page(reader(label), prefix)
            links = set(re.findall(r'<a[^>]* href="([^"]+)"', html))
            for link in links:
                if link.startswith("#"):
                    assert f'id="{link[1:]}"' in html
                    continue
                host, _slash, path = link.removeprefix("http://").partition("/")
                client = reader(host.removesuffix("bentara.test").rstrip("."))
                assert client.get(f"/{path}").status_code == 200


def test_the_masthead_prints_the_network_and_its_publisher(reader, cilacap):
    Network.objects.update(
        name="Bentara",
        tagline="Kabar dari daerah",
        publisher="PT Bentara",
        address="Jalan Perintis 18",
        person_responsible="Retno W.",
    )
    html = page(reader("cilacap"), "/en/")
    assert '<span lang="id">Jalan Perintis 18</span>' in html
    footer = html[html.index("<footer") :]
    assert [
        words in footer for words in ("PT Bentara", "Jalan Perintis 18", "responsible: Retno W.")
    ] == [True, True, True]


def test_a_bureaus_front_is_named_after_its_place_and_province(reader, cilacap):
    Network.objects.update(name="Bentara", tagline="Kabar dari daerah")
    html = page(reader("cilacap"), "/en/")
    assert "<title>Bentara Cilacap — News from Cilacap</title>" in html
    Bureau.objects.update(province="Jawa Tengah")
    html = page(reader("cilacap"), "/en/")
    assert "<title>Bentara Cilacap — News from Cilacap, Jawa Tengah</title>" in html
    assert '<meta name="description" content="The latest from Cilacap, Jawa Tengah, repo' in html


def sections(html: str) -> list[tuple[str, list[str]]]:
    """The sections that have a band, each with its headlines."""
    bands = html.partition('<div class="bands">')[2].partition('id="further"')[0]
    found = re.findall(r'aria-labelledby="section-([\w-]+)">(.*?)</section>', bands, re.DOTALL)
    return [(slug, heads(band)) for slug, band in found]


def test_the_two_sections_with_most_of_the_rest_have_a_band_of_their_own(
    reader, publish, cilacap, django_assert_num_queries
):
    picture = make_picture(cilacap)
    counts = {"politik": 5, "ekonomi": 4, "budaya": 3, "wisata": 2}
    for slug, number in counts.items():
        section = make_section(slug, slug.title())
        for n in range(number):
            publish(headline=f"{section} {n}", section=section, picture=picture if n < 2 else None)
    for number in range(20):
        publish(headline=f"Hukum {number}")
    for label, prefix in (("cilacap", ""), ("", ""), ("cilacap", "/teks")):
        page(reader(label), f"{prefix}/")
        with django_assert_num_queries(2):
            html = page(reader(label), f"{prefix}/")
        # The newest with a picture leads, though others are newer. Hukum has no picture.
        assert sections(html) == [
            ("politik", ["Politik 1", "Politik 4", "Politik 3", "Politik 2"]),
            ("ekonomi", ["Ekonomi 1", "Ekonomi 3", "Ekonomi 2", "Ekonomi 0"]),
        ]
        shown = columns(html)
        assert len(shown) == len(set(shown))


def test_a_section_with_two_stories_or_no_picture_has_no_band(reader, publish, cilacap):
    section = make_section("politik", "Politik")
    for number in range(2):
        publish(headline=f"P {number}", section=section, picture=make_picture(cilacap))
    for number in range(20):
        publish(headline=f"Hukum {number}")
    assert sections(page(reader("cilacap"))) == []


def test_a_front_is_made_up_without_losing_a_line_and_repeats_one_in_the_wire_alone():
    for number in range(40):
        lines = [
            Listing(article_id=n, edition=Edition(paid=False, picture_id=n % 2 or None))
            for n in range(number)
        ]
        front = fronts.make_up(lines)
        shown = [line.article_id for line in [*front.first_screen, *front.rest]]
        assert sorted(shown) == list(range(number))
        assert front.wire in ([], lines[: fronts.WIRE])
        assert len(front.stack) == 0 or len(front.stack) >= min(fronts.FEWEST, number - 1)
        assert len(front.rest) == 0 or len(front.rest) >= fronts.FEWEST
