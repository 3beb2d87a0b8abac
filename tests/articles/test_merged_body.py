"""One body out of two: what may be chosen, and what comes of it."""

from itertools import product
from random import Random

import pytest

from articles.body import sanitise
from articles.conflict import merged, parts
from articles.merged_body import (
    BOTH,
    COMBINED,
    MINE,
    THEIRS,
    Change,
    Merge,
    rewritten,
    top_blocks,
    written,
)
from articles.merged_words import html_of, retyped, text_of, words_of
from articles.models import Article
from articles.typed import Typed

# A letter is a paragraph, "@" and "#" are objects, anything in angle brackets stands as it is.
OBJECTS = {
    "@": '<figure data-object="see-also" data-id="3"></figure>',
    "#": '<figure data-object="picture" data-id="4" data-size="text"></figure>',
}


def body(text: str) -> str:
    return sanitise("".join(OBJECTS.get(word, f"<p>{word}</p>") for word in text.split()))


def shown(html: str) -> str:
    names = {html: sign for sign, html in OBJECTS.items()}
    blocks = (block.removeprefix("<p>").removesuffix("</p>") for block in top_blocks(html))
    return " ".join(names.get(block, block) for block in blocks)


def lines_of(block: str) -> list[str]:
    return [shown(block)]


def chosen(merge: Merge, *choices: str) -> str:
    def blocks(change: Change, choice: str):
        if choice != COMBINED:
            return change.of(choice)
        assert change.combined is not None
        return [rewritten(change.combined, written(change.combined, lines_of), lines_of)]

    pairs = zip(merge.changes, choices, strict=True)
    return merge.body((change, blocks(change, choice)) for change, choice in pairs)


# Base, mine, theirs; a choice for each change, and the body that comes of it.
RULES = [
    # Only what differs is asked, and nothing of what both have done.
    ("A B C", "A B C", "A B C", [((), "A B C")]),
    ("A B C", "A X", "A X", [((), "A X")]),
    ("A B C", "A X Y C", "A X Y C", [((), "A X Y C")]),
    ("A", "A X Y", "A X Y", [((), "A X Y")]),
    ("A B", "@ A B", "@ A B", [((), "@ A B")]),
    ("A B @", "@ A B", "@ A B", [((), "@ A B")]),
    ("A", "A X Y Z", "A X W Z", [((MINE,), "A X Y Z"), ((BOTH,), "A X W Y Z")]),
    ("A B", "A X S Y B", "A T S U B", [((MINE, THEIRS), "A X S U B")]),
    ("A B C", "A X B1 C", "A X B2 C", [((MINE,), "A X B1 C"), ((BOTH,), "A X B2 B1 C")]),
    ("A B C", "A B1 X C", "A T U X C", [((MINE,), "A B1 X C"), ((THEIRS,), "A T U X C")]),
    # Additions of both in one place.
    (
        "A",
        "A M",
        "A T",
        [((MINE,), "A M"), ((THEIRS,), "A T"), ((BOTH,), "A T M"), ((COMBINED,), "A T M")],
    ),
    ("A", "A M @", "A T #", [((BOTH,), "A T # M @"), ((COMBINED,), "A T # M @")]),
    ("A", "A M S", "A T U S", [((BOTH,), "A T U M S")]),
    ("A B", "A M S", "A T S U", [((BOTH,), "A T M S U")]),
    ("A B C", "A B1 C", "A B2 C", [((BOTH,), "A B2 B1 C"), ((COMBINED,), "A B2 B1 C")]),
    # One has changed what the other has taken away.
    ("A B C", "A B1 C", "A C", [((MINE,), "A B1 C"), ((THEIRS,), "A C")]),
    # A block that one has moved, while the other has written where it was put.
    (
        "A @ B C D E F",
        "A B C D E F @",
        "A @ B C D E F G",
        [
            ((MINE,), "A B C D E F @"),
            ((THEIRS,), "A @ B C D E F G"),
            ((BOTH,), "A B C D E F G @"),
        ],
    ),
    (
        "A @ B C D E F",
        "A @ B C D E F G",
        "A B C D E F @",
        [
            ((MINE,), "A @ B C D E F G"),
            ((THEIRS,), "A B C D E F @"),
            ((BOTH,), "A B C D E F @ G"),
        ],
    ),
    # Moved by one alone; by both, each to another place; by one, and taken away by the other.
    ("A @ B C", "A B C @", "A @ B C", [((MINE,), "A B C @"), ((THEIRS,), "A @ B C")]),
    (
        "@ A B C D",
        "A B C D @",
        "A B @ C D",
        [((MINE,), "A B C D @"), ((THEIRS,), "A B @ C D"), ((BOTH,), "A B @ C D")],
    ),
    ("A @ B C", "A B C @", "A B C", [((MINE,), "A B C @"), ((THEIRS,), "A B C")]),
    ("P A B C", "A B C P", "P2 A B C", [((MINE,), "A B C P"), ((THEIRS,), "P2 A B C")]),
    # Put in by both, at two places.
    ("A B", "@ A B", "A B @", [((MINE,), "@ A B"), ((THEIRS,), "A B @"), ((BOTH,), "A B @")]),
    # What has nothing to do with the move is decided by itself.
    (
        "A B @ C D E",
        "A1 B C D @ E",
        "A B @ C D E F",
        [((MINE, MINE, THEIRS), "A1 B C D @ E F"), ((THEIRS, MINE, MINE), "A B C D @ E")],
    ),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "results"), RULES)
