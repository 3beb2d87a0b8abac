"""A file is taken for its sender's own only where a camera took it, or it bears our name, and it
names nobody else; of any other the desk asks whose it is, and credits nobody meanwhile."""

import struct
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Picture
from tests.desk import errors_of, in_english, messages_of
from tests.factories import photo_bytes, picture_bytes

ADD = "/articles/picture/add/"
UPLOAD = "/articles/picture/upload/"
BY_LINE, CREDIT = 80, 110  # data sets of IPTC, record 2
US = "Ratih Purwandari"
UNREADABLE = "What the file says of whose it is cannot be read: ask who took it."
BROKEN = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description photoshop:Credit="Reuters"'
    b' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/'
    b'trainedAlgorithmicMedia" '
)
EMPTY = b'<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>\0\n'
NO_CAMERA = "The file names no camera: ask who took it."


def _with_iptc(photo: bytes, number: int, value: str) -> bytes:
    """A JPEG with one data set of IPTC-IIM, within Photoshop's segment as agencies write it."""
    words = value.encode()
    sets = b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(words)) + words
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets + b"\0" * (len(sets) % 2)
    content = b"Photoshop 3.0\0" + block
    return photo[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + photo[2:]


def _belongs(owner: str) -> str:
    return f"The file says that it belongs to {owner}."


def _by(maker: str) -> str:
    return f"The file says that it is by {maker}."


def _with_packet(packet: bytes) -> bytes:
    image, out = Image.open(BytesIO(photo_bytes())), BytesIO()
    image.save(out, "JPEG", exif=image.getexif(), xmp=packet)
    return out.getvalue()


# What a file says; why the desk asks, "" where it does not; who is credited.
FILES = {
    "a camera": (photo_bytes(), "", US),
    "nothing": (photo_bytes(camera=""), NO_CAMERA, ""),
    "a drawing without a word": (picture_bytes(90, 60, "PNG"), NO_CAMERA, ""),
    "the sender": (photo_bytes(camera="", artist=US), "", US),
    "the sender in capitals": (photo_bytes(artist="Foto: RATIH PURWANDARI"), "", "Foto: RATIH"),
    "the sender and the newsroom": (photo_bytes(artist=f"{US}/Bentara"), "", f"{US}/Bentara"),
    "our copyright": (photo_bytes(copyright="(c) 2026 PT Bentara Media"), "", US),
    "our copyright alone": (photo_bytes(camera="", copyright=f"© {US}"), "", US),
    "another artist": (
        photo_bytes(artist="Joko Widodo Santosa"),
        _by("Joko Widodo Santosa"),
        "Joko Widodo Santosa",
    ),
    "one whose name begins as ours": (
        photo_bytes(artist=f"{US} Santosa"),
        _by(f"{US} Santosa"),
        f"{US} Santosa",
    ),
    "one whose name has ours within a word": (
        photo_bytes(copyright="Copyright Xratih Purwandarini"),
        _belongs("Copyright Xratih Purwandarini"),
        "",
    ),
    "another beside us": (photo_bytes(artist=f"{US}, Danu"), _by(f"{US}, Danu"), f"{US}, Danu"),
    "another's by-line": (_with_iptc(photo_bytes(), BY_LINE, "José"), _by("José"), "José"),
    "another's credit": (
        _with_iptc(photo_bytes(), CREDIT, "Kantor Berita X"),
        _by("Kantor Berita X"),
        "Kantor Berita X",
    ),
    "the sender's camera": (photo_bytes(holder=US), "", US),
    "another's camera": (photo_bytes(holder="Kantor Berita X"), _by("Kantor Berita X"), "Kantor"),
    "another's camera, signed by us": (photo_bytes(holder="Kantor X", artist=US), "", US),
    "a packet that broke off": (_with_packet(BROKEN), UNREADABLE, ""),
    "a packet that is none": (_with_packet(b"Reuters"), UNREADABLE, ""),
    "a packet that says nothing": (_with_packet(EMPTY), "", US),
    "another owner": (
        photo_bytes(copyright="Copyright Tribunnews"),
        _belongs("Copyright Tribunnews"),
        "",
    ),
}


@pytest.fixture(autouse=True)
def _english(correspondent, publisher):
    correspondent.language = "en"
    correspondent.save()


def upload(data: bytes) -> SimpleUploadedFile:
    kind = Image.open(BytesIO(data)).format
    return SimpleUploadedFile(f"kapal.{kind.lower()}", data)


@pytest.mark.parametrize("said", FILES)
def test_the_library_asks_of_what_is_not_the_senders_by_its_file(desk_client, correspondent, said):
    data, why, credit = FILES[said]
    headers = {"accept": "application/json"}
    client = desk_client(correspondent)
    told = client.post(UPLOAD, {"file": upload(data)}, headers=headers).json()
    own = "" if why else "own"
    assert (told["asked"], told["source"], told["licence"]) == (why, own, own)
    assert told["credit"].startswith(credit)
    assert bool(told["credit"]) == bool(credit)
    # The files that readers get say the same.
    assert b"Ratih" in _first_file(Picture.objects.get()) or credit != US


@pytest.mark.parametrize("said", FILES)
def test_the_full_form_asks_likewise_and_leaves_nothing_behind(desk_client, correspondent, said):
    data, why, credit = FILES[said]
    client = desk_client(correspondent)
    form = {"bureau": correspondent.author.bureau_id or "", "caption": "Kapal"}
    response = client.post(ADD, form | {"file": upload(data)})
    if not why:
        picture = Picture.objects.get()
        assert (picture.source, picture.licence) == ("own", "own")
        assert picture.credit.startswith(credit)
        return
    errors = errors_of(response)
    assert errors.keys() == {"file", "source", "licence"}
    assert errors["source"] == [f"{why} Choose the source."]
    assert not Picture.objects.exists()


def test_who_says_that_a_file_without_a_camera_is_the_own_is_credited(desk_client, correspondent):
    client = desk_client(correspondent)
    said = {"source": "own", "licence": "own", "asked": "true"}
    form = {"bureau": correspondent.author.bureau_id or "", "caption": "Kapal"}
    client.post(ADD, form | said | {"file": upload(photo_bytes(camera=""))})
    picture = Picture.objects.get()
    assert (picture.source, picture.licence, picture.credit) == ("own", "own", US)
    assert b"Ratih" in _first_file(picture)


def _first_file(picture: Picture) -> bytes:
    with default_storage.open(picture.name_of(next(iter(picture.made)))) as file:
        return file.read()


def test_a_packet_that_cannot_be_read_still_tells_of_a_machine(desk_client, correspondent):
    headers = {"accept": "application/json"}
    client = desk_client(correspondent)
    told = client.post(UPLOAD, {"file": upload(_with_packet(BROKEN))}, headers=headers).json()
    assert (told["ai"], told["credit"]) == ("made", "")


@pytest.mark.parametrize(("is_editor", "note"), [(False, ""), (True, "Credited to you: whose")])
def test_who_sends_others_photos_is_told_of_the_own_name_under_them(
    desk_client, correspondent, editor, is_editor, note
):
    sender = editor if is_editor else correspondent
    in_english(sender)
    headers = {"accept": "application/json"}
    client = desk_client(sender)
    told = client.post(UPLOAD, {"file": upload(photo_bytes())}, headers=headers).json()
    assert told["credit"] == sender.author.name
    assert told["note"].startswith(note)
    assert bool(told["note"]) == is_editor
    signed = photo_bytes(artist=sender.author.name)
    assert client.post(UPLOAD, {"file": upload(signed)}, headers=headers).json()["note"] == ""
    if is_editor:
        answer = client.post(UPLOAD, {"file": upload(photo_bytes(93))})
        assert "Credited to you: whose photo is it?" in messages_of(client, answer)
