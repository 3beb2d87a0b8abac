"""Hears from the database which names were evicted, in a thread of its own.

PostgreSQL sends a notification when, and only when, the transaction that made the change commits.
The connection has to be a direct one: a pooler in between would lose what it hears.
"""

import logging
import os
import select
import threading
from collections.abc import Callable
from contextlib import closing

import psycopg
from psycopg.pq.abc import PGconn

from newsroom.cached_pages.line import Line
from newsroom.cached_pages.store import PageStore, clock
from newsroom.eviction import CHANNEL

logger = logging.getLogger(__name__)

# Seconds. A line that went dead without a word is noticed when the lease ends: that long, at most,
# a change may go unheard. A busy database must answer in that time, or pages are rendered anew.
HEARTBEAT = 1.0
LEASE = 5.0
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0

Connect = Callable[..., psycopg.Connection]


def line_of(pgconn: PGconn, store: PageStore) -> Line:
    """What is heard by this connection is carried out in the store."""
    return Line(
        pgconn,
        evict=lambda payload: store.evict(payload.split()),
        renew=lambda asked, ahead: store.renew(asked + LEASE, ahead),
        lose=store.close,
    )


class Listener(threading.Thread):
    """Keeps ``store`` true for as long as it holds its connection, and the lease of the store.

    ``connect`` opens a connection in autocommit; it is given an application_name.
    """

    def __init__(self, store: PageStore, connect: Connect):
        super().__init__(name="page listener", daemon=True)
        self.store = store
        self.connect = connect
        self._ended = threading.Event()

    def end(self) -> None:
        self._ended.set()
        self.join(LEASE)

    def run(self) -> None:
        pause = FIRST_PAUSE
        while not self._ended.is_set():
            opened = self.store.connections
            try:
                self._listen()
            except Exception as error:
                # Whatever it is, nothing is heard any more.
                logger.warning("Pages are not served from memory: %s", error)
            finally:
                self.store.close()
            pause = FIRST_PAUSE if self.store.connections > opened else pause
            self._ended.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _listen(self) -> None:
        with closing(self.connect(application_name=f"newsroom pages {os.getpid()}")) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            line = line_of(connection.pgconn, self.store)
            self.store.open(line)
            try:
                self._keep_up(line)
            finally:
                line.end()

    def _keep_up(self, line: Line) -> None:
        """Read the line whenever something comes, and have it proved that it lives."""
        waiting = select.poll()
        waiting.register(line.socket, select.POLLIN)
        due = clock()
        while not self._ended.is_set():
            now = clock()
            if line.is_answered and now >= due:
                line.ask()
                due = now + HEARTBEAT
            elif not line.is_answered and now >= line.asked + LEASE:
                raise TimeoutError("The database does not answer.")
            until = due if line.is_answered else line.asked + LEASE
            waiting.poll(max(0.0, min(until - now, HEARTBEAT)) * 1000)
            line.read()
