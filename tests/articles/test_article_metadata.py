"""What search engines and the cards of messages are told of a story's page."""

import re

import pytest

from articles import cards, workflow
from tests.articles.conftest import AFTERNOON
from tests.factories import (
    make_author,
    make_bureau,
    make_picture,
    make_user,
    publish_correction,
    publish_story,
)
from tests.reading import data_of, html_of, meta_of, part_of, path_of, words_of
from tests.schema_org import mistakes

HOME = "http://cilacap.bentara.test"


def node_of(html: str, kind: str) -> dict:
    (found,) = (node for node in data_of(html)["@graph"] if node["@type"] == kind)
    return found


def test_a_message_gets_the_card_of_the_story(reader, archived, cilacap):
    picture = make_picture(cilacap, alt_text='Kapal "Rejeki" di muara')
    edition = archived(
        headline="Pasar & kapal",
        picture=picture,
        summary="Larangan dicabut.",
        tags=["ikan", "laut"],
    )
    meta = meta_of(html_of(reader("cilacap"), edition))
    assert {name: values for name, values in meta.items() if ":" in name} == {
        "og:site_name": ["Bentara Cilacap"],
        "og:url": [f"{HOME}/2024/05/22/pasar-kapal"],
        "og:locale": ["id_ID"],
        "og:type": ["article"],
        "og:title": ["Pasar & kapal"],
        "og:description": ["Larangan dicabut."],
        "og:image": [f"{HOME}/kartu/{cards.name_of(edition)}.jpg"],
        "og:image:type": ["image/jpeg"],
        "og:image:width": ["1200"],
        "og:image:height": ["630"],
        "og:image:alt": ['Pasar & kapal. Kapal "Rejeki" di muara'],
        "twitter:card": ["summary_large_image"],
        "twitter:image:alt": ['Pasar & kapal. Kapal "Rejeki" di muara'],
        "article:published_time": ["2024-05-22T15:45:00+07:00"],
        "article:modified_time": ["2024-05-22T15:45:00+07:00"],
        "article:section": ["Hukum"],
        "article:author": [f"{HOME}/penulis/ratih-purwandari"],
        "article:tag": ["ikan", "laut"],
    }
    assert meta["description"] == ["Larangan dicabut."]
    assert meta["robots"] == ["max-image-preview:large"]


MARK = {
    "og:image": [f"{HOME}/icon-512.png"],
    "og:image:type": ["image/png"],
    "og:image:width": ["512"],
    "og:image:height": ["512"],
    "og:image:alt": ["Logo Bentara Cilacap"],
    "twitter:card": ["summary"],
}


def test_a_list_has_the_mark_of_the_site_on_its_card(reader, publish):
    publish()
    client = reader("cilacap")
    for path in ("/", "/terkini", "/rubrik/hukum", "/teks/terkini"):
        meta = meta_of(client.get(path).text)
        assert {name: meta.get(name) for name in MARK} == MARK


def test_the_mark_on_the_card_of_the_network_is_its_own(reader, publish):
    publish()
    for path in ("/", "/terkini", "/indeks", "/biro", "/koreksi"):
        meta = meta_of(reader().get(path).text)
        assert meta["og:image"] == ["http://bentara.test/icon-512.png"], path
    assert reader().get("/icon-512.png").status_code == 200


def test_what_somebody_has_paid_for_is_no_reporters(reader, publish):
    html = html_of(
        reader("cilacap"), publish(paid=True, source="press_release", source_name="Bank Nusa")
    )
    assert words_of(part_of(html, '<p class="byline__who">', "</p>")) == "BANK NUSA"
    assert "Ratih" not in html
    story = node_of(html, "AdvertiserContentArticle")
    assert story["author"] == story["sponsor"] == {"@type": "Organization", "name": "Bank Nusa"}
    html = html_of(reader("cilacap"), publish(paid=True))
    assert words_of(part_of(html, '<p class="byline__who">', "</p>")) == "ADVERTORIAL"
    assert "author" not in node_of(html, "AdvertiserContentArticle")


def test_an_advertiser_who_is_credited_is_named_and_linked(reader, publish):
    partner = make_author("Mitra Bentara")
    type(partner).objects.update(kind="agency")
    edition = publish(paid=True, writers=[partner], source_name="Bank Nusa")
    html = html_of(reader("cilacap"), edition)
    byline = part_of(html, '<p class="byline__who">', "</p>")
    assert words_of(byline) == "MITRA BENTARA"
    assert "/penulis/mitra-bentara" in byline
    assert "cilacap.bentara" not in words_of(byline).lower()


