"""Memory of a worker whose page cache is full, beside one that keeps no page."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import WATCHED, Archive, ask, serving, workers_of

MEGABYTES = 64
READERS = 8
AT_ONCE = 100
VERSIONS = ("", "/en", "/teks", "/teks/en")
CODINGS = ("br", "gzip", "identity")


def measure(archives: Archives, options: Options) -> Found:
    of = archives.small
    with serving(WATCHED, of.surroundings, NEWSROOM_PAGE_CACHE_MB=str(MEGABYTES)) as port:
        (worker,) = workers_of(port, 1)
        before = worker.state()["kilobytes"]
        wanted = _every(of)
        with ThreadPoolExecutor(READERS) as pool:
            while not (state := worker.state())["pages"]["dropped"]:
                some = list(islice(wanted, AT_ONCE))
                assert some, "There are too few pages to fill the cache."
                list(pool.map(lambda each: ask(port, *each[:2], coding=each[2]), some))
    told = {
        "pages": state["pages"]["pages"],
        "megabytes_of_pages": state["pages"]["bytes"] / 1e6,
        "at_start": before / 1000,
        "full": state["kilobytes"] / 1000,
    }
    print(
        f"\nmemory of a worker: {told['at_start']:.0f} MB at its start, {told['full']:.0f} MB with"
        f" {told['pages']} pages of {told['megabytes_of_pages']:.0f} MB"
    )
    return told


def _every(of: Archive) -> Iterator[tuple[str, str, str]]:
    """The same stories in every version and coding: far more than there is room for."""
    host = of.pages["article"]["host"]
    for coding in CODINGS:
        for version in VERSIONS:
            for path in of.paths:
                yield host, f"{version}{path}", coding
