"""The desk sees a story as readers would, before they do, and nobody else does."""

import re

import pytest

from articles import workflow, writing
from articles.models import Address, Article, Edition
from bureaus.models import Bureau
from tests.articles.test_workflow_table import bring_to
from tests.desk import form_data, words_of
from tests.factories import (
    make_author,
    make_picture,
    make_story,
    publish_correction,
    publish_next,
    rewrite,
)
from tests.reading import html_of

HEADERS = {
    "Cache-Control": "private, no-store, max-age=0, no-cache, must-revalidate",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "SAMEORIGIN",
    "Surrogate-Key": None,
    "Cache-Tag": None,
}


def url(story: Article, more: str = "") -> str:
    return f"/articles/article/{story.pk}/preview/{more}"


def page_of(client, story: Article) -> str:
    response = client.get(url(story, "page/"))
    assert response.status_code == 200
    return response.content.decode()


def strip_of(page: str) -> str:
    return words_of(re.search(r'(?s)<aside class="plainly".*?</aside>', page)[0])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "Pratinjau – belum terbit"),
        ("submitted", "Pratinjau – belum terbit"),
        ("in_review", "Pratinjau – belum terbit"),
        ("approved", "Pratinjau – belum terbit"),
        ("scheduled", "Pratinjau – terjadwal, belum terbit"),
        ("live", "Pratinjau – sama dengan yang dibaca pembaca sekarang"),
        ("live, in draft", "Pratinjau – perubahan ini belum terbit"),
        ("retracted", "Pratinjau – dicabut: pembaca tidak melihat ini lagi"),
        ("spiked", "Pratinjau – belum terbit"),
    ],
)
def test_every_stage_has_a_preview_that_says_how_it_stands_with_readers(
    desk_client, correspondent, editor, second_editor, cilacap, network, state, said
):
    staff = {"writer": correspondent, "holder": editor, "second": second_editor}
    story = bring_to(state, staff, cilacap)

    page = page_of(desk_client(correspondent), story)

    assert strip_of(page) == said
    assert story.headline in page


def test_it_shows_everything_that_readers_will_find(desk_client, correspondent, cilacap, network):
    inside = make_picture(cilacap, caption="Jaring di dermaga", alt_text="Jaring")
    story = make_story(
        correspondent,
        cilacap,
        kicker="Nelayan",
        picture=make_picture(cilacap, caption="Kapal nelayan di muara"),
        body="<p>Deru mesin terdengar.</p>"
        f'<figure data-object="picture" data-id="{inside.pk}"></figure>',
        source="press_release",
        source_name="Dinas Perikanan",
        writers=[correspondent.author, make_author("Danu Prasetya", bureau=cilacap)],
    )

    page = page_of(desk_client(correspondent), story)

    words = words_of(page)
    for shown in (
        "Nelayan",
        story.headline,
        story.summary,
        "RATIH PURWANDARI",
        "DANU PRASETYA",
        "CILACAP - Deru mesin terdengar.",
        "Kapal nelayan di muara",
        "Jaring di dermaga",
        "Dinas Perikanan",
        "nelayan",
    ):
        assert shown in words


def test_the_preview_is_the_readers_page_but_for_what_leads_there_and_proves_it(
    desk_client, correspondent, publish, reader, cilacap
):
    def article(html: str) -> str:
        found = re.search(r'(?s)<article class="story__article">.*?</article>', html)[0]
        found = re.sub(r'(?s)<div class="story__share">.*?(?=<footer)', "", found)
        found = re.sub(r'(?s)<details class="editions">.*?</details>', "", found)
        return re.sub(r"\s+", " ", found)

    edition = publish(picture=make_picture(cilacap))
    for _other in range(3):
        publish()

    page = page_of(desk_client(correspondent), edition.article)

    assert article(page) == article(html_of(reader("cilacap"), edition))
    assert "wa.me" not in page
    assert "SHA-256" not in page


def test_no_cache_keeps_it_no_crawler_takes_it_and_nothing_is_stored(
    desk_client, correspondent, cilacap, network
):
    story = make_story(correspondent, cilacap)

    response = desk_client(correspondent).get(url(story, "page/"))

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "og:title" not in page
    assert "application/ld+json" not in page
    assert (Edition.objects.count(), Address.objects.count()) == (0, 0)


def test_an_empty_draft_has_a_preview_too(desk_client, correspondent, cilacap, network):
    story = make_story(
        correspondent, cilacap, headline="", summary="", body="", section=None, tags=[], writers=[]
    )

    assert "(belum berjudul)" in words_of(page_of(desk_client(correspondent), story))


