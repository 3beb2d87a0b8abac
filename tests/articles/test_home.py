"""The first page of the desk: a new newsroom is set up from it, and times are those that matter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.home import first_steps
from articles.models import Page
from bureaus.models import Network
from tests.desk import text_of
from tests.factories import approve_story, make_author, make_bureau, make_story

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


def test_a_scheduled_story_carries_the_time_at_which_it_goes_live(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    approve_story(story, by=correspondent, editor=editor)
    at = timezone.now() + timedelta(days=3)
    workflow.schedule(story, by=editor, at=at, version=story.version)

    for address in ("/", "/articles/article/?tab=scheduled"):
        page = desk_client(editor).get(address).content.decode()
        assert f'datetime="{at.isoformat()[:19]}' in page, address
