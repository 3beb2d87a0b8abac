"""``make lighthouse``: how quick and how sound the most read pages are on a phone.

The first table is Lighthouse's own mobile profile, the second a bad line and an old phone. Each
figure is the median of its runs. Ends with 1 when a page of the first table misses a limit.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.audit.pages import find_pages
from tests.audit.server import running_newsroom
from tests.browser.conftest import ARGUMENTS, CHROMIUM

PROGRAM = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("front", "bureau front", "section", "article with picture")
SCORES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_SHIFT = 0
MOST_BLOCKED = 50  # milliseconds
PASSED = 0.9  # as Lighthouse marks an audit green
ATTEMPTS = 3
BAD_LINE = (
    "--throttling.rttMs=300",
    "--throttling.throughputKbps=400",
    "--throttling.cpuSlowdownMultiplier=6",
    "--only-categories=performance",
)


@dataclass(frozen=True)
class Run:
    """One run of Lighthouse: scores in hundredths, times in milliseconds."""

    scores: dict[str, int]
    paint: float
    shift: float
    blocked: float
    faults: frozenset[str]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5, help="runs of each page and profile")
    options.add_argument("--only", choices=PAGES, help="this page alone")
    chosen = options.parse_args()
    _refuse_if_missing()
    with running_newsroom() as server:
        addresses, _broken = find_pages(server)
        wanted = [name for name in PAGES if chosen.only in (None, name)]
        pages = {name: addresses[name] for name in wanted}
        usual = {name: measure(url, chosen.runs) for name, url in pages.items() if url}
        wrong = report(usual, [name for name, url in pages.items() if not url])
        print("\nAt 300 ms a round trip, 400 kbit/s and a sixth of the speed\n")
        for name, url in pages.items():
            if url:
                runs = measure(url, chosen.runs, *BAD_LINE)
                print(f"{name:<24} LCP {_median(runs, 'paint') / 1000:.2f} s", flush=True)
    return 1 if wrong else 0


def measure(url: str, times: int, *more: str) -> list[Run]:
    """One after the other: two at once would take each other's processor."""
    print(f"  {url}", file=sys.stderr, flush=True)
    return [run(url, *more) for _time in range(times)]


def run(url: str, *more: str) -> Run:
    """One run; on a busy machine Chromium sometimes loses its trace, and the run is repeated."""
    command = [
        "node",
        str(PROGRAM),
        url,
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}",
        *more,
    ]
    surroundings = {**os.environ, "CHROME_PATH": CHROMIUM}
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(
            command, env=surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return _read(json.loads(done.stdout))
    sys.exit(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")


def _read(answer: dict[str, Any]) -> Run:
    audits, categories = answer["audits"], answer["categories"]
    faults = {
        f"{name}: {audits[part['id']]['title']}"
        for name, category in categories.items()
        for part in category["auditRefs"]
        # What does not apply has no score.
        if part["weight"] and (audits[part["id"]]["score"] or 0) < PASSED
        if audits[part["id"]]["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
    }
    return Run(
        {name: round((category["score"] or 0) * 100) for name, category in categories.items()},
        paint=audits["largest-contentful-paint"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        blocked=audits["total-blocking-time"]["numericValue"],
        faults=frozenset(faults),
    )


def report(measured: dict[str, list[Run]], missing: list[str]) -> list[str]:
    """Print the table and what is wrong; return what misses a limit."""
    heads = ("perf", "access", "best", "seo", "LCP", "CLS", "TBT")
    print(f"\n{'':<24}" + "".join(f"{head:>9}" for head in heads))
    wrong = []
    for name, runs in measured.items():
        scores = [median(run.scores[score] for run in runs) for score in SCORES]
        shift, blocked = _median(runs, "shift"), _median(runs, "blocked")
        print(
            f"{name:<24}"
            + "".join(f"{score:>9g}" for score in scores)
            + f"{_median(runs, 'paint') / 1000:>7.2f} s{shift:>9.3f}{blocked:>6.0f} ms",
            flush=True,
        )
        missed = [
            f"{name}: {score} is {value:g}, not {LEAST[score]}"
            for score, value in zip(SCORES, scores, strict=True)
            if value < LEAST[score]
        ]
        if shift > MOST_SHIFT:
            missed.append(f"{name}: the layout shifts by {shift:.3f}")
        if blocked > MOST_BLOCKED:
            missed.append(f"{name}: blocked for {blocked:.0f} ms")
        if missed:
            faults = frozenset.union(*(run.faults for run in runs))
            wrong += [*missed, *(f"    {fault}" for fault in sorted(faults))]
    print()
    for line in wrong:
        print(line)
    for name in missing:
        print(f"{name}: there is no such page yet")
    return wrong


def _median(runs: list[Run], name: str) -> float:
    return median(getattr(run, name) for run in runs)


def _refuse_if_missing() -> None:
    if not shutil.which("node"):
        sys.exit("Lighthouse needs Node.js: apt-get install nodejs npm")
    if not PROGRAM.exists():
        sys.exit("Lighthouse is not installed: run this by make lighthouse")


if __name__ == "__main__":
    sys.exit(main())
