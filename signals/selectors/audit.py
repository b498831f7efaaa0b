"""The audit log as a filterable page, newest first, by key and not by page number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from signals.models import AuditEntry

PAGE = 100
MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its actor's name and what changed, field by field."""

    entry: AuditEntry
    actor: str
    changes: list[tuple[str, Any, Any]]


def entries(
    *, table: str = "", operation: str = "", object_key: str = "", actor: str = "", request: str = "",
    since: date | None = None, until: date | None = None,
) -> QuerySet[AuditEntry]:  # fmt: skip
    """The entries that fit every given filter."""
    rows = AuditEntry.objects.order_by("-id")
    if table:
        rows = rows.filter(table=table)
    if operation:
        rows = rows.filter(operation=operation)
    if object_key:
        rows = rows.filter(object=object_key)
    if actor:
        rows = rows.filter(actor__in=get_user_model().objects.filter(username=actor).values("pk"))
    if request:
        rows = rows.filter(request=request)
    if since:
        rows = rows.filter(at__date__gte=since)
    return rows.filter(at__date__lte=until) if until else rows


def page(rows: QuerySet[AuditEntry], before: int | None) -> tuple[list[Line], int | None]:
    """A page of lines, and the id to go on before."""
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return lines(found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None


def lines(found: list[AuditEntry]) -> list[Line]:
    names = dict(
        get_user_model().objects.filter(pk__in={one.actor for one in found if one.actor}).values_list("pk", "username")
    )
    return [
        Line(
            one,
            names.get(one.actor, "") if one.actor else "",
            [(name, one.before.get(name), one.after.get(name)) for name in sorted({*one.before, *one.after})],
        )
        for one in found
    ]


def tables() -> list[str]:
    """The names in use, for the filter."""
    return ["annotation", "backup code", "decision", "disclosure", "entity", "entity name", "export", "figure", "ownership", "proposal", "role", "second factor",
            "signal", "source", "user", "user role"]  # fmt: skip
