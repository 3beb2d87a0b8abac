"""Nothing typed is ever lost: sessions, networks, browsers and colleagues come and go."""

import os
import re
import signal
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, Route, expect

from articles.models import Article, Autosave, Event, Revision
from bureaus.models import User
from tests.browser.conftest import ARGUMENTS, BROWSER, LAPTOP, PATIENCE, PHONE
from tests.browser.story_page import (
    expect_kept,
    expect_saved,
    open_new,
    open_story,
    save,
    sign_in_again,
    text,
)
from tests.factories import make_section, make_story, rewrite

PARAGRAPH = "Deru mesin tempel terdengar lagi di muara sejak pukul empat pagi. "


def cookie_of(newsroom, username: str) -> dict:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return {
        "name": project.SESSION_COOKIE_NAME,
        "value": client.cookies[project.SESSION_COOKIE_NAME].value,
        "domain": urlsplit(newsroom.url("desk")).hostname,
        "path": "/",
        "secure": True,
        "httpOnly": True,
        "sameSite": "Lax",
    }


def copies_in(page: Page) -> list[dict]:
    """What this browser has written down of texts."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
            const request = indexedDB.open("desk", 1);
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
                const all = request.result.transaction("copies").objectStore("copies").getAll();
                all.onsuccess = () => resolve(all.result);
            };
        })"""
    )


def wait_for_copy(page: Page, words: str) -> None:
    last = time.monotonic() + 5
    while not any(words in str(copy["fields"]) for copy in copies_in(page)):
        assert time.monotonic() < last, f"{words!r} was not written down within five seconds"
        page.wait_for_timeout(100)


def expect_no_copies(page: Page) -> None:
    """A page's script takes them away when it has come to run, some time after its words stand."""
    last = time.monotonic() + PATIENCE / 1000
    while copies := copies_in(page):
        assert time.monotonic() < last, copies
        page.wait_for_timeout(100)


# Sessions


