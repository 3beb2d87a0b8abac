"""A story that runs at another bureau, too."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import listings, workflow
from articles.models import Placement
from bureaus.models import Network
from tests.desk import errors_of, text_of, verb_url
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    publish_next,
    publish_story,
    rewrite,
)


@pytest.fixture
def story(correspondent, editor, cilacap):
    return publish_story(correspondent, editor, cilacap).article


def on_list_of(bureau):
    name = listings.of_bureau(bureau.pk)
    return listings.newest({name: 10})[name]


def test_a_placed_story_stands_on_the_other_bureaus_list_with_its_own_words(
    story, editor, makassar
):
    workflow.place(
        story, by=editor, bureau=makassar, local_headline="Judul setempat", local_note="Artinya."
    )
    line = on_list_of(makassar)[0]
    assert (line.article_id, line.placement.headline) == (story.pk, "Judul setempat")
    assert line.edition.bureau == story.bureau


def test_it_follows_the_story_to_its_next_edition(story, editor, correspondent, makassar):
    workflow.place(story, by=editor, bureau=makassar)
    publish_next(story, by=correspondent, editor=editor, headline="Edisi kedua")
    assert [line.edition.headline for line in on_list_of(makassar)] == ["Edisi kedua"]


def test_it_can_be_taken_off_again(story, editor, makassar):
    workflow.place(story, by=editor, bureau=makassar)
    workflow.unplace(story, by=editor, bureau=makassar)
    assert on_list_of(makassar) == []
    assert len(on_list_of(story.bureau)) == 1
    workflow.place(story, by=editor, bureau=makassar)
    assert len(on_list_of(makassar)) == 1


def test_a_placement_to_come_is_not_shown_before_its_time(story, editor, makassar):
    workflow.place(story, by=editor, bureau=makassar, at=timezone.now() + timedelta(hours=1))
    assert on_list_of(makassar) == []


def test_the_receiving_bureau_may_take_a_story_and_others_may_not(
    story, other_editor, correspondent, outsider, makassar, jayapura
):
    with pytest.raises(workflow.NotAllowed):
        workflow.place(story, by=other_editor, bureau=jayapura)
    for stranger in (correspondent, outsider):
        with pytest.raises(workflow.NotAllowed):
            workflow.place(story, by=stranger, bureau=makassar)
    workflow.place(story, by=other_editor, bureau=makassar)
    assert Placement.objects.get().placed_by == other_editor


def test_the_network_may_keep_placing_to_the_receiving_bureau(story, editor, makassar):
    Network.objects.update(home_places_elsewhere=False)
    with pytest.raises(workflow.NotAllowed):
        workflow.place(story, by=editor, bureau=makassar)


def test_only_a_live_story_is_placed_once_and_elsewhere(
    story, editor, correspondent, cilacap, makassar
):
    with pytest.raises(workflow.NotNow):
        workflow.place(make_story(correspondent, cilacap), by=editor, bureau=makassar)
    with pytest.raises(workflow.BadRequest):
        workflow.place(story, by=editor, bureau=cilacap)
    workflow.place(story, by=editor, bureau=makassar)
    with pytest.raises(workflow.BadRequest):
        workflow.place(story, by=editor, bureau=makassar)


def closed_on(page) -> list[str]:
    """The bureaus that the page shows and does not let choose."""
    options = re.findall(r"<option ([^>]*)>([^<]*)", page.content.decode())
    return [name for attributes, name in options if "disabled" in attributes]


def _pictured(picture) -> str:
    return f'<p>Satu.</p><figure data-object="picture" data-id="{picture.pk}"></figure>'


@pytest.mark.parametrize("is_lead", [True, False])
def test_a_story_whose_picture_is_not_shared_runs_nowhere_else(
    desk_client, correspondent, editor, cilacap, makassar, jayapura, is_lead
):
    picture = make_picture(cilacap, caption="Kapal.")
    use = {"picture": picture} if is_lead else {"body": _pictured(picture)}
    story = publish_story(correspondent, editor, cilacap, **use).article
    page = desk_client(editor).get(verb_url(story, "place"))
    assert ", tidak satu pun biro lain bisa menayangkan berita ini" in text_of(page)
    assert f'<a href="/articles/picture/{picture.pk}/change/">“Kapal”</a>' in page.content.decode()
    assert closed_on(page) == ["Jayapura", "Makassar"]
    refused = desk_client(editor).post(verb_url(story, "place"), {"bureau": makassar.pk})
    assert errors_of(refused) == {
        "bureau": [
            "Makassar tidak boleh memakai “Kapal”. Minta gambar itu dibagikan dulu ke biro"
            " tersebut, atau pilih gambar lain."
        ]
    }
    assert not Placement.objects.exists()

    picture.shared_with = [makassar.pk]
    picture.save()
    page = desk_client(editor).get(verb_url(story, "place"))
    assert ", berita ini belum bisa tayang di Jayapura." in text_of(page)
    assert closed_on(page) == ["Jayapura"]
    workflow.place(story, by=editor, bureau=makassar)
    assert Placement.objects.get().bureau == makassar


def test_the_next_edition_brings_no_picture_that_a_bureau_which_runs_it_may_not_use(
    story, correspondent, editor, cilacap, makassar
):
    workflow.place(story, by=editor, bureau=makassar)
    rewrite(story, by=correspondent, picture=make_picture(cilacap, caption="Kapal"))
    approve_story(story, by=correspondent, editor=editor)
    with pytest.raises(workflow.BadRequest):
        workflow.update(story, by=editor)
    workflow.unplace(story, by=editor, bureau=makassar)
    assert workflow.update(story, by=editor).picture.caption == "Kapal"
