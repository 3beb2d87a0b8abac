"""The demo's standing pages as files in pages/, in the same light markup as its stories."""

from pathlib import Path

from articles.models import Page
from articles.models.page import PAGE_SLUGS
from newsroom.demo.markup import to_html

FOLDER = Path(__file__).parent / "pages"


def read_pages() -> list[tuple[str, str, str]]:
    """Slug of the bureau (empty: the network), kind and HTML of every page.

    "kontak.txt" is the network's, "cilacap-kontak.txt" that of a bureau.
    """
    kinds = {slug: kind for kind, slug in PAGE_SLUGS.items()}
    pages = []
    for path in sorted(FOLDER.glob("*.txt")):
        bureau, _hyphen, slug = path.stem.rpartition("-")
        pages.append((bureau, Page.Kind(kinds[slug]), to_html(path.read_text(encoding="utf-8"))))
    return pages
