"""Two texts of a story: two columns where there is room, one text on a phone, with no script."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import LAPTOP, PHONE
from tests.factories import make_story, rewrite


@pytest.mark.parametrize(("size", "columns"), [(PHONE, 1), (LAPTOP, 2)], ids=["phone", "laptop"])
def test_what_went_stands_beside_what_came_or_before_it(
    newsroom, correspondent, cilacap, size, columns
):
    story = make_story(correspondent, cilacap, headline="Judul lama")
    rewrite(story, by=correspondent, headline="Judul baru")
    page = newsroom.sign_in("ratih", size, java_script_enabled=False)

    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/compare/"))

    older, newer = page.locator(".compare__older"), page.locator(".compare__newer")
    expect(older).to_be_visible(visible=columns == 2)
    expect(newer.locator("del")).to_be_visible(visible=columns == 1)
    expect(newer.locator("ins")).to_be_visible()
    page.get_by_role("button", name="Pakai lagi teks ini").click()
    expect(page.locator("#id_headline")).to_have_value("Judul lama")
    assert Article.objects.get().headline == "Judul baru"
