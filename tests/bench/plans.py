"""``python -m tests.bench.plans``: how PostgreSQL answers the statements of each page.

Every statement is explained on the archive at hand: a table read from end to end, or more pages of
it than a list's page can need, is what grows with the archive.
"""

import contextlib
import os
import re
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# Small tables, of which PostgreSQL rightly reads all.
SMALL = {"bureaus_bureau", "bureaus_network", "articles_section", "articles_page", "bureaus_author"}


def main() -> None:
    django.setup()
    from django.conf import settings

    from newsroom.database import DatabaseBusyError, EmbeddedServer

    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            with contextlib.suppress(DatabaseBusyError):
                stack.enter_context(EmbeddedServer(settings.DATA_DIR))
        _explain()


def _explain() -> None:
    from django.db import connection
    from django.test import Client

    from tests.bench.pages import pages

    asked: list[tuple[str, Any]] = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    print(f"{'page':22} {'statement':34} {'plan ms':>8} {'run ms':>8} {'buffers':>8}  whole tables")
    for page in pages():
        client = Client(headers={"host": page.host})
        client.get(page.path)
        asked.clear()
        with connection.execute_wrapper(note):
            assert client.get(page.path).status_code == 200
        for sql, params in asked:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {sql}", params)
                plan = "\n".join(row[0] for row in cursor.fetchall())
            print(f"{page.name:22} {_name(sql):34} {_summary(plan)}", flush=True)


def _name(sql: str) -> str:
    tables = re.findall(r'FROM "?(\w+)"?', sql)
    return f"{sql.split(maxsplit=1)[0].lower()} {tables[0] if tables else ''} {len(sql)}"


def _summary(plan: str) -> str:
    planning = float(re.findall(r"Planning Time: ([\d.]+)", plan)[0])
    running = float(re.findall(r"Execution Time: ([\d.]+)", plan)[0])
    buffers = sum(int(number) for number in re.findall(r"(?:hit|read)=(\d+)", plan.split("\n")[1]))
    whole = {name for name in re.findall(r"Seq Scan on (\w+)", plan) if name not in SMALL}
    return f"{planning:8.1f} {running:8.1f} {buffers:8}  {' '.join(sorted(whole))}"


if __name__ == "__main__":
    main()
