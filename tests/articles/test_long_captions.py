"""Captions of agencies are long: the library keeps them whole, and says so where it cannot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from tests.desk import change_picture, in_english, messages_of, text_of
from tests.factories import make_picture, picture_bytes

UPLOAD = "/articles/picture/upload/"
SENTENCE = "Warga mengungsi akibat tanggul jebol di Desa Ketanjung, Demak, Jawa Tengah. "
AGENCY = f"{SENTENCE * 6}ANTARA FOTO/Aji Styawan"
CUT = "Its caption was longer than 1000 letters: the end was left out."


@pytest.fixture(autouse=True)
def _english(correspondent):
    in_english(correspondent)


def file(caption: str) -> SimpleUploadedFile:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:description><rdf:Alt>'
        f"<rdf:li>{caption}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>"
        "</x:xmpmeta>"
    )
    return SimpleUploadedFile("banjir.jpg", picture_bytes(90, 60, xmp=packet.encode()))


def send(client, caption: str) -> dict:
    headers = {"accept": "application/json"}
    return client.post(UPLOAD, {"file": file(caption)}, headers=headers).json()


def test_the_caption_of_an_agency_is_kept_to_its_end(desk_client, correspondent):
    client = desk_client(correspondent)
    told = send(client, AGENCY)
    assert (told["note"], Picture.objects.get().caption) == ("", AGENCY)
    # By its last words it is found, and in lists it is called by its first.
    page = client.get("/articles/picture/?q=styawan")
    assert [row.pk for row in page.context["cl"].result_list] == [told["id"]]
    assert "Aji Styawan" not in text_of(page)


def test_what_is_longer_still_is_cut_between_words_and_said(desk_client, correspondent):
    client = desk_client(correspondent)
    told = send(client, SENTENCE * 20)
    picture = Picture.objects.get()
    whole = (SENTENCE * 20).split()
    assert picture.caption.endswith("…")
    assert 990 < len(picture.caption) <= 1000
    kept = picture.caption.removesuffix("…").split()
    assert kept == whole[: len(kept)]
    assert told["note"] == CUT


def test_the_form_says_so_too(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="")
    client = desk_client(correspondent)
    answer = change_picture(client, picture, file=file(SENTENCE * 20))
    assert CUT in messages_of(client, answer)
    form = {"bureau": cilacap.pk, "source": "citizen", "licence": "once", "asked": "true"}
    answer = client.post("/articles/picture/add/", form | {"file": file(SENTENCE * 20)})
    assert CUT in messages_of(client, answer)


def test_a_caption_without_a_space_is_cut_at_its_end(desk_client, correspondent):
    send(desk_client(correspondent), "a" * 1200)
    assert Picture.objects.get().caption == "a" * 999 + "…"
