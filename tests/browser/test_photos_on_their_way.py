"""Photos on a slow line outlive their dialog, and what one lacks is asked for at its field."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article, Picture
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.factories import make_picture, make_story, photo_bytes

PASSED_ON = "WhatsApp Image 2026-11-30 at 10.05.05.jpeg"
KEYBOARD_UP = {"width": 360, "height": 400}


ASKED = ("source", "licence", "credit")


def photo(name: str = PASSED_ON) -> dict:
    """Each name has bytes of its own: the library keeps no file twice."""
    data = photo_bytes(900, 600) + name.encode()
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def hold(page: Page) -> list[Route]:
    """The line takes photos and brings none to the desk until they are let through."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route("**/picture/upload/", keep)
    return held


def let_through(page: Page, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute("**/picture/upload/")


def send_in_the_chooser(page: Page, *names: str) -> None:
    page.locator("[data-choose]").click()
    page.set_input_files(".chooser input[multiple]", [photo(name) for name in names or [PASSED_ON]])
    expect(page.locator(".chooser .uploads li")).to_have_count(len(names) or 1)


def close_chooser(page: Page) -> None:
    page.locator(".chooser .dialog__foot [data-close]").click()
    expect(page.locator(".chooser")).to_have_count(0)


def strip(page: Page):
    return page.locator(".sending")


def answer(page: Page, **values: str) -> None:
    words = page.locator(".uploads__words")
    for name, value in values.items():
        field = words.locator(f"[name={name}]")
        field.select_option(value) if name in ("source", "licence") else field.fill(value)
    words.locator("[type=submit]").click()


def test_a_photo_goes_on_when_its_dialog_is_closed_and_is_used_when_it_has_come(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        held = hold(page)
        send_in_the_chooser(page)
        close_chooser(page)
        status = strip(page).get_by_role("status")
        expect(status).to_have_text(f"{PASSED_ON} sedang dikirim.")
        expect(strip(page)).to_be_in_viewport(ratio=1)
        # Opened again it has the same row, by either way.
        for way in (strip(page).get_by_role("button", name="Lihat"), page.locator("[data-choose]")):
            way.click()
            expect(page.locator(".chooser .uploads__name")).to_have_text(PASSED_ON)
            expect(strip(page)).not_to_have_class(re.compile("sending--shown"))
            close_chooser(page)
        let_through(page, held)
        expect(status).to_have_text(f"{PASSED_ON} sudah di perpustakaan. Pakai gambar ini?")
        strip(page).get_by_role("button", name="Lihat").click()
        answer(
            page,
            alt_text="Kapal",
            credit="Danu",
            source="citizen",
            licence="permitted",
            owner="Danu",
        )
        expect(page.locator(".chooser")).to_have_count(0)
        expect(page.locator("[data-picture-preview] img")).to_be_visible()
        expect(status).to_have_text("")
        save(page)
        expect_saved(page)

    picture = Picture.objects.get()
    assert (picture.source, picture.licence) == ("citizen", "permitted")
    assert Article.objects.get().picture == picture


def test_the_share_that_is_sent_is_seen_beside_the_story_and_in_the_dialog_again(
    newsroom, correspondent, cilacap
):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        slow = page.context.new_cdp_session(page)
        slow.send("Network.enable")
        line = {"offline": False, "latency": 20, "downloadThroughput": -1}
        page.locator("[data-choose]").click()
        expect(page.locator(".chooser")).to_be_visible()
        slow.send("Network.emulateNetworkConditions", line | {"uploadThroughput": 40_000})
        large = {**photo("IMG_1.jpg"), "buffer": photo_bytes(900, 600) + b"x" * 500_000}
        page.set_input_files(".chooser input[multiple]", [large])
        close_chooser(page)
        expect(strip(page).locator("[data-share]")).to_have_text(re.compile(r"^[1-9]\d?%$"))
        page.locator("[data-choose]").click()
        expect(page.locator(".chooser .uploads__status")).to_have_text(
            re.compile(r"^[1-9]\d?% dari")
        )
        page.locator(".chooser .uploads button").first.click()
        expect(page.locator(".chooser .uploads li")).to_have_count(0)


def test_what_is_told_of_several_photos_is_one_line_and_can_be_put_away(
    newsroom, correspondent, cilacap
):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        held, sent = hold(page), []
        page.on("request", lambda each: "/picture/upload/" in each.url and sent.append(each.url))
        send_in_the_chooser(page, "IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg")
        # One that waits for its turn is stopped before it has begun.
        page.get_by_role("button", name=re.compile("Batalkan.*IMG_3.jpg")).click()
        expect(page.locator(".chooser .uploads li")).to_have_count(2)
        close_chooser(page)
        status = strip(page).get_by_role("status")
        expect(status).to_have_text("2 foto sedang dikirim.")
        let_through(page, held)
        expect(status).to_have_text("2 foto sudah di perpustakaan. Pakai?")
        strip(page).get_by_role("button", name="Tutup").click()
        expect(status).to_have_text("")
        assert len(sent) == 2

    assert Picture.objects.count() == 2


def test_a_line_that_breaks_is_told_of_beside_the_story(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.route("**/picture/upload/", lambda route: route.abort("connectionreset"), times=1)
        send_in_the_chooser(page, "IMG_1.jpg")
        close_chooser(page)
        status = strip(page).get_by_role("status")
        expect(status).to_contain_text("Sambungan putus.")
        expect(status).to_have_text("IMG_1.jpg sudah di perpustakaan. Pakai gambar ini?")
        # What is refused is told of beside what has come.
        strip(page).get_by_role("button", name="Lihat").click()
        refused = {**photo("surat.jpg"), "buffer": b"%PDF-1.7"}
        page.set_input_files(".chooser input[multiple]", [refused])
        expect(page.locator(".chooser .uploads")).to_contain_text("Ini dokumen PDF")
        close_chooser(page)
        expect(status).to_contain_text("Pakai gambar ini? surat.jpg tidak bisa dikirim.")


def asked_on_leaving(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    return asked


def test_leaving_the_library_while_a_photo_is_sent_is_asked_about(newsroom, editor, cilacap):
    for is_sending in (False, True):
        page = newsroom.sign_in("wening", LAPTOP)
        page.goto(newsroom.url("desk", "/articles/picture/"))
        page.locator("body").click(position={"x": 5, "y": 5})
        if is_sending:
            held = hold(page)
            page.set_input_files("[data-uploads] input[multiple]", [photo()])
            expect(page.locator(".uploads li")).to_have_count(1)
        asked = asked_on_leaving(page)
        if is_sending:
            page.wait_for_timeout(500)
            let_through(page, held)
            expect(page.locator(".uploads a.button")).to_have_count(1)
            newsroom.leave(page)
        assert asked == (["beforeunload"] if is_sending else [])


@pytest.mark.parametrize("waits", [False, True])
def test_a_story_is_not_saved_over_a_photo_that_is_being_sent_without_a_word(
    newsroom, correspondent, cilacap, waits
):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        held = hold(page)
        send_in_the_chooser(page)
        close_chooser(page)
        page.fill("#id_headline", "Judul baru")
        page.locator("#id_headline").blur()
        save(page)
        expect(strip(page).get_by_role("status")).to_contain_text("menyimpan sekarang menghentikan")
        assert Article.objects.get().headline != "Judul baru"
        if waits:
            let_through(page, held)
            expect(strip(page).get_by_role("status")).to_contain_text("Naskahnya belum disimpan.")
        strip(page).get_by_role("button", name="Tetap simpan").click()
        expect_saved(page)

    assert Article.objects.get().headline == "Judul baru"
    assert Picture.objects.exists() is waits


def test_a_refused_choice_says_why_at_its_field_and_in_view(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        send_in_the_chooser(page)
        expect(page.locator(".uploads__words")).to_be_visible()
        page.set_viewport_size(KEYBOARD_UP)
        said = {"alt_text": "Kapal", "credit": "Danu", "source": "citizen", "licence": ""}
        given: dict[str, str] = {}
        for name, value in said.items():
            answer(page, **given)
            field = page.locator(f".uploads__words [name={name}]")
            expect(field).to_be_focused()
            expect(field).to_have_attribute("aria-invalid", "true")
            reason = page.locator(f"#{field.get_attribute('aria-describedby').split()[0]}")
            top = page.locator(".chooser__find").bounding_box()
            foot = page.locator(".chooser .dialog__foot").bounding_box()
            for each in (reason, field):
                box = each.bounding_box()
                assert box["y"] >= top["y"] + top["height"]
                assert box["y"] + box["height"] <= foot["y"]
            given = {name: value}
        assert not Picture.objects.get().alt_text
        # What the desk refuses stands there, too.
        reason = page.locator(".uploads__words [data-reason]")
        answer(page, licence="own")
        expect(reason).to_have_text("“Milik redaksi” tidak cocok dengan sumber “Warga”.")
        expect(page.locator(".uploads__words [name=licence]")).to_be_focused()
        answer(page, licence="permitted")
        expect(reason).to_have_text("Tulis pemilik yang memberi izin.")
        expect(page.locator(".uploads__words [name=owner]")).to_be_focused()


def test_a_picture_that_cannot_be_had_is_its_colour_and_the_name_of_its_file(
    newsroom, correspondent, cilacap
):
    picture = make_picture(cilacap, caption="Kapal", tone="013")
    Picture.objects.filter(pk=picture.pk).update(file_name="IMG_1402.jpg", tone="013")
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.route("**/pictures/*", lambda route: route.abort("internetdisconnected"))
        page.locator("[data-choose]").click()
        blank = page.locator(".chooser .picture__blank")
        expect(blank).to_have_text("IMG_1402.jpg")
        expect(blank).to_have_css("background-color", "rgb(32, 96, 224)")
        page.unroute("**/pictures/*")
        page.evaluate("() => void dispatchEvent(new Event('online'))")
        expect(page.locator(".chooser .picture img")).to_have_js_property("naturalWidth", 240)
        expect(blank).to_have_count(0)


def test_a_library_that_cannot_be_opened_leaves_the_story_where_it_is(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap, caption="Kapal")
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.route("**/picture/choose/**", lambda route: route.abort("internetdisconnected"))
        page.locator("[data-choose]").click()
        expect(page.locator("dialog[open]")).to_contain_text("Gambar memerlukan jaringan")
        page.keyboard.press("Escape")
        page.unroute("**/picture/choose/**")
        page.locator("[data-choose]").click()
        expect(page.locator(".chooser [data-picture]")).to_have_count(1)
        close_chooser(page)
        # Once it was open, it opens without a line, too.
        page.route("**/picture/choose/**", lambda route: route.abort("internetdisconnected"))
        page.locator("[data-choose]").click()
        expect(page.locator(".chooser [data-picture]")).to_have_count(1)
        # What was sought and not found for want of a line is not taken for what is there.
        lack = page.locator(".chooser [data-no-answer]")
        expect(lack).to_be_visible()
        page.fill(".chooser [type=search]", "perahu")
        expect(lack).to_be_visible()
        page.unroute("**/picture/choose/**")
        page.fill(".chooser [type=search]", "kapal")
        expect(lack).to_be_hidden()


def test_one_press_says_that_a_photo_without_a_camera_is_the_own(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.locator("[data-choose]").click()
        bare = {**photo("image.jpg"), "buffer": photo_bytes(camera="")}
        page.set_input_files(".chooser input[multiple]", [bare])
        words = page.locator(".uploads__words")
        whose = words.locator("[data-whose]")
        expect(whose).to_contain_text("tanpa data kamera: tanyakan siapa pemotretnya.")
        assert [words.locator(f"[name={name}]").input_value() for name in ASKED] == ["", "", ""]
        whose.get_by_role("button", name="Saya yang memotret").click()
        answer(page, alt_text="Kapal")
        expect(page.locator(".chooser")).to_have_count(0)
    picture = Picture.objects.get()
    assert [getattr(picture, name) for name in ASKED] == ["own", "own", "Ratih Purwandari"]


def test_the_full_form_empties_what_a_passed_on_file_cannot_mean(newsroom, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="own", licence="own")
    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", f"/articles/picture/{picture.pk}/change/"))

        def values():
            return [page.input_value(f"#id_{name}") for name in ("source", "licence")]

        beside = page.locator(".field-licence .help--asked")
        page.set_input_files("#id_file", photo())
        assert values() == ["", ""]
        expect(beside).to_have_text("Tampaknya kiriman orang lain: tanyakan siapa pemotretnya.")
        page.set_input_files("#id_file", photo("IMG_4711.jpg"))
        assert values() == ["own", "own"]
        expect(beside).to_have_text("")
        page.set_input_files("#id_file", photo())
        # Nothing is sent, so the file need not be chosen again.
        sent = []
        page.on("request", lambda request: sent.append(request.method))
        page.click("[name=_save]")
        expect(page.locator("#id_source")).to_be_focused()
        page.select_option("#id_source", "citizen")
        page.click("[name=_save]")
        expect(page.locator("#id_licence")).to_be_focused()
        assert "POST" not in sent
        page.select_option("#id_licence", "permitted")
        page.fill("#id_owner", "Danu")
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_be_visible()

    picture.refresh_from_db()
    assert (picture.source, picture.licence, picture.file_name) == (
        "citizen",
        "permitted",
        PASSED_ON,
    )
