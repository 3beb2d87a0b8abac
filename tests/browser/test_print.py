"""A story on paper."""

from tests.factories import publish_correction, publish_story

PRINTED = [
    ".masthead__name",
    ".headline",
    ".byline__who",
    ".byline__time",
    ".notice",
    ".prose > p",
    ".credits",
    ".story__url",
]
LEFT_OUT = [
    ".nav",
    ".trail",
    ".masthead__tools",
    ".share",
    ".notice__more",
    ".tags",
    ".editions",
    ".story__rail",
    ".related",
    ".footer",
]


def test_paper_gets_the_story_and_its_address_and_nothing_to_press(
    newsroom, cilacap, correspondent, editor
):
    for tags in (["ombak"], ["karang"], ["nelayan"]):
        edition = publish_story(correspondent, editor, cilacap, tags=["laut", *tags])
    publish_story(correspondent, editor, cilacap, headline="Gempa", summary="Dua.", tags=["gempa"])
    edition = publish_correction(edition)
    page = newsroom.open()
    page.goto(edition.address.get_absolute_url())
    page.locator(".prose > p").first.wait_for()
    for medium, is_seen in (("screen", True), ("print", False)):
        page.emulate_media(media=medium)
        shown = {name: page.locator(name).first.is_visible() for name in [*PRINTED, *LEFT_OUT]}
        expected = dict.fromkeys(PRINTED, True) | dict.fromkeys(LEFT_OUT, is_seen)
        assert shown == expected | {".story__url": not is_seen}
    end_of_text = page.locator(".story__body").bounding_box()
    credits = page.locator(".credits").bounding_box()
    assert credits["y"] - (end_of_text["y"] + end_of_text["height"]) > 12
    assert page.inner_text(".story__url") == edition.address.get_absolute_url()
