"""Two texts of one story: shown part by part, and made one as somebody chooses."""

from uuid import uuid4

import pytest

from articles import writing
from articles.body import sanitise
from articles.conflict import (
    BOTH,
    MINE,
    THEIRS,
    adds_nothing,
    differences,
    merged,
    parts,
    top_blocks,
)
from articles.models import Article, Autosave
from articles.typed import Typed
from tests.desk import change_url, form_data, in_english, messages_of, text_of, verb_url
from tests.factories import make_author, make_picture, make_section, make_story, rewrite


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


def typed(**values) -> Typed:
    if "body" in values:
        values["body"] = sanitise(values["body"])
    base = Typed.of_story(Article(headline="Judul", body=body("Satu.", "Dua.", "Tiga.")))
    topics = values.pop("topics", ("laut",))
    return Typed({**base.values, **values}, topics, values.pop("credits", ()))


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p>Satu.</p>\n<p>Dua<br>tiga.</p>", ["<p>Satu.</p>", "<p>Dua<br>tiga.</p>"]),
        (
            "<h2>Judul</h2><ul><li>a</li>\n<li><p>b</p></li></ul>\n<p>c</p>",
            ["<h2>Judul</h2>", "<ul><li>a</li>\n<li><p>b</p></li></ul>", "<p>c</p>"],
        ),
        ("lepas <p>Satu.</p> ekor", ["lepas", "<p>Satu.</p>", "ekor"]),
        (
            "<blockquote><p>a</p></blockquote><table><tbody><tr><td>b</td></tr></tbody></table>",
            [
                "<blockquote><p>a</p></blockquote>",
                "<table><tbody><tr><td>b</td></tr></tbody></table>",
            ],
        ),
    ],
)
def test_a_body_falls_into_its_paragraphs_lists_and_tables(html, blocks):
    assert top_blocks(html) == blocks


# Base, mine, theirs; what is suggested for each part that differs.
SUGGESTED = [
    ({}, {}, {}, {}),
    ({}, {"headline": "A"}, {}, {"headline": MINE}),
    ({}, {}, {"headline": "B"}, {"headline": THEIRS}),
    ({}, {"headline": "A"}, {"headline": "B"}, {"headline": ""}),
    ({}, {"headline": "A"}, {"headline": "A"}, {}),
    ({}, {"headline": "A"}, {"kicker": "B"}, {"kicker": THEIRS, "headline": MINE}),
    ({}, {"topics": ("laut", "muara")}, {}, {"topics": MINE}),
    ({}, {"topics": ("Laut",)}, {}, {}),
    ({}, {"paid": "on"}, {}, {"paid": MINE}),
    ({}, {"body": body("Satu.", "Dua!", "Tiga.")}, {}, {"body-0": MINE}),
    ({}, {}, {"body": body("Satu.", "Tiga.")}, {"body-0": THEIRS}),
    ({}, {"body": body("Satu.", "Tiga.")}, {}, {"body-0": MINE}),
    ({}, {}, {"body": body("Nol.", "Satu.", "Dua.", "Tiga.")}, {"body-0": THEIRS}),
    (
        {},
        {"body": body("Satu!", "Dua.", "Tiga.")},
        {"body": body("Satu.", "Dua.", "Tiga!")},
        {"body-0": MINE, "body-1": THEIRS},
    ),
    (
        {},
        {"body": body("Satu.", "Dua!", "Tiga.")},
        {"body": body("Satu.", "Dua?", "Tiga.")},
        {"body-0": ""},
    ),
    # One rewrote what the other took away.
    (
        {},
        {"body": body("Satu.", "Dua!", "Tiga.")},
        {"body": body("Satu.", "Tiga.")},
        {"body-0": ""},
    ),
    (
        {},
        {"body": body("Satu.", "Tiga.")},
        {"body": body("Satu.", "Dua!", "Tiga.")},
        {"body-0": ""},
    ),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "suggested"), SUGGESTED)
def test_only_what_differs_is_asked_and_the_change_of_one_alone_is_suggested(
    correspondent, base, mine, theirs, suggested
):
    found = parts(typed(**mine), typed(**theirs), typed(**base), correspondent)

    assert {part.name: part.suggested for part in found} == suggested


@pytest.mark.parametrize(("base", "mine", "theirs", "suggested"), SUGGESTED)
def test_whoever_chooses_one_side_everywhere_gets_that_text(
    correspondent, base, mine, theirs, suggested
):
    ours, other, before = typed(**mine), typed(**theirs), typed(**base)
    names = list(suggested)

    assert merged(ours, other, before, dict.fromkeys(names, THEIRS)) == other
    all_mine = merged(ours, other, before, dict.fromkeys(names, MINE))
    assert parts(all_mine, ours, ours, correspondent) == []


