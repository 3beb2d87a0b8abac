"""A session that ends while somebody writes costs a log-in, and not one letter."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import PHONE
from tests.factories import make_author, make_story

BODY = "<p>Deru mesin &amp; “kutip”, <strong>tebal</strong>.</p>\n<p>Baris kedua.</p>"


def test_what_was_written_is_all_there_after_logging_in_again(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body="<p>Lama.</p>", tags=["nelayan"])
    second = make_author("Danu Prasetya", bureau=cilacap)

    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
        page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").wait_for()
        page.fill("#id_headline", 'Kapal "kembali" <melaut>')
        page.fill("#id_summary", "\nBaris satu.\nBaris dua.")
        page.evaluate("html => CKEDITOR.instances.id_body.setData(html)", BODY)
        page.fill("#id_tags_typing", "banjir Kali Serayu")
        page.press("#id_tags_typing", "Enter")
        page.click("#bylines-1 .select2-selection")
        page.fill(".select2-search__field", "danu")
        page.click(".select2-results__option:has-text('Danu Prasetya')")
        page.select_option("#id_bylines-1-role", "photographer")
        Session.objects.all().delete()

        page.click(".storybar [name=_save]")
        again = page.locator("form[data-unsaved] [type=submit]")
        expect(again).to_be_visible()
        # Too early: still nobody is logged in, and nothing is lost.
        again.click()
        expect(again).to_be_visible()
        with page.expect_popup() as opened:
            page.click("a[target=_blank]")
        window = opened.value
        window.fill("[name=username]", "ratih")
        window.fill("[name=password]", "a long password")
        window.click("#login-form [type=submit]")
        window.wait_for_url(lambda url: "login" not in url)
        window.close()
        again.click()

        page.frame_locator("iframe.cke_wysiwyg_frame").locator("strong").wait_for()
        assert page.input_value("#id_headline") == 'Kapal "kembali" <melaut>'
        assert page.input_value("#id_summary") == "\nBaris satu.\nBaris dua."
        assert Article.objects.get().version == 1
        page.click(".storybar [name=_save]")
        expect(page.locator(".messagelist")).to_contain_text("tersimpan")

    saved = Article.objects.get()
    assert saved.headline == 'Kapal "kembali" <melaut>'
    assert saved.summary.split() == ["Baris", "satu.", "Baris", "dua."]
    assert saved.body == BODY
    assert sorted(saved.tags.names()) == ["banjir Kali Serayu", "nelayan"]
    assert [(line.author, line.role) for line in saved.bylines.all()] == [
        (correspondent.author, "writer"),
        (second, "photographer"),
    ]