def test_a_changed_story_shows_the_new_words_and_the_notices_that_readers_have(
    desk_client, correspondent, editor, publish, reader
):
    edition = publish_correction(publish(), notice="Yang benar 408 kapal.")
    rewrite(edition.article, by=correspondent, body="<p>Isi yang paling baru.</p>")

    page = words_of(page_of(desk_client(correspondent), edition.article))

    assert "Isi yang paling baru." in page
    assert "Yang benar 408 kapal." in page
    assert "Isi yang paling baru." not in html_of(reader("cilacap"), edition)


def test_the_address_to_come_is_printed_and_that_of_a_live_story_stays(
    desk_client, correspondent, editor, cilacap, publish
):
    client = desk_client(correspondent)
    draft = make_story(correspondent, cilacap, headline="Kapal baru dari Tegal")
    edition = publish(headline="Kapal kembali melaut")
    rewrite(edition.article, by=correspondent, headline="Judul lain sama sekali")

    assert "/kapal-baru-dari-tegal" in page_of(client, draft)
    assert edition.address.canonical_url in page_of(client, edition.article)


def test_a_story_of_a_closed_bureau_is_shown_at_the_network(
    desk_client, network_editor, publish, cilacap, makassar
):
    edition = publish()
    cilacap.is_open = False
    cilacap.save()
    assert Bureau.objects.get(pk=cilacap.pk).opened_at

    page = page_of(desk_client(network_editor), edition.article)

    assert "masthead__bureau" not in page
    assert edition.headline in page


# The page around it


def test_the_frame_says_who_saved_what_it_shows_and_is_as_wide_as_a_phone_when_asked(
    desk_client, correspondent, cilacap
):
    client = desk_client(correspondent)
    story = make_story(correspondent, cilacap)

    wide = client.get(url(story))
    phone = client.get(f"{url(story)}?width=360").content.decode()

    page = wide.content.decode()
    assert f'<iframe src="{url(story, "page/")}"' in page
    assert "Seperti disimpan Ratih Purwandari" in words_of(page)
    assert "frame-src 'self'" in wide.headers["Content-Security-Policy"]
    assert ("preview--phone" in page, "preview--phone" in phone) == (False, True)
    assert "belum disimpan" not in page


def test_whoever_has_typed_more_is_told_that_it_is_not_shown_and_can_save_it_first(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Judul yang sedang diketik")
    pairs = [[name, str(value)] for name, value in typed.items()]
    key = "5b0e1a3e-8f5e-4a4f-9a57-0d5d2f6c1b11"
    writing.keep(correspondent, pairs, key=key, version=story.version, article=story)

    own = desk_client(correspondent).get(url(story))
    other = desk_client(editor).get(url(story))

    assert "belum disimpan, jadi belum tampak di sini." in text_of_header(own)
    assert f'href="/articles/article/{story.pk}/change/?text={key}"' in own.content.decode()
    assert "Judul yang sedang diketik" not in page_of(desk_client(correspondent), story)
    assert "belum disimpan" not in other.content.decode()


def text_of_header(response) -> str:
    html = response.content.decode()
    return words_of(html[html.index('<header class="preview-bar"') :])


def test_the_bar_leads_to_the_preview_by_p_and_to_the_readers_page_by_o(
    desk_client, correspondent, editor, publish, cilacap
):
    live = publish()
    draft = make_story(correspondent, cilacap)
    handed_in = workflow.submit(make_story(correspondent, cilacap), by=correspondent)
    client = desk_client(correspondent)

    for story, keys in ((live.article, "po"), (draft, "p"), (handed_in, "p")):
        page = client.get(f"/articles/article/{story.pk}/change/").content.decode()
        bar = page[page.index('<header class="storybar"') : page.index('<div class="storynotes"')]
        links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*aria-keyshortcuts="(\w)"', bar)
        expected = [(url(story), "p"), (live.address.get_absolute_url(), "o")]
        assert links == expected[: len(keys)]
        assert f'<a class="menu__item only-narrow" href="{url(story)}"' in bar
        sheet = words_of(page[page.index('id="keys"') :])
        assert "Pratinjau p" in sheet
        assert "Buka halamannya o" in sheet


def test_a_new_story_has_no_preview_before_it_is_saved(desk_client, correspondent):
    page = desk_client(correspondent).get("/articles/article/add/").content.decode()

    assert "/preview/" not in page


def test_previews_cost_the_same_however_often_a_story_was_published(
    desk_client, correspondent, editor, publish, django_assert_num_queries
):
    edition = publish()
    client = desk_client(correspondent)
    page_of(client, edition.article)
    with django_assert_num_queries(QUERIES):
        page_of(client, edition.article)
    for number in range(3):
        publish_next(edition.article, by=correspondent, editor=editor, headline=f"Ke-{number}")
    page_of(client, edition.article)
    with django_assert_num_queries(QUERIES):
        page_of(client, edition.article)


QUERIES = 14
