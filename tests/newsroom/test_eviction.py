"""Names go out with the commit, all of them, and never without it."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from newsroom.cached_pages import Listener, PageStore
from newsroom.eviction import LONGEST_PAYLOAD, evict, payloads
from newsroom.serving import connect
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
    store, hung = PageStore(1_000_000), []

    def slow(**more):
        line = connect(**more)
        execute = line.execute

        def perhaps(query, *rest):
            return execute("SELECT pg_sleep(4), 0::float8" if hung else query, *rest)

        line.execute = perhaps
        return line

    listener = Listener(store, slow)
    listener.start()
    assert wait_until(lambda: store.is_leased)
    hung.append(True)
    assert wait_until(lambda: not store.is_leased, 4)
    hung.clear()
    assert wait_until(lambda: store.is_leased)
    listener.end()
    assert connection.settings_dict["NAME"]
