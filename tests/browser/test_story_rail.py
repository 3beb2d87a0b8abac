"""What stands beside a long story."""

import pytest

from tests.factories import make_live

LONG = "<p>Kapal kembali melaut setelah tiga pekan menunggu gelombang reda di dermaga.</p>" * 200
HEADLINES = [
    "Penerbangan perintis kembali dibuka, beras dan guru antre di landasan yang sama",
    "Gudang rempah terbakar dini hari, harga cengkih justru turun sembilan ribu rupiah",
    "Murid sekolah dasar menyeberang dengan sampan setelah jembatan gantung putus",
    "Pedagang pasar apung menolak lokasi baru yang disiapkan pemerintah provinsi",
    "Kuota pendakian dipangkas, pemandu meminta jalur timur segera dibuka",
    "Sirene tsunami diuji, dua dari delapan belas ternyata tidak berbunyi",
]


@pytest.mark.parametrize("beside", [2, 6])
def test_the_rail_goes_along_with_a_long_story_and_none_of_it_is_out_of_reach(
    newsroom, cilacap, correspondent, beside
):
    for words in HEADLINES[:beside]:
        make_live(correspondent, cilacap, headline=words, summary="", tags=[])
    edition = make_live(correspondent, cilacap, headline="Panjang", summary="", tags=[], body=LONG)
    for width, height in ((1280, 800), (1024, 700)):
        page = newsroom.open({"width": width, "height": height})
        page.goto(edition.address.get_absolute_url())
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        assert page.locator(".story__rail li").count() == beside
        last = page.locator(".story__rail li").last.bounding_box()
        assert 0 < last["y"] < last["y"] + last["height"] < height
        page.emulate_media(media="print")
        assert not page.locator(".story__rail").is_visible()
