"""The row from other bureaus at the foot of a bureau's front."""

import re

import pytest

from articles import fronts
from tests.factories import make_live, make_picture
from tests.reading import part_of


@pytest.fixture
def publish(correspondent, makassar):
    def publish(headline: str, **more) -> None:
        make_live(correspondent, makassar, headline=headline, **more)

    return publish


def row(client) -> list[str]:
    html = client.get("/").content.decode()
    return re.findall(r'lang="id"><a [^>]*>([^<]+)', part_of(html, 'id="elsewhere"', "</section>"))


def test_a_bureaus_newest_story_with_a_picture_goes_before_its_newest(reader, publish, makassar):
    publish("Bergambar", picture=make_picture(makassar))
    publish("Terbaru", picture=None)
    assert row(reader("cilacap")) == ["Bergambar"]


def test_without_a_picture_among_its_newest_a_bureau_shows_its_newest(reader, publish, makassar):
    publish("Gambar lama", picture=make_picture(makassar))
    for number in range(fronts.OF_ELSEWHERE):
        publish(f"Tanpa gambar {number}", picture=None)
    assert row(reader("cilacap")) == [f"Tanpa gambar {fronts.OF_ELSEWHERE - 1}"]
