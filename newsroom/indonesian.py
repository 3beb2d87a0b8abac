"""How Indonesian is broken into lines: what stays together, what waits for the next word, where
words part; and how it quotes. Knows no model.
"""

import re
from functools import lru_cache

import pyphen

# Words that wait for another one: neither an address nor a line of a headline ends on them.
# fmt: off
DANGLING = frozenset({
    "akan", "atau", "bagi", "belum", "dalam", "dan", "dari", "dengan", "di", "hingga", "itu",
    "juga", "kepada", "karena", "ke", "kini", "masih", "oleh", "pada", "para", "saat", "sampai",
    "sebagai", "sudah", "tak", "telah", "tetapi", "tidak", "untuk", "yang",
})
# fmt: on
FEWEST_LETTERS = 4  # on either side of a hyphen

_UNITS = (
    "persen|ribu|juta|miliar|triliun|mm|cm|m|km|meter|kilometer|mil|m2|m3|hektare|ha|are|gram|kg|"
    "kilogram|kuintal|ton|liter|kiloliter|knot|GT|watt|kWh|MW|derajat|WIB|WITA|WIT"
)
_GLUED = re.compile(
    rf"(?<=\bRp) (?=\d)|(?<=\b[Pp]ukul) (?=\d)|(?<=\d) (?=(?:{_UNITS})\b)|(?<=\d) (?=%)"
)


SHORT_QUOTE = 18  # letters, marks included

_QUOTED = re.compile(r'[“"]([^“”"]*)[”"]')


def within_quotes(text: object) -> str:
    """A headline, or the like, as it stands between quotation marks: its own become single ones
    (EYD V, "Tanda Petik Tunggal")."""
    return _QUOTED.sub(r"‘\1’", str(text))


def glue_quotes(text: str) -> str:
    """Keep a short phrase in quotation marks on one line."""
    return _QUOTED.sub(
        lambda found: (
            found[0].replace(" ", "\N{NO-BREAK SPACE}")
            if len(found[0]) <= SHORT_QUOTE
            else found[0]
        ),
        text,
    )


def glue(text: str) -> str:
    """Keep a number on one line with its unit, with Rp and with "pukul"."""
    return _GLUED.sub("\N{NO-BREAK SPACE}", text)


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """The parts of a word between which a hyphen may stand; the word alone if it has none."""
    return tuple(_hyphenator().inserted(word, "\0").split("\0"))


@lru_cache(maxsize=1)
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="id_ID", left=FEWEST_LETTERS, right=FEWEST_LETTERS)
