"""A story as readers see it: what is printed, on which address, at what cost."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.utils import timezone, translation

from articles import workflow
from articles.dates import printed_stamp
from articles.models import Article, Edition
from bureaus.models import Author, Network
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_picture,
    make_section,
    make_story,
    make_user,
    publish_next,
    publish_story,
    rewrite,
)

AFTERNOON = datetime(2024, 5, 22, 8, 45, tzinfo=UTC)  # 15:45 in Cilacap


@pytest.fixture
def network(db):
    Network.objects.update(name="Bentara", printed_domain="BENTARA.ID")
    return Network.objects.get()


@pytest.fixture
def publish(cilacap, correspondent, editor, network):
    def publish(**more) -> Edition:
        return publish_story(correspondent, editor, cilacap, **more)

    return publish


@pytest.fixture
def archived(publish, network_editor):
    """A story with the printed date of 22 May 2024, 15:45 WIB."""

    def archived(**more) -> Edition:
        edition = publish(**more)
        return workflow.backdate(
            edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
        )

    return archived


def path_of(edition: Edition) -> str:
    return edition.address.path


def html_of(client, edition: Edition) -> str:
    response = client.get(path_of(edition))
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """The text that a reader sees, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_story_is_printed_with_masthead_byline_stamp_and_dateline(reader, archived):
    edition = archived(
        headline="Rapat kerja ditutup", dateline="Jakarta", body="<p>Rapat kerja ditutup.</p>"
    )
    html = html_of(reader("cilacap"), edition)
    assert "<title>Rapat kerja ditutup — Bentara Cilacap</title>" in html
    assert "RATIH PURWANDARI - CILACAP.BENTARA.ID" in html
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
    assert "SITI AMINAH, IMAM S. - CILACAP.BENTARA.ID" in html


def test_an_article_costs_three_queries_alone_or_among_thirty(
    reader, publish, cilacap, django_assert_num_queries
):
    edition = publish(picture=make_picture(cilacap), tags=["nelayan", "harga ikan"])
    with django_assert_num_queries(3):
        assert reader("cilacap").get(path_of(edition)).status_code == 200
    for _number in range(29):
        publish()
    edition = publish_next_as_correction(edition)
    with django_assert_num_queries(3):
        assert reader("cilacap").get(path_of(edition)).status_code == 200


def publish_next_as_correction(edition: Edition) -> Edition:
    editor = edition.approved_by
    reporter = edition.article.created_by
    rewrite(edition.article, by=reporter, headline="Yang benar 408 kapal")
    approve_story(edition.article, by=reporter, editor=editor)
    return workflow.correct(edition.article, by=editor, notice="Yang benar 408 kapal.")


def test_nothing_on_the_page_sets_a_cookie_or_varies_by_one(reader, publish):
    response = reader("cilacap").get(path_of(publish()))
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    html = response.content.decode()
    assert re.findall(r"<script|<style| style=|javascript:| on\w+=", html) == []


def test_the_response_names_what_it_shows_and_until_when_it_holds(reader, publish, cilacap):
    picture = make_picture(cilacap)
    other = publish()
    edition = publish(picture=picture)
    response = reader("cilacap").get(path_of(edition))
    names = [
        "network",
        f"bureau:{cilacap.pk}",
        f"article:{edition.article_id}",
        f"picture:{picture.pk}",
        f"article:{other.article_id}",
    ]
    assert response.headers["Surrogate-Key"] == " ".join(names)
    assert response.headers["Cache-Tag"] == ",".join(names)
    # The side list names its stories and ages out in a minute.
    assert timedelta(seconds=50) < response.holds_until - timezone.now() <= timedelta(seconds=60)


def test_a_page_holds_no_longer_than_until_its_scheduled_update(
    reader, publish, correspondent, editor
):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Kabar baru")
    approve_story(edition.article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=20)
    workflow.update(edition.article, by=editor, at=soon)
    response = reader("cilacap").get(path_of(edition))
    assert "Kabar baru" not in response.content.decode()
    assert response.holds_until == soon


