"""What was changed in a story since its publication, as readers can follow it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.views import story as views
from tests.articles.conftest import AFTERNOON
from tests.factories import (
    approve_story,
    make_picture,
    publish_correction,
    publish_next,
    rewrite,
)
from tests.reading import meta_of, path_of, words_of


def changes_of(client, edition, prefix="/en", query="") -> str:
    response = client.get(f"{prefix}{path_of(edition)}/perubahan{query}")
    assert response.status_code == 200
    return response.content.decode()


def steps_of(html: str) -> list[str]:
    """The words of each step, without its record."""
    steps = html[html.index('<ol class="changes">') :].split('<li class="changes__step"')[1:]
    return [words_of(f"<li{step}".partition('<p class="changes__record">')[0]) for step in steps]


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


@pytest.fixture
def update(correspondent, editor):
    def update(edition, **fields):
        return publish_next(edition.article, by=correspondent, editor=editor, **fields)

    return update


def test_each_edition_tells_when_why_and_what_the_newest_first(reader, archived, update):
    first = archived(headline="Kapal itu berangkat", body="<p>Ada 480 kapal di laut.</p>")
    second = update(first, headline="Kapal itu pulang")
    third = publish_correction(
        second,
        notice="Yang benar 408.",
        headline="Kapal itu pulang",
        body="<p>Ada 408 kapal di laut.</p>",
    )
    steps = steps_of(changes_of(reader("cilacap"), third))
    assert [step[:9] for step in steps] == [f"Edition {number}" for number in (4, 3, 2, 1)]
    assert "WIB · Correction: Yang benar 408." in steps[0]
    assert "Text Ada [removed: 480] [added: 408] kapal di laut." in steps[0]
    assert "WIB · Update Headline Kapal itu [removed: berangkat] [added: pulang]" in steps[1]
    assert "dated May 22, 2024 - 15:45 WIB · New date Printed date" in steps[2]
    assert steps[3].endswith("WIB · First publication")


def test_marks_need_neither_colour_nor_sight(reader, publish, update):
    edition = update(publish(body="<p>Lama sekali.</p>"), body="<p>Baru sekali.</p>")
    html = changes_of(reader("cilacap"), edition, prefix="")
    assert (
        '<del><span class="aloud">[dihapus: </span>Lama<span class="aloud">]</span></del>'
        '<ins><span class="aloud">[ditambahkan: </span>Baru<span class="aloud">]</span></ins>'
    ) in html


def test_what_did_not_change_is_folded(reader, publish, update):
    body = "".join(f"<p>Paragraf {number} tentang laut.</p>" for number in range(9))
    edition = update(publish(body=body), body=f"{body}<p>Tambahan.</p>")
    html = changes_of(reader("cilacap"), edition)
    assert re.findall(r"<summary[^>]*>(.*?)</summary>", html) == ["8 paragraphs unchanged"]


def test_a_text_is_shown_and_never_run(reader, publish, update):
    attack = "<script>alert(1)</script>&<b>"
    edition = update(publish(headline="Harga ikan", summary="Turun."), summary=attack)
    html = changes_of(reader("cilacap"), edition)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;" in html
    assert "<script" not in html


def test_a_story_with_one_edition_says_so(reader, publish):
    html = changes_of(reader("cilacap"), publish())
    assert "This story has one edition." in html
    assert ("<ins" in html, "<del" in html) == (False, False)


def test_the_storys_page_leads_to_its_changes_once_there_are_some(reader, publish, update):
    edition = publish()
    client = reader("cilacap")
    link = f'<p class="editions__more"><a href="{edition.address.get_absolute_url()}/perubahan">'
    assert link not in client.get(path_of(edition)).content.decode()
    update(edition, headline="Kini berubah")
    assert link in client.get(path_of(edition)).content.decode()


@pytest.mark.parametrize("protected", [(True, False), (False, True), (True, True)])
def test_of_a_child_or_a_victim_no_former_word_is_shown(reader, publish, update, protected):
    first = publish(body="<p>Nama anak itu terbaca.</p>", protected=protected[0])
    edition = update(first, body="<p>Namanya dirahasiakan.</p>", protected=protected[1])
    html = changes_of(reader("cilacap"), edition)
    assert [words[:9] for words in steps_of(html)] == ["Edition 2", "Edition 1"]
    assert ("<ins" in html, "<del" in html, "terbaca" in html) == (False, False, False)
    assert "This story concerns a child or a victim." in html


def test_a_scheduled_edition_is_not_told(reader, publish, correspondent, editor):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Kabar besok")
    approve_story(edition.article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(hours=1)
    workflow.correct(edition.article, by=editor, notice="Keliru tanggal.", at=soon)
    response = reader("cilacap").get(f"{path_of(edition)}/perubahan")
    html = response.content.decode()
    assert ("Kabar besok" in html, "Keliru tanggal." in html) == (False, False)
    assert response.holds_until == soon


def test_a_retracted_story_has_no_changes_to_show(reader, publish, update, editor, network_editor):
    edition = update(publish(body="<p>Semula.</p>"), body="<p>Kemudian.</p>")
    workflow.retract(edition.article, by=editor, ground="factual", reason="Salah orang.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    response = reader("cilacap").get(f"{path_of(edition)}/perubahan")
    html = response.content.decode()
    assert response.status_code == 410
    assert ("Salah orang." in html, "Semula" in html, "Kemudian" in html) == (True, False, False)


def test_the_changes_are_told_at_home_alone(reader, publish, cilacap, makassar, other_editor):
    edition = publish()
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    home = f"{edition.address.get_absolute_url()}/perubahan"
    path = f"/dari/cilacap{path_of(edition)}"
    assert answer(reader("makassar"), f"{path}/perubahan") == (404, None)
    assert answer(reader(), f"{path}/perubahan") == (302, home)
    publish_correction(edition)
    assert f'<a href="{home}#edition-2">' in reader("makassar").get(path).content.decode()
    cilacap.is_open = False
    cilacap.save()
    moved = f"http://bentara.test{path}/perubahan"
    for prefix in ("", "/en"):
        here = f"http://bentara.test{prefix}{path}/perubahan"
        assert answer(reader("cilacap"), f"{prefix}{path_of(edition)}/perubahan") == (301, here)
    assert answer(reader(), f"{path}/perubahan") == (200, None)
    assert f'<a href="{moved}#edition-2">' in reader().get(path).content.decode()


def test_an_old_address_leads_to_the_changes_at_the_current_one(reader, publish, network_editor):
    edition = publish(slug="pasar")
    old = f"{path_of(edition)}/perubahan"
    workflow.backdate(edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip.")
    there = "http://cilacap.bentara.test/2024/05/22/pasar/perubahan"
    assert answer(reader("cilacap"), old) == (301, there)


@pytest.mark.parametrize("path", ["/2026/11/23/tidak-ada/perubahan", "/2026/02/30/x/perubahan"])
def test_what_never_was_has_no_changes(reader, cilacap, path):
    assert answer(reader("cilacap"), path) == (404, None)


def test_many_editions_are_compared_page_by_page(reader, publish, update, monkeypatch):
    monkeypatch.setattr(views, "COMPARED", 2)
    edition = publish(headline="Kabar 1")
    for number in range(2, 6):
        edition = update(edition, headline=f"Kabar {number}")
    client = reader("cilacap")

    def compared(query):
        html = changes_of(client, edition, query=query)
        steps = steps_of(html)
        assert len(steps) == 5
        further = re.search(r'<a href="(\?sebelum=\d+)">', html)
        return [words[:9] for words in steps if "removed" in words], further and further[1]

    assert compared("") == (["Edition 5", "Edition 4"], "?sebelum=4")
    assert compared("?sebelum=4") == (["Edition 3", "Edition 2"], None)
    assert compared("?sebelum=1") == ([], None)
    for nonsense in ("", "x", "-1", "0", "99999999999", "²"):
        path = f"{path_of(edition)}/perubahan?sebelum={nonsense}"
        assert answer(client, path) == (404, None)


def test_the_changes_cost_three_queries_and_name_what_they_show(
    reader, publish, update, cilacap, django_assert_num_queries
):
    old, new = make_picture(cilacap), make_picture(cilacap)
    edition = publish(picture=old)
    client = reader("cilacap")
    for number in range(3):
        with django_assert_num_queries(3):
            client.get(f"{path_of(edition)}/perubahan")
        edition = update(edition, picture=new, headline=f"Kabar {number}")
    response = client.get(f"{path_of(edition)}/perubahan")
    names = ["network", f"bureau:{cilacap.pk}", f"article:{edition.article_id}"]
    assert sorted(response.shows) == sorted([*names, f"picture:{old.pk}", f"picture:{new.pk}"])
    assert response.holds_until is None


def test_search_engines_keep_the_story_and_not_its_changes(reader, publish):
    html = changes_of(reader("cilacap"), publish())
    assert meta_of(html)["robots"] == ["noindex"]
    assert "ld+json" not in html
