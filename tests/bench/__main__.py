"""``make bench``: what readers' pages cost, as shares of what an empty view can do.

BENCH_OPTIONS="--only commit memory" runs some of the cases. Absolute figures are those of this
machine at this hour: compare the ratios.
"""

import argparse
import json
import os
import platform
import signal
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import commit, growth, herd, memory, throughput, upload
from tests.bench.cases import Archives, Found, Options
from tests.bench.servers import ROOT

CASES: dict[str, Callable[[Archives, Options], Found]] = {
    "throughput": throughput.measure,
    "commit": commit.measure,
    "memory": memory.measure,
    "herd": herd.measure,
    "upload": upload.measure,
    "growth": growth.measure,
}


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--stories", type=int, default=1_000_000, help="of the large archive")
    arguments.add_argument("--small", type=int, default=10_000, help="of the other one")
    arguments.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument("--only", nargs="+", choices=CASES, default=list(CASES))
    arguments.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "latest.json")
    given = vars(arguments.parse_args())
    only, told = given.pop("only"), given.pop("json")
    options = Options(**given)
    # `kill` ends a measurement as Ctrl-C does, with nothing left running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    told.parent.mkdir(parents=True, exist_ok=True)
    # Cases that were not asked for keep what was found last.
    known = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    with ExitStack() as stack:
        archives = Archives(options, stack)
        for name in only:
            print(f"\n== {name}", flush=True)
            # How busy the machine was before: what is above zero was somebody else's.
            surroundings = {
                "at": datetime.now(UTC).isoformat(timespec="minutes"),
                "machine": f"{platform.machine()}, {os.cpu_count()} processors",
                "python": platform.python_version(),
                "load": round(os.getloadavg()[0] / (os.cpu_count() or 1), 2),
                "stories": [options.small, options.stories],
            }
            found = CASES[name](archives, options)
            known[name] = {"surroundings": surroundings, "found": found}
            told.write_text(json.dumps(known, indent=1), encoding="utf-8")
    print(f"\nWritten to {told}")


if __name__ == "__main__":
    main()
