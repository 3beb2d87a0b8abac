"""What is kept of readers' pages in memory, for whom, and for how long."""

import gzip
import time
from datetime import timedelta

import brotli
import pytest
from django.core import signals
from django.db import close_old_connections
from django.http import HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.utils import timezone

from newsroom.cached_pages.store import REMEMBERED, clock
from newsroom.page_cache import describe
from tests.cached_site import TEXT, Site, page
from tests.web import store


@pytest.fixture(autouse=True)
def _no_database():
    """The end of a response closes old connections, and these tests have none."""
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_finished.connect(close_old_connections)


def test_a_page_is_rendered_once_for_all_readers():
    site = Site()
    first, second = site.get(accept_encoding="br"), site.get(accept_encoding="br")
    assert (site.renders, first.status, first.text) == (1, 200, TEXT)
    assert (second.headers, second.content) == (first.headers, first.content)
    assert (site.store.hits, site.store.misses) == (1, 1)


@pytest.mark.parametrize(
    ("accept", "coding", "decode"),
    [("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_each_coding_is_made_of_any_other(accept, coding, decode):
    for first in ("br", "gzip", ""):
        site = Site()
        site.get(accept_encoding=first)
        answer = site.get(accept_encoding=accept)
        assert site.renders == 1
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert decode(answer.content).decode() == TEXT


def test_a_coding_is_made_once(monkeypatch):
    made = []
    from newsroom.cached_pages import page as module

    encoders = {
        name: lambda body, name=name, do=do: made.append(name) or do(body)
        for name, do in module.ENCODERS.items()
    }
    monkeypatch.setattr(module, "ENCODERS", encoders)
    site = Site()
    for accept in ("br", "gzip", "br", "gzip", "", "br"):
        site.get(accept_encoding=accept)
    assert made == ["br", "gzip"]


def test_a_short_page_is_sent_as_it_is():
    site = Site(lambda: page("Pendek."))
    assert "Content-Encoding" not in site.get(accept_encoding="br").headers
    assert site.get(accept_encoding="gzip").content == b"Pendek."
    assert site.renders == 1


def test_a_browser_that_has_the_page_is_told_so_in_whatever_coding_it_has_it():
    site = Site(lambda: page(TEXT, "network", until=timezone.now() + timedelta(seconds=50.5)))
    tag = site.get(accept_encoding="br").headers["ETag"]
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        answer = site.get(accept_encoding="gzip", if_none_match=sent)
        assert (answer.status, answer.content) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert answer.headers["Cache-Control"] == "public, max-age=30, s-maxage=50"
        assert "Content-Length" not in answer.headers
    assert site.get(if_none_match='W/"other"').status == 200
    assert site.renders == 1


def test_a_page_with_other_words_has_another_tag():
    texts = iter([TEXT, TEXT + "!"])
    site = Site(lambda: page(next(texts)))
    first = site.get().headers["ETag"]
    site.store.evict(["network"])
    assert site.get(if_none_match=first).status == 200


def test_head_is_answered_from_the_page_and_makes_it():
    site = Site()
    head = site.get(method="HEAD", accept_encoding="gzip")
    whole = site.get(accept_encoding="gzip")
    assert (site.renders, head.content) == (1, b"")
    assert head.headers == whole.headers
    assert site.asked[0]["REQUEST_METHOD"] == "GET"


def test_what_a_page_does_not_know_is_no_other_page():
    site = Site()
    for query in ("", "?utm_source=wa", "?fbclid=1&utm_medium=x", "?q=%ff", "?=", "?&&"):
        site.get(f"/{query}")
    assert (site.renders, len(site.store.pages)) == (1, 1)
    assert site.asked[0]["QUERY_STRING"] == ""


def test_what_it_knows_is_in_one_order_and_the_last_one_counts():
    site = Site()
    for query in (
        "sebelum=2-1&sesudah=3",
        "sesudah=3&utm_source=wa&sebelum=2-1",
        "sebelum=9&sesudah=3&sebelum=2-1",
    ):
        site.get(f"/?{query}")
    assert site.renders == 1
    assert site.asked[0]["QUERY_STRING"] == "sebelum=2-1&sesudah=3"
    site.get("/?sebelum=2-1")
    assert site.renders == 2


def test_a_host_is_one_however_it_is_spelt():
    site = Site()
    for host in ("cilacap.test:80", "CILACAP.test:80", "cilacap.test.:80"):
        site.get(host=host)
    assert site.renders == 1
    site.get(host="makassar.test:80")
    assert site.renders == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"host": "desk.bentara.test"},
        {"host": "Desk.Bentara.test"},
        {"url": "/media/pictures/x.jpg"},
    ],
)
def test_the_desk_and_whatever_is_no_page_go_through_untouched(asked):
    site = Site(private_hosts=["desk.bentara.test"], private_paths=("/media/",))
    for _time in range(2):
        answer = site.get(**{"url": "/?utm_source=wa"} | asked)
        assert "ETag" not in answer.headers
    assert (site.renders, len(site.store.pages)) == (2, 0)
    assert site.asked[0]["REQUEST_METHOD"] == asked.get("method", "GET")


