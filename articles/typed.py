"""What stands in a story form, be it typed, stored or of an old revision: one shape to compare."""

import json
import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from articles import unrevised
from articles.body import sanitise
from articles.form_fields import on_clock
from articles.models import Article, Revision
from newsroom.unseen import without_unseen

Pairs = list[list[str]]  # name and value, as a form sends them

# Fields that are one line in print: a pasted line break is a space.
ONE_LINE = ("kicker", "headline", "dateline", "picture_caption", "source_name")
CHOICES = ("bureau", "section", "picture", "source")
MARKS = ("unverified", "protected", "paid", "breaking")
# What no revision holds: it is the desk's own.
OF_THE_DESK = ("breaking", "embargo", "slug")

# In a form's field ``opened``, beside OF_THE_DESK: the event after which it was read.
LAST_EVENT = "event"
NEWEST_EVENT = 2**62

LAST = 1000  # the position of a credit that was added without a script
_ROW = re.compile(r"bylines-(\d+)-(\w+)")


@dataclass(frozen=True)
class Typed:
    """Every field of the story form in one form of writing.

    ``values`` holds text by name, ``topics`` names, ``credits`` pairs of an author's id and role.
    Two are equal when nobody could tell their stories apart.
    """

    values: dict[str, str]
    topics: tuple[str, ...]
    credits: tuple[tuple[str, str], ...]
    #: what nobody changes any more, because readers have it
    fixed: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of_story(cls, article: Article) -> "Typed":
        values = {name: without_unseen(getattr(article, name)) for name in ONE_LINE}
        values |= {"summary": _lines(article.summary), "body": sanitise(article.body)}
        for name in CHOICES:
            values[name] = _text(getattr(article, Article._meta.get_field(name).attname))
        values |= {name: _mark(getattr(article, name)) for name in MARKS}
        values |= of_the_desk(article)
        if not article.pk:
            return cls(values, (), ())
        credits = tuple((str(line.author_id), line.role) for line in article.bylines.all())
        fixed = () if article.edition_version is None else ("bureau", "slug")
        return cls(values, _topics(article.tags.names()), credits, fixed)

    @classmethod
    def of_content(cls, content: dict[str, Any], *, like: "Typed") -> "Typed":
        """The content of a revision, with what no revision holds from another."""
        values = {name: _text(content[name]) for name in CHOICES}
        values |= {name: without_unseen(_text(content[name])) for name in ONE_LINE}
        values |= {"summary": _lines(content["summary"]), "body": sanitise(content["body"])}
        for name in MARKS:
            values[name] = _mark(content.get(name))
        values |= {name: like.values[name] for name in OF_THE_DESK}
        credits = tuple((str(author), role) for author, role in content["bylines"])
        return cls(values, _topics(content["tags"]), credits)

    @classmethod
    def of_pairs(cls, pairs: Iterable[Iterable[str]], *, stored: "Typed") -> "Typed":
        """What a form has sent. A field that could not be changed is not sent: as it is stored."""
        sent = {name: value for name, value in pairs}  # noqa: C416 - pairs come from JSON as lists
        values = dict(stored.values)
        for name in ONE_LINE:
            values[name] = " ".join(without_unseen(sent.get(name, values[name])).split())
        values["summary"] = _lines(sent.get("summary", values["summary"]))
        values["body"] = sanitise(sent.get("body", values["body"]))
        values |= {name: sent[name].strip() for name in CHOICES if name in sent}
        values["bureau"] = values["bureau"] or stored.values["bureau"]
        values |= {name: _mark(sent.get(name)) for name in MARKS}
        if "slug" in sent:
            values["slug"] = slugify(sent["slug"], allow_unicode=True)
        if "embargo_until_date" in sent:
            time = sent.get("embargo_until_time", "")[:5]
            values["embargo"] = f"{sent['embargo_until_date']} {time}".strip()
        values |= {name: stored.values[name] for name in stored.fixed}
        topics = sent["tags"].split(",") if "tags" in sent else stored.topics
        credits = _rows(sent) if "bylines-TOTAL_FORMS" in sent else stored.credits
        return cls(values, _topics(topics), credits)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written: what a form is filled in with when it opens is no
        writing."""
        written = (*ONE_LINE, "summary", "body", "section", "picture", "slug", "embargo")
        return not self.topics and not any(self.values[name] for name in written)

    def untouched_as_stored(self, known: dict[str, str], stored: "Typed") -> "Typed":
        """With what no revision holds as it is stored, where it is still as the form knew it."""
        untouched = [name for name in OF_THE_DESK if self.values[name] == known.get(name)]
        return replace(self, values=self.values | {name: stored.values[name] for name in untouched})

    def content(self) -> "Typed":
        """Without what no revision holds."""
        return replace(self, values=self.values | dict.fromkeys(OF_THE_DESK, ""))

    def pairs(self, article: Article | None) -> Pairs:
        """As a form of the stored story would send it: its rows of credits are those that are
        there now."""
        values = dict(self.values)
        day, _space, time = values.pop("embargo").partition(" ")
        fields = {name: value for name, value in values.items() if name not in MARKS}
        fields |= {name: "on" for name in MARKS if values[name]}
        fields |= {"tags": ", ".join(self.topics)}
        fields |= {"embargo_until_date": day, "embargo_until_time": time}
        fields |= _formset(self.credits, article)
        return [[name, value] for name, value in fields.items()]


def opened_with(article: Article) -> str:
    """For a hidden field: what no revision holds, as it stood when the form was opened."""
    return json.dumps(of_the_desk(article))


def read_opened(field: str) -> dict[str, Any]:
    """What stands in the form's field ``opened``; empty for one that does not say all of it."""
    try:
        opened = json.loads(field)
    except ValueError:
        return {}
    return opened if _says_all(opened) else {}


