"""Whatever is sent as a picture: a clear answer that names the file, and nothing left behind."""

import errno
import os
import signal
import struct
import subprocess
import sys
from io import BytesIO
from zlib import compress, crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, IptcImagePlugin  # noqa: F401

from articles.models import Article, Picture
from newsroom import storage
from newsroom.renditions import bounded
from tests.factories import make_story, picture_bytes

UPLOAD = "/articles/picture/upload/"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that declares a size; its pixels compress to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IEND", b"")


def apng_bomb() -> bytes:
    """One small first frame, and an animation that claims to go on for ever."""
    rows = compress(bytes((3 * 8 + 1) * 8))
    frames = [chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))]
    frames += [chunk(b"IDAT", rows)]
    for number in range(2000):
        control = struct.pack(">IIIIIHHBB", number, 8, 8, 0, 0, 1, 1, 0, 0)
        frames.append(chunk(b"fcTL", control))
    return png(8, 8, *frames)


def text_bomb() -> bytes:
    """A comment that unpacks to 200 megabytes."""
    packed = compress(bytes(200 * 1024 * 1024), 9)
    rows = chunk(b"IDAT", compress(bytes((3 * 8 + 1) * 8)))
    return png(8, 8, chunk(b"zTXt", b"Comment\0\0" + packed), rows)


HUGE = png(30_000, 30_000, chunk(b"IDAT", compress(b"\0")))  # 3.6 gigabytes when decoded
REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"bukan gambar", "other"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "eps"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "pdf"),
    "svg": (SVG, "svg"),
    "svg with a prolog": (b"<?xml version='1.0'?>" + SVG, "svg"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "html"),
    "gif": (picture_bytes(kind="GIF"), "gif"),
    "bmp": (picture_bytes(kind="BMP"), "other"),
    "tiff": (picture_bytes(kind="TIFF"), "other"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
    "truncated": (picture_bytes()[:2000], "broken"),
    "half of its rows": (picture_bytes(kind="PNG")[:-900], "broken"),
    "nothing after its head": (png(40, 40), "broken"),
    "30,000 by 30,000": (HUGE, "pixels"),
    "a billion pixels that are there": (png(2**31 - 1, 1), "pixels"),
    "comment bomb": (text_bomb(), "other"),
}


@pytest.fixture
def send(desk_client, correspondent):
    """Send a file as the library's script does: the status, and what the desk says."""
    client = desk_client(correspondent, raise_request_exception=False)

    def send(data: bytes, name: str = "IMG_1402.jpg", **more):
        upload = SimpleUploadedFile("x", data, "image/jpeg")
        upload._name = name
        answer = client.post(
            UPLOAD, {"file": upload, **more}, headers={"accept": "application/json"}
        )
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def nothing_is_left(settings, correspondent, cilacap):
    """No row, no file; and a story that is being written stays as it is."""
    story = make_story(correspondent, cilacap)
    text = Article.objects.get(pk=story.pk).body
    yield
    assert not Picture.objects.exists()
    for root in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
        assert [path for path in root.rglob("*") if path.is_file()] == []
    assert Article.objects.get(pk=story.pk).body == text


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_usable_picture_is_refused_by_name(send, nothing_is_left, case):
    data, problem = REFUSED[case]
    status, said = send(data)
    assert (status, said["error"]) == (422, f"IMG_1402.jpg: {bounded.PROBLEMS[problem]}")


def test_more_bytes_than_are_allowed_are_refused_before_they_fill_the_disk(
    send, nothing_is_left, monkeypatch
):
    monkeypatch.setattr("newsroom.arriving.MAX_BYTES", 3_000_000)
    monkeypatch.setattr(bounded, "MAX_BYTES", 3_000_000)
    status, said = send(picture_bytes() + bytes(3_500_000))
    assert (status, said["error"]) == (422, f"IMG_1402.jpg: {bounded.PROBLEMS['bytes']}")


def test_a_photo_of_nearly_sixty_megabytes_is_taken(send):
    # What follows the end of a JPEG is no part of it.
    status, said = send(picture_bytes(5000, 3000) + bytes(59 * 1024 * 1024))
    assert (status, said["width"]) == (200, 5000)