def with_cookie():
    response = page()
    response.set_cookie("choice", "1")
    return response


def with_headers(**headers):
    def make():
        response = page()
        for name, value in headers.items():
            response[name.replace("_", "-")] = value
        return response

    return make


@pytest.mark.parametrize(
    "make",
    [
        lambda: HttpResponse(TEXT),
        lambda: HttpResponse(TEXT, headers={"Cache-Control": "public, max-age=60"}),
        with_cookie,
        with_headers(Cache_Control="private, no-store"),
        with_headers(Cache_Control="no-store"),
        with_headers(Vary="Accept-Encoding, Cookie"),
        with_headers(Vary="*"),
        with_headers(Content_Encoding="gzip"),
        lambda: describe(StreamingHttpResponse([TEXT.encode()]), ["network"]),
        lambda: page(status=404),
        lambda: page(status=400),
        lambda: page(status=500),
        lambda: page(TEXT, "network", until=timezone.now()),
    ],
    ids=[
        "undescribed", "undescribed public", "cookie", "private", "no-store", "vary by cookie",
        "vary by all", "encoded", "stream", "404", "400", "500", "over",
    ],
)  # fmt: skip
def test_nothing_is_kept_that_is_one_readers_own_or_may_change_untold(make):
    site = Site(make)
    answers = [site.get() for _time in range(2)]
    assert (site.renders, len(site.store.pages)) == (2, 0)
    assert [answer.text for answer in answers] == [TEXT, TEXT]


@pytest.mark.parametrize("status", [301, 302, 410])
def test_redirects_and_retracted_stories_are_kept(status):
    site = Site(lambda: page("Dicabut.", status=status))
    assert [site.get(if_none_match="*").status for _time in range(2)] == [status, status]
    assert site.renders == 1


def test_a_redirect_keeps_where_it_leads():
    site = Site(lambda: describe(HttpResponsePermanentRedirect("/sana"), ["network"]))
    assert [site.get().headers["Location"] for _time in range(2)] == ["/sana", "/sana"]


def test_nobody_reads_a_page_over_http_where_https_is_demanded():
    site = Site(demand=("HTTP_X_FORWARDED_PROTO", "https"))
    site.get(x_forwarded_proto="https")
    assert site.get(x_forwarded_proto="https").headers["ETag"]
    assert site.renders == 1
    for more in ({}, {"x_forwarded_proto": "http"}):
        assert "ETag" not in site.get(**more).headers
    assert site.renders == 3


# Until when


def test_a_page_goes_when_something_on_it_begins_or_ends():
    site = Site(lambda: page(TEXT, "network", until=timezone.now() + timedelta(seconds=0.3)))
    site.get()
    site.get()
    assert site.renders == 1
    time.sleep(0.35)
    site.get()
    assert (site.renders, site.store.expired) == (2, 1)


def test_the_clock_of_the_database_decides():
    site = Site(lambda: page(TEXT, "network", until=timezone.now() + timedelta(seconds=5)))
    site.store.renew(clock() + 60, clock_ahead=6)
    site.get()
    site.get()
    assert site.renders == 2


def test_caches_in_front_are_told_the_time_that_is_left():
    site = Site(lambda: page(TEXT, "network", until=timezone.now() + timedelta(seconds=2.5)))
    assert site.get().headers["Cache-Control"] == "public, max-age=2, s-maxage=2"
    time.sleep(1)
    assert site.get().headers["Cache-Control"] == "public, max-age=1, s-maxage=1"
    assert site.renders == 1


