"""What a page without pictures saves."""

import pytest
from django.core.files.storage import default_storage

from articles.models import Picture
from articles.saving import kilobytes
from tests.factories import make_picture


def picture(pk: int, small: int, large: int) -> Picture:
    made = {"4x3-240.jpg": small, "4x3-480.jpg": 9, "16x9-720.jpg": large, "16x9-960.jpg": 9}
    return Picture(pk=pk, width=1200, height=800, made=made)


@pytest.mark.parametrize(
    ("lead", "thumbnails", "saved"),
    [
        (None, [], 0),
        (picture(1, 8_000, 61_400), [], 61),
        (None, [picture(1, 8_000, 0), picture(2, 7_600, 0)], 16),
        (picture(1, 8_000, 61_400), [picture(2, 8_000, 0), None], 69),
        # The same file is loaded once.
        (None, [picture(1, 8_000, 0), picture(1, 8_000, 0)], 8),
        (picture(1, 8_000, 60_000), [picture(1, 8_000, 0)], 68),
        (None, [picture(1, 300, 0)], 1),
        # Not weighed yet.
        (Picture(pk=1), [Picture(pk=2)], 0),
    ],
)
def test_a_page_saves_what_a_phone_would_load(lead, thumbnails, saved):
    assert kilobytes(lead, thumbnails) == saved


def test_an_uploaded_picture_is_weighed(cilacap):
    one = Picture.objects.get(pk=make_picture(cilacap).pk)
    weight = default_storage.size(one.name_of("16x9-720.avif"))
    assert kilobytes(one) == max(1, round(weight / 1000))
