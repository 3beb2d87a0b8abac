"""``python -m tests.bench.miss_path``: what rendering costs, beside an empty Django view.

In one process and without a server: each page goes through the whole of Django, compression
included, by turns with a view that returns the same bytes. Processor time of this process is what
limits a server; ``--profile NAME`` shows what a page spends it on, ``--first`` what a page costs of
which this process has never drawn anything.
"""

import argparse
import contextlib
import cProfile
import os
import pstats
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--profile", default="")
    arguments.add_argument("--first", action="store_true")
    arguments.add_argument("--sort", default="tottime")
    options = arguments.parse_args()
    django.setup()
    from django.conf import settings

    from newsroom.database import DatabaseBusyError, EmbeddedServer

    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            with contextlib.suppress(DatabaseBusyError):
                stack.enter_context(EmbeddedServer(settings.DATA_DIR))
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import override_settings
    from django.test.utils import CaptureQueriesContext

    from tests.bench import empty_view
    from tests.bench.pages import pages

    application = WSGIHandler()
    empty_settings = override_settings(MIDDLEWARE=[], ROOT_URLCONF="tests.bench.empty_view")
    with empty_settings:
        empty = WSGIHandler()
    print(
        f"{'page':22} {'bytes':>7} {'queries':>7} {'cpu ms':>8} {'wall ms':>8} {'empty':>7} ratio"
    )
    for page in pages():
        if options.profile not in page.name:
            continue
        for _ in range(5):
            status, headers, body = _ask(application, page)
        assert status == "200 OK", (page, status)
        with CaptureQueriesContext(connection) as captured:
            _ask(application, page)
        empty_view.keep(body, headers)
        ours: list[float] = []
        wall: list[float] = []
        theirs: list[float] = []
        for _ in range(options.rounds):
            if options.first:
                _forget()
            start, clock = time.process_time(), time.perf_counter()
            _ask(application, page)
            ours.append(time.process_time() - start)
            wall.append(time.perf_counter() - clock)
            with empty_settings:
                start = time.process_time()
                for _ in range(10):
                    _ask(empty, page)
                theirs.append((time.process_time() - start) / 10)
        print(
            f"{page.name:22} {len(body):7} {len(captured):7} {median(ours) * 1000:8.2f}"
            f" {median(wall) * 1000:8.2f} {median(theirs) * 1000:7.3f}"
            f" {median(theirs) / median(ours):.4f}",
            flush=True,
        )
        if options.profile:
            profile = cProfile.Profile(time.process_time)
            profile.enable()
            for _ in range(20):
                _ask(application, page)
            profile.disable()
            pstats.Stats(profile).sort_stats(options.sort).print_stats(45)
            for query in captured.captured_queries:
                print(query["time"], query["sql"][:300])


def _forget() -> None:
    from articles import drawn, known_lines, related

    drawn.PAGES.clear()
    drawn.PARTS.clear()
    known_lines._kept.clear()
    related._chosen.clear()
    related._stems.cache_clear()


def _ask(application, page) -> tuple[str, dict[str, str], bytes]:
    from django.test import RequestFactory

    path, _mark, query = page.path.partition("?")
    environ = RequestFactory().get(path, HTTP_HOST=page.host, HTTP_ACCEPT_ENCODING="br").environ
    environ["QUERY_STRING"] = query
    answer: list = []
    response = application(environ, lambda status, headers: answer.extend((status, dict(headers))))
    body = b"".join(response)
    response.close()
    return answer[0], answer[1], body


if __name__ == "__main__":
    main()
