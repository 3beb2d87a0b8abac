"""Lines of lists, kept whole in each process, and read again only when something on them changed.

A line is made of up to nine rows, of which a list with fifty lines would read most columns again
at each request. So a list asks for the numbers of its lines and for a version of each: PostgreSQL's
own marks of the rows that it is made of (``xmin``, the transaction that wrote a row, and ``ctid``,
where it lies). No two states of a row have the same, so nothing has to be dropped, and nothing can
be out of date.

A line is shared by all requests of a process: nobody may change it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet, TextField
from django.db.models.expressions import RawSQL

from articles.models import Edition, Listing
from newsroom.statements import Statement

# Six to ten kilobytes each; with more, all are read anew.
MOST = 1500

# Bureaus and sections change so rarely that a change of one may be a change of every line.
_VERSIONS = """
SELECT concat_ws(
    ' ', edition.xmin, edition.ctid, address.xmin, address.ctid, placement.xmin, placement.ctid,
    picture.xmin, picture.ctid,
    (SELECT string_agg(concat(xmin, ctid), ' ' ORDER BY id) FROM bureaus_network),
    (SELECT md5(string_agg(concat(xmin, ctid), ' ' ORDER BY id)) FROM bureaus_bureau),
    (SELECT md5(string_agg(concat(xmin, ctid), ' ' ORDER BY id)) FROM articles_section)
)
FROM articles_edition AS edition
JOIN articles_address AS address ON address.id = edition.address_id
LEFT JOIN articles_picture AS picture ON picture.id = edition.picture_id
LEFT JOIN articles_placement AS placement ON placement.id = articles_listing.placement_id
WHERE edition.id = articles_listing.edition_id
"""
_OF_EDITION = _VERSIONS.replace("articles_listing.edition_id", "articles_edition.id").replace(
    "articles_listing.placement_id", "NULL"
)

_BUREAUS = ("edition__bureau", "edition__address__bureau", "placement__bureau")
_WITH = ("edition__bureau__network", "edition__section", "edition__picture")
# What no line prints; read for each of a hundred lines it takes as long as all the rest.
_UNPRINTED = [
    *(f"edition__{name}" for name in (
        "body", "backdated_to", "made_at", "content_sha256", "previous_sha256", "record_sha256",
        "source", "source_name",
    )),
    *(f"edition__bureau__network__{name}" for name in (
        "tagline", "publisher", "address", "person_responsible", "email", "phone",
    )),
    *(f"{bureau}__{name}" for bureau in _BUREAUS for name in (
        "publisher", "address", "person_responsible", "email", "phone", "amber_after", "red_after",
        "breaking_after", "opened_at",
    )),
    *(f"edition__picture__{name}" for name in (
        "uploaded_at", "source", "creator", "copyright", "place", "keywords", "taken_on", "owner",
        "licence", "usable_until", "is_for_all", "upload_key", "original",
        "file_name",
    )),
    "placement__note", "placement__shown",
]  # fmt: skip


def printed(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """Lines with everything that they print, from the database."""
    return rows.select_related(*_BUREAUS, *_WITH).defer(*_UNPRINTED)


def versions(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """The lines' numbers with their ``row_versions``, which is what ``whole`` takes."""
    of_rows = RawSQL(f"({_VERSIONS})", (), TextField())
    return rows.annotate(row_versions=of_rows).only("pk")


def with_versions(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with the same for what a page shows of them."""
    return editions.annotate(row_versions=RawSQL(f"({_OF_EDITION})", (), TextField()))


def with_own_version(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of any model with the version of each by itself, nothing that it refers to included."""
    table = connection.ops.quote_name(rows.model._meta.db_table)
    version = RawSQL(f"concat_ws(' ', {table}.xmin, {table}.ctid)", (), TextField())
    return rows.annotate(row_versions=version)


def _of(ids: list[int]) -> QuerySet[Listing]:
    any_of = RawSQL("articles_listing.id = ANY(%s)", (ids,), BooleanField())
    return printed(Listing.objects.filter(any_of))


_LINES = Statement(_of, ids=[-1])
_kept: dict[tuple[int, str], Listing] = {}


def whole(rows: Sequence[Any]) -> dict[int, Listing]:
    """The lines of these ``versions``, by number: one query for those that are not here yet.

    What has gone in the meantime is missing.
    """
    keys = {row.pk: (row.pk, row.row_versions) for row in rows}
    found = {number: line for number, key in keys.items() if (line := _kept.get(key))}
    missing = keys.keys() - found.keys()
    if missing:
        if len(_kept) + len(missing) > MOST:
            _kept.clear()
        for line in _LINES.rows(ids=list(missing)):
            line.row_versions = keys[line.pk][1]  # type: ignore[attr-defined]
            found[line.pk] = _kept[keys[line.pk]] = line
    return found


def once(line: Listing, write: Callable[[Listing], str]) -> str:
    """What a function writes of a line, written once for as long as the line stays as it is.

    For functions whose text is in one language and holds nothing but what is on the line.
    """
    if not hasattr(line, "row_versions"):
        return write(line)
    written: dict[Any, str] = line.__dict__.setdefault("_written", {})
    if write not in written:
        written[write] = write(line)
    return written[write]
