"""A file that takes another's place and names somebody else: two pictures' rights are not mixed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from newsroom.renditions.packet import xmp_packet
from tests.desk import errors_of, in_english, messages_of, text_of
from tests.factories import make_picture, picture_bytes

OURS = {"source": "own", "licence": "own", "credit": "Ratih Purwandari"}
THEIRS = {"source": "agency", "licence": "contract", "credit": "Reuters"}
REUTERS = {
    "creator": "Ajeng Ulfiana",
    "credit": "Reuters",
    "copyright": "© Reuters 2026",
    "ai": "made",
}


def agency_file(**words: str) -> SimpleUploadedFile:
    """A file of an agency, which was taken on 2 May 2026 and has a caption of its own."""
    packet = xmp_packet({**REUTERS, **words}).decode()
    more = (
        "<photoshop:DateCreated>2026-05-02</photoshop:DateCreated>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Banjir di Demak</rdf:li></rdf:Alt>'
        "</dc:description></rdf:Description>"
    )
    packet = packet.replace("</rdf:Description>", more)
    data = picture_bytes(90, 60, xmp=packet.encode())
    return SimpleUploadedFile("RTR-2026.jpg", data, "image/jpeg")


@pytest.fixture
def picture(cilacap, correspondent) -> Picture:
    words = {"caption": "", "creator": "Ratih Purwandari", "taken_on": "2026-04-01"}
    return make_picture(cilacap, uploaded_by=correspondent, **OURS, **words)


@pytest.fixture
def client(desk_client, editor):
    in_english(editor)
    return desk_client(editor)


def at(picture: Picture) -> str:
    return f"/articles/picture/{picture.pk}/change/"


def sent(form) -> dict:
    """What a browser sends of a form as it stands, its file apart."""
    values = {name: form[name].value() for name in form.fields if name != "file"}
    shown = {name: value for name, value in values.items() if value not in (None, False)}
    return shown | {"asked": form.asked}


def opened(client, picture: Picture) -> dict:
    return sent(client.get(at(picture)).context["adminform"].form)


def test_a_file_of_another_owner_is_refused_once_at_source_licence_and_credit(client, picture):
    response = client.post(at(picture), opened(client, picture) | {"file": agency_file()})

    errors = errors_of(response)
    assert set(errors) == {"file", "source", "licence", "credit"}
    assert errors["source"] == [
        "The new file says “© Reuters 2026”. Choose the source. So far: Own photograph."
    ]
    assert errors["licence"] == ["Choose the licence. So far: The newsroom's own."]
    assert errors["credit"] == [
        "The new file says “Reuters”. Say who is credited. So far: Ratih Purwandari."
    ]
    form = response.context["adminform"].form
    assert [form[name].value() for name in THEIRS] == ["", "", ""]
    key = picture.key
    picture.refresh_from_db()
    assert (picture.key, picture.creator) == (key, "Ratih Purwandari")
    assert picture.original.storage.exists(picture.original.name)


def test_who_answers_gets_one_pictures_rights_and_a_message_that_is_true(client, picture):
    response = client.post(at(picture), opened(client, picture) | {"file": agency_file()})
    typed = sent(response.context["adminform"].form) | THEIRS

    response = client.post(at(picture), typed | {"file": agency_file()})

    picture.refresh_from_db()
    assert {name: getattr(picture, name) for name in THEIRS} == THEIRS
    assert (picture.creator, picture.copyright, picture.owner) == (
        "Ajeng Ulfiana",
        "© Reuters 2026",
        "© Reuters 2026",
    )
    assert (picture.ai, picture.caption, str(picture.taken_on)) == (
        "made",
        "Banjir di Demak",
        "2026-05-02",
    )
    said = " ".join(messages_of(client, response))
    assert "still of the former file: alternative text." in said
    assert "has come with the new file: caption, photographer, copyright, owner of the rights" in (
        said
    )


def test_what_is_asked_must_be_answered(client, picture):
    response = client.post(at(picture), opened(client, picture) | {"file": agency_file()})
    typed = sent(response.context["adminform"].form)
    errors = errors_of(client.post(at(picture), typed | {"file": agency_file()}))
    assert set(errors) == {"file", "source", "licence", "credit"}


def test_who_thinks_better_of_the_new_file_keeps_all_as_it_was(client, picture):
    response = client.post(at(picture), opened(client, picture) | {"file": agency_file()})
    client.post(at(picture), sent(response.context["adminform"].form))
    picture.refresh_from_db()
    assert {name: getattr(picture, name) for name in OURS} == OURS
    assert (picture.creator, str(picture.taken_on)) == ("Ratih Purwandari", "2026-04-01")


def test_who_says_it_all_at_once_is_not_asked(client, picture):
    typed = opened(client, picture) | THEIRS | {"file": agency_file()}
    assert client.post(at(picture), typed).status_code == 302
    picture.refresh_from_db()
    assert (picture.credit, picture.creator) == ("Reuters", "Ajeng Ulfiana")


def test_a_better_copy_of_the_same_owners_asks_nothing(client, cilacap):
    theirs = THEIRS | {"owner": "© Reuters 2026", "creator": "Ajeng Ulfiana"}
    picture = make_picture(cilacap, **theirs)
    typed = opened(client, picture) | {"file": agency_file()}
    assert client.post(at(picture), typed).status_code == 302


def test_an_own_file_in_place_of_anothers_is_asked_about_likewise(client, cilacap, publisher):
    picture = make_picture(cilacap, **THEIRS, owner="Reuters")
    ours = {"creator": "", "credit": "Bentara", "copyright": "", "ai": ""}
    response = client.post(at(picture), opened(client, picture) | {"file": agency_file(**ours)})
    assert errors_of(response)["credit"] == [
        "The new file says “Bentara”. Say who is credited. So far: Reuters."
    ]


def test_a_chosen_file_warns_of_the_words_that_are_there_alone(client, picture):
    said = text_of(client.get(at(picture)))
    assert "Check what is still of the former file: alternative text, credit." in said
