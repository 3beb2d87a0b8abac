"""Hears from the database which names were evicted, in a thread of its own.

PostgreSQL sends a notification when, and only when, the transaction that made the change commits.
The connection has to be a direct one: a pooler in between would lose what it hears.
"""

import logging
import os
import select
import threading
import time
from collections.abc import Callable

import psycopg

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
        with self.connect(application_name=f"newsroom pages {os.getpid()}") as connection:
            connection.add_notify_handler(lambda notify: self._evict(notify.payload))
            connection.execute(f"LISTEN {CHANNEL}")
            self.store.open()
            while not self._ended.is_set():
                self._renew(connection)
                self._hear(connection)

    def _renew(self, connection: psycopg.Connection) -> None:
        """Have the database prove that the line lives; what it sent before has then come, too."""
        asked, before = clock(), time.time()
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        there = (before + time.time()) / 2
        self.store.renew(asked + LEASE, row[0] - there if row else 0.0)

    def _hear(self, connection: psycopg.Connection) -> None:
        """Carry out what is sent until the next heartbeat is due."""
        until = clock() + HEARTBEAT
        pgconn = connection.pgconn
        waiting = select.poll()
        waiting.register(pgconn.socket, select.POLLIN)
        while (left := until - clock()) > 0 and not self._ended.is_set():
            if not waiting.poll(left * 1000):
                return
            pgconn.consume_input()
            while notify := pgconn.notifies():
                self._evict(notify.extra.decode())

    def _evict(self, payload: str) -> None:
        self.store.evict(payload.split())
