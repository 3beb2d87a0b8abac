"""A session that ends while somebody writes costs a log-in and no letter, without a script, too."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import PHONE
from tests.browser.story_page import expect_saved, save
from tests.factories import make_story

BODY = "<p>Deru mesin &amp; “kutip”, <strong>tebal</strong>.</p>\n<p>Baris kedua.</p>"


def test_what_was_written_is_all_there_after_logging_in_again(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, body="<p>Lama.</p>", tags=["nelayan"])

    page = newsroom.sign_in("ratih", PHONE, java_script_enabled=False)
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    page.fill("#id_headline", 'Kapal "kembali" <melaut>')
    page.fill("#id_summary", "\nBaris satu.\nBaris dua.")
    page.fill("#id_body", BODY)
    page.fill("#id_tags", "nelayan, banjir Kali Serayu")
    page.select_option("#id_bylines-0-role", "photographer")
    Session.objects.all().delete()

    save(page)
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
    window.press("[name=password]", "Enter")
    window.wait_for_url(lambda url: "login" not in url)
    window.close()
    again.click()

    assert page.input_value("#id_headline") == 'Kapal "kembali" <melaut>'
    assert page.input_value("#id_summary") == "\nBaris satu.\nBaris dua."
    assert Article.objects.get().version == 1
    save(page)
    expect_saved(page)

    saved = Article.objects.get()
    assert saved.headline == 'Kapal "kembali" <melaut>'
    assert saved.summary.split() == ["Baris", "satu.", "Baris", "dua."]
    assert saved.body == BODY
    assert sorted(saved.tags.names()) == ["banjir Kali Serayu", "nelayan"]
    assert [(line.author, line.role) for line in saved.bylines.all()] == [
        (correspondent.author, "photographer"),
    ]
