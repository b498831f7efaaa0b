"""Indicators for charts and tables: which metrics there are, and their facts in time order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from signals.models import Fact, IndicatorCurrent, TimelineEntry

MAX_POINTS = 2000
CHUNK = 1000  # rows that a file takes from the database at a time
LISTED = 200  # rows of a table on a page; the files have all
SPANS = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year", 0: "day"}


@dataclass(frozen=True, slots=True)
class MetricCount:
    metric: str
    product: str
    facts: int


@dataclass(slots=True)
class Series:
    """Facts that may share a line: one subject, metric, product, measure, unit, length of period and kind of statement."""

    subject: str
    metric: str
    product: str
    measure: str
    unit: str
    span: str
    modality: str = "reported"
    facts: list[Fact] = field(default_factory=list)


def metrics(entity: str | None = None) -> list[MetricCount]:
    """Metrics and products with facts, most facts first."""
    rows = Fact.objects.filter(subject=entity) if entity else Fact.objects.exclude(subject=None)
    counted = rows.values_list("metric", "product").annotate(n=Count("pk")).order_by("-n", "metric", "product")
    return [MetricCount(metric, product, n) for metric, product, n in counted]


def span_of(fact: Fact) -> str:
    """day, month, quarter, half, nine_months, year; other lengths by their number of months."""
    if fact.period_start is None or fact.period_end is None or fact.period_start == fact.period_end:
        return "day"
    months = round((fact.period_end - fact.period_start).days / 30.4)
    return SPANS.get(months, f"{months} months")


def series(
    metric: str, *, entities: list[str] | None = None, product: str | None = None, as_of: date | None = None
) -> list[Series]:
    """All series of a metric, longest first. ``as_of`` shows what was known at the end of that day."""
    rows = Fact.objects.filter(metric=metric).exclude(period_end=None)
    if entities is not None:
        rows = rows.filter(subject__in=entities)
    if product is not None:
        rows = rows.filter(product=product)
    if as_of is not None:
        rows = rows.filter(
            Q(best__published_on__lte=as_of) | Q(best__published_on=None, best__first_seen_at__date__lte=as_of)
        )
    rows = rows.select_related("subject", "best", "best__subject", "best__source").order_by(
        "-period_end", "period_start", "pk"
    )
    groups: dict[tuple[str, ...], Series] = {}
    for fact in list(rows[:MAX_POINTS])[::-1]:
        key = (fact.subject_id or "", fact.metric, fact.product, fact.measure, fact.unit, span_of(fact), fact.modality)
        groups.setdefault(key, Series(*key)).facts.append(fact)
    return sorted(
        groups.values(),
        key=lambda one: (one.modality != "reported", -len(one.facts), one.subject, one.product, one.span),
    )


def undated(metric: str, entity: str, product: str | None = None) -> list[Fact]:
    """Facts of a metric whose period the texts do not say."""
    rows = Fact.objects.filter(metric=metric, subject=entity, period_end=None).select_related("best", "best__subject")
    return list(rows.filter(product=product) if product is not None else rows)


def _found(metric: str, entities: list[str] | None, product: str | None, every: bool) -> QuerySet[Any]:
    """What speaks for each fact of a metric, or every single statement; by company, levels first, newest period first."""
    found: QuerySet[Any] = (
        IndicatorCurrent.objects.filter(metric=metric, superseded=False)
        if every
        else Fact.objects.filter(metric=metric)
    )
    if entities is not None:
        found = found.filter(subject__in=entities)
    if product is not None:
        found = found.filter(product=product)
    return found.order_by("subject_id", "product", "-measure", "-period_end", "pk")


def rows(
    metric: str,
    *,
    entities: list[str] | None = None,
    product: str | None = None,
    every: bool = False,
    most: int = LISTED,
) -> list[IndicatorCurrent]:
    """Figures for a table, at most ``most``. The rows are chosen by narrow columns, and read whole only then."""
    found = _found(metric, entities, product, every)
    chosen = found.model._default_manager.filter(pk__in=found.values("pk")[:most]).order_by(*found.query.order_by)
    if every:
        return list(chosen.select_related("subject", "disclosure").defer("search"))
    return [fact.best for fact in chosen.select_related("best__subject", "best__disclosure").defer("best__search")]


def stream(
    metric: str, *, entities: list[str] | None = None, product: str | None = None, every: bool = False
) -> tuple[int, Iterator[IndicatorCurrent]]:
    """All figures of a metric for a file, each with its proof: how many, and one after the other from a cursor of the server."""
    found = _found(metric, entities, product, every)
    proof = ("subject", "disclosure__current_version__capture", "source")
    if every:
        return found.count(), found.select_related(*proof).defer("search").iterator(CHUNK)
    facts = found.select_related(*(f"best__{name}" for name in proof)).defer("best__search")
    return found.count(), (fact.best for fact in facts.iterator(CHUNK))


def events(entity: str, start: date, end: date, limit: int = 8) -> list[TimelineEntry]:
    """The weightiest policy and signal entries in a chart's window, in time order, for its numbered flags."""
    found = (
        TimelineEntry.objects.filter(entity=entity, lane__in=["policy", "signal"], date__range=(start, end))
        .filter(stage__in=["done", "approved", "setback", "agreed"])
        .order_by("-weight", "-date", "-pk")[: 4 * limit]
    )
    by_month: dict[tuple[int, int], TimelineEntry] = {}
    for entry in found:
        if entry.date:
            by_month.setdefault((entry.date.year, entry.date.month), entry)
    return sorted(list(by_month.values())[:limit], key=lambda entry: entry.date or start)


def subjects(metric: str) -> list[dict[str, Any]]:
    """Entities that have facts of a metric, most facts first."""
    counted: Iterable[Any] = (
        Fact.objects.filter(metric=metric).exclude(subject=None)
        .values("subject", "subject__short_en", "subject__short_zh").annotate(n=Count("pk")).order_by("-n", "subject")
    )  # fmt: skip
    return list(counted)


def by_metric(counts: list[MetricCount]) -> dict[str, list[MetricCount]]:
    """Counts grouped by metric, order kept."""
    groups: dict[str, list[MetricCount]] = defaultdict(list)
    for count in counts:
        groups[count.metric].append(count)
    return dict(groups)
