"""Pages in memory while somebody sends the desk 20 MB over a slow line, beside nobody doing so."""

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import ask, serving
from tests.bench.throughput import Case, load

MEGABYTES = 20
PIECE = 64 * 1024
BOUNDARY = "the-end-of-a-part"
SECRET = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Upload(threading.Thread):
    """A photo on its way to the desk, as the form of the library sends it."""

    def __init__(self, port: int, page: dict[str, str], seconds: float):
        super().__init__(daemon=True)
        self.page, self.seconds = page, seconds
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.sent = 0
        self.is_over = False
        self.status = 0

    def run(self) -> None:
        host, cookie = self.page["host"], self.page["cookie"]
        self.line.request("GET", self.page["path"], headers={"Host": host, "Cookie": cookie})
        answer = self.line.getresponse()
        token = SECRET.search(answer.read())
        given = answer.getheader("Set-Cookie", "").partition(";")[0]
        assert token, answer.status
        head, tail = _form(token[1])
        size = MEGABYTES * 1_000_000
        self.line.putrequest("POST", "/articles/picture/upload/", skip_host=True)
        for name, value in {
            "Host": host,
            "Origin": f"http://{host}",
            "Cookie": f"{cookie}; {given}",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + size + len(tail)),
        }.items():
            self.line.putheader(name, value)
        self.line.endheaders(head)
        pause = self.seconds * PIECE / size
        while self.sent < size:
            piece = b"\xff" * min(PIECE, size - self.sent)
            self.line.send(piece)
            self.sent += len(piece)
            if not self.is_over:
                time.sleep(pause)
        self.line.send(tail)
        self.status = self.line.getresponse().status


def measure(archives: Archives, options: Options) -> Found:
    of = archives.small
    page = of.pages["article"]
    rates: dict[bool, list[float]] = {False: [], True: []}
    with serving("newsroom.wsgi:application", of.surroundings) as port:
        case = Case("hit", port, page["host"], page["path"])
        ask(port, page["host"], page["path"])
        load(case, 1, options.connections)
        for _round in range(options.rounds):
            rates[False].append(load(case, options.seconds, options.connections))
            with _uploading(port, of.desk["desk, queue"], options.seconds * 4):
                rates[True].append(load(case, options.seconds, options.connections))
    alone, beside = median(rates[False]), median(rates[True])
    print(
        f"\na page in memory: {alone:.0f} requests/s, {beside:.0f} while {MEGABYTES} MB arrive"
        f" slowly at the desk: {beside / alone:.2f} x"
    )
    return {"alone": alone, "beside": beside, "ratio": beside / alone}


@contextmanager
def _uploading(port: int, page: dict[str, str], seconds: float) -> Iterator[None]:
    """While the photo is on its way, which takes longer than what is done meanwhile."""
    upload = Upload(port, page, seconds)
    upload.start()
    while upload.is_alive() and not upload.sent:
        time.sleep(0.01)
    yield
    assert upload.sent < MEGABYTES * 1_000_000, "It arrived too soon."
    assert upload.is_alive(), "It was cut off."
    upload.is_over = True
    upload.join()
    # It was taken in whole, and refused for what it is: no picture.
    assert upload.status == 302, upload.status


def _form(token: bytes) -> tuple[bytes, bytes]:
    """What stands before the file, and after it."""
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=".encode()
    secret = part + b'"csrfmiddlewaretoken"\r\n\r\n' + token + b"\r\n"
    file = part + b'"file"; filename="foto.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return secret + file, f"\r\n--{BOUNDARY}--\r\n".encode()
