"""Two texts of one story, of two people: where they differ, and one text of what is chosen."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.body import plain_text, sanitise
from articles.changes.alignment import alignment
from articles.changes.blocks import Block, Run, compare, folded
from articles.changes.text import Paragraph, paragraphs, readable
from articles.models import Article, CreditRole, Picture, Section, Source
from articles.objects import Placeholder
from articles.resolving import naming, resolve
from articles.typed import MARKS, Typed
from bureaus.models import Author, Bureau, User

MINE, THEIRS, BOTH = "mine", "theirs", "both"
# In the order of a story, as the form has it.
PARTS = (
    "kicker", "headline", "picture", "picture_caption", "dateline", "body", "summary", "credits",
    "section", "topics", "source", "source_name", "bureau", *MARKS, "embargo", "slug",
)  # fmt: skip
LABELS = {"topics": _("Topics"), "credits": _("Credits"), "embargo": _("Embargo until")}
# Fields in which somebody may write a text out of both, and what stands between the two at first.
BETWEEN = dict.fromkeys(
    ("kicker", "headline", "picture_caption", "dateline", "source_name"), " / "
) | {"summary": "\n"}
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>')
# Where words of both are written together there is no place for these.
_NO_PARAGRAPH = re.compile(r"<(?!/?(?:p|br)\b)")


@dataclass(frozen=True)
class Part:
    """One place where the texts differ; the blocks mark what the other one does not have.

    ``suggested`` is the side that alone was changed since both began, "" where both were.
    ``combined`` is what a text out of both may start from, None where there cannot be one: both of
    them where both were changed, else the one that was.
    """

    name: str
    label: str | Promise
    mine: list[Block]
    theirs: list[Block]
    suggested: str
    combined: str | None = None
    keeps_words_only: bool = False


def parts(mine: Typed, theirs: Typed, base: Typed, user: User) -> list[Part]:
    """Where the texts differ, in the order of a story; ``base`` is what both began with."""
    shown = _Shown(user)
    found: list[Part] = []
    for name in PARTS:
        if name == "body":
            bodies = (typed.values["body"] for typed in (mine, theirs, base))
            found += _body_parts(*bodies, shown.object_in(mine, theirs))
            continue
        ours, other, before = (_value(typed, name) for typed in (mine, theirs, base))
        if ours == other:
            continue
        left, right = list(shown.lines(name, mine)), list(shown.lines(name, theirs))
        suggested = {before == ours: THEIRS, before == other: MINE}.get(True, "")
        combined = _combined([ours], [other], suggested, BETWEEN[name]) if name in BETWEEN else None
        found.append(_part(name, label_of(name), left, right, suggested, combined))
    return found


@dataclass(frozen=True)
class Difference:
    """A part that one text says otherwise than the other, in one: what goes and what comes."""

    name: str
    label: str | Promise
    blocks: list[Block]


def changed(mine: Typed, stored: Typed) -> list[str]:
    """The names of the parts that differ, in the order of a story; asks the database nothing."""
    return [name for name in PARTS if _value(mine, name) != _value(stored, name)]


def differences(mine: Typed, stored: Typed, user: User) -> list[Difference]:
    """What would change if one's own text took the place of the stored one."""
    shown = _Shown(user)
    found = []
    for name in changed(mine, stored):
        if name == "body":
            object_name = shown.object_in(mine, stored)
            lines = [paragraphs(typed.values[name], object_name) for typed in (stored, mine)]
            found.append(Difference(name, label_of(name), list(folded(compare(*lines)))))
        else:
            lines = [list(shown.lines(name, typed)) for typed in (stored, mine)]
            found.append(Difference(name, label_of(name), compare(*lines, always_pair=True)))
    return found


def merged(mine: Typed, theirs: Typed, base: Typed, chosen: Mapping[str, str]) -> Typed:
    """One text: theirs, with what is chosen of mine and what was written anew.

    ``chosen`` has MINE, THEIRS or BOTH by the name of the part and, for BOTH, the text by the
    name with "-text".
    """
    values = dict(theirs.values)
    for name in theirs.values:
        if chosen.get(name) == MINE:
            values[name] = mine.values[name]
        elif chosen.get(name) == BOTH:
            values[name] = chosen.get(f"{name}-text", "")
    bodies = (typed.values["body"] for typed in (mine, theirs, base))
    values["body"] = _merged_body(*bodies, chosen)
    return replace(
        theirs,
        values=values,
        topics=mine.topics if chosen.get("topics") == MINE else theirs.topics,
        credits=mine.credits if chosen.get("credits") == MINE else theirs.credits,
    )