def test_a_page_without_an_end_says_what_its_view_said():
    said = "public, max-age=86400, s-maxage=3600"
    site = Site(with_headers(Cache_Control=said))
    assert [site.get().headers["Cache-Control"] for _time in range(2)] == [said, said]


# Evictions


def test_exactly_the_pages_go_that_bear_the_name():
    site = Site()
    for path, name in (("/a", "article:1"), ("/b", "article:12"), ("/c", "article:1")):
        site.make = lambda name=name: page(TEXT, "network", name)
        site.get(path)
    site.store.evict(["article:1", "article:99"])
    assert [key[1] for key in site.store.pages] == ["/b"]
    site.store.evict(["network"])
    assert (len(site.store.pages), site.store.size, site.store._keys) == (0, 0, {})


def test_a_page_rendered_before_an_eviction_that_it_missed_is_never_kept():
    site = Site()

    def evicted_meanwhile():
        response = page(TEXT, "article:1")
        site.store.evict(["article:1"])
        return response

    site.make = evicted_meanwhile
    site.get()
    assert (len(site.store.pages), site.store.refused) == (0, 1)
    site.make = lambda: page(TEXT, "article:1")
    site.get()
    assert len(site.store.pages) == 1


def test_an_eviction_of_something_else_meanwhile_does_not_matter():
    site = Site(lambda: site.store.evict(["article:2"]) or page(TEXT, "article:1"))
    site.get()
    assert len(site.store.pages) == 1


@pytest.mark.parametrize("names", [REMEMBERED + 1, 3 * REMEMBERED])
def test_what_was_evicted_is_not_remembered_for_ever_and_never_forgotten_too_soon(names):
    site = Site()

    def make():
        response = page(TEXT, "article:1")
        for number in range(names):
            site.store.evict([f"article:{number}"])
        return response

    site.make = make
    site.get()
    assert len(site.store.pages) == 0
    assert len(site.store._evicted) <= REMEMBERED


@pytest.mark.parametrize("event", ["lost", "found again"])
def test_a_page_rendered_across_a_loss_of_the_listener_is_never_kept(event):
    site = Site()

    def make():
        site.store.close()
        if event == "found again":
            site.store.open()
            site.store.renew(clock() + 60, 0.0)
        return page()

    site.make = make
    site.get()
    assert len(site.store.pages) == 0


def test_without_a_listener_nothing_is_served_from_memory():
    site = Site()
    site.get()
    site.store.close()
    assert [site.get().status for _time in range(2)] == [200, 200]
    assert (site.renders, site.store.hits) == (3, 0)


def test_a_listener_that_gives_no_sign_of_life_counts_as_none():
    site = Site()
    site.store.renew(clock() + 0.2, 0.0)
    site.get()
    time.sleep(0.25)
    site.get()
    assert site.renders == 2
    site.store.renew(clock() + 60, 0.0)
    site.get()
    assert site.renders == 2, "every eviction was carried out before the lease was renewed"


def test_what_was_kept_before_the_listener_came_back_is_forgotten():
    site = Site()
    site.get()
    site.store.close()
    site.store.open()
    site.store.renew(clock() + 60, 0.0)
    site.get()
    assert site.renders == 2


# Bounds


def test_pages_are_bounded_by_bytes_and_the_longest_unread_goes_first():
    site = Site(lambda: page("x" * 1000, "network"), store(0.05))
    for number in range(20):
        site.get(f"/{number}")
        site.get("/0")
    kept = [key[1] for key in site.store.pages]
    assert "/0" in kept
    assert "/1" not in kept
    assert 0 < site.store.size <= 50_000
    assert site.store.dropped > 0
    for number in range(100):
        site.get(f"/{number}")
    assert site.store.size <= 50_000
    site.store.evict(["network"])
    assert (site.store.size, len(site.store.pages)) == (0, 0)


def test_a_further_coding_counts():
    site = Site()
    site.get(accept_encoding="br")
    before = site.store.size
    site.get(accept_encoding="")
    assert site.store.size == before + len(TEXT)


def test_a_page_too_large_for_its_share_is_sent_and_not_kept():
    site = Site(lambda: page("x" * 20_000), store(0.05))
    assert site.get().text == "x" * 20_000
    assert len(site.store.pages) == 0
