"""Nobody is kept from reading: axe-core finds nothing on any kind of readers' page."""

import pytest

from articles import workflow
from articles.models import Notice, Page
from tests.audit.access import violations
from tests.browser.conftest import PHONE
from tests.factories import make_picture, publish_next, publish_story

BODY = (
    "<p>Deru mesin terdengar lagi di muara, <a href='https://example.org/'>kata nelayan</a>.</p>"
    "<h2>Harga ikan</h2><ul><li>Tongkol Rp 32.000 sekilo</li></ul><blockquote><p>Kami melaut lagi."
    "</p></blockquote><table><thead><tr><th>Hari</th><th>Kapal</th></tr></thead><tbody><tr><td>Senin"
    "</td><td>408</td></tr></tbody></table>"
)


def addresses(newsroom, reporter, editor, network_editor, cilacap) -> dict[str, int]:
    """An address of every kind of page, with the status of its answer."""
    picture = make_picture(cilacap)
    story = publish_story(reporter, editor, cilacap, body=BODY, picture=picture)
    story = publish_next(story.article, by=reporter, editor=editor, headline="Kapal kembali melaut")
    plain = publish_story(reporter, editor, cilacap, picture=None)
    retracted = publish_story(reporter, editor, cilacap)
    workflow.retract(
        retracted.article, by=editor, ground=Notice.Ground.FACTUAL, reason="Sumber keliru."
    )
    workflow.confirm_retraction(retracted.article, by=network_editor)
    Page.objects.update_or_create(
        bureau=None, kind=Page.Kind.GUIDELINES, defaults={"body": BODY, "changed_by": editor}
    )
    author = story.article.bylines.get().author
    tag = story.article.tags.get()
    path, retracted_path, plain_path = (
        edition.address.get_absolute_url().removeprefix(newsroom.url("cilacap", ""))
        for edition in (story, retracted, plain)
    )
    bureau_paths = {
        "/": 200,
        "/en/": 200,
        "/teks/": 200,
        "/terkini": 200,
        f"/rubrik/{story.article.section.slug}": 200,
        f"/topik/{tag.slug}": 200,
        f"/penulis/{author.slug}": 200,
        "/indeks": 200,
        "/koreksi": 200,
        "/pedoman": 200,
        path: 200,
        f"/en{path}": 200,
        f"/teks{path}": 200,
        f"{path}/perubahan": 200,
        plain_path: 200,
        retracted_path: 410,
        "/tidak-ada": 404,
    }
    return {
        newsroom.url(): 200,
        newsroom.url("", "/biro"): 200,
        **{newsroom.url("cilacap", path): status for path, status in bureau_paths.items()},
    }


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_axe_finds_nothing_by_day_or_by_night(
    newsroom, correspondent, editor, network_editor, cilacap, is_whole
):
    """Every second page by night, the others by day; ``make soak`` looks at each by both."""
    pages = addresses(newsroom, correspondent, editor, network_editor, cilacap)
    page = newsroom.open(PHONE)
    found, statuses = {}, {}
    for number, url in enumerate(pages):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        statuses[url] = page.goto(url).status
        lines = violations(page)
        if is_whole:
            page.emulate_media(color_scheme="light" if number % 2 else "dark")
            lines += violations(page, only="color-contrast")  # nothing but colours differs
        if lines:
            found[url] = lines
    assert found == {}
    assert statuses == pages


def test_on_a_phone_text_twice_as_large_stays_on_the_page_and_whole(
    newsroom, correspondent, editor, network_editor, cilacap
):
    page = newsroom.open(PHONE)
    for url in addresses(newsroom, correspondent, editor, network_editor, cilacap):
        page.goto(url)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
    page.goto(newsroom.url("cilacap", "/indeks"))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    names = page.locator(".calendar abbr").evaluate_all(
        "names => names.map(name => [name.getClientRects().length,"
        " name.offsetWidth <= name.parentElement.clientWidth])"
    )
    assert names == [[1, True]] * 7
