"""A story goes back to its writer with a reason, from review and after approval."""

import pytest

from articles import workflow
from articles.models import Event
from tests.desk import change_url, errors_of, in_english, messages_of, text_of, verb_url
from tests.factories import make_picture, make_story, publish_story


@pytest.fixture(autouse=True)
def _english(correspondent, editor, second_editor):
    in_english(correspondent, editor, second_editor)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Kapal melaut")


def test_sending_back_asks_for_a_reason_and_the_author_reads_it(
    desk_client, correspondent, editor, in_review
):
    client = desk_client(editor)
    url = verb_url(in_review, "send_back")

    empty = client.post(url, {"reason": "   ", "version": 1})
    response = client.post(url, {"reason": "Sumbernya siapa?", "version": 1})

    assert errors_of(empty) == {"reason": ["Write the reason."]}
    assert messages_of(client, response) == [
        "“Kapal melaut” has been sent back to Ratih Purwandari with your reason."
    ]
    in_review.refresh_from_db()
    assert in_review.stage == "draft"
    assert Event.objects.filter(verb="send_back").values_list("reason", flat=True)[0] == (
        "Sumbernya siapa?"
    )
    assert "Sumbernya siapa?" in text_of(desk_client(correspondent).get(change_url(in_review)))


def test_an_approved_story_goes_back_with_a_reason_that_its_author_reads(
    desk_client, correspondent, editor, second_editor, in_review
):
    workflow.approve(in_review, by=editor)
    client = desk_client(second_editor)

    page = client.get(change_url(in_review))
    assert [button.verb for button in page.context["leading"]] == [
        "send_back", "publish", "schedule"
    ]  # fmt: skip
    assert page.context["rest"] == []
    empty = client.post(verb_url(in_review, "send_back"), {"reason": "", "version": 1})
    client.post(verb_url(in_review, "send_back"), {"reason": "Angkanya lama.", "version": 1})

    assert errors_of(empty) == {"reason": ["Write the reason."]}
    in_review.refresh_from_db()
    assert (in_review.stage, in_review.sent_back, in_review.approved_by) == ("draft", True, None)
    author = desk_client(correspondent)
    for url in ("/", change_url(in_review)):
        page = text_of(author.get(url))
        assert "by Bagus Santosa" in page
        assert "Angkanya lama." in page


def test_only_the_approver_reopens_without_a_reason(desk_client, editor, second_editor, in_review):
    workflow.approve(in_review, by=editor)
    other, approver = desk_client(second_editor), desk_client(editor)

    refused = other.post(verb_url(in_review, "reopen"), {"version": 1})
    assert refused.status_code == 409
    assert "Only the one who approved it reopens it. Send it back with a reason" in text_of(refused)
    in_review.refresh_from_db()
    assert in_review.stage == "approved"

    approver.post(verb_url(in_review, "reopen"), {"version": 1})
    in_review.refresh_from_db()
    assert (in_review.stage, in_review.sent_back) == ("draft", False)


def test_what_is_out_or_scheduled_is_not_sent_back(desk_client, correspondent, editor, cilacap):
    article = publish_story(correspondent, editor, cilacap).article

    refused = desk_client(editor).get(verb_url(article, "send_back"))

    assert refused.status_code == 409
    assert "“Send back” is not possible now" in text_of(refused)


@pytest.mark.parametrize("verb", ["send_back", "spike"])
def test_whoever_writes_the_reason_has_the_story_before_them(
    desk_client, correspondent, editor, cilacap, verb
):
    story = make_story(
        correspondent,
        cilacap,
        headline="Kapal melaut",
        summary="Ringkasan yang terlalu pendek.",
        dateline="CILACAP",
        body="<p>Deru mesin.</p><script>alert(1)</script>",
        picture=make_picture(cilacap),
    )
    workflow.claim(workflow.submit(story, by=correspondent), by=editor)
    if verb == "spike":
        workflow.send_back(story, by=editor, reason="Ulang.")
    client = desk_client(editor)

    pages = [client.get(verb_url(story, verb)), client.post(verb_url(story, verb), {"reason": ""})]

    for page in pages:
        said = text_of(page)
        for words in ("Ringkasan yang terlalu pendek.", "CILACAP", "Deru mesin.", "Ratih"):
            assert words in said
        assert story.picture.lead_url in page.content.decode()
        assert "alert(1)" not in page.content.decode()


def test_a_verb_that_is_not_about_the_text_does_not_show_it(
    desk_client, editor, correspondent, in_review
):
    workflow.approve(in_review, by=editor)
    client = desk_client(editor)
    assert "Deru mesin" in text_of(client.get(verb_url(in_review, "schedule")))
    in_review.refresh_from_db()
    workflow.publish(in_review, by=editor)

    page = client.get(verb_url(in_review, "retract"))

    assert page.status_code == 200
    assert "Deru mesin" not in text_of(page)