@pytest.mark.parametrize("which", ["MEDIA_ROOT", "ORIGINALS_ROOT"])
def test_a_full_disk_is_said_and_leaves_no_half_file(
    send, nothing_is_left, monkeypatch, settings, which
):
    replace, root = os.replace, str(getattr(settings, which))

    def full(source, target):
        if str(target).startswith(root):
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(source, target)

    monkeypatch.setattr(storage.os, "replace", full)
    status, said = send(picture_bytes())
    assert (status, said["error"]) == (503, f"IMG_1402.jpg: {bounded.PROBLEMS['full']}")


def test_a_disk_that_fills_up_while_a_file_arrives_is_said(send, nothing_is_left, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    status, said = send(picture_bytes() + bytes(3_000_000))
    assert (status, said["error"]) == (503, f"IMG_1402.jpg: {bounded.PROBLEMS['full']}")


def test_a_bomb_kills_its_own_process_and_not_the_newsroom(send, nothing_is_left, monkeypatch):
    """With the limit on pixels taken away, the one on memory holds."""
    monkeypatch.setattr(bounded, "MAX_PIXELS", 2**40)
    status, said = send(HUGE)
    assert (status, said["error"]) == (422, f"IMG_1402.jpg: {bounded.PROBLEMS['memory']}")


def test_a_picture_that_takes_too_long_is_given_up(send, nothing_is_left, monkeypatch):
    monkeypatch.setattr(bounded, "ARRIVING", bounded.Limits(20, 1536, 0.01))
    status, said = send(picture_bytes())
    assert (status, said["error"]) == (503, f"IMG_1402.jpg: {bounded.PROBLEMS['time']}")


def test_a_process_that_only_computes_is_stopped_by_the_kernel():
    spin = "from newsroom.renditions.child import limit; limit(1, 1536)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", spin], cwd=bounded.ROOT, timeout=300, check=False)
    assert done.returncode == -signal.SIGXCPU


def of_mode(mode: str) -> bytes:
    out = BytesIO()
    image = Image.new(mode, (40, 30))
    more = {"transparency": 0} if mode == "P" else {}
    image.save(out, "JPEG" if mode == "CMYK" else "PNG", **more)
    return out.getvalue()


def with_iptc(data: bytes) -> bytes:
    """IPTC-IIM in Latin-1 within a JPEG's Photoshop block."""
    records = b""
    for number, text in ((120, "Café Señora di Adipala"), (110, "Galih/Bentara"), (90, "Cilacap")):
        raw = text.encode("latin-1")
        records += struct.pack(">BBBH", 0x1C, 2, number, len(raw)) + raw
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records
    block += b"\0" * (len(records) % 2)
    segment = b"Photoshop 3.0\0" + block
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


BROKEN_XMP = b"<x:xmpmeta><rdf:RDF><rdf:Description dc:title='\xe9'><oops></rdf:RDF>"
TAKEN = {
    **{mode: of_mode(mode) for mode in ("RGB", "RGBA", "LA", "L", "P", "I;16", "CMYK", "1")},
    "apng bomb": apng_bomb(),
    "webp": picture_bytes(kind="WEBP"),
    "latin-1 metadata": with_iptc(picture_bytes()),
    "broken xmp": picture_bytes(xmp=BROKEN_XMP),
    "broken exif": picture_bytes(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"),
    "broken profile": picture_bytes(icc_profile=b"no profile at all" * 20),
}


@pytest.mark.parametrize("case", TAKEN)
def test_an_unusual_picture_is_taken(send, case):
    status, said = send(TAKEN[case])
    assert (status, said.get("error")) == (200, None)
    assert Picture.objects.get().made


def test_words_in_old_letters_are_read_and_broken_ones_passed_over(send):
    send(with_iptc(picture_bytes(xmp=BROKEN_XMP)))
    picture = Picture.objects.get()
    assert (picture.caption, picture.credit, picture.place) == (
        "Café Señora di Adipala",
        "Galih/Bentara",
        "Cilacap",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Foto\\kapal.jpg", "kapal.jpg"),
        ("🚤 banjir 🌊.jpg", "🚤 banjir 🌊.jpg"),
        (f"{'n' * 300}.jpg", f"{'n' * 59}…"),
        ('<img src=x onerror="alert(1)">.jpg', '<img src=x onerror="alert(1)">.jpg'),
    ],
    ids=["path", "windows path", "emoji", "300 letters", "markup"],
)
def test_whatever_a_file_is_called_it_is_taken_and_named_in_one_line(send, name, said):
    assert send(picture_bytes(), name)[0] == 200
    original = Picture.objects.get().original.name
    assert len(original) == 36
    status, answer = send(b"bukan gambar", name)
    assert (status, answer["error"].split(": ")[0]) == (422, said)
