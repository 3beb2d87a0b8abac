"""A story's whole way in a real browser: typed, sent back, mended, approved, published, read."""

import re

from playwright.sync_api import Page, expect

from articles.models import Article, Event
from bureaus.models import Network
from tests.browser.conftest import LAPTOP, PHONE
from tests.factories import make_section

HEADLINE = "Warga Kampung Laut Memperbaiki Sendiri Jembatan Kayu yang Roboh Sebelum Musim Hujan"
PARAGRAPHS = [
    "Bunyi palu terdengar dari tepi Segara Anakan sejak pukul enam pagi. Dua puluh satu warga"
    " memasang papan terakhir pada jembatan sepanjang 34 meter itu.",
    "“Menunggu anggaran tahun depan terlalu lama. Anak-anak harus sekolah,” kata ketua rukun"
    " warga setempat.",
    "Kayu dibeli dengan iuran Rp 25.000 per rumah. Sisanya sumbangan pemilik perahu.",
]


def button(page: Page, name: str):
    """A verb's button, wherever this screen shows it."""
    exact = re.compile(rf"^{name}…?$")
    return page.get_by_role("button", name=exact).locator("visible=true").first


def write_body(page: Page, paragraphs: list[str]) -> None:
    text = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    text.click()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def confirm(page: Page, name: str) -> None:
    """Press the button of a verb's own page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_from_the_correspondents_phone_to_the_readers_page(
    newsroom, correspondent, editor, network_editor, cilacap
):
    Network.objects.update(name="KABAR RAYA", printed_domain="KABARRAYA.ID")
    make_section("peristiwa", "Peristiwa")

    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(newsroom.url("desk", "/articles/article/add/"))
        page.fill("#id_headline", HEADLINE)
        page.fill("#id_dateline", "Kampung Laut")
        page.select_option("#id_section", label="Peristiwa")
        write_body(page, PARAGRAPHS)
        button(page, "Simpan").click()
        expect(page.locator("body")).to_contain_text("Masih draf, belum diajukan")
        button(page, "Ajukan").click()
        expect(page.locator("body")).to_contain_text("Sekarang menunggu")
    story = Article.objects.get()
    url = newsroom.url("desk", f"/articles/article/{story.pk}/change/")

    with newsroom.signed_in("wening") as page:
        page.goto(url)
        button(page, "Ambil").click()
        button(page, "Kembalikan").click()
        page.fill("[name=reason]", "Berapa panjang jembatannya? Tanyakan kepada kepala desa.")
        confirm(page, "Kembalikan")
        expect(page).to_have_url(url)

    with newsroom.signed_in("ratih", PHONE) as page:
        page.goto(url)
        expect(page.locator("main")).to_contain_text(
            "Berapa panjang jembatannya? Tanyakan kepada kepala desa."
        )
        page.fill("#id_summary", "Jembatan sepanjang 34 meter itu menghubungkan dua sekolah.")
        button(page, "Ajukan").click()
        expect(page.locator("body")).to_contain_text("Sekarang menunggu")

    with newsroom.signed_in("wening", LAPTOP) as page:
        page.goto(url)
        button(page, "Ambil").click()
        button(page, "Setujui dan terbitkan").click()
        page.wait_for_timeout(600)  # a second tap is no answer
        page.get_by_role("dialog").get_by_role("button", name="Terbitkan").click()
        expect(page.locator(".messagelist")).to_contain_text("terbit")

    with newsroom.signed_in("retno") as page:
        page.goto(f"{url.removesuffix('change/')}verb/backdate/")
        page.fill("[name=printed_at_date]", "2024-05-22")
        page.fill("[name=printed_at_time]", "15:45")
        page.fill("[name=reason]", "Berita dipindahkan dari situs lama.")
        confirm(page, "Ubah tanggal tercetak")
        expect(page).to_have_url(url)

    assert list(Event.objects.order_by("id").values_list("verb", "by__username")) == [
        ("submit", "ratih"),
        ("claim", "wening"),
        ("send_back", "wening"),
        ("submit", "ratih"),
        ("claim", "wening"),
        ("approve", "wening"),
        ("publish", "wening"),
        ("backdate", "retno"),
    ]

    reader = newsroom.open(PHONE, java_script_enabled=False)
    reader.goto(newsroom.url("cilacap"))
    reader.get_by_role("link", name=HEADLINE.replace("\xad", "")).first.click()
    expect(reader).to_have_url(
        re.compile(rf"^http://cilacap\.{newsroom.domain}/2024/05/22/warga-kampung-laut-[\w-]+$")
    )
    text = reader.locator("body").inner_text().replace("\xad", "").replace("\xa0", " ")
    printed = [line.strip() for line in text.splitlines() if line.strip()]
    expected = [
        HEADLINE,
        "RATIH PURWANDARI - CILACAP.KABARRAYA.ID",
        "22 Mei 2024 - 15:45 WIB",
        f"KAMPUNG LAUT - {PARAGRAPHS[0]}",
        *PARAGRAPHS[1:],
    ]
    positions = [_first_with(printed, words) for words in expected]
    assert positions == sorted(positions)
    assert "KABAR RAYA" in printed[1]
    assert reader.context.cookies() == []


def _first_with(lines: list[str], words: str) -> int:
    return next(number for number, line in enumerate(lines) if words in line)
