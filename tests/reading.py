"""How tests read a story's page."""

import json
import re
from html import unescape

from articles.models import Edition


def path_of(edition: Edition) -> str:
    return edition.address.path


def html_of(client, edition: Edition, prefix: str = "") -> str:
    response = client.get(f"{prefix}{path_of(edition)}")
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """The text that a reader sees, white space folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def part_of(html: str, start: str, end: str) -> str:
    """From one landmark of the page to the next."""
    opened = html[html.index(start) :]
    return opened[: opened.index(end)]


def meta_of(html: str) -> dict[str, list[str]]:
    """What the head says by name or property, in its order."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<meta [^>]+>", html):
        name = re.search(r'(?:name|property)="([^"]+)"', tag)
        content = re.search(r'content="([^"]*)"', tag)
        if name and content:
            found.setdefault(name[1], []).append(unescape(content[1]))
    return found


def data_of(html: str) -> dict:
    """The page's one document of structured data."""
    (document,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(document)
