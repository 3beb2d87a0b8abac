"""Median milliseconds of one request, without the page cache, to a small and to a large archive.

Both are asked by turns, so whatever else the machine does slows both alike.
"""

import time
from contextlib import ExitStack
from statistics import median

from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import ask, serving


def measure(archives: Archives, options: Options) -> Found:
    small, large = archives.small, archives.large
    with ExitStack() as stack:
        ports = [
            stack.enter_context(
                serving("newsroom.wsgi:application", of.surroundings, NEWSROOM_PAGE_CACHE_MB="0")
            )
            for of in (small, large)
        ]
        pages = [of.pages | of.desk for of in (small, large)]
        print(f"\n{'page, without the cache':28} {small.stories:>10,} {large.stories:>12,} ratio")
        told = {}
        for name in pages[0]:
            taken: tuple[list[float], list[float]] = ([], [])
            for number in range(options.rounds * 20 + 5):
                for own, port, found in zip(pages, ports, taken, strict=True):
                    page = own[name]
                    start = time.perf_counter()
                    status, _headers, _body = ask(port, page["host"], page["path"], page["cookie"])
                    if number >= 5:
                        found.append((time.perf_counter() - start) * 1000)
                    assert status == 200, (name, status)
            one, other = median(taken[0]), median(taken[1])
            print(f"{name:28} {one:7.1f} ms {other:9.1f} ms {other / one:5.2f}", flush=True)
            told[name] = {"small": one, "large": other, "ratio": other / one}
    return told
