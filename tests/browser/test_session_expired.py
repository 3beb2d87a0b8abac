"""A session that ends while somebody writes costs a log-in and no letter, without a script, too."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Picture
from tests.browser.conftest import PHONE
from tests.browser.story_page import expect_saved, save
from tests.browser.test_photos_on_their_way import photo
from tests.factories import make_picture, make_story

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
    again_after_logging_in(page)

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


def again_after_logging_in(page):
    again = page.locator("form[data-unsaved] [type=submit]")
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


@pytest.mark.parametrize("is_gone", ["session", "session and token"])
def test_the_words_of_a_picture_are_all_there_and_its_file_is_asked_for_again(
    newsroom, correspondent, cilacap, is_gone
):
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="Lama")
    page = newsroom.sign_in("ratih", PHONE)
    page.goto(newsroom.url("desk", f"/articles/picture/{picture.pk}/change/"))
    page.fill("#id_caption", 'Kapal "kembali" <melaut>')
    page.fill("#id_alt_text", "Kapal\nkayu")
    page.set_input_files("#id_file", photo("baru.jpg"))
    Session.objects.all().delete()
    if "token" in is_gone:
        page.context.clear_cookies()

    page.click("[name=_save]")
    expect(page.locator("main")).to_contain_text("perlu dipilih lagi sesudah itu: baru.jpg.")
    again_after_logging_in(page)

    assert page.input_value("#id_caption") == 'Kapal "kembali" <melaut>'
    assert page.input_value("#id_alt_text") == "Kapal\nkayu"
    expect(page.locator(".field-file")).to_contain_text("baru.jpg: pilih lagi berkas ini")
    assert Picture.objects.get().caption == "Lama"
    page.set_input_files("#id_file", photo("baru.jpg"))
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_be_visible()

    saved = Picture.objects.get()
    assert (saved.caption, saved.file_name) == ('Kapal "kembali" <melaut>', "baru.jpg")


def test_a_new_picture_keeps_its_words_without_its_file(newsroom, correspondent, cilacap):
    page = newsroom.sign_in("ratih", PHONE, java_script_enabled=False)
    page.goto(newsroom.url("desk", "/articles/picture/add/"))
    page.fill("#id_caption", "Kapal")
    page.set_input_files("#id_file", photo("baru.jpg"))
    Session.objects.all().delete()
    page.click("[name=_save]")
    again_after_logging_in(page)
    assert page.input_value("#id_caption") == "Kapal"
    expect(page.locator(".field-file .errorlist li")).to_have_count(1)
    expect(page.locator(".field-file .errorlist")).to_contain_text("baru.jpg: pilih lagi")
    assert not Picture.objects.exists()
