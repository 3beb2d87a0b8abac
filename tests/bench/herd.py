"""2,000 readers at once for a page that has just been evicted: how often each worker renders it."""

import asyncio
import time

import psycopg

from newsroom.database.cluster import NAME, ROLE
from newsroom.database.server import socket_dir
from newsroom.eviction import CHANNEL
from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import WATCHED, Archive, ask, serving, workers_of

READERS = 2000
WORKERS = 2


def measure(archives: Archives, options: Options) -> Found:
    of = archives.small
    page = of.pages["front of a bureau"]
    host, path = page["host"], page["path"]
    with serving(WATCHED, of.surroundings, WORKERS) as port:
        workers = workers_of(port, WORKERS)
        for worker in workers:
            worker.get(path, host)
        kept = asyncio.run(_herd(port, host, path))
        _status, headers, _body = ask(port, host, path)
        _evict(of, headers["cache-tag"].split(",")[-1])
        while any(worker.state()["pages"]["pages"] for worker in workers):
            time.sleep(0.01)
        before = [worker.state()["pages"]["misses"] for worker in workers]
        evicted = asyncio.run(_herd(port, host, path))
        after = [worker.state()["pages"]["misses"] for worker in workers]
    renders = [now - then for now, then in zip(after, before, strict=True)]
    print(
        f"\n{READERS:,} readers at once, {WORKERS} workers: all served in {kept:.2f} s from memory,"
        f" in {evicted:.2f} s just evicted; renderings of each worker: {renders}"
    )
    return {"readers": READERS, "kept": kept, "evicted": evicted, "renders": renders}


def _evict(of: Archive, name: str) -> None:
    with psycopg.connect(host=str(socket_dir(of.data)), dbname=NAME, user=ROLE) as database:
        database.execute("SELECT pg_notify(%s, %s)", (CHANNEL, name))


async def _herd(port: int, host: str, path: str) -> float:
    """Seconds until the last of all readers, who ask in the same instant, has the whole page."""
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(READERS)]
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n"
    )
    begun = time.perf_counter()
    for _reader, writer in lines:
        writer.write(request.encode())
    answers = await asyncio.gather(*(reader.read() for reader, _writer in lines))
    taken = time.perf_counter() - begun
    for _reader, writer in lines:
        writer.close()
    wrong = [answer[:80] for answer in answers if not answer.startswith(b"HTTP/1.1 200")]
    assert not wrong, (len(wrong), wrong[0])
    return taken
