"""On a phone the row of tools shows that it goes on, and every tool can be met by a thumb."""

from tests.browser.story_page import open_new

SHOWN = """(row) => {
    const edge = row.getBoundingClientRect();
    return [...row.querySelectorAll("button")].map((tool) => {
        const box = tool.getBoundingClientRect();
        const left = Math.max(box.left, edge.left);
        const seen = Math.max(0, Math.min(box.right, edge.right) - left) / box.width;
        return [seen, Math.min(box.width, box.height)];
    });
}"""


WIDTHS = (320, 360, 375, 390, 412, 430, 540)


def test_half_a_tool_stands_at_the_edge_where_the_row_goes_on(newsroom, correspondent):
    page = newsroom.sign_in("ratih", {"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    open_new(newsroom, page)
    row = page.locator(".editor-bar__tools")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        row.evaluate("row => row.scrollTo(0, 0)")
        shown = row.evaluate(SHOWN)

        assert min(size for _seen, size in shown) >= 44
        halved = [seen for seen, _size in shown if 0 < seen < 1]
        assert len(halved) == 1, width
        assert 0.25 <= halved[0] <= 0.75, width
        # and nothing is out of reach
        row.evaluate("row => row.scrollTo(row.scrollWidth, 0)")
        assert row.evaluate(SHOWN)[-1][0] > 0.98, width
