"""Names go out with the commit, all of them, and never without it."""

import select
import time
from contextlib import closing

import psycopg
import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from newsroom.cached_pages import Listener, PageStore
from newsroom.cached_pages.listener import line_of
from newsroom.cached_pages.store import LOOK, clock
from newsroom.eviction import CHANNEL, LONGEST_PAYLOAD, evict, payloads
from newsroom.serving import connect
from tests.cached_site import Site
from tests.newsroom.processes import wait_until
from tests.newsroom.served import cut, listeners


def test_names_fit_into_as_few_notifications_as_postgresql_takes():
    names = [f"list:bureau:{number}/section:{number}" for number in range(1000)]
    sent = list(payloads(names))
    assert " ".join(sent).split() == names
    assert max(map(len, sent)) <= LONGEST_PAYLOAD
    assert min(map(len, sent[:-1])) > LONGEST_PAYLOAD - 40
    assert list(payloads([])) == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_sent():
    with pytest.raises(TransactionManagementError):
        evict("article:12")


@pytest.fixture
def store():
    store = PageStore(1_000_000)
    listener = Listener(store, connect)
    listener.start()
    assert wait_until(lambda: store.is_leased)
    yield store
    listener.end()
    assert not store.is_leased


@pytest.mark.django_db(transaction=True)
def test_a_thousand_names_are_heard_at_the_commit_and_not_before(store):
    names = {f"list:bureau:{number}/section:{number}" for number in range(1000)}
    with transaction.atomic():
        evict(*names)
        assert not wait_until(lambda: store._evicted, 0.5)
    assert wait_until(lambda: set(store._evicted) == names)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_heard(store):
    for mark in ("article:1", "article:2"):
        with transaction.atomic():
            with transaction.atomic():
                evict("article:3")
                transaction.set_rollback(True)
            evict(mark)
    assert wait_until(lambda: set(store._evicted) == {"article:1", "article:2"})


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_is_cut_off_says_so_at_once_and_comes_back(store):
    for _time in range(3):
        (before,) = listeners()
        connections = store.connections
        cut([before])
        assert wait_until(lambda connections=connections: store.connections > connections)
        assert wait_until(lambda: store.is_leased)
        assert listeners() != [before]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_hangs_costs_the_lease(monkeypatch):
    monkeypatch.setattr("newsroom.cached_pages.listener.LEASE", 1.5)
    store = PageStore(1_000_000)
    listener = Listener(store, connect)
    listener.start()
    assert wait_until(lambda: store.is_leased)
    with monkeypatch.context() as hung:
        hung.setattr("newsroom.cached_pages.line.QUESTION", b"SELECT 0::float8 FROM pg_sleep(4)")
        assert wait_until(lambda: not store.is_leased, 4)
    assert wait_until(lambda: store.is_leased)
    listener.end()
    assert connection.settings_dict["NAME"]


@pytest.fixture
def unheard():
    """A site that has a line to the database, and no thread that reads it."""
    site = Site()
    with closing(connect()) as opened:
        opened.execute(f"LISTEN {CHANNEL}")
        site.store.line = line_of(opened.pgconn, site.store)
        yield site


def come(site: Site) -> None:
    """Wait until something lies in the socket, and somebody would look."""
    assert select.select([site.store.line.socket], [], [], 5)[0]
    time.sleep(LOOK)


@pytest.mark.django_db(transaction=True)
def test_who_answers_carries_out_what_the_listener_has_not_come_to_yet(unheard):
    unheard.get()
    with transaction.atomic():
        evict("network")
    come(unheard)
    unheard.get()
    assert unheard.renders == 2
    unheard.get()
    assert unheard.renders == 2


@pytest.mark.django_db(transaction=True)
def test_who_answers_renews_the_lease_when_the_answer_of_the_database_lies_there(unheard):
    unheard.store.lease = 0.0
    line = unheard.store.line
    line.ask()
    assert not line.is_answered
    come(unheard)
    unheard.get()
    assert (line.is_answered, unheard.store.is_leased, len(unheard.store.pages)) == (True, True, 1)
    assert unheard.store.clock_ahead == pytest.approx(0, abs=2)


@pytest.mark.django_db(transaction=True)
def test_what_comes_behind_an_answer_is_carried_out_with_it(unheard):
    unheard.get()
    with connect() as other:
        other.execute(f"LISTEN {CHANNEL}")
        unheard.store.line.ask()
        come(unheard)
        with transaction.atomic():
            evict("network")
        # When another has heard it, it lies in this socket, too.
        assert list(other.notifies(timeout=5, stop_after=1))
        time.sleep(0.2)
    unheard.get()
    assert unheard.renders == 2


@pytest.mark.django_db(transaction=True)
def test_who_finds_the_line_cut_serves_nothing_from_memory(unheard):
    unheard.get()
    cut([unheard.store.line._pgconn.backend_pid])
    assert wait_until(lambda: unheard.get() and not unheard.store.is_leased)
    assert unheard.renders == 2


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_an_error_ends_the_hearing_for_all(unheard, monkeypatch):
    line = unheard.store.line
    monkeypatch.setattr("newsroom.cached_pages.line.QUESTION", b"SELECT 1/0")
    line.ask()
    come(unheard)
    unheard.get()
    assert not unheard.store.is_leased
    with pytest.raises(psycopg.OperationalError, match="division by zero"):
        line.read()


@pytest.mark.django_db(transaction=True)
def test_a_line_that_has_ended_is_left_alone_and_shuts_nothing(unheard):
    line = unheard.store.line
    line.end()
    assert not unheard.store.is_leased
    unheard.store.open()
    unheard.store.renew(clock() + 60, 0.0)
    unheard.get()
    cut([line._pgconn.backend_pid])
    assert select.select([line.socket], [], [], 5)[0]
    line.look()
    assert (unheard.store.is_leased, len(unheard.store.pages)) == (True, 1)
