"""A company's page: who it is, its key figures, its disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from companies.models import Entity, Ownership, Role
from signals.models import Disclosure, Fact, IndicatorCurrent, TimelineEntry

KEY_METRICS = [
    ("revenue", ""),
    ("net_profit", ""),
    ("profit", ""),
    ("price", "concentrate"),
    ("output", "rare-earth-oxides"),
    ("rd_spend", ""),
    ("output_share", ""),
    ("rd_intensity", ""),
    ("quota_mining", ""),
    ("quota_smelting", ""),
    ("export_volume", "magnets"),
    ("price", "ndpr-oxide"),
    ("price_index", ""),
    ("capacity", "separation"),
    ("gross_margin", ""),
]
SPARK = 12


@dataclass(slots=True)
class KeyFigure:
    """The latest figure of one metric, with the values before it for the sparkline."""

    figure: IndicatorCurrent
    values: list[Decimal]
    bounds: list[bool]
    fact: Fact


@dataclass(slots=True)
class Holding:
    """One statement of ownership, ready for the tree."""

    entity: Entity
    ownership: Ownership


def heading(entity: Entity) -> dict[str, Any]:
    """Names with their former forms, tickers, owners, holdings and people."""
    names = list(entity.names.all())
    return {
        "entity": entity,
        "former": [name for name in names if name.kind == "former"],
        "others": [
            name
            for name in names
            if name.kind in {"official", "short"} and name.name not in {entity.name_en, entity.name_zh}
        ],
        "identifiers": list(entity.identifiers.all()),
        "owners": list(entity.owners.select_related("parent").order_by("parent_id", "-as_of")),
        "holdings": list(entity.holdings.select_related("child").order_by("child_id", "-as_of")),
        "people": list(Role.objects.filter(organisation=entity).select_related("person")),
    }


def figures_of(entities: list[str], metrics: list[tuple[str, str]] = KEY_METRICS) -> dict[str, list[KeyFigure]]:
    """Key figures per entity: for each metric the newest period's fact and the run of like facts before it.

    Levels are preferred; a metric that is only stated as a change shows the change.
    """
    wanted = Q()
    for metric, product in metrics:
        wanted |= Q(metric=metric, product=product)
    rows = (
        Fact.objects.filter(wanted, subject__in=entities, modality="reported", measure__in=["level", "change_yoy"])
        .exclude(period_end=None)
        .select_related("best", "best__subject")
        .order_by("subject", "metric", "product", "-period_end", "period_start")
    )
    series: dict[tuple[str, str, str, str, str, int], list[Fact]] = {}
    for fact in rows:
        length = _length(fact)
        series.setdefault(
            (fact.subject_id or "", fact.metric, fact.product, fact.measure, fact.unit, length), []
        ).append(fact)
    found: dict[str, list[KeyFigure]] = {entity: [] for entity in entities}
    for entity in entities:
        for metric, product in metrics:
            mine = {key: facts for key, facts in series.items() if key[:3] == (entity, metric, product)}
            levels = {key: facts for key, facts in mine.items() if key[3] == "level"} or mine
            if not levels:
                continue
            run = max(levels.values(), key=lambda facts: (facts[0].period_end or date.min, len(facts)))
            found[entity].append(_key_figure(run))
    return found


def _length(fact: Fact) -> int:
    """Days of the period, roughly: quarters, halves, nine months and years never share a line."""
    if fact.period_start is None or fact.period_end is None:
        return 0
    return round((fact.period_end - fact.period_start).days / 30)


def _key_figure(run: list[Fact]) -> KeyFigure:
    newest = run[:SPARK][::-1]
    return KeyFigure(
        figure=run[0].best,
        values=[fact.best.value for fact in newest],
        bounds=[fact.best.comparator not in ("=", "range") for fact in newest],
        fact=run[0],
    )


def disclosures(entity: str, before: str = "", size: int = 50) -> tuple[list[Disclosure], str]:
    """Disclosures that the entity speaks in or has figures in, newest first, and the mark of the next page ("" at the end)."""
    rows = TimelineEntry.objects.filter(entity=entity, lane="disclosure").order_by("-date", "-pk")
    day, _dot, pk = before.partition(".")
    if pk.isdigit():
        # in descending order the undated come first
        rows = (
            rows.filter(Q(date__lt=day) | Q(date=day, pk__lt=pk)) if day else rows.filter(~Q(date=None) | Q(pk__lt=pk))
        )
    related = ("disclosure__source", "disclosure__origin", "disclosure__duplicate_of")
    found = list(rows.select_related(*related)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return [entry.disclosure for entry in found[:size]], f"{last.date or ''}.{last.pk}" if last else ""


def index() -> list[dict[str, Any]]:
    """Every tracked entity with how much it says and when it was last heard."""
    heard: dict[str, Any] = {
        row["main_entity"]: row
        for row in Disclosure.objects.exclude(main_entity=None)
        .values("main_entity")
        .annotate(count=Count("pk"), last=Max("published_on"))
        .order_by()
    }
    entities = (
        Entity.objects.filter(tracked=True, retired_at=None).prefetch_related("identifiers").order_by("kind", "name_en")
    )
    return [
        {
            "entity": entity,
            "count": heard.get(entity.pk, {}).get("count", 0),
            "last": heard.get(entity.pk, {}).get("last"),
        }
        for entity in entities
    ]
