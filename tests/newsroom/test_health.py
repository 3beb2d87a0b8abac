"""How the program does, for administrators and for monitoring."""

import pytest
from django.db import connection

from newsroom import health
from newsroom.cached_pages import STORE
from tests.web import store


def beat(interval: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
            [interval],
        )


def asked(client, pages=None, **more):
    return client.get("/healthz", **({STORE: pages} if pages else {}), **more)


def test_monitoring_is_told_of_database_listener_and_worker(desk_client, db):
    response = asked(desk_client(), store())
    assert response.json() == {"database": "ok", "listener": "ok", "worker": "away"}
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    beat("5 seconds")
    assert asked(desk_client(), store()).json()["worker"] == "ok"


def test_a_worker_that_is_silent_for_a_minute_counts_as_away(desk_client, db):
    beat("61 seconds")
    assert asked(desk_client()).json()["worker"] == "away"


def test_without_a_listener_monitoring_is_alarmed(desk_client, db):
    response = asked(desk_client(), store(leased=False))
    assert (response.status_code, response.json()["listener"]) == (503, "away")
    response = asked(desk_client())
    assert (response.status_code, response.json()["listener"]) == (200, "off")


def test_without_a_database_monitoring_is_alarmed(desk_client, monkeypatch):
    monkeypatch.setattr(health, "behind", lambda: None)
    response = asked(desk_client(), store())
    assert response.status_code == 503
    assert response.json() == {"database": "away", "listener": "ok", "worker": "away"}


@pytest.mark.django_db
def test_readers_hosts_know_nothing_of_it(reader, cilacap):
    assert reader().get("/healthz").status_code == 404
    assert reader("cilacap").get("/healthz").status_code == 404


def test_an_administrator_sees_the_figures_of_the_process_that_answers(desk_client, administrator):
    administrator.language = "en"
    administrator.save()
    pages = store()
    pages.hits, pages.misses = 1234, 56
    html = desk_client(administrator).get("/health/", **{STORE: pages}).content.decode()
    assert "<dt>Read from memory</dt><dd>1234</dd>" in html
    assert "<dt>Rendered</dt><dd>56</dd>" in html
    assert (
        "This process keeps no pages."
        in desk_client(administrator).get("/health/").content.decode()
    )


def test_nobody_else_sees_them(desk_client, editor, network_editor, cilacap):
    for user in (editor, network_editor):
        assert desk_client(user).get("/health/").status_code == 403
        assert 'href="/health/"' not in desk_client(user).get("/").content.decode()
