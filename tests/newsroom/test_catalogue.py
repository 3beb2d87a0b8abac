"""Everything a person sees is in the Indonesian catalogue, compiled and well formed."""

import ast
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "newsroom" / "locale" / "id" / "LC_MESSAGES" / "django.po"
STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
# What templatize() writes for {% translate %}, {% blocktranslate %} and _("…") in a template.
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?")
# In the file: the context, if there is one, and the message, each on as many lines as it takes.
MESSAGE = re.compile(r'^(?:msgctxt (.*\n(?:".*\n)*))?msgid (.*\n(?:".*\n)*)', re.MULTILINE)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def in_python() -> set[tuple[str, str]]:
    """Pairs of context and message."""
    found = set()
    for package in ("articles", "bureaus", "newsroom"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            source = BytesIO(path.read_bytes())
            for _line, message, _comments, context in extract("python", source, KEYWORDS):
                first = message[0] if isinstance(message, tuple) else message
                found.add((context or "", first))
    return found


def in_templates() -> set[tuple[str, str]]:
    found = set()
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        for match in CALL.finditer(templatize(path.read_text(encoding="utf-8"))):
            first = ast.literal_eval(match[2])
            second = ast.literal_eval(match[3]) if match[3] else ""
            found.add((first, second) if match[1].startswith("p") else ("", first))
    return found


@pytest.fixture(scope="module")
def catalogue():
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="id")


def test_every_string_that_a_person_sees_is_in_indonesian(catalogue):
    wanted = in_python() | in_templates()
    translated = {
        (message.context or "", message.id[0] if message.pluralizable else message.id)
        for message in catalogue
        if message.id and not message.fuzzy and all(_texts(message))
    }
    assert sorted(wanted - translated) == []
    assert len(wanted) > 200


def test_placeholders_are_kept(catalogue):
    broken = [
        message.id
        for message in catalogue
        if message.id
        for text in _texts(message)
        if _placeholders(text) != _placeholders(_source(message))
    ]
    assert broken == []


def test_no_message_is_there_twice_and_none_is_left_over():
    """Else `make messages` stops, and what is read is whichever comes last."""
    text = CATALOGUE.read_text(encoding="utf-8")
    twice = [entry for entry, count in Counter(MESSAGE.findall(text)).items() if count > 1]
    assert (twice, "#~" in text, "fuzzy" in text) == ([], False, False)


def test_the_catalogue_is_compiled():
    with override("id"):
        assert gettext("Send back") == "Kembalikan"


def _texts(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _source(message) -> str:
    return message.id[-1] if message.pluralizable else message.id


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))
