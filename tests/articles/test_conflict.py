"""Two texts of one story: shown part by part, and made one as somebody chooses."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from articles import writing
from articles.body import sanitise
from articles.conflict import adds_nothing, differences, merged, parts, stamp
from articles.merged_body import BOTH, COMBINED, MINE, THEIRS, top_blocks
from articles.models import Article, Autosave
from articles.typed import Typed
from tests.desk import change_url, form_data, in_english, text_of
from tests.factories import make_picture, make_section, make_story


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
STARTS_FROM = [
    ({}, {"headline": "A"}, {}, {"headline": "A"}),
    ({}, {}, {"headline": "B"}, {"headline": "B"}),
    ({}, {"headline": "A"}, {"headline": "B"}, {"headline": "A / B"}),
    ({}, {"headline": ""}, {"headline": "B"}, {"headline": "B"}),
    (
        {"headline": "Sepuluh kapal kembali melaut"},
        {"headline": "Sepuluh kapal besar kembali melaut"},
        {"headline": "Sepuluh kapal kembali melaut hari ini"},
        {"headline": "Sepuluh kapal besar kembali melaut hari ini"},
    ),
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
        {"body-0": "Dua?\n\nDua!"},
    ),
    # Both added a paragraph, and one of them another: what both say stands there once.
    (
        {},
        {"body": body("Satu.", "Dua!", "Baru.", "Tiga.")},
        {"body": body("Satu.", "Dua?", "Baru.", "Lagi.", "Tiga.")},
        {"body-0": "Dua?\n\nDua!\n\nBaru.\n\nLagi."},
    ),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "combined"), STARTS_FROM)
def test_a_text_out_of_both_starts_from_both_only_where_both_changed_something(
    correspondent, base, mine, theirs, combined
):
    found = parts(typed(**mine), typed(**theirs), typed(**base), correspondent)

    assert {part.name: part.combined for part in found} == combined


def test_it_is_said_of_a_text_out_of_both_that_it_has_links_only_if_it_has(
    correspondent,
):
    linked = body("Satu.", '<a href="https://example.org/">Dua.</a>', "Tiga.")
    plain = body("Satu.", "Dua saja.", "Tiga.")

    (kept,) = parts(typed(body=linked), typed(body=plain), typed(body=plain), correspondent)
    (gone,) = parts(typed(body=plain), typed(body=linked), typed(body=linked), correspondent)

    assert (kept.has_more_than_words, gone.has_more_than_words) == (True, False)


def test_topics_and_credits_of_both_can_be_used(correspondent):
    base = typed()
    ours = typed(topics=("laut", "muara"), credits=(("1", "writer"),))
    other = typed(topics=("ikan", "Laut"), credits=(("2", "photographer"), ("1", "writer")))

    found = {part.name: part.offers_both for part in parts(ours, other, base, correspondent)}
    one = merged(ours, other, base, dict.fromkeys(found, BOTH))

    assert found == {"credits": False, "topics": True}
    assert one.topics == ("ikan", "Laut", "muara")
    assert one.credits == (("2", "photographer"), ("1", "writer"))


# Mine and theirs, each against a base with a kicker, a picture, a topic and three paragraphs.
TAKES_AWAY = [
    ({"kicker": ""}, True),
    ({"kicker": "Lain"}, False),
    ({"topics": ("laut", "muara")}, False),
    ({"topics": ()}, True),
    ({"picture": "8"}, True),
    ({"body": body("Satu kapal.", "Tiga kapal.")}, True),
    ({"body": body("Satu kapal.", "Dua kapal kembali.", "Tiga kapal.")}, False),
    ({"body": body("Tiga kapal.", "Satu kapal.", "Dua kapal.")}, False),
]


@pytest.mark.parametrize(("change", "takes_away"), TAKES_AWAY)
@pytest.mark.parametrize("is_mine", [True, False])
def test_a_change_of_one_alone_says_whether_something_falls_away(
    correspondent, change, takes_away, is_mine
):
    whole = {"kicker": "Laut", "picture": "7"} | {
        "body": body("Satu kapal.", "Dua kapal.", "Tiga kapal.")
    }
    base, changed = typed(**whole), typed(**{**whole, **change})
    sides = (changed, base) if is_mine else (base, changed)

    (part,) = parts(*sides, base, correspondent)

    assert (part.takes_away, bool(part.suggested)) == (takes_away, True)


def test_the_places_of_a_move_are_shown_apart(correspondent):
    base = body("Satu.", "Dua.", "Tiga.")
    moved = typed(body=body("Dua.", "Tiga.", "Satu."))
    longer = typed(body=body("Satu.", "Dua.", "Tiga.", "Empat."))

    (part,) = parts(moved, longer, typed(body=base), correspondent)

    shown = [
        [block.folded or "".join(run.text for run in block.runs) for block in side]
        for side in (part.mine, part.theirs)
    ]
    assert shown == [[2, "Satu."], ["Satu.", 2, "Empat."]]
    with override("en"):
        (part,) = parts(moved, longer, typed(body=base), correspondent)
    assert part.label == "Text, paragraphs 1 and 4"


def test_a_choice_is_asked_again_when_an_object_is_called_otherwise_meanwhile(
    correspondent, cilacap
):
    picture = make_picture(cilacap, caption="Kapal di dermaga")
    html = f'<figure data-object="picture" data-id="{picture.pk}"></figure>'
    ours, other = typed(body=body("Satu.") + html), typed(body=body("Satu."))
    before = stamp(ours, other, parts(ours, other, other, correspondent))

    type(picture).objects.update(caption="Kapal di laut")

    assert stamp(ours, other, parts(ours, other, other, correspondent)) != before


def test_what_is_written_anew_out_of_both_takes_its_place_and_is_only_words():
    ours = typed(body=body("Satu.", "Dua dari saya.", "Tiga."))
    other = typed(body=body("Satu.", "Dua dari <strong>dia</strong>.", "Tiga!"), headline="Lain")
    text = "Dua dari <b>kami</b>.\r\n\r\nDan   lagi."

    one = merged(
        ours,
        other,
        other,
        {
            "headline": COMBINED,
            "headline-text": "Dua\njudul",
            "body-0": COMBINED,
            "body-0-text": text,
        },
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
