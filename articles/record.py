"""The provable record: each edition and notice of a story is chained to the one before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from articles.models import Article, Content, Edition, Notice

Record = Edition | Notice
# Changed only together with the shape of the canonical content; older records keep theirs.
FORMAT = 1


def canonical(record: Record) -> str:
    """The content of an edition or a notice as JSON with sorted keys: what readers were told.

    The live period is left out on purpose, because a schedule may move before it begins.
    """
    content = _edition(record) if isinstance(record, Edition) else _notice(record)
    return json.dumps(
        {"format": FORMAT, "record": record.record_number, **content},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def content_hash(record: Record) -> str:
    return hashlib.sha256(canonical(record).encode()).hexdigest()


def link_hash(previous_sha256: str, content_sha256: str) -> str:
    return hashlib.sha256(f"{previous_sha256}\n{content_sha256}".encode()).hexdigest()


def append(article: Article, record: Record) -> None:
    """Save a new edition or notice as the next link of the story's chain.

    The caller holds the story's row lock and saves the story.
    """
    record.record_number = article.record_length + 1
    record.content_sha256 = content_hash(record)
    record.previous_sha256 = article.record_sha256
    record.record_sha256 = link_hash(record.previous_sha256, record.content_sha256)
    record.save(force_insert=True)
    article.record_length = record.record_number
    article.record_sha256 = record.record_sha256


def chain(article: Article) -> list[Record]:
    """All records of a story, oldest first."""
    records: list[Record] = [
        *Edition.objects.filter(article=article).select_related("bureau", "section"),
        *Notice.objects.filter(article=article),
    ]
    return sorted(records, key=lambda record: record.record_number)


def faults(article: Article) -> Iterator[str]:
    """What is wrong with a story's chain, a sentence each; nothing when it verifies."""
    previous = ""
    number = 0
    for number, record in enumerate(chain(article), 1):
        where = f"story {article.pk}, record {number} ({type(record).__name__} {record.pk})"
        if record.record_number != number:
            yield f"{where}: a record is missing before it"
            return
        if record.content_sha256 != content_hash(record):
            yield f"{where}: its content was changed"
        if record.previous_sha256 != previous:
            yield f"{where}: does not follow the record before it"
        if record.record_sha256 != link_hash(record.previous_sha256, record.content_sha256):
            yield f"{where}: its own hash is wrong"
        previous = record.record_sha256
    if (number, previous) != (article.record_length, article.record_sha256):
        yield f"story {article.pk}: the newest record is missing"


def _edition(edition: Edition) -> dict:
    values = {name: getattr(edition, name) for name in Content.content_fields()}
    values["bureau"] = edition.bureau_id
    values["section"] = edition.section_id
    values["picture"] = edition.picture_id
    return values | {
        "type": "edition",
        "article": edition.article_id,
        "number": edition.number,
        "kind": edition.kind,
        "backdated_to": _instant(edition.backdated_to),
        "note": edition.note,
        "bylines": edition.bylines,
        "tags": edition.tags,
        "approved_by": edition.approved_by_id,
        "published_by": edition.published_by_id,
        "made_at": _instant(edition.made_at),
    }


def _notice(notice: Notice) -> dict:
    return {
        "type": "notice",
        "article": notice.article_id,
        "edition": notice.edition_id,
        "kind": notice.kind,
        "ground": notice.ground,
        "text": notice.text,
        "made_by": notice.made_by_id,
        "made_at": _instant(notice.made_at),
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
