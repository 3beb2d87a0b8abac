"""Two bodies of one story beside the one that both began with: what is to be decided, and one
body of what was decided.

Paragraphs, lists, tables and objects are blocks, each taken whole. What stands between two blocks
that all three have is a place. Places that share a block are decided in one: the block has moved
from one to the other, and must neither vanish nor stand twice.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

from django.utils.html import escape

from articles import merged_words
from articles.body import sanitise
from articles.changes.alignment import alignment
from articles.changes.blocks import ALIKE

MINE, THEIRS, BOTH, COMBINED = "mine", "theirs", "both", "combined"
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>')

Blocks = list[str]
# The lines in which a person reads a block.
Lines = Callable[[str], list[str]]


@dataclass(frozen=True)
class Place:
    """What stands in each text between two blocks where all agree; ``number`` counts in theirs."""

    mine: Blocks
    theirs: Blocks
    base: Blocks
    number: int

    @property
    def is_agreed(self) -> bool:
        return self.mine == self.theirs

    @property
    def is_untouched(self) -> bool:
        return self.mine == self.theirs == self.base


@dataclass(frozen=True)
class Change:
    """What is decided in one; ``at`` are the positions of its places in the body."""

    at: tuple[int, ...]
    places: tuple[Place, ...]

    @property
    def suggested(self) -> str:
        """The side that alone has changed something, "" where both have."""
        if all(place.mine == place.base for place in self.places):
            return THEIRS
        return MINE if all(place.theirs == place.base for place in self.places) else ""

    def of(self, side: str) -> list[Blocks]:
        """The blocks of MINE, THEIRS or BOTH, place by place."""
        if side == BOTH:
            return self._both()
        return [place.mine if side == MINE else place.theirs for place in self.places]

    @property
    def offers_both(self) -> bool:
        sides = [self.of(MINE), self.of(THEIRS)]
        return not self.suggested and all(map(any, sides)) and self.of(BOTH) not in sides

    def _both(self) -> list[Blocks]:
        """Theirs, then mine; what both have stands once, where it was moved to. A paragraph to
        which both have but added words stands once, too."""
        if len(self.places) == 1 and (one := _one_paragraph(self.places[0], words_stay=True)):
            return [[one]]
        stands = {block: self._stands(block) for block in chain(*self.of(MINE), *self.of(THEIRS))}
        found = []
        for number, place in enumerate(self.places):
            woven = _woven(place.theirs, place.mine)
            found.append([block for block in woven if number in stands[block]])
        return found

    def _stands(self, block: str) -> set[int]:
        mine, theirs, base = (
            {number for number, place in enumerate(self.places) if block in getattr(place, side)}
            for side in (MINE, THEIRS, "base")
        )
        return mine if not theirs or (theirs <= base and mine - base) else theirs

    @property
    def combined(self) -> Blocks | None:
        """What a text out of both may start from: one paragraph where both have changed other
        words of it. None for several places, which no single text can fill."""
        if len(self.places) > 1:
            return None
        (blocks,) = self.of(self.suggested or BOTH)
        if not self.suggested and (one := _one_paragraph(self.places[0])):
            return [one]
        return blocks


class Merge:
    """``mine`` and ``theirs``, both sanitised, began with ``base``."""

    def __init__(self, mine: str, theirs: str, base: str):
        self.places = list(_places(top_blocks(mine), top_blocks(theirs), top_blocks(base)))
        self.changes = list(_changes(self.places))

    def paragraphs_between(self, one: int, other: int) -> int:
        """How many blocks, the same in all texts, stand between the places of two positions."""
        between = self.places[one + 1 : other]
        return sum(len(place.theirs) for place in between if place.is_untouched)

    def body(self, pieces: Iterable[tuple[Change, list[Blocks]]]) -> str:
        """One body, of what was chosen for each place of each change."""
        found = {number: place.theirs for number, place in enumerate(self.places)}
        for change, blocks in pieces:
            found.update(zip(change.at, blocks, strict=True))
        return sanitise("\n".join(chain.from_iterable(found.values())))


def top_blocks(html: str) -> Blocks:
    """The paragraphs, lists and tables of a sanitised body, each whole."""
    found, depth, start = [], 0, 0
    for tag in _TAG.finditer(html):
        if tag[2] == "br":
            continue
        if depth == 0 and not tag[1]:
            found.append(html[start : tag.start()])
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    found.append(html[start:])
    return [block.strip() for block in found if block.strip()]


def written(blocks: Blocks, lines_of: Lines) -> str:
    """The blocks as a text in which somebody can write; a list or a table has a line for each of
    its own."""
    return "\n\n".join("\n".join(lines_of(block)) for block in blocks)


def rewritten(blocks: Blocks, text: str, lines_of: Lines) -> Blocks:
    """The blocks that ``text`` makes of these: whatever still stands there as ``written`` is as it
    was, other lines are paragraphs, in which the words that stayed keep their links and marks."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    left = [(lines_of(block), block) for block in blocks]
    found: list[tuple[str, bool]] = []  # and whether it is new
    while lines:
        same = [each for each in left if lines[: len(each[0])] == each[0]]
        there = max(same, key=lambda each: len(each[0]), default=None)
        if there:
            left.remove(there)
            found.append((there[1], False))
            del lines[: len(there[0])]
        else:
            found.append((lines.pop(0), True))
    changed = [paragraph for _lines, block in left if (paragraph := merged_words.words_of(block))]
    return [_paragraph(piece, changed) if is_new else piece for piece, is_new in found]


