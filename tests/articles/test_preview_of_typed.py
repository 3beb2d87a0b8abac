"""What somebody has typed and not saved is previewed for that person, and for nobody else."""

import re

import pytest

from articles import writing
from articles.models import Article, Autosave, Edition, Revision, Tag
from tests.desk import byline, form_data, words_of
from tests.factories import make_author, make_picture, make_section, make_story, rewrite

KEY = "5b0e1a3e-8f5e-4a4f-9a57-0d5d2f6c1b11"


@pytest.fixture
def story(correspondent, cilacap, network):
    return make_story(correspondent, cilacap, headline="Kapal kembali melaut")


def keep(user, story: Article, **more) -> None:
    typed = form_data(story, **more)
    pairs = [[name, str(value)] for name, value in typed.items()]
    writing.keep(user, pairs, key=KEY, version=story.version, article=story)


def url(story: Article, more: str = "") -> str:
    return f"/articles/article/{story.pk}/preview/{more}?text={KEY}"


def page_of(client, story: Article) -> str:
    return client.get(url(story, "page/")).content.decode()


def test_everything_that_was_typed_is_shown_and_nothing_of_it_is_stored(
    desk_client, correspondent, cilacap, story
):
    other = make_author("Danu Prasetya", bureau=cilacap)
    lead = make_picture(cilacap, caption="Kapal nelayan di muara")
    inside = make_picture(cilacap, caption="Jaring di dermaga")
    keep(
        correspondent,
        story,
        kicker="Nelayan",
        headline="Judul yang sedang diketik",
        summary="Ringkasan yang sedang diketik.",
        dateline="KROYA",
        body=f'<p>Isi baru.</p><figure data-object="picture" data-id="{inside.pk}"></figure>',
        section=make_section("ekonomi", "Ekonomi").pk,
        picture=lead.pk,
        source="press_release",
        source_name="Dinas Perikanan",
        tags="nelayan, topik baru",
        **byline(1, other),
        **{"bylines-TOTAL_FORMS": 2},
    )
    before = (Article.objects.values().get(), Revision.objects.count())

    words = words_of(page_of(desk_client(correspondent), story))

    for shown in (
        "belum disimpan: hanya Anda yang melihat ini", "Nelayan", "Judul yang sedang diketik",
        "Ringkasan yang sedang diketik.", "KROYA", "Isi baru.", "Jaring di dermaga", "Ekonomi",
        "Kapal nelayan di muara", "Dinas Perikanan", "topik baru", "RATIH PURWANDARI",
        "DANU PRASETYA",
    ):  # fmt: skip
        assert shown in words
    assert "Kapal kembali melaut" not in words
    assert (Article.objects.values().get(), Revision.objects.count()) == before
    assert not Edition.objects.exists()
    assert not Tag.objects.filter(name="topik baru").exists()


def test_the_frame_says_that_it_is_not_saved_and_leads_to_what_is(
    desk_client, correspondent, story
):
    keep(correspondent, story, headline="Judul yang sedang diketik")
    client = desk_client(correspondent)

    page = client.get(f"{url(story)}&width=360").content.decode()

    bar = words_of(page[page.index('<header class="preview-bar"') :])
    assert re.search(r"Belum disimpan\. Ketikan Anda sampai .*, hanya terlihat oleh Anda\.", bar)
    assert "Seperti disimpan" not in bar
    assert f'<iframe src="{url(story, "page/")}"' in page
    assert f'href="?text={KEY}"' in page
    assert 'href="?width=360"' in page


def test_nobody_else_sees_it_by_its_address(
    desk_client, correspondent, editor, network_editor, story
):
    keep(correspondent, story, headline="Judul yang sedang diketik")

    for user in (editor, network_editor):
        client = desk_client(user)
        assert "Judul yang sedang diketik" not in page_of(client, story)
        assert "Kapal kembali melaut" in page_of(client, story)
        assert KEY not in client.get(url(story)).content.decode()


@pytest.mark.parametrize("text", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_address_of_no_text_shows_what_is_saved(desk_client, correspondent, story, text):
    page = desk_client(correspondent).get(f"{url(story, 'page/').partition('?')[0]}?text={text}")

    assert "Kapal kembali melaut" in page.content.decode()


def test_once_it_is_saved_the_saved_text_is_shown(desk_client, correspondent, story):
    keep(correspondent, story, headline="Judul baru")
    rewrite(story, by=correspondent, headline="Judul baru")
    client = desk_client(correspondent)

    page = client.get(url(story))

    assert "belum disimpan" not in page.content.decode()
    assert "belum terbit" in words_of(page_of(client, story))
    assert not Autosave.objects.exists()


def test_what_its_writer_may_not_use_does_not_show(
    desk_client, correspondent, cilacap, makassar, story
):
    foreign = make_picture(makassar, caption="Rahasia Makassar")
    keep(
        correspondent,
        story,
        picture=foreign.pk,
        bureau=makassar.pk,
        source="x",
        body=f'<p>Isi.</p><figure data-object="picture" data-id="{foreign.pk}"></figure>'
        "<script>alert(1)</script>",
        section="x",
        **byline(0, correspondent.author, "x"),
        **{"bylines-TOTAL_FORMS": 1},
    )

    page = page_of(desk_client(correspondent), story)

    assert "Isi." in page
    assert "Rahasia Makassar" not in page
    assert foreign.name_of("") not in page
    assert "alert(1)" not in page
    assert "makassar." not in page.partition("<article")[2].partition("</article>")[0]
