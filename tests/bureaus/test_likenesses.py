"""Portraits of authors and logos of bureaus: sent with a form, shown to readers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bureaus.models import Author, Mark, Portrait
from tests.desk import errors_of
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
