"""Writes an archive into the database: COPY into bare tables, then indexes and constraints again.

All of it is one transaction that holds the tables: it happens whole or not at all, and nobody reads
meanwhile. No verb is asked and no mail goes out, so it is for measuring alone.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from articles.models import Address, Article, Edition, Placement
from newsroom.archive.cast import Newsroom, assemble
from newsroom.archive.grammar import Grammar
from newsroom.archive.stories import Maker, Plan
from newsroom.archive.tables import TABLES

CHUNK = 1000  # stories
AHEAD = 2  # chunks made for each process before the database has taken them
MOST_TAGS, FEWEST_TAGS, STORIES_A_TAG = 20_000, 200, 50

Report = Callable[[int], object]


def fill(plan: Plan, *, processes: int = 1, report: Report = lambda stories: None) -> None:
    """Add the stories of a plan; ``report`` is told of how many are in the database."""
    with transaction.atomic():
        grammar = Grammar()
        tags = min(MOST_TAGS, FEWEST_TAGS + plan.stories // STORIES_A_TAG)
        newsroom = assemble(grammar, tags=tags, began=plan.began, seed=plan.seed)
        plan = replace(
            plan,
            first_article=_next(Article),
            first_edition=_next(Edition),
            first_address=_next(Address),
            first_placement=_next(Placement),
        )
        with connection.cursor() as cursor, _bare_tables(cursor):
            done = 0
            for blobs in _made(plan, newsroom, grammar, processes):
                for name in TABLES:
                    if name in blobs:
                        _copy(cursor, name, blobs[name])
                done = min(done + CHUNK, plan.stories)
                report(done)
            for model in (Article, Edition, Address, Placement):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) "
                    f'FROM "{model._meta.db_table}" HAVING max(id) IS NOT NULL',
                    [model._meta.db_table],
                )


def analyse() -> None:
    """What autovacuum would do in time: the planner's figures and the maps of visible pages."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _next(model: Any) -> int:
    return (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1


def _copy(cursor: CursorWrapper, name: str, rows: bytes) -> None:
    model, columns = TABLES[name]
    listed = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN') as copy:
        copy.write(rows)


@dataclass(frozen=True)
class _Work:
    plan: Plan
    newsroom: Newsroom
    grammar: Grammar

    def __call__(self, first: int) -> dict[str, bytes]:
        maker = Maker(self.plan, self.newsroom, self.grammar)
        return maker.make(first, min(first + CHUNK, self.plan.stories)).blobs()


_WORK: list[_Work] = []


def _made(
    plan: Plan, newsroom: Newsroom, grammar: Grammar, processes: int
) -> Iterator[dict[str, bytes]]:
    """The rows of each chunk, in their order."""
    work, firsts = _Work(plan, newsroom, grammar), iter(range(0, plan.stories, CHUNK))
    if processes == 1:
        yield from map(work, firsts)
        return
    # Forked, so that the newsroom is not sent to each process; they touch no connection.
    _WORK[:] = [work]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        waiting: list[Future[dict[str, bytes]]] = [
            pool.submit(_chunk, first) for first in islice(firsts, processes * AHEAD)
        ]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_chunk, first) for first in islice(firsts, 1)]


def _chunk(first: int) -> dict[str, bytes]:
    return _WORK[0](first)


@contextmanager
def _bare_tables(cursor: CursorWrapper) -> Iterator[None]:
    """Without foreign keys, indexes and unique constraints, but for the primary keys."""
    names = [model._meta.db_table for model, _columns in TABLES.values()]
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype"
        " FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u', 'x')"
        " ORDER BY contype = 'f', conrelid, conname",
        [names],
    )
    constraints = cursor.fetchall()
    for table, name, _definition, _kind in reversed(constraints):
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary",
        [names],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition, _kind in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
