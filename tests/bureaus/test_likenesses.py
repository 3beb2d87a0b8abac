"""Portraits of authors and logos of bureaus: sent with a form, shown to readers."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bureaus.models import Author, Mark, Portrait
from tests.desk import errors_of, text_of
from tests.factories import make_author, picture_bytes

WORDS = {"name": "Ratih Purwandari", "kind": "staff", "position": "", "place": "", "biography": ""}


def photo(data: bytes | None = None, name: str = "wajah.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture_bytes(500, 700), "image/jpeg")


@pytest.fixture
def author(cilacap) -> Author:
    return make_author("Ratih Purwandari", bureau=cilacap)


def change(client, author: Author, **more):
    url = f"/bureaus/author/{author.pk}/change/"
    version = client.get(url).context["adminform"].form["version"].value()
    words = {**WORDS, "bureau": author.bureau_id, "is_active": "on", "version": version}
    return client.post(url, {**words, **more})


def test_a_portrait_is_sent_with_the_author_and_readers_see_it(desk_client, reader, editor, author):
    response = change(desk_client(editor), author, likeness_file=photo())
    assert response.status_code == 302
    portrait = Portrait.objects.get(author=author)
    assert portrait.widths("1x1") == [192]
    html = reader("cilacap").get(f"/penulis/{author.slug}").content.decode()
    assert f'src="{portrait.url(96, "1x1")}"' in html
    assert "<picture" not in reader("cilacap").get(f"/teks/penulis/{author.slug}").content.decode()


def test_a_new_portrait_takes_the_place_of_the_former_and_can_be_removed(
    desk_client, editor, author
):
    client = desk_client(editor)
    change(client, author, likeness_file=photo())
    key = Portrait.objects.get().key
    change(client, author, likeness_file=photo(picture_bytes(300, 300)))
    assert Portrait.objects.get().key != key
    change(client, author, likeness_removed="on")
    assert not Portrait.objects.exists()
    assert Author.objects.filter(pk=author.pk).exists()


def test_the_focal_point_of_a_portrait_is_moved_without_sending_it_again(
    desk_client, reader, editor, author
):
    # Below a white sky the face is dark: a cut tells which part of the picture it shows.
    halves = Image.new("L", (400, 1200), 255)
    halves.paste(20, (0, 600, 400, 1200))
    data = BytesIO()
    halves.save(data, "PNG")
    client = desk_client(editor)
    change(client, author, likeness_file=photo(data.getvalue()), focal_y="0")
    before = Portrait.objects.get()

    def shade(portrait) -> int:
        with default_storage.open(portrait.name_of("1x1-192.jpg")) as file:
            return Image.open(file).convert("L").getpixel((96, 96))

    assert shade(before) > 240
    response = change(client, author, focal_x="50", focal_y="100")
    assert response.status_code == 302
    after = Portrait.objects.get()
    assert (after.focal, after.original.name) == ((50, 100), before.original.name)
    assert shade(after) < 40
    html = reader("cilacap").get(f"/penulis/{author.slug}").content.decode()
    assert after.key in html
    assert before.key not in html


def test_a_portrait_stays_as_it_was_cut_when_other_things_are_saved(desk_client, editor, author):
    client = desk_client(editor)
    change(client, author, likeness_file=photo(), focal_x="30", focal_y="10")
    before = Portrait.objects.get()
    change(client, author, place="Adipala")
    after = Portrait.objects.get()
    assert (after.focal, after.key) == ((30, 10), before.key)


def test_a_portrait_whose_original_is_lost_is_refused_at_its_field(desk_client, editor, author):
    client = desk_client(editor)
    change(client, author, likeness_file=photo())
    portrait = Portrait.objects.get()
    portrait.discard_original()
    response = change(client, author, focal_x="10", focal_y="10", place="Adipala")
    assert list(errors_of(response)) == ["likeness_file"]
    said = "Ratih Purwandari: Berkas aslinya sudah tidak ada. Ganti berkasnya."
    assert said in response.content.decode()
    assert client.get(f"/bureaus/author/{author.pk}/portrait/").status_code == 404
    # Whoever only writes words is not kept from it.
    assert change(client, author, place="Adipala").status_code == 302


def test_what_was_cut_off_a_portrait_is_for_the_desk_alone(
    desk_client, editor, other_editor, author
):
    change(desk_client(editor), author, likeness_file=photo())
    url = f"/bureaus/author/{author.pk}/portrait/"
    answer = desk_client(editor).get(url)
    assert Image.open(BytesIO(answer.content)).size == (500, 700)
    assert "no-store" in answer["Cache-Control"]
    assert desk_client(other_editor).get(url).status_code == 404
    assert all("1x1" in suffix for suffix in Portrait.objects.get().made)


def test_what_is_no_picture_is_refused_at_its_field(desk_client, editor, author):
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    response = change(desk_client(editor), author, likeness_file=photo(svg))
    assert list(errors_of(response)) == ["likeness_file"]
    assert not Portrait.objects.exists()


def test_a_logo_stands_where_a_bureau_says_who_publishes_it(reader, cilacap):
    mark = Mark(bureau=cilacap)
    mark.receive(photo(picture_bytes(800, 200), "logo.png"))
    mark.save()
    html = reader("cilacap").get("/redaksi").content.decode()
    assert 'class="publisher__mark' in html
    assert mark.key in html


def test_the_form_of_a_bureau_says_where_its_logo_appears(desk_client, administrator, cilacap):
    page = desk_client(administrator).get(f"/bureaus/bureau/{cilacap.pk}/change/")

    assert "Pembaca melihatnya di halaman “Susunan redaksi” biro" in text_of(page)
