"""How a company speaks: party-state slogans by month, and the quotes behind each cell."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from signals.models import Rollup, SloganUse

MONTHS = 24


def heat(entity: str) -> dict[str, Any]:
    """Slogans × months of the newest ``MONTHS`` months that have any; each row with first and last use and total."""
    rows = list(
        Rollup.objects.filter(entity=entity, kind="slogan", count__gt=0)
        .order_by("month")
        .values_list("key", "month", "count")
    )
    if not rows:
        return {"months": [], "rows": [], "peak": 0}
    newest = rows[-1][1]
    months = [_back(newest, n) for n in range(MONTHS - 1, -1, -1)]
    months = [month for month in months if month >= rows[0][1]]
    by_slogan: dict[str, dict[date, int]] = defaultdict(dict)
    for key, month, count in rows:
        by_slogan[key][month] = count
    lines: list[dict[str, Any]] = [
        {
            "key": key,
            "first": min(counts),
            "last": max(counts),
            "total": sum(counts.values()),
            "cells": [(month, counts.get(month, 0)) for month in months],
        }
        for key, counts in by_slogan.items()
    ]
    lines.sort(key=lambda line: (-line["total"], line["key"]))
    return {"months": months, "rows": lines, "peak": max(count for _key, _month, count in rows)}


def uses(entity: str, slogan: str, month: date | None = None, limit: int = 60) -> list[SloganUse]:
    """The quotes of a slogan, newest first; of one month when it is given."""
    rows = SloganUse.objects.filter(
        slogan=slogan,
        extraction__version__current_of__main_entity=entity,
        extraction__version__current_of__duplicate_of=None,
    )
    if month is not None:
        last = _back(month, -1)
        rows = rows.filter(
            extraction__version__current_of__published_on__gte=month,
            extraction__version__current_of__published_on__lt=last,
        )
    rows = rows.select_related("extraction__version__current_of").order_by(
        "-extraction__version__current_of__published_on", "start"
    )
    seen: set[tuple[int, int]] = set()
    found = []
    for use in rows[: 4 * limit]:
        place = (use.extraction.version_id, use.start)
        if place not in seen:
            seen.add(place)
            found.append(use)
    return found[:limit]


def around(use: SloganUse, width: int = 60) -> dict[str, str]:
    """The use in its sentence: text before, the words, text after."""
    text = use.extraction.version.text
    return {
        "before": text[max(0, use.start - width) : use.start].split("\n")[-1],
        "exact": use.exact,
        "after": text[use.end : use.end + width].split("\n")[0],
    }


def _back(month: date, count: int) -> date:
    """The first of the month ``count`` months earlier (later when negative)."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)
