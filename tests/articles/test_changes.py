"""What readers are told of the difference between two editions."""

import time
from random import Random

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles import changes, workflow
from articles.changes.blocks import compare, folded
from articles.changes.text import paragraphs
from articles.models import Article, Byline, Edition
from newsroom.demo.stories import read_stories
from tests.factories import (
    approve_story,
    make_author,
    make_picture,
    make_section,
    publish_next,
    publish_story,
    rewrite,
)

SIGNS = {"removed": "-", "added": "+", "folded": "…"}


def written(runs) -> str:
    """Runs as one line: ``sama [-lama-][+baru+]``; addresses in angle brackets."""
    parts = []
    for run in runs:
        text = f"<{run.text}>" if run.is_address else run.text
        sign = SIGNS.get(run.kind)
        parts.append(f"[{sign}{text}{sign}]" if sign else text)
    return "".join(parts)


def of_bodies(older: str, newer: str) -> list[str]:
    """Every paragraph of the comparison of two bodies as a line; nothing is put away."""
    return [written(block.runs) for block in compare(paragraphs(older), paragraphs(newer))]


# Text


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>a  b\n c&nbsp;d</p>", [("p", "a b c d")]),
        ("<p>a<br>b</p>", [("p", "a b")]),
        ("<p>Kapal <strong>laut</strong>an</p>", [("p", "Kapal lautan")]),
        ("<h2>Satu</h2><h3>Dua</h3>", [("heading", "Satu"), ("heading", "Dua")]),
        ("<ul><li>a</li><li><p>b</p></li></ul>", [("item", "a"), ("item", "b")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("quote", "a"), ("quote", "b")]),
        (
            "<table><tbody><tr><th>Kapal</th><td>386</td></tr><tr><td>x</td></tr></tbody></table>",
            [("row", "Kapal | 386"), ("row", "x")],
        ),
        ("tanpa paragraf<p>a</p>lalu", [("p", "tanpa paragraf"), ("p", "a"), ("p", "lalu")]),
        ("<p>pem\u00adberi\u200btaan\ufeff</p>", [("p", "pemberitaan")]),
        ("<p>caf\u0065\u0301</p>", [("p", "caf\u00e9")]),
        ("<p>a &lt;b&gt; &amp; c</p>", [("p", "a <b> & c")]),
        ("<p> </p><p></p>", []),
    ],
)
def test_a_body_is_read_as_readers_see_it(html, seen):
    assert [(paragraph.style, paragraph.text) for paragraph in paragraphs(html)] == seen


