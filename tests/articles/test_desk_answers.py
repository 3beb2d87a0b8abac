"""What the desk answers: to what cannot be saved, to who came too late, and after a save."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles import workflow
from articles.dates import stamp_in_words
from articles.models import Article, Autosave, Event
from tests.desk import (
    ADD,
    byline,
    change_url,
    errors_of,
    form_data,
    in_english,
    messages_of,
    text_of,
    verb_url,
    words_of,
)
from tests.factories import approve_story, make_story, publish_story, rewrite


@pytest.fixture(autouse=True)
def _english(correspondent, editor, second_editor):
    in_english(correspondent, editor, second_editor)


@pytest.fixture
def writing(desk_client, correspondent):
    return desk_client(correspondent)


# What cannot be saved


@pytest.mark.parametrize("day", ["0001-01-01", "1944-12-31", "9999-12-31"])
def test_a_year_no_newspaper_deals_in_is_refused_and_stays_typed(
    writing, correspondent, cilacap, day
):
    story = make_story(correspondent, cilacap)
    typed = {"embargo_until_date": day, "embargo_until_time": "10:00"}

    response = writing.post(change_url(story), form_data(story, **typed))

    last = timezone.now().year + 5
    assert errors_of(response) == {"embargo_until": [f"The year must lie between 1945 and {last}."]}
    page = response.content.decode()
    assert f'value="{day}"' in page
    assert f'min="1945-01-01" max="{last}-12-31"' in page
    assert writing.get("/articles/article/").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(("verb", "field"), [("schedule", "at"), ("backdate", "printed_at")])
def test_verbs_take_no_such_year_either(
    desk_client, correspondent, editor, network_editor, cilacap, verb, field, day
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    if verb == "backdate":
        workflow.publish(story, by=editor)
    typed = {f"{field}_date": day, f"{field}_time": "10:00", "reason": "Arsip", "version": 1}

    response = desk_client(network_editor).post(verb_url(story, verb), typed)

    assert list(errors_of(response)) == [field]
    assert response.context["form"][field].value() == [day, "10:00"]


@pytest.mark.parametrize("name", ["picture", "section", "bureau", "bylines-0-author", "version"])
def test_what_is_no_number_is_a_mistake_in_the_form_and_no_crash(writing, name):
    typed = byline(0, Article(pk="x")) | {"bylines-TOTAL_FORMS": 1}

    response = writing.post(ADD, form_data(headline="Kapal", **typed) | {name: "abc"})

    assert response.status_code == 200
    assert response.context["adminform"].form["headline"].value() == "Kapal"
    assert not Article.objects.exists()


def test_a_body_longer_than_a_book_is_refused_at_its_field(writing):
    response = writing.post(ADD, form_data(body="<p>" + "a" * 400_000 + "</p>"))

    assert errors_of(response) == {
        "body": ["The story is too long: 400007 letters, at most 400000."]
    }


def test_a_press_on_submit_in_an_empty_form_stores_no_empty_draft(writing, correspondent):
    empty = form_data(
        body="<p>&nbsp;</p>",
        _verb="submit",
        **byline(0, correspondent.author),
        **{"bylines-TOTAL_FORMS": 1},
    )

    response = writing.post(ADD, empty)

    assert errors_of(response) == {
        "": ["Nothing has been written yet, so there is nothing to submit."]
    }
    assert not Article.objects.exists()


# Who came too late


def opened(story: Article, **more) -> dict:
    """The story form as a browser sends it, credits and topics included."""
    return form_data(story, **more)


def test_who_typed_nothing_is_told_what_happened_and_not_to_overwrite_it(
    desk_client, correspondent, editor, second_editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    typed = opened(story, _verb="publish", _confirmed="yes")
    rewrite(story, by=editor, summary="Disunting.")
    workflow.publish(story, by=editor)
    late = desk_client(second_editor)

    response = late.post(change_url(story), typed)

    said = messages_of(late, response)
    assert len(said) == 1
    assert said[0].startswith("“Publish” is not possible now:")
    assert "Last: Published by Wening Kusumastuti" in said[0]
    assert Event.objects.filter(verb="publish").count() == 1
    story.refresh_from_db()
    assert (story.summary, story.version) == ("Disunting.", 2)


def test_a_text_that_was_not_read_is_not_decided_about_on_the_page_of_a_verb(
    desk_client, correspondent, editor, second_editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    typed = opened(story, _verb="schedule")
    rewrite(story, by=editor, summary="Disunting.")
    late = desk_client(second_editor)

    response = late.post(change_url(story), typed)

    assert response["Location"] == change_url(story)
    assert messages_of(late, response) == [
        "The text has been changed since you opened it. Read it again, then decide."
    ]


@pytest.mark.parametrize("changed", [{"headline": "Judul lain"}, {"tags": "muara"}, "credits"])
def test_who_typed_something_is_shown_both_texts_and_nothing_is_done(
    desk_client, correspondent, editor, second_editor, cilacap, changed
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    if changed == "credits":
        changed = {"bylines-0-role": "contributor"}
    typed = opened(story, _verb="publish", _confirmed="yes") | changed
    rewrite(story, by=editor, summary="Disunting.")
    workflow.publish(story, by=editor)

    late = desk_client(second_editor)

    response = late.post(change_url(story), typed)

    kept = Autosave.objects.get(user=second_editor)
    assert response["Location"] == f"/articles/article/{story.pk}/conflict/{kept.key}/"
    page = late.get(response["Location"])
    assert "Wening Kusumastuti saved this story while you were writing" in text_of(page)
    assert [row["part"].name for row in page.context["to_choose"]] == []
    assert len(page.context["settled"]) == 2
    story.refresh_from_db()
    assert (story.summary, story.version) == ("Disunting.", 2)


def test_who_may_not_do_a_verb_is_refused_before_any_field(
    desk_client, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap)
    story = Article.objects.get()

    response = desk_client(correspondent).post(verb_url(story, "retract"), {"ground": ""})

    assert response.status_code == 409
    assert response.context["refused"] == "You may not do this: Ask for retraction."
    assert 'name="ground"' not in response.content.decode()


# After a save


def test_a_headline_that_quotes_is_quoted_with_single_marks_inside(writing):
    response = writing.post(ADD, form_data(headline='Nelayan: “tiga pekan” tak "melaut"'))

    assert messages_of(writing, response)[0].startswith(
        "“Nelayan: ‘tiga pekan’ tak ‘melaut’” has been saved."
    )


def test_a_saved_draft_is_called_a_draft(writing):
    response = writing.post(ADD, form_data(headline="Kapal"))

    assert messages_of(writing, response) == [
        "“Kapal” has been saved. It is a draft and has not been submitted yet."
    ]


def test_a_change_of_a_live_story_says_what_readers_see_and_that_approval_is_gone(
    writing, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap, headline="Kapal")
    story = Article.objects.get()

    response = writing.post(change_url(story), form_data(story, summary="Baru."))

    assert messages_of(writing, response) == [
        "“Kapal” has been saved. Readers still see the published edition; they get the new text"
        " with an update or a correction. The approval has been withdrawn: the new text must be"
        " approved again."
    ]


def test_saving_a_live_story_without_a_change_says_no_more_than_that(
    writing, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap, headline="Kapal")
    story = Article.objects.get()

    response = writing.post(change_url(story), form_data(story))

    assert messages_of(writing, response) == ["“Kapal” has been saved."]


# Where a story also runs


def test_a_placement_says_from_when_and_the_story_page_where(
    desk_client, correspondent, editor, cilacap, makassar, jayapura
):
    publish_story(correspondent, editor, cilacap, headline="Kapal")
    story = Article.objects.get()
    client = desk_client(editor)
    start = timezone.localtime(timezone.now() + timedelta(days=1), cilacap.zone)
    start = start.replace(second=0, microsecond=0)

    assert 'value="unplace"' not in client.get(change_url(story)).content.decode()
    response = client.post(
        verb_url(story, "place"),
        {
            "bureau": makassar.pk,
            "at_date": f"{start:%Y-%m-%d}",
            "at_time": f"{start:%H:%M}",
            "version": 1,
        },
    )

    with translation.override("en"):
        stamp = stamp_in_words(start, cilacap)
    assert messages_of(client, response)[0].startswith(
        f"“Kapal” will also run in Makassar, from {stamp}."
    )
    page = client.get(change_url(story))
    assert f"Will also run in Makassar, from {stamp}" in text_of_panel(page)
    assert "Placed in another bureau by Wening Kusumastuti, Makassar" in text_of_panel(page)
    form = client.get(verb_url(story, "unplace")).context["form"]
    assert list(form.fields["bureau"].queryset) == [makassar]


def test_the_log_says_when_a_schedule_was_for_and_what_a_correction_said(
    desk_client, correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    start = timezone.now() + timedelta(days=1)
    workflow.schedule(story, by=editor, at=start)
    client = desk_client(editor)

    with translation.override("en"):
        stamp = stamp_in_words(start, cilacap)
    page = text_of_panel(client.get(change_url(story)))
    assert f"Scheduled by Wening Kusumastuti, from {stamp}" in page

    workflow.unschedule(story, by=editor)
    workflow.publish(story, by=editor)
    rewrite(story, by=correspondent, summary="Baru.")
    approve_story(story, by=correspondent, editor=editor)
    workflow.correct(story, by=editor, notice="Jumlahnya 24, bukan 42.")
    page = text_of_panel(client.get(change_url(story)))
    assert "“Jumlahnya 24, bukan 42.”" in page


def text_of_panel(response) -> str:
    html = response.content.decode()
    return words_of(html[html.find('id="checks"') :])


# A session that has ended

DESK = {"Origin": "http://desk.bentara.test"}


def test_what_a_session_that_ended_sends_is_carried_and_not_saved(
    desk_client, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline='Kapal "</textarea><script>x</script>', _verb="submit")

    response = desk_client().post(change_url(story), typed, headers=DESK)

    html = response.content.decode()
    carried = dict(response.context["fields"])
    assert response.status_code == 403
    assert "Belum" in html or "Not saved yet: your session has ended" in html
    assert "<script>x" not in html
    assert carried == {name: str(value) for name, value in typed.items() if name != "_verb"}
    assert "no-store" in response["Cache-Control"]
    assert Article.objects.get().headline == story.headline


@pytest.mark.parametrize("origin", ["", "https://evil.example", "http://cilacap.bentara.test"])
def test_nothing_is_carried_for_another_site(desk_client, origin):
    headers = {"Origin": origin} if origin else {}

    response = desk_client().post(ADD, form_data(headline="Kapal"), headers=headers)

    assert "Kapal" not in response.content.decode()


def test_a_form_with_the_token_of_an_older_session_is_shown_again_and_not_saved(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    client = desk_client(correspondent, enforce_csrf_checks=True)
    typed = form_data(story, headline="Judul lain", tags="muara", _verb="submit")

    response = client.post(change_url(story), typed, headers=DESK)

    form = response.context["adminform"].form
    assert (form["headline"].value(), form["tags"].value()) == ("Judul lain", "muara")
    assert errors_of(response) == {"": ["You have logged in again. Look it over, then press Save."]}
    assert "csrfmiddlewaretoken" in response.content.decode()
    assert Article.objects.get().headline == story.headline
    assert not Event.objects.exists()


def test_a_verb_with_the_token_of_an_older_session_keeps_its_words_and_is_not_done(
    desk_client, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap)
    story = Article.objects.get()
    client = desk_client(editor, enforce_csrf_checks=True)

    response = client.post(
        verb_url(story, "retract"), {"ground": "factual", "reason": "Keliru."}, headers=DESK
    )

    assert response.context["form"]["reason"].value() == "Keliru."
    assert list(errors_of(response)) == [""]
    assert Article.objects.get().retraction_request is None


def test_the_address_of_logging_out_asks_before_it_does(writing):
    response = writing.get("/logout/")

    assert response.status_code == 200
    assert "Log out?" in text_of(response)
    assert writing.get("/").status_code == 200
