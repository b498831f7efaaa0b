"""Facts: figures that ought to agree, and the ones that do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from signals.formatting.figures import inequality
from signals.models import Disclosure, Fact, IndicatorCurrent
from signals.services import rows
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

TOLD = (
    "key", "fact_key", "disclosure_id", *SHARED, "comparator", "value", "value_high", "as_written", "confidence", "state",
    "origin_kind", "origin_key", "published_on", "first_seen_at", "superseded", "conflict",
)  # fmt: skip
Told = Any  # a named tuple of these columns

Bounds = tuple[Decimal | None, Decimal | None]


def bounds(comparator: str, value: Decimal, value_high: Decimal | None, as_written: str) -> Bounds:
    """The closed interval that a figure admits, rounding as printed included; None is open."""
    slack = ulp(value, as_written) / 2
    comparator = inequality(comparator, value)
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


@dataclass(slots=True)
class Weighed:
    """What facts come to: their rows, and figures whose standing in a dispute changes."""

    keys: list[str]
    settled: list[Fact]
    changed: dict[str, bool]


def refresh(fact_keys: Iterable[str]) -> None:
    """Settle these facts anew: which figures contradict each other, which one speaks for the fact, who bears witness.

    A fact without subject or period is not like with like and never conflicts; copies, withdrawn and rejected figures
    are not asked.
    """
    write(weigh(fact_keys))


def weigh(fact_keys: Iterable[str], fresh: Iterable[IndicatorCurrent] = (), of: Iterable[Disclosure] = ()) -> Weighed:
    """Look at the facts' figures (``locks.one_writer`` is held); ``fresh`` are all figures of the disclosures ``of``, not written yet.

    Fresh rows get their ``conflict`` at once: written twice they would cost twice, and they have a dozen indexes.
    """
    keys = sorted(set(fact_keys))
    groups: dict[str, list[Told]] = {key: [] for key in keys}
    others = IndicatorCurrent.objects.filter(fact_key__in=keys).exclude(disclosure__in=list(of))
    for row in others.values_list(*TOLD, named=True):  # a third of the cost of whole rows, and groups grow
        groups[row.fact_key].append(row)
    new = {row.key: row for row in fresh if row.fact_key in groups}
    for one in new.values():
        groups[one.fact_key].append(one)
    weighed = Weighed(keys, [], {})
    for key, group in groups.items():
        group.sort(key=lambda row: str(row.key))
        standing = [row for row in group if not row.superseded]
        disputed = conflicting(standing)
        for row in group:
            if row.conflict != (row.key in disputed):
                if row.key in new:
                    row.conflict = row.key in disputed
                else:
                    weighed.changed[row.key] = row.key in disputed
        if standing:
            weighed.settled.append(_settle(key, standing, bool(disputed)))
    return weighed


def write(weighed: Weighed) -> None:
    """Write down what facts have come to; the figures that they rest on are there."""
    for conflict in (True, False):
        turned = [key for key, now in weighed.changed.items() if now == conflict]
        if turned:
            IndicatorCurrent.objects.filter(pk__in=turned).update(conflict=conflict)
    gone = set(weighed.keys) - {fact.key for fact in weighed.settled}
    if gone:
        Fact.objects.filter(key__in=gone).delete()
    rows.insert(weighed.settled, on_conflict="update")


def conflicting(standing: list[Told]) -> set[str]:
    """Keys of the rows of a fact that another disclosure contradicts.

    Two values in one text are the engine's doubt (its warnings), not a contradiction between witnesses. A row need only be
    held against the highest floor and the lowest ceiling that another disclosure sets.
    """
    like = [row for row in standing if row.subject_id and row.period_label]
    spans = [(row, *bounds(row.comparator, row.value, row.value_high, row.as_written)) for row in like]
    floors = sorted(((low, row.disclosure_id) for row, low, _ in spans if low is not None), reverse=True)
    ceilings = sorted((high, row.disclosure_id) for row, _, high in spans if high is not None)
    found = set()
    for row, low, high in spans:
        floor = next((value for value, other in floors if other != row.disclosure_id), None)
        ceiling = next((value for value, other in ceilings if other != row.disclosure_id), None)
        if (high is not None and floor is not None and floor > high) or (
            low is not None and ceiling is not None and ceiling < low
        ):
            found.add(row.key)
    return found


def rank(row: Told | IndicatorCurrent) -> tuple[object, ...]:
    """The lower, the better a figure speaks for its fact: judged by a person, nearest the source, exact, certain, early."""
    return (
        STATE_RANK.get(row.state, 2),
        ORIGIN_RANK.get(row.origin_kind, 6),
        0 if row.comparator == "=" else 1,
        -row.confidence,
        row.published_on or date.max,
        row.key,
    )


def _settle(key: str, standing: list[Told], conflict: bool) -> Fact:
    best = min(standing, key=rank)
    origins = {row.origin_key: row.origin_kind for row in standing}
    told = {name: getattr(best, name) for name in SHARED}
    told |= {
        "key": key,
        "best_id": best.key,
        "carriers": len({row.disclosure_id for row in standing}),
        "origins": len(origins),
        "independent": any(kind in INDEPENDENT for kind in origins.values()),
        "conflict": conflict,
        "newest_at": max(row.first_seen_at for row in standing),
    }
    return rows.make(Fact, told)