def test_the_story_of_another_bureau_is_not_served_here(reader, publish, makassar):
    path = path_of(publish())
    for label in ("makassar", ""):
        assert reader(label).get(path).status_code == 404


def test_an_old_address_leads_to_the_current_one_in_the_same_language(reader, archived):
    edition = archived(headline="Pasar dibuka")
    old = edition.article.addresses.get(is_current=False)
    client = reader("cilacap")
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}{old.path}")
        assert response.status_code == 301
        assert (
            response.headers["Location"]
            == f"http://cilacap.bentara.test{prefix}/2024/05/22/pasar-dibuka"
        )
        assert response.headers["Surrogate-Key"] == f"article:{edition.article_id}"


def test_drafts_scheduled_and_cancelled_stories_are_nowhere(reader, cilacap, correspondent, editor):
    article = make_story(correspondent, cilacap)
    approve_story(article, by=correspondent, editor=editor)
    edition = workflow.schedule(article, by=editor, at=timezone.now() + timedelta(hours=1))
    client = reader("cilacap")
    assert client.get(path_of(edition)).status_code == 404
    workflow.unschedule(article, by=editor)
    assert client.get(path_of(edition)).status_code == 404


def test_editing_changes_nothing_for_readers_until_the_next_edition(
    reader, publish, correspondent, editor
):
    edition = publish(headline="Harga turun", body="<p>Semula.</p>")
    rewrite(edition.article, by=correspondent, headline="Harga naik", body="<p>Kemudian.</p>")
    client = reader("cilacap")
    html = html_of(client, edition)
    assert ("Semula." in html, "Kemudian." in html, "Harga naik" in html) == (True, False, False)
    approve_story(edition.article, by=correspondent, editor=editor)
    workflow.update(edition.article, by=editor)
    html = html_of(client, edition)
    assert ("Semula." in html, "Kemudian." in html, "Harga naik" in html) == (False, True, True)


def test_an_update_says_when_but_a_new_printed_date_does_not(
    reader, publish, correspondent, editor, network_editor
):
    edition = publish()
    client = reader("cilacap")
    english = f"/en{path_of(edition)}"
    assert "Updated" not in client.get(english).content.decode()
    update = publish_next(
        edition.article, by=correspondent, editor=editor, headline="Harga ikan naik"
    )
    assert client.get(english).content.decode().count("Updated <time") == 1
    dated = workflow.backdate(
        update.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
    )
    html = client.get(f"/en{path_of(dated)}").content.decode()
    assert "May 22, 2024 - 15:45 WIB" in html
    moment = update.live.lower.astimezone(update.bureau.zone).isoformat(timespec="seconds")
    assert f'Updated <time datetime="{moment}">' in html


def test_a_correction_stands_above_the_dateline_with_its_time(reader, publish):
    edition = publish_next_as_correction(publish(dateline="Cilacap"))
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    assert ">Correction</span> <time datetime=" in html
    assert html.index("<p>Yang benar 408 kapal.</p>") < html.index('<span class="dateline">')


def test_the_notice_of_a_scheduled_correction_waits_for_its_edition(
    reader, publish, correspondent, editor
):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Yang benar 408 kapal")
    approve_story(edition.article, by=correspondent, editor=editor)
    workflow.correct(
        edition.article,
        by=editor,
        notice="Angka kapal keliru.",
        at=timezone.now() + timedelta(hours=1),
    )
    assert "Angka kapal keliru." not in html_of(reader("cilacap"), edition)


def test_the_history_lists_every_edition_with_the_start_of_its_hash(reader, publish):
    edition = publish_next_as_correction(publish())
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    history = html[html.index('id="history"') :]
    first, second = Edition.objects.filter(article=edition.article).order_by("number")
    for line in (first, second):
        digits = line.record_sha256
        assert f"{digits[:4]} {digits[4:8]} {digits[8:12]} …" in history
    assert history.index("<b>2</b>") < history.index("<b>1</b>")
    assert "First publication" in history


