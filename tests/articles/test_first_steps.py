"""A new newsroom is set up from the first page of the desk."""

import pytest

from articles.first_steps import first_steps
from articles.models import Page
from bureaus.models import Network
from tests.desk import text_of
from tests.factories import make_author, make_bureau

pytestmark = pytest.mark.django_db


def done(user) -> list[bool]:
    return [step.is_done for step in first_steps(user)]


def test_a_new_newsroom_is_set_up_in_six_steps(desk_client, administrator):
    page = desk_client(administrator).get("/")

    steps = page.context["first_steps"]
    assert [step.model.partition("_")[2] for step in steps] == [
        "network",
        "section",
        "page",
        "bureau",
        "user",
        "author",
    ]
    # The usual sections are there from the beginning.
    assert [step.is_done for step in steps] == [False, True, False, False, False, False]
    assert all(str(step.title) in text_of(page) for step in steps)


def test_steps_are_ticked_off_and_go_when_all_are_done(desk_client, administrator, request):
    masthead = {"publisher": "PT Bentara", "address": "Jalan Pers 1", "person_responsible": "Sri"}
    Network.objects.update_or_create(pk=1, defaults={"name": "Bentara"})
    assert done(administrator)[0] is False
    Network.objects.update(**masthead)
    Page.objects.create(kind="guidelines", body="<p>Pedoman.</p>")
    make_bureau("bima")
    assert done(administrator) == [True, True, True, True, False, False]

    request.getfixturevalue("editor")
    make_author("Sri Lestari")

    assert first_steps(administrator) == []
    assert desk_client(administrator).get("/").context["first_steps"] == []


def test_first_steps_are_the_networks_administrators_alone(editor):
    assert first_steps(editor) == []
