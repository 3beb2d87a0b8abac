"""A photo that was passed on is nobody's own until somebody says whose it is, whatever a form began
with."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from tests.desk import errors_of
from tests.factories import make_picture, photo_bytes

ADD = "/articles/picture/add/"
PASSED_ON = "WhatsApp Image 2026-11-30 at 10.05.05.jpeg"
OWN = "IMG_4711.jpg"
ASKED = "It seems to have been passed on: ask who took it."
PERMITTED = {"source": "citizen", "licence": "permitted", "owner": "Danu"}
AGAIN = f"{PASSED_ON}: choose this file again; a refused form does not keep it."


@pytest.fixture(autouse=True)
def _english(correspondent, publisher):
    correspondent.language = "en"
    correspondent.save()


def upload(name: str = PASSED_ON, owner: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo_bytes(copyright=owner), "image/jpeg")


def sent_back(form) -> dict:
    """What a browser without scripts sends of a form as it stands, its file apart."""
    values = {name: form[name].value() for name in form.fields if name != "file"}
    shown = {name: value for name, value in values.items() if value not in (None, False)}
    return shown | {"asked": "true" if form.is_asked else ""}


def form_at(client, url: str):
    return client.get(url).context["adminform"].form


def said_of(picture: Picture) -> tuple:
    picture.refresh_from_db()
    return picture.source, picture.licence, picture.credit


def test_a_new_picture_begins_with_nothing_said_of_whose_it_is(desk_client, correspondent):
    form = form_at(desk_client(correspondent), ADD)
    names = ("source", "licence", "credit")
    assert [form[name].value() for name in names] == ["", "", ""]
    assert [form[name].field.choices[0][0] for name in names[:2]] == ["", ""]


def test_what_the_own_camera_took_is_the_senders_without_a_word(desk_client, correspondent):
    client = desk_client(correspondent)
    client.post(ADD, sent_back(form_at(client, ADD)) | {"file": upload(OWN)})
    assert said_of(Picture.objects.get()) == ("own", "own", correspondent.author.name)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, {"source", "licence"}),
        ({"licence": "free"}, {"source"}),
        ({"source": "citizen"}, {"licence"}),
    ],
)
def test_a_passed_on_photo_is_refused_until_it_is_said_whose_it_is(
    desk_client, correspondent, given, asked
):
    client = desk_client(correspondent)
    typed = sent_back(form_at(client, ADD)) | {"caption": "Banjir", **given}
    response = client.post(ADD, typed | {"file": upload()})
    errors = errors_of(response)
    assert set(errors) == {"file", *asked}
    assert errors["file"] == [AGAIN]
    assert ASKED in " ".join(errors["source"] if "source" in asked else errors["licence"])
    assert not Picture.objects.exists()
    # What was typed stays, and what is lacking is still lacking.
    form = response.context["adminform"].form
    helps = {name for name in ("source", "licence") if form[name].help_text}
    assert helps == {"source", "licence"} - asked
    assert sent_back(form)["caption"] == "Banjir"
    assert {name for name in ("source", "licence") if not form[name].value()} == asked
    again = sent_back(form) | PERMITTED | {"file": upload()}
    client.post(ADD, again)
    assert said_of(Picture.objects.get()) == ("citizen", "permitted", "")


def test_who_says_that_a_passed_on_photo_is_the_own_is_believed_and_credited_as_typed(
    desk_client, correspondent
):
    client = desk_client(correspondent)
    said = {"source": "own", "licence": "own", "credit": ""}
    client.post(ADD, sent_back(form_at(client, ADD)) | said | {"file": upload()})
    assert said_of(Picture.objects.get()) == ("own", "own", "")


def test_of_the_own_camera_what_is_said_in_half_is_asked_in_whole(desk_client, correspondent):
    client = desk_client(correspondent)
    typed = sent_back(form_at(client, ADD)) | {"source": "handout", "file": upload(OWN)}
    response = client.post(ADD, typed)
    assert errors_of(response)["licence"] == ["Choose the licence."]
    assert not Picture.objects.exists()


def test_what_is_anothers_by_its_file_is_asked_about_and_leaves_no_file_behind(
    desk_client, correspondent, settings
):
    client = desk_client(correspondent)
    owner = "(c) Kantor Berita Nusantara"
    typed = sent_back(form_at(client, ADD))
    response = client.post(ADD, typed | {"file": upload(OWN, owner)})
    errors = errors_of(response)
    assert set(errors) == {"file", "source", "licence"}
    assert owner in errors["source"][0]
    assert not Picture.objects.exists()
    kept = [root.rglob("*.jpg") for root in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT)]
    assert not any(map(list, kept))
    said = {"source": "agency", "licence": "contract", "file": upload(OWN, owner)}
    client.post(ADD, sent_back(response.context["adminform"].form) | said)
    assert said_of(Picture.objects.get())[:2] == ("agency", "contract")


def test_another_file_that_was_passed_on_takes_no_answer_from_the_former_one(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="own", licence="own")
    key, url = picture.key, f"/articles/picture/{picture.pk}/change/"
    client = desk_client(correspondent)
    response = client.post(url, sent_back(form_at(client, url)) | {"file": upload()})
    assert set(errors_of(response)) == {"file", "source", "licence"}
    picture.refresh_from_db()
    assert picture.key == key
    form = response.context["adminform"].form
    assert (form["source"].value(), form["licence"].value()) == ("", "")
    client.post(url, sent_back(form) | PERMITTED | {"file": upload()})
    assert said_of(picture)[:2] == ("citizen", "permitted")
    assert picture.key != key


def test_who_thinks_better_of_the_other_file_changes_nothing_of_whose_the_picture_is(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="own", licence="own")
    url, client = f"/articles/picture/{picture.pk}/change/", desk_client(correspondent)
    response = client.post(url, sent_back(form_at(client, url)) | {"file": upload()})
    client.post(url, sent_back(response.context["adminform"].form) | {"caption": "Kapal"})
    assert said_of(picture)[:2] == ("own", "own")
    assert picture.caption == "Kapal"


def test_another_file_of_the_own_camera_asks_nothing(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="own", licence="own")
    url, client = f"/articles/picture/{picture.pk}/change/", desk_client(correspondent)
    response = client.post(url, sent_back(form_at(client, url)) | {"file": upload(OWN)})
    assert response.status_code == 302
    assert said_of(picture)[:2] == ("own", "own")


@pytest.mark.parametrize("lacking", ["source", "licence", "credit", "alt_text"])
def test_what_a_picture_has_always_lacked_holds_up_no_other_change_of_it(
    desk_client, correspondent, cilacap, lacking
):
    picture = make_picture(cilacap, uploaded_by=correspondent, **{lacking: ""})
    url, client = f"/articles/picture/{picture.pk}/change/", desk_client(correspondent)
    client.post(url, sent_back(form_at(client, url)) | {"caption": "Kapal baru"})
    picture.refresh_from_db()
    assert (picture.caption, getattr(picture, lacking)) == ("Kapal baru", "")


def test_what_a_picture_has_is_not_taken_from_it_without_another_answer(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    url, client = f"/articles/picture/{picture.pk}/change/", desk_client(correspondent)
    nothing = {"source": "", "licence": ""}
    errors = errors_of(client.post(url, sent_back(form_at(client, url)) | nothing))
    assert errors == {"source": ["Choose the source."], "licence": ["Choose the licence."]}


def test_the_chooser_asks_source_and_licence_of_what_was_passed_on(desk_client, correspondent):
    client, headers = desk_client(correspondent), {"accept": "application/json"}
    told = client.post("/articles/picture/upload/", {"file": upload()}, headers=headers).json()
    assert (told["source"], told["licence"]) == ("", "")
    words = {"alt_text": "Kapal", "caption": "", "credit": "Danu", "licence": "free"}
    url = f"/articles/picture/{told['id']}/words/"
    refused = client.post(url, words)
    assert (refused.status_code, refused.json()["fields"]) == (
        422,
        {"source": "Choose the source."},
    )
    assert client.post(url, words | PERMITTED).json()["source"] == "citizen"
    assert said_of(Picture.objects.get()) == ("citizen", "permitted", "Danu")


def test_a_refused_form_calls_the_picture_as_it_is_saved(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="Kapal")
    url, client = f"/articles/picture/{picture.pk}/change/", desk_client(correspondent)
    typed = {"caption": "Belum disimpan", "usable_until": "besok"}
    html = client.post(url, sent_back(form_at(client, url)) | typed).content.decode()
    assert "<h1>Kapal</h1>" in html
    assert html.count("Belum disimpan") == 1  # in its field