# Base, mine, theirs; what the text out of both starts from, for each part that differs.
COMBINED = [
    ({}, {"headline": "A"}, {}, {"headline": "A"}),
    ({}, {}, {"headline": "B"}, {"headline": "B"}),
    ({}, {"headline": "A"}, {"headline": "B"}, {"headline": "A / B"}),
    ({}, {"headline": ""}, {"headline": "B"}, {"headline": "B"}),
    ({}, {"summary": "A."}, {"summary": "B."}, {"summary": "A.\nB."}),
    ({}, {"topics": ("laut", "muara")}, {}, {"topics": None}),
    ({}, {"body": body("Satu.", "Dua!", "Tiga.")}, {}, {"body-0": "Dua!"}),
    ({}, {}, {"body": body("Satu.", "Dua!", "Tiga.")}, {"body-0": "Dua!"}),
    ({}, {"body": body("Satu.", "Tiga.")}, {}, {"body-0": ""}),
    ({}, {}, {"body": body("Satu.", "Dua.", "Baru.", "Tiga.")}, {"body-0": "Baru."}),
    (
        {},
        {"body": body("Satu.", "Dua!", "Tiga.")},
        {"body": body("Satu.", "Dua?", "Tiga.")},
        {"body-0": "Dua!\n\nDua?"},
    ),
    # Both added a paragraph, and one of them another: what both say stands there once.
    (
        {},
        {"body": body("Satu.", "Dua!", "Baru.", "Tiga.")},
        {"body": body("Satu.", "Dua?", "Baru.", "Lagi.", "Tiga.")},
        {"body-0": "Dua!\n\nBaru.\n\nDua?\n\nLagi."},
    ),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "combined"), COMBINED)
def test_a_text_out_of_both_starts_from_both_only_where_both_changed_something(
    correspondent, base, mine, theirs, combined
):
    found = parts(typed(**mine), typed(**theirs), typed(**base), correspondent)

    assert {part.name: part.combined for part in found} == combined


def test_links_are_lost_to_a_text_out_of_both_only_if_they_stand_in_what_it_starts_from(
    correspondent,
):
    linked = body("Satu.", '<a href="https://example.org/">Dua.</a>', "Tiga.")
    plain = body("Satu.", "Dua saja.", "Tiga.")

    (kept,) = parts(typed(body=linked), typed(body=plain), typed(body=plain), correspondent)
    (gone,) = parts(typed(body=plain), typed(body=linked), typed(body=linked), correspondent)

    assert (kept.keeps_words_only, gone.keeps_words_only) == (True, False)


def test_a_text_out_of_both_takes_its_place_and_is_only_words():
    ours = typed(body=body("Satu.", "Dua dari saya.", "Tiga."))
    other = typed(body=body("Satu.", "Dua dari <strong>dia</strong>.", "Tiga!"), headline="Lain")
    text = "Dua dari <b>kami</b>.\r\n\r\nDan   lagi."

    one = merged(
        ours,
        other,
        other,
        {"headline": BOTH, "headline-text": "Dua\njudul", "body-0": BOTH, "body-0-text": text},
    )

    assert one.values["headline"] == "Dua\njudul"
    assert one.values["body"].split("\n") == [
        "<p>Satu.</p>",
        "<p>Dua dari &lt;b&gt;kami&lt;/b&gt;.</p>",
        "<p>Dan lagi.</p>",
        "<p>Tiga!</p>",
    ]


def test_each_side_marks_the_words_that_the_other_does_not_have(correspondent):
    ours, other = typed(headline="Kapal kembali melaut"), typed(headline="Kapal batal melaut")

    (part,) = parts(ours, other, other, correspondent)

    marked = [
        [run.words for block in side for run in block.runs if run.kind == "added"]
        for side in (part.mine, part.theirs)
    ]
    assert marked == [["kembali"], ["batal"]]


# The page


@pytest.fixture
def stale(desk_client, correspondent, editor, cilacap):
    """The page to which a reporter is led who sends a text that an editor has overtaken."""
    story = make_story(correspondent, cilacap, headline="Judul lama", body=body("Satu.", "Dua."))
    client = desk_client(correspondent)
    sent = form_data(
        story, headline="Judul reporter", body=body("Satu.", "Dua, reporter."), key=uuid4()
    )
    rewrite(story, by=editor, headline="Judul redaktur", body=body("Satu, redaktur.", "Dua."))
    client.post(change_url(story), sent)
    kept = Autosave.objects.get()
    return client, story, f"/articles/article/{story.pk}/conflict/{kept.key}/"


