"""Searching the stories of the desk, at a bounded price."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from articles.models import Article

FEWEST_LETTERS = 2
LONGEST_SEARCH = 3000  # milliseconds
MOST_OF_FEW = 6000


class TooWide(Exception):
    """The database has looked for as long as it may."""


def is_searchable(text: str) -> bool:
    """Whether there is a word in it that is long enough to be looked for."""
    return any(len(word) >= FEWEST_LETTERS for word in re.findall(r"\w+", text))


def are_few(text: str) -> bool:
    """Whether so few stories of all have the words that they are best found first, then ordered."""
    return Article.objects.search(text).order_by()[: MOST_OF_FEW + 1].count() <= MOST_OF_FEW


@contextmanager
def bounded() -> Iterator[None]:
    """Stop any statement within after LONGEST_SEARCH. Raises TooWide then.

    Whatever the database expects of a word, it never looks at story after story as they lie.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL statement_timeout = {LONGEST_SEARCH}; SET LOCAL enable_seqscan = off"
            )
            yield
            # Inside another transaction they would hold on.
            cursor.execute(
                "SET LOCAL statement_timeout = DEFAULT; SET LOCAL enable_seqscan = DEFAULT"
            )
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooWide from error
        raise
