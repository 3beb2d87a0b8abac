"""Whoever may see a story sees what changed from one saved text to another."""

import re

import pytest

from articles.models import Article
from tests.desk import in_english, text_of, words_of
from tests.factories import make_author, make_picture, make_story, publish_next, rewrite


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(
        correspondent, cilacap, headline="Judul lama", body="<p>Satu kapal.</p><p>Dua.</p>"
    )


def url(story: Article, query: str = "") -> str:
    return f"/articles/article/{story.pk}/compare/{query}"


def marked(response) -> dict[str, list[str]]:
    """By the part's name, the words that are marked: "-" before what went, "+" what came."""
    html = response.content.decode()
    # The words that went stand in the older text's own column once more.
    html = re.sub(r'(?s)<div class="compare__older">.*?</div>', "", html)
    found = {}
    for section in re.findall(r'(?s)<section class="compare__part.*?</section>', html):
        name = words_of(re.search(r"(?s)<h2.*?</h2>", section)[0])
        marks = re.findall(r"(?s)<(ins|del)[^>]*>(.*?)</\1>", section)
        found[name] = [("+" if kind == "ins" else "-") + words_of(text) for kind, text in marks]
    return found


def test_each_part_that_differs_is_told_word_by_word(desk_client, story, correspondent, cilacap):
    client = desk_client(correspondent)
    picture = make_picture(cilacap, caption="Kapal di dermaga")
    rewrite(
        story,
        by=correspondent,
        headline="Judul baru",
        body="<p>Tiga kapal.</p><p>Dua.</p>",
        picture=picture,
    )
    story.bylines.create(author=make_author("Danu Prasetya"), role="photographer", position=1)
    rewrite(story, by=correspondent, summary="Ringkasan yang lain.")

    response = client.get(url(story, "?from=1&to=3"))

    assert marked(response) == {
        "Headline": ["-lama", "+baru"],
        "Lead picture": [f"+{picture}"],
        "Story": ["-Satu", "+Tiga"],
        "Summary": ["-Larangan berlayar dicabut.", "+Ringkasan yang lain."],
        "Credits": ["+Photographer: Danu Prasetya"],
    }
    assert marked(client.get(url(story, "?from=2&to=3"))).keys() == {"Summary", "Credits"}
    assert response.context["tally"] == [
        "5 words added",
        "5 words removed",
        "1 paragraph changed",
        "Headline, Lead picture, Summary, Credits",
    ]


def test_side_by_side_each_column_has_the_words_of_its_text_alone(
    desk_client, story, correspondent
):
    rewrite(story, by=correspondent, headline="Judul baru", body="<p>Tiga kapal.</p><p>Dua.</p>")

    html = desk_client(correspondent).get(url(story)).content.decode()

    columns = re.findall(r'(?s)<div class="compare__older">(.*?)</div>', html)
    assert [words_of(column) for column in columns] == [
        "Before: Judul lama", "Before: Satu kapal.", "Before: Dua."
    ]  # fmt: skip


def test_without_more_the_last_save_is_compared_with_the_one_before(
    desk_client, story, correspondent
):
    for headline in ("Judul kedua", "Judul ketiga"):
        rewrite(story, by=correspondent, headline=headline)

    response = desk_client(correspondent).get(url(story))

    assert marked(response) == {"Headline": ["-kedua", "+ketiga"]}


def test_a_story_that_readers_have_is_compared_with_what_they_read(
    desk_client, correspondent, editor, publish
):
    story = publish(headline="Judul pembaca", tags=["nelayan"]).article
    client = desk_client(correspondent)
    same = client.get(url(story))
    rewrite(story, by=correspondent, headline="Judul meja")
    publish_next(story, by=correspondent, editor=editor, headline="Judul pembaca kedua")
    rewrite(story, by=correspondent, headline="Judul meja kedua")

    page = client.get(url(story, "?from=readers&to=4"))

    assert "These two texts are the same." in text_of(same)
    assert marked(page) == {"Headline": ["-pembaca", "+meja"]}
    assert "Edition 2, as readers have it" in page.content.decode()
    assert marked(client.get(url(story))) == marked(page)


def test_emphasis_alone_is_said_in_words(desk_client, story, correspondent):
    rewrite(story, by=correspondent, body="<p>Satu <strong>kapal</strong>.</p><p>Dua.</p>")

    response = desk_client(correspondent).get(url(story))

    assert marked(response) == {"Story": []}
    assert "only emphasis or layout was changed" in text_of(response)


def test_any_two_texts_can_be_chosen_and_each_says_who_when_and_what_became_of_it(
    desk_client, correspondent, editor, publish
):
    story = publish().article
    rewrite(story, by=editor, headline="Judul redaktur")

    response = desk_client(correspondent).get(url(story, "?from=1&to=2"))

    html = response.content.decode()
    chooser = html[html.index('id="compare-from"') : html.index("</select>")]
    options = re.findall(r'<option value="(\w+)"( selected)?>(.*?)</option>', chooser)
    assert [(number, bool(chosen)) for number, chosen, _words in options] == [
        ("readers", False),
        ("2", False),
        ("1", True),
    ]
    assert options[1][2].endswith(", Wening Kusumastuti (Approved)")


@pytest.mark.parametrize(
    "query",
    ["?from=0&to=1", "?from=1&to=9", "?from=x&to=1", "?from=readers&to=1", "?from=&to=1"],
)
def test_what_is_no_text_of_the_story_is_not_there(desk_client, story, correspondent, query):
    assert desk_client(correspondent).get(url(story, query)).status_code == 404


def test_comparing_costs_the_same_for_the_second_and_the_thirtieth_save(
    desk_client, story, correspondent, django_assert_num_queries
):
    client = desk_client(correspondent)
    rewrite(story, by=correspondent, headline="Judul 0")
    client.get(url(story))
    with django_assert_num_queries(QUERIES):
        client.get(url(story))
    for number in range(1, 29):
        rewrite(story, by=correspondent, headline=f"Judul {number}")
    with django_assert_num_queries(QUERIES):
        client.get(url(story))


QUERIES = 15