def test_the_card_of_a_corrected_story_says_when_it_was_corrected(reader, archived):
    edition = publish_correction(archived())
    meta = meta_of(html_of(reader("cilacap"), edition))
    moment = edition.live.lower.astimezone(edition.bureau.zone).isoformat(timespec="seconds")
    assert meta["article:published_time"] == ["2024-05-22T15:45:00+07:00"]
    assert meta["article:modified_time"] == [moment]


def test_paid_matter_may_be_found_and_vouches_for_nobody(reader, publish):
    edition = publish(paid=True, body='<p>Isi <a href="https://bank.example/">bank</a>.</p>')
    html = html_of(reader("cilacap"), edition)
    assert meta_of(html)["robots"] == ["max-image-preview:large"]
    assert '<a href="https://bank.example/" rel="sponsored noopener">' in html
    html = html_of(reader("cilacap"), publish(body=edition.body))
    assert '<a href="https://bank.example/" rel="noopener">' in html


@pytest.mark.parametrize(
    ("label", "zone", "offset"),
    [
        ("pontianak", "Asia/Jakarta", "15:45:00+07:00"),
        ("kupang", "Asia/Makassar", "16:45:00+08:00"),
        ("ambon", "Asia/Jayapura", "17:45:00+09:00"),
    ],
)
def test_the_data_of_a_story_are_schema_orgs_on_every_clock(
    reader, network, network_editor, label, zone, offset
):
    bureau = make_bureau(label, zone)
    reporter = make_user("penulis", ("reporter", bureau))
    edition = publish_story(
        reporter, network_editor, bureau, picture=make_picture(bureau), unverified=True
    )
    edition = publish_correction(edition)
    edition = workflow.backdate(
        edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
    )
    html = html_of(reader(label), edition)
    assert mistakes(data_of(html)) == []
    story = node_of(html, "NewsArticle")
    assert story["datePublished"] == f"2024-05-22T{offset}"
    assert story["correction"][0]["datePublished"].endswith(offset[-6:])
    assert story["author"][0]["url"] == f"http://{label}.bentara.test/penulis/penulis"


def test_the_way_to_a_story_is_told_to_readers_and_to_search_engines(reader, publish):
    html = html_of(reader("cilacap"), publish())
    steps = node_of(html, "BreadcrumbList")["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Nasional", "http://bentara.test/"),
        ("Biro Cilacap", f"{HOME}/"),
        ("Hukum", f"{HOME}/rubrik/hukum"),
    ]
    shown = html[html.index('<nav class="trail"') :].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', shown) == [
        (step["item"], step["name"]) for step in steps
    ]


def test_a_placed_story_tells_of_its_home_under_the_local_headline(
    reader, publish, makassar, other_editor, cilacap
):
    picture = make_picture(cilacap, is_for_all=True)
    edition = publish(headline="Rapat kerja ditutup", picture=picture)
    workflow.place(edition.article, by=other_editor, bureau=makassar, local_headline="Rapat usai")
    response = reader("makassar").get(f"/dari/cilacap{path_of(edition)}")
    html = response.content.decode()
    assert mistakes(data_of(html)) == []
    story = node_of(html, "NewsArticle")
    home = edition.address.get_absolute_url()
    assert (story["url"], story["headline"]) == (home, "Rapat usai")
    assert story["alternativeHeadline"] == "Rapat kerja ditutup"
    meta = meta_of(html)
    assert (meta["og:url"], meta["og:title"]) == ([home], ["Rapat usai"])
    # Its languages are told of at home, where the canonical address leads.
    assert [f"hreflang={quote}" in html.partition("</head>")[0] for quote in ('"id"', '"en"')] == [
        False,
        False,
    ]
    steps = node_of(html, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == ["Nasional", "Biro Makassar", "Hukum"]


def test_a_text_only_page_leaves_the_data_to_its_original(reader, publish, cilacap):
    edition = publish(picture=make_picture(cilacap))
    html = html_of(reader("cilacap"), edition, "/teks")
    assert "ld+json" not in html
    assert f'<link rel="canonical" href="{edition.address.get_absolute_url()}">' in html
    assert meta_of(html)["article:author"] == [f"{HOME}/penulis/ratih-purwandari"]


def test_credits_lead_to_the_persons_page_as_it_is_called_today(reader, publish, cilacap):
    author = make_author("Siti Aminah", bureau=cilacap)
    edition = publish(writers=[author])
    author.name, author.slug = "Siti A. Rahman", "siti-rahman"
    author.save()
    html = html_of(reader("cilacap"), edition)
    link = f'<a href="{HOME}/penulis/siti-rahman">'
    assert f"{link}SITI AMINAH</a>" in html
    assert f"<dd>{link}Siti Aminah</a></dd>" in html
