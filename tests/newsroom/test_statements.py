"""Statements that are put together once answer as the queries from which they were made."""

from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from articles.models import Listing
from bureaus.models import Bureau, Network
from newsroom.statements import Statement
from tests.factories import make_bureau, make_live

pytestmark = pytest.mark.django_db


def of_slug(slug: str):
    return Bureau.objects.filter(slug=slug).select_related("network")


def test_the_same_statement_answers_for_other_values(cilacap, makassar, django_assert_num_queries):
    statement = Statement(of_slug, slug="?")
    for bureau in (cilacap, makassar):
        with django_assert_num_queries(1):
            (found,) = statement.rows(slug=bureau.slug)
        assert found == bureau
        assert found.network == Network.objects.get()
        assert not found._state.adding
    assert list(statement.rows(slug="tidak-ada")) == []


def test_values_are_values_whatever_they_hold(cilacap):
    statement = Statement(of_slug, slug="?")
    for slug in ("'; DROP TABLE bureaus_bureau; --", "%s", "\\", "cilacap' OR '1'='1"):
        assert list(statement.rows(slug=slug)) == []


def test_rows_share_what_they_refer_to(network_editor, cilacap):
    for _ in range(2):
        make_live(network_editor, cilacap)

    def of_list(name: str):
        return Listing.objects.filter(list=name).select_related("edition__bureau").order_by("pk")

    one, other = Statement(of_list, name="?").rows(name="network")
    assert one.edition != other.edition
    assert one.edition.bureau is other.edition.bureau


def test_what_was_not_asked_for_is_read_when_it_is_needed(cilacap, django_assert_num_queries):
    statement = Statement(lambda slug: Bureau.objects.filter(slug=slug).only("name"), slug="?")
    (found,) = statement.rows(slug="cilacap")
    with django_assert_num_queries(1):
        assert found.time_zone == cilacap.time_zone


def test_a_value_that_does_not_reach_the_database_as_it_is_is_refused(cilacap):
    def changed(number: int):
        return Bureau.objects.filter(pk=number + 1)

    with pytest.raises(ValueError, match="number"):
        list(Statement(changed, number=-1).rows(number=1))


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_on_its_own_connection():
    make_bureau("cilacap")
    statement = Statement(of_slug, slug="?")
    assert len(list(statement.rows(slug="cilacap"))) == 1
    found, own = [], []

    def ask() -> None:
        own.append(connections["default"].connection is connection.connection)
        found.extend(statement.rows(slug="cilacap"))
        connections["default"].close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [bureau.slug for bureau in found] == ["cilacap"]


@pytest.mark.parametrize("is_prepared", [True, False])
def test_a_pooler_without_prepared_statements_gets_none(cilacap, settings, is_prepared):
    settings.PREPARED_STATEMENTS = is_prepared
    told = RawSQL(f"'prepared: {is_prepared}'", (), TextField())
    statement = Statement(lambda slug: of_slug(slug).annotate(told=told), slug="?")
    assert list(statement.rows(slug="cilacap")) == [cilacap]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            [f"SELECT %'prepared: {is_prepared}'%"],
        )
        assert cursor.fetchone() == (int(is_prepared),)
