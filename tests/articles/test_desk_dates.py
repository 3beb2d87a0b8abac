"""Times in what the desk says, and as readers' pages print them: two styles, one for each."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from articles.dates import printed_stamp, stamp_in_words

MOMENT = datetime(2026, 11, 30, 4, 56, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said", "printed"),
    [
        ("id", "30 November 2026 pukul 11.56 WIB", "30 November 2026 - 11:56 WIB"),
        ("en", "November 30, 2026 at 11:56 WIB", "November 30, 2026 - 11:56 WIB"),
    ],
)
def test_the_desk_says_a_time_as_a_sentence_does(cilacap, language, said, printed):
    with translation.override(language):
        assert (stamp_in_words(MOMENT, cilacap), printed_stamp(MOMENT, cilacap)) == (said, printed)


def test_the_label_is_that_of_the_bureaus_zone(makassar):
    with translation.override("id"):
        assert stamp_in_words(MOMENT, makassar) == "30 November 2026 pukul 12.56 WITA"
