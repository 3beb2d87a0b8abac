"""WSGI: the newsroom as it is served, which also tells of its own process."""

import json
import os
from pathlib import Path

from newsroom.wsgi import application as served
from tests.bench.servers import PROCESS


def application(environ, start_response):
    if environ["PATH_INFO"] != PROCESS:
        return served(environ, start_response)
    told = {"process": os.getpid(), "kilobytes": _kilobytes(), "pages": served.store.metrics()}
    body = json.dumps(told).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def _kilobytes() -> int:
    """Memory of this process, shared libraries included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
