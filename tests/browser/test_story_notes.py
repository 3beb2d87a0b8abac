"""What the story page says above the text lies below its bar, however tall the bar has become."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.story_page import open_story
from tests.factories import make_story

# What a finger on the middle of the element would touch.
TOUCHED = """element => {
  const box = element.getBoundingClientRect();
  const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return element.contains(found);
}"""


def test_that_the_session_has_ended_is_said_in_full_on_a_phone(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body="<p>Deru mesin.</p>" * 60)

    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        page.context.clear_cookies()
        page.fill("#id_headline", "Kapal melaut lagi")
        note = page.locator("[data-note=signed-out]")
        expect(note).to_be_visible()
        expect(page.locator("[data-status]")).to_contain_text("Tersimpan di perangkat ini")
        for scrolled in (0, 900):
            page.evaluate("top => scrollTo(0, top)", scrolled)
            bar = page.locator(".storybar").bounding_box()
            assert note.bounding_box()["y"] >= bar["y"] + bar["height"] - 0.5
            for part in (".notice__title", "> .icon", "[data-sign-in]"):
                assert note.locator(part).evaluate(TOUCHED), part
