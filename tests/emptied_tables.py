"""Empty tables after a test with transactions of its own, but for the rows that migrations made.

A process may take further tests from another after it, which expect those. Django truncates every
table, full or not, and then makes its content types and permissions anew; a test fills a few tables
with a dozen rows each.
"""

from functools import cache

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

# Made by migrations, and the same whatever a test does.
KEPT = {Permission._meta.db_table, ContentType._meta.db_table}
# The task queue's own, which Django does not manage; each before what it refers to.
QUEUE = (
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_jobs",
    "procrastinate_workers",
)


@cache
def _tables() -> list[str]:
    # None at all where no test of the run asks for a database.
    existing = connection.introspection.table_names()
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [*(name for name in QUEUE if name in existing), *sorted(set(names) - KEPT)]


@cache
def _guarded() -> set[str]:
    """The tables whose rows a trigger of the newsroom's lets nobody delete."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall()} & set(_tables())


# What is in the tables before the first test, by table, as COPY writes it.
_made_by_migrations: dict[str, bytes] = {}


def remember() -> None:
    """Note the rows that the database begins with."""
    with connection.cursor() as cursor:
        for name in _full(cursor):
            with cursor.copy(f"COPY {name} TO STDOUT") as rows:
                _made_by_migrations[name] = b"".join(rows)


def _full(cursor) -> list[str]:
    if not _tables():
        return []
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for t in _tables())
    )
    return [name for (name,) in cursor.fetchall()]


def empty_tables() -> None:
    """Delete all rows but those of migrations, once whatever still goes on has ended."""
    for more_times in range(9, -1, -1):
        try:
            _empty_tables()
        except OperationalError as error:
            # A page that is still answered may hold a table and ask for another: it goes first.
            if not (more_times and isinstance(error.__cause__, DeadlockDetected)):
                raise
        else:
            return


@transaction.atomic
def _empty_tables() -> None:
    guarded = _guarded()
    with connection.cursor() as cursor:
        # As TRUNCATE does: a server that still answers a page of the test finishes first.
        cursor.execute(f"LOCK TABLE {', '.join(_tables())} IN ACCESS EXCLUSIVE MODE")
        full = _full(cursor)
        for name in full:
            if name in guarded:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {name}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in guarded.intersection(full):
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        for name, rows in _made_by_migrations.items():
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                copy.write(rows)
