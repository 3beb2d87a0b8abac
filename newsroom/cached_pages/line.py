"""The listener's line to the database, read by whoever comes first.

What PostgreSQL has sent lies in the socket until somebody reads it. On a busy machine the thread of
the listener waits for its turn behind those that answer readers, and old pages would go out
meanwhile. So each of them looks into the socket first, and carries out what lies there.
"""

import ctypes
import select
import threading
import time
from collections.abc import Callable

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from newsroom.cached_pages.store import clock

QUESTION = b"SELECT extract(epoch FROM clock_timestamp())::float8"


class _Watched(ctypes.Structure):
    """struct pollfd"""

    _fields_ = (("fd", ctypes.c_int), ("events", ctypes.c_short), ("revents", ctypes.c_short))


# Python's own select and poll let go of the interpreter for a look that takes less than a
# microsecond, and then wait for their turn; PyDLL does not.
_poll = ctypes.PyDLL(None).poll
_poll.argtypes = (ctypes.POINTER(_Watched), ctypes.c_ulong, ctypes.c_int)


class Line:
    """A connection that has said LISTEN.

    ``evict`` is given each payload, ``renew`` the moment by clock() at which a question was asked
    that has been answered, and what the database's wall clock is ahead, in seconds. ``lose`` is
    called once, when nothing is heard any more.
    """

    def __init__(
        self,
        pgconn: PGconn,
        *,
        evict: Callable[[str], object],
        renew: Callable[[float, float], object],
        lose: Callable[[], object],
    ):
        self.socket = pgconn.socket
        self.asked = clock()
        self.is_answered = True
        self._pgconn = pgconn
        self._evict, self._renew, self._lose = evict, renew, lose
        self._asked_at = 0.0  # by the wall clock
        self._answer: PGresult | None = None
        self._has_ended = False
        self._failure: Exception | None = None
        self._lock = threading.Lock()
        self._watched = _Watched(self.socket, select.POLLIN)

    def ask(self) -> None:
        """Have the database prove that it hears; the answer is read like everything else."""
        with self._lock:
            self.asked, self._asked_at, self.is_answered = clock(), time.time(), False
            self._pgconn.send_query(QUESTION)
            self._pgconn.flush()

    def look(self) -> None:
        """Carry out what has come, before something is answered that it may have changed."""
        while not self._has_ended:
            if not _poll(self._watched, 1, 0):
                if self._lock.locked():
                    with self._lock:
                        pass  # whoever had it has carried out what lay there
                return
            try:
                self.read()
            except Exception:
                return  # it has been lost; the listener is told, too, and says so

    def read(self) -> None:
        """Carry out what has come. Raises what went wrong, for whoever reads, when nothing more
        is heard."""
        with self._lock:
            if self._failure:
                raise self._failure
            if self._has_ended:
                return
            try:
                self._carry_out()
            except Exception as error:
                self._failure = error
                self._lose()
                raise

    def _carry_out(self) -> None:
        pgconn, is_whole = self._pgconn, False
        pgconn.consume_input()
        while not is_whole and not pgconn.is_busy():
            result = pgconn.get_result()
            is_whole = result is None
            if result and result.status != ExecStatus.TUPLES_OK:
                raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
            self._answer = result or self._answer
        # After the results: what comes behind one lies in libpq until it has been taken.
        while notify := pgconn.notifies():
            self._evict(notify.extra.decode())
        if is_whole and self._answer:
            there = (self._asked_at + time.time()) / 2
            ahead = float(self._answer.get_value(0, 0) or 0) - there
            self.is_answered, self._answer = True, None
            self._renew(self.asked, ahead)

    def end(self) -> None:
        """Nobody reads it from now on, and nothing is heard by it."""
        with self._lock:
            self._has_ended = True
            self._lose()
