"""Verbs as buttons and pages: they fit role and stage, ask what they need, refuse in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Event, PublicState
from tests.desk import (
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
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Kapal melaut")


def offered(page) -> list[str]:
    """The verbs on the story page, in their order, with "…" where they ask."""
    buttons = [*page.context["leading"], *page.context["rest"]]
    return [button.verb + ("…" if button.asks else "") for button in buttons]


def log() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_the_story_page_offers_the_verbs_that_fit_role_and_stage(
    desk_client, correspondent, editor, second_editor, story
):
    def seen_by(user) -> list[str]:
        return offered(desk_client(user).get(change_url(story)))

    assert seen_by(correspondent) == ["submit", "discard…"]
    assert seen_by(editor) == ["submit", "spike…"]
    workflow.submit(story, by=correspondent)
    assert seen_by(correspondent) == ["withdraw"]
    assert seen_by(editor) == ["claim"]
    workflow.claim(story, by=editor)
    assert seen_by(correspondent) == []
    assert seen_by(editor) == [
        "send_back…",
        "approve",
        "approve_and_publish…",
        "release",
        "approve_and_schedule…",
    ]
    assert seen_by(second_editor) == ["take_over"]
    workflow.approve(story, by=editor)
    assert seen_by(editor) == ["send_back…", "publish…", "schedule…", "reopen"]
    workflow.publish(story, by=editor)
    assert seen_by(correspondent) == []
    assert seen_by(editor) == ["reopen", "place…", "retract…"]


def test_a_press_on_a_verb_saves_first_and_says_where_the_story_now_is(
    desk_client, correspondent, story
):
    client = desk_client(correspondent)

    response = client.post(
        change_url(story), form_data(story, headline="Kapal kembali melaut", _verb="submit")
    )

    story.refresh_from_db()
    assert (story.headline, story.stage, story.version) == ("Kapal kembali melaut", "submitted", 2)
    assert messages_of(client, response) == [
        "“Kapal kembali melaut” has been submitted. Now it waits for an editor of Cilacap."
    ]


def test_a_verb_that_asks_has_its_own_page_after_the_text_was_saved(desk_client, editor, in_review):
    client = desk_client(editor)

    response = client.post(
        change_url(in_review), form_data(in_review, summary="Disunting.", _verb="send_back")
    )

    assert response["Location"] == verb_url(in_review, "send_back")
    form = client.get(response["Location"]).context["form"]
    assert list(form.fields) == ["version", "reason"]
    in_review.refresh_from_db()
    assert (in_review.summary, in_review.stage) == ("Disunting.", "in_review")


def test_a_verb_on_a_stale_page_is_refused_and_names_what_happened(desk_client, editor, in_review):
    client = desk_client(editor)
    workflow.release(in_review, by=editor)

    page = client.get(verb_url(in_review, "send_back"))
    response = client.post(verb_url(in_review, "send_back"), {"reason": "Telat", "version": 1})

    assert page.status_code == response.status_code == 409
    assert "“Send back” is not possible now: the story is “Submitted”" in text_of(page)
    assert "Last: Released by Wening Kusumastuti" in text_of(response)
    assert response.context["form"]["reason"].value() == "Telat"
    assert log() == ["submit", "claim", "release"]


def test_a_refused_verb_is_not_offered_again_but_what_is_possible_now(
    desk_client, editor, second_editor, in_review
):
    client = desk_client(editor)
    workflow.take_over(in_review, by=second_editor)

    answer = client.post(verb_url(in_review, "send_back"), {"reason": "Telat", "version": 1})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "is reviewing this story. Take it over first. Last: Taken over by" in text_of(answer)
    assert [button.verb for button in answer.context["offered"]] == ["take_over"]
    assert 'name="reason"' not in html
    assert "readonly>Telat</textarea>" in html
    assert f'formaction="{verb_url(in_review, "take_over")}"' in html


def test_a_correction_of_a_text_that_changed_meanwhile_leads_back_to_read_it(
    desk_client, correspondent, editor, second_editor, cilacap
):
    publish_story(correspondent, editor, cilacap)
    story = Article.objects.get()
    rewrite(story, by=correspondent, summary="Kedua.")
    approve_story(story, by=correspondent, editor=editor)
    story.refresh_from_db()
    rewrite(story, by=editor, summary="Ketiga.")

    answer = desk_client(editor).post(
        verb_url(story, "correct"), {"notice": "Salah hitung.", "version": 2}
    )

    assert answer.status_code == 409
    assert "Read it again, then decide." in text_of(answer)
    # Nothing that would decide about the text that was not on the page.
    assert {"update", "correct"}.isdisjoint(each.verb for each in answer.context["offered"])
    assert "readonly>Salah hitung.</textarea>" in answer.content.decode()


def test_a_time_within_the_embargo_is_refused_with_the_form_to_choose_another(
    desk_client, correspondent, editor, cilacap
):
    until = timezone.now() + timedelta(days=3)
    story = make_story(correspondent, cilacap, embargo_until=until)
    approve_story(story, by=correspondent, editor=editor)
    day = timezone.localtime(until - timedelta(days=1), cilacap.zone)

    answer = desk_client(editor).post(
        verb_url(story, "schedule"),
        {"at_date": f"{day:%Y-%m-%d}", "at_time": "06:00", "version": 1},
    )

    assert answer.status_code == 409
    assert "under embargo until" in text_of(answer)
    assert answer.context["form"]["at"].value() == [f"{day:%Y-%m-%d}", "06:00"]
    assert 'name="at_date"' in answer.content.decode()


def test_approving_a_text_that_changed_meanwhile_is_refused(
    desk_client, editor, second_editor, in_review
):
    client = desk_client(editor)
    typed = form_data(in_review, _verb="approve")
    rewrite(in_review, by=second_editor, headline="Judul lain")

    response = client.post(change_url(in_review), typed)

    assert messages_of(client, response) == [
        "The text has been changed since you opened it. Read it again, then decide."
    ]
    assert Article.objects.get().stage == "in_review"


def test_a_credited_writer_cannot_approve_the_own_story(
    desk_client, correspondent, editor, in_review
):
    Byline.objects.create(article=in_review, author=editor.author, role="writer", position=1)
    workflow.save_revision(workflow.lock_for_editing(in_review, by=editor), by=editor)
    in_review.refresh_from_db()
    client = desk_client(editor)

    assert "approve" not in offered(client.get(change_url(in_review)))
    response = client.post(change_url(in_review), form_data(in_review, _verb="approve"))

    assert messages_of(client, response) == [
        "You are credited as a writer. Another editor must decide about this story."
    ]
    assert Article.objects.get().stage == "in_review"


def test_scheduling_takes_the_clock_of_the_bureau_and_refuses_the_past(
    desk_client, other_editor, makassar, correspondent, network_editor
):
    other_editor.language = "en"
    other_editor.save()
    story = make_story(other_editor, makassar)
    approve_story(story, by=other_editor, editor=network_editor)
    client = desk_client(other_editor)
    url = verb_url(story, "schedule")

    past = client.post(url, {"at_date": "2020-05-22", "at_time": "15:45", "version": 1})
    half = client.post(url, {"at_date": "2031-05-22", "at_time": "", "version": 1})
    response = client.post(url, {"at_date": "2031-05-22", "at_time": "15:45", "version": 1})

    assert errors_of(past) == {
        "at": ["This time has passed: May 22, 2020 at 15:45 WITA. Choose one to come."]
    }
    assert past.context["form"]["at"].value() == ["2020-05-22", "15:45"]
    assert errors_of(half) == {"at": ["Give the date and the time."]}
    assert messages_of(client, response) == [
        f"“{story}” will go live by itself on May 22, 2031 at 15:45 WITA."
    ]
    assert story.editions.get().live.lower.isoformat() == "2031-05-22T07:45:00+00:00"


def test_the_network_editor_backdates_a_live_story(
    desk_client, correspondent, editor, network_editor, cilacap
):
    network_editor.language = "en"
    network_editor.save()
    publish_story(correspondent, editor, cilacap, headline="Kapal melaut")
    story = Article.objects.get()
    client = desk_client(network_editor)

    response = client.post(
        verb_url(story, "backdate"),
        {
            "printed_at_date": "2024-05-22",
            "printed_at_time": "15:45",
            "reason": "Arsip",
            "version": 1,
        },
    )

    assert messages_of(client, response) == [
        "“Kapal melaut” now carries the date May 22, 2024 at 15:45 WIB. Open the page"
    ]
    assert story.editions.last().first_published.isoformat() == "2024-05-22T08:45:00+00:00"


def test_a_retraction_is_asked_by_one_editor_and_confirmed_by_another(
    desk_client, correspondent, editor, second_editor, cilacap
):
    publish_story(correspondent, editor, cilacap, headline="Kapal melaut")
    story = Article.objects.get()
    first, second = desk_client(editor), desk_client(second_editor)

    first.post(
        verb_url(story, "retract"),
        {"ground": "factual", "reason": "Angkanya keliru.", "version": 1},
    )
    own = first.get(verb_url(story, "confirm_retraction"))
    page = text_of(second.get(change_url(story)))
    asked = text_of(second.get(verb_url(story, "confirm_retraction")))
    response = second.post(verb_url(story, "confirm_retraction"), {"version": 1})

    assert own.status_code == 409
    assert "You asked for it yourself. A second editor must confirm." in text_of(own)
    for words in (page, asked):
        assert "The facts of the story were wrong" in words
        assert "Angkanya keliru." in words
    assert messages_of(second, response) == [
        "“Kapal melaut” has been retracted. Its page says when and why."
    ]
    assert Article.objects.get().public_state() == PublicState.RETRACTED


def test_a_retraction_asked_for_is_confirmed_beside_where_it_is_declined(
    desk_client, correspondent, editor, second_editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap).article
    workflow.retract(story, by=editor, ground="factual", reason="Angkanya keliru.")

    def in_the_bar(user) -> list[str]:
        page = desk_client(user).get(change_url(story))
        return [button.verb for button in page.context["leading"]]

    assert in_the_bar(editor) == ["decline_retraction"]
    assert in_the_bar(second_editor) == ["decline_retraction", "confirm_retraction"]


def test_an_unknown_ground_is_refused_at_its_field(desk_client, correspondent, editor, cilacap):
    publish_story(correspondent, editor, cilacap)
    url = verb_url(Article.objects.get(), "retract")

    client = desk_client(editor)
    none = client.post(url, {"ground": "", "reason": "Alasan"})
    response = client.post(url, {"ground": "malas", "reason": "Alasan"})

    assert errors_of(none) == {"ground": ["Choose the ground."]}
    assert list(errors_of(response)) == ["ground"]
    assert response.context["form"]["reason"].value() == "Alasan"


def test_discarding_is_shown_once_more_and_the_story_is_gone(desk_client, correspondent, story):
    client = desk_client(correspondent)

    saved = client.post(change_url(story), form_data(story, _verb="discard"))
    page = client.get(saved["Location"])
    response = client.post(saved["Location"], {"version": 1})

    assert saved["Location"] == verb_url(story, "discard")
    assert "Nobody can bring it back." in text_of(page)
    assert messages_of(client, response) == ["“Kapal melaut” has been discarded."]
    assert client.get(change_url(story)).status_code == 404


def test_whoever_may_only_read_gets_the_text_and_the_verbs(
    desk_client, correspondent, editor, in_review
):
    page = desk_client(correspondent).get(change_url(in_review))

    html = page.content.decode()
    assert "Deru mesin terdengar lagi di muara." in text_of(page)
    assert "With the desk: you can read it" in text_of(page)
    assert 'name="headline"' not in html
    assert "ckeditor" not in html


def test_a_reader_of_the_page_can_use_a_verb_that_asks_nothing(desk_client, correspondent, story):
    workflow.submit(story, by=correspondent)
    client = desk_client(correspondent)

    response = client.post(verb_url(story, "withdraw"), {"version": 1})

    assert messages_of(client, response) == [
        "“Kapal melaut” is a draft again. No editor waits for it."
    ]


def test_an_update_goes_out_at_once_or_at_its_time(desk_client, correspondent, editor, cilacap):
    publish_story(correspondent, editor, cilacap, headline="Kapal melaut")
    story = Article.objects.get()
    rewrite(story, by=correspondent, summary="Baru.")
    approve_story(story, by=correspondent, editor=editor)
    client = desk_client(editor)
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1), cilacap.zone)

    response = client.post(
        verb_url(story, "update"),
        {
            "note": "Angka baru.",
            "at_date": f"{tomorrow:%Y-%m-%d}",
            "at_time": "06:00",
            "version": 2,
        },
    )

    said = messages_of(client, response)[0]
    assert said.startswith("The next edition of “Kapal melaut” will replace the live one on")
    assert words_of(said).endswith("06:00 WIB. Open the page")
    assert story.editions.last().note == "Angka baru."


def test_a_refusal_names_the_state_as_the_tabs_and_the_bar_do(
    desk_client, correspondent, editor, in_review
):
    correspondent.language = "id"
    correspondent.save()
    workflow.send_back(in_review, by=editor, reason="Sumbernya siapa?")
    client = desk_client(correspondent)

    refused = text_of(client.get(verb_url(in_review, "withdraw")))
    tabs = client.get("/articles/article/?tab=sent_back").content.decode()

    assert "“Tarik kembali” tidak bisa sekarang: naskah ini “Dikembalikan”." in refused
    assert "Dikembalikan" in tabs
    assert "Dikembalikan" in client.get(change_url(in_review)).content.decode()


@pytest.mark.parametrize("verb", ["nonsense", "delete", "__class__"])
def test_an_unknown_verb_is_not_found(desk_client, editor, story, verb):
    assert desk_client(editor).get(verb_url(story, verb)).status_code == 404
    desk_client(editor).post(change_url(story), form_data(story, _verb=verb))
    assert log() == []


@pytest.mark.parametrize("verb", ["update", "correct"])
def test_the_next_edition_of_an_unchanged_text_is_refused_with_the_way_to_change_it(
    desk_client, correspondent, editor, cilacap, verb
):
    article = publish_story(correspondent, editor, cilacap).article

    answer = desk_client(editor).get(verb_url(article, verb))

    assert answer.status_code == 409
    assert "Readers already have this text. Change the text first" in text_of(answer)
    assert f'<a href="{change_url(article)}">Change the text</a>' in answer.content.decode()
