"""The bureau that somebody with several has chosen holds from page to page of the desk."""

import re

import pytest

from articles import workflow
from tests.desk import in_english, text_of
from tests.factories import make_story, make_user

HOME = "/"
LIST = "/articles/article/"


@pytest.fixture
def both(cilacap, makassar):
    user = make_user("dua", ("bureau_editor", cilacap), ("bureau_editor", makassar))
    in_english(user)
    return user


@pytest.fixture
def stories(correspondent, other_editor, cilacap, makassar):
    first = make_story(correspondent, cilacap, headline="Dari Cilacap")
    workflow.submit(first, by=correspondent)
    return first, make_story(other_editor, makassar, headline="Dari Makassar")


def headlines(page) -> list[str]:
    return [story.headline for story in page.context["cl"].result_list]


def here(page) -> str:
    """What the switch in the header says."""
    (place,) = [place for place in page.context["switch"] if place.is_here]
    return str(place.bureau or "all")


def test_the_bureau_chosen_at_home_is_the_one_of_the_list(desk_client, both, stories):
    client = desk_client(both)
    before = headlines(client.get(LIST))
    client.get(f"{HOME}?biro=cilacap")

    page = client.get(LIST)

    assert before == ["Dari Cilacap", "Dari Makassar"]
    assert (headlines(page), here(page)) == (["Dari Cilacap"], "Cilacap")
    assert page.context["cl"].counts | {"draft": 0, "submitted": 1} == page.context["cl"].counts
    assert text_of(page).startswith("Stories Cilacap")


def test_the_bureau_chosen_in_the_list_is_the_one_at_home(
    desk_client, both, stories, makassar, cilacap
):
    client = desk_client(both)
    client.get(f"{LIST}?bureau={makassar.pk}")

    home = client.get(HOME)

    assert (home.context["bureau"], here(home)) == (makassar, "Makassar")
    assert f'{LIST}?bureau={makassar.pk}"' in home.content.decode()
    assert f'{LIST}?bureau={cilacap.pk}"' not in home.content.decode()


@pytest.mark.parametrize("undo", [f"{HOME}?biro=", f"{LIST}?bureau="])
def test_all_bureaus_are_one_press_away(desk_client, both, stories, undo):
    client = desk_client(both)
    offered = client.get(f"{HOME}?biro=cilacap").content.decode()
    offered += client.get(LIST).content.decode().replace('"?bureau="', f'"{LIST}?bureau="')

    client.get(undo)

    assert f'href="{undo}"' in offered
    assert (here(client.get(HOME)), here(client.get(LIST))) == ("all", "all")
    assert headlines(client.get(LIST)) == ["Dari Cilacap", "Dari Makassar"]


def test_a_link_that_names_a_bureau_wins(desk_client, both, stories, cilacap, makassar):
    client = desk_client(both)
    client.get(f"{HOME}?biro=cilacap")

    assert headlines(client.get(f"{LIST}?bureau={makassar.pk}")) == ["Dari Makassar"]
    assert client.get(f"{HOME}?biro=cilacap").context["bureau"] == cilacap
    assert headlines(client.get(f"{LIST}?bureau=")) == ["Dari Cilacap", "Dari Makassar"]


def test_every_way_out_of_the_filter_says_so(desk_client, both, stories):
    client = desk_client(both)
    client.get(f"{HOME}?biro=cilacap")

    cl = client.get(f"{LIST}?mark=paid").context["cl"]

    bureau, mark = cl.chips
    assert bureau["without"] == "?bureau=&mark=paid"
    assert re.fullmatch(r"\?bureau=\d+", mark["without"])
    assert cl.without_filters == "?tab=desk&bureau="
    assert headlines(client.get(LIST + cl.without_filters)) == ["Dari Cilacap", "Dari Makassar"]


def test_a_page_that_looks_again_by_itself_chooses_nothing(desk_client, both, stories):
    client = desk_client(both)
    client.get(f"{HOME}?biro=makassar")

    client.get(f"{HOME}?biro=cilacap", headers={"X-Looks-Again": "1"})

    assert here(client.get(HOME)) == "Makassar"


def test_a_bureau_of_others_is_not_chosen(desk_client, both, stories, jayapura):
    client = desk_client(both)
    client.get(f"{HOME}?biro=makassar")

    for address in (f"{HOME}?biro=jayapura", f"{LIST}?bureau={jayapura.pk}", f"{LIST}?bureau=x"):
        client.get(address)

    assert here(client.get(LIST)) == "Makassar"


def test_a_bureau_that_one_has_left_is_forgotten(desk_client, both, stories, cilacap, jayapura):
    client = desk_client(both)
    client.get(f"{HOME}?biro=cilacap")
    both.memberships.filter(bureau=cilacap).update(bureau=jayapura)

    assert here(client.get(HOME)) == "all"
    assert headlines(client.get(LIST)) == ["Dari Makassar"]


def test_whoever_works_at_one_bureau_has_no_switch(desk_client, editor, stories, makassar):
    client = desk_client(editor)

    pages = [client.get(HOME), client.get(f"{LIST}?bureau={makassar.pk}")]

    assert [page.context["switch"] for page in pages] == [[], []]
    assert headlines(pages[1]) == ["Dari Cilacap"]
