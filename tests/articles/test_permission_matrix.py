"""Every address of the desk, method, role, bureau and state against a table written by hand."""

from functools import cache
from itertools import combinations

import pytest

from tests.articles.permission_desk import Desk, contents, counted, undone
from tests.articles.permission_table import METHODS, PEOPLE, PLACES, STATES, TABLE, Cell, cells
from tests.routes import routes


@pytest.fixture
def desk(network):
    return Desk()


def sampled(number: int, found: list[Cell]) -> list[Cell]:
    """Some cells of a group, so that all groups together hold every pair of what cells are made
    of; a test below counts them."""
    per_question = len(PEOPLE) * len(METHODS)
    chosen = []
    for index, cell in enumerate(found):
        question, rest = divmod(index, per_question)
        person, method = divmod(rest, len(METHODS))
        if cell.state:
            state, place = divmod(number, len(PLACES))
            is_here = (question + state + place) % len(PLACES) == 0
            is_asked = is_here and person == (question + state) % len(PEOPLE)
            is_so = method == (question + 2 * state) % len(METHODS)
        else:
            is_asked = (person + question + number) % len(PLACES) == 0
            is_so = method == (person + question) % len(METHODS)
        if is_asked and is_so:
            chosen.append(cell)
    return chosen


GROUPS = [("", place) for place in PLACES] + [
    (state, place) for state in STATES for place in PLACES
]


@cache
def sample() -> dict[tuple[str, str], list[Cell]]:
    return {
        (state, place): sampled(number, cells(place=place, state=state))
        for number, (state, place) in enumerate(GROUPS)
    }


def wrong_of(desk: Desk, chosen: list[Cell]) -> list[str]:
    before = contents(counted())
    return [f"{cell}: {wrong}" for cell in chosen if (wrong := desk.ask(cell, before))]


def test_each_address_of_the_desk_has_its_row_and_each_row_its_address():
    assert list(TABLE) == list(dict.fromkeys(TABLE))
    assert set(routes("newsroom.urls.desk")) == set(TABLE)


def test_the_sample_holds_every_pair():
    def parts(cell: Cell) -> tuple:
        named = {"question": (cell.route, cell.verb), "method": cell.method, "person": cell.person}
        named |= {"place": cell.place} | ({"state": cell.state} if cell.state else {})
        return tuple(named.items())

    def pairs(of: list[Cell]) -> set:
        return {pair for cell in of for pair in combinations(parts(cell), 2)}

    everything = [cell for state, place in GROUPS for cell in cells(place=place, state=state)]
    chosen = [cell for group in sample().values() for cell in group]
    assert pairs(everything) - pairs(chosen) == set()


@pytest.mark.parametrize("people", [PEOPLE[number::3] for number in range(3)], ids=" ".join)
def test_who_opens_and_changes_what_at_the_desk(desk, people):
    desk.furnish()
    chosen = [cell for place in PLACES for cell in sample()["", place] if cell.person in people]

    assert "\n".join(wrong_of(desk, chosen)) == ""


@pytest.mark.parametrize("state", STATES)
def test_who_opens_and_changes_a_story_in_each_state(desk, state):
    for place in PLACES:
        with undone():
            desk.bring_story_to(state, place)
            assert "\n".join(wrong_of(desk, sample()[state, place])) == ""


@pytest.mark.soak
@pytest.mark.parametrize("person", PEOPLE)
def test_the_whole_matrix_of_the_desk(desk, person):
    desk.furnish()
    chosen = [cell for place in PLACES for cell in cells(place=place) if cell.person == person]

    wrong = wrong_of(desk, chosen)

    print(f"{person}: {len(chosen)} cells, {len(wrong)} wrong")
    assert "\n".join(wrong) == ""


@pytest.mark.soak
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("state", STATES)
def test_the_whole_matrix_of_stories(desk, state, place):
    desk.bring_story_to(state, place)
    chosen = cells(place=place, state=state)

    wrong = wrong_of(desk, chosen)

    print(f"{state}, {place}: {len(chosen)} cells, {len(wrong)} wrong")
    assert "\n".join(wrong) == ""
