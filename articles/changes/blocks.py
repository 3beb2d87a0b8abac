"""Two sequences of paragraphs side by side: what stayed, what went, what came."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from articles.changes.alignment import alignment
from articles.changes.text import Paragraph, is_address

Kind = Literal["same", "removed", "added", "folded"]

ALIKE = 0.4  # share of words above which a paragraph is another one's new version
COMPARABLE = 100_000  # pairs of paragraphs that may be looked at for that
CONTEXT = 1  # unchanged paragraphs shown on either side of a change
EDGE = 25  # unchanged words shown on either side of a change within a long paragraph
FEWEST_FOLDED = 20  # words: leaving out less only puzzles
ISLAND = 4  # unchanged words between two changes that are read as part of them


@dataclass(frozen=True)
class Run:
    kind: Kind
    text: str
    is_address: bool = False

    @property
    def gap(self) -> str:
        """The space before its words, which no mark should cover."""
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        return self.text.lstrip()


@dataclass(frozen=True)
class Block:
    """A paragraph with its changes, or ``folded`` unchanged ones in the place of which it stands.

    ``style`` is "p", "heading", "quote", "item", "row" or "object". The runs of a folded block
    hold what is left out.
    """

    style: str
    runs: tuple[Run, ...]
    folded: int = 0

    @property
    def is_changed(self) -> bool:
        return any(run.kind in ("removed", "added") for run in self.runs)

    @property
    def is_new(self) -> bool:
        """Whether the older text has nothing of it."""
        return not self.folded and all(run.kind == "added" for run in self.runs)

    @property
    def is_gone(self) -> bool:
        return not self.folded and all(run.kind == "removed" for run in self.runs)


def compare(
    older: Sequence[Paragraph], newer: Sequence[Paragraph], *, always_pair: bool = False
) -> list[Block]:
    """Every paragraph of both, in order; ``always_pair`` when they are versions of each other."""
    blocks: list[Block] = []
    done = new_done = 0
    ends = [*alignment(older, newer), (len(older), len(newer))]
    for i, j in ends:
        gap, new_gap = older[done:i], newer[new_done:j]
        blocks += _rewritten(gap, new_gap, always_pair=always_pair)
        if i < len(older):
            blocks.append(Block(older[i].style, (Run("same", older[i].text),)))
        done, new_done = i + 1, j + 1
    return blocks


def folded(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with long unchanged stretches put away."""
    near = {
        index + distance
        for index, block in enumerate(blocks)
        if block.is_changed
        for distance in range(-CONTEXT, CONTEXT + 1)
    }
    for is_near, stretch in groupby(range(len(blocks)), lambda index: index in near):
        group = [blocks[index] for index in stretch]
        if is_near or len(group) == 1:
            yield from (Block(block.style, tuple(_fold_words(block.runs))) for block in group)
        else:
            runs = (Run("folded", run.text) for block in group for run in block.runs)
            yield Block("p", tuple(runs), folded=len(group))


