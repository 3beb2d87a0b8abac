"""The row of opinion on a front: who says it, and what."""

import re

import pytest

from tests.factories import make_author, make_live, make_section
from tests.reading import part_of, words_of

WRITERS = ("Laksmi Prameswari", "Yosef Kaimbu", "Siti Aminah", "Andi Baso", "Retno Wijayanti")


@pytest.fixture
def publish(correspondent, cilacap):
    """So many pieces of opinion, then so many stories that are newer."""

    def publish(pieces: int, stories: int = 20, **more) -> None:
        for name in WRITERS[:pieces]:
            make_live(
                correspondent,
                cilacap,
                headline=f"Kata {name}",
                section=make_section("opini", "Opini"),
                writers=[make_author(name, bureau=cilacap)],
                **more,
            )
        for number in range(stories):
            make_live(correspondent, cilacap, headline=f"Berita {number}")

    return publish


def row(html: str) -> list[tuple[str, str]]:
    """Who says what; empty without a row."""
    if 'id="opinion"' not in html:
        return []
    pieces = part_of(html, 'id="opinion"', "</section>").split("<article")[1:]
    found = (re.search(r'kicker">(.*?)</p>.*?<h3[^>]*>(.*?)</h3>', p, re.DOTALL) for p in pieces)
    return [(words_of(match[1]), words_of(match[2])) for match in found]


@pytest.mark.parametrize("path", ["/", "/teks/"])
def test_the_newest_pieces_stand_under_the_names_of_who_wrote_them(
    reader, publish, path, django_assert_num_queries
):
    publish(5)
    client = reader("cilacap")
    client.get(path)
    with django_assert_num_queries(2):
        html = client.get(path).content.decode()
    assert row(html) == [(name, f"Kata {name}") for name in reversed(WRITERS[1:])]
    assert html.count("Kata Laksmi") == 1  # further down, with the rest
    assert html.count("Kata Andi") == 1


def test_the_networks_row_names_the_bureau_too(reader, publish):
    publish(3)
    html = reader().get("/").content.decode()
    assert row(html) == [(f"{name} Cilacap", f"Kata {name}") for name in reversed(WRITERS[:3])]


@pytest.mark.parametrize(("pieces", "stories"), [(2, 20), (4, 0)])
def test_two_pieces_make_no_row_nor_do_those_that_the_first_screen_shows(
    reader, publish, pieces, stories
):
    publish(pieces, stories)
    html = reader("cilacap").get("/").content.decode()
    assert row(html) == []
    assert html.count("Kata Laksmi") == 1


def test_what_is_paid_for_is_nobodys_opinion(reader, publish):
    publish(4, paid=True)
    assert row(reader("cilacap").get("/").content.decode()) == []