def adds_nothing(mine: Typed, theirs: Typed, base: Typed) -> bool:
    """Whether their text already has whatever mine has changed since both began with ``base``.

    The merge of both is then theirs to the letter: there is nothing to choose.
    """
    for name in changed(mine, theirs):
        if name != "body" and _value(mine, name) != _value(base, name):
            return False
    hunks = _hunks(*(typed.values["body"] for typed in (mine, theirs, base)))
    return all(hunk.suggested == THEIRS for hunk in hunks if isinstance(hunk, _Hunk))


def stamp(mine: Typed, theirs: Typed) -> str:
    """What a page of choices was about: a choice made for other texts is none for these."""
    both = json.dumps([[side.values, side.topics, side.credits] for side in (mine, theirs)])
    return hashlib.sha256(both.encode()).hexdigest()[:32]


def _value(typed: Typed, name: str):
    if name == "topics":
        return tuple(topic.casefold() for topic in typed.topics)
    return typed.credits if name == "credits" else typed.values[name]


def label_of(name: str) -> str | Promise:
    """What a part is called on the story form."""
    if name in LABELS:
        return LABELS[name]
    return capfirst(Article._meta.get_field(name).verbose_name)


def _part(name, label, left, right, suggested, combined=None, **more) -> Part:
    """Both sides of one place, each with its own words marked as added."""
    blocks = compare(left, right, always_pair=len(left) == len(right))
    return Part(
        name,
        label,
        list(_side(blocks, "removed")),
        list(_side(blocks, "added")),
        suggested,
        combined,
        **more,
    )


def _combined(ours: list[str], other: list[str], suggested: str, between: str) -> str:
    lines = {MINE: ours, THEIRS: other}.get(suggested, [*ours, *other])
    # What both say stands there once.
    return between.join(line for line in dict.fromkeys(lines) if line)


def _side(blocks: list[Block], kind: str) -> Iterator[Block]:
    for block in blocks:
        runs = tuple(
            Run("added" if run.kind == kind else "same", run.text, run.is_address)
            for run in block.runs
            if run.kind in ("same", kind)
        )
        if runs:
            yield Block(block.style, runs)


# The body, paragraph by paragraph


@dataclass(frozen=True)
class _Hunk:
    """What stands in each text between two places where all agree; ``place`` counts in theirs."""

    mine: list[str]
    theirs: list[str]
    base: list[str]
    place: int

    @property
    def suggested(self) -> str:
        return {self.mine == self.base: THEIRS, self.theirs == self.base: MINE}.get(True, "")


def top_blocks(html: str) -> list[str]:
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


def _hunks(mine: str, theirs: str, base: str) -> Iterator[_Hunk | list[str]]:
    """What differs, and between that the blocks that are the same (the way of diff3)."""
    left, right, old = top_blocks(mine), top_blocks(theirs), top_blocks(base)
    in_left, in_right = dict(alignment(old, left)), dict(alignment(old, right))
    kept = [(n, in_left[n], in_right[n]) for n in range(len(old)) if n in in_left and n in in_right]
    done = left_done = right_done = 0
    for n, i, j in [*kept, (len(old), len(left), len(right))]:
        hunk = _Hunk(left[left_done:i], right[right_done:j], old[done:n], right_done)
        yield from _paired(hunk)
        if n < len(old):
            yield [right[j]]
        done, left_done, right_done = n + 1, i + 1, j + 1


def _paired(hunk: _Hunk) -> Iterator[_Hunk | list[str]]:
    """Paragraph by paragraph where each text has as many."""
    if len(hunk.mine) != len(hunk.theirs) or len(hunk.base) not in (0, len(hunk.mine)):
        yield hunk
        return
    for number, (mine, theirs) in enumerate(zip(hunk.mine, hunk.theirs, strict=True)):
        if mine == theirs:
            yield [theirs]
        else:
            base = hunk.base[number : number + 1]
            yield _Hunk([mine], [theirs], base, hunk.place + number)


