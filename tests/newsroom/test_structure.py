"""The architecture holds: levels, file lengths, one importer of the editor, complete words."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("newsroom", "bureaus", "articles")

# ARCHITECTURE.md, "Levels". The first prefix that fits gives a module's level.
LEVELS = [
    ("newsroom.arriving", 0),
    ("newsroom.cached_pages", 0),
    ("newsroom.child_process", 0),
    ("newsroom.colours", 0),
    ("newsroom.compression", 0),
    ("newsroom.database", 0),
    ("newsroom.eviction", 0),
    ("newsroom.icons", 0),
    ("newsroom.indonesian", 0),
    ("newsroom.page_cache", 0),
    ("newsroom.purge", 0),
    ("newsroom.renditions", 0),
    ("newsroom.secret_key", 0),
    ("newsroom.share_card", 0),
    ("newsroom.statements", 0),
    ("newsroom.storage", 0),
    ("newsroom.stylesheet", 0),
    ("newsroom.supervisor", 0),
    ("newsroom.typesetting", 0),
    ("newsroom.unseen", 0),
    ("bureaus.masthead", 1),
    ("bureaus.models", 1),
    ("bureaus.hosts", 1),
    ("bureaus.likenesses", 1),
    ("bureaus.provinces", 1),
    ("bureaus.shown", 1),
    ("bureaus.rendered", 1),
    ("articles.body", 2),
    ("articles.dates", 2),
    ("articles.blocks", 2),
    ("articles.emptiness", 2),
    ("articles.embeds", 2),
    ("articles.models", 2),
    ("articles.objects", 2),
    ("articles.cards", 3),
    ("articles.checked_text", 3),
    ("articles.drawn", 3),
    ("articles.keyset", 3),
    ("articles.known_lines", 3),
    ("articles.listings", 3),
    ("articles.record", 3),
    ("articles.story_checks", 3),
    ("articles.leftover_notes", 3),
    ("articles.changes", 3),
    ("articles.related", 3),
    ("articles.resolving", 3),
    ("articles.saving", 3),
    ("articles.sending", 3),
    ("articles.structured_data", 3),
    ("articles.tasks", 3),
    ("articles.publication", 4),
    ("articles.curation", 5),
    ("articles.leaving", 5),
    ("articles.refusals", 5),
    ("articles.rights", 5),
    ("articles.states", 5),
    ("articles.unrevised", 5),
    ("articles.verbs", 5),
    ("articles.workflow", 5),
    ("bureaus", 6),
    ("articles", 6),
    ("newsroom", 7),
]


def level_of(module: str) -> int:
    return next(
        level for prefix, level in LEVELS if module == prefix or module.startswith(f"{prefix}.")
    )


def modules() -> dict[str, Path]:
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_a_level_imports_only_its_own_and_lower_levels():
    known = modules()
    upward = [
        f"{module} ({level_of(module)}) imports {name} ({level_of(name)})"
        for module, path in known.items()
        for name in imports_of(path)
        if name.split(".")[0] in PACKAGES and level_of(name) > level_of(module)
    ]
    assert upward == []


def test_the_lowest_level_knows_no_model():
    knowing = [
        module
        for module, path in modules().items()
        if level_of(module) == 0
        and any(".models" in name and name.split(".")[0] in PACKAGES for name in imports_of(path))
    ]
    assert knowing == []


def test_one_module_alone_imports_the_editor():
    importers = {
        module
        for module, path in modules().items()
        if any(name.split(".")[0] == "ckeditor" for name in imports_of(path))
    }
    assert importers == {"articles.body"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_no_file_is_longer_than_500_lines():
    files = [
        path
        for path in tracked("*.py", "*.css", "*.js", "*.html")
        if "migrations" not in path.parts
    ]
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
    }
    assert {name: lines for name, lines in long.items() if lines > 500} == {}


def test_scripts_are_small_modules():
    long = [path.name for path in tracked("static/js/*.js") if _lines(path) > 100]
    assert long == []


def test_there_is_no_drawer_for_leftovers():
    names = {"services", "selectors", "utils", "helpers", "managers", "common", "core"}
    assert [m for m in modules() if m.rsplit(".", 1)[-1] in names] == []


def test_no_template_has_an_inline_script_or_style():
    marks = (" style=", " onclick=", "<style", "<script>")
    offenders = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*.html")
        if any(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]
    assert offenders == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
