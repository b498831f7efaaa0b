"""Bounded counts of several selections in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(selections: Sequence[QuerySet[Any]], most: int) -> list[int]:
    """How many rows each selection has; beyond ``most`` the answer is ``most + 1``: nobody needs an exact million."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in selections:
        try:
            sql, params = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")
        values.extend(params)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return list(cursor.fetchone() or ())