def _paragraph(line: str, changed: list[tuple[str, list[merged_words.Word]]]) -> str:
    """The line as a new version of one of these, which is then taken, or as a paragraph."""
    words = merged_words.plain_words(line)
    alike = [merged_words.share(old, words) for _tag, old in changed]
    if max(alike, default=0) < ALIKE:
        return f"<p>{escape(line)}</p>"
    number = alike.index(max(alike))
    tag, old = changed.pop(number)
    return merged_words.html_of(tag, merged_words.retyped(old, line))


def _woven(theirs: Blocks, mine: Blocks) -> Iterator[str]:
    """Theirs, then mine, between any two blocks that both have."""
    there = set(theirs)
    done = mine_done = 0
    for i, j in [*alignment(theirs, mine), (len(theirs), len(mine))]:
        yield from theirs[done:i]
        yield from (block for block in mine[mine_done:j] if block not in there)
        yield from theirs[i : i + 1]
        done, mine_done = i + 1, j + 1


def _one_paragraph(place: Place, *, words_stay: bool = False) -> str | None:
    """One paragraph with the changes of both; ``words_stay`` for none that lacks a word of them."""
    if not len(place.mine) == len(place.theirs) == len(place.base) == 1:
        return None
    texts = [merged_words.words_of(each) for each in (*place.mine, *place.theirs, *place.base)]
    tags = {text[0] for text in texts if text}
    words = merged_words.merged(*(text[1] for text in texts if text)) if all(texts) else None
    if not words or len(tags) > 1:
        return None
    if words_stay and not all(Counter(text[1]) <= Counter(words) for text in texts[:2] if text):
        return None
    return merged_words.html_of(tags.pop(), words)


# Places, and those that belong together


def _places(left: Blocks, right: Blocks, old: Blocks) -> Iterator[Place]:
    """In the way of diff3."""
    in_left, in_right = dict(alignment(old, left)), dict(alignment(old, right))
    kept = [(n, in_left[n], in_right[n]) for n in range(len(old)) if n in in_left and n in in_right]
    done = left_done = right_done = 0
    for n, i, j in [*kept, (len(old), len(left), len(right))]:
        yield from _divided(Place(left[left_done:i], right[right_done:j], old[done:n], right_done))
        if n < len(old):
            yield Place([old[n]], [old[n]], [old[n]], j)
        done, left_done, right_done = n + 1, i + 1, j + 1


def _divided(place: Place) -> Iterator[Place]:
    """Block by block where each text has as many; what both have added is agreed."""
    mine, theirs, base, number = place.mine, place.theirs, place.base, place.number
    if place.is_agreed:
        yield place
    elif len(mine) == len(theirs) == len(base):
        for each, (one, other, old) in enumerate(zip(mine, theirs, base, strict=True), number):
            yield Place([one], [other], [old], each)
    elif not base:
        done = other_done = 0
        for i, j in [*alignment(mine, theirs), (len(mine), len(theirs))]:
            yield Place(mine[done:i], theirs[other_done:j], [], number + other_done)
            yield Place(mine[i : i + 1], theirs[j : j + 1], [], number + j)
            done, other_done = i + 1, j + 1
    else:
        start = _alike(mine, theirs)
        end = _alike(mine[start:][::-1], theirs[start:][::-1])
        to, other_to = len(mine) - end, len(theirs) - end
        middle = Place(mine[start:to], theirs[start:other_to], base, number + start)
        yield Place(mine[:start], theirs[:start], [], number)
        yield from _divided(middle) if start or end else [middle]
        yield Place(mine[to:], theirs[other_to:], [], number + other_to)


def _alike(one: Blocks, other: Blocks) -> int:
    """With how many blocks both begin."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _changes(places: Sequence[Place]) -> Iterator[Change]:
    groups: dict[int, list[int]] = {}  # by the first of each
    group_of: dict[str, int] = {}
    for number, place in enumerate(places):
        if place.is_untouched:
            continue
        blocks = {*place.mine, *place.theirs, *place.base}
        shared = sorted({group_of[block] for block in blocks if block in group_of})
        first = shared[0] if shared else number
        members = [each for group in shared for each in groups.pop(group)]
        groups[first] = [*members, number]
        group_of |= dict.fromkeys(blocks, first)
        if len(shared) > 1:
            group_of = {block: first if of in shared else of for block, of in group_of.items()}
    for _first, numbers in sorted(groups.items()):
        numbers.sort()
        if not all(places[number].is_agreed for number in numbers):
            yield Change(tuple(numbers), tuple(places[number] for number in numbers))