@pytest.mark.parametrize(
    ("older", "newer", "shown"),
    [
        (
            "<p>Sebanyak 368 kapal sudah berangkat pagi ini.</p>",
            "<p>Sebanyak 386 kapal sudah berangkat pagi ini.</p>",
            ["Sebanyak[- 368-][+ 386+] kapal sudah berangkat pagi ini."],
        ),
        (
            "<p>Harga layur Rp 46.000 sekilo.</p>",
            "<p>Harga layur Rp 29.000 sekilo.</p>",
            ["Harga layur Rp[- 46.000-][+ 29.000+] sekilo."],
        ),
        ("<p>Satu.</p>", "<p>Satu.</p><p>Dua.</p>", ["Satu.", "[+Dua.+]"]),
        ("<p>Satu.</p><p>Dua.</p>", "<p>Dua.</p>", ["[-Satu.-]", "Dua."]),
        (
            "<p>Hujan turun deras.</p>",
            "<p>Pasar dibuka lagi.</p>",
            ["[-Hujan turun deras.-]", "[+Pasar dibuka lagi.+]"],
        ),
        # A paragraph that moved.
        (
            "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>",
            "<p>Tiga.</p><p>Satu.</p><p>Dua.</p>",
            ["[+Tiga.+]", "Satu.", "Dua.", "[-Tiga.-]"],
        ),
        # A sentence that became a subheading.
        ("<p>Antre es</p>", "<h2>Antre es</h2>", ["[-Antre es-]", "[+Antre es+]"]),
        # Emphasis and the way the HTML is spaced say nothing.
        ("<p>a <strong>b</strong> c</p>", "<p>a b\n c</p>", ["a b c"]),
        (
            '<p>Menurut <a href="https://a.id/1">laporan itu</a>, benar.</p>',
            '<p>Menurut <a href="https://a.id/1" rel="noopener">laporan itu</a>, benar.</p>',
            ["Menurut laporan itu, benar."],
        ),
        (
            '<p>Menurut <a href="https://a.id/1">laporan itu</a>, benar.</p>',
            '<p>Menurut <a href="https://a.id/2">laporan itu</a>, benar.</p>',
            ["Menurut laporan itu[-<https://a.id/1>-][+<https://a.id/2>+], benar."],
        ),
        (
            "<p>Menurut laporan itu, benar.</p>",
            '<p>Menurut <a href="https://a.id/2">laporan itu</a>, benar.</p>',
            ["Menurut laporan itu[+<https://a.id/2>+], benar."],
        ),
        # A few words that stay by chance do not break up what is written anew.
        (
            "<p>Sampai tengah hari Kepala Desa Wartoyo belum dan tidak mau menjawab surat.</p>",
            "<p>Sampai tengah hari Camat Sulastri telah dan sudah dua kali menjawab surat.</p>",
            [
                "Sampai tengah hari[- Kepala Desa Wartoyo belum dan tidak mau-]"
                "[+ Camat Sulastri telah dan sudah dua kali+] menjawab surat."
            ],
        ),
        (
            "<table><tbody><tr><td>Sentolo Kawat</td><td>368</td></tr></tbody></table>",
            "<table><tbody><tr><td>Sentolo Kawat</td><td>386</td></tr></tbody></table>",
            ["Sentolo Kawat |[- 368-][+ 386+]"],
        ),
        # Vowel signs stay with their letters.
        ("<p>مَدْرَسَة ١</p>", "<p>مَدْرَسَة ٢</p>", ["مَدْرَسَة[- ١-][+ ٢+]"]),
        ("<p>a</p>", "<p>a</p>", ["a"]),
        ("", "<p>a</p>", ["[+a+]"]),
    ],
)
def test_what_changed_in_a_body_is_marked_by_word(older, newer, shown):
    assert of_bodies(older, newer) == shown


def test_what_did_not_change_is_put_away_but_for_its_neighbours():
    words = ("satu", "dua", "tiga", "empat", "lima", "enam")
    before = [f"<p>Alinea {word}.</p>" for word in words]
    after = before.copy()
    after[3] = "<p>Kalimat baru sama sekali.</p>"
    blocks = list(folded(compare(paragraphs("".join(before)), paragraphs("".join(after)))))
    assert [(written(block.runs), block.folded) for block in blocks] == [
        ("[…Alinea satu.…][…Alinea dua.…]", 2),
        ("Alinea tiga.", 0),
        ("[-Alinea empat.-]", 0),
        ("[+Kalimat baru sama sekali.+]", 0),
        ("Alinea lima.", 0),
        # One more is quicker read than opened.
        ("Alinea enam.", 0),
    ]


def test_a_long_paragraph_is_put_away_around_its_change():
    words = [f"kata{number}" for number in range(300)]
    older = " ".join(words)
    newer = older.replace("kata150 ", "perubahan ")
    (block,) = folded(compare(paragraphs(f"<p>{older}</p>"), paragraphs(f"<p>{newer}</p>")))
    assert [(run.kind, len(run.text.split())) for run in block.runs] == [
        ("same", 25),
        ("folded", 100),
        ("same", 25),
        ("removed", 1),
        ("added", 1),
        ("same", 25),
        ("folded", 99),
        ("same", 25),
    ]
    assert sides([block]) == ([older], [newer])


