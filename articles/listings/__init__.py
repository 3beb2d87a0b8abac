"""The lists that readers see: writing their lines at publication, reading them by range scan."""

from articles.listings.names import (
    NETWORK,
    Front,
    names_for,
    of_author,
    of_bureau,
    of_section,
    of_site,
    of_tag,
)
from articles.listings.newest import Lists, newest, next_change
from articles.listings.pages import ListPage, Span, Spans, edges, page, written
from articles.listings.stories import live_lines, own_lines_since, search
from articles.listings.writing import enter, enter_placement, leave, leave_placement

__all__ = [
    "NETWORK",
    "Front",
    "ListPage",
    "Lists",
    "Span",
    "Spans",
    "edges",
    "enter",
    "enter_placement",
    "leave",
    "leave_placement",
    "live_lines",
    "names_for",
    "newest",
    "next_change",
    "of_author",
    "of_bureau",
    "of_section",
    "of_site",
    "of_tag",
    "own_lines_since",
    "page",
    "search",
    "written",
]
