"""Objects are put into a story, changed, moved and taken away, by mouse, keyboard and thumb."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.body import sanitise
from articles.models import Article
from articles.objects import placeholders_in
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.story_page import expect_saved, open_new, open_story, save, text
from tests.factories import make_live, make_picture, make_story, picture_bytes

OURS = "rgb(198, 199, 193)"  # --line-strong
BODY = "() => CKEDITOR.instances.id_body.getData()"


def insert(page: Page, command: str) -> None:
    page.locator(".editor-insert summary").click()
    page.locator(f"[data-command=insert-{command}]").click()


def write_in(page: Page, part: str, words: str) -> None:
    """Click into a part of a box and write there; what is still loading above may move it."""
    place = text(page).locator(part)
    for _attempt in range(5):
        place.click()
        if place.evaluate("each => each.matches('.cke_widget_editable_focused')"):
            break
        page.wait_for_timeout(200)
    page.keyboard.insert_text(words)
    expect(place).to_contain_text(words)


def kinds(page: Page) -> list[str]:
    return re.findall(r'data-object="([a-z-]+)"', page.evaluate(BODY))


def expect_kinds(page: Page, *expected: str) -> None:
    for _attempt in range(100):
        if kinds(page) == list(expected):
            return
        page.wait_for_timeout(50)
    assert kinds(page) == list(expected)


def loaded(image) -> bool:
    """Whether a browser has drawn it."""
    return image.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0


def choosing(page: Page, *pictures) -> None:
    """Whatever the library's dialog offers, its script answers with these."""
    chosen = [
        f'{{id: {each.pk}, alt: "", caption: "", credit: "", thumbnail: "", width: 3, height: 2}}'
        for each in pictures
    ]
    script = f"export const choosePictures = async () => [{', '.join(chosen)}];"
    page.route(
        re.compile(r"/js/picture-chooser\.js"),
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )


@pytest.fixture
def live(correspondent, editor, cilacap):
    return make_live(correspondent, cilacap, headline="Solar hanya separuh armada")


