"""Whoever may see a story sees what changed from one saved text to another."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import publication, workflow
from articles.models import Article
from tests.desk import change_url, in_english, text_of, words_of
from tests.factories import (
    approve_story,
    make_author,
    make_picture,
    make_story,
    publish_correction,
    publish_next,
    rewrite,
)


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
    assert re.search(r"Edition 2, Update, .*, Published", text_of(page))
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
        ("e1", False),
        ("2", False),
        ("1", True),
    ]
    clock = r"\d\d:\d\d"
    for (_number, _chosen, words), expected in zip(
        options,
        (
            f"Edition 1 · {clock} · Published",
            f"{clock} · Approved · Wening Kusumastuti",
            f"{clock} · Edition 1 · Ratih Purwandari",
        ),
        strict=True,
    ):
        assert re.fullmatch(expected, words)


def test_the_day_is_given_where_it_is_not_today(desk_client, correspondent, cilacap):
    with publication.as_of(datetime(2024, 5, 22, 8, 45, tzinfo=UTC)):
        story = make_story(correspondent, cilacap)
    rewrite(story, by=correspondent, headline="Judul baru")

    response = desk_client(correspondent).get(url(story))

    newer, older = response.context["choices"]
    assert re.fullmatch(r"\d\d:\d\d · Ratih Purwandari", newer.short)
    assert older.short == "May 22, 2024 15:45 · Ratih Purwandari"
    # Above the text there is room for all of it.
    assert "May 22, 2024 at 15:45 WIB, Ratih Purwandari" in text_of(response)


def test_after_a_correction_one_sees_what_it_has_changed(
    desk_client, correspondent, editor, publish
):
    edition = publish(headline="Ada 480 kapal", body="<p>Ada 480 kapal.</p>")
    publish_correction(edition, headline="Ada 408 kapal", body="<p>Ada 408 kapal.</p>")
    client = desk_client(correspondent)

    page = client.get(url(edition.article))

    assert marked(page) == {"Headline": ["-480", "+408"], "Story": ["-480", "+408"]}
    assert [(side.text.number) for side in page.context["sides"]] == ["e1", "e2"]
    assert re.search(r"Edition 2, Correction, .*, Published", text_of(page))
    # The older edition is no longer out; its text can be taken up again.
    assert re.search(r"Edition 1, [^,]*, [^,]* at \d\d:\d\d WIB", text_of(page))
    assert [bool(side.take_url) for side in page.context["sides"]] == [True, False]
    assert marked(client.get(url(edition.article, "?from=readers&to=e1")))["Story"] == [
        "-408",
        "+480",
    ]


def test_the_log_leads_to_what_a_correction_has_changed(
    desk_client, correspondent, editor, publish
):
    edition = publish(headline="Ada 480 kapal")
    publish_correction(edition, headline="Ada 408 kapal")
    rewrite(edition.article, by=correspondent, headline="Ada 408 kapal kayu")
    client = desk_client(editor)

    story_page = client.get(change_url(edition.article)).content.decode()
    (address,) = re.findall(r'href="([^"]*compare/\?to=e\d+)"', story_page)

    assert address == url(edition.article, "?to=e2")
    assert marked(client.get(address)) == {"Headline": ["-480", "+408"]}


def test_of_a_first_edition_one_sees_what_was_done_since_it_was_submitted(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, headline="Judul reporter")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    rewrite(story, by=editor, headline="Judul pertama redaktur")
    rewrite(story, by=editor, headline="Judul redaktur")
    workflow.approve_and_publish(story, by=editor)

    page = desk_client(editor).get(url(story))

    assert marked(page) == {"Headline": ["-reporter", "+redaktur"]}


def test_paragraphs_that_came_went_and_were_changed_are_counted_apart(
    desk_client, correspondent, cilacap
):
    kept = "<p>Harga ikan turun.</p>"
    story = make_story(
        correspondent,
        cilacap,
        body=f"<p>Satu kapal merapat pagi tadi.</p>{kept}<p>Cuaca buruk.</p>",
    )
    new = "<p>Nelayan menunggu kabar.</p><p>Gelombang setinggi empat meter.</p>"
    rewrite(story, by=correspondent, body=f"<p>Dua kapal merapat pagi tadi.</p>{kept}{new}")

    tally = desk_client(correspondent).get(url(story)).context["tally"]

    assert tally[2:] == ["2 new paragraphs", "1 paragraph removed", "1 paragraph changed"]


def test_a_cancelled_edition_is_no_text_of_the_story(desk_client, correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    approve_story(story, by=correspondent, editor=editor)
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(hours=2))
    client = desk_client(correspondent)
    assert re.search(
        r"Edition 1 · .*\d\d:\d\d · Scheduled", client.get(url(story)).content.decode()
    )

    workflow.unschedule(story, by=editor)

    assert "Edition 1" not in client.get(url(story)).content.decode()
    assert client.get(url(story, "?from=e1&to=1")).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?from=0&to=1",
        "?from=e1&to=1",
        "?from=e0&to=1",
        "?from=1&to=9",
        "?from=x&to=1",
        "?from=readers&to=1",
        "?from=&to=1",
    ],
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


QUERIES = 16
