"""Opening a story and saving it untouched is no change: no revision, no approval withdrawn."""

from articles.models import Article
from tests.browser.story_page import expect_saved, save
from tests.factories import approve_story, make_story

RICH = """
<h2>Sub judul</h2><p>Paragraf dengan <strong>tebal</strong>, <em>miring</em> &amp; “kutip”.</p>
<ul><li>satu</li><li>dua</li></ul><blockquote><p>Kutipan.</p></blockquote>
<p>Baris<br>baru, <a href="https://contoh.id/a?b=1&amp;c=2">tautan</a>, Rp&nbsp;24.000.</p>
<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>
"""


def test_saving_an_untouched_story_changes_nothing(newsroom, correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap, body=RICH, tags=["nelayan", "Zaitun", "arus"])
    approve_story(story, by=correspondent, editor=editor)
    before = Article.objects.values().get(pk=story.pk)
    with newsroom.signed_in("wening") as page:
        page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/change/"))
        page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").wait_for()
        save(page)
        expect_saved(page)
    assert Article.objects.values().get(pk=story.pk) == before
    assert story.revisions.count() == 1