def test_a_body_is_put_together_as_chosen(base, mine, theirs, results):
    merge = Merge(body(mine), body(theirs), body(base))

    assert [(choices, shown(chosen(merge, *choices))) for choices, _ in results] == results


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "suggested"),
    [
        ("A B C", "A X", "A X", []),
        ("A @ B C", "A B C @", "A @ B C", [MINE]),
        ("A @ B C", "A @ B C", "A B C @", [THEIRS]),
        ("A @ B C", "A B C @", "A @ B C D", [""]),
        ("A @ B C", "A B C @", "A B C", [""]),
        ("A @ B C D E", "A B @ C D E", "A @ B C D E1", [MINE, THEIRS]),
    ],
)
def test_a_move_is_one_change(base, mine, theirs, suggested):
    merge = Merge(body(mine), body(theirs), body(base))

    assert [change.suggested for change in merge.changes] == suggested


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "is_offered"),
    [
        ("A", "A M", "A T", True),
        ("A", "A @", "A #", True),
        ("A B", "A B1", "A B2", True),
        ("A B", "A B1", "A B", False),
        ("A B", "A B1", "A", False),
        ("A", "A M", "A T M", False),
    ],
)
def test_both_are_offered_where_both_hold_something_that_the_other_does_not(
    base, mine, theirs, is_offered
):
    merge = Merge(body(mine), body(theirs), body(base))

    assert any(change.offers_both for change in merge.changes) is is_offered


def edited(random: Random, blocks: list[str], new: list[str]) -> list[str]:
    """Some blocks moved, some taken away, some added."""
    found = list(blocks)
    for _ in range(random.randint(0, 4)):
        act = random.choice(["move", "remove", "add", "change"])
        if act == "add" or not found:
            found.insert(random.randint(0, len(found)), new.pop())
            continue
        at = random.randrange(len(found))
        block = found.pop(at)
        if act == "move":
            found.insert(random.randint(0, len(found)), block)
        elif act == "change" and block not in OBJECTS:
            found.insert(at, f"{block}{new.pop()}")
        elif block in OBJECTS:
            found.insert(at, block)
    return found


