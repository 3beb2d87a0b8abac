"""A picture that will hold the story back is marked where it is chosen, and in the story."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import expect_saved, open_story, save, text
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


def test_a_picture_of_a_gallery_that_lacks_its_words_leads_to_them(
    newsroom, correspondent, cilacap
):
    whole = make_picture(cilacap, caption="Kapal")
    bare = make_picture(cilacap, caption="Pasar", alt_text="")
    html = f'<figure data-object="gallery" data-ids="{whole.pk},{bare.pk}"></figure>'
    story = make_story(correspondent, cilacap, body=f"<p>Satu.</p>{html}")
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        text(page).locator(".object--gallery").get_by_role("button", name="Ubah").click()
        link = page.locator("dialog [data-pictures] a:visible")
        expect(link).to_have_count(1)
        expect(link).to_have_accessible_name("Lengkapi: Pasar")
        with page.expect_popup() as opened:
            link.click()
        expect(opened.value).to_have_url(
            newsroom.url("desk", f"/articles/picture/{bare.pk}/change/")
        )
        expect(page.locator("dialog[open] [data-pictures]")).to_be_visible()
