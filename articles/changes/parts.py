"""The parts of a story that readers see, and how they differ between two editions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import dates
from articles.changes.blocks import Block, compare, folded
from articles.changes.text import Paragraph, paragraphs, readable
from articles.models import CreditRole, Edition, Source
from articles.resolving import NOTHING, Resolved, naming

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Change:
    """A part of the story that differs: its name in the code and for readers, and how."""

    part: str
    label: "StrOrPromise"
    blocks: tuple[Block, ...]


def between(older: Edition, newer: Edition, objects: Resolved = NOTHING) -> list[Change]:
    """The parts that differ for readers, in the order of a story; none when nothing does.

    ``objects`` are those of both texts.
    """
    changes = []
    for part in PARTS:
        if part.name == "body":
            name = naming(objects)
            before, after = paragraphs(older.body, name), paragraphs(newer.body, name)
        else:
            before, after = list(part.read(older)), list(part.read(newer))
        if before == after:
            continue
        blocks = compare(before, after, always_pair=part.is_one_text)
        shown = folded(blocks) if part.name == "body" else blocks
        changes.append(Change(part.name, part.label, tuple(shown)))
    return changes


class _Part(NamedTuple):
    name: str
    label: "StrOrPromise"
    read: Callable[[Edition], Iterable[Paragraph]]
    is_one_text: bool = True


def _lines(*texts: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in map(readable, texts) if line)


def _labels(edition: Edition) -> Iterator[Paragraph]:
    return _lines(
        gettext("Advertorial") if edition.paid else "",
        gettext("Not yet verified") if edition.unverified else "",
    )


def _picture(edition: Edition) -> Iterator[Paragraph]:
    picture = edition.picture
    if picture:
        for line in _lines(edition.picture_caption or picture.public_name, picture.credit):
            yield Paragraph(line.marked, identity=picture.pk)


def _source(edition: Edition) -> Iterator[Paragraph]:
    if edition.source == Source.OWN:
        return _lines()
    return _lines(", ".join(filter(None, [edition.get_source_display(), edition.source_name])))


def _credits(edition: Edition) -> Iterator[Paragraph]:
    for byline in edition.bylines:
        role = CreditRole(byline["role"]).label
        yield Paragraph(readable(f"{role}: {byline['name']}"), "item")


def _topics(edition: Edition) -> Iterator[Paragraph]:
    return (Paragraph(readable(tag["name"]), "item") for tag in edition.tags)


PARTS = (
    _Part("labels", _("labels"), _labels, is_one_text=False),
    _Part("section", _("section"), lambda edition: _lines(str(edition.section))),
    _Part("kicker", _("kicker"), lambda edition: _lines(edition.kicker)),
    _Part("headline", _("headline"), lambda edition: _lines(edition.headline)),
    _Part("summary", _("summary"), lambda edition: _lines(edition.summary)),
    _Part("picture", _("lead picture"), _picture, is_one_text=False),
    _Part(
        "date",
        _("printed date"),
        lambda edition: _lines(dates.printed_stamp(edition.first_published, edition.bureau)),
    ),
    _Part("source", _("source"), _source),
    _Part("dateline", _("dateline"), lambda edition: _lines(edition.dateline)),
    _Part("body", _("text"), lambda edition: paragraphs(edition.body), is_one_text=False),
    _Part("topics", _("topics"), _topics, is_one_text=False),
    _Part("credits", _("credits"), _credits, is_one_text=False),
)
