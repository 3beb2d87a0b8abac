"""Notes that writers leave to themselves in a text, as "[18 atau 28 liter?]", and forget there.

The rule follows how Indonesian desks write. Within a quotation square brackets are the usual way
to put in a word of one's own, "[pemerintah]", so only what asks or gives an order is a note there.
Outside of one nobody needs them: what stands in them is a note, but for the signs of editing,
"[sic]", "[red.]", "[...]", and a label in capitals that opens a headline, "[HOAKS]".

Of the press's placeholders "TK" alone is none here, for it is a kindergarten; nor are "XX" and
"XXX", which are Roman numerals (PON XX), and x's that mask a number (0812-xxxx-1234, R 12xx AB).
"""

import re

from django.utils.text import Truncator

from articles.changes.text import paragraphs

SHOWN = 40  # letters of a note
LONGEST = 200  # letters: beyond that two brackets have nothing to do with one another

_BRACKETS = re.compile(rf"\[([^\[\]]{{0,{LONGEST}}})\]")
_PLACEHOLDER = re.compile(
    r"""
    (?<![\w?!])\?{2,}(?![\w?!])             # "??" where a word should be
    | (?<![\w.,/@-])(?:x{2,}|X{4,})(?![\w/@-]|[.,]\w)
    | \b(?:TK\s?TK|TKTK)\w*
    | (?<!\w)_{3,}(?!\w)
    | \b[Ll]orem\s[Ii]psum\b
    """,
    re.VERBOSE,
)
# Cheap to look for: most texts have none of them, and are not taken apart then.
_SUSPECT = re.compile(r"\[|\?\?|xx|XXXX|TK\s?TK|___|lorem", re.IGNORECASE)
_OF_EDITING = re.compile(r"sic!?|red\.?|peny\.?|ed\.?|\.{2,}|…|red(?:aksi)?\s*[:.]\s*\D.*", re.I)
_LABEL = re.compile(r"\[[A-Z][A-Z /&-]*\]")
_ORDER = re.compile(
    r"(?:di)?(?:cek|konfirmasi|tanya(?:kan)?|tunggu|lengkapi|pastikan|verifikasi|hapus|todo)\b",
    re.IGNORECASE,
)
_PAIRS = {"“": "”", "«": "»", "„": "”"}


def notes_in_line(text: str, *, is_headline: bool = False) -> list[str]:
    """The notes and placeholders in a line of text, each once and as it stands there."""
    if not _SUSPECT.search(text):
        return []
    return _shown(_found(text, is_headline=is_headline))


def notes_in_body(html: str) -> list[str]:
    """The same of a sanitised body; what a pull quote says is a quotation."""
    if not _SUSPECT.search(html):
        return []
    found: list[str] = []
    for each in paragraphs(html):
        if each.style != "object":
            found += _found(each.text, is_quoted=each.style == "quote")
    return _shown(found)


def _shown(notes: list[str]) -> list[str]:
    return [_short(note) for note in dict.fromkeys(notes)]


def _short(note: str) -> str:
    end = note[-1] if note.startswith("[") else ""
    return Truncator(note[: len(note) - len(end)]).chars(SHOWN) + end


def _found(text: str, *, is_headline: bool = False, is_quoted: bool = False) -> list[str]:
    quoted = _quoted(text)
    at: dict[int, str] = {}
    for bracket in _BRACKETS.finditer(text):
        is_label = is_headline and bracket.start() == 0 and _LABEL.fullmatch(bracket[0])
        within = is_quoted or quoted[bracket.start()]
        if not is_label and _is_note(bracket[1].strip(), is_quoted=within):
            at[bracket.start()] = bracket[0]
    covered = {index for start, note in at.items() for index in range(start, start + len(note))}
    for placeholder in _PLACEHOLDER.finditer(text):
        if placeholder.start() not in covered:
            at[placeholder.start()] = placeholder[0]
    return [at[start] for start in sorted(at)]


def _is_note(words: str, *, is_quoted: bool) -> bool:
    if "?" in words or _ORDER.match(words) or _PLACEHOLDER.search(words):
        return True
    return not is_quoted and not _OF_EDITING.fullmatch(words)


def _quoted(text: str) -> list[bool]:
    """Of each letter whether it stands within a quotation; one that is not closed goes on."""
    inside, closing = [], ""
    for letter in text:
        if closing and letter == closing:
            closing = ""
        elif not closing and letter in _PAIRS:
            closing = _PAIRS[letter]
        elif not closing and letter == '"':
            closing = '"'
        inside.append(bool(closing))
    return inside
