"""What people do on the story page, whatever their screen."""

from playwright.sync_api import FrameLocator, Page, expect

from articles.models import Article

PASTE = """({html, plain}) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    const body = document.querySelector("iframe.cke_wysiwyg_frame").contentDocument.body;
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    body.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def open_story(newsroom, page: Page, story: Article) -> None:
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
    expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()


def open_new(newsroom, page: Page) -> None:
    page.goto(newsroom.url("desk", "/articles/article/add/"))
    expect(page.locator(".cke_wysiwyg_frame")).to_be_visible()


def text(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def save(page: Page) -> None:
    """Press Save where this screen has it; before its style is there, a page shows both."""
    page.wait_for_load_state()
    page.locator(":is(.storybar, .storyfoot) [name=_save]:visible").first.click()


def expect_saved(page: Page) -> None:
    """Wait until what was sent is saved: the page stays, or it is loaded anew."""
    expect(page.locator("[data-status] .saved__word")).to_have_text("Tersimpan")


def expect_kept(page: Page) -> None:
    """Wait until the server has what was typed."""
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Tersimpan otomatis")


def sign_in_again(page: Page, username: str) -> None:
    """In the window that the note beside the story opens."""
    with page.expect_popup() as opened:
        page.locator("[data-note]:visible [data-sign-in]").click()
    window = opened.value
    window.fill("[name=username]", username)
    window.fill("[name=password]", "a long password")
    with window.expect_event("close"):
        window.press("[name=password]", "Enter")


def send_paste(page: Page, html: str, plain: str = "teks biasa") -> None:
    """As a browser tells the editor of a paste; without ``html`` of one that has none."""
    page.evaluate(PASTE, {"html": html, "plain": plain})
