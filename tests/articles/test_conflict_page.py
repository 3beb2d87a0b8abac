"""The page on which one of two texts of a story is chosen, part by part."""

from uuid import uuid4

import pytest

from articles.models import Article, Autosave
from tests.desk import change_url, form_data, in_english, messages_of, text_of, verb_url
from tests.factories import make_author, make_story, rewrite


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.fixture
def stale(desk_client, correspondent, editor, cilacap):
    """The page to which a reporter is led who sends a text that an editor has overtaken."""
    story = make_story(correspondent, cilacap, headline="Judul lama", body=body("Satu.", "Dua."))
    client = desk_client(correspondent)
    sent = form_data(
        story, headline="Judul reporter", body=body("Satu.", "Dua, reporter."), key=uuid4()
    )
    rewrite(story, by=editor, headline="Judul redaktur", body=body("Satu, redaktur.", "Dua."))
    client.post(change_url(story), sent)
    kept = Autosave.objects.get()
    return client, story, f"/articles/article/{story.pk}/conflict/{kept.key}/"


def test_nothing_is_saved_before_every_part_is_chosen(stale):
    client, _story, url = stale
    page = client.get(url)

    answer = client.post(url, {"stamp": page.context["stamp"], "body-0": "mine"})

    assert answer.status_code == 409
    assert "Choose one for each part" in text_of(answer)
    assert Article.objects.get().version == 2
    chosen = {row["part"].name: row["choice"] for row in answer.context["settled"]}
    assert chosen == {"body-0": "mine", "body-1": "mine"}


def test_the_choice_is_saved_and_all_three_texts_remain(stale):
    client, story, url = stale
    page = client.get(url)

    client.post(url, {"stamp": page.context["stamp"], "headline": "mine"})

    story.refresh_from_db()
    assert (story.headline, story.version) == ("Judul reporter", 3)
    assert story.body == "<p>Satu, redaktur.</p>\n<p>Dua, reporter.</p>"
    headlines = [revision.content["headline"] for revision in story.revisions.all()]
    assert headlines == ["Judul reporter", "Judul redaktur", "Judul lama"]
    assert not Autosave.objects.exists()


def test_a_choice_about_texts_that_have_changed_is_asked_again(stale, editor):
    client, story, url = stale
    page = client.get(url)
    rewrite(story, by=editor, headline="Judul redaktur, lagi")

    answer = client.post(url, {"stamp": page.context["stamp"], "headline": "mine"})

    story.refresh_from_db()
    assert answer.status_code == 409
    assert "has changed since you opened this page" in text_of(answer)
    assert "Judul redaktur, lagi" in text_of(answer)
    assert (story.headline, story.version) == ("Judul redaktur, lagi", 3)
    assert Autosave.objects.get().headline == "Judul reporter"


def test_both_orders_of_credits_can_be_chosen_after_rows_have_gone(
    desk_client, correspondent, editor, cilacap
):
    second = make_author("Danu Prasetya", bureau=cilacap)
    story = make_story(correspondent, cilacap, writers=[correspondent.author, second])
    client = desk_client(correspondent)
    sent = form_data(story, key=uuid4(), **{"bylines-1-role": "photographer"})
    story.bylines.filter(author=second).delete()
    rewrite(story, by=editor, headline="Judul redaktur")

    client.post(change_url(story), sent)
    kept = Autosave.objects.get()
    url = f"/articles/article/{story.pk}/conflict/{kept.key}/"
    page = client.get(url)
    client.post(url, {"stamp": page.context["stamp"], "credits": "mine"})

    story.refresh_from_db()
    assert story.headline == "Judul redaktur"
    assert [(str(line.author), line.role) for line in story.bylines.all()] == [
        ("Ratih Purwandari", "writer"),
        ("Danu Prasetya", "photographer"),
    ]


