"""The sizes in which pictures are shown: fixed and named, so that nobody can ask for others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Best first: a browser takes the first that it knows.
FORMATS = ("avif", "webp", "jpg")
# Ratio of width to height of each crop; "free" is the whole picture.
RATIOS: Mapping[str, tuple[int, int]] = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
SHAPES = ("free", *RATIOS)
CENTRE = (50, 50)

Plan = Mapping[str, Sequence[int]]
# Widths in pixels, smallest first. 1200 is what search engines ask of each ratio.
PICTURE: Plan = {
    "free": (240, 480, 720, 960, 1440, 1920),
    "16x9": (480, 720, 960, 1200, 1800),
    "4x3": (240, 480, 720, 1200),
    "1x1": (240, 480, 1200),
}
PORTRAIT: Plan = {"1x1": (96, 192, 384)}
MARK: Plan = {"free": (160, 320, 640)}
PLANS: Mapping[str, Plan] = {"picture": PICTURE, "portrait": PORTRAIT, "mark": MARK}
# Of these there is a JPEG before the desk is told that the picture has arrived.
AT_ONCE: Plan = {"free": (240, 960), "16x9": (960,), "4x3": (240, 480), "1x1": (192,)}


@dataclass(frozen=True)
class Rendition:
    """One file of a picture: the crop, its width in pixels, and the format's name ending."""

    shape: str
    width: int
    format: str

    @classmethod
    @lru_cache(maxsize=512)  # of sizes that are named in PLANS, or were once
    def of(cls, suffix: str) -> "Rendition":
        """The one that a suffix names."""
        name, _dot, ending = suffix.rpartition(".")
        shape, _dash, width = name.rpartition("-")
        return cls(shape or "free", int(width), ending)

    @property
    def suffix(self) -> str:
        """The end of its file's name, after the picture's key: "16x9-480.avif", "240.jpg"."""
        shape = "" if self.shape == "free" else f"{self.shape}-"
        return f"{shape}{self.width}.{self.format}"


Size = tuple[int, int]


def crop_size(size: Size, shape: str) -> Size:
    """Width and height of the largest crop in a shape that a picture of this size has."""
    width, height = size
    if shape not in RATIOS:
        return size
    across, down = RATIOS[shape]
    crop_width = max(1, min(width, height * across // down))
    return crop_width, min(height, max(1, round(crop_width * down / across)))


def crop_box(size: Size, shape: str, focal: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of that crop, as near as can be round the focal point.

    ``focal`` is in percent of width and height, from the upper left.
    """
    width, height = crop_size(size, shape)
    left = _clamp(round(size[0] * focal[0] / 100 - width / 2), size[0] - width)
    top = _clamp(round(size[1] * focal[1] / 100 - height / 2), size[1] - height)
    return left, top, left + width, top + height


def _clamp(value: int, highest: int) -> int:
    return max(0, min(value, highest))


def height_at(size: Size, shape: str, width: int) -> int:
    """Height in pixels of the rendition of this width."""
    across, down = crop_size(size, shape)
    return max(1, round(width * down / across))


def widths(size: Size, shape: str, plan: Plan) -> list[int]:
    """The widths of a plan that the picture fills, smallest first; nothing is enlarged.

    A picture that is smaller than the widest has one at its own width, too.
    """
    own = crop_size(size, shape)[0]
    wanted = plan[shape]
    return [*(width for width in wanted if width < own), *([own] if own <= wanted[-1] else [])]


def every(size: Size, plan: Plan) -> list[Rendition]:
    """All renditions of a picture, in the order in which they are made."""
    return [
        Rendition(shape, width, ending)
        for ending in reversed(FORMATS)
        for shape in plan
        for width in widths(size, shape, plan)
    ]


def first(size: Size, plan: Plan) -> list[Rendition]:
    """Those without which a picture cannot be shown at all."""
    found = []
    for shape in plan:
        offered = widths(size, shape, plan)
        for wanted in AT_ONCE[shape]:
            fitting = [width for width in offered if width <= wanted] or offered[:1]
            found.append(Rendition(shape, fitting[-1], "jpg"))
    return list(dict.fromkeys(found))
