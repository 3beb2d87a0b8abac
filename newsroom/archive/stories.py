"""What each story of an archive is: its words, its people, and its rows in all tables."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles import listings, record
from articles.models import Content, Edition, Notice, Placement
from articles.models.taxonomy import words_of_address
from newsroom.archive.cast import Desk, Newsroom, Writer
from newsroom.archive.grammar import Grammar, Told
from newsroom.archive.tables import Rows

WIB = ZoneInfo("Asia/Jakarta")
# A newsroom publishes between five in the morning and half past ten at night.
OPENS, IS_OPEN = timedelta(hours=5), timedelta(hours=17.5)
EDITIONS = 4  # numbers set aside for each story
RECENT = timedelta(days=20)  # whatever the desk still works on was touched in these
# Of stories in a hundred.
PAID, UNVERIFIED, PROTECTED, BREAKING, PICTURED = 2, 0.7, 2, 0.3, 70
PLACED, LOCAL_HEADLINE, TWO_WRITERS, COPY_EDITED = 4, 33, 15, 30
UPDATED, CORRECTED, RETRACTED, SPIKED = 9, 2, 0.05, 0.5
SOURCES, OF_SOURCES = ("own", "press_release", "agency", "citizen"), (85, 8, 5, 2)
# What becomes of the stories that the desk has in hand.
AT_DESK = (
    ("draft", 25), ("sent_back", 7), ("submitted", 11), ("in_review", 7), ("approved", 7),
    ("scheduled", 7), ("rewritten", 7), ("retracted", 11), ("spiked", 18),
)  # fmt: skip
OUT = frozenset({"live", "rewritten", "retracted"})
COLUMNS = {field.name: str(field.column) for field in Content._meta.fields}
# Who is searched for in tests/scale/: in half of all stories, in one of twenty, in five.
FREQUENT, MIDDLING, RARE = "warga", "serayu", "tumenggung"
RARELY = 5


@dataclass(frozen=True)
class Plan:
    """How large an archive is; the same plan gives the same stories."""

    stories: int
    seed: int
    years: float
    until: date  # the last story appears the evening before
    at_desk: int
    first_article: int = 1
    first_edition: int = 1
    first_address: int = 1
    first_placement: int = 1

    @property
    def archived(self) -> int:
        """The stories that are over; the others are still at the desk, or were lately."""
        return self.stories - self.at_desk

    @property
    def began(self) -> datetime:
        return self.ends - timedelta(days=self.years * 365.25)

    @property
    def ends(self) -> datetime:
        return datetime(self.until.year, self.until.month, self.until.day, tzinfo=WIB)

    def moment(self, number: int) -> datetime:
        """When that story appears. A network that is ten years old has grown."""
        if number >= self.archived:
            share = (number - self.archived + 0.5) / self.at_desk
            return self.ends - RECENT * (1 - share)
        growth = min(0.4, 0.04 * self.years)
        share = (number + 0.5) / self.archived
        start = 1 - growth
        past = (sqrt(start * start + 4 * growth * share) - start) / (2 * growth)
        days = past * self.years * 365.25
        return (self.began + timedelta(days=int(days)) + OPENS + IS_OPEN * (days % 1)).astimezone(
            UTC
        )


@dataclass
class Maker:
    """Makes the rows of a span of stories."""

    plan: Plan
    newsroom: Newsroom
    grammar: Grammar
    rows: Rows = field(default_factory=Rows)
    taken: set[tuple[int, date, str]] = field(default_factory=set)

    def make(self, first: int, last: int) -> Rows:
        self.shares = [desk.share for desk in self.newsroom.desks]
        before = self.plan.moment(max(first - 1, 0))
        # The last day of the span before may have the same words in an address.
        self.shared_day = before.date() + timedelta(days=1)
        for number in range(first, last):
            # Counted from the end: the newest stories, and the desk's, are alike in archives of
            # any length.
            draw = Random(f"{self.plan.seed}:{self.plan.stories - number}")
            Story(self, number, draw).make()
        return self.rows


class Story:
    def __init__(self, maker: Maker, number: int, draw: Random):
        self.maker, self.number, self.draw = maker, number, draw
        plan, newsroom = maker.plan, maker.newsroom
        self.pk = plan.first_article + number
        self.at = plan.moment(number)
        self.kind = self._kind()
        self.desk: Desk = draw.choices(newsroom.desks, maker.shares)[0]
        self.bureau = self.desk.bureau
        self.editor = draw.choice(self.desk.editors)
        self.writers: list[Writer] = draw.sample(
            self.desk.writers, 2 if self.is_one_of(TWO_WRITERS) else 1
        )
        self.told: Told = maker.grammar.tell(draw, self.bureau.name, self._extras())
        self.tags = self._tags()
        self.content = self._content()
        self.bylines = [self._byline(writer, "writer") for writer in self.writers]
        self.version = 2 if self.is_one_of(COPY_EDITED) else 1
        self.length, self.sha256 = 0, ""
        self.editions: list[Edition] = []
        self.retracted_at: datetime | None = None

    def is_one_of(self, hundred: float) -> bool:
        return self.draw.random() * 100 < hundred

    def _kind(self) -> str:
        if self.number >= self.maker.plan.archived:
            kinds, weights = zip(*AT_DESK, strict=True)
            # Even shares, however few they are: not dice.
            place = self.number - self.maker.plan.archived
            share = (place * 0.5698402909980532 % 1) * sum(weights)
            for kind, weight in zip(kinds, weights, strict=True):
                share -= weight
                if share < 0:
                    return kind
        dice = self.draw.random() * 100
        if dice < RETRACTED:
            return "retracted"
        return "spiked" if dice < RETRACTED + SPIKED else "live"

    def _extras(self) -> list[str]:
        words, any_ = self.maker.grammar.words["any"], []
        if self.is_one_of(50):
            any_.append(words["frequent"])
        if self.is_one_of(5):
            any_.append(words["middling"])
        every = max(self.maker.plan.stories // RARELY, 1)
        if self.number % every == min(7, every - 1):
            any_.append(words["rare"])
        return any_

    def _tags(self) -> list[dict[str, Any]]:
        """One to five; the k-th topic is as often the first as its rank allows (Zipf)."""
        tags, found = self.maker.newsroom.tags, {}
        for _ in range(self.draw.choices((1, 2, 3, 4, 5), (15, 30, 30, 15, 10))[0]):
            rank = int(len(tags) ** self.draw.random()) - 1
            found[rank] = tags[rank]
        return sorted(found.values(), key=lambda tag: tag["name"].casefold())

    def _content(self) -> dict[str, Any]:
        told, draw, grammar = self.told, self.draw, self.maker.grammar
        source = draw.choices(SOURCES, OF_SOURCES)[0]
        paid = self.is_one_of(PAID)
        names = grammar.words["companies" if paid else "sources"]
        return {
            "bureau": self.bureau,
            "section": self.maker.newsroom.sections[told.section],
            "kicker": told.kicker,
            "headline": told.headline,
            "summary": told.summary,
            "dateline": self.bureau.name,
            "body": told.body,
            "source": source,
            "source_name": draw.choice(names) if paid or source != "own" else "",
            "picture": self.desk.pictures[told.picture] if self.is_one_of(PICTURED) else None,
            "picture_caption": told.caption,
            "paid": paid,
            "unverified": self.is_one_of(UNVERIFIED),
            "protected": self.is_one_of(PROTECTED),
        }

    def _byline(self, writer: Writer, role: str) -> dict[str, Any]:
        return {"id": writer.author, "name": writer.name, "slug": writer.slug, "role": role}

    def make(self) -> None:
        self._save_revision(1, self.at - timedelta(hours=3), self.writers[0].user)
        if self.version == 2:  # noqa: PLR2004
            self._save_revision(2, self.at - timedelta(minutes=30), self.editor)
        self._log_the_way()
        self.slug = self._slug() if self.kind in OUT or self.kind == "scheduled" else ""
        if self.slug:
            self._publish()
        self._article()
        for position, byline in enumerate(self.bylines):
            self.rows.add("byline", self.pk, byline["id"], byline["role"], position)
        for tag in self.tags:
            self.rows.add("tag", self.pk, tag["id"])

    @property
    def rows(self) -> Rows:
        return self.maker.rows

    # The way to publication

    def _save_revision(self, number: int, at: datetime, by: int) -> None:
        content = {
            name: value.pk if hasattr(value, "pk") else value
            for name, value in self.content.items()
        }
        content["bylines"] = [[byline["id"], byline["role"]] for byline in self.bylines]
        content["tags"] = [tag["name"] for tag in self.tags]
        self.rows.add("revision", self.pk, number, content, by, at)

    def _log_the_way(self) -> None:
        writer, said = self.writers[0].user, self.maker.grammar.words["said"]
        steps: list[tuple[str, int, str, str, float, str]] = [
            ("submit", writer, "draft", "submitted", 2, ""),
            ("claim", self.editor, "submitted", "in_review", 1, ""),
            ("approve", self.editor, "in_review", "approved", 0.1, ""),
        ]
        match self.kind:
            case "draft":
                steps = []
            case "submitted":
                steps = steps[:1]
            case "in_review":
                steps = steps[:2]
            case "sent_back":
                reason = self.draw.choice(said["send_back"])
                steps[2] = ("send_back", self.editor, "in_review", "draft", 0, reason)
            case "spiked":
                reason = self.draw.choice(said["spike"])
                steps = [("spike", self.editor, "draft", "draft", 0, reason)]
        for verb, by, before, after, hours, reason in steps:
            at = self.at - timedelta(hours=hours)
            self._log(verb, by, at, before, after, reason=reason)

    def _log(
        self,
        verb: str,
        by: int,
        at: datetime,
        before: str = "approved",
        after: str = "approved",
        *,
        reason: str = "",
        edition: int | None = None,
        details: dict[str, str] | None = None,
    ) -> None:
        self.rows.add(
            *("event", self.pk, verb, by, at, before, after, self.version, reason, edition),
            details or {},
        )

    # What readers have

    def _slug(self) -> str:
        slug = words_of_address(self.told.headline)[:90].rstrip("-")
        self.date = self._first_live().astimezone(self.bureau.zone).date()
        key = (self.bureau.pk, self.date, slug)
        if self.date <= self.maker.shared_day or key in self.maker.taken:
            return f"{slug}-{self.pk}"
        self.maker.taken.add(key)
        return slug

    def _first_live(self) -> datetime:
        if self.kind == "scheduled":
            return self.maker.plan.ends + timedelta(days=400)
        return self.at

    def _publish(self) -> None:
        plan, start = self.maker.plan, self._first_live()
        self.address = plan.first_address + self.number
        self.rows.add("address", self.address, self.bureau.pk, self.date, self.slug, self.pk, True)
        verb = "schedule" if self.kind == "scheduled" else "publish"
        kinds = [("first", start)]
        if self.kind == "live" and self.is_one_of(UPDATED):
            kinds.append(("update", start + timedelta(minutes=self.draw.randint(40, 400))))
        if self.kind == "live" and self.is_one_of(CORRECTED):
            kinds.append(("correction", start + timedelta(minutes=self.draw.randint(500, 3000))))
        if self.kind == "retracted":
            self.retracted_at = start + timedelta(hours=self.draw.randint(3, 200))
        for number, (kind, begins) in enumerate(kinds):
            ends = kinds[number + 1][1] if number + 1 < len(kinds) else self.retracted_at
            self._edition(number + 1, kind, begins, ends)
            done = {"first": verb, "update": "update", "correction": "correct"}[kind]
            self._log(done, self.editor, begins, edition=self.editions[-1].pk)
            if kind == "correction":
                text = self.draw.choice(self.maker.grammar.words["said"]["correction"])
                self._notice("correction", text, begins, edition=self.editions[-1])
        if self.retracted_at:
            self._retract()
        elif self.kind == "live" and self.is_one_of(PLACED):
            self._place()

    def _edition(self, number: int, kind: str, begins: datetime, ends: datetime | None) -> None:
        note = ""
        if kind != "first":
            self.version += 1
            line = self.draw.choice(self.maker.grammar.words["said"]["update"])
            note = line if kind == "update" else ""
            body = f"{self.content['body']}\n<p>{line}</p>"
            self.content = self.content | {"body": body}
            self._save_revision(self.version, begins - timedelta(minutes=10), self.editor)
        edition = Edition(
            pk=self.maker.plan.first_edition + self.number * EDITIONS + number - 1,
            article_id=self.pk,
            address_id=self.address,
            number=number,
            kind=kind,
            version=self.version,
            live=DateTimeTZRange(begins, ends),
            first_published=self._first_live(),
            note=note,
            bylines=self.bylines,
            tags=self.tags,
            approved_by_id=self.editor,
            published_by_id=self.editor,
            made_at=min(begins, self.at),
            **self.content,
        )
        self._append(edition)
        self.editions.append(edition)
        self.rows.add_record("edition", edition)
        if self.retracted_at is None:
            for name in listings.names_for(edition):
                self._line(name, edition, begins, ends, None)

    def _line(
        self,
        name: str,
        edition: Edition,
        begins: datetime,
        ends: datetime | None,
        placement: int | None,
    ) -> None:
        live = DateTimeTZRange(begins, ends)
        first = edition.first_published
        self.rows.add("listing", name, edition.pk, self.pk, placement, first, live)

    def _append(self, entry: Edition | Notice) -> None:
        """As articles.record.append() does, without a database."""
        entry.record_number = self.length + 1
        entry.content_sha256 = record.content_hash(entry)
        entry.previous_sha256 = self.sha256
        entry.record_sha256 = record.link_hash(self.sha256, entry.content_sha256)
        self.length, self.sha256 = entry.record_number, entry.record_sha256

    def _notice(
        self, kind: str, text: str, at: datetime, *, edition: Edition, ground: str = "", by: int = 0
    ) -> None:
        notice = Notice(
            article_id=self.pk,
            edition_id=edition.pk,
            kind=kind,
            ground=ground,
            text=text,
            made_by_id=by or self.editor,
            made_at=at,
        )
        self._append(notice)
        self.rows.add_record("notice", notice)

    def _retract(self) -> None:
        words, at = self.maker.grammar.words, self.retracted_at
        assert at is not None
        reason = self.draw.choice(words["said"]["retraction"])
        ground = self.draw.choice(words["grounds"])
        chief = self.maker.newsroom.network_editor
        told = {"ground": ground}
        asked = at - timedelta(minutes=20)
        self._log("retract", self.editor, asked, reason=reason, details=told)
        last = self.editions[-1].pk
        self._log("confirm_retraction", chief, at, reason=reason, edition=last, details=told)
        self._notice("retraction", reason, at, edition=self.editions[-1], ground=ground, by=chief)

    def _place(self) -> None:
        others = [desk for desk in self.maker.newsroom.desks if desk is not self.desk]
        if not others:
            return
        other = self.draw.choice(others)
        start = self.at + timedelta(minutes=self.draw.randint(5, 35))
        said = self.maker.grammar.words["said"]
        headline = ""
        if self.is_one_of(LOCAL_HEADLINE):
            headline = f"Kabar dari {self.bureau}: {self.told.headline}"
        placement = Placement(
            pk=self.maker.plan.first_placement + self.number,
            article_id=self.pk,
            bureau=other.bureau,
            headline=headline,
            note=self.draw.choice(said["local_note"]),
            shown=DateTimeTZRange(start, None),
            placed_by_id=other.editors[0],
        )
        self.rows.add_record("placement", placement)
        told = {"bureau": other.bureau.slug, "at": start.isoformat()}
        self._log("place", other.editors[0], start, details=told)
        for edition in self.editions:
            begins, ends = max(start, edition.live.lower), edition.live.upper
            for name in (
                listings.of_bureau(other.bureau.pk),
                listings.of_section(edition.section_id, other.bureau),
            ):
                self._line(name, edition, begins, ends, placement.pk)

    # The working copy

    def _article(self) -> None:
        stage = {"submitted": "submitted", "in_review": "in_review", "approved": "approved",
                 "scheduled": "approved", "live": "approved"}.get(self.kind, "draft")  # fmt: skip
        last = self.editions[-1] if self.editions else None
        edition_version = last.version if last else None
        if self.kind == "rewritten":
            self.version += 1
            self._save_revision(self.version, self.at + timedelta(hours=1), self.writers[0].user)
        changed = max(self.at, last.live.lower if last and self.kind == "live" else self.at)
        is_approved = stage == "approved"
        values = {
            **{COLUMNS[name]: getattr(value, "pk", value) for name, value in self.content.items()},
            "id": self.pk,
            "breaking": self.is_one_of(BREAKING),
            "stage": stage,
            "stage_since": self.at,
            "submitted_at": self.at if stage in ("submitted", "in_review") else None,
            "version": self.version,
            "slug": self.slug,
            "created_by_id": self.writers[0].user,
            "created_at": self.at - timedelta(hours=3),
            "changed_at": changed,
            "claimed_by_id": self.editor if stage == "in_review" else None,
            "approved_by_id": self.editor if is_approved else None,
            "approved_version": self.version if is_approved else None,
            "sent_back": self.kind == "sent_back",
            "public_from": self.editions[0].live.lower if last else None,
            "next_edition_at": last.live.lower if last else None,
            "edition_version": edition_version,
            "retracted_at": self.retracted_at,
            "spiked_at": self.at if self.kind == "spiked" else None,
            "record_length": self.length,
            "record_sha256": self.sha256,
        }  # fmt: skip
        self.rows.add_values("article", values)
