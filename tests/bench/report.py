"""``python -m tests.bench.report``: the last figures as tables for README, and docs/bench.svg.

Reads what ``make bench`` has written; measures nothing.
"""

import json
import sys
from collections.abc import Iterator
from math import log10
from pathlib import Path
from typing import Any

from tests.bench.servers import ROOT
from tests.bench.throughput import EMPTY_DJANGO, EMPTY_WSGI, EMPTY_WSGI_MANY

LATEST = ROOT / "var" / "bench" / "latest.json"
PLOT = ROOT / "docs" / "bench.svg"

# Of the plot, in pixels; its scale goes by powers of ten.
WIDTH, NAMES, ROW, BAR, TOP = 760, 190, 22, 13, 44
LOWEST, HIGHEST = -3, 1
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1a1a1a }
.small { font-size: 11px; fill: #5c5c5c }
line { stroke: #d5d5d5 }
.empty { fill: #b5b5b5 } .hit { fill: #0b6e4f } .miss { fill: #9a3412 }
@media (prefers-color-scheme: dark) {
svg { background: #131313 } text { fill: #ececec } .small { fill: #a8a8a8 }
line { stroke: #3a3a3a } .empty { fill: #6f6f6f } .hit { fill: #35b58a } .miss { fill: #e08a5b }
}
"""


def main() -> None:
    known = json.loads(Path(*sys.argv[1:2] or [LATEST]).read_text(encoding="utf-8"))
    for name, lines in (("throughput", _throughput), ("growth", _growth)):
        if name in known:
            print("\n".join([*lines(known[name]), "", _measured(known[name]), ""]))
    if "throughput" in known:
        PLOT.write_text(plot(known["throughput"]["found"]), encoding="utf-8")


def _throughput(of: dict[str, Any]) -> Iterator[str]:
    yield "| case | requests/s | of the empty Django view | of the empty WSGI application |"
    yield "| --- | ---: | ---: | ---: |"
    for name, found in of["found"].items():
        shares = f"{_share(found['of_django'])} | {_share(found['of_wsgi'])}"
        yield f"| {name} | {found['rate']:,.0f} | {shares} |"


def _growth(of: dict[str, Any]) -> Iterator[str]:
    small, large = of["surroundings"]["stories"]
    yield f"| page, without the cache | {small:,} stories | {large:,} stories | ratio |"
    yield "| --- | ---: | ---: | ---: |"
    for name, found in of["found"].items():
        times = f"{found['small']:.1f} ms | {found['large']:.1f} ms"
        yield f"| {name} | {times} | {found['ratio']:.2f} |"


def _measured(of: dict[str, Any]) -> str:
    told = of["surroundings"]
    return f"{told['at']}, {told['machine']}, load before: {told['load']} a processor"


def _share(share: float) -> str:
    return f"{share:.2f}" if share >= 1 else f"{share:.3f}"


def plot(found: dict[str, dict[str, float]]) -> str:
    """Requests a second of each case as a share of the empty Django view, on a scale of powers."""
    bottom = TOP + ROW * len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 12}" role="img"'
        ' aria-label="Requests a second as shares of an empty Django view">',
        f"<style>{STYLE}</style>",
        f'<text x="8" y="18">Requests a second, as shares of the {EMPTY_DJANGO}</text>',
    ]
    for power in range(LOWEST, HIGHEST + 1):
        x = _x(10.0**power)
        parts.append(f'<line x1="{x}" y1="{TOP - 4}" x2="{x}" y2="{bottom}"/>')
        parts.append(
            f'<text class="small" x="{x}" y="{TOP - 9}" text-anchor="middle">{10.0**power:g}</text>'
        )
    for number, (name, one) in enumerate(found.items()):
        y = TOP + ROW * number
        share = one["of_django"]
        kind = (
            "empty"
            if name in (EMPTY_DJANGO, EMPTY_WSGI, EMPTY_WSGI_MANY)
            else name.partition(",")[0]
        )
        x = _x(share)
        parts += [
            f'<text x="{NAMES - 8}" y="{y + 14}" text-anchor="end">{name}</text>',
            f'<rect class="{kind}" x="{NAMES}" y="{y + 4}" width="{x - NAMES:.1f}"'
            f' height="{BAR}"/>',
            f'<text class="small" x="{x + 5}" y="{y + 14}">{_share(share)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _x(share: float) -> float:
    power = min(max(log10(share), LOWEST), HIGHEST)
    return round(NAMES + (WIDTH - NAMES - 60) * (power - LOWEST) / (HIGHEST - LOWEST), 1)


if __name__ == "__main__":
    main()
