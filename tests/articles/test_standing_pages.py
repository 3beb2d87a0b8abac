"""The newsroom's own pages: mastheads, texts, ways to reach it, its bureaus, its corrections."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import corrections, publication, workflow
from articles.models import Page
from bureaus.models import Author, Bureau, Network
from tests.articles.test_fronts import heads
from tests.articles.test_lists import links, page
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    rewrite,
)
from tests.reading import part_of, words_of

MASTHEAD = {
    "publisher": "PT Bentara",
    "address": "Jalan Perintis 18",
    "person_responsible": "Retno W.",
    "email": "redaksi@bentara.example",
    "phone": "(021) 555 0100",
}


def body(html: str) -> str:
    return part_of(html, "<main", "</main>")


def write(kind: str, text: str, bureau: Bureau | None = None) -> Page:
    return Page.objects.create(kind=kind, body=f"<p>{text}</p>", bureau=bureau)


def in_footer(html: str) -> list[str]:
    newsroom = part_of(html, 'aria-labelledby="footer-newsroom"', "</nav>")
    return [url.rpartition("/")[2] for url in re.findall(r'href="([^"]+)"', newsroom)]


# Texts


@pytest.mark.parametrize(
    ("kind", "slug"), [("guidelines", "pedoman"), ("about", "tentang"), ("privacy", "privasi")]
)
def test_a_text_that_nobody_has_written_has_no_page_and_no_link(
    reader, network, cilacap, makassar, kind, slug, django_assert_num_queries
):
    for label in ("", "cilacap"):
        page(reader(label), f"/{slug}", 404)
        assert in_footer(page(reader(label), "/")) == ["redaksi", "koreksi"]
    write(kind, "Naskah jaringan")
    own = write(kind, "Naskah Cilacap", cilacap)
    Page.objects.filter(pk=own.pk).update(
        changed_at=timezone.datetime(2026, 5, 22, 18, 0, tzinfo=timezone.timezone.utc)
    )
    for label, words in (("", "jaringan"), ("makassar", "jaringan"), ("cilacap", "Cilacap")):
        with django_assert_num_queries(2):
            html = page(reader(label), f"/{slug}")
        assert f"<p>Naskah {words}</p>" in body(html)
        assert slug in in_footer(html)
    assert "Diperbarui 23 Mei 2026" in html
    assert "Updated May 23, 2026" in page(reader("cilacap"), f"/en/{slug}")


def test_a_text_is_cleaned_however_it_came_into_the_database(reader, network):
    Page.objects.bulk_create([Page(kind="about", body="")])
    Page.objects.update(body='<p onclick="x()">Halo<script>x()</script></p><table><tr><td>1')
    html = body(page(reader(), "/tentang"))
    assert "<p>Halo</p>" in html
    assert ("<script" in html, "onclick" in html) == (False, False)
    assert 'class="prose__table"' in html


def test_a_standing_page_names_itself_and_holds(reader, network, cilacap):
    write("guidelines", "Pedoman")
    response = reader("cilacap").get("/pedoman")
    assert response.headers["Surrogate-Key"] == f"network bureau:{cilacap.pk} page:guidelines"
    assert response.headers["Cache-Control"].endswith("s-maxage=3600")


# Mastheads and contact


def test_a_bureaus_masthead_says_who_answers_and_who_works_there(
    reader, network, cilacap, makassar, django_assert_num_queries
):
    Network.objects.update(**MASTHEAD)
    Bureau.objects.filter(pk=cilacap.pk).update(
        person_responsible="Wening K.", phone="0282 5550142"
    )
    people = [
        ("Danu Prasetya", "staff", "Fotografer", ""),
        ("Imam Sugiarto", "contributor", "", "Kroya"),
        ("Ratih Purwandari", "correspondent", "Koresponden", ""),
        ("Wening Kusumastuti", "staff", "Redaktur pelaksana", ""),
        ("Asa Tanpa Jabatan", "staff", "", ""),
        ("Kantor Antah", "agency", "", ""),
        ("Sudah Pergi", "staff", "Redaktur", ""),
    ]
    for name, kind, position, place in people:
        who = make_author(name, bureau=cilacap)
        Author.objects.filter(pk=who.pk).update(
            kind=kind, position=position, place=place, is_active=name != "Sudah Pergi"
        )
    make_author("Orang Lain", bureau=makassar)
    with django_assert_num_queries(4):
        html = page(reader("cilacap"), "/redaksi")
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", body(html))
    assert {words_of(name): words_of(value) for name, value in facts} == {
        "Penerbit": "PT Bentara",
        "Penanggung jawab": "Wening K.",
        "Alamat": "Jalan Perintis 18",
        "Surel": "redaksi@bentara.example",
        "Telepon": "0282 5550142",
    }
    assert '<a href="tel:02825550142">' in html
    assert re.findall(r'class="people__name"[^>]*>([^<]+)', html) == [
        "Redaktur dan staf redaksi",
        "Koresponden",
        "Kontributor",
    ]
    named = re.findall(r'/penulis/([\w-]+)">[^<]+</a>(?: <span[^>]*>([^<]+))?', html)
    assert named == [
        ("wening-kusumastuti", "Redaktur pelaksana"),
        ("danu-prasetya", "Fotografer"),
        ("asa-tanpa-jabatan", ""),
        ("ratih-purwandari", ""),
        ("imam-sugiarto", "Kroya"),
    ]


def test_the_networks_masthead_has_its_own_people_its_editors_and_leads_to_the_bureaus(
    reader, network, cilacap, network_editor
):
    make_author("Retno Wijayanti", bureau=cilacap, user=network_editor)
    make_author("Dari Pusat")
    make_author("Ratih Purwandari", bureau=cilacap)
    make_bureau("rahasia", is_open=False)
    write("masthead", "Sejak 2017.")
    html = body(page(reader(), "/redaksi"))
    assert re.findall(r"/penulis/([\w-]+)", html) == ["dari-pusat", "retno-wijayanti"]
    assert re.findall(r'href="([^"]+/redaksi)"', html) == [
        "http://cilacap.bentara.test/redaksi",
        "http://bentara.test/redaksi",
    ]
    assert "<p>Sejak 2017.</p>" in html


def test_the_networks_masthead_says_who_leads_each_bureau_from_west_to_east(
    reader, network, cilacap, makassar, jayapura, editor
):
    Network.objects.update(**MASTHEAD)
    make_bureau("rahasia", is_open=False)
    people = [
        ("Andi Baso", makassar, "Koresponden"),
        ("Nurhayati Rahim", makassar, "Kepala biro Makassar"),
        ("Sudah Pergi", jayapura, "Kepala biro Jayapura"),
    ]
    for name, bureau, position in people:
        who = make_author(name, bureau=bureau)
        Author.objects.filter(pk=who.pk).update(
            position=position, is_active=name != "Sudah Pergi", kind="staff"
        )
    html = body(page(reader(), "/en/redaksi"))
    places = part_of(html, 'id="of-bureaus"', "</section>")
    found = re.findall(r'<a href="([^"]+)">.*?</a> <span>(.*?)</span></li>', places)
    assert [(url, words_of(leader)) for url, leader in found] == [
        ("http://cilacap.bentara.test/en/redaksi", "Wening Kusumastuti"),
        ("http://makassar.bentara.test/en/redaksi", "Nurhayati Rahim, Kepala biro Makassar"),
        ("http://jayapura.bentara.test/en/redaksi", "Person responsible: Retno W."),
    ]
    assert '<span lang="id">Kepala biro Makassar</span>' in places
    assert "of-bureaus" not in page(reader("cilacap"), "/redaksi")


def test_english_pages_say_in_english_what_somebody_is_as_far_as_the_newsroom_does(
    reader, network, cilacap
):
    people = {
        "Wening Kusumastuti": ("Kepala biro Cilacap", "Head of the Cilacap bureau"),
        "Danu Prasetya": ("Redaktur foto", ""),
    }
    for name, (position, position_en) in people.items():
        who = make_author(name, bureau=cilacap)
        Author.objects.filter(pk=who.pk).update(
            kind="staff", position=position, position_en=position_en
        )
    named = r"<span([^>]*)>((?:Kepala|Head|Redaktur)[^<]+)"
    assert re.findall(named, body(page(reader("cilacap"), "/redaksi"))) == [
        ("", "Kepala biro Cilacap"),
        ("", "Redaktur foto"),
    ]
    assert re.findall(named, body(page(reader("cilacap"), "/en/redaksi"))) == [
        ("", "Head of the Cilacap bureau"),
        (' lang="id"', "Redaktur foto"),
    ]
    assert "Head of the Cilacap bureau</span>" in page(reader(), "/en/redaksi")


@pytest.mark.parametrize("position_en", ["", "Correspondent"])
def test_a_profile_does_not_say_twice_that_somebody_is_a_correspondent(
    reader, network, cilacap, position_en
):
    who = make_author("Ratih Purwandari", bureau=cilacap)
    Author.objects.filter(pk=who.pk).update(position="Koresponden", position_en=position_en)
    html = page(reader("cilacap"), "/en/penulis/ratih-purwandari")
    assert "Cilacap correspondent" in html
    assert "Position" not in body(html)
    Author.objects.filter(pk=who.pk).update(position="Koresponden maritim", position_en="")
    html = page(reader("cilacap"), "/en/penulis/ratih-purwandari")
    assert '<dt>Position</dt><dd lang="id">Koresponden maritim</dd>' in html


def test_a_newsroom_is_reached_by_its_masthead_or_its_text(reader, network, cilacap):
    for label in ("", "cilacap"):
        page(reader(label), "/kontak", 404)
    write("contact", "Ketuk pintu.", cilacap)
    assert "Ketuk pintu." in page(reader("cilacap"), "/kontak")
    page(reader(), "/kontak", 404)
    Network.objects.update(**MASTHEAD)
    html = page(reader(), "/kontak")
    assert '<a href="mailto:redaksi@bentara.example">' in body(html)
    assert "http://bentara.test/biro" in body(html)
    assert "kontak" in in_footer(html)


def test_the_footer_prints_who_answers_for_the_site(reader, network, cilacap):
    Network.objects.update(**MASTHEAD)
    Bureau.objects.filter(pk=cilacap.pk).update(person_responsible="Wening K.")
    law = "PT Bentara, Jalan Perintis 18. Penanggung jawab: "
    assert f"{law}Retno W." in words_of(page(reader(), "/"))
    assert f"{law}Wening K." in words_of(page(reader("cilacap"), "/"))


# The directory


def test_the_directory_names_every_open_bureau_from_west_to_east(
    reader, publish, makassar, jayapura, network_editor, django_assert_num_queries
):
    Bureau.objects.filter(slug="cilacap").update(
        province="Jawa Tengah", email="clp@bentara.example"
    )
    make_bureau("banda-aceh", name="Banda Aceh", province="Aceh")
    make_bureau("rahasia", name="Rahasia", is_open=False)
    edition = publish(headline="Kapal kembali")
    workflow.place(edition.article, by=network_editor, bureau=makassar)
    page(reader(), "/biro")
    with django_assert_num_queries(2):
        html = page(reader(), "/biro")
    assert re.findall(r'class="bureau__name" id="([\w-]+)"', html) == [
        "banda-aceh",
        "cilacap",
        "makassar",
        "jayapura",
    ]
    own = part_of(html, 'aria-labelledby="cilacap"', "</section>")
    assert heads(own) == ["Kapal kembali"]
    assert "Jawa Tengah" in own
    assert '<a href="mailto:clp@bentara.example">' in own
    assert '<a href="http://cilacap.bentara.test/redaksi">' in own
    assert "Belum ada berita." in part_of(html, 'aria-labelledby="jayapura"', "</section>")
    assert "Rahasia" not in html
    page(reader("cilacap"), "/biro", 404)


def test_the_directory_of_an_empty_newsroom_says_that_it_is_being_set_up(reader, db):
    assert "The newsroom is being set up." in page(reader(), "/en/biro")


# Corrections


@pytest.fixture
def correct(correspondent, editor):
    def correct(article, notice: str, **more):
        rewrite(article, by=correspondent, body=f"<p>{notice}</p>")
        approve_story(article, by=correspondent, editor=editor)
        return workflow.correct(article, by=editor, notice=notice, **more)

    return correct


@pytest.fixture
def retract(editor, network_editor):
    def retract(article, reason: str, ground="factual"):
        workflow.retract(article, by=editor, ground=ground, reason=reason)
        workflow.confirm_retraction(article, by=network_editor)

    return retract


def listed(client, path="/koreksi") -> list[str]:
    html = page(client, path)
    return [
        words_of(text) for text in re.findall(r'<div class="notices__text".*?</div>', html, re.S)
    ]


def test_notices_are_listed_newest_first_with_kind_time_and_story(
    reader, publish, correct, retract, cilacap
):
    Network.objects.update(**MASTHEAD)
    write("corrections", "Begini cara kami mengoreksi.")
    first = publish(headline="Kapal kembali")
    correct(first.article, "Jumlahnya 386, bukan 368.")
    second = publish(headline="Kabar keliru")
    retract(second.article, "Sumbernya palsu.")
    html = page(reader("cilacap"), "/koreksi")
    assert [words_of(name) for name in re.findall(r'<p class="notice__name">(\w+)', html)] == [
        "Pencabutan",
        "Koreksi",
    ]
    found = re.findall(r'notices__head"[^>]*><a href="([^"]+)">([^<]+)', html)
    assert found == [
        (second.address.get_absolute_url(), "Kabar keliru"),
        (first.address.get_absolute_url(), "Kapal kembali"),
    ]
    assert "<p>Jumlahnya 386, bukan 368.</p>" in html
    ask = part_of(html, 'class="ask"', '<ol class="notices">')
    assert '<a href="mailto:redaksi@bentara.example">' in part_of(ask, "<p>", "</p>")
    # What the newsroom says of itself is put away, so that a phone begins with the corrections.
    assert "Begini cara kami mengoreksi." in part_of(ask, "<details>", "</details>")
    stamp = timezone.now().astimezone(cilacap.zone)
    assert re.search(rf"<time datetime=\"{stamp:%Y-%m-%d}T[^\"]+\+07:00\">", html)
    assert reader("cilacap").get(second.address.path).status_code == 410


def test_corrections_cost_the_same_with_one_and_with_thirty(
    reader, publish, correct, django_assert_num_queries
):
    edition = publish()
    correct(edition.article, "Ralat 0")
    costs = (("", 5), ("cilacap", 6))
    # A bureau's asks when the next story that it also runs begins.
    for label, queries in costs:
        with django_assert_num_queries(queries):
            assert len(listed(reader(label))) == 1
    for number in range(1, 30):
        correct(edition.article, f"Ralat {number}")
    for label, queries in costs:
        with django_assert_num_queries(queries):
            assert len(listed(reader(label))) == corrections.SIZE


def test_a_site_tells_of_its_own_stories_and_of_those_that_it_took_over(
    reader, publish, correct, makassar, jayapura, network_editor
):
    edition = publish()
    workflow.place(edition.article, by=network_editor, bureau=makassar)
    correct(edition.article, "Diralat.")
    for label, notices in (("", 1), ("cilacap", 1), ("makassar", 1), ("jayapura", 0)):
        assert len(listed(reader(label))) == notices
    assert edition.address.url_at(makassar) in page(reader("makassar"), "/koreksi")
    workflow.unplace(edition.article, by=network_editor, bureau=makassar)
    assert len(listed(reader("makassar"))) == 1
    assert "Belum ada koreksi." in page(reader("jayapura"), "/koreksi")


def test_a_correction_is_told_when_its_edition_begins_and_not_before(
    reader, publish, correct, cilacap
):
    edition = publish()
    soon = timezone.now() + timedelta(seconds=15)
    correct(edition.article, "Rahasia sampai nanti.", at=soon)
    for label in ("", "cilacap"):
        response = reader(label).get("/koreksi")
        assert "Rahasia" not in response.content.decode()
        assert response.holds_until == soon


# Ground of the retraction, whether a child or a victim is protected: whether the story is named.
@pytest.mark.parametrize(
    ("ground", "protected", "is_named"),
    [("factual", False, True), ("factual", True, False), ("decency_children", False, False)],
)
def test_a_story_that_was_retracted_to_protect_somebody_is_not_named(
    reader, publish, correct, retract, ground, protected, is_named
):
    edition = publish(headline="Nama anak itu Xyz", protected=protected)
    correct(edition.article, "Nama korban Abc.")
    retract(edition.article, "Melindungi anak.", ground)
    for label in ("", "cilacap"):
        html = page(reader(label), "/koreksi")
        assert ("Nama anak itu Xyz" in html, "Nama korban Abc." in html) == (is_named, is_named)
        assert (edition.address.slug in html) is is_named
        assert "Melindungi anak." in html


def test_a_long_list_of_corrections_is_read_page_by_page(reader, publish, correct, monkeypatch):
    monkeypatch.setattr(corrections, "SIZE", 2)
    edition = publish()
    for number in range(3):
        correct(edition.article, f"Ralat {number}")
    client = reader("cilacap")
    assert listed(client) == ["Ralat 2", "Ralat 1"]
    older = links(page(client, "/koreksi"))["next"]
    assert listed(client, f"/koreksi{older}") == ["Ralat 0"]
    assert links(page(client, f"/koreksi{older}"))["prev"] == "/koreksi"


def test_corrections_name_what_they_show(reader, publish, correct, cilacap):
    edition = publish()
    correct(edition.article, "Diralat.")
    response = reader("cilacap").get("/koreksi")
    assert response.headers["Surrogate-Key"] == (
        f"network bureau:{cilacap.pk} page:corrections notices article:{edition.article_id}"
    )


def test_a_correction_of_a_scheduled_edition_counts_from_its_start(reader, publish, correct):
    with connection.cursor() as cursor:
        # As the demo does: the guard lets nobody else write the past.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE articles_edition DISABLE TRIGGER articles_edition_guard")
    now = timezone.now()
    with publication.as_of(now - timedelta(days=3)):
        first, second = publish(), publish()
        correct(first.article, "Dijadwalkan dulu.", at=now - timedelta(days=1))
    with publication.as_of(now - timedelta(days=2)):
        correct(second.article, "Seketika.")
    assert listed(reader()) == ["Dijadwalkan dulu.", "Seketika."]
