"""Pictures come in as anything and go out clean, small and with their words."""

from io import BytesIO
from zlib import crc32

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from articles.models import Picture
from articles.models.picture import RATIOS
from newsroom import renditions
from newsroom.renditions import PictureError, clean_copy, make_rendition
from tests.factories import make_picture, picture_bytes

EXIF_ORIENTATION, EXIF_GPS, EXIF_MAKE = 0x0112, 0x8825, 0x010F


def size_of(data) -> tuple[int, int]:
    with Image.open(BytesIO(data.read())) as image:
        return image.size


def with_exif(width: int, height: int, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    exif[EXIF_MAKE] = "Kamera"
    exif.get_ifd(EXIF_GPS)[1] = "S"
    return picture_bytes(width, height, exif=exif)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (300, 200)), (6, (200, 300)), (8, (200, 300))]
)
def test_a_photo_is_turned_upright_and_loses_what_the_phone_wrote_into_it(orientation, size):
    data = clean_copy(BytesIO(with_exif(300, 200, orientation)))
    with Image.open(data) as image:
        assert image.size == size
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "L", "P", "I;16", "CMYK"])
def test_pictures_of_every_mode_become_jpeg(mode):
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (40, 30)).save(out, kind)
    with Image.open(clean_copy(out)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 30))


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"bukan gambar",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        b"<html>kapal.jpg</html>",
        picture_bytes()[:2000],
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    ],
    ids=["empty", "text", "svg", "pdf", "html", "truncated", "gif"],
)
def test_what_is_no_picture_is_refused_in_words(upload):
    with pytest.raises(PictureError):
        clean_copy(BytesIO(upload))


def test_a_picture_that_declares_too_many_pixels_is_refused_before_it_is_decoded():
    header = picture_bytes(10, 10, "PNG")
    ihdr = b"IHDR" + (9000).to_bytes(4, "big") * 2 + header[24:29]
    bomb = header[:12] + ihdr + crc32(ihdr).to_bytes(4, "big") + header[33:]
    with pytest.raises(PictureError, match="60 mega"):
        clean_copy(BytesIO(bomb))


def test_a_file_of_more_than_30_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr(renditions, "MAX_BYTES", 1000)
    with pytest.raises(PictureError):
        clean_copy(BytesIO(picture_bytes()))


def test_a_huge_photo_is_kept_smaller_and_a_small_one_never_enlarged():
    assert size_of(clean_copy(BytesIO(picture_bytes(6000, 4000)))) == (2560, 1707)
    assert size_of(make_rendition(BytesIO(picture_bytes(300, 200)), 480)) == (300, 200)


def test_an_uploaded_picture_has_public_copies_and_a_name_that_tells_nothing(cilacap):
    picture = make_picture(cilacap)
    assert (picture.width, picture.height) == (1200, 800)
    storage = picture.file.storage
    for width, size in (
        (240, (240, 160)),
        (480, (480, 320)),
        (720, (720, 480)),
        (960, (960, 640)),
        ("16x9", (1200, 675)),
        ("4x3", (1066, 800)),
        ("1x1", (800, 800)),
    ):
        with storage.open(picture.rendition_name(width)) as file:
            assert size_of(file) == size
    assert [picture.crop_size(ratio) for ratio in RATIOS] == [(1200, 675), (1066, 800), (800, 800)]
    assert picture.weights == {
        str(width): storage.size(picture.rendition_name(width)) for width in (240, 480, 720, 960)
    }
    assert "kapal" not in picture.file.name
    assert picture.srcset == ", ".join(f"{picture.url(n)} {n}w" for n in (240, 480, 720, 960))


def test_a_refused_picture_leaves_neither_row_nor_file(cilacap, settings):
    picture = Picture(bureau=cilacap, file=ContentFile(b"x", name="x.jpg"))
    with pytest.raises(PictureError):
        picture.save()
    assert Picture.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
