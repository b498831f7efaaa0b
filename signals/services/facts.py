"""Facts: figures that ought to agree, and the ones that do not."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from signals.models import Fact, IndicatorCurrent
from signals.services.keys import ulp

ORIGIN_RANK = {"filing": 0, "government": 1, "company": 2, "association": 3, "analyst": 4, "own_reporting": 5}
STATE_RANK = {"confirmed": 0, "corrected": 0}
INDEPENDENT = {
    "government",
    "association",
    "own_reporting",
    "analyst",
}  # of the company; unknown origins are not counted
SHARED = (
    "subject_id", "metric", "product", "measure", "modality", "unit", "period_label", "period_start", "period_end",
)  # fmt: skip

Bounds = tuple[Decimal | None, Decimal | None]


def bounds(comparator: str, value: Decimal, value_high: Decimal | None, as_written: str) -> Bounds:
    """The closed interval that a figure admits, rounding as printed included; None is open."""
    slack = ulp(value, as_written) / 2
    if comparator in (">", ">="):
        return value - slack, None
    if comparator in ("<", "<="):
        return None, value + slack
    if comparator == "~":
        slack = max(slack, abs(value) / 20)
    return value - slack, (value_high if comparator == "range" and value_high is not None else value) + slack


def agree(one: Bounds, other: Bounds) -> bool:
    """Can both figures be true at once? "> 15 %" and "15.2 %" can, "> 15 %" and "14.1 %" cannot."""
    low = max((bound for bound in (one[0], other[0]) if bound is not None), default=None)
    high = min((bound for bound in (one[1], other[1]) if bound is not None), default=None)
    return low is None or high is None or low <= high


def refresh(fact_keys: Iterable[str]) -> None:
    """Settle these facts anew: which figures contradict each other, which one speaks for the fact, who bears witness.

    A fact without subject or period is not like with like and never conflicts; copies, withdrawn and rejected figures
    are not asked.
    """
    keys = sorted(set(fact_keys))
    groups: dict[str, list[IndicatorCurrent]] = {key: [] for key in keys}
    for row in IndicatorCurrent.objects.select_for_update().filter(fact_key__in=keys).order_by("key"):
        groups[row.fact_key].append(row)
    changed: list[IndicatorCurrent] = []
    settled: list[Fact] = []
    for key, group in groups.items():
        standing = [row for row in group if not row.superseded]
        changed += _conflicts(group, standing)
        if standing:
            settled.append(_settle(key, standing))
    for conflict in (True, False):
        IndicatorCurrent.objects.filter(pk__in=[row.pk for row in changed if row.conflict == conflict]).update(
            conflict=conflict
        )
    Fact.objects.filter(key__in=set(keys) - {fact.key for fact in settled}).delete()
    fields = [field.name for field in Fact._meta.concrete_fields if not field.primary_key]
    Fact.objects.bulk_create(settled, update_conflicts=True, unique_fields=["key"], update_fields=fields)


def _conflicts(group: list[IndicatorCurrent], standing: list[IndicatorCurrent]) -> list[IndicatorCurrent]:
    """Set ``conflict`` on the rows of a fact that another disclosure contradicts; returns those that changed.

    Two values in one text are the engine's doubt (its warnings), not a contradiction between witnesses.
    """
    like = [row for row in standing if row.subject_id and row.period_label]
    spans = {row.key: bounds(row.comparator, row.value, row.value_high, row.as_written) for row in like}
    changed = []
    for row in group:
        conflict = row.key in spans and any(
            other.disclosure_id != row.disclosure_id and not agree(spans[row.key], spans[other.key]) for other in like
        )
        if row.conflict != conflict:
            row.conflict = conflict
            changed.append(row)
    return changed


def rank(row: IndicatorCurrent) -> tuple[object, ...]:
    """The lower, the better a figure speaks for its fact: judged by a person, nearest the source, exact, certain, early."""
    return (
        STATE_RANK.get(row.state, 2),
        ORIGIN_RANK.get(row.origin_kind, 6),
        0 if row.comparator == "=" else 1,
        -row.confidence,
        row.published_on or date.max,
        row.key,
    )


def _settle(key: str, standing: list[IndicatorCurrent]) -> Fact:
    best = min(standing, key=rank)
    origins = {row.origin_key: row.origin_kind for row in standing}
    return Fact(
        key=key,
        **{name: getattr(best, name) for name in SHARED},
        best=best,
        carriers=len({row.disclosure_id for row in standing}),
        origins=len(origins),
        independent=any(kind in INDEPENDENT for kind in origins.values()),
        conflict=any(row.conflict for row in standing),
        newest_at=max(row.first_seen_at for row in standing),
    )