def _body_parts(
    mine: str, theirs: str, base: str, object_name: Callable[[Placeholder], str]
) -> Iterator[Part]:
    hunks = [hunk for hunk in _hunks(mine, theirs, base) if isinstance(hunk, _Hunk)]
    for number, hunk in enumerate(hunks):
        left = [line for block in hunk.mine for line in paragraphs(block, object_name)]
        right = [line for block in hunk.theirs for line in paragraphs(block, object_name)]
        ours, other = ([plain_text(block) for block in side] for side in (hunk.mine, hunk.theirs))
        alone = {MINE: hunk.mine, THEIRS: hunk.theirs}
        taken = alone.get(hunk.suggested, [*hunk.mine, *hunk.theirs])
        label = gettext("Text, paragraph %(number)d") % {"number": hunk.place + 1}
        yield _part(
            f"body-{number}",
            label,
            left,
            right,
            hunk.suggested,
            _combined(ours, other, hunk.suggested, "\n\n"),
            keeps_words_only=any(map(_NO_PARAGRAPH.search, taken)),
        )


def _merged_body(mine: str, theirs: str, base: str, chosen: Mapping[str, str]) -> str:
    pieces: list[str] = []
    number = 0
    for hunk in _hunks(mine, theirs, base):
        if isinstance(hunk, list):
            pieces += hunk
            continue
        choice = chosen.get(f"body-{number}")
        if choice == BOTH:
            text = chosen.get(f"body-{number}-text", "").replace("\r\n", "\n")
            lines = (" ".join(line.split()) for line in re.split(r"\n\s*\n", text))
            pieces += [f"<p>{escape(line)}</p>" for line in lines if line]
        else:
            pieces += hunk.mine if choice == MINE else hunk.theirs
        number += 1
    return sanitise("\n".join(pieces))


# What a choice is called


class _Shown:
    """The lines of a part, as people call what its values stand for."""

    def __init__(self, user: User):
        self.user = user

    @staticmethod
    def object_in(*texts: Typed) -> Callable[[Placeholder], str]:
        """How an object in one of these texts is called: in brackets, amid the words."""
        name = naming(resolve(*(sanitise(text.values["body"]) for text in texts)))
        return lambda placeholder: f"[{name(placeholder)}]"

    def lines(self, name: str, typed: Typed) -> Iterator[Paragraph]:
        if name == "credits":
            yield from (Paragraph(readable(line), "item") for line in self._credits(typed))
        elif name == "topics":
            yield from (Paragraph(readable(topic), "item") for topic in typed.topics)
        elif text := readable(self._text(name, typed.values[name])):
            yield Paragraph(text)

    def _text(self, name: str, value: str) -> str:
        if name in MARKS:
            return gettext("Yes") if value else gettext("No")
        if name in _NAMES and value:
            return _NAMES[name](value, self.user)
        return value

    @staticmethod
    def _credits(typed: Typed) -> Iterator[str]:
        ids = [author for author, _role in typed.credits if author.isdecimal()]
        names = {str(author.pk): author.name for author in Author.objects.filter(pk__in=ids)}
        roles = dict(CreditRole.choices)
        for author, role in typed.credits:
            yield f"{roles.get(role, role)}: {names.get(author, '#' + author)}"


def _picture(value: str, user: User) -> str:
    found = Picture.objects.for_user(user).filter(pk=value) if value.isdecimal() else ()
    return next(map(str, found), f"#{value}")


def _row_of(model) -> Callable[[str, User], str]:
    def name(value: str, user: User) -> str:
        found = model.objects.filter(pk=value).first() if value.isdecimal() else None
        return str(found) if found else f"#{value}"

    return name


_NAMES: dict[str, Callable[[str, User], str]] = {
    "section": _row_of(Section),
    "bureau": _row_of(Bureau),
    "picture": _picture,
    "source": lambda value, user: str(dict(Source.choices).get(value, value)),
}