def history_of(client, edition: Edition) -> list[str]:
    """The words of each line of the history, its hash cut off."""
    html = client.get(f"/en{path_of(edition)}").content.decode()
    opened = html[html.index("<details") : html.index("</details>")].partition('<ol id="history">')[
        2
    ]
    lines = opened[: opened.index("</ol>")].split("<li>")[1:]
    return [words_of(line.partition("<code")[0]) for line in lines]


def test_a_story_dated_back_says_when_it_came_here_and_its_date(
    reader, correspondent, cilacap, network, network_editor, editor
):
    article = make_story(correspondent, cilacap)
    approve_story(article, by=correspondent, editor=network_editor)
    edition = workflow.publish(article, by=network_editor, printed_at=AFTERNOON, reason="Arsip.")
    with translation.override("en"):
        here = printed_stamp(edition.live.lower, cilacap)
    first = f"1 · Published here {here}, dated May 22, 2024 - 15:45 WIB"
    client = reader("cilacap")
    assert history_of(client, edition) == [first]
    update = publish_next(article, by=correspondent, editor=network_editor, headline="Kini naik")
    assert "dated" not in history_of(client, update)[0]  # it is the same date still
    assert history_of(client, update)[1] == first


def test_a_new_printed_date_stands_in_the_history(reader, archived):
    second, first = history_of(reader("cilacap"), archived())
    assert second.endswith(", dated May 22, 2024 - 15:45 WIB · New date")
    assert first.endswith(" · First publication")


def test_a_correction_leads_to_the_history_which_says_what_was_corrected(reader, publish):
    edition = publish_next_as_correction(publish())
    html = html_of(reader("cilacap"), edition)
    assert 'class="notice__more"><a href="#history">' in html
    correction, first = history_of(reader("cilacap"), edition)
    assert correction.endswith(" · Correction: Yang benar 408 kapal.")
    assert first.endswith(" · First publication")


def test_topics_stand_under_their_name(reader, publish):
    html = html_of(reader("cilacap"), publish(tags=["harga ikan", "nelayan"]))
    topics = html[html.index('<section class="tags"') : html.index('<section class="credits"')]
    assert words_of(topics) == "Topik harga ikan nelayan"


def test_the_picture_has_size_candidates_caption_and_credit(reader, publish, cilacap):
    picture = make_picture(cilacap, caption="Kapal bersandar", credit="Danu/Bentara")
    edition = publish(picture=picture, picture_caption="Kapal berangkat")
    html = html_of(reader("cilacap"), edition)
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert 'width="1200" height="800"' in figure
    assert f'srcset="{picture.srcset}"' in figure
    assert "Kapal berangkat" in figure
    assert "Danu/Bentara" in figure
    assert "Kapal bersandar" not in figure
    image = f'<meta property="og:image" content="http://cilacap.bentara.test{picture.large_url}">'
    assert image in html


def test_a_story_without_a_picture_has_no_empty_figure(reader, publish):
    html = html_of(reader("cilacap"), publish())
    assert ("<figure" in html, "<img" in html, "og:image" in html) == (False, False, False)


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
    assert "Source: Press release, Dinas Perikanan" in html


def test_an_unverified_story_says_so_above_the_text(reader, publish):
    html = reader("cilacap").get(f"/en{path_of(publish(unverified=True))}").content.decode()
    assert html.count("Not yet verified") == 3  # label, name of the notice, its accessible name
    assert html.index("could be verified") < html.index('<span class="dateline">')


