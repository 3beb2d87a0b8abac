"""Searching by words, in a column that a migration makes and the database fills."""

import re
from unicodedata import normalize

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

MOST_WORDS = 8
LATIN = (*range(0x00C0, 0x0180), *range(0x01CD, 0x01DD), *range(0x1E00, 0x1F00))
MARKS = range(0x0300, 0x0370)  # beside a letter, where it is written in two parts


def _bare(code: int) -> str:
    return normalize("NFD", chr(code))[0]


#: Letters as the words of a picture have them (migration 0024): é is e.
BARE = {code: _bare(code) for code in LATIN if _bare(code).isascii()} | dict.fromkeys(MARKS, "")


class Words(models.Func):
    """The words of a story (migration 0010) or of a picture (0024).

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
