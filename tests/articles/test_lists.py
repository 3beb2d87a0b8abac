"""Lists of stories: sections, topics, authors and the latest; how they are read page by page."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from articles import publication, workflow
from articles.models import Tag
from articles.views import lists
from bureaus.models import Author, Bureau
from tests.articles.test_fronts import heads
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_picture,
    make_section,
    make_story,
    make_user,
    publish_story,
)
from tests.reading import part_of, words_of

LINK = re.compile(r'<link rel="(prev|next|canonical)" href="([^"]+)">')


def page(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def links(html: str) -> dict[str, str]:
    return dict(LINK.findall(html))


def main(html: str) -> str:
    return part_of(html, '<div class="page__main">', "</main>").partition("<aside")[0]


# path, host, statements: the site, what the page is about, its lines and when these change next,
# the side list.
COSTS = [
    ("/rubrik/hukum", "", 3),
    ("/rubrik/hukum", "cilacap", 3),
    ("/topik/nelayan", "", 4),
    ("/topik/nelayan", "cilacap", 4),
    ("/penulis/ratih-purwandari", "", 4),
    ("/penulis/ratih-purwandari", "cilacap", 4),
    ("/terkini", "", 2),
    ("/terkini", "cilacap", 2),
]


def test_a_list_costs_the_same_with_one_story_and_with_thirty(
    reader, publish, cilacap, makassar, django_assert_num_queries
):
    publish(picture=make_picture(cilacap))
    for path, label, statements in COSTS:
        page(reader(label), path)  # whose lines are read whole by the first who asks
        with django_assert_num_queries(statements):
            page(reader(label), path)
    for _number in range(29):
        publish()
    for path, label, statements in COSTS:
        page(reader(label), path)
        with django_assert_num_queries(statements):
            page(reader(label), path)


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_section_begins_with_its_newest_story_large_under_its_day(
    reader, publish, cilacap, label
):
    publish(headline="Yang lama")
    picture = make_picture(cilacap)
    publish(headline="Yang baru", picture=picture)
    publish(headline="Rubrik lain", section=make_section("olahraga", "Olahraga"))
    html = page(reader(label), "/rubrik/hukum")
    assert part_of(html, "<h1", "</h1>").endswith(">Hukum")
    assert heads(main(html)) == ["Yang baru", "Yang lama"]
    assert html.count("teaser--lead") == 1
    assert f'src="{picture.url(960, "16x9")}"' in part_of(html, "teaser--lead", "</article>")
    day = timezone.now().astimezone(cilacap.zone)
    assert re.findall(r'<h2 class="band__name" id="day-([^"]+)"', html) == [f"{day:%Y-%m-%d}"]
    assert heads(part_of(html, "<aside", "</aside>")) == ["Rubrik lain"]


def test_paid_matter_never_stands_large(reader, publish, cilacap):
    publish(headline="Berita")
    publish(headline="Iklan", paid=True, source="press_release", source_name="Bank")
    html = page(reader("cilacap"), "/rubrik/hukum")
    assert heads(main(html)) == ["Iklan", "Berita"]
    assert "teaser--lead" not in html


def test_days_have_names_and_other_years_their_number(reader, publish, cilacap):
    now = timezone.now()
    with publication.as_of(timezone.datetime(2024, 5, 22, 8, 45, tzinfo=now.tzinfo)):
        publish(headline="Dulu")
    publish(headline="Kini")
    html = page(reader("cilacap"), "/rubrik/hukum")
    names = re.findall(r'<h2 class="band__name" id="day[^>]*>([^<]+)', html)
    assert names[1] == "Rabu, 22 Mei 2024"
    assert str(now.year) not in names[0]
    html = page(reader("cilacap"), "/en/rubrik/hukum")
    assert "Wednesday, May 22, 2024</h2>" in html


def test_a_time_of_another_day_at_its_bureau_says_which(reader, network_editor, jayapura):
    """23:30 in Jakarta is 01:30 of the next day in Jayapura."""
    late = timezone.datetime(2024, 5, 22, 16, 30, tzinfo=timezone.timezone.utc)
    reporter = make_user("yosepina", ("reporter", jayapura))
    with publication.as_of(late):
        publish_story(reporter, network_editor, jayapura)
    for path in ("/rubrik/hukum", "/terkini"):
        html = page(reader(), path)
        assert "Rabu, 22 Mei 2024</h2>" in html
        assert "23 Mei" in main(html)
        html = page(reader("jayapura"), path)
        assert "Kamis, 23 Mei 2024</h2>" in html
        assert "23 Mei " not in words_of(main(html)).replace("23 Mei 2024", "")


def test_a_long_list_is_read_page_by_page_and_back(reader, publish, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    for number in range(7):
        publish(headline=f"Berita {number}")
    client, own = reader("cilacap"), "/rubrik/hukum"
    first = page(client, own)
    second = page(client, own + links(first)["next"])
    third = page(client, own + links(second)["next"])
    last = page(client, own + links(third)["next"])
    assert [heads(main(html)) for html in (first, second, third, last)] == [
        ["Berita 6", "Berita 5"],
        ["Berita 4", "Berita 3"],
        ["Berita 2", "Berita 1"],
        ["Berita 0"],
    ]
    assert [set(links(html)) for html in (first, second, third, last)] == [
        {"canonical", "next"},
        {"canonical", "next", "prev"},
        {"canonical", "next", "prev"},
        {"canonical", "prev"},
    ]
    assert links(second)["canonical"] == f"http://cilacap.bentara.test{own}" + links(first)["next"]
    assert f'<a href="{links(last)["prev"]}" rel="prev">' in last
    back = own + links(last)["prev"]
    assert page(client, back) == page(client, back + "&utm_source=wa")
    assert heads(main(page(client, back))) == ["Berita 2", "Berita 1"]
    assert "teaser--lead" not in second + third


@pytest.mark.parametrize("prefix", ["", "/en", "/teks", "/teks/en"])
def test_the_newer_link_of_the_second_page_is_the_lists_own_address(
    reader, publish, monkeypatch, prefix
):
    monkeypatch.setattr(lists, "SIZE", 2)
    for number in range(7):
        publish(headline=f"Berita {number}")
    client, own = reader("cilacap"), f"{prefix}/rubrik/hukum"
    second = page(client, own + links(page(client, own))["next"])
    assert links(second)["prev"] == own
    assert f'<a href="{own}" rel="prev">' in second
    # The same page, come back to from the other side.
    third = page(client, own + links(second)["next"])
    last = page(client, own + links(third)["next"])
    third = page(client, own + links(last)["prev"])
    second = page(client, own + links(third)["prev"])
    assert heads(main(second)) == ["Berita 4", "Berita 3"]
    assert links(second)["prev"] == own
    # One story more, and it is not all on the first page.
    publish()
    before = page(client, own + links(third)["prev"])
    assert "sesudah" in links(before)["prev"]


def test_the_newest_stories_have_one_address(reader, publish, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    stories = [publish(headline=f"Berita {number}") for number in range(3)]
    oldest = stories[0].listings.get(list="network")
    moment = int(oldest.first_published.timestamp() * 1_000_000)
    client = reader()
    for prefix in ("", "/teks", "/teks/en"):
        response = client.get(f"{prefix}/rubrik/hukum?sesudah={moment}-{oldest.pk + 9}")
        assert (response.status_code, response["Location"]) == (302, f"{prefix}/rubrik/hukum")
    response = client.get("/rubrik/hukum?sebelum=1-1")
    assert (response.status_code, response["Location"]) == (302, "/rubrik/hukum")


BAD = ["?sebelum=x", "?sebelum=", "?sesudah=1", "?sebelum=1-1&sesudah=1-1", "?sebelum=1-1%00"]


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_place_that_no_list_has_is_not_found(reader, publish, label):
    publish()
    paths = ("/rubrik/hukum", "/topik/nelayan", "/terkini", "/indeks", "/koreksi")
    for path, query in product(paths, BAD):
        page(reader(label), path + query, 404)


def test_a_section_outside_the_menu_is_read_where_it_has_stories(reader, publish, cilacap, section):
    cilacap.sections.set([make_section("olahraga", "Olahraga")])
    client = reader("cilacap")
    response = client.get("/rubrik/hukum")
    assert (response.status_code, response["Location"]) == (
        302,
        "http://bentara.test/rubrik/hukum",
    )
    assert "Biro Cilacap belum menerbitkan" in page(client, "/rubrik/olahraga")
    publish(headline="Di luar menu")
    html = page(client, "/rubrik/hukum")
    assert heads(main(html)) == ["Di luar menu"]
    current = 'href="http://cilacap.bentara.test/rubrik/hukum" aria-current="page"'
    assert current in part_of(html, "<nav", "</nav>")
    for label in ("", "cilacap"):
        page(reader(label), "/rubrik/tidak-ada", 404)


def test_a_section_without_stories_says_so(reader, cilacap, section):
    assert "Nothing has been published in this section yet." in page(reader(), "/en/rubrik/hukum")
    assert "Cilacap has not published anything in this section yet." in page(
        reader("cilacap"), "/en/rubrik/hukum"
    )


def test_a_topic_is_the_same_list_everywhere_and_stands_at_the_network(reader, publish, makassar):
    publish(headline="Kapal kembali", tags=["Harga ikan"])
    Tag.objects.filter(name="Harga ikan").update(introduction="Dari laut ke pasar.")
    own = "http://bentara.test/topik/harga-ikan"
    for label in ("", "cilacap", "makassar"):
        html = page(reader(label), "/topik/harga-ikan")
        assert heads(main(html)) == ["Kapal kembali"]
        assert links(html)["canonical"] == own
        assert '<div class="pagehead__text" lang="id"><p>Dari laut ke pasar.</p></div>' in html
    html = page(reader("makassar"), "/en/topik/harga-ikan")
    assert links(html)["canonical"] == own.replace("/topik", "/en/topik")


def test_a_topic_that_only_drafts_have_is_not_told(reader, correspondent, cilacap):
    make_story(correspondent, cilacap, tags=["Operasi tangkap tangan"])
    page(reader(), "/topik/operasi-tangkap-tangan", 404)
    page(reader(), "/topik/tidak-ada", 404)
    Tag.objects.update(introduction="Perkara yang menunggu sidang.")
    html = page(reader(), "/en/topik/operasi-tangkap-tangan")
    assert "Nothing has been published on this topic yet." in html


def test_an_author_has_a_profile_whose_home_is_the_own_bureau(reader, publish, correspondent):
    Author.objects.filter(user=correspondent).update(
        position="Wakil koordinator", place="Kampung Laut", biography="Meliput laut & upah."
    )
    publish(headline="Kapal kembali")
    for label in ("", "cilacap"):
        html = page(reader(label), "/penulis/ratih-purwandari")
        assert links(html)["canonical"] == "http://cilacap.bentara.test/penulis/ratih-purwandari"
        assert words_of(part_of(html, '<header class="pagehead', "</header>")) == (
            "Koresponden Cilacap Ratih Purwandari Meliput laut & upah. "
            "JabatanWakil koordinator BiroBentara Cilacap Wilayah liputanKampung Laut"
        )
        assert heads(main(html)) == ["Kapal kembali"]
    page(reader(), "/penulis/tidak-ada", 404)


# Where the author works, what kind, whether still: what the page says, or that there is none.
WHO = [
    ("correspondent", "open", True, "Koresponden Cilacap"),
    ("staff", "open", True, "Redaksi Cilacap"),
    ("contributor", "open", True, "Kontributor Cilacap"),
    ("agency", "open", True, "Kantor berita"),
    ("staff", None, True, "Redaksi Bentara"),
    ("correspondent", "open", False, "Pernah menulis untuk Bentara Cilacap"),
    ("correspondent", None, False, "Pernah menulis untuk Bentara"),
    ("agency", None, False, "Kantor berita yang pernah memasok Bentara"),
    ("correspondent", "preparing", True, "Koresponden Bentara"),
    ("correspondent", "closed", True, "Koresponden Cilacap"),
]


@pytest.mark.parametrize(("kind", "state", "is_active", "words"), WHO)
def test_a_profile_says_what_somebody_is_or_was(
    reader, publish, cilacap, kind, state, is_active, words
):
    who = make_author("Nara Sumber")
    publish(headline="Berita", writers=[who])
    bureau = cilacap if state in ("open", "closed") else None
    if state == "preparing":
        bureau = make_bureau("rahasia", name="Rahasia", is_open=False)
    Author.objects.filter(pk=who.pk).update(kind=kind, bureau=bureau, is_active=is_active)
    if state == "closed":
        Bureau.objects.filter(pk=cilacap.pk).update(is_open=False)
    html = page(reader(), "/penulis/nara-sumber")
    assert words_of(part_of(html, '<p class="kicker">', "</p>")) == words
    assert heads(main(html)) == ["Berita"]
    assert "Rahasia" not in html
    home = "cilacap.bentara.test" if state == "open" else "bentara.test"
    assert links(html)["canonical"] == f"http://{home}/penulis/nara-sumber"


def test_nobody_is_named_before_readers_may_know(reader, cilacap):
    preparing = make_bureau("rahasia", is_open=False)
    make_author("Sudah Bekerja", bureau=cilacap)
    make_author("Dari Pusat")
    make_author("Akan Datang", bureau=preparing)
    gone = make_author("Tidak Pernah", bureau=cilacap)
    Author.objects.filter(pk=gone.pk).update(is_active=False)
    for slug, status in {
        "sudah-bekerja": 200,
        "dari-pusat": 200,
        "akan-datang": 404,
        "tidak-pernah": 404,
    }.items():
        page(reader(), f"/penulis/{slug}", status)
    assert "Belum ada berita." in page(reader(), "/penulis/sudah-bekerja")


def test_the_latest_are_one_wire_with_times_zones_bureaus_and_sections(
    reader, publish, network_editor, makassar
):
    publish(headline="Dari Cilacap", kicker="Perikanan")
    reporter = make_user("penulis", ("reporter", makassar))
    edition = publish_story(reporter, network_editor, makassar, headline="Dari Makassar")
    html = page(reader(), "/terkini")
    assert heads(main(html)) == ["Dari Makassar", "Dari Cilacap"]
    clock = edition.first_published.astimezone(makassar.zone)
    assert f"{clock:%H.%M} WITA" in words_of(main(html))
    assert "Makassar · Hukum" in words_of(main(html))
    html = page(reader("cilacap"), "/terkini")
    assert heads(main(html)) == ["Dari Cilacap"]
    assert '<span class="latest__where"><span>Hukum</span></span>' in html


def test_the_latest_of_a_new_site_say_that_there_is_none(reader, cilacap):
    for label in ("", "cilacap"):
        assert "No story yet." in page(reader(label), "/en/terkini")


def test_a_section_is_called_by_its_english_name_on_english_pages(reader, publish, cilacap):
    section = make_section("kebencanaan", "Kebencanaan")
    publish(section=section)
    html = page(reader("cilacap"), "/en/rubrik/kebencanaan")
    assert '<h1 class="pagehead__name" lang="id">Kebencanaan</h1>' in html
    section.name_en = "Disasters"
    section.save()
    html = page(reader("cilacap"), "/en/rubrik/kebencanaan")
    assert '<h1 class="pagehead__name">Disasters</h1>' in html
    assert "<title>Disasters — " in html
    assert ">Disasters</a>" in part_of(html, "<nav", "</nav>")


def test_a_list_names_what_it_shows_and_holds_for_a_minute_beside_a_side_list(
    reader, publish, cilacap
):
    edition = publish()
    tag, person = edition.tags[0]["id"], edition.bylines[0]["id"]
    story = f"article:{edition.article_id}"
    own = f"network bureau:{cilacap.pk}"
    of_bureau = f"list:bureau:{cilacap.pk}"
    number = edition.section_id
    expected = {
        ("", "/rubrik/hukum"): f"network section:{number} list:section:{number} {story}",
        (
            "cilacap",
            "/rubrik/hukum",
        ): f"{own} section:{number} {of_bureau}/section:{number} {story}",
        ("", "/topik/nelayan"): f"network tag:{tag} list:tag:{tag} {story}",
        ("cilacap", "/penulis/ratih-purwandari"): (
            f"{own} author:{person} list:author:{person} {story}"
        ),
        ("", "/terkini"): f"network list:network {story}",
        ("cilacap", "/terkini"): f"{own} {of_bureau} {story}",
    }
    for (label, path), names in expected.items():
        response = reader(label).get(path)
        assert response.headers["Surrogate-Key"] == names
        if path != "/terkini":
            assert response.holds_until - timezone.now() <= timedelta(seconds=60)


@pytest.mark.parametrize(
    "path", ["/rubrik/hukum", "/topik/nelayan", "/penulis/ratih-purwandari", "/terkini", "/indeks"]
)
def test_a_story_joins_its_lists_when_its_time_comes_and_leaves_when_it_is_retracted(
    reader, publish, cilacap, correspondent, editor, network_editor, path
):
    edition = publish(headline="Kabar keliru")
    article = make_story(correspondent, cilacap, headline="Besok")
    approve_story(article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=15)
    workflow.schedule(article, by=editor, at=soon)
    response = reader("cilacap").get(path)
    html = response.content.decode()
    assert ("Kabar keliru" in html, "Besok" in html) == (True, False)
    assert response.holds_until == soon
    workflow.retract(edition.article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    response = reader("cilacap").get(path)
    assert "Kabar keliru" not in response.content.decode()


def test_twelve_topics_of_sixty_letters_have_pages(reader, publish):
    names = [f"{number:02} {'panjang sekali namanya ' * 3}"[:60].strip() for number in range(12)]
    edition = publish(tags=names)
    for tag in edition.tags:
        html = page(reader("cilacap"), f"/topik/{tag['slug']}")
        assert html.count("<h1") == 1


def test_a_later_page_of_a_list_has_a_title_of_its_own(reader, publish, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 1)
    monkeypatch.setattr(lists, "WIRE", 1)
    for headline in ("Satu", "Dua", "Tiga"):
        publish(headline=headline)
    client = reader("cilacap")
    for path in ("/rubrik/hukum", "/terkini"):
        first = page(client, path)
        later = page(client, path + links(first)["next"])
        titles = [
            part_of(html, "<title>", " — ").removeprefix("<title>") for html in (first, later)
        ]
        assert titles[1] == f"{titles[0]}, berita sebelumnya"
        assert f'<meta property="og:title" content="{titles[1]}">' in later
        assert links(later)["canonical"].endswith(links(first)["next"])
