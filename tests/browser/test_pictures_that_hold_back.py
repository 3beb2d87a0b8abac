"""A picture that will hold the story back is marked where it is chosen, and in the story."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.factories import make_picture, make_story

UNSHARED = "milik biro Makassar, belum dibagikan"


def test_it_can_be_chosen_all_the_same_and_the_reason_is_said(
    newsroom, network_editor, cilacap, makassar
):
    yesterday = timezone.localdate() - timedelta(days=2)
    make_picture(cilacap, caption="Kapal", usable_until=yesterday)
    theirs = make_picture(makassar, caption="Pasar")
    make_picture(makassar, caption="Feri", shared_with=[cilacap.pk])
    story = make_story(network_editor, cilacap)
    with newsroom.signed_in(network_editor.username, PHONE) as page:
        open_story(newsroom, page, story)
        held = page.locator(".lead-picture__held")
        for caption, reason in (("Kapal", "Hak sudah berakhir"), ("Pasar", f"M{UNSHARED[1:]}")):
            page.locator("[data-choose]").click()
            chosen = page.locator(".chooser [data-picture]", has_text=caption)
            expect(chosen.locator(".mark--block")).to_have_text(reason[0].lower() + reason[1:])
            feri = page.locator(".chooser [data-picture]", has_text="Feri")
            expect(feri.locator(".mark--block")).to_have_count(0)
            chosen.click()
            expect(held).to_have_text(reason)
        save(page)
        expect_saved(page)
        expect(held).to_have_text(f"M{UNSHARED[1:]}")
    assert Article.objects.get().picture == theirs
