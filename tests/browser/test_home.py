"""The home of the desk stays fresh by itself, and never under somebody's hand."""

from playwright.sync_api import expect

from articles import workflow
from tests.browser.conftest import PHONE
from tests.factories import make_story

A_MINUTE = 65_000  # milliseconds, and a little more


def test_the_queue_looks_again_each_minute_but_not_under_a_focus(
    newsroom, correspondent, editor, cilacap
):
    workflow.submit(make_story(correspondent, cilacap, headline="Pertama"), by=correspondent)
    with newsroom.signed_in("wening") as page:
        page.clock.install()
        page.goto(newsroom.url("desk"))
        queue = page.locator(".queue")
        expect(queue).to_contain_text("Pertama")
        workflow.submit(make_story(correspondent, cilacap, headline="Kedua"), by=correspondent)

        page.locator(".queue button").focus()
        with page.expect_response(newsroom.url("desk")) as answer:
            page.clock.run_for(A_MINUTE)
        answer.value.finished()
        page.wait_for_timeout(300)
        expect(queue).not_to_contain_text("Kedua")

        page.locator(".queue button").blur()
        page.clock.run_for(A_MINUTE)
        expect(queue).to_contain_text("Kedua")


def test_an_editor_claims_from_the_row_by_keyboard(newsroom, correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap, headline="Pertama")
    workflow.submit(story, by=correspondent)
    with newsroom.signed_in("wening", PHONE) as page:
        page.goto(newsroom.url("desk"))
        page.locator(".queue button").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))

    story.refresh_from_db()
    assert story.claimed_by == editor
