"""A save interrupts nobody: what is typed on is kept, and the cursor stays where one writes."""

from playwright.sync_api import expect

from articles import writing
from articles.models import Article, Autosave
from bureaus.models import Author
from tests.browser.story_page import expect_saved, open_new, open_story, save, text
from tests.factories import make_author, make_live, make_story, rewrite

BODY = "".join(f"<p>Paragraf {number}.</p>" for number in range(1, 21))
SLOW = 1500  # milliseconds for an answer, as on a phone's line


def answer_late(page, address: str) -> None:
    def late(route):
        if route.request.method == "POST":
            page.wait_for_timeout(SLOW)
        route.continue_()

    page.route(f"**/articles/article/{address}/", late)


def write_at(page, number: int, words: str) -> None:
    text(page).locator("p").nth(number - 1).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def mark(page) -> None:
    page.evaluate("window.isStill = true")


def is_still(page) -> bool:
    return page.evaluate("window.isStill === true")


def test_whoever_writes_on_while_it_is_saved_stays_in_the_sentence(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, body=BODY)
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        mark(page)
        answer_late(page, f"{story.pk}/change")
        write_at(page, 15, " Sebelum.")
        top = page.evaluate("scrollY")
        page.keyboard.press("Control+s")
        page.keyboard.type(" Selama.")
        expect_saved(page)
        page.keyboard.type(" Sesudah.")
        expect(text(page).locator("p").nth(14)).to_have_text(
            "Paragraf 15. Sebelum. Selama. Sesudah."
        )
        assert (is_still(page), page.evaluate("scrollY")) == (True, top)
        story.refresh_from_db()
        assert "Paragraf 15. Sebelum.</p>" in story.body
        page.keyboard.press("Control+s")
        expect(page.locator("[data-status]")).to_contain_text("Menyimpan")
        expect_saved(page)
        expect(page.locator("[data-log]")).to_contain_text("Ratih")
        page.keyboard.press("Control+z")
        expect(text(page)).not_to_contain_text("Sesudah.")

    story.refresh_from_db()
    assert "Paragraf 15. Sebelum. Selama. Sesudah.</p>" in story.body
    assert story.version == 3
    assert not Autosave.objects.exists()


def test_a_new_story_opens_again_where_it_was_left(newsroom, correspondent, cilacap):
    with newsroom.signed_in("ratih") as page:
        open_new(newsroom, page)
        answer_late(page, "add")
        page.fill("#id_headline", "Kapal melaut lagi")
        text(page).click()
        for number in range(1, 16):
            page.keyboard.type(f"Paragraf {number}.")
            page.keyboard.press("Enter")
        page.keyboard.type("Awal")
        before = text(page).locator("p").last.bounding_box()["y"]
        page.keyboard.press("Control+s")
        # Longer than an answer takes: the story has several revisions, and is nobody else's text.
        page.keyboard.type(" selama satu dua", delay=100)
        # and longer than until the desk keeps by itself what was typed
        page.keyboard.type(" tiga empat", delay=400)
        page.wait_for_url("**/change/")
        expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()
        expect(page.locator(".cke_wysiwyg_frame")).to_be_focused()
        page.keyboard.type(" akhir")
        expect(text(page).locator("p").last).to_have_text("Awal selama satu dua tiga empat akhir")
        assert abs(text(page).locator("p").last.bounding_box()["y"] - before) < 5
        save(page)
        expect_saved(page)

    story = Article.objects.get()
    assert "Awal selama satu dua tiga empat akhir" in story.body


def test_what_is_typed_while_a_published_text_is_saved_is_saved_with_it(
    newsroom, correspondent, editor, cilacap
):
    """There the page is loaded anew: other steps are open now."""
    story = make_live(correspondent, cilacap, body=BODY).article
    with newsroom.signed_in("wening") as page:
        open_story(newsroom, page, story)
        mark(page)
        answer_late(page, f"{story.pk}/change")
        write_at(page, 3, " Sebelum.")
        page.keyboard.press("Control+s")
        page.keyboard.type(" Selama.")
        expect(page.locator(".messagelist")).to_contain_text("tersimpan")
        expect(text(page).locator("p").nth(2)).to_have_text("Paragraf 3. Sebelum. Selama.")
        assert not is_still(page)

    story.refresh_from_db()
    assert "Paragraf 3. Sebelum. Selama.</p>" in story.body


def test_a_verb_that_is_pressed_while_a_save_is_on_its_way_is_done(
    newsroom, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, body=BODY)
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        answer_late(page, f"{story.pk}/change")
        write_at(page, 2, " Lagi.")
        page.keyboard.press("Control+s")
        page.locator("[name=_verb][value=submit]:visible").click()
        expect(page.locator(".storybar .state--submitted")).to_be_visible()

    story.refresh_from_db()
    assert (story.stage, "Paragraf 2. Lagi.</p>" in story.body) == ("submitted", True)


def test_the_page_that_stays_tells_what_is_true_now(newsroom, correspondent, cilacap):
    story = make_story(correspondent, cilacap, headline="Judul lama", summary="")
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        expect(page.locator("[data-checks]")).to_contain_text("Ringkasan belum ada")
        page.fill("#id_summary", "Ringkasan yang baru.")
        page.fill("#id_headline", "Judul baru")
        save(page)
        expect_saved(page)
        expect(page.locator("[data-checks]")).not_to_contain_text("Ringkasan belum ada")
        expect(page.locator("h1")).to_have_text("Menyunting: Judul baru")
        assert page.title().startswith("Judul baru | ")


def test_a_page_that_stayed_saves_its_credits_once_and_nobody_elses_text_away(
    newsroom, correspondent, editor, cilacap
):
    make_author("Bagus Santosa", bureau=cilacap)
    story = make_story(correspondent, cilacap, body=BODY)
    with newsroom.signed_in("ratih") as page:
        open_story(newsroom, page, story)
        page.click(".add-row a")
        page.click("#bylines-1 .select2-selection")
        page.fill(".select2-search__field", "bagus")
        page.click(".select2-results__option:has-text('Bagus Santosa')")
        page.select_option("#id_bylines-1-role", "contributor")
        for words in ("Satu. ", "Dua. "):
            page.locator("#id_summary").press_sequentially(words)
            save(page)
            expect_saved(page)
        assert [str(line.author) for line in story.bylines.all()] == [
            "Ratih Purwandari", "Bagus Santosa"
        ]  # fmt: skip
        story.refresh_from_db()
        assert (story.version, story.summary[:11]) == (3, "Satu. Dua. ")

        rewrite(story, by=editor, headline="Judul redaktur")
        page.fill("#id_headline", "Judul koresponden")
        save(page)
        page.wait_for_url("**/conflict/**")
        expect(page.locator("main")).to_contain_text("Judul redaktur")

    story.refresh_from_db()
    assert (story.headline, Author.objects.count()) == ("Judul redaktur", 3)
    assert [text.typed.values["headline"] for text in writing.unsaved_at(story, correspondent)] == [
        "Judul koresponden"
    ]
