"""A company's page: who it is, its key figures, its disclosures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, OuterRef, Q, Subquery

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


class Point(NamedTuple):
    """What a sparkline and a rhythm need of a fact; ``key`` is that of the figure that speaks for it."""

    pk: str
    key: str
    subject: str
    metric: str
    product: str
    measure: str
    unit: str
    start: date | None
    end: date
    value: Decimal
    comparator: str
    published: date | None
    label: str

    @property
    def months(self) -> int:
        """Length of the period, roughly: quarters, halves, nine months and years never share a line."""
        return round((self.end - self.start).days / 30) if self.start else 0


Runs = dict[tuple[str, str, str], list[list[Point]]]


def runs_of(entities: list[str], metrics: list[tuple[str, str]] = KEY_METRICS) -> Runs:
    """Runs of like facts by subject, metric and product, each newest first: one measure, unit and length of period.

    Read as bare columns: whole rows for every fact of ten companies would cost more than the rest of the page.
    """
    wanted = Q()
    for metric, product in metrics:
        wanted |= Q(metric=metric, product=product)
    rows = (
        Fact.objects.filter(wanted, subject__in=entities, modality="reported", measure__in=["level", "change_yoy"])
        .exclude(period_end=None)
        .order_by("subject", "metric", "product", "-period_end", "period_start", "pk")
        .values_list(
            "pk", "best", "subject", "metric", "product", "measure", "unit", "period_start", "period_end", "best__value",
            "best__comparator", "best__published_on", "period_label",
        )
    )  # fmt: skip
    runs: dict[tuple[str, str, str], dict[tuple[str, str, int], list[Point]]] = defaultdict(dict)
    for point in map(Point._make, rows):
        like = (point.measure, point.unit, point.months)
        runs[point.subject, point.metric, point.product].setdefault(like, []).append(point)
    return {key: list(group.values()) for key, group in runs.items()}


def figures_of(
    runs: Runs, entities: list[str], metrics: list[tuple[str, str]] = KEY_METRICS, most: int | None = None
) -> dict[str, list[KeyFigure]]:
    """Key figures per entity, at most ``most``: for each metric the newest period's fact with the run before it.

    Levels are preferred; a metric that is only stated as a change shows the change.
    """
    chosen: dict[str, list[list[Point]]] = {entity: [] for entity in entities}
    for entity in entities:
        for metric, product in metrics:
            mine = runs.get((entity, metric, product), [])
            levels = [run for run in mine if run[0].measure == "level"] or mine
            if levels and (most is None or len(chosen[entity]) < most):
                chosen[entity].append(max(levels, key=lambda run: (run[0].end, len(run))))
    facts = Fact.objects.select_related("best", "best__subject").in_bulk(
        [run[0].pk for each in chosen.values() for run in each]
    )
    return {
        entity: [_key_figure(facts[run[0].pk], run) for run in each if run[0].pk in facts]
        for entity, each in chosen.items()
    }


def _key_figure(fact: Fact, run: list[Point]) -> KeyFigure:
    newest = run[:SPARK][::-1]
    return KeyFigure(
        figure=fact.best,
        values=[point.value for point in newest],
        bounds=[point.comparator not in ("=", "range") for point in newest],
        fact=fact,
    )


def disclosures(entity: str, before: str = "", size: int = 50) -> tuple[list[Disclosure], str]:
    """Disclosures that the entity speaks in or has figures in, newest first, the undated last; and the mark of the next page.

    The mark is empty at the end; one without a day lies among the undated.
    """
    rows = TimelineEntry.objects.filter(entity=entity, lane="disclosure").order_by("-date", "-pk")
    rows = rows.select_related("disclosure__source", "disclosure__origin", "disclosure__duplicate_of")
    dated, undated = rows.exclude(date=None), rows.filter(date=None)
    day, pk = _mark(before)
    if day is not None:
        dated = dated.filter(Q(date__lt=day) | Q(date=day, pk__lt=pk))
    elif pk is not None:
        dated, undated = dated.none(), undated.filter(pk__lt=pk)
    found = list(dated[: size + 1])
    found += list(undated[: size + 1 - len(found)])
    last = found[size - 1] if len(found) > size else None
    return [entry.disclosure for entry in found[:size]], f"{last.date or ''}.{last.pk}" if last else ""


def _mark(text: str) -> tuple[date | None, int | None]:
    """Day and id of the last row of the page before; no id when the address does not say."""
    day, _dot, pk = text.partition(".")
    try:
        return date.fromisoformat(day) if day else None, int(pk)
    except ValueError:
        return None, None


def last_heard(entities: list[str]) -> dict[str, date | None]:
    """The day of each entity's newest dated disclosure."""
    newest = TimelineEntry.objects.filter(entity=OuterRef("pk"), lane="disclosure").exclude(date=None).order_by("-date")
    return dict(
        Entity.objects.filter(pk__in=entities)
        .annotate(heard=Subquery(newest.values("date")[:1]))
        .values_list("pk", "heard")
    )


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
