"""Requests a second of each kind of page, as shares of what an empty view can do.

Every case of a round is loaded in turn, for a few seconds each, so that whatever else the machine
does meets all alike; a case's figure is the median of its rounds.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import ask, keep, serving

HIT_ONE, HIT_MANY = "hit, one article", "hit, 1,000 articles"
EMPTY_WSGI, EMPTY_DJANGO = "empty WSGI application", "empty Django view"
# What asks for another address each time is slower itself.
EMPTY_WSGI_MANY = "empty WSGI, 1,000 addresses"


@dataclass(frozen=True)
class Case:
    name: str
    port: int
    host: str
    path: str
    script: Path | None = None
    paths: Sequence[str] = ()  # what the script asks for


def measure(archives: Archives, options: Options) -> Found:
    of = archives.small
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        around, article = of.surroundings, of.pages["article"]
        server = "newsroom.wsgi:application"
        missing = stack.enter_context(serving(server, around, NEWSROOM_PAGE_CACHE_MB="0"))
        hitting = stack.enter_context(serving(server, around, NEWSROOM_PAGE_CACHE_MB="64"))
        _status, headers, body = ask(missing, article["host"], article["path"])
        kept = keep(folder, headers, body)
        wsgi, view = (
            stack.enter_context(serving(f"tests.bench.{name}:application", around, BENCH_KEPT=kept))
            for name in ("empty_wsgi", "empty_django")
        )
        own = (article["host"], article["path"])
        script = _in_turn(folder, of.paths)
        cases = [
            Case(EMPTY_WSGI, wsgi, *own),
            Case(EMPTY_WSGI_MANY, wsgi, *own, script),
            Case(EMPTY_DJANGO, view, *own),
            Case(HIT_ONE, hitting, *own),
            Case(HIT_MANY, hitting, *own, script, of.paths),
            Case("miss, 1,000 articles", missing, *own, script),
            *(
                Case(f"miss, {name}", missing, page["host"], page["path"])
                for name, page in of.pages.items()
            ),
        ]
        for case in cases:
            assert ask(case.port, case.host, case.path)[0] == 200, case
        print("warming up …", flush=True)
        for case in cases:
            load(case, 1, options.connections)
        rates: dict[str, list[float]] = {case.name: [] for case in cases}
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds} …", flush=True)
            for case in cases:
                rates[case.name].append(load(case, options.seconds, options.connections))
    middle = {name: median(found) for name, found in rates.items()}
    print(f"\n{'case':40} {'requests/s':>10} {'of the empty':>12} {'of the empty':>12}")
    print(f"{'':40} {'':>10} {'Django view':>12} {'WSGI app':>12}")
    told = {}
    for name, rate in middle.items():
        empty = middle[EMPTY_WSGI_MANY if name == HIT_MANY else EMPTY_WSGI]
        shares = (rate / middle[EMPTY_DJANGO], rate / empty)
        print(f"{name:40} {rate:10.0f} {shares[0]:12.4f} {shares[1]:12.4f}")
        told[name] = {"rate": rate, "of_django": shares[0], "of_wsgi": shares[1]}
    return told


def _in_turn(folder: Path, paths: list[str]) -> Path:
    """For wrk: the stories in an order that looks like chance and is the same each time."""
    script = folder / "stories.lua"
    listed = ",\n".join(json.dumps(path) for path in paths)
    script.write_text(
        f"local paths = {{\n{listed}\n}}\nlocal at = 0\n"
        "request = function()\n  at = (at + 377) % #paths\n"
        '  return wrk.format("GET", paths[at + 1])\nend\n',
        encoding="utf-8",
    )
    return script


def load(case: Case, seconds: int, connections: int) -> float:
    """Requests a second; every answer has to be a good one."""
    # A story holds for a minute, less than a round takes.
    for path in case.paths:
        ask(case.port, case.host, path)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Host: {case.host}"]
    command += ["-H", "Accept-Encoding: br"]
    if case.script:
        command += ["-s", str(case.script)]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{case.port}{case.path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in done.stdout:
        raise RuntimeError(f"{case.name}: {done.stdout}")
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)[0])
