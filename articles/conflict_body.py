"""The body on the page of two texts: its parts as people see them, and what was chosen of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext

from articles.changes.blocks import Block, Run, compare
from articles.changes.text import Paragraph, paragraphs
from articles.merged_body import (
    BOTH,
    COMBINED,
    MINE,
    THEIRS,
    Blocks,
    Change,
    Merge,
    rewritten,
    written,
)  # fmt: skip
from articles.objects import Placeholder

# What a text out of both keeps as long as nobody writes in it.
_NO_PARAGRAPH = re.compile(r"<(?!/?(?:p|br)\b)")

Naming = Callable[[Placeholder], str]


@dataclass(frozen=True)
class Part:
    """One place where the texts differ; the blocks mark what the other one does not have.

    ``suggested`` is the side that alone was changed since both began, "" where both were.
    ``combined`` is what a text out of both may start from, None where there cannot be one: the
    changes of both, or both of them where both were changed, else the one that was.
    ``takes_away``: whether what is suggested leaves something out that the other one has.
    """

    name: str
    label: str | Promise
    mine: list[Block]
    theirs: list[Block]
    suggested: str
    combined: str | None = None
    offers_both: bool = False
    takes_away: bool = False
    has_more_than_words: bool = False

    @property
    def choices(self) -> list[str]:
        offered = {MINE: True, THEIRS: True, BOTH: self.offers_both}
        offered[COMBINED] = self.combined is not None
        return [choice for choice, is_offered in offered.items() if is_offered]


def body_parts(merge: Merge, name: Naming) -> Iterator[Part]:
    """What is to be decided about the body; ``name`` says what a person sees of an object."""
    for number, change in enumerate(merge.changes):
        lines = {
            side: _lines(chain.from_iterable(change.of(side)), name) for side in (MINE, THEIRS)
        }
        combined = change.combined
        yield Part(
            f"body-{number}",
            _label([place.number for place in change.places if not place.is_agreed]),
            *_places(merge, change, name),
            change.suggested,
            None if combined is None else written(combined, _lines_as_text(name)),
            offers_both=change.offers_both,
            takes_away=takes_away(lines, change.suggested),
            has_more_than_words=any(map(_NO_PARAGRAPH.search, combined or [])),
        )


def chosen_blocks(
    merge: Merge, chosen: Mapping[str, str], naming: Callable[[], Naming]
) -> Iterator[tuple[Change, list[Blocks]]]:
    """Each change with its blocks, place by place; THEIRS where nothing is chosen."""
    for number, change in enumerate(merge.changes):
        choice = chosen.get(f"body-{number}")
        if choice == COMBINED and change.combined is not None:
            text = chosen.get(f"body-{number}-text", "")
            yield change, [rewritten(change.combined, text, _lines_as_text(naming()))]
        else:
            yield change, change.of(choice if choice in (MINE, BOTH) else THEIRS)


def sides(mine: list[Paragraph], theirs: list[Paragraph]) -> tuple[list[Block], list[Block]]:
    """Both sides of one place, each with its own words marked as added."""
    blocks = compare(mine, theirs, always_pair=len(mine) == len(theirs))
    return list(_side(blocks, "removed")), list(_side(blocks, "added"))


def takes_away(lines: Mapping[str, list[Paragraph]], taken: str) -> bool:
    """Whether the side that is ``taken`` has no version of a line that stands on the other.

    What has moved is still there.
    """
    if not taken:
        return False
    there = {line.text for line in lines[taken]}
    blocks = compare(lines[THEIRS if taken == MINE else MINE], lines[taken])
    gone = (block for block in blocks if block.is_gone)
    return any("".join(run.text for run in block.runs) not in there for block in gone)


def _label(places: list[int]) -> str:
    first, *more = (place + 1 for place in dict.fromkeys(places))
    if not more:
        return gettext("Text, paragraph %(number)d") % {"number": first}
    numbers = get_text_list([first, *more], gettext("and"))
    return gettext("Text, paragraphs %(numbers)s") % {"numbers": numbers}


def _places(merge: Merge, change: Change, name: Naming) -> tuple[list[Block], list[Block]]:
    """Both sides of a change, with what stands between its places folded."""
    left: list[Block] = []
    right: list[Block] = []
    before = None
    for at, place in zip(change.at, change.places, strict=True):
        if place.is_agreed:
            continue
        if before is not None and (count := merge.paragraphs_between(before, at)):
            between = Block("p", (), folded=count)
            left.append(between)
            right.append(between)
        mine, theirs = sides(_lines(place.mine, name), _lines(place.theirs, name))
        left += mine
        right += theirs
        before = at
    return left, right


def _lines(blocks: Iterable[str], name: Naming) -> list[Paragraph]:
    # A table in which nothing stands yet is there all the same.
    empty = [Paragraph(f"[{gettext('Table')}]", "object")]
    return [line for block in blocks for line in paragraphs(block, name) or empty]


def _lines_as_text(name: Naming) -> Callable[[str], list[str]]:
    return lambda block: [" ".join(line.text.split()) for line in _lines([block], name)]


def _side(blocks: list[Block], kind: str) -> Iterator[Block]:
    for block in blocks:
        runs = tuple(
            Run("added" if run.kind == kind else "same", run.text, run.is_address)
            for run in block.runs
            if run.kind in ("same", kind)
        )
        if runs:
            yield Block(block.style, runs)