def _fold_words(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        words = re.findall(r"\s*\S+", run.text)
        if run.kind != "same" or len(words) < 2 * EDGE + FEWEST_FOLDED:
            yield run
            continue
        yield Run("same", "".join(words[:EDGE]))
        yield Run("folded", "".join(words[EDGE:-EDGE]))
        yield Run("same", "".join(words[-EDGE:]))


# Paragraphs


def _rewritten(
    older: Sequence[Paragraph], newer: Sequence[Paragraph], *, always_pair: bool
) -> Iterator[Block]:
    """What stands between two unchanged paragraphs: versions of one another, or others."""
    if always_pair and len(older) == len(newer):
        pairs = [(index, index) for index in range(len(older))]
    else:
        pairs = _versions(older, newer)
    done = new_done = 0
    for i, j in [*pairs, (len(older), len(newer))]:
        for gone in older[done:i]:
            yield Block(gone.style, _trimmed(_runs("removed", gone.tokens)))
        for come in newer[new_done:j]:
            yield Block(come.style, _trimmed(_runs("added", come.tokens)))
        if i < len(older):
            yield Block(newer[j].style, _trimmed(_words(older[i], newer[j])))
        done, new_done = i + 1, j + 1


def _versions(older: Sequence[Paragraph], newer: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """The pairs, both rising, that have the most words in common altogether."""
    if len(older) * len(newer) > COMPARABLE:
        return []
    words = [_vocabulary(paragraph) for paragraph in older]
    new_words = [_vocabulary(paragraph) for paragraph in newer]
    best = [[0.0] * (len(newer) + 1) for _ in range(len(older) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for i in reversed(range(len(older))):
        for j in reversed(range(len(newer))):
            skipped = max(best[i + 1][j], best[i][j + 1])
            share = _share(words[i], new_words[j])
            if share >= ALIKE and _may_be_versions(older[i], newer[j]):
                alike[i, j] = share
                skipped = max(skipped, share + best[i + 1][j + 1])
            best[i][j] = skipped
    pairs = []
    i = j = 0
    while i < len(older) and j < len(newer):
        if (i, j) in alike and best[i][j] == alike[i, j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _may_be_versions(one: Paragraph, other: Paragraph) -> bool:
    return (one.style, one.identity) == (other.style, other.identity)


def _vocabulary(paragraph: Paragraph) -> frozenset[str]:
    return frozenset(token.strip().casefold() for token in paragraph.tokens)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (max(len(one), len(other)) or 1)


# Words


@dataclass
class _Stretch:
    """Tokens that stayed, or those that went with those that came instead."""

    same: list[str]
    removed: list[str]
    added: list[str]

    @property
    def size(self) -> int:
        return max(_letters(self.removed), _letters(self.added))


def _letters(tokens: list[str]) -> int:
    return sum(len(token) for token in tokens if not is_address(token))


def _words(older: Paragraph, newer: Paragraph) -> Iterator[Run]:
    left, right = older.tokens, newer.tokens
    if _share(_vocabulary(older), _vocabulary(newer)) < ALIKE:
        stretches = [_Stretch([], left, right)]
    else:
        stretches = _without_islands(_stretches(left, right))
    for stretch in stretches:
        yield from _runs("same", [token for token in stretch.same if not is_address(token)])
        kept = {token for token in stretch.removed if is_address(token)} & set(stretch.added)
        yield from _runs("removed", [token for token in stretch.removed if token not in kept])
        yield from _runs("added", [token for token in stretch.added if token not in kept])


def _stretches(left: list[str], right: list[str]) -> Iterator[_Stretch]:
    pairs = [(-1, -1), *alignment(left, right), (len(left), len(right))]
    same: list[str] = []
    for (i, j), (next_i, next_j) in pairwise(pairs):
        removed, added = left[i + 1 : next_i], right[j + 1 : next_j]
        if removed or added:
            if same:
                yield _Stretch(same, [], [])
            yield _Stretch([], removed, added)
            same = []
        same += left[next_i : next_i + 1]
    if same:
        yield _Stretch(same, [], [])


def _without_islands(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """A few words that happen to stay amid a rewritten passage are read with it."""
    kept: list[_Stretch] = []
    for stretch in stretches:
        change = stretch
        while not change.same and len(kept) > 1 and _is_island(kept[-2], kept[-1], change):
            island, before = kept.pop().same, kept.pop()
            change = _Stretch(
                [],
                [*before.removed, *island, *change.removed],
                [*before.added, *island, *change.added],
            )
        kept.append(change)
    return kept


def _is_island(before: _Stretch, between: _Stretch, after: _Stretch) -> bool:
    length = _letters(between.same)
    return len(between.same) <= ISLAND and length <= min(before.size, after.size)


def _runs(kind: Kind, tokens: Iterable[str]) -> Iterator[Run]:
    for address, group in groupby(tokens, is_address):
        if address:
            yield from (Run(kind, token[1:-1], is_address=True) for token in group)
        else:
            yield Run(kind, "".join(group))


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Without the space with which every paragraph's first token begins."""
    trimmed = list(runs)
    for index, run in enumerate(trimmed[:2]):
        if index == 0 or (trimmed[0].kind, run.kind) == ("removed", "added"):
            trimmed[index] = replace(run, text=run.text.lstrip())
    return tuple(trimmed)