def test_every_object_is_put_in_saved_and_found_again_as_it_was(
    newsroom, correspondent, cilacap, live
):
    pictures = [make_picture(cilacap, caption=words) for words in ("Perahu biru", "Dermaga sepi")]
    page = newsroom.sign_in("ratih", LAPTOP)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_new(newsroom, page)
    page.fill("#id_headline", "Jembatan Kampung Laut roboh")
    text(page).click()
    page.keyboard.insert_text("Satu.")

    insert(page, "picture")
    page.locator(".chooser [data-picture]", has_text="Perahu biru").click()
    shown = page.locator("dialog [data-shown]")
    expect(shown).to_contain_text("Perahu biru Danu Prasetya")
    assert loaded(shown.locator("img"))
    page.fill("[name=caption]", "Perahu “Rejeki”")
    page.locator("[name=size][value=wide]").check()
    page.get_by_role("button", name="Selesai").click()
    expect_kinds(page, "picture")
    expect(text(page).locator(".object--picture")).to_contain_text("Perahu “Rejeki”")
    named = "Gambar · lebar: Perahu “Rejeki” — Danu Prasetya"
    expect(text(page).get_by_role("region", name=named)).to_be_visible()

    insert(page, "gallery")
    expect(page.get_by_role("dialog", name="Pilih gambar untuk galeri")).to_be_visible()
    for words in ("Perahu biru", "Dermaga sepi"):
        page.locator(".chooser [data-picture]", has_text=words).click()
    page.locator(".chooser [data-use]").click()
    page.fill("[name=caption]", "Dua pemandangan")
    page.get_by_role("button", name="Selesai").click()
    expect_kinds(page, "picture", "gallery")

    insert(page, "see-also")
    page.fill("[name=q]", "solar separuh")
    page.get_by_role("button", name="Solar hanya separuh armada").click()
    expect(text(page).locator(".object--see-also")).to_contain_text("Solar hanya separuh armada")

    insert(page, "embed")
    page.fill("[name=url]", "https://contoh.id/video")
    expect(page.locator("dialog [name=caption]")).to_have_attribute("required", "")
    page.fill("[name=caption]", "Rekaman warga")
    page.get_by_role("button", name="Selesai").click()
    expect(page.locator("[data-mistake]")).to_contain_text("Alamat ini bukan dari YouTube")
    page.fill("[name=url]", "https://youtu.be/dQw4w9WgXcQ?si=lacak")
    page.get_by_role("button", name="Selesai").click()
    expect(text(page).locator(".object--embed")).to_contain_text("Rekaman warga")

    insert(page, "pull-quote")
    source = text(page).get_by_role("textbox", name="Siapa yang mengatakannya")
    expect(source).to_have_class(re.compile("is-empty"))
    box = text(page).get_by_role("region", name="Kutipan", exact=False)
    box.hover()
    edge = "each => getComputedStyle(each).outlineColor"
    assert source.evaluate(edge) == OURS
    page.keyboard.insert_text("“Menunggu terlalu lama.”")
    write_in(page, ".object__source", "Ketua RW")
    expect(source).not_to_have_class(re.compile("is-empty"))

    insert(page, "fact-box")
    page.keyboard.insert_text("Dalam angka")
    page.keyboard.press("Enter")  # the name is one line
    page.keyboard.insert_text("34 meter")

    order = ("picture", "gallery", "see-also", "embed", "pull-quote", "fact-box")
    expect_kinds(page, *order)
    before = page.evaluate(BODY)
    save(page)
    expect_saved(page)
    story = Article.objects.get(headline="Jembatan Kampung Laut roboh")
    first, second = (each.pk for each in pictures)
    assert [str(each) for each in placeholders_in(story.body)] == [
        f'<figure data-object="picture" data-id="{first}" data-size="wide"'
        ' data-caption="Perahu “Rejeki”"></figure>',
        f'<figure data-object="gallery" data-ids="{first},{second}"'
        ' data-caption="Dua pemandangan"></figure>',
        f'<figure data-object="see-also" data-id="{live.article_id}"></figure>',
        '<figure data-object="embed" data-url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'
        ' data-caption="Rekaman warga"></figure>',
    ]
    assert (
        '<blockquote data-object="pull-quote"><p>“Menunggu terlalu lama.”</p>\n'
        "<p><cite>Ketua RW</cite></p>\n</blockquote>"
    ) in story.body
    assert (
        '<aside data-object="fact-box"><h3>Dalam angka</h3>\n<p>34 meter</p>\n</aside>'
    ) in story.body

    open_story(newsroom, page, story)
    expect(text(page).locator(".object--embed")).to_contain_text("Rekaman warga")
    expect_kinds(page, *order)
    stripped = re.compile(r"<p>(?:&nbsp;)?</p>|\n")
    assert stripped.sub("", page.evaluate(BODY)) == stripped.sub("", before)
    save(page)
    expect_saved(page)
    assert Article.objects.get(pk=story.pk).body == story.body
    hosts = {re.sub(r"^(\w+:(?://[^/:]+)?).*", r"\1", url) for url in asked}
    assert hosts <= {"http://desk.localhost", "data:", "blob:"}


