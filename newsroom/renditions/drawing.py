"""Decoding, turning, cropping and encoding. Runs in the bounded process alone."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps

from newsroom.renditions.sizes import Rendition, Size, crop_box, height_at

# Pixels of the shorter side below which nothing is thrown away before the last resizing.
WORKING_SIDE = 1920
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
# Measured on the demo's pictures and on photographs: the step at which the eye sees no loss. AVIF
# at speed 8 takes a third of the time of 6, for files of the same weight.
ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "webp": ("WEBP", {"quality": 76, "method": 4}),
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
}
GREYS = ("I", "F")  # modes of more than 8 bits begin with one of these
FIRST_OF_CLASS = 64  # levels of a channel in one tone


def upright(image: Image.Image) -> tuple[Image.Image, Size]:
    """The picture as it is looked at, in 8-bit sRGB, and its full size in pixels.

    What is returned may be smaller than that size: large enough for every rendition, no more.
    """
    turn = orientation_of(image)
    size = image.size[::-1] if turn in _SIDEWAYS else image.size
    profile = image.info.get("icc_profile")
    # A JPEG decoder can skip pixels while reading: much less memory for a large photo.
    image.draft(None, (WORKING_SIDE, WORKING_SIDE))
    image.load()
    flat = _flat(_smaller(image))
    if turn in _TURNS:
        flat = flat.transpose(_TURNS[turn])
    return _in_srgb(flat, profile), size


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8 (EXIF 2.32, 4.6.4); 1 where it is missing or makes no sense."""
    with suppress(Exception):  # whatever a broken EXIF block makes Pillow stumble over
        value = image.getexif().get(_ORIENTATION, 1)
        return value if value in _TURNS else 1
    return 1


def _smaller(image: Image.Image) -> Image.Image:
    factor = min(image.size) // WORKING_SIDE
    if factor < 2 or image.mode in ("P", "PA", "1"):  # noqa: PLR2004
        return image
    return image.reduce(factor)


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, which JPEG cannot show, and with 8 bits a channel."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        flat = Image.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
        return flat
    if image.mode.startswith(GREYS):
        # Converting directly would clip everything above 255 to white.
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("RGB", "CMYK"):
        return image
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        # A profile that is broken, or for another kind of picture, says nothing.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                target = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
                if converted is not None:
                    return converted
    return image.convert("RGB")


def tone_of(image: Image.Image) -> str:
    """The dominant colour, as a class of tones.css: a digit from 0 to 3 for each channel."""
    few = ImageOps.fit(image, (48, 48)).quantize(5)
    palette = few.getpalette() or [128, 128, 128]
    colours = few.getcolors() or [(1, 0)]
    index = max(colours)[1]
    red, green, blue = palette[3 * index : 3 * index + 3]  # type: ignore[operator]
    return "".join(str(value // FIRST_OF_CLASS) for value in (red, green, blue))


def draw(
    image: Image.Image,
    size: Size,
    renditions: list[Rendition],
    *,
    focal: tuple[int, int],
    xmp: bytes,
) -> Iterator[tuple[str, bytes]]:
    """The files of renditions, each with the suffix of its name.

    ``image`` and ``size`` are what ``upright`` gave. No metadata goes out but ``xmp``.
    """
    drawn: dict[tuple[str, int], Image.Image] = {}
    for rendition in renditions:
        key = rendition.shape, rendition.width
        if key not in drawn:
            drawn[key] = _cropped(image, size, rendition, focal)
        yield rendition.suffix, encode(drawn[key], rendition.format, xmp)


def _cropped(
    image: Image.Image, size: Size, rendition: Rendition, focal: tuple[int, int]
) -> Image.Image:
    scale_x, scale_y = image.width / size[0], image.height / size[1]
    left, top, right, bottom = crop_box(size, rendition.shape, focal)
    box = (left * scale_x, top * scale_y, right * scale_x, bottom * scale_y)
    target = rendition.width, height_at(size, rendition.shape, rendition.width)
    return image.resize(target, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def encode(image: Image.Image, ending: str, xmp: bytes = b"") -> bytes:
    """The picture as a file of a format, one of sizes.FORMATS."""
    name, options = ENCODERS[ending]
    out = BytesIO()
    image.info.clear()
    image.save(out, name, **options, **({"xmp": xmp} if xmp else {}))
    return out.getvalue()
