"""Characters that nobody sees turn no figures round and hide no word, whichever way they come."""

import pytest
from django.db import connection

from articles import record, workflow
from articles.body import sanitise
from articles.models import Article, Edition, Notice, Picture
from articles.typed import Typed
from newsroom.unseen import without_unseen
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    publish_correction,
    publish_story,
)

TURNED = "Rp \u202e000.42\u202c"
STRAIGHT = "Rp 000.42"


@pytest.mark.parametrize(
    "unseen",
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u200b\u2060\ufeff",
)
def test_what_turns_the_direction_or_splits_words_goes(unseen):
    assert without_unseen(f"ban{unseen}jir 2{unseen}3") == "banjir 23"


@pytest.mark.parametrize(
    "words",
    ["السلام عليكم", "می‌خواهم", "👩‍🌾 petani", "Jumat, 12–13 Juni", "Rp\xa024.000"],
)
def test_arabic_words_and_emoji_stay_as_they_are(words):
    assert without_unseen(words) == words
    assert sanitise(f"<p>{words}</p>") == f"<p>{words}</p>".replace("\xa0", "&nbsp;")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (f"<p>{TURNED}</p>", f"<p>{STRAIGHT}</p>"),
        ("<p>Rp &#x202e;000.42&#8236;</p>", f"<p>{STRAIGHT}</p>"),
        ("<p>ban&ZeroWidthSpace;jir</p>", "<p>banjir</p>"),
        ("<p>&#x200b;</p><p>a</p>", "<p>a</p>"),
        (
            f'<figure data-object="picture" data-id="1" data-caption="{TURNED}"></figure>',
            '<figure data-object="picture" data-id="1" data-size="text"'
            f' data-caption="{STRAIGHT}"></figure>',
        ),
        ("<p>&amp;#x202e;a</p>", "<p>&amp;#x202e;a</p>"),
    ],
)
def test_no_text_holds_them(sent, kept):
    assert sanitise(sent) == kept
    assert sanitise(kept) == kept


def test_no_line_of_a_story_is_saved_with_them(correspondent, cilacap):
    lines = dict.fromkeys(
        ("kicker", "headline", "summary", "dateline", "source_name", "picture_caption"), TURNED
    )
    make_story(correspondent, cilacap, **lines)
    stored = Article.objects.get()
    assert {name: getattr(stored, name) for name in lines} == dict.fromkeys(lines, STRAIGHT)


def test_what_is_typed_is_compared_without_them(correspondent, cilacap):
    story = make_story(correspondent, cilacap, headline=STRAIGHT, summary=STRAIGHT)
    stored = Typed.of_story(story)
    pairs = [["headline", TURNED], ["summary", TURNED], ["tags", "ban\u200bjir"]]
    typed = Typed.of_pairs(pairs, stored=stored)
    assert (typed.values, typed.topics) == (stored.values, ("banjir",))


def test_no_picture_and_no_name_keeps_them(cilacap, correspondent):
    words = dict.fromkeys(("caption", "credit", "alt_text", "creator", "owner"), TURNED)
    make_picture(cilacap, **words)
    stored = Picture.objects.get()
    assert {name: getattr(stored, name) for name in words} == dict.fromkeys(words, STRAIGHT)
    author = correspondent.author
    author.name = "Ratih\u202e Dewi"
    author.save()
    author.refresh_from_db()
    assert author.name == "Ratih Dewi"


def test_a_row_written_past_the_program_reaches_readers_without_them(
    correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline = %s, body = %s", [TURNED, TURNED])
    workflow.publish(story, by=editor)
    edition = Edition.objects.get()
    assert (edition.headline, edition.body) == (STRAIGHT, f"<p>{STRAIGHT}</p>")
    story.refresh_from_db()
    assert list(record.faults(story)) == []


def test_a_correction_is_recorded_as_readers_see_it(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap)
    publish_correction(edition, notice=TURNED)
    story = edition.article
    assert Notice.objects.get().text == STRAIGHT
    story.refresh_from_db()
    assert list(record.faults(story)) == []
