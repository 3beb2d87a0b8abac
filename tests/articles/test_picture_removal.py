"""A picture leaves the library while it stands in no story, by those who may change it."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import writing
from articles.models import Picture
from tests.desk import change_picture, form_data, messages_of, text_of
from tests.factories import (
    make_picture,
    make_story,
    photo_bytes,
    picture_bytes,
    publish_next,
    publish_story,
)
from tests.queued import work_off


def remove(client, picture, **headers):
    return client.post(f"/articles/picture/{picture.pk}/remove/", headers=headers)


def test_a_wrong_picture_is_taken_out_by_whoever_sent_it(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="Salah kirim")
    client = desk_client(correspondent)
    page = client.get(f"/articles/picture/{picture.pk}/change/").content.decode()
    assert f"/articles/picture/{picture.pk}/remove/" in page
    said = messages_of(client, remove(client, picture))
    assert said == ["“Salah kirim” sudah dibuang dari perpustakaan."]
    assert not Picture.objects.exists()


def _in_the_text(picture) -> str:
    return f'<p>Satu.</p><figure data-object="gallery" data-ids="{picture.pk}"></figure>'


def _lead(picture, by, editor):
    make_story(by, picture.bureau, picture=picture)


def _in_a_text(picture, by, editor):
    make_story(by, picture.bureau, body=_in_the_text(picture))


def _out_once(picture, by, editor):
    edition = publish_story(by, editor, picture.bureau, picture=picture)
    publish_next(edition.article, by=by, editor=editor, picture=None, headline="Tanpa gambar")


def _being_written(picture, by, editor):
    pairs = [[name, str(value)] for name, value in form_data(body=_in_the_text(picture)).items()]
    writing.keep(by, pairs, key=uuid4(), version=0, article=None)


@pytest.mark.parametrize("use", [_lead, _in_a_text, _out_once, _being_written])
def test_what_stands_in_a_story_stays(desk_client, correspondent, editor, cilacap, use):
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="Terpakai")
    use(picture, correspondent, editor)
    client = desk_client(editor)
    page = client.get(f"/articles/picture/{picture.pk}/change/").content.decode()
    assert f"/articles/picture/{picture.pk}/remove/" not in page
    answer = remove(client, picture, accept="application/json")
    assert (answer.status_code, answer.json()["error"]) == (
        409,
        "“Terpakai” dipakai di naskah, jadi tidak dibuang.",
    )
    assert Picture.objects.get() == picture


def test_nobody_takes_out_the_picture_of_somebody_else(
    desk_client, correspondent, other_editor, cilacap
):
    picture = make_picture(cilacap, is_for_all=True)
    for person in (correspondent, other_editor):
        assert remove(desk_client(person), picture).status_code == 403
    assert Picture.objects.get() == picture


def test_files_of_a_removed_picture_go_at_once_those_of_a_replaced_one_when_caches_are_done(
    desk_client, correspondent, cilacap
):
    picture, other = (make_picture(cilacap, uploaded_by=correspondent) for _ in range(2))
    files = files_of_two_states(picture)
    former = [other.name_of(suffix) for suffix in other.made]
    original, originals = picture.original.name, picture.original.storage
    other.receive(BytesIO(picture_bytes(500, 300)))
    other.save()
    assert remove(desk_client(correspondent), picture).status_code == 302
    work_off()
    assert not any(map(default_storage.exists, files))
    assert not originals.exists(original)
    assert all(map(default_storage.exists, former))


def files_of_two_states(picture: Picture) -> list[str]:
    """What it has, and what it had before another credit was written into its files."""
    first = [picture.name_of(suffix) for suffix in picture.made]
    picture.credit = "Ratih Purwandari"
    picture.save()
    work_off()
    picture.refresh_from_db()
    return first + [picture.name_of(suffix) for suffix in picture.made]


@pytest.mark.parametrize(("ticked", "stays"), [({}, True), ({"drops_former": "on"}, False)])
def test_on_demand_the_former_file_of_a_replaced_one_goes_at_once(
    desk_client, editor, cilacap, ticked, stays
):
    picture = make_picture(cilacap, uploaded_by=editor)
    former = files_of_two_states(picture)
    file = SimpleUploadedFile("kapal.jpg", photo_bytes(500, 300), "image/jpeg")
    answer = change_picture(desk_client(editor), picture, file=file, **ticked)
    assert answer.status_code == 302
    work_off()
    assert [default_storage.exists(name) for name in former] == [stays] * len(former)


def test_the_page_of_a_picture_says_why_it_cannot_go(desk_client, correspondent, editor, cilacap):
    used, once = make_picture(cilacap), make_picture(cilacap)
    story = make_story(editor, cilacap, picture=used)
    _out_once(once, correspondent, editor)
    client = desk_client(editor)

    def page(picture):
        return client.get(f"/articles/picture/{picture.pk}/change/")

    assert f"Masih dipakai di {story.headline}" in text_of(page(used))
    html = page(used).content.decode()
    assert f'<a href="/articles/article/{story.pk}/change/">' in html[html.index("picture-kept") :]
    assert "Tidak dapat dibuang: masih ada di edisi terdahulu" in text_of(page(once))
    assert "picture-kept" not in page(make_picture(cilacap)).content.decode()