def test_share_links_and_canonical_address_are_absolute_on_the_home_bureau(reader, archived):
    edition = archived(headline="Pasar dibuka")
    url = "http://cilacap.bentara.test/2024/05/22/pasar-dibuka"
    english = "http://cilacap.bentara.test/en/2024/05/22/pasar-dibuka"
    quoted = "http%3A%2F%2Fcilacap.bentara.test%2F2024%2F05%2F22%2Fpasar-dibuka"
    for prefix in ("", "/en"):  # the text is the same: one address, whatever the language around it
        html = reader("cilacap").get(f"{prefix}{path_of(edition)}").content.decode()
        assert f'<link rel="canonical" href="{url}">' in html
        assert f'<meta property="og:url" content="{url}">' in html
        assert f'<link rel="alternate" hreflang="id" href="{url}">' in html
        assert f'<link rel="alternate" hreflang="en" href="{english}">' in html
        targets = re.findall(r'<li><a href="([^"]+)"', html[html.index('class="share"') :])[:5]
        assert [quoted in target for target in targets] == [True] * 5
        assert f'<p class="story__url">{url}</p>' in html


def test_a_slash_at_the_end_of_an_address_is_taken_away(reader, publish):
    path = path_of(publish())
    client = reader("cilacap")
    for asked, told in (
        (f"{path}/", path),
        (f"/en{path}/", f"/en{path}"),
        ("/en", "/en/"),
    ):
        response = client.get(asked)
        assert (response.status_code, response.headers["Location"]) == (301, told)
    for asked in (f"{path}//", "/2026/11/23/", "/enak"):
        assert client.get(asked).status_code == 404


def test_on_an_english_page_the_storys_own_words_are_marked_as_indonesian(reader, publish):
    publish(kicker="Cuaca")
    edition = publish(kicker="Harga ikan", section=make_section("panen", "Panen"))
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    assert '<title lang="id">' in html
    assert '<meta name="description" lang="id" content=' in html
    assert (
        '<p class="kicker" lang="id">Harga ikan <span class="kicker__also">Panen</span></p>' in html
    )
    assert '<span class="latest__where" lang="id">Cuaca</span>' in html


def test_the_side_list_has_the_other_stories_of_the_bureau(reader, publish):
    other = publish(headline="Berita lain")
    edition = publish(headline="Berita ini")
    html = html_of(reader("cilacap"), edition)
    side = html[html.index('<ol class="latest">') : html.rindex("</ol>")]
    assert other.address.get_absolute_url() in side
    assert edition.address.get_absolute_url() not in side


@pytest.mark.parametrize("slug", ["مدرسة-قرية", "pasar_gede"])
def test_an_address_may_have_words_of_any_script(reader, publish, slug):
    edition = publish(slug=slug)
    assert reader("cilacap").get(path_of(edition)).status_code == 200


class Tags(HTMLParser):
    """Collects what a browser would take for elements and their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [tag, *(f"{name}={value}" for name, value in attrs)]


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_field_puts_a_script_on_the_page(reader, publish, cilacap, network):
    Author.objects.filter(name="Ratih Purwandari").update(name=f"Ratih {ATTACK}")
    network.name = f"B{ATTACK}"[:60]
    network.publisher = network.address = network.person_responsible = ATTACK
    network.save()
    picture = make_picture(cilacap, caption=ATTACK, credit=ATTACK, alt_text=f'"{ATTACK}')
    edition = publish(
        headline=ATTACK,
        kicker=ATTACK[:60],
        summary=f'"{ATTACK}',
        dateline=ATTACK[:60],
        body=f'<p>Isi</p>{ATTACK}<p><a href="javascript:alert(1)">di sini</a></p>',
        source="citizen",
        source_name=ATTACK,
        tags=[ATTACK[:60]],
        picture=picture,
        slug="serangan",
    )
    edition = publish_next_as_correction(edition)
    rewrite(edition.article, by=edition.article.created_by, headline=ATTACK)
    for path in (path_of(edition), "/"):
        tags = Tags()
        tags.feed(reader("cilacap").get(path).content.decode())
        bad = [
            found
            for found in tags.found
            if found == "script" or found.startswith(("on", "href=javascript", "src=x"))
        ]
        assert bad == []


def test_public_pages_never_read_the_working_copy(reader, publish, django_assert_num_queries):
    edition = publish()
    with django_assert_num_queries(3) as captured:
        reader("cilacap").get(path_of(edition))
    table = Article._meta.db_table
    assert [f'"{table}".' in query["sql"] for query in captured.captured_queries] == [False] * 3
