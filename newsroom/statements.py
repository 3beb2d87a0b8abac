"""Statements that every page of readers asks, put together once in a process instead of each time.

Building the SQL of a query of several joins takes Django longer than PostgreSQL takes to answer it,
and making the same bureau anew for each line of a list as long again. Knows no model.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterator
from copy import copy
from itertools import count
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

import psycopg
from django.conf import settings
from django.db import connections, models
from django.db.backends.postgresql.base import CursorMixin
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators

Row = TypeVar("Row", bound=models.Model)
_PLACE = re.compile("%([s%])")
DATABASE = "default"


class Statement(Generic[Row]):
    """A queryset of one shape, asked again and again with other values.

    ``build`` makes the queryset from named values; ``samples`` has one of each that is found
    nowhere else in the statement, by which its places are known. A value must reach the database
    as it is: text, a number, a date or a list within RawSQL.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], **samples: Any) -> None:
        self._build = build
        self._samples = samples
        self._lock = Lock()
        self._compiled: _Compiled | None = None

    def rows(self, **values: Any) -> Iterator[Row]:
        """One query. Rows that refer to the same other row share one object of it."""
        return self._prepared().rows(values)

    def plain(self, **values: Any) -> list[Any]:
        """The same as named tuples, with the values as they come from the database.

        For a queryset of one table and annotations; the number of a row is its ``pk``.
        """
        return self._prepared().plain(values)

    def _prepared(self) -> "_Compiled":
        compiled = self._compiled
        if compiled is None:
            with self._lock:
                compiled = self._compiled = _Compiled(self._build(**self._samples), self._samples)
        return compiled


class _Compiled:
    def __init__(self, queryset: models.QuerySet, samples: dict[str, Any]) -> None:
        self.compiler = queryset.query.get_compiler(using=DATABASE)
        sql, params = self.compiler.as_sql()
        self.sql = numbered(sql)
        self.places: list[tuple[str | None, Any]] = [
            (next((name for name, sample in samples.items() if _is_same(sample, each)), None), each)
            for each in params
        ]
        missing = samples.keys() - {name for name, _value in self.places}
        if missing:
            raise ValueError(
                f"The statement does not hold {missing}: they were changed on the way."
            )
        selected = [entry[0] for entry in self.compiler.select]
        self.converters = self.compiler.get_converters(selected)
        info = self.compiler.klass_info
        self.own = _Maker(info, self.compiler.select)
        self.related = [
            _Related(populator)
            for populator in get_related_populators(info, self.compiler.select, DATABASE)  # type: ignore[call-arg] # of Django 5.2
        ]
        self.annotations = list(self.compiler.annotation_col_map.items())
        self.plain_row = self._plain_row()

    def _plain_row(self) -> Any:
        names = {index: name for name, index in self.annotations}
        own = dict(enumerate(self.own.names, self.own.start))
        own = {index: "pk" if name == self.own.key else name for index, name in own.items()}
        whole = own | names
        return namedtuple("PlainRow", [whole[index] for index in sorted(whole)])

    def plain(self, values: dict[str, Any]) -> list[Any]:
        return [
            *map(self.plain_row._make, fetch(connections[DATABASE], self.sql, self._at(values)))
        ]

    def _at(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(
            [values[name] if name is not None else constant for name, constant in self.places]
        )

    def rows(self, values: dict[str, Any]) -> Iterator[Any]:
        compiler = copy(self.compiler)
        # Of this thread, whoever compiled it.
        compiler.connection = connections[DATABASE]
        found = fetch(compiler.connection, self.sql, self._at(values))
        seen: dict[tuple[int, Any], Any] = {}
        for row in compiler.apply_converters(found, self.converters):
            made = self.own.make(row)
            for related in self.related:
                related.populate(row, made, seen)
            for name, column in self.annotations:
                setattr(made, name, row[column])
            yield made


def numbered(sql: str) -> str:
    """With PostgreSQL's own places, $1, $2 …: the driver need not look for them each time."""
    numbers = count(1)
    return _PLACE.sub(lambda place: f"${next(numbers)}" if place[1] == "s" else "%", sql)


class _Text(NamedTuple):
    query: bytes


class _PreparingCursor(CursorMixin, psycopg.RawCursor):
    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        found = super().execute(query, params, prepare=settings.PREPARED_STATEMENTS, **more)
        if self._query is None:
            # Django's log of queries asks here for the text, which a prepared one sends no more.
            self._query = _Text(query.encode())  # type: ignore[assignment]
        return found


def fetch(connection: Any, sql: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """All rows for a statement with PostgreSQL's own places ($1, $2).

    Prepared in the database, too: planning the joins of a list takes it longer than reading.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection._prepare_cursor(_PreparingCursor(connection.connection))
    with cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class _Maker:
    """Makes an object of a row's columns as Model.from_db() does, without the signals."""

    def __init__(self, info: dict[str, Any], select: Any) -> None:
        fields = info["select_fields"]
        self.model = info["model"]
        self.start, self.end = fields[0], fields[-1] + 1
        self.names = [entry[0].target.attname for entry in select[self.start : self.end]]
        self.key = self.model._meta.pk.attname

    def make(self, row: Any) -> Any:
        made = self.model.__new__(self.model)
        state = made._state = ModelState()
        state.adding, state.db = False, DATABASE
        made.__dict__.update(zip(self.names, row[self.start : self.end], strict=True))
        return made


class _Related:
    """A row that a joined table adds, and what is joined to that."""

    def __init__(self, populator: RelatedPopulator) -> None:
        self.start, self.end = populator.cols_start, populator.cols_end
        self.names = populator.init_list
        self.model = populator.model_cls
        self.pk = self.start + populator.pk_idx
        self.set_here, self.set_there = populator.local_setter, populator.remote_setter
        self.related = [_Related(further) for further in populator.related_populators]

    def populate(self, row: Any, here: Any, seen: dict[tuple[int, Any], Any]) -> None:
        pk = row[self.pk]
        key = (id(self), pk)
        made = seen.get(key)
        if made is None and pk is not None:
            made = seen[key] = self.model.__new__(self.model)
            state = made._state = ModelState()
            state.adding, state.db = False, DATABASE
            made.__dict__.update(zip(self.names, row[self.start : self.end], strict=True))
            for further in self.related:
                further.populate(row, made, seen)
        self.set_here(here, made)
        if made is not None:
            self.set_there(made, here)


def _is_same(sample: Any, value: Any) -> bool:
    return sample is value or (type(sample) is type(value) and sample == value)