def test_nothing_is_saved_before_every_part_is_chosen(stale):
    client, _story, url = stale
    page = client.get(url)

    answer = client.post(url, {"stamp": page.context["stamp"], "body-0": "mine"})

    assert answer.status_code == 409
    assert "Choose one for each part" in text_of(answer)
    assert Article.objects.get().version == 2
    chosen = {row["part"].name: row["choice"] for row in answer.context["settled"]}
    assert chosen == {"body-0": "mine", "body-1": "mine"}


def test_the_choice_is_saved_and_all_three_texts_remain(stale):
    client, story, url = stale
    page = client.get(url)

    client.post(url, {"stamp": page.context["stamp"], "headline": "mine"})

    story.refresh_from_db()
    assert (story.headline, story.version) == ("Judul reporter", 3)
    assert story.body == "<p>Satu, redaktur.</p>\n<p>Dua, reporter.</p>"
    headlines = [revision.content["headline"] for revision in story.revisions.all()]
    assert headlines == ["Judul reporter", "Judul redaktur", "Judul lama"]
    assert not Autosave.objects.exists()


def test_a_choice_about_texts_that_have_changed_is_asked_again(stale, editor):
    client, story, url = stale
    page = client.get(url)
    rewrite(story, by=editor, headline="Judul redaktur, lagi")

    answer = client.post(url, {"stamp": page.context["stamp"], "headline": "mine"})

    story.refresh_from_db()
    assert answer.status_code == 409
    assert "has changed since you opened this page" in text_of(answer)
    assert "Judul redaktur, lagi" in text_of(answer)
    assert (story.headline, story.version) == ("Judul redaktur, lagi", 3)
    assert Autosave.objects.get().headline == "Judul reporter"


def test_both_orders_of_credits_can_be_chosen_after_rows_have_gone(
    desk_client, correspondent, editor, cilacap
):
    second = make_author("Danu Prasetya", bureau=cilacap)
    story = make_story(correspondent, cilacap, writers=[correspondent.author, second])
    client = desk_client(correspondent)
    sent = form_data(story, key=uuid4(), **{"bylines-1-role": "photographer"})
    story.bylines.filter(author=second).delete()
    rewrite(story, by=editor, headline="Judul redaktur")

    client.post(change_url(story), sent)
    kept = Autosave.objects.get()
    url = f"/articles/article/{story.pk}/conflict/{kept.key}/"
    page = client.get(url)
    client.post(url, {"stamp": page.context["stamp"], "credits": "mine"})

    story.refresh_from_db()
    assert story.headline == "Judul redaktur"
    assert [(str(line.author), line.role) for line in story.bylines.all()] == [
        ("Ratih Purwandari", "writer"),
        ("Danu Prasetya", "photographer"),
    ]


