"""The overview: what is new, the most telling signals, key figures per company, themes by month, what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from companies.models import Entity
from signals.models import (
    Disclosure,
    Fact,
    Fetch,
    IndicatorCurrent,
    Rollup,
    SignalCurrent,
    Source,
)
from signals.selectors import absence, company, counting

WINDOWS = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
COUNTED = 10_000
READ = 120  # the newest rows that the most telling ones are chosen from
SIGNALS, FIGURES, MONTHS, COMPANIES = 8, 10, 12, 10
KEY_FIGURES, ABSENCES = 4, 6
PER_DISCLOSURE, PER_THEME, FIGURES_EACH = 1, 2, 3
BACKGROUND = timedelta(days=400)


def since(window: str, last_visit: datetime | None, now: datetime | None = None) -> datetime:
    """The moment after which things are new: the last visit, or a window before now."""
    now = now or timezone.now()
    if window in WINDOWS:
        return now - WINDOWS[window]
    return last_visit or now - WINDOWS["24h"]


def news(start: datetime) -> dict[str, str]:
    """How much came in since ``start``; beyond ``COUNTED`` it is only said to be more."""
    new = {"first_seen_at__gt": start}
    selections: list[QuerySet[Any]] = [
        Disclosure.objects.filter(**new).exclude(current_version=None),
        IndicatorCurrent.objects.filter(**new, superseded=False),
        SignalCurrent.objects.filter(**new, superseded=False),
    ]
    found = counting.counts(selections, COUNTED)
    shown = [f"{COUNTED:,}+" if n > COUNTED else f"{n:,}" for n in found]
    return dict(zip(("disclosures", "figures", "signals"), shown, strict=True))


def telling_signals(start: datetime) -> list[SignalCurrent]:
    """The weightiest of the newest signals: one a disclosure, few of one theme, no mere headlines.

    Whole rows are read only for those shown.
    """
    newest = (
        SignalCurrent.objects.filter(first_seen_at__gt=start, superseded=False)
        .exclude(subject=None)
        .exclude(stage="slogan")
        .order_by(F("published_on").desc(nulls_last=True), "key")
        .values_list("key", "disclosure_id", "weight", "published_on", "theme", "quote", "disclosure__title")[:READ]
    )
    told = [row for row in newest if row[5].strip() not in row[6]]
    by_weight = sorted(told, key=lambda row: (-row[2], -(row[3] or date.min).toordinal(), row[0]))
    once = _few([(row, row[1]) for row in by_weight], PER_DISCLOSURE)
    keys = [row[0] for row in _few([(row, row[4]) for row in once], PER_THEME)[:SIGNALS]]
    rows = SignalCurrent.objects.select_related("subject", "disclosure", "source").in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    return sorted(found, key=lambda row: (row.published_on or date.min, row.weight), reverse=True)


def new_figures(start: datetime) -> list[list[IndicatorCurrent]]:
    """The newest figures of tracked companies, those of one metric together; few from one disclosure, none of long ago.

    A figure for a period that ended long before it was published is background, not news.
    """
    newest = (
        IndicatorCurrent.objects.filter(first_seen_at__gt=start, superseded=False, subject__isnull=False)
        .order_by(F("published_on").desc(nulls_last=True), "key")
        .values_list("key", "disclosure_id", "subject", "metric", "product", "period_end", "published_on", "measure")[
            :READ
        ]
    )
    fresh = [row for row in newest if not (row[5] and row[6]) or row[5] > row[6] - BACKGROUND]
    fresh.sort(key=_newest_level_first)
    few = _few([(row, row[1]) for row in fresh], FIGURES_EACH)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for key, _of, *kind, _end, _on, _measure in few:
        same = groups.setdefault((kind[0], kind[1], kind[2]), [])
        if len(same) < FIGURES_EACH:
            same.append(key)
    shown = list(groups.values())[:FIGURES]
    rows = IndicatorCurrent.objects.select_related("subject", "disclosure", "source").in_bulk(
        [key for keys in shown for key in keys]
    )
    return [found for keys in shown if (found := [rows[key] for key in keys if key in rows])]


def _newest_level_first(row: tuple[Any, ...]) -> tuple[int, int, bool, int]:
    """Order of figures: day of publication, then disclosure, and of one disclosure levels and late periods first."""
    *_rest, end, on, measure = row
    return -(on or date.min).toordinal(), row[1], measure != "level", -(end or date.min).toordinal()


def _few(rows: Iterable[tuple[Any, object]], each: int) -> list[Any]:
    """The first rows, at most ``each`` of one kind; rows come as (row, kind)."""
    taken: Counter[object] = Counter()
    found: list[Any] = []
    for row, kind in rows:
        taken[kind] += 1
        if taken[kind] <= each:
            found.append(row)
    return found


def companies(today: date) -> tuple[list[dict[str, Any]], list[absence.Absence]]:
    """Tracked companies that say most, each with its key figures; and what they no longer say though it was regular."""
    rows = (
        Rollup.objects.filter(kind="theme", count__gt=0, entity__tracked=True)
        .values_list("entity").annotate(total=Sum("count")).order_by("-total", "entity")
    )  # fmt: skip
    recent = rows.filter(month__gt=date(today.year - 1, today.month, 1))
    keys = [key for key, _total in recent[:COMPANIES] or rows[:COMPANIES]]
    entities = Entity.objects.in_bulk(keys)
    heard = company.last_heard(keys)
    runs = company.runs_of(keys)
    figures = company.figures_of(runs, keys, most=KEY_FIGURES)
    lines = [{"entity": entities[key], "heard": heard.get(key), "figures": figures[key]} for key in keys]
    return lines, absence.absences(runs, heard, today)[:ABSENCES]


def themes(now: date) -> dict[str, Any]:
    """Theme × month counts of all companies over the last ``MONTHS`` months."""
    first = date(now.year - 1, now.month, 1)
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    rows = (
        Rollup.objects.filter(kind="theme", month__gt=first, month__lte=now, count__gt=0)
        .values_list("key", "month").annotate(total=Sum("count")).order_by("key", "month")
    )  # fmt: skip
    for key, month, total in rows:
        counts[key][month] = total
    months = []
    for n in range(MONTHS - 1, -1, -1):
        index = now.year * 12 + now.month - 1 - n
        months.append(date(index // 12, index % 12 + 1, 1))
    lines = sorted(counts.items(), key=lambda line: (-sum(line[1].values()), line[0]))
    return {
        "months": months,
        "rows": [{"key": key, "cells": [(month, of.get(month, 0)) for month in months]} for key, of in lines],
        "peak": max((n for of in counts.values() for n in of.values()), default=0),
    }


def contradictions(limit: int = 5) -> list[dict[str, Any]]:
    """Facts with figures that cannot all be true, newest first, each with the values that stand against each other."""
    facts = list(
        Fact.objects.filter(conflict=True)
        .exclude(subject=None)
        .select_related("subject")
        .order_by("-newest_at", "key")[:limit]
    )
    values: dict[str, dict[Any, IndicatorCurrent]] = defaultdict(dict)
    rows = IndicatorCurrent.objects.filter(fact_key__in=[fact.pk for fact in facts], conflict=True, superseded=False)
    for row in rows.select_related("subject").order_by("published_on", "key"):
        values[row.fact_key].setdefault(row.value, row)
    return [{"fact": fact, "values": list(values[fact.pk].values())[:3]} for fact in facts]


def health() -> dict[str, Any]:
    """Sources by state, worst first, and what is still in the works."""
    counted = Counter(Source.objects.filter(enabled=True).exclude(kind="sample").values_list("state", flat=True))
    busy = Fetch.objects.filter(state__in=Fetch.OPEN).count()
    samples = Source.objects.filter(kind="sample").count()
    return {
        "states": sorted(counted.items(), key=lambda item: Source.STATES.index(item[0]), reverse=True),
        "busy": busy,
        "samples": samples,
    }


def empty() -> bool:
    return not Disclosure.objects.exclude(current_version=None).exists()
