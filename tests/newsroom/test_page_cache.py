"""What a response tells the caches."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from newsroom.page_cache import describe, earliest


def test_names_go_out_in_both_spellings_once_each_and_stay_on_the_response():
    response = describe(HttpResponse(), ["network", "article:12", "article:12", "list:bureau:3"])
    assert response.headers["Surrogate-Key"] == "network article:12 list:bureau:3"
    assert response.headers["Cache-Tag"] == "network,article:12,list:bureau:3"
    assert response.shows == ("network", "article:12", "list:bureau:3")
    assert response.holds_until is None


@pytest.mark.parametrize(
    ("left", "header"),
    [
        (None, "public, max-age=30, s-maxage=3600"),
        (timedelta(days=2), "public, max-age=30, s-maxage=3600"),
        (timedelta(seconds=90.5), "public, max-age=30, s-maxage=90"),
        (timedelta(seconds=5.5), "public, max-age=5, s-maxage=5"),
        (timedelta(seconds=-5), "public, max-age=0, s-maxage=0"),
    ],
)
def test_nobody_holds_a_page_longer_than_it_holds(left, header):
    until = left and timezone.now() + left
    response = describe(HttpResponse(), ["network"], until)
    assert response.headers["Cache-Control"] == header
    assert response.holds_until == until


def test_the_earliest_of_the_known_moments_counts():
    now = timezone.now()
    assert earliest(None, now + timedelta(1), now) == now
    assert earliest(None, None) is None
