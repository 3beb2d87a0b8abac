"""One address of each kind of readers' page, found by following links from the network's front."""

import re
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from tests.audit.server import Answer, Server

# Pages read at most: the demo's whole site is about as large.
MOST = 250
DATED = r"/\d{4}/\d\d/\d\d/[^/]+"


@dataclass(frozen=True)
class Kind:
    """A kind of page: where it stands, and what else tells it from others at such a place."""

    name: str
    path: str
    is_bureaus: bool | None = None
    status: int = 200
    has: str = ""
    lacks: str = ""

    def stands_at(self, path: str, is_bureaus: bool) -> bool:
        return re.fullmatch(self.path, path) is not None and self.is_bureaus in (None, is_bureaus)

    def looks_like(self, answer: Answer) -> bool:
        return (
            answer.status == self.status
            and self.has in answer.html
            and not (self.lacks and self.lacks in answer.html)
        )


PICTURE = 'class="figure figure--lead'
KINDS = [
    Kind("front", "/", is_bureaus=False),
    Kind("bureau front", "/", is_bureaus=True),
    Kind("latest", "/terkini"),
    Kind("section", "/rubrik/[^/]+", is_bureaus=True),
    Kind("section of the network", "/rubrik/[^/]+", is_bureaus=False),
    Kind("topic", "/topik/[^/]+"),
    Kind("author", "/penulis/[^/]+"),
    Kind("index", "/indeks"),
    Kind("index of a day", r"/indeks/\d{4}/\d\d/\d\d"),
    Kind("directory", "/biro"),
    Kind("masthead", "/redaksi"),
    Kind("guidelines", "/pedoman"),
    Kind("about", "/tentang"),
    Kind("contact", "/kontak"),
    Kind("privacy", "/privasi"),
    Kind("corrections", "/koreksi"),
    Kind("article with picture", DATED, has=PICTURE),
    Kind("article without picture", DATED, has='class="headline"', lacks=PICTURE),
    Kind("changes", f"{DATED}/perubahan"),
    Kind("placed article", f"/dari/[^/]+{DATED}"),
    Kind("410", DATED, status=410),
    Kind("English front", "/en/?"),
    Kind("English article", f"/en{DATED}"),
    Kind("text-only front", "/teks/"),
    Kind("text-only article", f"/teks{DATED}"),
]


def find_pages(server: Server) -> tuple[dict[str, str | None], list[str]]:
    """An address for each kind by its name, None where no link led to one; and pages that break.

    The second is of addresses that were read on the way and answered with a server error.
    """
    found: dict[str, str | None] = {kind.name: None for kind in KINDS}
    broken = []
    # What may be of a kind that is still sought is read first. The demo's fullest bureau begins.
    likely, others = deque([server.url("cilacap"), server.url()]), deque[str]()
    seen = set(likely)
    read = 0
    while (likely or others) and read < MOST and None in found.values():
        if likely and not _sought(likely[0], found):
            others.append(likely.popleft())
            continue
        url = (likely or others).popleft()
        answer = server.get(url)
        read += 1
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            broken.append(f"{url} answers with status {answer.status}")
        for kind in _sought(url, found):
            if kind.looks_like(answer):
                found[kind.name] = url
        for link in links_of(url, answer.html):
            if link not in seen and _is_own(link, server):
                seen.add(link)
                likely.append(link)
    found["404"] = server.url("cilacap", "/2000/01/01/tidak-ada")
    return found, broken


def links_of(url: str, html: str) -> list[str]:
    """The full addresses that a page links to, without fragments."""
    reader = _Links()
    reader.feed(html)
    return [urljoin(url, link).partition("#")[0] for link in reader.links]


def _sought(url: str, found: dict[str, str | None]) -> list[Kind]:
    """The kinds that an address may be of and that have none yet."""
    parts = urlsplit(url)
    is_bureaus = "." in parts.netloc
    return [k for k in KINDS if found[k.name] is None and k.stands_at(parts.path, is_bureaus)]


def _is_own(link: str, server: Server) -> bool:
    parts = urlsplit(link)
    host = parts.netloc.removesuffix(f":{server.port}")
    public = host == "localhost" or (host.endswith(".localhost") and not host.startswith("desk."))
    return parts.scheme == "http" and public and host != parts.netloc


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        link = dict(attributes).get("href")
        if tag == "a" and link:
            self.links.append(link)