def test_whoever_had_changed_nothing_is_told_so_and_asked_nothing(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    client = desk_client(correspondent)
    sent = form_data(story, key=uuid4())
    rewrite(story, by=editor, headline="Judul redaktur")

    answer = client.post(change_url(story), sent)

    assert answer["Location"] == change_url(story)
    assert "You had changed nothing." in client.get(change_url(story)).content.decode()
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("verb", ["submit", "discard"])
def test_no_verb_passes_over_a_text_of_ones_own_that_waits_for_a_choice(stale, verb):
    client, story, url = stale
    story.refresh_from_db()

    pressed = client.post(change_url(story), form_data(story, key=uuid4(), _verb=verb))
    told = messages_of(client, pressed)[0]
    page = client.get(verb_url(story, verb))
    by_page = client.post(verb_url(story, verb), {"version": 2})

    label = {"submit": "Submit", "discard": "Discard"}[verb]
    said = f"“{label}” has not been done: a text of yours waits for you to choose"
    assert pressed["Location"] == url
    assert said in told
    for answer in (page, by_page):
        assert answer.status_code == 409
        assert said in text_of(answer)
        assert f'<a href="{url}">Compare and choose</a>' in answer.content.decode()
        assert verb not in [button.verb for button in answer.context["offered"]]
    story.refresh_from_db()
    assert (story.stage, story.discarded_at) == ("draft", None)
    assert Autosave.objects.get().headline == "Judul reporter"


def test_what_is_typed_beside_an_undecided_text_is_saved_and_its_verb_waits(stale):
    client, story, url = stale
    story.refresh_from_db()

    sent = form_data(story, key=uuid4(), summary="Ringkasan.", _verb="submit")
    pressed = client.post(change_url(story), sent)

    assert pressed["Location"] == url
    assert messages_of(client, pressed)[0].endswith("What you wrote has been saved.")
    story.refresh_from_db()
    assert (story.stage, story.summary) == ("draft", "Ringkasan.")


def test_a_list_of_stories_submits_none_over_an_undecided_text(stale):
    client, story, url = stale

    sent = {"verb": "submit", "story": f"{story.pk}.2", "back": ""}
    client.post("/articles/article/bulk/", sent)

    page = client.get("/articles/article/").content.decode()
    assert f'<a href="{url}">Compare and choose</a>' in page
    story.refresh_from_db()
    assert story.stage == "draft"


def test_once_a_choice_is_made_the_verb_goes_through(stale):
    client, story, url = stale
    choice = {"stamp": client.get(url).context["stamp"], "headline": "theirs"}
    client.post(url, choice)
    story.refresh_from_db()

    client.post(change_url(story), form_data(story, key=uuid4(), _verb="submit"))

    story.refresh_from_db()
    assert story.stage == "submitted"


def test_an_object_is_told_in_words(correspondent, cilacap):
    picture = make_picture(cilacap, caption="Kapal di dermaga")
    html = f'<figure data-object="picture" data-id="{picture.pk}"></figure>'
    mine, theirs = typed(body=body("Satu.") + html), typed(body=body("Satu."))
    (part,) = parts(mine, theirs, theirs, correspondent)
    assert ["".join(run.text for run in block.runs) for block in part.mine] == [
        "[Gambar: Kapal di dermaga]"
    ]
    (difference,) = differences(mine, theirs, correspondent)
    assert "[Gambar: Kapal di dermaga]" in [
        "".join(run.text for run in block.runs) for block in difference.blocks
    ]


def test_a_caption_that_looks_like_markup_does_not_tear_an_object_apart():
    html = sanitise('<figure data-object="picture" data-id="1" data-caption="a <p> b"></figure>')
    assert top_blocks(html) == [html]


# What a text adds to the saved one


@pytest.mark.parametrize(
    ("mine", "theirs", "is_over"),
    [
        ({"section": "7"}, {"section": "7", "headline": "Lain"}, True),
        ({"body": body("Satu!", "Dua.", "Tiga.")}, {"body": body("Satu!", "Dua.", "Empat.")}, True),
        ({"section": "7"}, {"section": "8"}, False),
        ({"section": "7"}, {"headline": "Lain"}, False),
        ({"topics": ("laut", "ikan")}, {"headline": "Lain"}, False),
        ({"embargo": "2026-12-01 06:00"}, {"headline": "Lain"}, False),
        ({"body": body("Satu.", "Dua.")}, {"body": body("Satu.", "Dua.", "Empat.")}, False),
        ({"body": body("Satu!", "Dua.", "Tiga.")}, {"body": body("Satu?", "Dua.", "Tiga.")}, False),
    ],
)
def test_a_text_adds_nothing_when_the_saved_one_has_every_change_of_it(mine, theirs, is_over):
    base, mine, theirs = typed(), typed(**mine), typed(**theirs)

    assert adds_nothing(mine, theirs, base) is is_over
    taken = {
        part.name: MINE for part in parts(mine, theirs, base, None) if part.suggested != THEIRS
    }
    assert (merged(mine, theirs, base, taken) == theirs) is is_over


def keep_choice_of_section(story, by) -> Autosave:
    form = form_data(story, section=make_section("ekonomi", "Ekonomi").pk)
    fields = [[name, str(value)] for name, value in form.items()]
    return writing.keep(by, fields, key=uuid4(), version=story.version, article=story)


def test_what_the_story_has_taken_up_since_holds_no_submit(desk_client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    kept = keep_choice_of_section(story, correspondent)
    section = dict(kept.fields)["section"]
    client = desk_client(correspondent)
    # The same once more on another device, and written on there.
    longer = "<p>Sepuluh kapal kembali melaut, dua lagi menunggu solar.</p>"
    written = form_data(story, section=section, body=longer, key=uuid4())

    response = client.post(change_url(story), {**written, "_verb": "submit"}, follow=True)

    story.refresh_from_db()
    assert (story.stage, "dua lagi" in story.body) == ("submitted", True)
    assert "not saved" not in text_of(response)
    assert not Autosave.objects.exists()


def test_what_the_story_has_not_taken_up_still_holds_the_submit(
    desk_client, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    keep_choice_of_section(story, correspondent)
    client = desk_client(correspondent)
    written = form_data(story, headline="Sepuluh kapal melaut", key=uuid4())

    client.post(change_url(story), {**written, "_verb": "submit"})

    story.refresh_from_db()
    assert (story.stage, story.headline) == ("draft", "Sepuluh kapal melaut")
    assert Autosave.objects.count() == 1