def test_whoever_had_changed_nothing_is_told_so_and_asked_nothing(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    client = desk_client(correspondent)
    sent = form_data(story, key=uuid4())
    rewrite(story, by=editor, headline="Judul redaktur")

    answer = client.post(change_url(story), sent)

    assert answer["Location"] == change_url(story)
    assert "You had changed nothing." in client.get(change_url(story)).content.decode()
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("verb", ["submit", "discard"])
def test_no_verb_passes_over_a_text_of_ones_own_that_waits_for_a_choice(stale, verb):
    client, story, url = stale
    story.refresh_from_db()

    pressed = client.post(change_url(story), form_data(story, key=uuid4(), _verb=verb))
    told = messages_of(client, pressed)[0]
    page = client.get(verb_url(story, verb))
    by_page = client.post(verb_url(story, verb), {"version": 2})

    label = {"submit": "Submit", "discard": "Discard"}[verb]
    said = f"“{label}” has not been done: a text of yours waits for you to choose"
    assert pressed["Location"] == url
    assert said in told
    for answer in (page, by_page):
        assert answer.status_code == 409
        assert said in text_of(answer)
        assert f'<a href="{url}">Compare and choose</a>' in answer.content.decode()
        assert verb not in [button.verb for button in answer.context["offered"]]
    story.refresh_from_db()
    assert (story.stage, story.discarded_at) == ("draft", None)
    assert Autosave.objects.get().headline == "Judul reporter"


def test_what_is_typed_beside_an_undecided_text_is_saved_and_its_verb_waits(stale):
    client, story, url = stale
    story.refresh_from_db()

    sent = form_data(story, key=uuid4(), summary="Ringkasan.", _verb="submit")
    pressed = client.post(change_url(story), sent)

    assert pressed["Location"] == url
    assert messages_of(client, pressed)[0].endswith("What you wrote has been saved.")
    story.refresh_from_db()
    assert (story.stage, story.summary) == ("draft", "Ringkasan.")


def test_a_list_of_stories_submits_none_over_an_undecided_text(stale):
    client, story, url = stale

    sent = {"verb": "submit", "story": f"{story.pk}.2", "back": ""}
    client.post("/articles/article/bulk/", sent)

    page = client.get("/articles/article/").content.decode()
    assert f'<a href="{url}">Compare and choose</a>' in page
    story.refresh_from_db()
    assert story.stage == "draft"


def test_once_a_choice_is_made_the_verb_goes_through(stale):
    client, story, url = stale
    choice = {"stamp": client.get(url).context["stamp"], "headline": "theirs"}
    client.post(url, choice)
    story.refresh_from_db()

    client.post(change_url(story), form_data(story, key=uuid4(), _verb="submit"))

    story.refresh_from_db()
    assert story.stage == "submitted"


def test_a_choice_that_is_not_offered_is_none(stale):
    client, _story, url = stale
    sent = {"headline": "both", "headline-text": "Judul dari keduanya"}

    answer = client.post(url, {"stamp": client.get(url).context["stamp"], **sent})

    assert answer.status_code == 409
    assert "Judul dari keduanya" in answer.content.decode()
    assert Article.objects.get().headline == "Judul redaktur"


SEE_ALSO = '<figure data-object="see-also" data-id="{0.pk}"></figure>'
SIX = [f"Paragraf {number}" for number in ["satu", "dua", "tiga", "empat", "lima", "enam"]]


def meet(client, story, other, mine: str, theirs: str):
    """The page of a story whose text ``other`` has saved while it was written in."""
    sent = form_data(story, body=mine, key=uuid4())
    rewrite(story, by=other, body=theirs)
    client.post(change_url(story), sent)
    return f"/articles/article/{story.pk}/conflict/{Autosave.objects.get().key}/"


@pytest.mark.parametrize(
    ("choice", "end"),
    [("mine", "enam @"), ("theirs", "enam tujuh"), ("both", "enam tujuh @")],
)
def test_an_object_that_was_moved_never_vanishes_from_the_story(
    desk_client, correspondent, editor, cilacap, choice, end
):
    linked = SEE_ALSO.format(make_story(correspondent, cilacap, headline="Lain"))
    before = body(SIX[0]) + linked + body(*SIX[1:])
    story = make_story(correspondent, cilacap, body=before)
    client = desk_client(correspondent)
    url = meet(client, story, editor, body(*SIX) + linked, before + body("Paragraf tujuh"))

    page = client.get(url)
    (row,) = page.context["to_choose"]
    client.post(url, {"stamp": page.context["stamp"], row["part"].name: choice})

    story.refresh_from_db()
    text = story.body.replace(linked, "@").replace("<p>Paragraf ", "").replace("</p>", "")
    assert row["part"].offers_both
    assert story.body.count(linked) == 1
    assert " ".join(text.split()).endswith(end)


def test_sentences_of_both_stand_in_one_paragraph_with_its_links(
    desk_client, correspondent, editor, cilacap
):
    start = 'Kadar CO<sub>2</sub>, kata <strong>Sutarno</strong>, naik (<a href="https://a.example/">data</a>).'
    story = make_story(correspondent, cilacap, body=body(start))
    client = desk_client(correspondent)
    mine, theirs = (body(f"{start} Tambahan {tab}.") for tab in ("tab dua", "tab satu"))
    url = meet(client, story, editor, mine, theirs)

    page = client.get(url)
    (row,) = page.context["to_choose"]
    sent = {"body-0": "combined", "body-0-text": row["text"]}
    client.post(url, {"stamp": page.context["stamp"], **sent})

    story.refresh_from_db()
    linked = start.replace('.example/"', '.example/" rel="noopener"')
    assert row["text"] == (
        "Kadar CO2, kata Sutarno, naik (data). Tambahan tab satu. Tambahan tab dua."
    )
    assert story.body == body(f"{linked} Tambahan tab satu. Tambahan tab dua.")


def test_what_falls_away_by_a_change_of_one_alone_is_not_folded(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, body=body(*SIX))
    client = desk_client(correspondent)
    theirs = body(*SIX[:4], SIX[5], "Paragraf tujuh")
    url = meet(client, story, editor, body("Paragraf satu sekali", *SIX[1:]), theirs)

    page = client.get(url)

    names = {
        kind: [row["part"].label for row in page.context[kind]]
        for kind in ("to_choose", "taking_away", "folded")
    }
    assert names == {
        "to_choose": [],
        "taking_away": ["Text, paragraph 5"],
        "folded": ["Text, paragraph 1", "Text, paragraph 6"],
    }
    told = text_of(page)
    assert told.index("something falls away") < told.index("Text, paragraph 5")
    assert told.index("Text, paragraph 5") < told.index("2 parts were changed by one of you alone")
