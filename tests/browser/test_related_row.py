"""The row of related stories below a story."""

import pytest

from tests.factories import make_live


@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_row_is_full_however_many_stories_it_has(newsroom, cilacap, correspondent, number):
    def publish(headline):
        return make_live(
            correspondent, cilacap, headline=headline, summary="", tags=["rabies", "vaksin"]
        )

    # The newest stand beside the story; what is older is left for the row.
    for place in range(number):
        publish(f"Vaksin rabies tiba {place}")
    for place in range(8):
        make_live(correspondent, cilacap, headline=f"Lain {place}", tags=["ombak"])
    edition = publish("Vaksin rabies kosong")
    for width in (768, 1280):
        page = newsroom.open({"width": width, "height": 800})
        page.goto(edition.address.get_absolute_url())
        row = page.locator(".related .shelf")
        cards = [card.bounding_box() for card in row.locator("article").all()]
        assert len(cards) == number
        box = row.bounding_box()
        ends = max(card["x"] + card["width"] for card in cards)
        assert ends == pytest.approx(box["x"] + box["width"], abs=1)
        lines = {round(card["y"]) for card in cards}
        assert len(lines) == (2 if number == 4 and width == 768 else 1)
