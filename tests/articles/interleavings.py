"""A story, two people at it, and what has to be true whatever they do in whatever order.

``replay`` and ``MOVES`` are written by hand, from the words of the workflow and not from its code.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from articles import publication, record
from articles.models import Article, Notice, Stage

ANY = frozenset(Stage.values)
SAME = ""
# Verb as logged: the stages in which it may happen, and the stage after it.
MOVES = {
    "submit": ({"draft"}, "submitted"),
    "withdraw": ({"submitted"}, "draft"),
    "claim": ({"submitted"}, "in_review"),
    "release": ({"in_review"}, "submitted"),
    "take_over": ({"in_review"}, SAME),
    "send_back": ({"in_review", "approved"}, "draft"),
    "approve": ({"in_review", "approved"}, "approved"),
    "publish": ({"approved"}, SAME),
    "schedule": (ANY, SAME),
    "unschedule": (ANY, SAME),
    "update": ({"approved"}, SAME),
    "correct": ({"approved"}, SAME),
    "reopen": ({"approved"}, "draft"),
    "backdate": (ANY, SAME),
    "retract": (ANY, SAME),
    "confirm_retraction": (ANY, "draft"),
    "decline_retraction": (ANY, SAME),
    "place": (ANY, SAME),
    "unplace": (ANY, SAME),
    "spike": ({"draft"}, SAME),
    "revive": ({"draft"}, SAME),
    "discard": ({"draft"}, SAME),
    "set": (ANY, SAME),
}
# Done to a text that the person has to have read.
ABOUT_A_TEXT = {"submit", "approve", "publish", "schedule", "update", "correct"}


class Violation(AssertionError):
    """Something that must never be so."""


def demand(truth: object, what: str) -> None:
    if not truth:
        raise Violation(what)


# What the database says


@dataclass
class Found:
    """Everything that is kept of one story, as plain values."""

    row: dict
    revisions: list[dict]
    events: list[dict]
    editions: list[dict]
    notices: list[dict]

    @classmethod
    def of(cls, story: Article) -> "Found":
        return cls(
            Article.objects.values().get(pk=story.pk),
            list(story.revisions.order_by("number").values("number", "content", "saved_by")),
            list(story.events.order_by("id").values()),
            list(story.editions.order_by("number").values("number", "version", "live", "kind")),
            list(story.notices.order_by("id").values("kind", "edition", "text")),
        )

    @property
    def version(self) -> int:
        return self.row["version"]

    @property
    def is_retracted(self) -> bool:
        return any(notice["kind"] == Notice.Kind.RETRACTION for notice in self.notices)

    def content(self, version: int) -> dict:
        return self.revisions[version - 1]["content"]


def plain(content: dict) -> dict:
    """A content without the spaces between paragraphs, which nobody sees."""
    return content | {"body": re.sub(r">\s+<", "><", content["body"])}


# What the log says


@dataclass
class Issue:
    """An edition, as the log tells of it."""

    version: int
    start: datetime
    end: datetime | None = None
    is_cancelled: bool = False


@dataclass
class Told:
    """A story as its log tells it."""

    stage: str = "draft"
    stage_since: datetime | None = None
    version: int = 0
    claimed_by: int | None = None
    approved_by: int | None = None
    approved_version: int | None = None
    submitted_at: datetime | None = None
    sent_back: bool = False
    spiked_at: datetime | None = None
    discarded_at: datetime | None = None
    retracted_at: datetime | None = None
    retraction_request: int | None = None
    placed: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)

    def at(self, now: datetime) -> tuple[Issue | None, Issue | None]:
        """The edition that readers have then, and the one that is to come."""
        there = [issue for issue in self.issues if not issue.is_cancelled]
        pending = next((issue for issue in there if issue.start > now), None)
        live = [issue for issue in there if issue.start <= now]
        is_over = not live or (live[-1].end is not None and live[-1].end <= now)
        return None if is_over else live[-1], pending


def replay(events: list[dict], revisions: list[dict]) -> Told:
    """Tell a story from its log and its revisions alone. Raises Violation for an illegal line."""
    told = Told()
    for event in events:
        stages, after = MOVES[event["verb"]]
        line = f"event {event['verb']} {event['stage_before']} → {event['stage_after']}"
        demand(event["stage_before"] == told.stage, f"{line} follows upon {told.stage}")
        demand(event["stage_before"] in stages, f"{line}: no such stage for it")
        demand(event["stage_after"] == (after or told.stage), f"{line}: leads elsewhere")
        demand(event["version"] >= told.version, f"{line}: of a text of before")
        demand(not told.discarded_at and not told.retracted_at, f"{line}: after the end")
        demand(not told.spiked_at or event["verb"] == "revive", f"{line}: of a spiked story")
        told.version = event["version"]
        _tell_stage(told, event)
        _tell_readers(told, event, line)
    told.version = revisions[-1]["number"]
    return told


def _tell_stage(told: Told, event: dict) -> None:
    verb, at, by = event["verb"], event["at"], event["by_id"]
    if event["stage_after"] != told.stage:
        told.stage, told.stage_since = event["stage_after"], at
        told.sent_back = verb == "send_back"
    is_at_desk = told.stage in ("submitted", "in_review")
    told.submitted_at = (told.submitted_at or at) if is_at_desk else None
    if verb in ("claim", "take_over"):
        told.claimed_by = by
    elif told.stage != "in_review":
        told.claimed_by = None
    if verb == "approve":
        told.approved_by, told.approved_version = by, event["version"]
    elif told.stage != "approved":
        told.approved_by = told.approved_version = None
    if verb == "spike":
        told.spiked_at = at
    elif verb == "revive":
        told.spiked_at = None
    elif verb == "discard":
        told.discarded_at = at


def _tell_readers(told: Told, event: dict, line: str) -> None:
    verb, now, details = event["verb"], event["at"], event["details"]
    live, pending = told.at(now)
    if verb in ("publish", "update", "correct", "schedule"):
        start = datetime.fromisoformat(details["at"])
        if pending:
            demand(verb == "schedule", f"{line}: while another edition is to come")
            pending.start = start
        else:
            demand(told.approved_version == event["version"], f"{line}: of an unapproved text")
            demand((verb in ("update", "correct")) == bool(live), f"{line}: no such edition")
            told.issues.append(Issue(event["version"], start))
        if live:
            live.end = start
    elif verb == "unschedule":
        pending.is_cancelled = True
        if live:
            live.end = None
    elif verb == "backdate":
        live.end = now
        told.issues.append(Issue(live.version, now))
    elif verb == "retract":
        demand(live and not told.retraction_request, f"{line}: nothing to ask for")
        told.retraction_request = event["id"]
    elif verb == "decline_retraction":
        told.retraction_request = None
    elif verb == "confirm_retraction":
        if pending:
            pending.is_cancelled = True
        live.end = told.retracted_at = now
        told.retraction_request = None
        told.placed.clear()
    elif verb == "place":
        told.placed.add(details["bureau"])
    elif verb == "unplace":
        told.placed.remove(details["bureau"])


# What has to be true


AS_TOLD = (
    "stage", "version", "approved_version", "submitted_at", "sent_back", "spiked_at",
    "discarded_at", "retracted_at",
)  # fmt: skip
PEOPLE = ("claimed_by", "approved_by", "retraction_request")


def check(story: Article, found: Found, now: datetime, *, is_new_text: bool) -> None:
    """That the story is as its log, its revisions and its editions say."""
    told = replay(found.events, found.revisions)
    row = found.row
    for name in AS_TOLD:
        said = getattr(told, name)
        demand(row[name] == said, f"{name} is {row[name]}; the log says {said}")
    for name in PEOPLE:
        said = getattr(told, name)
        demand(row[f"{name}_id"] == said, f"{name} is {row[f'{name}_id']}; the log says {said}")
    if told.stage_since:
        demand(row["stage_since"] == told.stage_since, "stage_since is not of the last move")
    _check_editions(found, told, now)
    numbers = [revision["number"] for revision in found.revisions]
    demand(numbers == list(range(1, row["version"] + 1)), f"revisions are {numbers}")
    if is_new_text:
        _check_copy(story, found)


def _check_copy(story: Article, found: Found) -> None:
    copy = publication.snapshot(Article.objects.get(pk=story.pk))
    demand(copy == found.content(found.version), "the working copy is not the last revision")


def _check_editions(found: Found, told: Told, now: datetime) -> None:
    issues = [
        (number, issue.version, *((None, None) if issue.is_cancelled else (issue.start, issue.end)))
        for number, issue in enumerate(told.issues, 1)
    ]
    editions = [
        (edition["number"], edition["version"], edition["live"].lower, edition["live"].upper)
        for edition in found.editions
    ]
    demand(editions == issues, f"editions are {editions}; the log says {issues}")
    live = [edition for edition in found.editions if now in edition["live"]]
    demand(len(live) <= 1, f"{len(live)} editions are live")
    there = [edition for edition in found.editions if not edition["live"].isempty]
    last = there[-1] if there else None
    kept = {
        "public_from": there[0]["live"].lower if there else None,
        "next_edition_at": last and last["live"].lower,
        "edition_version": last and last["version"],
    }
    for name, expected in kept.items():
        demand(found.row[name] == expected, f"{name} is {found.row[name]}, not {expected}")
    demand(found.is_retracted == bool(found.row["retracted_at"]), "retracted without a notice")
    corrections = sum(notice["kind"] == Notice.Kind.CORRECTION for notice in found.notices)
    corrects = sum(event["verb"] == "correct" for event in found.events)
    demand(corrections == corrects, f"{corrections} notices of {corrects} corrections")


def check_end(story: Article, found: Found) -> None:
    _check_copy(story, found)
    faults = list(record.faults(Article.objects.get(pk=story.pk)))
    demand(not faults, f"the record does not verify: {faults}")
    running = story.placements.filter(shown__upper_inf=True).values_list("bureau__slug", flat=True)
    placed = replay(found.events, found.revisions).placed
    demand(set(running) == placed, f"runs in {set(running)}; the log says {placed}")


def demand_kept(before: Found, after: Found) -> None:
    """What was saved and logged stays as it was."""
    for name in ("revisions", "events", "notices"):
        old, new = getattr(before, name), getattr(after, name)
        demand(new[: len(old)] == old, f"{name} of before were changed")
    old_content = [(e["number"], e["version"], e["kind"]) for e in before.editions]
    new_content = [(e["number"], e["version"], e["kind"]) for e in after.editions]
    demand(new_content[: len(old_content)] == old_content, "editions of before were changed")


def demand_read(before: Found, after: Found, person: int, read: int | None) -> None:
    """Nobody decides about a text, or puts another over it, that was not before their eyes."""
    added = after.revisions[len(before.revisions) :]
    demand(len(added) <= 1, f"one press made {len(added)} revisions")
    if added:
        demand(read == before.version, f"version {before.version} overwritten by who saw {read}")
        demand(added[0]["saved_by"] == person, "saved in somebody else's name")
    for event in after.events[len(before.events) :]:
        demand(event["by_id"] == person, "logged in somebody else's name")
        if event["verb"] in ABOUT_A_TEXT and not added:
            what = f"{event['verb']} of version {before.version} by who saw {read}"
            demand(read == before.version, what)