def edits(count: int):
    for seed in range(count):
        random = Random(seed)
        base = random.sample([*"ABCDEFGH", *OBJECTS], random.randint(3, 10))
        mine, theirs = (
            edited(random, base, [f"{name}{number}" for number in range(9)]) for name in "mt"
        )
        yield base, mine, theirs, Merge(*(body(" ".join(side)) for side in (mine, theirs, base)))


def test_no_block_of_either_side_vanishes_when_both_are_used():
    for base, mine, theirs, merge in edits(300):
        both = shown(chosen(merge, *[BOTH] * len(merge.changes))).split()

        assert {*mine, *theirs} <= {*both}, (base, mine, theirs)
        assert len(both) == len({*both}), (base, mine, theirs)


def test_an_object_is_there_once_whatever_is_chosen():
    for base, mine, theirs, merge in edits(300):
        objects = sorted(sign for sign in OBJECTS if sign in base)
        choices = product((MINE, THEIRS, BOTH), repeat=min(len(merge.changes), 4))
        for some in choices:
            rest = [THEIRS] * (len(merge.changes) - len(some))
            found = shown(chosen(merge, *some, *rest)).split()
            assert sorted(each for each in found if each in OBJECTS) == objects, (
                base, mine, theirs, some,
            )  # fmt: skip


def test_whoever_takes_one_side_everywhere_has_that_text():
    for _base, mine, theirs, merge in edits(300):
        assert shown(chosen(merge, *[MINE] * len(merge.changes))).split() == mine
        assert shown(chosen(merge, *[THEIRS] * len(merge.changes))).split() == theirs


# One paragraph out of two

CO2 = (
    "<p>Kadar CO<sub>2</sub>, kata <strong>Sutarno</strong>, naik (lihat "
    '<a href="https://a.example/" rel="noopener">data</a>).</p>'
)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "combined"),
    [
        (
            CO2,
            CO2.replace("</p>", " Tambahan tab satu.</p>"),
            CO2.replace("</p>", " Tambahan tab dua.</p>"),
            [CO2.replace("</p>", " Tambahan tab dua. Tambahan tab satu.</p>")],
        ),
        (
            CO2,
            CO2.replace("Kadar", "Jumlah"),
            CO2.replace("<strong>Sutarno</strong>", "<em>Sutarno</em>"),
            [
                CO2.replace("Kadar", "Jumlah").replace(
                    "<strong>Sutarno</strong>", "<em>Sutarno</em>"
                )
            ],
        ),
        ("<h2>Air laut naik</h2>", "<h2>Air laut naik lagi</h2>", "<h2>Kini air laut naik</h2>", 1),
        # The same words changed by both; one that has been written anew; signs behind one word.
        ("<p>Satu dua tiga.</p>", "<p>Satu dua!</p>", "<p>Satu dua tiga empat.</p>", 2),
        ("<p>Satu dua tiga.</p>", "<p>Lain sama sekali ini.</p>", "<p>Satu dua tiga lagi.</p>", 2),
        ("<p>Satu dua tiga</p>", "<p>Satu, dua tiga</p>", "<p>Satu; dua tiga</p>", 2),
        ("<p>Satu dua tiga</p>", "<h2>Satu dua tiga</h2>", "<p>Satu dua tiga lagi</p>", 2),
        ("<ul><li>a b c</li></ul>", "<ul><li>a b c d</li></ul>", "<ul><li>e a b c</li></ul>", 2),
    ],
)
def test_word_changes_of_both_make_one_paragraph_where_they_do_not_overlap(
    base, mine, theirs, combined
):
    (change,) = Merge(mine, theirs, base).changes

    found = len(change.combined) if isinstance(combined, int) else change.combined
    assert found == combined


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("Satu dua tiga. Saya.", "Satu dua tiga. Dia.", ["Satu dua tiga. Dia. Saya."]),
        ("Kini satu dua tiga.", "Kini satu dua tiga lagi.", ["Kini satu dua tiga lagi."]),
        # A word that one has struck out is no word to keep in one paragraph without it.
        ("Satu tiga.", "Satu dua tiga. Dia.", ["Satu dua tiga. Dia.", "Satu tiga."]),
    ],
)
def test_both_are_one_paragraph_where_each_has_only_added_words(mine, theirs, both):
    sides = (f"<p>{text}</p>" for text in (mine, theirs, "Satu dua tiga."))
    (change,) = Merge(*sides).changes

    assert change.of(BOTH) == [[f"<p>{text}</p>" for text in both]]


