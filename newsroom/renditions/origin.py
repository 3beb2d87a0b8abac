"""Whether a file is, by its own account, of whoever sends it. Runs in the bounded process, too."""

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\w+")
# What stands beside a name where a person is credited.
_BESIDE = frozenset(
    {
        "foto",
        "photo",
        "fotografer",
        "photographer",
        "dok",
        "dokumentasi",
        "oleh",
        "by",
        "dan",
        "and",
    }
)


def another_named(words: Mapping[str, str], ours: Iterable[str]) -> str:
    """Who is named as owner, photographer or in the credit and is none of ``ours``; "" if nobody.

    ``words`` are those of metadata.read_words. A line of copyright has more in it than a name, so
    one of ours is enough there. A credit is a name: whoever else stands in it is another, be it
    that their name begins as one of ours.
    """
    names = [_words(name) for name in ours if name]
    owner = words.get("copyright", "")
    if owner and not any(_without(_words(owner), [name])[1] for name in names):
        return owner
    for field in ("creator", "credit"):
        left, _found = _without(_words(words.get(field, "")), names)
        if any(word not in _BESIDE and not word.isdecimal() for word in left):
            return words[field]
    return ""


def is_own(words: Mapping[str, str], ours: Iterable[str]) -> bool:
    """Whether a camera took it or it bears one of our names, and nobody else is named; of what
    cannot be read nobody knows."""
    names = list(ours)
    if words.get("unreadable"):
        return False
    is_signed = any(words.get(field) for field in ("copyright", "creator", "credit"))
    return bool(words.get("camera") or is_signed) and not another_named(words, names)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _without(words: list[str], names: list[list[str]]) -> tuple[list[str], bool]:
    """The words that are left without these names, the longest taken out first; whether any was
    there."""
    is_found = False
    for name in sorted(names, key=len, reverse=True):
        at = 0
        while name and at <= len(words) - len(name):
            if words[at : at + len(name)] == name:
                words, is_found = words[:at] + words[at + len(name) :], True
            else:
                at += 1
    return words, is_found
