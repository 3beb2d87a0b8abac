"""What is typed is kept for its writer before it is saved: no revision, and nobody else's."""

import json
from uuid import uuid4

import pytest
from django.utils import translation

from articles import workflow, writing
from articles.models import Article, Autosave, Presence
from tests.desk import ADD, change_url, form_data, in_english, text_of, words_of
from tests.factories import make_picture, make_story, rewrite

NEW = "/articles/article/autosave/"


@pytest.fixture(autouse=True)
def _english(correspondent, editor, other_editor):
    in_english(correspondent, editor, other_editor)


@pytest.fixture
def writing_desk(desk_client, correspondent):
    return desk_client(correspondent)


def url_of(story: Article) -> str:
    return f"/articles/article/{story.pk}/autosave/"


def said(user, fields: dict | None = None, **more) -> str:
    pairs = None if fields is None else [[name, str(value)] for name, value in fields.items()]
    return json.dumps(
        {"key": str(uuid4()), "writer": user.pk, "fields": pairs, "after": "", **more}
    )


def tell(client, url: str, what: str):
    return client.post(
        url, what, content_type="application/json", headers={"accept": "application/json"}
    )


def test_what_is_typed_is_kept_and_is_no_revision(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    key = str(uuid4())
    typed = said(correspondent, form_data(story, headline="Diketik"), key=key, version=1)

    answer = tell(writing_desk, url_of(story), typed).json()

    kept = Autosave.objects.get()
    assert (kept.user, kept.article, kept.version) == (correspondent, story, 1)
    assert (kept.headline, str(kept.key)) == ("Diketik", key)
    assert (answer["key"], answer["after"]) == (key, kept.saved_at.isoformat())
    story.refresh_from_db()
    assert (story.version, story.revisions.count()) == (1, 1)
    assert Presence.objects.get().user == correspondent


def test_the_answer_says_what_the_checks_make_of_what_is_typed(
    writing_desk, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="", body="<p>" + "kata " * 401 + "</p>", summary="r" * 161)

    answer = tell(writing_desk, url_of(story), said(correspondent, typed)).json()

    assert answer["holds"] == 1
    assert "The headline is missing." in answer["checks"]
    assert "The summary is long." in answer["checks"]
    assert "401 words" in answer["length"]
    assert "3 minutes to read" in answer["length"]


def test_what_the_form_would_refuse_to_save_holds(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="j" * 201, summary="r" * 301)

    answer = tell(writing_desk, url_of(story), said(correspondent, typed)).json()

    assert answer["holds"] == 2
    assert "The headline is too long to be saved." in answer["checks"]
    assert "The summary is too long to be saved." in answer["checks"]


def test_a_new_story_is_not_held_by_a_bureau_that_its_form_does_not_send(
    writing_desk, correspondent, cilacap
):
    typed = {"headline": "Kapal kembali melaut", "body": "<p>Pagi ini.</p>"}

    answer = tell(writing_desk, NEW, said(correspondent, typed)).json()

    assert "The home bureau is not open." not in answer["checks"]
    assert "No section is chosen." in answer["checks"]


def test_the_checks_know_no_picture_of_another_bureau(
    writing_desk, correspondent, cilacap, makassar
):
    story = make_story(correspondent, cilacap)
    foreign = make_picture(makassar, alt_text="")

    answer = tell(
        writing_desk, url_of(story), said(correspondent, form_data(story, picture=foreign.pk))
    ).json()

    assert "There is no picture." in answer["checks"]
    assert "alternative text" not in answer["checks"]


def test_what_says_the_same_as_the_story_is_not_kept(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    key = str(uuid4())
    tell(writing_desk, url_of(story), said(correspondent, form_data(story, headline="X"), key=key))
    assert Autosave.objects.count() == 1

    tell(writing_desk, url_of(story), said(correspondent, form_data(story), key=key))

    assert not Autosave.objects.exists()


def test_what_another_device_wrote_under_the_same_key_is_not_overwritten(
    writing_desk, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    key = str(uuid4())

    def typed(headline: str, after: str) -> str:
        return said(correspondent, form_data(story, headline=headline), key=key, after=after)

    first = tell(writing_desk, url_of(story), typed("Di ponsel", "")).json()
    second = tell(writing_desk, url_of(story), typed("Di ponsel, lagi", first["after"])).json()
    third = tell(writing_desk, url_of(story), typed("Di laptop", first["after"])).json()

    assert second["key"] == key != third["key"]
    assert {kept.headline for kept in Autosave.objects.all()} == {"Di ponsel, lagi", "Di laptop"}


@pytest.mark.parametrize("who", ["other_editor", "administrator", "photo_editor", "outsider"])
@pytest.mark.parametrize("fields", [None, {"headline": "Milik saya"}])
def test_nobody_of_another_bureau_reaches_a_story_by_its_number(
    request, desk_client, correspondent, cilacap, who, fields
):
    story = make_story(correspondent, cilacap, headline="Rahasia dapur")
    stranger = request.getfixturevalue(who)

    answer = tell(desk_client(stranger), url_of(story), said(stranger, fields))

    assert answer.status_code in (302, 403, 404)
    assert "Rahasia" not in answer.content.decode()
    assert not Autosave.objects.exists()
    assert not Presence.objects.exists()


def test_an_unsaved_text_is_its_writers_alone(
    desk_client, writing_desk, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    tell(
        writing_desk, url_of(story), said(correspondent, form_data(story, headline="Rahasia saya"))
    )
    key = Autosave.objects.get().key
    client = desk_client(editor)

    pages = [
        f"{change_url(story)}?text={key}",
        f"/articles/article/{story.pk}/conflict/{key}/",
        f"{ADD}?text={key}",
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    offers = client.get(f"/articles/article/{story.pk}/unsaved/").json()["offers"]
    assert "Rahasia saya" not in offers + client.get(change_url(story)).content.decode()
    client.post(f"/articles/article/unsaved/{key}/drop/")
    assert Autosave.objects.count() == 1


def test_a_page_of_somebody_else_keeps_nothing_under_the_name_that_is_signed_in(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Ditulis Ratih", writer=correspondent.pk, key=uuid4())

    answer = tell(desk_client(editor), url_of(story), said(correspondent, typed))

    assert (answer.status_code, answer.json()["why"]) == (409, "other")
    assert not Autosave.objects.exists()

    page = desk_client(editor).post(change_url(story), typed)
    assert "You are now signed in as Wening Kusumastuti" in text_of(page)
    assert Article.objects.get().version == 1
    desk_client(editor).post(change_url(story), {**typed, "_as": editor.pk})
    assert Article.objects.get().revisions.first().saved_by == editor


def test_what_is_too_long_is_refused_with_a_reason(writing_desk, correspondent, cilacap, settings):
    story = make_story(correspondent, cilacap)
    long = said(correspondent, {"body": "a" * 1_000_001})

    answer = tell(writing_desk, url_of(story), long)

    assert answer.status_code == 413
    assert answer.json()["message"].startswith("The text is too long to be kept by itself.")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = tell(writing_desk, url_of(story), said(correspondent, {"body": "a" * 2000}))
    assert answer.status_code == 413
    sent = writing_desk.post(
        change_url(story), form_data(story, body="a" * 2000), headers={"accept": "application/json"}
    )
    assert sent.status_code == 413
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"writer": "x"}',
        '{"writer": 1, "fields": 7}',
        "\0",
        '{"writer": 1, "version": -1}',
        '{"writer": 1, "version": 9999999999}',
        '{"writer": 1, "key": "abc"}',
    ],
)
def test_what_cannot_be_read_is_refused_and_crashes_nothing(writing_desk, correspondent, body):
    answer = tell(writing_desk, NEW, body)

    assert answer.status_code == 400
    assert answer.json()["message"] == "The desk could not read what this page sent. Load it again."


def test_letters_that_no_database_holds_are_left_out(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Ka\0pal \ud800melaut")

    answer = tell(writing_desk, url_of(story), said(correspondent, typed))

    assert answer.status_code == 200
    assert Autosave.objects.get().headline == "Kapal ?melaut"
    assert writing_desk.get(change_url(story)).status_code == 200


# Offered again


def test_a_text_that_was_not_saved_is_offered_with_what_differs_and_never_put_in(
    writing_desk, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, headline="Kapal melaut")
    typed = form_data(story, headline="Kapal kembali melaut")
    tell(writing_desk, url_of(story), said(correspondent, typed, version=1))

    page = writing_desk.get(change_url(story))

    form = page.context["adminform"].form
    assert form["headline"].value() == "Kapal melaut"
    assert "You have 1 text that is not saved" in text_of(page)
    (offer,) = page.context["offers"]
    with translation.override("en"):
        assert [str(part.label) for part in offer.differences] == ["Headline"]
    restored = writing_desk.get(f"{change_url(story)}?text={offer.key}")
    form = restored.context["adminform"].form
    assert form["headline"].value() == "Kapal kembali melaut"
    assert form["key"].value() == str(offer.key)
    assert Article.objects.get().version == 1


def test_saving_the_restored_text_ends_the_offer(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Kapal kembali melaut")
    tell(writing_desk, url_of(story), said(correspondent, typed, version=1))
    key = Autosave.objects.get().key

    writing_desk.post(change_url(story), {**typed, "key": key})

    assert Article.objects.get().headline == "Kapal kembali melaut"
    assert not Autosave.objects.exists()


def test_saving_another_text_leaves_the_offer(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Di ponsel")
    tell(writing_desk, url_of(story), said(correspondent, typed, version=1))

    writing_desk.post(change_url(story), form_data(story, headline="Di laptop", key=uuid4()))

    page = writing_desk.get(change_url(story))
    (offer,) = page.context["offers"]
    assert (offer.headline, offer.is_stale) == ("Di ponsel", True)
    assert f'href="/articles/article/{story.pk}/conflict/{offer.key}/"' in page.content.decode()


def test_a_text_whose_story_the_desk_has_taken_is_still_shown(
    writing_desk, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, summary="Ditulis sebelum diambil.")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)

    writing_desk.post(change_url(story), {**typed, "key": uuid4()})

    page = writing_desk.get(change_url(story))
    assert "Ditulis sebelum diambil." in text_of(page)
    assert "You have 1 text that is not saved" in text_of(page)


def test_several_texts_are_offered_in_one_banner(writing_desk, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    for headline in ("Di ponsel", "Di laptop", "Di kantor"):
        typed = form_data(story, headline=headline)
        tell(writing_desk, url_of(story), said(correspondent, typed, version=1, key=str(uuid4())))

    page = writing_desk.get(change_url(story)).content.decode()

    assert page.count('<section class="offer notice') == 1
    assert "You have 3 texts that are not saved" in page
    assert page.count("<li data-offer>") == 3


def test_a_new_story_is_offered_until_it_is_saved_or_thrown_away(writing_desk, correspondent):
    keys = [str(uuid4()), str(uuid4())]
    for key in keys:
        typed = form_data(headline=f"Naskah {key[:4]}", bureau=correspondent.author.bureau_id)
        tell(writing_desk, NEW, said(correspondent, typed, key=key))

    assert [text.key for text in writing.unsaved_of(correspondent)] == [
        kept.key for kept in Autosave.objects.order_by("-saved_at")
    ]
    page = writing_desk.get(f"{ADD}?text={keys[0]}")
    form = page.context["adminform"].form
    assert form["headline"].value() == f"Naskah {keys[0][:4]}"
    writing_desk.post(ADD, form_data(headline="Naskah", key=keys[0]))
    writing_desk.post(f"/articles/article/unsaved/{keys[1]}/drop/")

    assert writing.unsaved_of(correspondent) == []
    assert Article.objects.count() == 1


def test_an_autosave_that_comes_after_the_save_is_no_new_story(writing_desk, correspondent):
    key = str(uuid4())
    typed = form_data(headline="Naskah")
    writing_desk.post(ADD, {**typed, "key": key})

    tell(writing_desk, NEW, said(correspondent, typed, key=key))

    assert writing.unsaved_of(correspondent) == []
    assert writing_desk.get(change_url(Article.objects.get())).context["offers"] == []


def test_texts_without_a_headline_are_told_apart_by_the_words_they_begin_with(
    writing_desk, correspondent
):
    for words in ("Air di Jeruklegi naik sejak pukul dua dini hari, kata Suryati.", "Rapat."):
        typed = form_data(headline="", body=f"<p>{words}</p>")
        tell(writing_desk, NEW, said(correspondent, typed, key=str(uuid4())))

    assert [text.headline for text in writing.unsaved_of(correspondent)] == [
        "Rapat.",
        "Air di Jeruklegi naik sejak pukul dua dini…",
    ]
    assert "Air di Jeruklegi naik" in text_of(writing_desk.get("/"))


def test_an_empty_new_form_leaves_nothing_behind(writing_desk, correspondent):
    tell(writing_desk, NEW, said(correspondent, form_data(bureau=1)))

    assert not Autosave.objects.exists()


def test_markup_in_an_unsaved_text_is_shown_as_the_letters_it_is(
    writing_desk, correspondent, editor, cilacap
):
    evil = '"><script>alert(1)</script>'
    story = make_story(correspondent, cilacap)
    body = f'<p onclick="x()">Deru</p><script>alert(1)</script>{evil}'
    typed = form_data(story, headline=evil, tags=evil, body=body)
    tell(writing_desk, url_of(story), said(correspondent, typed, version=1))
    rewrite(story, by=editor, headline=evil + "2", body="<p>Lain.</p>")
    key = Autosave.objects.get().key

    for page in (change_url(story), f"/articles/article/{story.pk}/conflict/{key}/"):
        html = writing_desk.get(page).content.decode()
        assert "<script>alert(1)" not in html
        assert "onclick" not in html


# Who is there


def test_who_else_has_the_story_open_is_said_and_clears_by_itself(
    desk_client, writing_desk, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    client = desk_client(editor)
    alone = tell(client, url_of(story), said(editor)).json()

    tell(writing_desk, url_of(story), said(correspondent))
    reading = tell(client, url_of(story), said(editor)).json()
    tell(writing_desk, url_of(story), said(correspondent, form_data(story, headline="Baru")))
    typing = tell(client, url_of(story), said(editor)).json()
    Presence.objects.filter(user=correspondent).update(seen_at="2020-01-01T00:00:00Z")
    gone = tell(client, url_of(story), said(editor)).json()

    assert alone["presence"].strip() == gone["presence"].strip() == ""
    assert "Ratih Purwandari is reading" in reading["presence"]
    assert "Ratih Purwandari is writing" in typing["presence"]


def test_who_closes_the_story_is_gone_and_takes_nobody_along(
    desk_client, writing_desk, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    for user in (correspondent, editor):
        writing.be_present(story, user, is_typing=False)

    answer = desk_client(editor).post(f"/articles/article/{story.pk}/leave/")

    assert answer.status_code == 204
    assert [presence.user for presence in story.presences.all()] == [correspondent]


def test_nobody_is_sent_away_by_another_site(desk_client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    writing.be_present(story, correspondent, is_typing=False)
    client = desk_client(correspondent, enforce_csrf_checks=True)

    assert client.post(f"/articles/article/{story.pk}/leave/").status_code == 403
    assert client.get(f"/articles/article/{story.pk}/leave/").status_code == 405
    assert story.presences.count() == 1


def test_whoever_has_something_unsaved_is_writing_until_it_is_saved_or_thrown_away(
    desk_client, writing_desk, correspondent, editor, cilacap
):
    def told() -> str:
        return words_of(tell(client, url_of(story), said(editor)).json()["presence"])

    story, other = (make_story(correspondent, cilacap) for _ in range(2))
    client = desk_client(editor)
    tell(writing_desk, url_of(story), said(correspondent, form_data(story, headline="Baru")))
    Presence.objects.update(typed_at="2020-01-01T00:00:00Z")

    assert told() == "RP Ratih Purwandari is writing"
    Autosave.objects.update(article=other)
    assert told() == "RP Ratih Purwandari is reading"


def test_a_page_is_told_at_once_that_somebody_has_saved_the_story(
    writing_desk, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    rewrite(story, by=editor, headline="Judul redaktur")

    answer = tell(writing_desk, url_of(story), said(correspondent, version=1)).json()

    assert "Wening Kusumastuti saved this story at" in answer["meanwhile"]
    assert "side by side" in answer["meanwhile"]


def test_a_page_is_told_what_somebody_else_has_done_with_the_story(
    writing_desk, desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    seen = story.events.first().pk
    at_first = tell(writing_desk, url_of(story), said(correspondent, seen=seen)).json()
    workflow.claim(story, by=editor)
    workflow.send_back(story, by=editor, reason="Berapa panjang jembatannya?")
    theirs = tell(writing_desk, url_of(story), said(correspondent, seen=seen)).json()
    own = tell(desk_client(editor), url_of(story), said(editor, seen=seen)).json()

    assert "Load the page again" not in at_first["meanwhile"]
    assert "Wening Kusumastuti" in theirs["meanwhile"]
    assert "Berapa panjang jembatannya?" in theirs["meanwhile"]
    assert "Load the page again" not in own["meanwhile"]
