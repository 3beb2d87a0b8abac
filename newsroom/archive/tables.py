"""Rows in the form of PostgreSQL's COPY, table by table."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles.models import (
    Address,
    Article,
    Byline,
    Edition,
    Event,
    Listing,
    Notice,
    Placement,
    Revision,
    TaggedArticle,
)


def _columns(model: type[models.Model], *, without: tuple[str, ...] = ()) -> list[str]:
    return [
        field.column
        for field in model._meta.concrete_fields
        if field.column and field.column not in without and not field.generated
    ]


# In an order in which no row comes before one that it needs.
TABLES: dict[str, tuple[type[models.Model], list[str]]] = {
    "article": (Article, [
        "id", "bureau_id", "section_id", "kicker", "headline", "summary", "dateline", "body",
        "source", "source_name", "picture_id", "picture_caption", "paid", "unverified", "protected",
        "breaking", "stage", "stage_since", "submitted_at", "version", "slug", "created_by_id",
        "created_at", "changed_at", "claimed_by_id", "approved_by_id", "approved_version",
        "sent_back", "public_from", "next_edition_at", "edition_version", "retracted_at",
        "spiked_at", "record_length", "record_sha256",
    ]),
    "byline": (Byline, ["article_id", "author_id", "role", "position"]),
    "tag": (TaggedArticle, ["content_object_id", "tag_id"]),
    "revision": (Revision, ["article_id", "number", "content", "saved_by_id", "saved_at"]),
    "address": (Address, ["id", "bureau_id", "date", "slug", "article_id", "is_current"]),
    "edition": (Edition, _columns(Edition)),
    "notice": (Notice, _columns(Notice, without=("id",))),
    "placement": (Placement, _columns(Placement)),
    "listing": (Listing, [
        "list", "edition_id", "article_id", "placement_id", "first_published", "live",
    ]),
    "event": (Event, [
        "article_id", "verb", "by_id", "at", "stage_before", "stage_after", "version", "reason",
        "edition_id", "details",
    ]),
}  # fmt: skip


class Rows:
    """Lines for each table; ``blobs()`` are what COPY reads."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = defaultdict(list)

    def add(self, table: str, *values: Any) -> None:
        self.lines[table].append("\t".join([ENCODERS[type(value)](value) for value in values]))

    def add_values(self, table: str, values: dict[str, Any]) -> None:
        self.add(table, *(values[name] for name in TABLES[table][1]))

    def add_record(self, table: str, row: models.Model) -> None:
        values = row.__dict__
        self.add(table, *(values[name] for name in TABLES[table][1]))

    def blobs(self) -> dict[str, bytes]:
        return {name: ("\n".join(lines) + "\n").encode() for name, lines in self.lines.items()}


def _text(value: str) -> str:
    if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
        value = value.replace("\\", "\\\\").replace("\n", "\\n")
        value = value.replace("\t", "\\t").replace("\r", "\\r")
    return value


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    return _text(_as_json(value))


def _range(value: DateTimeTZRange) -> str:
    upper = value.upper.isoformat() if value.upper else ""
    return f'["{value.lower.isoformat()}",{upper})'


ENCODERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: "\\N",
    datetime: datetime.isoformat,
    date: date.isoformat,
    dict: _json,
    list: _json,
    DateTimeTZRange: _range,
}
