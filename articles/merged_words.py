"""The words of a paragraph with the tags in which each stands, and one paragraph out of two."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import chain
from typing import NamedTuple

from django.utils.html import escape

from articles.changes.alignment import alignment
from articles.changes.blocks import ALIKE
from articles.objects import TAG

_PARAGRAPH = re.compile(r"<(p|h2|h3)>(.*)</\1>", re.DOTALL)
_INLINE = re.compile(r"<(/?)(?:a|strong|em|sub|sup)\b")
# Each with the space before it; 2.400, 06.30 and anak-anak are one word.
_WORD = re.compile(r"\s*(?:\w+(?:[-'’.,:/]\w+)*|\S)|\s+")


class Letter(NamedTuple):
    """``shown`` is what a person sees of it, ``html`` what stands for it between its ``tags``."""

    shown: str
    html: str
    tags: tuple[str, ...] = ()


Word = tuple[Letter, ...]


def words_of(block: str) -> tuple[str, list[Word]] | None:
    """The tag of a paragraph and its words; None for what is more than a paragraph."""
    if not (whole := _PARAGRAPH.fullmatch(block)):
        return None
    letters: list[Letter] = []
    tags: list[str] = []
    for piece in TAG.split(whole[2]):
        if not piece.startswith("<"):
            letters += (Letter(sign, escape(sign), tuple(tags)) for sign in unescape(piece))
        elif piece == "<br>":
            letters.append(Letter(" ", piece, tuple(tags)))
        elif not (found := _INLINE.match(piece)):
            return None
        elif found[1]:
            tags.pop()
        else:
            tags.append(piece)
    return whole[1], _divided(letters)


def plain_words(text: str) -> list[Word]:
    return _divided([Letter(sign, str(escape(sign))) for sign in text])


def text_of(words: Iterable[Word]) -> str:
    return "".join(letter.shown for letter in chain.from_iterable(words))


def html_of(tag: str, words: Iterable[Word]) -> str:
    pieces: list[str] = []
    within: tuple[str, ...] = ()
    for letter in [*chain.from_iterable(words), Letter("", "")]:
        common = len(_common(within, letter.tags))
        pieces += (f"</{_name(each)}>" for each in reversed(within[common:]))
        pieces += letter.tags[common:]
        pieces.append(letter.html)
        within = letter.tags
    return f"<{tag}>{''.join(pieces)}</{tag}>"


def merged(mine: list[Word], theirs: list[Word], base: list[Word]) -> list[Word] | None:
    """Base with the changes of both; None where both have changed the same words, or one has
    left little of it. What both have put into the same place stands there one after the other."""
    left, right = (dict(alignment(base, side)) for side in (mine, theirs))
    if min(len(left), len(right)) < max(ALIKE * len(base), 1):
        return None
    found: list[Word] = []
    kept = [(n, left[n], right[n]) for n in range(len(base)) if n in left and n in right]
    done = left_done = right_done = 0
    for n, i, j in [*kept, (len(base), len(mine), len(theirs))]:
        gap = _one_of(mine[left_done:i], theirs[right_done:j], base[done:n])
        if gap is None:
            return None
        found += [*gap, *base[n : n + 1]]
        done, left_done, right_done = n + 1, i + 1, j + 1
    return found


def retyped(words: list[Word], text: str) -> list[Word]:
    """The words as somebody has written them anew: those that stayed keep their tags, and new
    ones have the tags that both neighbours have."""
    new = plain_words(text)
    stayed = {j: words[i] for i, j in alignment(_keys(words), _keys(new))}
    found: list[Word] = []
    for number, word in enumerate(new):
        if number in stayed:
            found.append(stayed[number])
            continue
        before = found[-1][-1].tags if found else ()
        after = next(
            (stayed[each][0].tags for each in range(number, len(new)) if each in stayed), ()
        )
        tags = _common(before, after)
        found.append(tuple(letter._replace(tags=tags) for letter in word))
    return found


def share(words: list[Word], others: list[Word]) -> float:
    """How much of the longer one is in the other, from 0 to 1."""
    one, other = ({key.strip().casefold() for key in _keys(each)} for each in (words, others))
    return len(one & other) / (max(len(one), len(other)) or 1)


def _one_of(mine: list[Word], theirs: list[Word], base: list[Word]) -> list[Word] | None:
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    # Signs that both have put behind one word are no sentence.
    if not base and mine[0][0].shown.isspace() and theirs[0][0].shown.isspace():
        return theirs + mine
    return None


def _divided(letters: Sequence[Letter]) -> list[Word]:
    shown = "".join(letter.shown for letter in letters)
    return [tuple(letters[word.start() : word.end()]) for word in _WORD.finditer(shown)]


def _keys(words: Iterable[Word]) -> list[str]:
    return [re.sub(r"\s+", " ", text_of([word])) for word in words]


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while one[length : length + 1] == other[length : length + 1] != ():
        length += 1
    return one[:length]


def _name(tag: str) -> str:
    return re.match(r"<(\w+)", tag)[1]  # type: ignore[index] - tags alone are kept
