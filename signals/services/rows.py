"""Many rows in one statement, past the ORM, whose own way of inserting takes longer than PostgreSQL needs to write them.

COPY for rows that are new for certain; INSERT from one JSON value where PostgreSQL computes a search vector or the row may
be there already. Triggers and constraints hold as ever.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


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
        copy(type(rows[0]), [field.attname for field, _ in columns], (_values(row, columns) for row in rows))


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
    names = [field.column for field, _ in columns]
    told = [f"words_{number}" for number in range(len(words[0]))] if words else []
    data = [
        dict(zip([*names, *told], [*_plain(row, columns), *(words[place] if words else ())], strict=True))
        for place, row in enumerate(rows)
    ]
    types = [f'"{field.column}" {field.db_type(connection)}' for field, _ in columns] + [
        f"{name} text" for name in told
    ]
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
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({into}) SELECT {select} FROM json_to_recordset(%s::json) AS told ({", ".join(types)}) '
            f'{clause} RETURNING "{pk}"',
            [json.dumps(data, default=str, ensure_ascii=False)],
        )
        return [pk for (pk,) in cursor.fetchall()]


Columns = tuple[tuple[Any, bool], ...]  # a model's field


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], with_id: bool) -> Columns:
    """The columns to be written, each with whether it holds JSON; the database fills the others."""
    fields = [field for field in model._meta.concrete_fields if with_id or not field.primary_key]
    return tuple((field, isinstance(field, models.JSONField)) for field in fields if field.name != "search")


def _plain(row: models.Model, columns: Columns) -> list[Any]:
    return [
        field.pre_save(row, True)
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
        else getattr(row, field.attname)
        for field, _ in columns
    ]


def _values(row: models.Model, columns: Columns) -> list[Any]:
    return [
        json.dumps(value, ensure_ascii=False) if is_json and value is not None else value
        for value, (_, is_json) in zip(_plain(row, columns), columns, strict=True)
    ]
