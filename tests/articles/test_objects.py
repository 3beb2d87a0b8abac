"""Objects in a story's text: how they are stored, and what may be stored of them."""

# ruff: noqa: E501 - tables of addresses and markup are read line by line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import plain_text, sanitise
from articles.objects import Placeholder, parts_of, pictures_in, placeholders_in, stories_in

PICTURE = (
    '<figure data-object="picture" data-id="12" data-size="wide" data-caption="Kapal"></figure>'
)
GALLERY = '<figure data-object="gallery" data-ids="12,15,19" data-caption="Tiga"></figure>'
SEE_ALSO = '<figure data-object="see-also" data-id="345"></figure>'
EMBED = (
    '<figure data-object="embed" data-url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'
    ' data-caption="Rekaman"></figure>'
)
STILL = (
    '<figure data-object="embed" data-still="7" data-url="https://x.com/kabar/status/17"></figure>'
)
QUOTE = (
    '<blockquote data-object="pull-quote"><p>Lama.</p>\n<p><cite>Ketua</cite></p>\n</blockquote>'
)
BOX = '<aside data-object="fact-box"><h3>Angka</h3>\n<p>34 meter</p>\n</aside>'


@pytest.mark.parametrize("html", [PICTURE, GALLERY, SEE_ALSO, EMBED, STILL, QUOTE, BOX])
def test_an_object_is_stored_as_it_is_made(html):
    assert sanitise(f"<p>a</p>{html}<p>b</p>") == f"<p>a</p>\n{html}\n<p>b</p>"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        # what an object may not be
        ('<figure data-object="script" data-id="1"></figure>', ""),
        ('<figure data-object="picture"></figure>', ""),
        ('<figure data-object="picture" data-id="1 or 1=1"></figure>', ""),
        ('<figure data-object="picture" data-id="-1"></figure>', ""),
        ('<figure data-object="picture" data-id="٣"></figure>', ""),
        ('<figure data-object="gallery" data-ids="1,x"></figure>', ""),
        ('<figure data-object="embed" data-url="javascript:alert(1)"></figure>', ""),
        ('<figure data-object="embed" data-url="https://evil.example/watch?v=1"></figure>', ""),
        ('<figure data-object="see-also" data-ids="1,2"></figure>', ""),
        ('<figure data-object="embed" data-still="7"></figure>', ""),
        (STILL.replace('"7"', '"7 or 1=1"'), STILL.replace(' data-still="7"', "")),
        # what an object may not have
        (
            '<figure class="x" id="y" style="z" onclick="w" data-object="picture" data-id="1"'
            ' data-size="huge" data-evil="1"></figure>',
            '<figure data-object="picture" data-id="1" data-size="text"></figure>',
        ),
        (
            '<figure data-object="picture" data-id="1"><img src=x onerror=y>Kapal</figure>',
            '<figure data-object="picture" data-id="1" data-size="text"></figure>',
        ),
        (
            '<figure data-object="gallery" data-ids=" 3, 3,4 "></figure>',
            '<figure data-object="gallery" data-ids="3,4"></figure>',
        ),
        (
            f'<figure data-object="see-also" data-id="1" data-caption="{"a" * 400}"></figure>',
            '<figure data-object="see-also" data-id="1"></figure>',
        ),
        # where an object may not stand
        (f"<p>a{SEE_ALSO}b</p>", f"<p>a</p>\n{SEE_ALSO}\n<p>b</p>"),
        (f"<ul><li>a{SEE_ALSO}</li></ul>", f"<ul><li>a</li>\n</ul>\n{SEE_ALSO}"),
        (f"<blockquote><p>a</p>{SEE_ALSO}</blockquote>", f"<blockquote><p>a</p>\n</blockquote>\n{SEE_ALSO}"),
        (f"<blockquote>{BOX}</blockquote>", "<blockquote><h3>Angka</h3>\n<p>34 meter</p>\n</blockquote>"),
        ('<blockquote data-object="fact-box"><p>a</p></blockquote>', "<blockquote><p>a</p>\n</blockquote>"),
        # what a box may not hold
        (
            '<blockquote data-object="pull-quote"><h2>a</h2><ul><li>b</li></ul></blockquote>',
            '<blockquote data-object="pull-quote"><p>a</p>\n<p>b</p>\n</blockquote>',
        ),
        (
            f'<aside data-object="fact-box"><h3>Angka</h3><table><tr><td>Desa</td><td>Jiwa{SEE_ALSO}</td></tr></table><p>34 meter</p></aside>',
            f'{BOX}\n<table><tbody><tr><td>Desa</td><td>Jiwa</td></tr>\n</tbody></table>\n{SEE_ALSO}',
        ),
        (
            '<blockquote data-object="pull-quote"><table><tr><td>Desa</td><td>Jiwa</td></tr></table></blockquote>',
            "<table><tbody><tr><td>Desa</td><td>Jiwa</td></tr>\n</tbody></table>",
        ),
        ('<aside data-object="fact-box"></aside>', ""),
        ('<aside data-object="fact-box"><h3>&nbsp;</h3><ul><li></li></ul></aside>', ""),
        ('<blockquote data-object="pull-quote"><p><strong> </strong></p><p><cite></cite></p></blockquote>', ""),
        (
            '<blockquote data-object="pull-quote"><p>H<sub>2</sub>O, selesai<sup>2</sup></p></blockquote>',
            '<blockquote data-object="pull-quote"><p>H<sub>2</sub>O, selesai<sup>2</sup></p>\n</blockquote>',
        ),
        # figures and asides of others keep their words
        ("<figure><img src=x><figcaption>Kapal</figcaption></figure>", "<p>Kapal</p>"),
        ("<aside><p>Kapal</p></aside>", "<p>Kapal</p>"),
        ("<p><cite>Ketua</cite></p>", "<p>Ketua</p>"),
    ],
)  # fmt: skip
def test_nothing_else_of_an_object_is_stored(sent, kept):
    assert sanitise(sent) == kept


