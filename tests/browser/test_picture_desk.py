"""The picture desk in a real browser: sent on a bad line, cropped by keys, chosen with a thumb."""

import re

from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Picture
from bureaus.models import Portrait
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_story, save
from tests.factories import (
    make_author,
    make_picture,
    make_portrait,
    make_story,
    photo_bytes,
    picture_bytes,
)


def photo(name: str, data: bytes | None = None) -> dict:
    """Each name has bytes of its own: the library keeps no file twice."""
    data = data or photo_bytes(900, 600) + name.encode()
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def breaks_once(broken: list[str]):
    """A line that breaks at the first request, which is noted, and holds from then on."""

    def handle(route):
        if broken:
            return route.continue_()
        broken.append(route.request.url)
        return route.abort("connectionreset")

    return handle


def test_photos_are_sent_at_once_and_again_when_the_line_breaks(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", "/articles/picture/"))
        page.route("**/upload/", breaks_once(broken := []))
        files = [photo("satu.jpg"), photo("dua.jpg"), photo("surat.jpg", b"%PDF-1.7")]
        page.set_input_files("[data-uploads] input[multiple]", files)
        expect(page.locator(".uploads a.button")).to_have_count(2)
        expect(page.locator(".uploads__status--failed")).to_have_text(
            "surat.jpg: Ini dokumen PDF, bukan gambar. Kirim berkas JPEG, PNG, atau WebP."
        )
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert Picture.objects.count() == 2
        # What has come stands in the list below, the newest first; what was refused can go.
        expect(page.locator("[data-pictures] .picture")).to_have_count(2)
        page.get_by_role("button", name=re.compile("Singkirkan.*surat.jpg")).click()
        expect(page.locator(".uploads__status--failed")).to_have_count(0)
        page.get_by_role("button", name=re.compile("Hapus.*satu.jpg")).click()
        expect(page.locator(".uploads a.button")).to_have_count(1)
        expect(page.locator("[data-pictures] .picture")).to_have_count(1)
        expect(page.locator("[data-pictures]")).to_contain_text("dua.jpg")

    assert len(broken) == 1
    assert Picture.objects.get().file_name == "dua.jpg"


def test_photos_that_are_ticked_get_credit_and_rights_together(newsroom, editor, cilacap):
    bare = make_picture(cilacap, caption="Kapal", credit="", licence="", source="citizen")
    known = make_picture(cilacap, caption="Pasar", credit="Ratih", source="citizen")
    other = make_picture(cilacap, caption="Feri", credit="")
    with newsroom.signed_in("wening", LAPTOP) as page:
        page.goto(newsroom.url("desk", "/articles/picture/"))
        bar = page.locator("#changelist-form .actions")
        expect(bar).to_be_hidden()
        page.get_by_label("Pilih “Kapal”").check()
        page.get_by_label("Pilih “Feri”").click(modifiers=["Shift"])
        expect(page.locator(".action-select:checked")).to_have_count(3)
        page.get_by_label("Pilih “Feri”").uncheck()
        expect(bar.locator(".action-counter")).to_be_visible()
        # A photo that arrives meanwhile unticks nothing.
        page.set_input_files("[data-uploads] input[multiple]", [photo("satu.jpg")])
        expect(page.locator("[data-pictures] .picture")).to_have_count(4)
        expect(page.locator(".action-select:checked")).to_have_count(2)
        bar.get_by_role("button", name="Kredit dan hak").click()
        had = {each.pk: page.locator(f"#has-{each.pk} [data-has=credit]") for each in (bare, known)}
        page.fill("#id_credit", "Danu/Bentara")
        # It is seen before it is saved what each will have.
        expect(had[bare.pk].locator("ins")).to_have_text("Danu/Bentara")
        expect(had[known.pk].locator("ins")).to_have_count(0)
        page.select_option("#id_licence", "once")
        page.check("#id_replace_licence")
        expect(page.locator(f"#has-{known.pk} [data-has=licence] ins")).to_have_text("Sekali pakai")
        page.get_by_role("button", name="Simpan").click()
        expect(page.locator(".messagelist")).to_contain_text("2 gambar sudah diubah.")

    rights = {each.pk: (each.credit, each.licence) for each in Picture.objects.all()}
    assert rights[bare.pk] == ("Danu/Bentara", "once")
    assert rights[known.pk] == ("Ratih", "once")
    assert rights[other.pk] == ("", "own")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(
    newsroom, correspondent, cilacap, tmp_path
):
    large = tmp_path / f"{'a' * 200}-akhir.jpg"
    with large.open("wb") as file:
        file.truncate(60 * 1024 * 1024 + 1)
    sent = []
    with newsroom.signed_in("ratih", LAPTOP) as page:
        page.on("request", lambda request: "/upload/" in request.url and sent.append(request.url))
        page.goto(newsroom.url("desk", "/articles/picture/"))
        page.set_input_files("[data-uploads] input[multiple]", large)
        name = f"{'a' * 39}…{'a' * 10}-akhir.jpg"
        expect(page.locator(".uploads__name")).to_have_text(name)
        expect(page.locator(".uploads__status--failed")).to_have_text(
            f"{name}: Gambar lebih besar dari 60 MB. Kirim salinan yang lebih kecil."
        )
        assert sent == []
        # Of more files than are seen at a glance it is said how far they are.
        tally = page.locator("[data-tally]")
        expect(tally).to_be_hidden()
        files = [photo("satu.jpg"), photo("surat.jpg", b"%PDF-1.7"), photo("dua.jpg")]
        page.set_input_files("[data-uploads] input[multiple]", files)
        expect(tally).to_be_visible()
        expect(tally).to_have_text("2 dari 4 sudah di perpustakaan. 2 tidak bisa diterima.")


def test_the_small_copy_of_a_photo_comes_when_the_line_is_back(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", "/articles/picture/"))
        page.route("**/pictures/*-240.jpg", breaks_once(broken := []))
        page.set_input_files("[data-uploads] input[multiple]", [photo("satu.jpg")])
        expect(page.locator(".uploads img")).to_have_js_property("naturalWidth", 240)

    assert len(broken) == 1


def test_photos_that_were_sent_together_lead_to_their_credit(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", "/articles/picture/"))
        together = page.locator("[data-next]")
        page.set_input_files("[data-uploads] input[multiple]", [photo("satu.jpg")])
        expect(page.locator(".uploads a.button")).to_have_count(1)
        expect(together).to_be_hidden()
        page.set_input_files(
            "[data-uploads] input[multiple]", [photo("dua.jpg"), photo("tiga.jpg")]
        )
        expect(together).to_contain_text("Kredit dan hak 3 gambar yang baru dikirim")
        page.get_by_role("button", name=re.compile("Hapus.*satu.jpg")).click()
        expect(together).to_contain_text("Kredit dan hak 2 gambar yang baru dikirim")
        together.locator("a").click()
        names = page.locator(".rights__pictures .file-name")
        expect(names).to_have_count(2)
        assert sorted(names.all_text_contents()) == ["dua.jpg", "tiga.jpg"]
        page.fill("#id_owner", "Ratih Purwandari")
        page.get_by_role("button", name="Simpan").click()
        expect(page.locator(".messagelist")).to_contain_text("2 gambar sudah diubah.")

    assert set(Picture.objects.values_list("owner", flat=True)) == {"Ratih Purwandari"}


def test_the_focal_point_is_set_by_click_by_keys_and_by_dragging_and_crops_follow(
    newsroom, correspondent, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    with newsroom.signed_in("ratih", LAPTOP) as page:
        page.goto(newsroom.url("desk", f"/articles/picture/{picture.pk}/change/"))
        square = page.locator("[data-crop='1']")
        before = square.get_attribute("viewBox")
        stage = page.locator("[data-focal]")
        box = stage.bounding_box()
        stage.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.5})
        assert page.input_value("#id_focal_x") == "90"
        stage.press("ArrowLeft")
        stage.press("Shift+ArrowUp")
        assert (page.input_value("#id_focal_x"), page.input_value("#id_focal_y")) == ("89", "40")
        assert square.get_attribute("viewBox") != before
        ring = stage.locator("circle").last
        assert ring.evaluate("each => getComputedStyle(each).touchAction") == "none"
        held = ring.bounding_box()
        page.mouse.move(held["x"] + held["width"] / 2, held["y"] + held["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.7)
        assert page.input_value("#id_focal_x") == "20"
        page.mouse.up()
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        assert (page.input_value("#id_focal_x"), page.input_value("#id_focal_y")) == ("20", "70")
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_be_visible()

    picture.refresh_from_db()
    assert picture.focal == (20, 70)


def test_another_file_for_a_picture_asks_to_look_at_its_words(newsroom, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    make_story(correspondent, cilacap, picture=picture)
    notice = "Masih dari berkas lama, periksa lagi: teks alternatif, keterangan, kredit"
    with newsroom.signed_in("ratih", LAPTOP) as page:
        page.goto(newsroom.url("desk", f"/articles/picture/{picture.pk}/change/"))
        beside = page.locator("[data-file-notice]")
        expect(beside).to_be_hidden()
        page.set_input_files("#id_file", photo("baru.jpg"))
        expect(beside).to_be_visible()
        expect(beside).to_contain_text(notice)
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_contain_text(notice)
        # Beside the words that are to be looked at; with these alone nothing more is said.
        page.fill("#id_caption", "Kapal baru")
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_contain_text("Kapal baru")
        expect(page.locator(".messagelist")).not_to_contain_text("Dipakai di")


def test_a_face_is_seen_and_cut_before_it_is_saved(newsroom, editor, cilacap):
    author = make_author("Ratih Purwandari", bureau=cilacap)
    with newsroom.signed_in("wening", PHONE) as page:
        page.goto(newsroom.url("desk", f"/bureaus/author/{author.pk}/change/"))
        button = page.get_by_text("Pilih berkas")
        expect(button).to_be_visible()
        page.locator("#id_likeness_file").focus()
        assert button.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
        page.set_input_files("#id_likeness_file", photo("wajah.jpg", picture_bytes(600, 1200)))
        expect(page.locator("[data-file-choice] output")).to_have_text("wajah.jpg")
        stage, square = page.locator("[data-focal]"), page.locator("[data-crop='1']")
        expect(square).to_have_attribute("viewBox", "0 300 600 600")
        box = stage.bounding_box()
        stage.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.2})
        stage.press("Shift+ArrowUp")
        expect(square).to_have_attribute("viewBox", "0 0 600 600")
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_be_visible()
        assert Portrait.objects.get(author=author).focal == (50, 10)
        # Once it is saved it is moved without the file: the whole of it is on the stage.
        page.goto(newsroom.url("desk", f"/bureaus/author/{author.pk}/change/"))
        expect(stage).to_be_visible()
        expect(page.locator("[data-present]")).to_have_count(0)
        expect(square).to_have_attribute("viewBox", "0 0 600 600")
        stage.press("Shift+ArrowDown")
        box = stage.bounding_box()
        stage.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.7})
        stage.press("ArrowDown")
        expect(square).to_have_attribute("viewBox", "0 552 600 600")
        page.click("[name=_save]")
        expect(page.locator(".messagelist")).to_be_visible()
        assert Portrait.objects.get(author=author).focal == (50, 71)


def test_a_face_whose_original_is_gone_stays_to_be_seen(newsroom, editor, cilacap):
    portrait = make_portrait(make_author("Ratih Purwandari", bureau=cilacap))
    portrait.discard_original()
    with newsroom.signed_in("wening", LAPTOP) as page:
        with page.expect_response("**/portrait/"):
            page.goto(newsroom.url("desk", f"/bureaus/author/{portrait.author_id}/change/"))
        present = page.locator("[data-present]")
        assert present.evaluate("each => each.decode().then(() => each.naturalWidth)") == 192
        expect(page.locator("[data-focal]")).to_be_hidden()


def words_of_a_photo_taken_beside(newsroom, page: Page, story: Article) -> Locator:
    """The form that the chooser shows for it."""
    open_story(newsroom, page, story)
    page.click("[data-choose]")
    page.set_input_files(".chooser input[capture]", photo("IMG_1402.jpg"))
    return page.locator(".uploads__words")


def test_a_picture_taken_beside_the_story_is_in_it_with_its_words(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        words = words_of_a_photo_taken_beside(newsroom, page, story)
        words.locator("[name=alt_text]").fill("Kapal kayu di muara")
        words.locator("[name=caption]").fill("Kapal nelayan di muara")
        assert words.locator("[name=credit]").input_value() == "Ratih Purwandari"
        words.locator("[type=submit]").click()
        preview = page.locator("[data-picture-preview] img")
        expect(preview).to_be_visible()
        assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        save(page)
        expect_saved(page)

    picture = Picture.objects.get()
    assert (picture.alt_text, Article.objects.get().picture) == ("Kapal kayu di muara", picture)


def test_whoever_credits_another_in_the_chooser_is_asked_whose_it_is(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        words = words_of_a_photo_taken_beside(newsroom, page, story)
        words.locator("[name=alt_text]").fill("Kapal kayu")
        words.locator("[name=credit]").fill("Fulan bin Fulan")
        use = words.locator("[type=submit]")
        for name in ("source", "licence", "owner"):
            expect(words.locator(f"[name={name}]")).to_be_hidden()
        use.click()
        expect(words).to_contain_text("Tertulis Fulan bin Fulan")
        for name in ("source", "licence", "owner"):
            expect(words.locator(f"[name={name}]")).to_be_visible()
        words.locator("[name=source]").select_option("citizen")
        words.locator("[name=licence]").select_option("permitted")
        words.locator("[name=owner]").fill("Fulan bin Fulan")
        use.click()
        expect(words).to_have_count(0)

    picture = Picture.objects.get()
    assert (picture.source, picture.licence, picture.owner, picture.credit) == (
        "citizen",
        "permitted",
        "Fulan bin Fulan",
        "Fulan bin Fulan",
    )


def test_a_picture_is_found_by_typing_and_chosen_with_one_press(newsroom, correspondent, cilacap):
    make_picture(cilacap, caption="Pasar pagi")
    wanted = make_picture(cilacap, caption="Kapal nelayan")
    make_picture(cilacap, caption="Rel kereta")
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        page.click("[data-choose]")
        expect(page.locator(".chooser [data-picture]")).to_have_count(3)
        page.fill(".chooser [type=search]", "nelay")
        expect(page.locator(".chooser [data-picture]")).to_have_count(1)
        page.click(".chooser [data-picture]")
        expect(page.locator("[data-picture-preview]")).to_contain_text("Kapal nelayan")
        save(page)
        expect_saved(page)

    assert Article.objects.get().picture == wanted


def test_the_dialog_is_left_by_escape_and_changes_nothing(newsroom, correspondent, cilacap):
    picture = make_picture(cilacap)
    story = make_story(correspondent, cilacap, picture=picture)
    with newsroom.signed_in("ratih", LAPTOP) as page:
        open_story(newsroom, page, story)
        page.click("[data-choose]")
        expect(page.locator(".chooser")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".chooser")).to_have_count(0)
        assert page.input_value("#id_picture") == str(picture.pk)


def test_a_caption_for_the_story_is_asked_for_once_a_picture_is_chosen(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap, caption="Kapal")
    story = make_story(correspondent, cilacap)
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, story)
        caption = page.locator(".caption-here summary")
        expect(caption).to_be_hidden()
        page.locator("[data-choose]").click()
        page.locator(".chooser [data-picture]", has_text="Kapal").click()
        expect(caption).to_be_visible()
        page.locator("button[data-remove]").click()
        expect(caption).to_be_hidden()


def test_what_is_sought_is_seen_while_a_new_photo_still_wants_its_words(
    newsroom, correspondent, cilacap
):
    make_picture(cilacap, caption="Kapal")
    with newsroom.signed_in("ratih", PHONE) as page:
        open_story(newsroom, page, make_story(correspondent, cilacap))
        page.locator("[data-choose]").click()
        page.set_input_files(".chooser input[multiple]", [photo("satu.jpg")])
        expect(page.locator(".uploads__words")).to_be_visible()
        page.fill(".chooser [type=search]", "kapal")
        expect(page.locator(".chooser [data-picture]")).to_have_count(1)
        expect(page.locator(".chooser [data-picture]")).to_be_in_viewport(ratio=0.9)
        assert page.locator(".chooser [type=search]").input_value() == "kapal"
