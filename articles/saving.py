"""What a page without pictures saves on a phone."""

from collections.abc import Iterable

from articles.models import Picture

# What a common phone takes from a srcset: 360 px wide with two dots a pixel, thumbnails of 120 px.
LEAD_WIDTH = 720
THUMBNAIL_WIDTH = 240
KILOBYTE = 1000  # as the meters of mobile data count


def kilobytes(lead: Picture | None, thumbnails: Iterable[Picture | None] = ()) -> int:
    """How many KB of pictures the page would load, to the nearest one; 0 without any.

    A picture that stands on a page twice is loaded once a size. One whose weight is not known
    counts nothing, for a saving must not be promised that may not come.
    """
    small = {picture.pk: picture for picture in thumbnails if picture}
    weight = sum(picture.weight(THUMBNAIL_WIDTH, "4x3") for picture in small.values())
    if lead:
        weight += lead.weight(LEAD_WIDTH, "free" if lead.is_tall else "16x9")
    return max(1, round(weight / KILOBYTE)) if weight else 0
