"""What pages are compared with: a Django view that returns bytes which it has in memory."""

import os

from django.http import HttpResponse
from django.urls import path, re_path


class Kept:
    """The answer that is given whatever is asked."""

    body = b""
    headers: dict[str, str] = {}


def view(request):
    return HttpResponse(Kept.body, headers=Kept.headers)


urlpatterns = [path("", view), re_path("", view)]


def keep(body: bytes, headers: dict[str, str]) -> None:
    Kept.body, Kept.headers = body, headers


def load() -> None:
    """Take over the answer that tests/bench/serve.py wrote down, in a server of its own."""
    import json
    from pathlib import Path

    kept = Path(os.environ["BENCH_KEPT"])
    keep(kept.with_suffix(".body").read_bytes(), json.loads(kept.read_text(encoding="utf-8")))
