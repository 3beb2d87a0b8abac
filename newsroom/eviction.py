"""Sends the names of what has changed to every cache of pages, when the change is committed.

The names are those that newsroom/page_cache.py lists. PostgreSQL keeps them until the transaction
commits, and forgets them with it when it does not; caches in front are told by a task that is in
the same transaction.
"""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from newsroom import purge

CHANNEL = "newsroom_pages"
# Bytes; PostgreSQL takes less than 8,000 in one notification.
LONGEST_PAYLOAD = 7900


def evict(*names: str) -> None:
    """Drop every page that bears one of the names, as soon as the transaction commits.

    Raises TransactionManagementError outside a transaction: there the names could go out though
    the change did not.
    """
    if not names:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "Names are evicted in the transaction of the change that they stand for."
        )
    names = tuple(dict.fromkeys(names))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload",
            (CHANNEL, list(payloads(names))),
        )
    purge.in_front(names)


def payloads(names: Iterable[str]) -> Iterator[str]:
    """The names, parted by spaces, in as few notifications as they fit into."""
    payload = ""
    for name in names:
        if payload and len(payload) + 1 + len(name) > LONGEST_PAYLOAD:
            yield payload
            payload = ""
        payload = f"{payload} {name}" if payload else name
    if payload:
        yield payload