def test_the_pictures_of_a_gallery_are_seen_moved_taken_out_and_added_by_thumb_and_key(
    newsroom, correspondent, cilacap
):
    names = ("Perahu biru", "Dermaga sepi", "Pasar ikan", "Muara keruh")
    boat, quay, market, mouth = (make_picture(cilacap, caption=words) for words in names)
    html = f'<figure data-object="gallery" data-ids="{boat.pk},{quay.pk},{market.pk}"></figure>'
    story = make_story(correspondent, cilacap, body=f"<p>Satu.</p>{html}<p>Dua.</p>")
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_story(newsroom, page, story)
    card = text(page).locator(".object--gallery")
    card.get_by_role("button", name="Ubah").tap()
    rows = page.locator("dialog [data-pictures] li")
    expect(rows).to_have_count(3)
    assert all(loaded(image) for image in rows.locator("img").all())
    boxes = [each.bounding_box() for each in rows.locator("button").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44

    rows.nth(2).get_by_role("button", name="Lebih awal: Pasar ikan").tap()
    page.keyboard.press("Enter")  # the button went along with its picture, and kept the focus
    expect(rows).to_contain_text(["Pasar ikan", "Perahu biru", "Dermaga sepi"])
    expect(page.locator("dialog [role=status]")).to_have_text("Urutan ke-1 dari 3")
    rows.nth(1).get_by_role("button", name="Keluarkan: Perahu biru").tap()
    page.get_by_role("button", name="Tambah gambar…").tap()
    for words in ("Dermaga sepi", "Muara keruh"):
        page.locator(".chooser [data-picture]", has_text=words).tap()
    page.locator(".chooser [data-use]").tap()
    expect(rows).to_contain_text(["Pasar ikan", "Dermaga sepi", "Muara keruh"])
    page.get_by_role("button", name="Selesai").tap()
    expect(card.locator("img")).to_have_count(3)
    assert f'data-ids="{market.pk},{quay.pk},{mouth.pk}"' in page.evaluate(BODY)


SET = "(html) => CKEDITOR.instances.id_body.setData(html)"
SEE_ALSO = '<figure data-object="see-also" data-id="{id}"></figure>'


def test_an_object_is_moved_and_taken_away_by_the_keyboard_alone(
    newsroom, correspondent, cilacap, live
):
    html = SEE_ALSO.format(id=live.article_id)
    story = make_story(correspondent, cilacap, body=f"<p>Satu.</p><p>Dua.</p>{html}<p>Tiga.</p>")
    page = newsroom.sign_in("ratih", LAPTOP)
    open_story(newsroom, page, story)
    text(page).get_by_text("Dua.").click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(text(page).locator(".cke_widget_focused")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(BODY) == f"<p>Satu.</p>{html}<p>Dua.</p><p>Tiga.</p>"
    # Nor does it leave an empty line where it stood beside another object.
    other = html.replace(str(live.article_id), str(live.article_id + 1))
    page.evaluate(SET, f"<p>Satu.</p>{html}{other}<p>Dua.</p>")
    expect_kinds(page, "see-also", "see-also")
    text(page).locator(".object--see-also .object__kind").nth(1).click()
    page.keyboard.press("Alt+ArrowUp")
    blocks = """({children}) => [...children].filter((each) => !each.dataset.ckeTemp)
        .map((each) => each.nodeName).join(" ")"""
    assert text(page).evaluate(blocks) == "P DIV P DIV P"
    page.keyboard.press("Alt+ArrowDown")
    assert text(page).evaluate(blocks) == "P DIV P DIV P"
    page.evaluate(SET, f"<p>Satu.</p>{html}<p>Dua.</p><p>Tiga.</p>")
    text(page).locator(".object--see-also .object__kind").click()
    page.keyboard.press("Alt+Enter")
    expect(page.locator("dialog[open] [name=q]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(text(page).locator(".cke_widget_focused")).to_be_visible()
    page.keyboard.press("Delete")
    assert page.evaluate(BODY) == "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    page.locator("[data-command=undo]").click()
    expect_kinds(page, "see-also")


def expect_body(page: Page, html: str) -> None:
    """What a story would keep, as soon as what was pressed has come to its end."""
    for _attempt in range(100):
        if sanitise(page.evaluate(BODY)).replace("\n", "") == html:
            return
        page.wait_for_timeout(50)
    assert sanitise(page.evaluate(BODY)).replace("\n", "") == html


def test_what_is_typed_after_an_object_was_put_in_or_chosen_stands_below_it(
    newsroom, correspondent, cilacap
):
    picture = make_picture(cilacap, caption="Perahu biru")
    story = make_story(correspondent, cilacap, body="<p>Satu.</p><p>Dua.</p>")
    page = newsroom.sign_in("ratih", LAPTOP)
    choosing(page, picture)
    open_story(newsroom, page, story)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    figure = f'<figure data-object="picture" data-id="{picture.pk}" data-size="text"></figure>'

    text(page).get_by_text("Dua.").click()
    insert(page, "picture")
    page.get_by_role("button", name="Selesai").click()
    expect_kinds(page, "picture")
    page.keyboard.type("Tiga.")
    expect_body(page, f"<p>Satu.</p><p>Dua.</p>{figure}<p>Tiga.</p>")
    # The paragraph that is there already is the one below.
    text(page).get_by_text("Satu.").click()
    insert(page, "picture")
    page.get_by_role("button", name="Selesai").click()
    expect_kinds(page, "picture", "picture")
    page.keyboard.type("Lalu ")
    expect_body(page, f"<p>Satu.</p>{figure}<p>Lalu Dua.</p>{figure}<p>Tiga.</p>")

    expect(text(page).locator(".object--picture img")).to_have_count(2)  # both are drawn
    card = text(page).locator(".object--picture").first
    chosen = text(page).locator(".cke_widget_focused")
    said = "<p>Lalu Dua.</p>"

    def choose() -> None:
        card.locator(".object__kind > span").first.click()
        expect(chosen).to_be_visible()

    def expect_below(words: str) -> None:
        nonlocal said
        said = f"<p>{words}</p>{said}"
        expect_body(page, f"<p>Satu.</p>{figure}{said}{figure}<p>Tiga.</p>")

    # By keys, by Enter, by a keyboard on a screen that sends its input or composes a word.
    choose()
    page.keyboard.type("huruf")
    expect_below("huruf")
    choose()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.type("baris")
    expect_below("baris")
    choose()
    page.keyboard.insert_text("ketukan")
    expect_below("ketukan")
    choose()
    screen = page.context.new_cdp_session(page)
    screen.send(
        "Input.imeSetComposition", {"text": "susun", "selectionStart": 5, "selectionEnd": 5}
    )
    screen.send("Input.insertText", {"text": "susunan"})
    expect_below("susunan")

    choose()
    page.keyboard.press("Backspace")
    expect_kinds(page, "picture")
    page.locator("[data-command=undo]").click()
    expect_kinds(page, "picture", "picture")

    card.locator("img").dblclick()
    expect(page.locator("dialog[open] [name=caption]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    card.get_by_role("button", name="Turunkan").dblclick()
    expect(page.locator("dialog[open]")).to_have_count(0)
    card.get_by_role("button", name="Hapus").click()
    expect_kinds(page, "picture")
    page.keyboard.type("x")
    assert "x" in page.evaluate(BODY)
    assert faults == []


def test_a_story_is_not_offered_twice_and_a_link_that_is_near_another_or_early_is_told_of(
    newsroom, correspondent, cilacap, live
):
    other = make_live(correspondent, cilacap, headline="Solar datang lagi")
    html = SEE_ALSO.format(id=live.article_id)
    body = "".join(f"<p>Alinea {number}.</p>" for number in range(1, 8)) + html
    story = make_story(correspondent, cilacap, body=body)
    page = newsroom.sign_in("ratih", LAPTOP)
    open_story(newsroom, page, story)
    found = page.locator("dialog .found__headline")
    near, early = (page.locator(f"dialog [data-if={name}]") for name in ("near", "early"))
    for paragraph, is_near in ((7, True), (3, True), (2, False)):
        text(page).get_by_text(f"Alinea {paragraph}.").click()
        insert(page, "see-also")
        expect(found).to_have_text([other.headline])
        expect(near).to_be_visible(visible=is_near)
        expect(early).to_be_visible(visible=paragraph < 3)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    # To change a link, its own story is on offer, and it is near no other.
    text(page).locator(".object--see-also").dblclick()
    expect(found).to_have_text([other.headline, live.headline])
    expect(near).to_be_hidden()
    expect(early).to_be_hidden()
    page.keyboard.press("Escape")

    # One that is linked is told of; Escape closes whatever is typed; Enter takes what is found.
    text(page).get_by_text("Alinea 2.").click()
    insert(page, "see-also")
    page.fill("[name=q]", live.headline)
    expect(page.locator("dialog [data-linked]")).to_be_visible()
    expect(page.locator("dialog [data-none]")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    for is_seen in (False, True):
        insert(page, "see-also")
        page.keyboard.type("datang lagi")
        if is_seen:
            expect(found).to_have_text([other.headline])
        page.keyboard.press("Enter")
        expect_kinds(page, "see-also", "see-also")
        page.locator("[data-command=undo]").click()
        expect_kinds(page, "see-also")


def test_an_object_is_changed_moved_and_taken_away_by_thumb(newsroom, correspondent, cilacap):
    html = (
        '<figure data-object="embed" data-url="https://x.com/kabar/status/17"'
        ' data-caption="Unggahan"></figure>'
    )
    story = make_story(correspondent, cilacap, body=f"<p>Satu.</p>{html}<p>Dua.</p>")
    page = newsroom.sign_in("ratih", PHONE, has_touch=True, is_mobile=True)
    open_story(newsroom, page, story)
    card = text(page).locator(".object--embed")
    expect(card).to_contain_text("Unggahan")
    boxes = [each.bounding_box() for each in card.locator("button").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    card.get_by_role("button", name="Ubah").tap()
    page.fill("[name=caption]", "Unggahan bupati")
    page.get_by_role("button", name="Selesai").tap()
    expect(card).to_contain_text("Unggahan bupati")
    card.get_by_role("button", name="Turunkan").tap()
    assert page.evaluate(BODY).index("Dua.") < page.evaluate(BODY).index("<figure")
    card.get_by_role("button", name="Hapus").tap()
    assert kinds(page) == []


def test_somebody_elses_picture_is_neither_shown_nor_saved(
    newsroom, correspondent, cilacap, makassar
):
    foreign = make_picture(makassar, caption="Milik Makassar")
    story = make_story(correspondent, cilacap)
    page = newsroom.sign_in("ratih", LAPTOP)
    choosing(page, foreign)
    open_story(newsroom, page, story)
    text(page).click()
    insert(page, "picture")
    page.get_by_role("button", name="Selesai").click()
    expect_kinds(page, "picture")
    save(page)
    expect(page.locator(".field-body .errorlist")).to_contain_text("tidak lagi, boleh Anda pakai")
    story.refresh_from_db()
    assert placeholders_in(story.body) == []


def test_a_card_gets_a_still_of_the_library_and_loses_it_again(newsroom, correspondent, cilacap):
    html = '<figure data-object="embed" data-url="https://x.com/kabar/status/17"></figure>'
    still = make_picture(cilacap)
    story = make_story(correspondent, cilacap, body=f"<p>Satu.</p>{html}<p>Dua.</p>")
    page = newsroom.sign_in("ratih", LAPTOP)
    choosing(page, still)
    open_story(newsroom, page, story)
    card = text(page).locator(".object--embed")
    card.get_by_role("button", name="Ubah").click()
    page.fill("[name=caption]", "Unggahan bupati")
    page.get_by_role("button", name="Pilih gambar sampul…").click()
    # What was typed is still there, and the still is seen before it is taken.
    expect(page.locator("[name=caption]")).to_have_value("Unggahan bupati")
    look = page.locator("dialog [data-still]")
    expect(look).to_be_visible()
    page.wait_for_function("() => document.querySelector('dialog [data-still]').naturalWidth > 0")
    page.get_by_role("button", name="Selesai").click()
    expect(card.locator(".object__still")).to_be_visible()
    save(page)
    expect_saved(page)
    (placed,) = placeholders_in(Article.objects.get(pk=story.pk).body)
    assert (placed.ids, placed.caption) == ((still.pk,), "Unggahan bupati")

    open_story(newsroom, page, story)
    card.get_by_role("button", name="Ubah").click()
    page.get_by_role("button", name="Tanpa gambar sampul").click()
    expect(look).to_be_hidden()
    page.get_by_role("button", name="Selesai").click()
    expect(card.locator(".object__still")).to_have_count(0)
    save(page)
    expect_saved(page)
    (placed,) = placeholders_in(Article.objects.get(pk=story.pk).body)
    assert (placed.ids, placed.caption) == ((), "Unggahan bupati")


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (1200, 900)])
def test_a_photo_stands_in_the_text_without_bars_beside_it(
    newsroom, correspondent, cilacap, width, height
):
    picture = make_picture(cilacap, picture_bytes(width, height))
    figure = f'<figure data-object="picture" data-id="{picture.pk}" data-size="text"></figure>'
    page = newsroom.sign_in("ratih", LAPTOP)
    open_story(newsroom, page, make_story(correspondent, cilacap, body=f"<p>Satu.</p>{figure}"))
    box = text(page).locator(".object__pictures img").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.01)
