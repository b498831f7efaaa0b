"""Comparing companies on one metric: what may share a chart, and why the rest may not; and two dates of one company."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from signals.models import Fact, IndicatorCurrent
from signals.selectors import indicator
from signals.selectors.indicator import Series

MAX_COMPANIES = 6
CHANGES = 50  # figures of one company that are set against what was known before


@dataclass(slots=True)
class Comparison:
    """Series that may be drawn on one scale, and the reason for each that may not."""

    series: list[Series] = field(default_factory=list)
    refused: list[tuple[Series, str]] = field(default_factory=list)
    span: str = ""
    unit: str = ""
    measure: str = ""


def compare(
    entities: list[str],
    metric: str,
    *,
    product: str | None = None,
    measure: str = "",
    span: str = "",
    as_of: date | None = None,
) -> Comparison:
    """Like with like: one unit, one measure, one length of period. The most widely shared kind is chosen when none is asked for."""
    found = indicator.series(metric, entities=entities[:MAX_COMPANIES], product=product, as_of=as_of)
    shared: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    points: Counter[tuple[str, str, str, str]] = Counter()
    for one in found:
        if one.modality != "reported":
            continue
        kind = (one.measure, one.unit, one.span, one.product)
        shared[kind].add(one.subject)
        points[kind] += len(one.facts)
    wanted = [kind for kind in shared if (not measure or kind[0] == measure) and (not span or kind[2] == span)]
    if not wanted:
        return Comparison(refused=[(one, _("another measure or length of period was asked for")) for one in found])
    best = max(wanted, key=lambda kind: (len(shared[kind]), kind[0] == "level", points[kind]))
    result = Comparison(span=best[2], unit=best[1], measure=best[0])
    for one in found:
        reason = _reason(one, best)
        if reason:
            result.refused.append((one, reason))
        else:
            result.series.append(one)
    return result


def _reason(one: Series, kind: tuple[str, str, str, str]) -> str:
    measure, unit, span, product = kind
    if one.measure != measure:
        return _("a change and a level do not share a scale")
    if one.unit != unit:
        return _("its unit is %(unit)s, not %(other)s") % {"unit": one.unit, "other": unit}
    if one.product != product:
        return _("it is about another product")
    if one.modality != "reported":
        return _("a plan or an estimate is not a result")
    if one.span != span:
        return _("its periods have another length: cumulative figures and single quarters never share a line")
    return ""


def between(entity: str, start: date, end: date) -> dict[str, Any]:
    """What became known of a company between two days: new facts, facts whose value moved, by day of publication."""
    rows = list(
        IndicatorCurrent.objects.filter(subject=entity, superseded=False, published_on__gt=start, published_on__lte=end)
        .select_related("subject", "disclosure")
        .order_by(F("published_on").desc(nulls_last=True), "key")[: CHANGES + 1]
    )
    read = sorted(rows[:CHANGES], key=lambda row: (row.metric, row.key))
    read.sort(key=lambda row: row.published_on or start, reverse=True)
    known = {
        fact.key: fact.best
        for fact in Fact.objects.filter(key__in=[row.fact_key for row in read]).select_related("best", "best__subject")
    }
    new: list[IndicatorCurrent] = []
    changed: list[IndicatorCurrent] = []
    for row in read:
        earlier = (known.get(row.fact_key) or row).published_on
        (new if earlier is None or earlier > start else changed).append(row)
    return {"new": new, "changed": changed, "more": len(rows) > CHANGES, "read": CHANGES}
