"""Many readers at once, and readers while the database is away: who waits, who renders."""

import threading
import time

import pytest
from django.core import signals
from django.db import close_old_connections
from django.http import HttpResponse

from tests.cached_site import TEXT, Site, page
from tests.newsroom.processes import wait_until
from tests.web import at_once


@pytest.fixture(autouse=True)
def _no_database():
    """The end of a response closes old connections, and these tests have none."""
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_finished.connect(close_old_connections)


# Many at once


def test_two_hundred_readers_of_a_page_that_is_not_there_make_one_rendering():
    site = Site(lambda: time.sleep(0.2) or page())
    answers = at_once(200, site.get)
    assert (site.renders, {answer.text for answer in answers}) == (1, {TEXT})


def test_those_who_waited_for_a_rendering_that_was_overtaken_do_not_get_it():
    site, started, go_on = Site(), threading.Event(), threading.Event()

    def slow():
        text = "lama" if site.renders == 1 else "baru"
        if text == "lama":
            started.set()
            go_on.wait()
        return page(text, "article:1")

    site.make = slow
    found = {}

    def read(who):
        found[who] = site.get().text

    first = threading.Thread(target=read, args=["first"])
    first.start()
    started.wait()
    later = [threading.Thread(target=read, args=[number]) for number in range(8)]
    site.store.evict(["article:1"])
    for thread in later:
        thread.start()
    assert wait_until(lambda: threading.active_count() >= 10)
    time.sleep(0.05)
    go_on.set()
    for thread in (first, *later):
        thread.join()
    assert found == {"first": "lama"} | dict.fromkeys(range(8), "baru")
    assert site.renders == 2


def test_those_who_wait_for_what_is_not_kept_do_not_queue_up_behind_one_another():
    site = Site(lambda: time.sleep(0.3) or page(status=404))
    begun = time.monotonic()
    at_once(8, site.get)
    assert time.monotonic() - begun < 1.5


def test_a_rendering_that_fails_does_not_hold_up_the_next():
    site = Site()

    def broken():
        raise RuntimeError("mistake")

    site.make = broken
    with pytest.raises(RuntimeError):
        site.get()
    site.make = page
    assert site.get().text == TEXT


# Without a database


def away(text="Arsip sedang dihidupkan ulang."):
    response = HttpResponse(text, status=503, headers={"Retry-After": "30"})
    response.is_without_database = True
    return response


def test_without_a_database_the_last_good_page_is_served_and_marked():
    site = Site()
    site.get(accept_encoding="br")
    site.store.close()
    site.make = away
    for method in ("GET", "HEAD"):
        answer = site.get(accept_encoding="br", method=method)
        assert answer.status == 200
        assert (answer.headers["X-Cache"], answer.headers["Cache-Control"]) == ("stale", "no-store")
        assert "ETag" not in answer.headers
    assert site.get(accept_encoding="br").text == TEXT
    # What was never read cannot be shown.
    assert site.get("/lain").status == 503


def test_what_is_busy_for_another_reason_is_not_taken_for_it():
    site = Site()
    site.get()
    site.store.close()
    site.make = lambda: HttpResponse("Sibuk.", status=503)
    assert [site.get().text for _time in range(2)] == ["Sibuk.", "Sibuk."]
    assert (site.store.stale, site.renders) == (0, 3)


def test_a_page_that_was_evicted_is_not_brought_back():
    site = Site(lambda: page(TEXT, "article:1"))
    site.get()
    site.store.evict(["article:1"])
    site.store.close()
    site.make = away
    assert site.get().status == 503


def test_readers_do_not_wait_in_turn_for_a_database_that_is_away():
    site = Site()
    site.get("/dibaca")
    site.store.close()
    site.make = lambda: time.sleep(0.5) or away()
    site.get("/dibaca")
    begun = time.monotonic()
    for _time in range(20):
        assert site.get("/dibaca").headers["X-Cache"] == "stale"
        assert site.get("/lain").status == 503
    assert time.monotonic() - begun < 0.4
    assert site.renders == 2


def test_the_apology_is_in_the_words_of_the_site_and_the_language():
    site = Site()
    site.store.close()
    for path in ("/a", "/en/a", "/teks/a", "/teks/en/a"):
        site.make = lambda path=path: away(path)
        site.get(path)
    for path in ("/b", "/en/b", "/teks/b", "/teks/en/b"):
        assert site.get(path).text == path.replace("b", "a")
    site.make = lambda: away("other host")
    assert site.get("/a", host="makassar.bentara.test").text == "other host"


def test_the_first_page_that_renders_again_ends_it():
    site = Site()
    site.store.close()
    site.make = away
    site.get()
    site.make = page
    time.sleep(1.05)
    assert [site.get().text for _time in range(3)] == [TEXT] * 3
    assert site.renders == 4
