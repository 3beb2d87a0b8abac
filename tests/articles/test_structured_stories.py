"""What search engines are told of a story."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation

from articles import structured_data as data
from articles import workflow
from articles.cards import card_of
from articles.models import Byline, Edition, Page, Placement
from articles.resolving import resolve
from bureaus.models import Author
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_picture,
    make_story,
    make_user,
    publish_next,
    rewrite,
)
from tests.schema_org import mistakes

AFTERNOON = datetime(2024, 5, 22, 8, 45, tzinfo=UTC)  # 15:45 in Cilacap


@pytest.fixture(autouse=True)
def network(publisher):
    return publisher


def credit(article, name: str, role: str, **more) -> Author:
    author = make_author(name, bureau=article.bureau)
    Author.objects.filter(pk=author.pk).update(**more)
    Byline.objects.create(article=article, author=author, role=role, position=9)
    return author


def publish_credited(by, editor, bureau, *credits: tuple[str, str], **more) -> Edition:
    """A story with further credits, each a name and a role."""
    article = make_story(by, bureau, **more)
    for name, role in credits:
        credit(article, name, role)
    rewrite(article, by=by)
    approve_story(article, by=by, editor=editor)
    return workflow.publish(article, by=editor)


def news_article(edition: Edition, placement: Placement | None = None) -> dict:
    """As a view makes it: of the edition with its record, and of the authors it credits."""
    edition = Edition.objects.with_record().get(pk=edition.pk)
    authors = Author.objects.select_related("bureau").in_bulk(
        [byline["id"] for byline in edition.bylines]
    )
    node = data.news_article(
        edition,
        authors=authors,
        notices=with_times(edition.shown_notices),
        history=with_times(edition.history),
        pages=[Page.Kind.GUIDELINES],
        placement=placement,
        objects=resolve(edition.body),
    )
    assert mistakes(data.graph(node)) == []
    return node


def with_times(lines: list[dict]) -> list[dict]:
    return [line | {"since": datetime.fromisoformat(line["since"])} for line in lines]


NETWORK = {
    "@type": "NewsMediaOrganization",
    "@id": "http://bentara.test/#organization",
    "name": "Bentara",
    "url": "http://bentara.test/",
}
CILACAP = {
    "@type": "NewsMediaOrganization",
    "@id": "http://cilacap.bentara.test/#organization",
    "name": "Bentara Cilacap",
    "url": "http://cilacap.bentara.test/",
}
RATIH = {
    "@type": "Person",
    "name": "Ratih Purwandari",
    "url": "http://cilacap.bentara.test/penulis/ratih-purwandari",
}


# Stories


def test_a_story_says_who_says_what_when_and_where(publish, network_editor):
    edition = publish(headline="Harga ikan turun", dateline="Kroya", tags=["nelayan", "harga ikan"])
    edition = workflow.backdate(
        edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
    )
    url = "http://cilacap.bentara.test/2024/05/22/harga-ikan-turun"
    assert news_article(edition) == {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "url": url,
        "mainEntityOfPage": url,
        "headline": "Harga ikan turun",
        "description": "Larangan berlayar dicabut.",
        "inLanguage": "id",
        "datePublished": "2024-05-22T15:45:00+07:00",
        "dateModified": "2024-05-22T15:45:00+07:00",
        "version": 2,
        "articleSection": "Hukum",
        "keywords": ["harga ikan", "nelayan"],
        "dateline": "Kroya",
        "contentLocation": {"@type": "Place", "name": "Kroya"},
        "wordCount": 9,
        # It has no picture.
        "image": [
            {"@type": "ImageObject", "url": card_of(edition).url, "width": 1200, "height": 630}
        ],
        "isAccessibleForFree": True,
        "publisher": NETWORK,
        "publishingPrinciples": "http://cilacap.bentara.test/pedoman",
        "author": [RATIH],
        "sourceOrganization": CILACAP,
        "copyrightHolder": NETWORK,
        "copyrightYear": 2024,
    }


@pytest.mark.parametrize(
    ("zone", "printed"),
    [
        ("Asia/Jakarta", "2024-05-22T15:45:00+07:00"),
        ("Asia/Makassar", "2024-05-22T16:45:00+08:00"),
        ("Asia/Jayapura", "2024-05-22T17:45:00+09:00"),
    ],
)
def test_times_are_those_of_the_bureau(network_editor, zone, printed):
    bureau = make_bureau("sentani", zone)
    reporter = make_user("penulis", ("reporter", bureau))
    article = make_story(reporter, bureau)
    approve_story(article, by=reporter, editor=network_editor)
    edition = workflow.publish(article, by=network_editor, printed_at=AFTERNOON, reason="Arsip.")
    assert news_article(edition)["datePublished"] == printed


def test_a_story_is_the_same_on_its_english_page(publish):
    edition = publish()
    with translation.override("en"):
        english = news_article(edition)
    assert english == news_article(edition)
    assert "/en/" not in json.dumps(english)


def test_everybody_is_credited_for_what_they_did(cilacap, correspondent, editor):
    edition = publish_credited(
        correspondent,
        editor,
        cilacap,
        ("Sari Editor", "editor"),
        ("Imam Sugiarto", "contributor"),
        ("Bela Penerjemah", "translator"),
        ("Danu Prasetya", "photographer"),
    )
    node = news_article(edition)
    names = {
        role: [person["name"] for person in node[role]]
        for role in ("author", "editor", "contributor", "translator")
    }
    assert names == {
        "author": ["Ratih Purwandari"],
        "editor": ["Sari Editor"],
        # There is no picture that could name its photographer.
        "contributor": ["Imam Sugiarto", "Danu Prasetya"],
        "translator": ["Bela Penerjemah"],
    }


def test_an_agency_is_an_organization_and_keeps_the_rights_in_its_text(
    publish, cilacap, correspondent
):
    agency = make_author("Kantor Berita Pesisir")
    Author.objects.filter(pk=agency.pk).update(kind=Author.Kind.AGENCY)
    node = news_article(
        publish(writers=[agency], source="agency", source_name="Kantor Berita Pesisir")
    )
    source = {"@type": "Organization", "name": "Kantor Berita Pesisir"}
    assert node["author"] == [source | {"url": "http://bentara.test/penulis/kantor-berita-pesisir"}]
    assert node["isBasedOn"] == {"@type": "CreativeWork", "creator": source}
    assert node["copyrightHolder"] == source


def test_a_press_release_is_named_and_its_text_is_nobodys_here(publish):
    node = news_article(publish(source="press_release", source_name="Humas Pemkab"))
    source = {"@type": "Organization", "name": "Humas Pemkab"}
    assert node["isBasedOn"] == {"@type": "CreativeWork", "creator": source}
    assert {"copyrightHolder", "copyrightYear"} & node.keys() == set()


def test_paid_content_is_an_advertisement_of_its_sponsor(publish):
    node = news_article(
        publish(paid=True, source="press_release", source_name="Paguyuban Pasar Sidodadi")
    )
    assert node["@type"] == "AdvertiserContentArticle"
    assert node["sponsor"] == {"@type": "Organization", "name": "Paguyuban Pasar Sidodadi"}
    assert node["publisher"] == NETWORK
    assert {"sourceOrganization", "copyrightHolder", "dateline"} & node.keys() == set()


def test_an_unverified_story_says_so(publish):
    assert news_article(publish(unverified=True))["creativeWorkStatus"] == "Unverified"


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_correction_stands_with_its_text_and_time(network_editor, zone):
    bureau = make_bureau("sentani", zone)
    reporter = make_user("penulis", ("reporter", bureau))
    article = make_story(reporter, bureau)
    approve_story(article, by=reporter, editor=network_editor)
    workflow.publish(article, by=network_editor, printed_at=AFTERNOON, reason="Arsip.")
    rewrite(article, by=reporter, headline="Yang benar 408 kapal")
    approve_story(article, by=reporter, editor=network_editor)
    edition = workflow.correct(article, by=network_editor, notice="Yang benar 408 kapal.")
    node = news_article(edition)
    corrected = edition.live.lower.astimezone(bureau.zone).isoformat(timespec="seconds")
    assert node["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Yang benar 408 kapal.",
            "datePublished": corrected,
        }
    ]
    assert (node["dateModified"], node["version"]) == (corrected, 2)
    assert node["datePublished"].startswith("2024-05-22T")


def test_an_update_changes_the_time_and_is_no_correction(publish, correspondent, editor):
    edition = publish_next(
        publish().article, by=correspondent, editor=editor, headline="Harga ikan naik"
    )
    node = news_article(edition)
    updated = edition.live.lower.astimezone(edition.bureau.zone)
    assert node["dateModified"] == updated.isoformat(timespec="seconds")
    assert "correction" not in node


def test_a_picture_is_given_in_three_ratios(publish, cilacap):
    picture = make_picture(cilacap, caption="Kapal di muara", credit="Danu Prasetya/Bentara")
    images = news_article(publish(picture=picture))["image"]
    assert [(image["width"], image["height"]) for image in images] == [
        (1200, 675),
        (1066, 800),
        (800, 800),
    ]
    for image, ratio in zip(images, ("16x9", "4x3", "1x1"), strict=True):
        assert image["url"] == f"http://cilacap.bentara.test{picture.url(1200, ratio)}"
        assert image["caption"] == "Kapal di muara"
        assert image["creditText"] == "Danu Prasetya/Bentara"


def test_the_photographer_of_the_picture_is_the_one_its_credit_names(
    cilacap, correspondent, editor
):
    picture = make_picture(cilacap, credit="Danu Prasetya/Bentara")
    node = news_article(
        publish_credited(
            correspondent,
            editor,
            cilacap,
            ("Danu Prasetya", "photographer"),
            ("Sekar Ayu", "photographer"),
            picture=picture,
        )
    )
    for image in node["image"]:
        assert [person["name"] for person in image["creator"]] == ["Danu Prasetya"]
    assert [person["name"] for person in node["contributor"]] == ["Sekar Ayu"]


def test_a_handout_is_nobodys_picture_here(cilacap, correspondent, editor):
    picture = make_picture(cilacap, credit="Danu Prasetya/Humas", source="handout")
    node = news_article(
        publish_credited(
            correspondent, editor, cilacap, ("Danu Prasetya", "photographer"), picture=picture
        )
    )
    assert ["creator" in image for image in node["image"]] == [False, False, False]


def test_a_bureau_that_also_runs_the_story_leads_to_its_home(
    publish, editor, makassar, network_editor
):
    edition = publish(headline="Harga ikan turun")
    placement = workflow.place(
        edition.article,
        by=network_editor,
        bureau=makassar,
        local_headline="Harga ikan di Jawa turun",
    )
    home, placed = news_article(edition), news_article(edition, placement)
    assert placed == home | {
        "headline": "Harga ikan di Jawa turun",
        "alternativeHeadline": "Harga ikan turun",
    }


def test_the_story_of_a_closed_bureau_is_the_networks_to_serve(publish, cilacap):
    edition = publish(headline="Harga ikan turun", picture=make_picture(cilacap))
    cilacap.is_open = False
    cilacap.save()
    node = news_article(edition)
    assert node["url"].startswith("http://bentara.test/dari/cilacap/")
    assert node["author"][0]["url"] == "http://bentara.test/penulis/ratih-purwandari"
    assert node["image"][0]["url"].startswith("http://bentara.test/media/")
    assert node["publishingPrinciples"] == "http://bentara.test/pedoman"
    assert "url" not in node["sourceOrganization"]


def test_a_long_headline_and_a_missing_summary_do_no_harm(publish):
    headline = "Nelayan " * 20
    node = news_article(publish(headline=headline.strip(), summary=""))
    assert node["headline"] == headline.strip()
    assert node["description"] == "Deru mesin terdengar lagi di muara. Harga ikan turun."


def test_a_storys_data_tells_nothing_of_the_desk(publish, correspondent, editor):
    edition = publish(protected=True)
    rewrite(edition.article, by=correspondent, headline="Belum boleh tahu")
    told = json.dumps(news_article(edition))
    private = (correspondent.email, editor.username, editor.email, "Belum boleh tahu", "protected")
    assert [word for word in private if word in told] == []


def test_a_hostile_story_comes_out_as_its_words(publish):
    words = "</script><script>alert(1)</script>"
    edition = publish(headline=words, summary=words, dateline=words, tags=[words])
    script = data.as_script(data.graph(news_article(edition)))
    assert script.count("<") == 2
    assert (
        json.loads(script[script.index("{") : -len("</script>")])["@graph"][0]["headline"] == words
    )


def test_the_pictures_in_the_text_are_listed_after_the_lead_picture(
    correspondent, editor, cilacap, publish
):
    lead, one, two = (make_picture(cilacap, caption=name) for name in ("Utama", "Satu", "Dua"))
    html = (
        "<p>Kapal.</p>"
        f'<figure data-object="picture" data-id="{one.pk}" data-caption="Di sini"></figure>'
        f'<figure data-object="gallery" data-ids="{lead.pk},{two.pk},{one.pk},999"></figure>'
    )
    edition = publish(picture=lead, body=html)
    images = news_article(edition)["image"]
    assert [image["caption"] for image in images] == ["Utama"] * 3 + ["Di sini", "Dua"]
    assert images[3] == {
        "@type": "ImageObject",
        "url": f"http://cilacap.bentara.test{one.url(1200)}",
        "width": 1200,
        "height": 800,
        "caption": "Di sini",
        "creditText": one.credit,
    }
