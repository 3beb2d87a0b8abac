"""What became of a story after its publication: its editions and notices, as readers see them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from articles import changes, resolving
from articles.models import Edition, Notice

Line = dict[str, Any]

UPDATES = (Edition.Kind.UPDATE, Edition.Kind.CORRECTION)


def notices_of(edition: Edition) -> list[Line]:
    """The notices that readers may see, newest first, with real times and labels.

    ``edition`` comes from ``Edition.objects.with_record()``, here and below.
    """
    return _moments(edition.shown_notices, Notice.Kind)  # type: ignore[attr-defined]


def editions_of(edition: Edition) -> list[Line]:
    """The editions, newest first; each with its words for readers and, if new, its own date."""
    corrections = {
        notice["edition"]: notice["text"]
        for notice in edition.shown_notices  # type: ignore[attr-defined]
        if notice["kind"] == Notice.Kind.CORRECTION
    }
    history = _moments(edition.history, Edition.Kind)  # type: ignore[attr-defined]
    before = None
    for line in reversed(history):
        line["note"] = corrections.get(line["number"], line["note"])
        dated = line["backdated_to"]
        # Later editions keep the date that an earlier one set.
        line["dated"] = datetime.fromisoformat(dated) if dated and dated != before else None
        before = dated
    return history


def updated(history: Sequence[Line]) -> datetime | None:
    """When the story last came to say something else; a new printed date does not."""
    return next((line["since"] for line in history if line["kind"] in UPDATES), None)


def steps(
    history: Sequence[Line], notices: Sequence[Line], editions: Sequence[Edition]
) -> list[Line]:
    """Each edition and each notice that came without one, newest first.

    ``editions`` are those that may be compared: each of them but the oldest tells its ``changes``
    from the one before it.
    """
    objects = resolving.resolve(*(edition.body for edition in editions))
    forerunners = {newer.number: (older, newer) for older, newer in pairwise(editions)}
    told = [line | {"changes": None} for line in notices if line["edition"] is None]
    for line in history:
        pair = forerunners.get(line["number"])
        told.append(line | {"changes": changes.between(*pair, objects) if pair else None})
    return sorted(told, key=lambda line: line["since"], reverse=True)


def _moments(lines: Sequence[Line], kinds: Any) -> list[Line]:
    """Lines that came as JSON, with real times and with the label of their kind."""
    return [
        line | {"since": datetime.fromisoformat(line["since"]), "label": kinds(line["kind"]).label}
        for line in lines
    ]
