"""The desk's error pages: in its looks and words, with a way on, and no more than one may know."""

import pytest
from django.contrib import admin
from django.db import OperationalError
from django.test import Client, RequestFactory

from articles import desk_errors
from tests.desk import text_of


@pytest.fixture(autouse=True)
def _english(correspondent):
    correspondent.language = "en"
    correspondent.save()


def test_a_page_that_is_not_there_leads_back_to_the_desk(desk_client, correspondent):
    response = desk_client(correspondent).get("/articles/article/999/change/")

    assert response.status_code == 404
    assert "This page is not there, or not your bureau’s" in text_of(response)
    assert 'href="/articles/article/">To the stories</a>' in response.content.decode()


def test_a_page_beyond_ones_roles_says_whom_to_ask(desk_client, correspondent):
    response = desk_client(correspondent).get("/bureaus/user/")

    assert response.status_code == 403
    assert "Your roles do not reach this page." in text_of(response)


def test_a_form_from_an_expired_page_says_how_to_keep_the_words(correspondent):
    client = Client(headers={"host": "desk.bentara.test"}, enforce_csrf_checks=True)
    client.force_login(correspondent)

    response = client.post("/articles/article/add/", {"headline": "Kapal"})

    assert response.status_code == 403
    assert "Go back with your browser, copy what you wrote" in text_of(response)


def test_whoever_is_not_signed_in_is_asked_to_sign_in_and_learns_nothing(desk_client):
    for path in ("/articles/article/1/change/", "/articles/article/999/change/", "/nothing/"):
        response = desk_client().get(path)
        assert (response.status_code, response["Location"]) == (302, f"/login/?next={path}")


def test_the_page_of_last_resort_asks_no_database(django_assert_num_queries):
    request = RequestFactory().get("/", headers={"host": "desk.bentara.test"})

    with django_assert_num_queries(0):
        response = desk_errors.server_error(request)

    assert response.status_code == 500
    assert "Meja redaksi sedang bermasalah" in text_of(response)


@pytest.mark.parametrize("path", ["/", "/articles/article/", "/nothing/", "/bureaus/user/"])
def test_every_page_of_the_desk_has_the_desks_policy(desk_client, correspondent, path):
    policy = desk_client(correspondent).get(path)["Content-Security-Policy"]

    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert parts["script-src"] == ["'self'"]
    assert parts["style-src-elem"] == ["'self'"]
    assert parts["default-src"] == ["'none'"]


def test_without_its_database_the_desk_says_so_and_that_nothing_typed_is_lost(
    desk_client, network, monkeypatch, django_assert_num_queries
):
    def fail(*args, **kwargs):
        raise OperationalError("the database is away")

    Client(headers={"host": "bentara.test"}).get("/")
    monkeypatch.setattr(admin.site, "each_context", fail)
    client = desk_client()
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/login/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "no-store" in response.headers["Cache-Control"]
    text = text_of(response)
    assert f">{network}</a>" in response.content.decode()
    assert "Meja redaksi tidak dapat menjangkau basis datanya" in text
    assert "masih ada di halaman tadi" in text
    assert "the database is away" not in response.content.decode()
