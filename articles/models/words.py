"""Searching by words, in a column that a migration makes and the database fills."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

MOST_WORDS = 8


class Words(models.Func):
    """The words of a story (migration 0010) or of a picture (0020).

    It is no field, so that no query reads it unasked. PostgreSQL's "simple" words, which know no
    language: its Indonesian stemmer spoils more than it finds. Markup counts as no word.
    """

    output_field = SearchVectorField()

    def __init__(self):
        super().__init__("id")

    def as_sql(self, compiler, connection, **_more):  # type: ignore[override]
        (row,) = self.get_source_expressions()
        return f"{compiler.quote_name_unless_alias(row.alias)}.words", []


def every_word(text: str) -> SearchQuery | None:
    """A query for every word of the text, or one that begins so; None without any."""
    words = re.findall(r"[^\W_]+", text)[:MOST_WORDS]
    if not words:
        return None
    return SearchQuery(
        " & ".join(f"{word[:60]}:*" for word in words), config="simple", search_type="raw"
    )
