"""Pictures made safe and small. Knows files, no model."""

from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a 50-megapixel camera, with room; a bomb declares far more
KEPT_SIDE = 2560  # pixels of the longer side of the copy that is kept
QUALITY = 82


class PictureError(Exception):
    """A file that cannot be used as a picture; the text says why and what to do."""


class CleanCopy(ContentFile):
    """What clean_copy made. Cleaning it again would only cost time and sharpness."""


def clean_copy(upload: IO[bytes]) -> ContentFile:
    """A fresh JPEG of an upload: upright, sRGB-sized, without any of the file's metadata.

    Only what was decoded is written again, so nothing hidden in the file survives.
    Raises PictureError for a file that is too large or no JPEG, PNG or WebP picture.
    """
    if isinstance(upload, CleanCopy):
        return upload
    upload.seek(0, 2)
    if upload.tell() > MAX_BYTES:
        raise PictureError(
            _("The picture is larger than 30 MB. Send a smaller copy."),
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureError(
                    _("The picture has more than 60 megapixels. Send a smaller copy."),
                )
            # A JPEG decoder can skip pixels while reading: much less memory for a large photo.
            image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            upright = ImageOps.exif_transpose(image)
            return CleanCopy(_jpeg(upright, KEPT_SIDE, KEPT_SIDE).read(), name="picture.jpg")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise PictureError(
            _("This file is not a picture that can be used. Send a JPEG, PNG or WebP file."),
        ) from None


def crop_size(width: int, height: int, ratio: tuple[int, int], widest: int) -> tuple[int, int]:
    """Width and height of the largest crop of a picture in a ratio, at most ``widest`` wide."""
    across, down = ratio
    crop_width = min(width, height * across // down, widest)
    return crop_width, max(1, round(crop_width * down / across))


def make_crop(original: IO[bytes], ratio: tuple[int, int], widest: int) -> ContentFile:
    """A JPEG of the middle of the picture in this ratio of width to height."""
    with Image.open(original, formats=("JPEG",)) as image:
        size = crop_size(image.width, image.height, ratio, widest)
        return _as_jpeg(ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS))


def make_rendition(original: IO[bytes], width: int) -> ContentFile:
    """A JPEG of this width in pixels, never larger than the original; height follows."""
    with Image.open(original, formats=("JPEG",)) as image:
        return _jpeg(image, width, image.height)


def _jpeg(image: Image.Image, width: int, height: int) -> ContentFile:
    if image.mode in ("RGBA", "LA", "P", "PA"):
        rgba = image.convert("RGBA")
        image = Image.new("RGB", rgba.size, "white")
        image.paste(rgba, mask=rgba.getchannel("A"))
    elif image.mode.startswith("I"):
        # 16 bits a channel: converting directly would clip everything above 255 to white.
        image = image.point(lambda value: value / 256).convert("RGB")
    else:
        image = image.convert("RGB")
    image.thumbnail((width, height), Image.Resampling.LANCZOS)
    return _as_jpeg(image)


def _as_jpeg(image: Image.Image) -> ContentFile:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name="picture.jpg")