def sides(blocks) -> tuple[list[str], list[str]]:
    """The paragraphs of the older and of the newer text, put together from the runs."""
    older, newer = [], []
    for block in blocks:
        for paragraph_runs in [[run] for run in block.runs] if block.folded else [block.runs]:
            runs = [run for run in paragraph_runs if not run.is_address]
            for side, foreign in ((older, "added"), (newer, "removed")):
                if any(run.kind != foreign for run in runs):
                    side.append("".join(run.text for run in runs if run.kind != foreign).strip())
    return older, newer


_words = st.text(alphabet="ab1 .,-\u00ad\u0301“&<é", max_size=12)
_paragraph = st.builds(
    lambda tag, words, address: f'<{tag}>{words} <a href="{address}">b</a> a</{tag}>',
    st.sampled_from(["p", "p", "h2", "blockquote"]),
    _words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    st.sampled_from(["https://a.id", "https://b.id"]),
)
_body = st.lists(_paragraph, max_size=6).map("".join)


@given(_body, _body)
def test_both_texts_can_be_put_together_from_the_runs(older, newer):
    before, after = paragraphs(older), paragraphs(newer)
    texts = [paragraph.text for paragraph in before], [paragraph.text for paragraph in after]
    blocks = compare(before, after)
    assert sides(blocks) == texts
    assert sides(folded(blocks)) == texts
    assert any(block.is_changed for block in blocks) == (before != after)


def story_of(words: int) -> list[str]:
    texts, length = [], 0
    for story in read_stories() * 9:
        for paragraph in paragraphs(story["body"]):
            texts.append(paragraph.text)
            length += len(paragraph.text.split())
            if length >= words:
                return texts
    return texts


def rewritten(texts: list[str], share: float) -> list[str]:
    random = Random(7)
    return [
        " ".join("baru" if random.random() < share else word for word in text.split())
        for text in texts
    ]


def shuffled(texts: list[str]) -> list[str]:
    return Random(7).sample(texts, len(texts))


def numbers(paragraph_length: int) -> list[str]:
    random = Random(paragraph_length)
    return [
        " ".join(str(random.randrange(3)) for _ in range(paragraph_length))
        for _ in range(12_000 // paragraph_length)
    ]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param(story_of(12_000), rewritten(story_of(12_000), 0.02), id="copy-edited"),
        pytest.param(story_of(12_000), rewritten(story_of(12_000), 0.5), id="rewritten"),
        pytest.param(story_of(12_000), shuffled(story_of(12_000)), id="in another order"),
        pytest.param(
            [" ".join(story_of(12_000))],
            [" ".join(rewritten(story_of(12_000), 0.1))],
            id="one paragraph",
        ),
        *(
            pytest.param(numbers(length), numbers(length + 1), id=f"rows of {length} numbers")
            for length in (1, 10, 100, 3_000)
        ),
    ],
)
def test_a_story_of_twelve_thousand_words_takes_about_a_second(older, newer):
    before, after = (
        paragraphs("".join(f"<p>{text}</p>" for text in texts)) for texts in (older, newer)
    )
    start = time.process_time()
    blocks = list(folded(compare(before, after)))
    assert time.process_time() - start < 3  # a second on a machine with nothing else to do
    assert sides(blocks) == (older, newer)


# Editions


@pytest.fixture
def edition(cilacap, correspondent, editor) -> Edition:
    return publish_story(
        correspondent, editor, cilacap, headline="Harga ikan turun", tags=["nelayan", "harga ikan"]
    )


@pytest.fixture
def publish_again(edition, correspondent, editor):
    def publish_again(**fields) -> Edition:
        return publish_next(edition.article, by=correspondent, editor=editor, **fields)

    return publish_again


def parts(older: Edition, newer: Edition) -> dict[str, list[str]]:
    with translation.override("en"):
        return {
            change.part: [written(block.runs) for block in change.blocks]
            for change in changes.between(older, newer)
        }


def test_an_edition_does_not_differ_from_itself(edition):
    assert changes.between(edition, edition) == []


