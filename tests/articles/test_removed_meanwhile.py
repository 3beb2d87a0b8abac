"""A picture that is removed while somebody writes about it: nothing comes back, no word is lost."""

import pytest

from articles.models import Picture
from tests.desk import in_english, text_of
from tests.factories import make_picture

TYPED = {
    "alt_text": "Kapal kayu\nmiring ke kiri",
    "caption": "Kapal <karam>",
    "credit": "Danu",
    "usable_until": "2026-12-31",
    "licence": "own",
    "version": "",
}


@pytest.fixture
def client(desk_client, editor):
    in_english(editor)
    return desk_client(editor)


def url(number: int) -> str:
    return f"/articles/picture/{number}/change/"


def test_what_was_typed_is_shown_to_be_copied(client, cilacap):
    picture = make_picture(cilacap)
    number = picture.pk
    client.post(f"/articles/picture/{number}/remove/")

    answer = client.post(url(number), TYPED)

    said = text_of(answer)
    assert answer.status_code == 410
    assert "This picture is not in the library any more" in said
    assert "Nothing was saved." in said
    assert "Alternative text Kapal kayu miring ke kiri" in said
    assert "Caption Kapal <karam>" in said
    assert "Credit Danu" in said
    assert "May be used until 2026-12-31" in said
    assert client.get(url(number)).status_code == 404


def test_one_that_is_removed_while_it_is_being_saved_does_not_come_back(
    client, cilacap, monkeypatch
):
    picture = make_picture(cilacap)
    # Removed between the look at it and the lock.
    found = Picture.objects.get(pk=picture.pk)
    Picture.objects.filter(pk=picture.pk).delete()
    monkeypatch.setattr(
        "bureaus.desk.DeskAdmin.get_object", lambda *args, **kwargs: found, raising=False
    )

    answer = client.post(url(picture.pk), TYPED)

    assert answer.status_code == 410
    assert not Picture.objects.exists()
