"""Two people's texts of one story, put together in a browser without scripts."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from articles import writing
from tests.browser.conftest import LAPTOP, PHONE
from tests.desk import form_data
from tests.factories import make_story, publish_story, rewrite

SEE_ALSO = '<figure data-object="see-also" data-id="{0.pk}"></figure>'
RATE = (
    "<p>Kadar CO<sub>2</sub>, kata <strong>Sutarno</strong>, naik (lihat "
    '<a href="https://a.example/" rel="noopener">data</a>).{more}</p>'
)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_both_texts_can_be_used_and_written_together(
    newsroom, correspondent, editor, cilacap, size
):
    other = publish_story(correspondent, editor, cilacap, headline="Kuota solar nelayan ditambah")
    linked = SEE_ALSO.format(other.article)
    middle = "".join(f"<p>Paragraf {number} tetap begini.</p>" for number in range(2, 6))
    end = "<p>Paragraf yang gugur.</p><p>Akhir.</p>"
    before = f"{RATE.format(more='')}<p>Paragraf satu.</p>{linked}{middle}{end}"
    story = make_story(correspondent, cilacap, headline="Udara", body=before)
    mine = RATE.format(more=" Tambahan saya.") + before[len(RATE.format(more="")) :]
    sent = form_data(story, body=mine.replace(linked, "") + linked)
    key = uuid4()
    fields = [[name, str(value)] for name, value in sent.items()]
    writing.keep(correspondent, fields, key=key, version=story.version, article=story)
    theirs = before.replace("</a>).", "</a>). Tambahan redaktur.")
    theirs = theirs.replace("<p>Paragraf yang gugur.</p>", "")
    rewrite(story, by=editor, body=f"{theirs}<p>Paragraf redaktur.</p>")

    page = newsroom.sign_in("ratih", size, java_script_enabled=False)
    page.goto(newsroom.url("desk", f"/articles/article/{story.pk}/conflict/{key}/"))

    # What falls away is to be seen; nothing is wider than the screen.
    gone = page.get_by_text("Paragraf yang gugur.")
    expect(gone).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    first, moved = page.locator(".conflict > .conflict__field").all()[:2]
    expect(first.get_by_role("textbox")).to_have_value(
        "Kadar CO2, kata Sutarno, naik (lihat data). Tambahan redaktur. Tambahan saya."
    )
    first.get_by_role("textbox").fill(
        "Kadar CO2, kata Sutarno, turun (lihat data). Tambahan redaktur dan saya."
    )
    first.get_by_role("radio", name="Gabungan").check()
    moved.get_by_role("radio", name="Pakai keduanya").check()
    page.get_by_role("button", name="Simpan pilihan ini").click()

    expect(page.locator("#id_headline")).to_have_value("Udara")
    story.refresh_from_db()
    rate = RATE.format(more=" Tambahan redaktur dan saya.").replace("naik", "turun")
    assert story.body.replace("\n", "") == (
        f"{rate}<p>Paragraf satu.</p>{middle}<p>Akhir.</p><p>Paragraf redaktur.</p>{linked}"
    )