def test_an_edition_with_the_same_words_shows_no_change(edition, publish_again):
    newer = publish_again(body=edition.body.replace("mesin", "<em>mesin</em>"))
    assert changes.between(edition, newer) == []


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (
            {"headline": "Harga ikan naik"},
            {"headline": ["Harga ikan[- turun-][+ naik+]"]},
        ),
        ({"headline": "Pasar sepi"}, {"headline": ["[-Harga ikan turun-][+Pasar sepi+]"]}),
        (
            {"summary": "Larangan berlayar dicabut kemarin."},
            {"summary": ["Larangan berlayar dicabut[+ kemarin+]."]},
        ),
        ({"summary": ""}, {"summary": ["[-Larangan berlayar dicabut.-]"]}),
        ({"kicker": "Perikanan"}, {"kicker": ["[+Perikanan+]"]}),
        ({"dateline": "Kroya"}, {"dateline": ["[-Cilacap-][+Kroya+]"]}),
        (
            {"source": "press_release", "source_name": "Humas Pemkab"},
            {"source": ["[+Press release, Humas Pemkab+]"]},
        ),
        ({"unverified": True}, {"labels": ["[+Not yet verified+]"]}),
        (
            {"body": "<p>Deru mesin terdengar di muara.</p><p>Harga ikan turun.</p>"},
            {"body": ["Deru mesin terdengar[- lagi-] di muara.", "Harga ikan turun."]},
        ),
        # Only for the desk.
        ({"protected": True}, {}),
    ],
)
def test_each_part_that_readers_see_is_told(edition, publish_again, fields, shown):
    assert parts(edition, publish_again(**fields)) == shown


def test_the_parts_come_in_the_order_of_a_story(edition, publish_again):
    newer = publish_again(
        body="<p>Lain.</p>",
        summary="Lain.",
        headline="Lain",
        section=make_section("ekonomi", "Ekonomi"),
    )
    assert list(parts(edition, newer)) == ["section", "headline", "summary", "body"]
    assert parts(edition, newer)["section"] == ["[-Law-][+Economy+]"]


def test_topics_and_credits_are_told_one_by_one(edition, correspondent, editor):
    article = Article.objects.get(pk=edition.article_id)
    rewrite(article, by=correspondent)
    article.tags.set(["nelayan", "solar"])
    Byline.objects.create(
        article=article, author=make_author("Imam Sugiarto"), role="contributor", position=3
    )
    rewrite(article, by=correspondent)
    approve_story(article, by=correspondent, editor=editor)
    newer = workflow.update(article, by=editor)
    assert parts(edition, newer) == {
        "topics": ["[-harga ikan-]", "nelayan", "[+solar+]"],
        "credits": ["Writer: Ratih Purwandari", "[+Contributor: Imam Sugiarto+]"],
    }


def test_another_picture_is_another_one_even_with_the_same_caption(cilacap, edition, publish_again):
    first = publish_again(picture=make_picture(cilacap))
    second = publish_again(picture=make_picture(cilacap))
    told = ["Kapal nelayan di muara", "Danu Prasetya"]
    assert parts(edition, first) == {"picture": [f"[+{text}+]" for text in told]}
    assert parts(first, second) == {
        "picture": [*(f"[-{text}-]" for text in told), *(f"[+{text}+]" for text in told)]
    }
    third = publish_again(picture_caption="Kapal nelayan di muara Kali Yasa")
    assert parts(second, third) == {
        "picture": ["Kapal nelayan di muara[+ Kali Yasa+]", "Danu Prasetya"]
    }


def test_a_new_printed_date_is_told(edition, network_editor):
    dated = workflow.backdate(
        edition.article,
        by=network_editor,
        printed_at=edition.first_published.replace(year=2024, month=5, day=22, hour=8, minute=45),
        reason="Arsip.",
    )
    with translation.override("en"):
        (change,) = changes.between(edition, dated)
    assert change.part == "date"
    assert sides(change.blocks)[1] == ["May 22, 2024 - 15:45 WIB"]
