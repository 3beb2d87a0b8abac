"""WSGI: nothing but the bytes, as fast as Granian can hand them on."""

import json
import os
from pathlib import Path

_kept = Path(os.environ["BENCH_KEPT"])
_body = [_kept.with_suffix(".body").read_bytes()]
_headers = list(json.loads(_kept.read_text(encoding="utf-8")).items())


def application(environ, start_response):
    start_response("200 OK", _headers)
    return _body
