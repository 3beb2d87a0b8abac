"""Caches in front are told what to drop, in the same transaction as the change itself."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.eviction import evict
from newsroom.purge import PurgeError, purge


class Front(BaseHTTPRequestHandler):
    """A cache in front: notes what it is sent and answers as it is told."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        sent = self.command, self.path, dict(self.headers.items()), body
        self.server.sent.append(sent)
        status, answer = self.server.answers.pop(0) if self.server.answers else (200, b"{}")
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_PURGE = do_POST  # noqa: N815 - the method is called so

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def front():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    server.sent, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def in_front(settings, front):
    def put(kind, **options):
        settings.PURGE_KIND = kind
        settings.PURGE_OPTIONS = {"zone": "", "token": "", "url": front.url} | options

    return put


NAMES = ["article:12", "list:bureau:3/section:2"]


def test_cloudflare_is_told_by_tags(in_front, front):
    in_front("cloudflare", zone="z1", token="secret")
    purge(names=NAMES)
    ((method, path, headers, body),) = front.sent
    assert (method, path) == ("POST", "/zones/z1/purge_cache")
    assert headers["Authorization"] == "Bearer secret"
    assert body == {"tags": NAMES}


def test_fastly_is_told_by_surrogate_keys(in_front, front):
    in_front("fastly", zone="service1", token="secret")
    purge(names=NAMES)
    ((method, path, headers, body),) = front.sent
    assert (method, path) == ("POST", "/service/service1/purge")
    assert headers["Fastly-Key"] == "secret"
    assert body == {"surrogate_keys": NAMES}


def test_each_varnish_is_told_by_a_header(in_front, front):
    in_front("varnish", url=f"{front.url}/,{front.url}/second")
    purge(names=NAMES)
    assert [(method, path) for method, path, _headers, _body in front.sent] == [
        ("PURGE", "/"),
        ("PURGE", "/second"),
    ]
    assert {headers["Xkey"] for _method, _path, headers, _body in front.sent} == {" ".join(NAMES)}


@pytest.mark.parametrize(
    ("kind", "key", "sizes"),
    [("cloudflare", "tags", [100, 100, 60]), ("fastly", "surrogate_keys", [256, 4])],
)
def test_no_request_holds_more_than_the_cache_takes(in_front, front, kind, key, sizes):
    in_front(kind, zone="z", token="t")
    names = [f"article:{number}" for number in range(260)]
    purge(names=names)
    assert [len(body[key]) for _method, _path, _headers, body in front.sent] == sizes
    assert [name for *_sent, body in front.sent for name in body[key]] == names


@pytest.mark.parametrize(
    "answer", [(429, b""), (500, b""), (403, b"no"), (200, b'{"success": false}')]
)
def test_a_cache_that_refuses_is_asked_again(in_front, front, answer):
    in_front("cloudflare", zone="z", token="secret")
    front.answers = [answer]
    with pytest.raises(PurgeError) as refused:
        purge(names=NAMES)
    assert "secret" not in str(refused.value)
    assert purge.retry_strategy.max_attempts == 12
    purge(names=NAMES)
    assert len(front.sent) == 2


def test_a_cache_that_is_not_there_is_asked_again(in_front, front):
    in_front("varnish", url="http://127.0.0.1:9/")
    with pytest.raises(PurgeError):
        purge(names=NAMES)


def tasks():
    jobs = ProcrastinateJob.objects.filter(task_name="newsroom.purge.purge")
    return [job.args["names"] for job in jobs]


@pytest.mark.django_db
def test_the_task_commits_with_the_change(in_front):
    in_front("fastly")
    with transaction.atomic():
        evict("article:12", "network", "article:12")
    with transaction.atomic():
        evict("article:13")
        transaction.set_rollback(True)
    assert tasks() == [["article:12", "network"]]


@pytest.mark.django_db
def test_with_no_cache_in_front_no_task_is_made(settings):
    settings.PURGE_KIND = ""
    with transaction.atomic():
        evict("article:12")
    assert tasks() == []
    purge(names=["article:12"])
