"""Public text goes out compressed as the browser asks; nothing of the desk ever does."""

import gzip

import brotli
import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from newsroom.compression import SMALLEST, chosen_coding, compression_middleware
from newsroom.page_cache import describe
from tests.factories import publish_story

TEXT = "Serayu melimpasi tanggul di Adipala. " * 40


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", None),
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("deflate, zstd", None),
        ("GZIP;Q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip;q=0.000", None),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br; q=0.8 , gzip; q=0.8", "br"),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("identity", None),
        ("identity;q=1, br;q=0.5", None),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0, *;q=0", None),
        ("br;q=often", None),
        ("br;level=9", None),
        (",;=,q", None),
        ("x-gzip", None),
    ],
)
def test_the_browser_chooses(accept, coding):
    assert chosen_coding(accept) == coding


def sent(response, accept="gzip, br"):
    request = RequestFactory().get("/", headers={"accept-encoding": accept})
    return compression_middleware(lambda request: response)(request)


def public(content=TEXT, kind="text/html; charset=utf-8", **more):
    return describe(HttpResponse(content, content_type=kind, **more), ["network"])


@pytest.mark.parametrize(
    ("coding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_public_page_is_sent_small_and_whole(coding, decompress):
    response = sent(public(), coding)
    assert response.headers["Content-Encoding"] == coding
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert len(response.content) < len(TEXT) / 5
    assert decompress(response.content).decode() == TEXT


def test_the_same_page_is_the_same_bytes():
    assert sent(public(), "gzip").content == sent(public(), "gzip").content


def test_a_browser_that_takes_no_compressed_text_gets_it_plain_and_caches_are_told():
    response = sent(public(), "identity")
    assert not response.has_header("Content-Encoding")
    assert response.headers["Content-Length"] == str(len(TEXT))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.content.decode() == TEXT


@pytest.mark.parametrize(
    "kind",
    [
        "text/html; charset=utf-8",
        "text/plain",
        "image/svg+xml",
        "application/manifest+json",
        "application/ld+json",
        "application/rss+xml; charset=utf-8",
        "application/xml",
        "Application/JSON",
    ],
)
def test_every_kind_of_public_text_is_compressed(kind):
    assert sent(public(kind=kind)).headers["Content-Encoding"] == "br"


def with_cookie():
    response = public()
    response.set_cookie("choice", "1")
    return response


def made_private():
    response = public()
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pytest.mark.parametrize(
    "make",
    [
        lambda: HttpResponse(TEXT),
        lambda: HttpResponse(TEXT, headers={"Cache-Control": "public, max-age=60"}),
        lambda: public(kind="image/png"),
        lambda: public(kind="application/octet-stream"),
        lambda: public("x" * (SMALLEST - 1)),
        lambda: public(headers={"Content-Encoding": "gzip"}),
        with_cookie,
        made_private,
    ],
    ids=[
        "undescribed",
        "undescribed-public",
        "png",
        "bytes",
        "small",
        "encoded",
        "cookie",
        "private",
    ],
)
def test_anything_else_is_left_alone(make):
    response, untouched = sent(make()), make()
    assert response.content == untouched.content
    assert response.headers == untouched.headers


def test_a_stream_is_left_alone(tmp_path):
    response = sent(describe(StreamingHttpResponse([TEXT], content_type="text/plain"), ["network"]))
    assert not response.has_header("Content-Encoding")
    (tmp_path / "picture.svg").write_text(TEXT)
    with (tmp_path / "picture.svg").open("rb") as file:
        assert not sent(describe(FileResponse(file), [])).has_header("Content-Encoding")


def test_the_pages_of_the_site(reader, desk_client, correspondent, editor, cilacap):
    story = publish_story(correspondent, editor, cilacap)
    accept = {"accept-encoding": "gzip, deflate, br"}
    for path in ("/", story.address.get_absolute_url(), "/2020/01/01/tidak-ada"):
        response = reader("cilacap").get(path, headers=accept)
        plain = reader("cilacap").get(path)
        assert response.headers["Content-Encoding"] == "br", path
        assert response.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert brotli.decompress(response.content) == plain.content
        assert len(response.content) < len(plain.content) / 2
    for client in (desk_client(), desk_client(editor)):
        for path in ("/", "/login/", "/tidak-ada/"):
            response = client.get(path, headers=accept)
            assert not response.has_header("Content-Encoding")
            assert "Accept-Encoding" not in response.headers.get("Vary", "")
