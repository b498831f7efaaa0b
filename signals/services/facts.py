"""Facts: figures that ought to agree, and the ones that do not."""

from collections.abc import Iterable
from decimal import Decimal

from signals.models import IndicatorCurrent
from signals.services.keys import ulp

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


def mark_conflicts(fact_keys: Iterable[str]) -> None:
    """Set ``conflict`` on every standing figure of these facts that another one contradicts.

    A fact without subject or period is not like with like and never conflicts; nor are copies and withdrawn figures asked.
    """
    rows: dict[str, list[IndicatorCurrent]] = {}
    keys = sorted(set(fact_keys))
    for row in IndicatorCurrent.objects.select_for_update().filter(fact_key__in=keys).order_by("key"):
        rows.setdefault(row.fact_key, []).append(row)
    changed = []
    for group in rows.values():
        standing = [row for row in group if not row.superseded and row.subject_id and row.period_label]
        spans = {row.key: bounds(row.comparator, row.value, row.value_high, row.as_written) for row in standing}
        for row in group:
            conflict = row.key in spans and any(
                other.key != row.key and not agree(spans[row.key], spans[other.key]) for other in standing
            )
            if row.conflict != conflict:
                row.conflict = conflict
                changed.append(row)
    IndicatorCurrent.objects.bulk_update(changed, ["conflict"])
