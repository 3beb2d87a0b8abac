"""Says what is wrong in a document of schema.org's vocabulary.

The vocabulary lies in newsroom/schema_org.json, made from the npm package schema-dts. To renew it:
``npm pack schema-dts``, unpack it, then ``python tests/schema_org.py package/``.
"""

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

VOCABULARY = Path(__file__).parent / "newsroom" / "schema_org.json"
CONTEXTS = ("https://schema.org", "https://schema.org/")
# An action's property may say what a person has to fill in, as in "query-input".
ACTION_SUFFIX = re.compile(r"-(input|output)\Z")


def mistakes(document: dict[str, Any]) -> list[str]:
    """What schema.org does not know in a JSON-LD document; an empty list is a good document.

    Each line begins with the place, as in ``NewsArticle.author[0].Person``, and tells of an unknown
    type, a property that is unknown, superseded or of another type, a missing type, or an empty
    value.
    """
    found = []
    if document.get("@context") not in CONTEXTS:
        found.append(f"@context: {document.get('@context')!r} is not {CONTEXTS[0]}")
    nodes = document.get("@graph", [document])
    for node in nodes:
        found += _of_value(node, "")
    if "@graph" in document:
        extra = set(document) - {"@context", "@graph"}
        found += [f"{name}: does not belong beside @graph" for name in sorted(extra)]
    return found


def _of_value(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _of_value(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        yield from _of_node(value, place)
    if value in (None, "", [], {}):
        yield f"{place}: is empty"


def _of_node(node: dict[str, Any], place: str) -> Iterator[str]:
    if node.keys() == {"@id"}:  # a reference to a node that is described elsewhere
        return
    types = node.get("@type", [])
    types = types if isinstance(types, list) else [types]
    place = ".".join(filter(None, [place, "+".join(types)]))
    if not types and node:
        yield f"{place}: has no @type"
    for name in types:
        if name not in _vocabulary():
            yield f"{place}: {name} is no type"
    known = [name for name in types if name in _vocabulary()]
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if known and not any(_has(kind, name) for kind in known):
            problem = "does not belong to it" if name in _every_property() else "is no property"
            yield f"{place}: {name} {problem}"
        yield from _of_value(value, f"{place}.{name}")


def _has(kind: str, name: str) -> bool:
    if "Role" in _line(kind) and name in _every_property():  # it repeats what it stands in for
        return True
    if "Action" in _line(kind):
        name = ACTION_SUFFIX.sub("", name)
    return any(name in _vocabulary()[ancestor]["properties"] for ancestor in _line(kind))


@cache
def _line(kind: str) -> frozenset[str]:
    """A type with all its ancestors."""
    parents = (_line(parent) for parent in _vocabulary()[kind]["parents"])
    return frozenset({kind}).union(*parents)


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    return json.loads(VOCABULARY.read_text(encoding="utf-8"))["types"]


@cache
def _every_property() -> frozenset[str]:
    return frozenset(name for kind in _vocabulary().values() for name in kind["properties"])


def _read(declarations: str) -> dict[str, dict[str, list[str]]]:
    """The types of schema-dts' declarations; superseded properties are left out.

    ``interface XBase`` has the properties, ``interface XLeaf`` the name of the type; a type without
    properties of its own has a Leaf alone, and that of a Role is no interface.
    """
    interface = re.compile(
        r"^(?:export )?interface (\w+) extends ([^{]+?) ?\{(.*?)^\}", re.M | re.S
    )
    role = re.compile(r"^export type (\w+)Leaf<.*?@type\": \"(\w+)\"", re.M | re.S)
    field = re.compile(r'(?:/\*\*((?:(?!\*/).)*)\*/\s*)?^ +"([\w-]+)"\?:', re.M | re.S)
    parents, properties = {}, {}
    kinds = dict(role.findall(declarations))
    for name, ancestors, body in interface.findall(declarations):
        stem = name.removesuffix("Base").removesuffix("Leaf")
        if name.endswith("Base") or stem not in parents:
            parents[stem] = [part.strip().removesuffix("Base") for part in ancestors.split(",")]
        if name.endswith("Base"):
            properties[stem] = [key for why, key in field.findall(body) if "@deprecated" not in why]
        elif kind := re.search(r'"@type": "(\w+)"', body):  # not one of another vocabulary
            kinds[stem] = kind[1]
    return {
        kind: {
            "parents": [kinds[parent] for parent in parents[stem] if parent in kinds],
            "properties": sorted(properties.get(stem, [])),
        }
        for stem, kind in sorted(kinds.items())
    }


def _write(package: Path) -> None:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    declarations = (package / "dist" / "schema.d.ts").read_text(encoding="utf-8")
    types = ",\n".join(
        f"{json.dumps(kind)}: {json.dumps(rest, separators=(',', ':'))}"
        for kind, rest in _read(declarations).items()
    )
    source = json.dumps(
        f"schema.org's vocabulary (CC BY-SA 3.0), from npm's {about['name']} {about['version']}"
    )
    VOCABULARY.write_text(f'{{"source": {source},\n"types": {{\n{types}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
