"""The original of a picture is had by whoever may change it, as a file and by nobody else."""

from http import HTTPStatus

from articles.models import Picture
from tests.desk import text_of
from tests.factories import make_live, make_picture, photo_bytes, picture_bytes


def original(picture: Picture) -> str:
    return f"/articles/picture/{picture.pk}/original/"


def test_it_comes_byte_for_byte_under_the_name_that_it_had(desk_client, editor, cilacap):
    data = photo_bytes(900, 600)
    picture = make_picture(cilacap, data)
    Picture.objects.update(file_name='Kapal "muara"\r\n.x.png')

    answer = desk_client(editor).get(original(picture))

    assert answer.getvalue() == data
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert ".x.jpg" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_one_whose_name_is_not_known_is_called_by_its_number(desk_client, editor, cilacap):
    picture = make_picture(cilacap)
    Picture.objects.update(file_name="")

    answer = desk_client(editor).get(original(picture))

    assert answer["Content-Disposition"] == f'attachment; filename="{picture.pk}.jpg"'
    answer.close()


def test_whoever_only_sees_it_gets_no_original(
    desk_client, correspondent, other_editor, cilacap, makassar
):
    picture = make_picture(cilacap, shared_with=[makassar.pk])

    for person in (correspondent, other_editor):
        client = desk_client(person)
        assert client.get(original(picture)).status_code == HTTPStatus.FORBIDDEN
        page = client.get(f"/articles/picture/{picture.pk}/change/")
        assert "Lihat besar" in text_of(page)
        assert "Unduh aslinya" not in text_of(page)


def test_readers_do_not_reach_it(reader, editor, cilacap):
    picture = make_picture(cilacap)
    make_live(editor, cilacap, picture=picture)

    assert reader("cilacap").get(original(picture)).status_code == HTTPStatus.NOT_FOUND
    name = picture.original.name
    for folder in ("pictures", "originals", ""):
        path = f"/media/{folder}/{name}".replace("//", "/")
        assert reader("cilacap").get(path).status_code == HTTPStatus.NOT_FOUND


def test_one_that_is_gone_is_not_there(desk_client, editor, cilacap):
    picture = make_picture(cilacap, picture_bytes(90, 60))
    picture.discard_original()

    assert desk_client(editor).get(original(picture)).status_code == HTTPStatus.NOT_FOUND


def test_the_page_leads_to_the_largest_file_of_readers_and_to_the_original(
    desk_client, editor, cilacap
):
    picture = make_picture(cilacap, picture_bytes(2000, 1000))

    page = desk_client(editor).get(f"/articles/picture/{picture.pk}/change/").content.decode()

    assert f'href="{picture.url(2000)}" target="_blank"' in page
    assert f'href="{original(picture)}" download' in page
