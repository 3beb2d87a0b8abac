"""A file that the library has already is not there twice: its sender is led to the picture."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from articles.models import Picture
from articles.twins import AlreadyThereError
from articles.uploads import take_in
from tests.desk import messages_of
from tests.factories import make_picture, picture_bytes

UPLOAD = "/articles/picture/upload/"
FILE = picture_bytes(900, 600)
SLOW = 1.5  # seconds that a transaction takes


def upload(name: str = "DSC_0002.jpg", data: bytes = FILE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def send(client, **more) -> dict:
    headers = {"accept": "application/json"}
    return client.post(UPLOAD, {"file": upload(), **more}, headers=headers).json()


def test_the_same_file_under_another_name_leads_to_the_picture_that_is_there(
    desk_client, correspondent, cilacap
):
    there = make_picture(cilacap, FILE, caption="Kapal")

    said = send(desk_client(correspondent))

    assert (said["known"], said["id"], said["name"]) == (True, there.pk, "Kapal")
    assert Picture.objects.get() == there


def test_a_picture_that_its_sender_may_not_see_is_told_of_to_nobody(
    desk_client, correspondent, cilacap, makassar
):
    theirs = make_picture(makassar, FILE)

    said = send(desk_client(correspondent))

    assert "known" not in said
    assert said["id"] != theirs.pk
    assert Picture.objects.get(pk=said["id"]).bureau == cilacap


def test_a_picture_that_is_shared_with_the_bureau_is_offered_but_its_own_before(
    desk_client, correspondent, cilacap, makassar
):
    theirs = make_picture(makassar, FILE, is_for_all=True)
    assert send(desk_client(correspondent))["id"] == theirs.pk

    own = make_picture(cilacap, FILE)
    assert send(desk_client(correspondent))["id"] == own.pk


def test_whoever_sees_all_pictures_still_fills_the_library_of_a_bureau_that_may_not_use_it(
    desk_client, photo_editor, cilacap, makassar
):
    make_picture(makassar, FILE)

    said = send(desk_client(photo_editor), bureau=cilacap.pk)

    assert "known" not in said
    assert Picture.objects.get(pk=said["id"]).bureau == cilacap


def test_a_picture_that_was_given_another_file_is_not_taken_for_the_former(
    desk_client, correspondent, cilacap
):
    make_picture(cilacap, FILE)
    Picture.objects.update(digest=None)  # one from before digests were kept

    assert "known" not in send(desk_client(correspondent))

    own = Picture.objects.latest("pk")
    own.receive(upload(data=picture_bytes(800, 600)))
    own.save()
    assert "known" not in send(desk_client(correspondent))


def test_without_a_script_each_file_that_is_there_is_named(desk_client, correspondent, cilacap):
    make_picture(cilacap, FILE, caption="Kapal")
    client = desk_client(correspondent)

    files = [upload(), upload("baru.jpg", picture_bytes(800, 600))]
    said = messages_of(client, client.post(UPLOAD, {"file": files}))

    assert said[0] == "DSC_0002.jpg sudah ada di perpustakaan: “Kapal”."
    assert Picture.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_one_picture(correspondent, cilacap, monkeypatch):
    save = Picture.save

    def slowly(picture, *args, **kwargs):
        save(picture, *args, **kwargs)
        time.sleep(SLOW)

    monkeypatch.setattr(Picture, "save", slowly)

    def once(name: str):
        try:
            return take_in(upload(name), by=correspondent, bureau=cilacap).pk
        except AlreadyThereError as error:
            return error.picture.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        taken = list(people.map(once, ["satu.jpg", "dua.jpg"]))

    assert taken == [Picture.objects.get().pk] * 2
