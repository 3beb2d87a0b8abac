"""Which items of two sequences are the same ones, found in bounded time.

difflib finds the most readable answer, but may need the cube of the length for it. It gets short
stretches only; long ones are first cut at what occurs in both of them exactly once.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

# Length times length of what difflib may compare at once: 200 words with 200 words.
MANAGEABLE = 40_000

Pair = tuple[int, int]


def alignment(older: Sequence[Hashable], newer: Sequence[Hashable]) -> list[Pair]:
    """Pairs of positions of equal items, both rising. The best ones where that can be afforded."""
    pairs: list[Pair] = []
    stretches = [(0, len(older), 0, len(newer))]
    while stretches:
        start, end, new_start, new_end = stretches.pop()
        while start < end and new_start < new_end and older[start] == newer[new_start]:
            pairs.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and older[end - 1] == newer[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            pairs.append((end, new_end))
        left, right = older[start:end], newer[new_start:new_end]
        if not left or not right:
            continue
        if len(left) * len(right) <= MANAGEABLE:
            pairs += [(start + i, new_start + j) for i, j in _compared(left, right)]
            continue
        anchors = [(start + i, new_start + j) for i, j in _anchors(left, right)]
        # Without any, a stretch this long counts as written anew.
        bounds = [*anchors, (end, new_end)] if anchors else []
        for anchor, new_anchor in bounds:
            stretches.append((start, anchor, new_start, new_anchor))
            start, new_start = anchor, new_anchor
    return sorted(pairs)


def _compared(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Pair]:
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            yield block.a + offset, block.b + offset


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """The longest rising run of items that each side has exactly once (patience diff)."""
    in_left, in_right = Counter(left), Counter(right)
    position = {item: j for j, item in enumerate(right) if in_right[item] == 1}
    pairs = [
        (i, position[item])
        for i, item in enumerate(left)
        if in_left[item] == 1 and item in position
    ]
    lowest_ends: list[int] = []
    piles: list[int] = []  # which pair ends the best run of each length
    before: list[int | None] = []
    for index, (_i, j) in enumerate(pairs):
        length = bisect_left(lowest_ends, j)
        before.append(piles[length - 1] if length else None)
        lowest_ends[length : length + 1] = [j]
        piles[length : length + 1] = [index]
    run: list[Pair] = []
    link = piles[-1] if piles else None
    while link is not None:
        run.append(pairs[link])
        link = before[link]
    return run[::-1]
