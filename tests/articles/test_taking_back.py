"""An older text is taken back into the story form; only saving it puts it into the story."""

import pytest

from articles import workflow, writing
from articles.models import Article, Autosave, Event, Revision
from tests.desk import change_url, errors_of, form_data, in_english
from tests.factories import make_picture, make_story, rewrite


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def story(correspondent, cilacap):
    """A story whose first text was another one than its third."""
    story = make_story(
        correspondent, cilacap, headline="Judul lama", body="<p>Isi lama.</p>", tags=["nelayan"]
    )
    rewrite(story, by=correspondent, headline="Judul kedua", body="<p>Isi kedua.</p>")
    rewrite(story, by=correspondent, headline="Judul ketiga")
    return Article.objects.get()


def url(story: Article, number: int = 1) -> str:
    return f"/articles/article/{story.pk}/take/{number}/"


def compare(client, story: Article, query: str) -> list[str]:
    """The addresses with which the comparison offers to take a text back."""
    page = client.get(f"/articles/article/{story.pk}/compare/{query}")
    return [side.take_url for side in page.context["sides"]]


def sent(page) -> dict:
    """The story form as it stands, as a browser would send it."""
    form = page.context["adminform"].form
    (credits,) = [each.formset for each in page.context["inline_admin_formsets"]]
    fields = [*form, *credits.management_form, *(field for row in credits.forms for field in row)]
    fields = [field for field in fields if field.name != "embargo_until"]
    data = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def test_an_older_text_stands_in_the_form_and_not_in_the_story(desk_client, correspondent, story):
    client = desk_client(correspondent)

    answer = client.post(url(story), follow=True)

    assert answer.context["adminform"].form["headline"].value() == "Judul lama"
    assert answer.context["adminform"].form["body"].value() == "<p>Isi lama.</p>"
    said = answer.content.decode()
    assert "saved by Ratih Purwandari." in said
    assert "It is not in the story before you save it." in said
    assert Article.objects.get().headline == "Judul ketiga"
    assert Revision.objects.count() == 3
    assert not Event.objects.exists()


def test_saving_it_makes_a_new_revision_of_the_usual_kind(desk_client, correspondent, story):
    client = desk_client(correspondent)
    page = client.post(url(story), follow=True)

    client.post(change_url(story), sent(page))

    story.refresh_from_db()
    assert (story.version, story.headline, story.body) == (4, "Judul lama", "<p>Isi lama.</p>")
    last = story.revisions.first()
    assert (last.number, last.saved_by) == (4, correspondent)
    assert list(story.tags.names()) == ["nelayan"]
    assert not Autosave.objects.exists()


def test_what_somebody_saves_meanwhile_is_not_overwritten(
    desk_client, correspondent, editor, story
):
    client = desk_client(correspondent)
    page = client.post(url(story), follow=True)
    rewrite(story, by=editor, headline="Judul redaktur")

    answer = client.post(change_url(story), sent(page))

    assert "/conflict/" in answer["Location"]
    assert Article.objects.get().headline == "Judul redaktur"
    assert Autosave.objects.get().headline == "Judul lama"


def test_a_text_of_ones_own_that_is_not_saved_stays_beside_it(desk_client, correspondent, story):
    typed = form_data(story, headline="Sedang diketik")
    pairs = [[name, str(value)] for name, value in typed.items()]
    key = "5b0e1a3e-8f5e-4a4f-9a57-0d5d2f6c1b11"
    writing.keep(correspondent, pairs, key=key, version=story.version, article=story)

    client = desk_client(correspondent)
    for _twice in range(2):
        client.post(url(story))

    kept = Autosave.objects.order_by("saved_at")
    assert [text.headline for text in kept] == ["Sedang diketik", "Judul lama"]


def test_the_comparison_offers_each_text_but_the_one_that_the_story_has(
    desk_client, correspondent, editor, story
):
    client = desk_client(correspondent)

    assert compare(client, story, "?from=1&to=3") == [url(story, 1), ""]
    assert compare(client, story, "?from=1&to=2") == [url(story, 1), url(story, 2)]
    workflow.submit(story, by=correspondent)
    assert compare(client, story, "?from=1&to=3") == ["", ""]
    assert compare(desk_client(editor), story, "?from=1&to=3") == [url(story, 1), ""]


def test_whoever_may_not_change_the_story_takes_nothing_back(desk_client, correspondent, story):
    workflow.submit(story, by=correspondent)
    client = desk_client(correspondent)

    answer = client.post(url(story), follow=True)

    assert "You cannot change this story now." in answer.content.decode()
    assert not Autosave.objects.exists()


def test_the_text_that_the_story_has_is_said_to_be_there(desk_client, correspondent, story):
    answer = desk_client(correspondent).post(url(story, 3), follow=True)

    assert "The story has this text already." in answer.content.decode()
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("number", [4, 99])
def test_what_is_no_text_of_the_story_cannot_be_taken(desk_client, correspondent, story, number):
    assert desk_client(correspondent).post(url(story, number)).status_code == 404


def test_an_older_text_with_a_picture_that_is_gone_says_so_and_is_kept(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap)
    story = make_story(correspondent, cilacap, headline="Judul lama", picture=picture)
    rewrite(story, by=correspondent, headline="Judul baru", picture=None)
    picture.delete()
    client = desk_client(correspondent)
    page = client.post(url(story), follow=True)

    answer = client.post(change_url(story), sent(page))

    assert list(errors_of(answer)) == ["picture"]
    assert "Judul lama" in [text.headline for text in Autosave.objects.all()]
    assert Article.objects.get().headline == "Judul baru"
