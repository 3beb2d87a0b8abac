"""``make validate``: the Nu HTML checker and axe-core on every kind of page.

Each page is looked at by day and by night, on a phone and on a laptop. Prints what is wrong, page
by page, and ends with 1 when something is.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.audit.access import small_targets, violations
from tests.audit.pages import find_pages
from tests.audit.server import Server, running_newsroom
from tests.browser.conftest import ARGUMENTS, CHROMIUM

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
# The page's name, what is wrong, and where it was seen.
Problem = tuple[str, str, str]


def main() -> int:
    _refuse_if_missing()
    with running_newsroom() as server:
        found, broken = find_pages(server)
        pages = {name: url for name, url in found.items() if url}
        # Of each page: what is wrong, and where it was seen.
        wrong: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, problem, where in (*markup_errors(server, pages), *hindrances(pages)):
            wrong[name][problem].append(where)
    for name, url in found.items():
        print(f"{name}: {url or 'there is no such page yet'}")
        for problem, places in wrong[name].items():
            print(f"    {problem} ({'; '.join(dict.fromkeys(places))})")
    for line in broken:
        print(line)
    problems = len(broken) + sum(map(len, wrong.values()))
    print(f"\n{len(pages)} of {len(found)} kinds of page looked at, {problems} problems found.")
    return 1 if problems else 0


def markup_errors(server: Server, pages: dict[str, str]) -> Iterator[Problem]:
    """What the Nu HTML checker calls an error."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (name, url) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(server.get(url).html, encoding="utf-8")
            files[file.as_uri().replace("file://", "file:")] = name
        done = subprocess.run(
            ["java", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            check=True,
        )
    for message in json.loads(done.stderr)["messages"]:
        if message["type"] == "error":
            name = files[message["url"].replace("file://", "file:")]
            yield name, f"markup: {message['message']}", f"line {message.get('lastLine', '?')}"


def hindrances(pages: dict[str, str]) -> Iterator[Problem]:
    """What axe-core finds and which targets are small."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": 800}, color_scheme=scheme
                )
                page = context.new_page()
                for name, url in pages.items():
                    page.goto(url)
                    for line in violations(page):
                        yield name, line, f"{scheme}, {width} px"
                    for target in small_targets(page):
                        yield name, f"target of {target}", f"{width} px"
                context.close()
        browser.close()


def _refuse_if_missing() -> None:
    if not shutil.which("java"):
        sys.exit("The HTML checker needs Java: apt-get install default-jre-headless")
    if not CHECKER.exists():
        sys.exit("The HTML checker is not installed: run this by make validate")


if __name__ == "__main__":
    sys.exit(main())
