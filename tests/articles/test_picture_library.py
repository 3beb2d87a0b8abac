"""The library: what is sent is there once, and everybody finds what they may use."""

import json
from datetime import UTC, date, datetime, timedelta
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Picture
from tests.desk import messages_of
from tests.factories import (
    make_author,
    make_picture,
    make_story,
    photo_bytes,
    picture_bytes,
    publish_story,
)

LIBRARY = "/articles/picture/"
UPLOAD = f"{LIBRARY}upload/"
CHOOSE = f"{LIBRARY}choose/"


def photo(name: str = "IMG_1402.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or photo_bytes(), "image/jpeg")


def send(client, **more):
    return client.post(UPLOAD, {"file": photo(), **more}, headers={"accept": "application/json"})


def shown(client, query: str = "") -> list[Picture]:
    return client.get(f"{LIBRARY}{query}").context["cl"].result_list


def test_a_file_that_is_sent_again_with_its_key_is_there_once(desk_client, correspondent):
    client, key = desk_client(correspondent), str(uuid4())
    first, second = send(client, key=key).json(), send(client, key=key).json()
    other = send(client, key=str(uuid4()), file=photo(data=photo_bytes(80, 60))).json()
    assert first["id"] == second["id"] != other["id"]
    assert Picture.objects.count() == 2


def test_the_key_of_somebody_else_opens_nothing(desk_client, correspondent, other_editor):
    key = str(uuid4())
    send(desk_client(correspondent), key=key)
    answer = send(desk_client(other_editor), key=key)
    assert answer.status_code == 403
    assert Picture.objects.count() == 1


def test_of_a_long_file_name_the_end_is_kept_and_no_folder(desk_client, correspondent):
    name = f"C:\\foto/2026/{'a' * 200}-akhir 🐟.jpg"
    send(desk_client(correspondent), file=photo(name))
    kept = Picture.objects.get().file_name
    assert len(kept) == 120
    assert kept.startswith("aaa")
    assert kept.endswith("a-akhir 🐟.jpg")


def test_without_a_script_many_files_come_in_one_form(desk_client, correspondent):
    client = desk_client(correspondent)
    files = [
        photo("satu.jpg"),
        photo("rusak.jpg", b"bukan gambar"),
        photo("dua.jpg", photo_bytes(80, 60)),
    ]
    said = messages_of(client, client.post(UPLOAD, {"file": files}))
    assert Picture.objects.count() == 2
    assert said == [
        "rusak.jpg: Berkas ini bukan gambar yang bisa dipakai. Kirim berkas JPEG, PNG, atau WebP.",
        "2 gambar sudah di perpustakaan. Isi keterangannya sekarang.",
    ]


def test_a_photo_is_credited_to_its_sender_unless_it_says_otherwise(
    desk_client, correspondent, cilacap
):
    client = desk_client(correspondent)
    assert send(client).json()["credit"] == "Ratih Purwandari"
    assert Picture.objects.get().bureau == cilacap
    signed = photo("IMG_2.jpg", photo_bytes(artist="Danu Prasetya"))
    assert send(client, file=signed).json()["credit"] == "Danu Prasetya"


def test_a_sender_without_a_place_there_sends_nothing(desk_client, correspondent, makassar):
    assert send(desk_client(correspondent), bureau=makassar.pk).status_code == 403
    assert not Picture.objects.exists()


def test_words_are_asked_for_right_after_a_photo_was_sent(desk_client, correspondent):
    client = desk_client(correspondent)
    picture = send(client).json()
    words = {"alt_text": "Kapal kayu", "caption": "Kapal", "credit": "Foto: Ratih Purwandari"}
    said = client.post(f"{LIBRARY}{picture['id']}/words/", words).json()
    assert (said["alt"], said["credit"]) == ("Kapal kayu", "Foto: Ratih Purwandari")
    # The credit stands in the files.
    assert said["thumbnail"] != picture["thumbnail"]


def test_another_bureaus_pictures_are_seen_when_they_are_shared(
    desk_client, correspondent, cilacap, makassar
):
    own = make_picture(cilacap)
    make_picture(makassar)
    with_us = make_picture(makassar, shared_with=[cilacap.pk])
    with_all = make_picture(makassar, is_for_all=True)
    client = desk_client(correspondent)
    assert set(shown(client)) == {own, with_us, with_all}
    assert set(shown(client, "?bureau=shared")) == {with_us, with_all}
    chosen = client.get(CHOOSE).context["pictures"]
    assert {each["picture"] for each in chosen} == {own, with_us, with_all}


def test_what_is_shared_is_used_and_not_changed(desk_client, correspondent, editor, makassar):
    picture = make_picture(makassar, is_for_all=True)
    url = f"{LIBRARY}{picture.pk}/change/"
    for person in (correspondent, editor):
        client = desk_client(person)
        assert client.get(url).status_code == 200
        assert client.post(url, {"caption": "Diam-diam"}).status_code == 403
        assert client.post(f"{LIBRARY}{picture.pk}/words/", {"caption": "x"}).status_code == 403


def test_a_picture_is_found_by_the_name_of_its_file(desk_client, editor, cilacap):
    camera, phone = (make_picture(cilacap, caption="") for _each in range(2))
    Picture.objects.filter(pk=camera.pk).update(file_name="IMG_1402.jpg")
    Picture.objects.filter(pk=phone.pk).update(file_name="WhatsApp Image 2026-11-30 at 10.05.jpeg")
    client = desk_client(editor)
    found = {
        query: shown(client, f"?q={query}")
        for query in (
            "IMG_1402",
            "img_1402.jpg",
            "1402",
            "whatsapp",
            "10.05",
            "WhatsApp+Image+2026",
        )
    }
    assert found == {
        "IMG_1402": [camera],
        "img_1402.jpg": [camera],
        "1402": [camera],
        "whatsapp": [phone],
        "10.05": [phone],
        "WhatsApp+Image+2026": [phone],
    }


def test_pictures_are_found_by_words_credit_bureau_and_day(
    desk_client, network_editor, cilacap, makassar
):
    boat = make_picture(cilacap, caption="Kapal nelayan", credit="Danu/Bentara", place="Adipala")
    market = make_picture(
        makassar, caption="Pasar pagi", credit="Ratih", keywords="ikan, harga", alt_text="Los"
    )
    Picture.objects.filter(pk=market.pk).update(uploaded_at=timezone.now() - timedelta(days=40))
    client = desk_client(network_editor)
    for query, found in {
        "?q=nelay": [boat],
        "?q=adipala": [boat],
        "?q=harga+pasar": [market],
        "?q=kapal+pasar": [],
        "?q=%00": [boat, market],
        "?credit=danu": [boat],
        f"?bureau={makassar.pk}": [market],
        "?sent=month": [boat],
        "?lacks=alt": [],
    }.items():
        assert shown(client, query) == found, query


def test_pictures_are_found_between_two_days_on_which_they_were_sent_or_taken(
    desk_client, network_editor, jayapura
):
    """A day begins at midnight in Jayapura, 15.00 UTC of the day before."""
    named = {}
    for name, sent, taken in (
        ("Akhir April", datetime(2026, 4, 30, 14, 59, tzinfo=UTC), date(2026, 4, 30)),
        ("Awal Mei", datetime(2026, 4, 30, 15, 0, tzinfo=UTC), date(2026, 5, 1)),
        ("Akhir Mei", datetime(2026, 5, 31, 14, 59, tzinfo=UTC), None),
    ):
        named[name] = make_picture(jayapura, caption=name, taken_on=taken)
        Picture.objects.filter(pk=named[name].pk).update(uploaded_at=sent)
    client = desk_client(network_editor)
    for query, found in {
        "?sent_from=2026-05-01&sent_until=2026-05-31": ["Awal Mei", "Akhir Mei"],
        "?sent_until=2026-04-30": ["Akhir April"],
        "?taken_from=2026-05-01": ["Awal Mei"],
        "?taken_until=2026-05-01": ["Akhir April", "Awal Mei"],
        "?taken=today&taken_until=2026-04-30": ["Akhir April"],
        "?sent_from=kemarin": [],
    }.items():
        assert {picture.caption for picture in shown(client, query)} == set(found), query

    html = client.get(f"{LIBRARY}?sent_from=2026-05-01&taken_from=2026-05-01").content.decode()
    assert "Dikirim: <b>sejak 1 Mei 2026</b>" in html
    assert "Dipotret: <b>sejak 1 Mei 2026</b>" in html
    cleared = client.get(LIBRARY + "?sent_from=2026-05-01&q=x").context["cl"].without_filters
    assert "sent" not in cleared


def test_the_library_is_paged_by_place_and_cut_by_no_number(
    desk_client, correspondent, cilacap, monkeypatch
):
    monkeypatch.setattr("articles.admin.picture.PictureAdmin.list_per_page", 2)
    pictures = [make_picture(cilacap) for _ in range(5)][::-1]
    client = desk_client(correspondent)
    page, seen = client.get(LIBRARY).context["cl"], []
    while True:
        seen += page.result_list
        if not page.older:
            break
        page = client.get(LIBRARY + page.older).context["cl"]
    assert seen == pictures
    assert client.get(f"{LIBRARY}?before=x").context["cl"].result_list == pictures[:2]


@pytest.mark.parametrize("query", ["?caption__regex=x", "?uploaded_by__password=x"])
def test_an_address_asks_nothing_that_is_not_offered(desk_client, correspondent, query):
    response = desk_client(correspondent).get(LIBRARY + query)
    assert response.status_code in (302, 400)


def test_a_picture_says_where_it_is_used_and_names_no_story_that_is_hidden(
    desk_client, correspondent, editor, other_editor, cilacap, makassar
):
    picture = make_picture(cilacap, is_for_all=True)
    own = make_story(correspondent, cilacap, picture=picture, headline="Naskah sendiri")
    out = publish_story(correspondent, editor, cilacap, picture=picture, headline="Sudah terbit")
    make_author("Nurhayati", bureau=makassar, user=other_editor)
    hidden = make_story(other_editor, makassar, picture=picture, headline="Rahasia Makassar")
    html = desk_client(editor).get(f"{LIBRARY}{picture.pk}/change/").content.decode()
    assert own.headline in html
    assert out.headline in html
    assert hidden.headline not in html


def test_what_scripts_are_told_of_a_picture_is_what_the_chooser_promises(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap)
    (each,) = desk_client(correspondent).get(CHOOSE).context["pictures"]
    told = json.loads(each["described"])
    assert {name: told[name] for name in ("id", "alt", "caption", "credit", "width", "height")} == {
        "id": picture.pk,
        "alt": picture.alt_text,
        "caption": picture.caption,
        "credit": picture.credit,
        "width": 1200,
        "height": 800,
    }
    assert told["thumbnail"] == picture.thumbnail_url


@pytest.mark.parametrize(("size", "shape"), [((1200, 800), "16x9"), ((800, 1200), "free")])
def test_the_desk_shows_a_lead_picture_cut_as_readers_get_it(
    desk_client, reader, correspondent, editor, cilacap, size, shape
):
    picture = make_picture(cilacap, picture_bytes(*size), uploaded_by=correspondent)
    edition = publish_story(correspondent, editor, cilacap, picture=picture)
    shown = f'src="{picture.url(960, shape)}"'
    draft = make_story(correspondent, cilacap, picture=picture)
    for person, story in ((editor, edition.article_id), (correspondent, draft.pk)):
        page = desk_client(person).get(f"/articles/article/{story}/change/").content.decode()
        lead = page[page.index('class="lead-picture') :].partition("</figure>")[0]
        assert shown in lead
        assert ("lead-picture--tall" in page) is (shape == "free")
    assert shown in reader("cilacap").get(edition.address.path).content.decode()
    (each,) = desk_client(correspondent).get(CHOOSE).context["pictures"]
    assert json.loads(each["described"])["lead"] == picture.url(960, shape)


@pytest.mark.parametrize("sought", ["cafe", "Café", "CAFÉ", "cafe\u0301", "lodz", "năm"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_pictures_are_found_with_and_without_accents(
    desk_client, correspondent, cilacap, sought, form
):
    caption = normalize(form, "Café năm Lódź")
    picture = make_picture(cilacap, caption=caption)
    assert shown(desk_client(correspondent), f"?q={sought}") == [picture]


@pytest.mark.parametrize("asked", ["", "x", "9" * 30, "999", "²"])
def test_pictures_are_chosen_for_no_known_bureau_without_a_mark(
    desk_client, network_editor, makassar, asked
):
    make_picture(makassar, caption="Pasar")

    response = desk_client(network_editor).get("/articles/picture/choose/", {"for": asked})

    assert [each["unshared"] for each in response.context["pictures"]] == [""]