@pytest.mark.parametrize(
    "html",
    [
        CO2,
        "<h3>Satu &amp; dua &lt;b&gt;</h3>",
        "<p><strong>Satu <em>dua</em></strong><br>tiga&nbsp;<em>empat </em>lima</p>",
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener">"x" <sub>y</sub></a></p>',
        "<ul><li>Satu</li><li>Dua <strong>tiga</strong></li></ul>",
        "<table><tbody><tr><td>a</td><td></td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
        "<table><tbody><tr><td></td><td></td></tr></tbody></table>",
        '<aside data-object="fact-box"><h3>Fakta</h3><p>Satu</p></aside>',
        "".join(OBJECTS.values()),
        "<p>Satu</p><ul><li>Satu</li><li>Dua</li></ul><p>Satu</p>",
    ],
)
def test_a_text_out_of_both_that_is_sent_as_it_was_is_as_it_was(html, correspondent):
    whole = sanitise(html)
    base, mine = (
        Typed.of_story(Article(body=text)) for text in ("<p>Akhir.</p>", f"{whole}<p>Akhir.</p>")
    )
    (part,) = parts(mine, base, base, correspondent)

    one = merged(mine, base, base, {"body-0": COMBINED, "body-0-text": part.combined})

    assert one.values["body"] == mine.values["body"]
    # And word by word, where it is a paragraph.
    for block in top_blocks(whole):
        if paragraph := words_of(block):
            tag, words = paragraph
            assert sanitise(html_of(tag, retyped(words, text_of(words)))) == block


LIST = "<ul>\n<li>Satu ikan</li>\n<li>Dua ikan</li>\n</ul>"
LISTED = ["Satu ikan", "Dua ikan"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{co2}\n\nSatu ikan\nDua ikan\n\n[@]", [CO2, LIST, "@"]),
        ("[@]\r\n\r\n{co2}\r\n\r\nSatu ikan\r\nDua ikan", ["@", CO2, LIST]),
        ("{co2}", [CO2]),
        ("", []),
        # A word changed: the others keep what they are.
        ("{co2} Ini baru.", [CO2.replace("</p>", " Ini baru.</p>")]),
        (
            "Jumlah CO2, kata Sutarno, naik tajam (lihat data).",
            [CO2.replace("Kadar", "Jumlah").replace("naik", "naik tajam")],
        ),
        ("Sama <b>sekali</b> lain.", ["<p>Sama &lt;b&gt;sekali&lt;/b&gt; lain.</p>"]),
        # A list that was written in is paragraphs, each line its own.
        ("Satu ikan\nTiga ikan", ["<p>Satu ikan</p>", "<p>Tiga ikan</p>"]),
    ],
)
def test_what_is_left_as_it_is_in_a_text_out_of_both_keeps_its_markup(text, made):
    co2 = "Kadar CO2, kata Sutarno, naik (lihat data)."
    lines = {CO2: [co2], LIST: LISTED, OBJECTS["@"]: ["[@]"]}

    found = rewritten(list(lines), text.format(co2=co2), lines.__getitem__)

    assert found == [OBJECTS.get(each, each) for each in made]


def test_a_new_word_within_a_link_is_part_of_the_link():
    link = '<p>Lihat <a href="https://a.example/" rel="noopener">data suhu air</a> di sini.</p>'

    (found,) = rewritten([link], "Lihat data terbaru air di sini.", lambda block: ["(lain)"])

    assert found == link.replace("suhu", "terbaru")
