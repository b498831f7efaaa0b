"""Many rows in one statement, past the ORM, whose own way of inserting takes longer than PostgreSQL needs to write them.

COPY for rows that are new for certain; INSERT from one JSON value where PostgreSQL computes a search vector or the row may
be there already. Triggers and constraints hold as ever.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

import orjson
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models.base import ModelState
from psycopg import Cursor

M = TypeVar("M", bound=models.Model)


def make(model: type[M], values: dict[str, Any]) -> M:
    """An unsaved row with these values of columns (``subject_id``), and defaults in the others.

    Past the model's own constructor, which takes ten times as long, forty times for a page; it sends no signals.
    """
    blank = _blank(model)
    if not values.keys() <= blank.names:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - blank.names))}")
    row = model.__new__(model)
    row._state = ModelState()
    held = row.__dict__
    held.update(blank.constant)
    held.update(values)
    for name, default in blank.made:
        if name not in values:
            held[name] = default()
    return row


def number(*groups: Sequence[models.Model]) -> None:
    """Give rows of several models, each group of one, the ids that they will have; one question for all."""
    groups = tuple(group for group in groups if group)
    if not groups:
        return
    arrays = ", ".join(
        ["ARRAY(SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s))"] * len(groups)
    )
    wanted = [value for group in groups for value in (group[0]._meta.db_table, len(group))]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {arrays}", wanted)
        for group, ids in zip(groups, cursor.fetchone(), strict=True):
            for row, pk in zip(group, ids, strict=True):
                row.pk = pk


def add(rows: Sequence[models.Model]) -> None:
    """Add rows of one model that nobody else can be adding; those without an id get one and do not learn it."""
    if rows:
        columns = _columns(type(rows[0]), rows[0].pk is not None)
        copy(type(rows[0]), columns.names, map(columns.packed, rows))


def copy(model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """The same for plain values in the order of the columns ``names``."""
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in values:
            target.write_row(row)


def insert(
    rows: Sequence[models.Model], words: Sequence[Sequence[str]] = (), search: str = "", on_conflict: str = ""
) -> list[Any]:
    """Insert rows of one model; returns the ids of those that were written.

    ``search`` is the SQL of its search vector over ``words_0``, ``words_1``…: the words of each row in ``words``.
    ``on_conflict`` is ``update`` (rows with this id are overwritten) or ``nothing``; without it a row in the way is an error.
    """
    if not rows:
        return []
    meta = rows[0]._meta
    columns = _columns(type(rows[0]), rows[0].pk is not None)
    names = list(columns.names)
    told = [f"words_{number}" for number in range(len(words[0]))] if words else []
    data = [
        dict(zip([*names, *told], [*columns.values(row), *(words[place] if words else ())], strict=True))
        for place, row in enumerate(rows)
    ]
    types = [*columns.types, *(f"{name} text" for name in told)]
    quoted = ", ".join(f'"{name}"' for name in names)
    into, select = (f"{quoted}, search", f"{quoted}, {search}") if search else (quoted, quoted)
    pk = meta.pk.column
    written = [name for name in [*names, *(["search"] if search else [])] if name != pk]
    clause = {
        "": "",
        "nothing": "ON CONFLICT DO NOTHING",
        "update": f'ON CONFLICT ("{pk}") DO UPDATE SET '
        + ", ".join(f'"{name}" = excluded."{name}"' for name in written),
    }[on_conflict]
    # Bound by the server: Django's own cursor writes the values into the statement, where they are parsed once more.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({into}) SELECT {select} FROM json_to_recordset(%s::json) AS told ({", ".join(types)}) '
            f'{clause} RETURNING "{pk}"',
            [orjson.dumps(data, default=str).decode()],
        )
        return [pk for (pk,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Blank:
    """What a new row of a model holds: defaults that are the same for all, and those that are made for each."""

    names: frozenset[str]
    constant: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]


@lru_cache(maxsize=64)
def _blank(model: type[models.Model]) -> Blank:
    fields: list[Any] = list(model._meta.concrete_fields)
    # What Django puts where no default was given is a class, and so can be called too.
    making = [field for field in fields if field.has_default() and callable(field.default)]
    made = tuple((field.attname, field.default) for field in making)
    once = {field.attname: field.get_default() for field in fields if field not in making}
    return Blank(frozenset(field.attname for field in fields), once, made)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a model to be written, and how their values are read off what a row holds; the database fills the others."""

    names: tuple[str, ...]
    types: tuple[str, ...]  # each with its name, as SQL has it
    read: Callable[[dict[str, Any]], tuple[Any, ...]]
    json: tuple[int, ...]  # places of those that hold JSON
    moments: tuple[Any, ...]  # fields that take the time of writing

    def values(self, row: models.Model) -> tuple[Any, ...]:
        for one in self.moments:
            one.pre_save(row, True)
        return self.read(row.__dict__)  # past the descriptors of references, which take longer than the rest

    def packed(self, row: models.Model) -> Sequence[Any]:
        """The same with JSON as text."""
        values = list(self.values(row))
        for place in self.json:
            if values[place] is not None:
                values[place] = orjson.dumps(values[place]).decode()
        return values


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], with_id: bool) -> Columns:
    fields: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if (with_id or not field.primary_key) and not isinstance(field, SearchVectorField)
    ]
    return Columns(
        tuple(field.column for field in fields),
        tuple(f'"{field.column}" {field.db_type(connection)}' for field in fields),
        itemgetter(*(field.attname for field in fields)),
        tuple(place for place, field in enumerate(fields) if isinstance(field, models.JSONField)),
        tuple(field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)),
    )