@pytest.mark.parametrize(
    "caption", ['"><script>x</script>', "a > b & c", "“kutip” 'satu'", "a\xa0b"]
)
def test_a_caption_is_words_whatever_it_holds(caption):
    stored = sanitise(str(Placeholder("picture", (1,), caption=caption)))
    assert placeholders_in(stored) == [
        Placeholder("picture", (1,), caption=" ".join(caption.split()))
    ]
    assert sanitise(stored) == stored


PIECES = st.sampled_from(
    [
        PICTURE, GALLERY, SEE_ALSO, EMBED, STILL, QUOTE, BOX, "<p>", "</p>", "<ul><li>", "</li></ul>", "<a href=x>",
        "</a>", "<strong>", "</strong>", "<aside>", "</aside>", "<blockquote>", "</blockquote>", "<h2>",
        "<figure>", "</figure>", "<cite>", "</cite>", "<table>", "<tr><td>", "</table>", "kata ", "&lt;", '"', ">",
        "<table><tr><td>a</td><td>b</td></tr></table>", "<td>", "<td rowspan=2>", "<tr>", "<ul><li></li></ul>", "<sup>",
        '<aside data-object="fact-box">', '<blockquote data-object="pull-quote">', "<h3>", "</h3>", "<br>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_however_crooked_the_markup_is_sanitising_it_again_changes_nothing(html):
    once = sanitise(html)
    assert sanitise(once) == once


@given(st.lists(PIECES, max_size=14).map("".join))
def test_an_object_is_always_a_block_of_its_own(html):
    for part in parts_of(sanitise(html)):
        if isinstance(part, str):
            assert "<figure" not in part
            assert part.count("<aside") == part.count("</aside>")
            assert part.count("<p>") == part.count("</p>")


def test_a_text_that_was_written_past_the_program_is_read_as_strictly():
    body = '<figure data-object="picture" data-id="x"></figure><figure data-object="gallery" data-ids="1,y"></figure>'
    assert (
        placeholders_in(body + '<figure data-object="embed" data-url="javascript:x"></figure>')
        == []
    )


def test_pictures_and_stories_of_a_text_are_told_in_order_and_once():
    body = sanitise(PICTURE + GALLERY + SEE_ALSO + PICTURE + EMBED + STILL + SEE_ALSO)
    assert pictures_in(body) == [12, 15, 19, 7]
    assert stories_in(body) == [345]


def test_objects_count_no_words_but_boxes_do():
    assert plain_text(sanitise(f"<p>Satu dua.</p>{PICTURE}{SEE_ALSO}{EMBED}")) == "Satu dua."
    assert plain_text(sanitise(QUOTE + BOX)) == "Lama. Ketua Angka 34 meter"
