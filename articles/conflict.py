"""Two texts of one story, of two people: where they differ, and one text of what is chosen."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import merged_words
from articles.body import sanitise
from articles.changes.blocks import Block, compare, folded
from articles.changes.text import Paragraph, paragraphs, readable
from articles.conflict_body import Part, body_parts, chosen_blocks, sides, takes_away
from articles.merged_body import BOTH, COMBINED, MINE, THEIRS, Merge
from articles.models import Article, CreditRole, Picture, Section, Source
from articles.objects import Placeholder
from articles.resolving import naming, resolve
from articles.typed import MARKS, Typed
from bureaus.models import Author, Bureau, User

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


def parts(mine: Typed, theirs: Typed, base: Typed, user: User) -> list[Part]:
    """Where the texts differ, in the order of a story; ``base`` is what both began with."""
    shown = _Shown(user)
    found: list[Part] = []
    for name in PARTS:
        if name == "body":
            found += body_parts(_merge(mine, theirs, base), shown.object_in(mine, theirs))
            continue
        ours, other, before = (_value(typed, name) for typed in (mine, theirs, base))
        if ours == other:
            continue
        left, right = list(shown.lines(name, mine)), list(shown.lines(name, theirs))
        suggested = {before == ours: THEIRS, before == other: MINE}.get(True, "")
        both = _both(name, mine, theirs)
        found.append(
            Part(
                name,
                label_of(name),
                *sides(left, right),
                suggested,
                _combined(name, ours, other, before) if name in BETWEEN else None,
                offers_both=not suggested and len(both) > max(len(ours), len(other)),
                takes_away=_takes_away(name, {MINE: left, THEIRS: right}, suggested),
            )
        )
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

    ``chosen`` has MINE, THEIRS, BOTH or COMBINED by the name of the part and, for COMBINED, the
    text by the name with "-text".
    """
    values = dict(theirs.values)
    for name in theirs.values:
        if chosen.get(name) == MINE:
            values[name] = mine.values[name]
        elif chosen.get(name) == COMBINED:
            values[name] = chosen.get(f"{name}-text", "")
    merge = _merge(mine, theirs, base)
    named = partial(_Shown.object_in, mine, theirs)
    values["body"] = merge.body(chosen_blocks(merge, chosen, cache(named)))
    return replace(
        theirs,
        values=values,
        topics=_chosen_list("topics", mine, theirs, chosen),
        credits=_chosen_list("credits", mine, theirs, chosen),
    )


def _chosen_list(name: str, mine: Typed, theirs: Typed, chosen: Mapping[str, str]):
    choice = chosen.get(name)
    both = _both(name, mine, theirs) if choice == BOTH else ()
    return both or getattr(mine if choice == MINE else theirs, name)


def _both(name: str, mine: Typed, theirs: Typed) -> tuple:
    """The topics, or the credits, of both; nothing where they cannot stand together."""
    if name == "topics":
        topics = {topic.casefold(): topic for topic in (*mine.topics, *theirs.topics)}
        return tuple(sorted(topics.values(), key=str.casefold))
    if name == "credits":
        lines = tuple(dict.fromkeys((*theirs.credits, *mine.credits)))
        # Nobody is credited twice.
        return lines if len(dict(lines)) == len(lines) else ()
    return ()


def _takes_away(name: str, lines: Mapping[str, list[Paragraph]], taken: str) -> bool:
    if name in ("topics", "credits"):
        return takes_away(lines, taken)
    # Words that are others now are a new version of them; another picture is none.
    refused = lines[THEIRS if taken == MINE else MINE]
    return bool(taken and refused) and (name == "picture" or not lines[taken])


def adds_nothing(mine: Typed, theirs: Typed, base: Typed) -> bool:
    """Whether their text already has whatever mine has changed since both began with ``base``.

    The merge of both is then theirs to the letter: there is nothing to choose.
    """
    for name in changed(mine, theirs):
        if name != "body" and _value(mine, name) != _value(base, name):
            return False
    return all(change.suggested == THEIRS for change in _merge(mine, theirs, base).changes)


def stamp(mine: Typed, theirs: Typed, found: list[Part]) -> str:
    """What a page of choices was about: a choice made for other texts, or of objects that were
    called otherwise, is none for these."""
    texts = [[side.values, side.topics, side.credits] for side in (mine, theirs)]
    both = json.dumps([*texts, [part.combined for part in found]])
    return hashlib.sha256(both.encode()).hexdigest()[:32]


def _merge(mine: Typed, theirs: Typed, base: Typed) -> Merge:
    return Merge(*(typed.values["body"] for typed in (mine, theirs, base)))


def _value(typed: Typed, name: str):
    if name == "topics":
        return tuple(topic.casefold() for topic in typed.topics)
    return typed.credits if name == "credits" else typed.values[name]


def label_of(name: str) -> str | Promise:
    """What a part is called on the story form."""
    if name in LABELS:
        return LABELS[name]
    return capfirst(Article._meta.get_field(name).verbose_name)


def _combined(name: str, mine: str, theirs: str, base: str) -> str:
    if base in (mine, theirs):
        return theirs if base == mine else mine
    words = merged_words.merged(*map(merged_words.plain_words, (mine, theirs, base)))
    if words is not None:
        return merged_words.text_of(words)
    return BETWEEN[name].join(filter(None, (mine, theirs)))


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