def test_a_session_that_ends_while_writing_costs_a_sign_in_and_no_letter(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", 'Kapal "kembali" <melaut>')
        text(page).fill("Ditulis sebelum sesi berakhir.")
        Session.objects.all().delete()
        save(page)
        expect(page.locator("[data-note=signed-out]")).to_be_visible()
        page.fill("#id_summary", "Diketik sesudahnya.")
        sign_in_again(page, "ratih")
        expect_saved(page)

    saved = Article.objects.get()
    assert (saved.headline, saved.summary) == ('Kapal "kembali" <melaut>', "Diketik sesudahnya.")
    assert saved.body == "<p>Ditulis sebelum sesi berakhir.</p>"
    assert saved.version == 2


def test_signing_in_again_in_another_tab_is_not_even_noticed(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", "Ditulis di tab pertama")
        page.context.clear_cookies()
        other = page.context.new_page()
        other.goto(newsroom.url("desk", "/login/"))
        other.fill("[name=username]", "ratih")
        other.fill("[name=password]", "a long password")
        other.press("[name=password]", "Enter")
        other.wait_for_url(lambda url: "login" not in url)
        save(page)
        expect_saved(page)

    saved = Article.objects.get()
    assert (saved.headline, saved.version) == ("Ditulis di tab pertama", 2)


def test_nothing_is_saved_under_the_name_of_somebody_who_signed_in_meanwhile(
    newsroom, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", "Ditulis Ratih")
        wait_for_copy(page, "Ditulis Ratih")
        page.context.clear_cookies()
        page.context.add_cookies([cookie_of(newsroom, "wening")])
        save(page)
        note = page.locator("[data-note=other]")
        expect(note).to_contain_text("Wening Kusumastuti")
        assert Article.objects.get().version == 1
        assert not Autosave.objects.filter(user=editor).exists()

        # Wening's own pages show nothing of what Ratih has typed in this browser.
        other = page.context.new_page()
        open_story(newsroom, other, story)
        other.wait_for_timeout(1000)
        assert "Ditulis Ratih" not in other.content()
        other.close()

        page.context.clear_cookies()
        page.context.add_cookies([cookie_of(newsroom, "ratih")])
        expect_saved(page)

    revision = Revision.objects.get(number=2)
    assert (revision.saved_by, revision.content["headline"]) == (correspondent, "Ditulis Ratih")


def test_what_is_to_be_mended_is_said_at_its_field_and_nothing_is_loaded_anew(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.fill("#id_headline", "J" * 201)
        text(page).fill("Tetap ada.")
        save(page)
        expect(page.locator(".errornote")).to_contain_text("201 huruf")
        expect(page.locator(".field-headline-input .errorlist")).to_contain_text("201 huruf")
        assert page.input_value("#id_headline") == "J" * 201
        page.fill("#id_headline", "Judul")
        save(page)
        expect_saved(page)

    saved = Article.objects.get()
    assert (saved.headline, saved.body) == ("Judul", "<p>Tetap ada.</p>")


# Two editors


@pytest.mark.parametrize("has_script", [True, False])
def test_two_who_write_at_once_choose_part_by_part_and_both_texts_remain(
    newsroom, correspondent, editor, cilacap, has_script
):
    story = make_story(
        correspondent, cilacap, headline="Judul lama", body="<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    )

    page = newsroom.sign_in("ratih", java_script_enabled=has_script)
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    if has_script:
        page.locator(".cke_wysiwyg_frame").wait_for()
    page.fill("#id_headline", "Judul Ratih")
    if has_script:
        page.evaluate(
            "html => CKEDITOR.instances.id_body.setData(html)",
            "<p>Satu.</p><p>Dua dari Ratih.</p><p>Tiga.</p>",
        )
    else:
        page.fill("#id_body", "<p>Satu.</p><p>Dua dari Ratih.</p><p>Tiga.</p>")
    rewrite(
        story,
        by=editor,
        headline="Judul Wening",
        body="<p>Satu.</p><p>Dua dari Wening.</p><p>Tiga, disunting.</p>",
    )
    save(page)

    expect(page.locator("h1")).to_have_text(
        "Wening Kusumastuti menyimpan naskah ini saat Anda menulis"
    )
    assert Article.objects.get().headline == "Judul Wening"
    page.check("[name=headline][value=mine]")
    page.check("[name=body-0][value=combined]")
    page.fill("[name=body-0-text]", "Dua dari Ratih dan Wening.")
    page.get_by_role("button", name="Simpan pilihan ini").click()
    expect_saved(page)

    story.refresh_from_db()
    assert story.headline == "Judul Ratih"
    assert story.body.split("\n") == [
        "<p>Satu.</p>",
        "<p>Dua dari Ratih dan Wening.</p>",
        "<p>Tiga, disunting.</p>",
    ]
    assert [revision.content["headline"] for revision in story.revisions.all()] == [
        "Judul Ratih",
        "Judul Wening",
        "Judul lama",
    ]
    assert not Autosave.objects.exists()


def test_who_else_writes_is_shown_and_gone_when_they_are(newsroom, correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)

    with newsroom.signed_in("ratih") as reporter, newsroom.signed_in("wening") as redaktur:
        open_story(newsroom, reporter, story)
        reporter.fill("#id_headline", "Sedang ditulis")
        expect_kept(reporter)
        open_story(newsroom, redaktur, story)
        there = redaktur.locator("[data-presence]")
        expect(there).to_contain_text("Ratih Purwandari sedang menyunting")
    story.presences.update(seen_at="2020-01-01T00:00:00Z")
    with newsroom.signed_in("wening") as redaktur:
        open_story(newsroom, redaktur, story)
        expect(redaktur.locator("[data-presence]")).to_have_text("")


# Networks


def cut_after(page: Page, pattern: str) -> list[str]:
    """Let the server do what it is told once, and lose its answer: the network is down then."""
    lost = []

    def lose(route: Route):
        request = route.request
        if request.method != "POST" or lost:
            route.fallback()
            return
        # Playwright itself knows no *.localhost.
        url = urlsplit(request.url)
        here = url._replace(netloc=f"127.0.0.1:{url.port}").geturl()
        answer = route.fetch(url=here, headers={**request.all_headers(), "host": url.netloc})
        assert answer.ok
        lost.append(request.url)
        page.context.set_offline(True)
        route.abort("connectionreset")

    page.route(re.compile(pattern), lose)
    return lost


@pytest.mark.parametrize("is_handled", [True, False])
def test_a_network_cut_in_the_middle_of_a_submit_files_one_story_once(
    newsroom, correspondent, cilacap, is_handled
):
    make_section("peristiwa", "Peristiwa")

    with newsroom.signed_in("ratih", PHONE) as page:
        open_new(newsroom, page)
        page.fill("#id_headline", "Kapal kembali melaut")
        page.select_option("#id_section", label="Peristiwa")
        text(page).fill(PARAGRAPH)
        lost = []
        if is_handled:
            lost = cut_after(page, r"/add/$")
        else:
            page.context.set_offline(True)
        page.locator(".storyfoot [value=submit]").click()
        status = page.locator("[data-status]")
        expect(status).to_contain_text("akan dikirim saat jaringan kembali")
        assert status.is_visible()
        page.context.set_offline(False)
        expect(page.locator(".messagelist")).to_contain_text("Sekarang menunggu")
        assert len(lost) == is_handled
        expect_no_copies(page)

    story = Article.objects.get()
    assert (story.headline, story.stage, story.version) == ("Kapal kembali melaut", "submitted", 1)
    assert list(Event.objects.values_list("verb", flat=True)) == ["submit"]
    assert not Autosave.objects.exists()


def test_what_is_typed_while_an_answer_was_lost_is_saved_too(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih") as page:
        open_new(newsroom, page)
        page.fill("#id_headline", "Judul pertama")
        cut_after(page, r"/add/$")
        save(page)
        expect(page.locator("[data-status]")).to_contain_text("Luring")
        page.fill("#id_headline", "Judul kedua")
        page.context.set_offline(False)
        expect_saved(page)

    story = Article.objects.get()
    assert (story.headline, story.version) == ("Judul kedua", 2)
    assert [line.author for line in story.bylines.all()] == [correspondent.author]


def test_no_copy_is_written_again_while_the_next_page_is_on_its_way(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        # A page that never comes is the slowest one.
        page.evaluate("navigation.addEventListener('navigate', event => event.preventDefault())")
        page.fill("#id_headline", "Kapal kembali melaut")
        save(page)
        page.wait_for_timeout(3500)  # the form is looked at every second
        assert Article.objects.get(headline="Kapal kembali melaut").version == 2
        assert copies_in(page) == []


# Browsers


def test_a_browser_that_is_killed_takes_no_more_than_five_seconds_with_it(
    newsroom, chromium, correspondent, cilacap, tmp_path, playwright_type
):
    story = make_story(correspondent, cilacap, body="<p>Lama.</p>")

    def start():
        context = playwright_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=BROWSER,
            args=ARGUMENTS,
            viewport=LAPTOP,
            locale="id-ID",
        )
        context.add_cookies([cookie_of(newsroom, "ratih")])
        return context, context.pages[0]

    context, page = start()
    open_story(newsroom, page, story)
    # The server hears nothing, as on a dead line: what is left is what the device wrote down.
    page.route("**/autosave/", lambda route: route.abort())
    text(page).press_sequentially("Sebelum mati. ", delay=10)
    wait_for_copy(page, "Sebelum mati.")
    text(page).press_sequentially("Terakhir.", delay=10)
    kill_browser(tmp_path / "profile")
    context.close()

    context, page = start()
    open_story(newsroom, page, story)
    offer = page.locator("[data-offer]")
    expect(offer).to_contain_text("perangkat ini")
    offer.locator("summary").click()
    expect(offer.locator("ins")).to_contain_text("Sebelum mati.")
    assert Article.objects.get().body == "<p>Lama.</p>"
    offer.get_by_role("link", name="Pulihkan").click()
    page.locator(".cke_wysiwyg_frame").wait_for()
    expect(text(page)).to_contain_text("Sebelum mati.")
    save(page)
    expect_saved(page)
    context.close()

    assert "Sebelum mati." in Article.objects.get().body


def kill_browser(profile) -> None:
    """SIGKILL to every process of the browser that has this profile."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        if str(profile) in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)


@pytest.fixture
def playwright_type(chromium):
    return chromium.browser_type


def test_a_new_story_that_was_never_saved_waits_at_the_desk(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_new(newsroom, page)
        page.fill("#id_headline", "Belum pernah disimpan")
        expect_kept(page)
        # What the desk has acknowledged stays in no browser that others use.
        expect_no_copies(page)
    assert not Article.objects.exists()

    with newsroom.signed_in("ratih") as page:
        page.goto(newsroom.url("desk", "/articles/article/add/"))
        offer = page.locator("[data-offer]")
        expect(offer).to_contain_text("Belum pernah disimpan")
        offer.get_by_role("link", name="Pulihkan").click()
        page.locator(".cke_wysiwyg_frame").wait_for()
        assert page.input_value("#id_headline") == "Belum pernah disimpan"
        save(page)
        expect_saved(page)
        page.goto(newsroom.url("desk", "/articles/article/add/"))
        expect(page.locator("[data-offer]")).to_have_count(0)

    assert Article.objects.get().headline == "Belum pernah disimpan"


# Long stories


def test_a_story_of_12000_words_stays_quick_to_write_in(newsroom, correspondent, cilacap):
    words = len(PARAGRAPH.split())
    body = f"<p>{PARAGRAPH.strip()}</p>" * (12_000 // words + 1)
    story = make_story(correspondent, cilacap, body=body)

    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        long_tasks = (
            "() => { window.tasks = []; new PerformanceObserver((list) => tasks.push("
            "...list.getEntries().map((entry) => entry.duration))).observe({type: 'longtask'}); }"
        )
        page.evaluate(long_tasks)
        text(page).locator("p").first.click()
        page.keyboard.press("Home")
        page.keyboard.type("Awal baru. ", delay=40)
        expect_kept(page)
        expect(page.locator("[data-length]")).to_contain_text("kata")
        # Milliseconds in which the page did not answer; the machine has other things to do, too.
        assert max(page.evaluate("tasks"), default=0) < 1000
        save(page)
        expect_saved(page)

    assert Article.objects.get().body.startswith(f"<p>Awal baru. {PARAGRAPH.strip()}</p>")