def _says_all(opened: object) -> bool:
    return isinstance(opened, dict) and opened.keys() >= set(OF_THE_DESK)


def began_with(revision: Revision | None, pairs: Pairs, *, stored: Typed) -> Typed | None:
    """What stood in the form with these ``pairs`` when its writer began, which was the revision
    that the form names; None without one, for then it is not known."""
    if revision is None:
        return None
    opened = read_opened(dict(pairs).get("opened", ""))
    values = {name: str(opened[name]) for name in OF_THE_DESK if opened}
    like = replace(stored, values=stored.values | values)
    return Typed.of_content(revision.content, like=like)


def of_the_desk(article: Article) -> dict[str, str]:
    """What no revision holds, under the names of OF_THE_DESK."""
    return {
        "breaking": _mark(article.breaking),
        "embargo": _embargo(article),
        "slug": article.slug,
    }


def known_of_the_desk(opened: Any, key: UUID | None, article: Article) -> dict[str, str]:
    """What a form knows of it, under the names of OF_THE_DESK: as it was ``opened``, then as the
    form has set it itself when it was sent before with its ``key``.

    Empty for a form that does not say how it was opened.
    """
    if not _says_all(opened):
        return {}
    values = {name: str(opened[name]) for name in OF_THE_DESK}
    found: dict[str, Any] = {}
    if key and article.pk:
        own = article.events.filter(verb=unrevised.SET, details__key=str(key))
        for event in own.filter(pk__gt=_number(opened)).order_by("pk"):
            told = event.details
            found |= {name: told[name] for name in unrevised.FIELDS if name in told}
    if not found:
        return values
    if until := found.get("embargo_until"):
        found["embargo_until"] = datetime.fromisoformat(until)
    as_set = copy(article)
    for name, value in found.items():
        setattr(as_set, name, value)
    names = {"embargo" if name == "embargo_until" else name for name in found}
    return values | {name: of_the_desk(as_set)[name] for name in names}


def opened_now(article: Article) -> str:
    """For a form with a key that may have been sent before: as it stands after all of that."""
    last = article.events.order_by("-pk").values_list("pk", flat=True).first()
    return json.dumps(of_the_desk(article) | {LAST_EVENT: last or 0})


def _number(opened: dict) -> int:
    number = opened.get(LAST_EVENT)
    return number if isinstance(number, int) and 0 <= number < NEWEST_EVENT else 0


def _rows(sent: dict[str, str]) -> tuple[tuple[str, str], ...]:
    rows: dict[int, dict[str, str]] = {}
    for name, value in sent.items():
        if found := _ROW.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    lines = []
    for number, row in sorted(rows.items()):
        if row.get("author") and not row.get("DELETE"):
            position = row.get("position", "")
            place = int(position) if position.isdecimal() else LAST
            lines.append((place, number, (row["author"], row.get("role", ""))))
    return tuple(line for _place, _number, line in sorted(lines))


def _formset(credits: tuple[tuple[str, str], ...], article: Article | None) -> dict[str, str]:
    there = list(article.bylines.all()) if article and article.pk else []
    fields = {}
    known = set()
    for number, line in enumerate(there):
        credit = (str(line.author_id), line.role)
        known.add(credit)
        row = {"id": str(line.pk), "author": credit[0], "role": credit[1]}
        if credit in credits:
            row["position"] = str(credits.index(credit))
        else:
            row |= {"position": str(LAST), "DELETE": "on"}
        fields |= {f"bylines-{number}-{name}": value for name, value in row.items()}
    number = len(there)
    for position, credit in enumerate(credits):
        if credit not in known:
            row = {"id": "", "author": credit[0], "role": credit[1], "position": str(position)}
            fields |= {f"bylines-{number}-{name}": value for name, value in row.items()}
            number += 1
    return fields | {
        "bylines-TOTAL_FORMS": str(number),
        "bylines-INITIAL_FORMS": str(len(there)),
        "bylines-MIN_NUM_FORMS": "0",
        "bylines-MAX_NUM_FORMS": "1000",
    }


def _topics(names: Iterable[str]) -> tuple[str, ...]:
    topics: dict[str, str] = {}
    for name in names:
        topic = " ".join(without_unseen(name).split())
        if topic:
            topics.setdefault(topic.casefold(), topic)
    return tuple(sorted(topics.values(), key=str.casefold))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(text: str) -> str:
    return without_unseen(text).replace("\r\n", "\n").strip()


def _mark(value: object) -> str:
    return "on" if value else ""


def _embargo(article: Article) -> str:
    if not article.embargo_until or not article.bureau_id:
        return ""
    local = on_clock(article.embargo_until, article.bureau.zone)
    return f"{local:%Y-%m-%d %H:%M}" if local else ""
