"""When an engine's record and an annotated figure are the same, and what they agree on.

The core is metric, measure, value and unit. The equivalences below are those that ``README.md`` gives reasons for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]

ATTRIBUTES = ("subject", "product", "comparator", "period", "modality")
_INTERCHANGEABLE = ({"profit", "net_profit"}, {"investment", "project_investment"})
_CONCENTRATE_SIDES = {"northern-rare-earth", "baogang-union"}
_AT_A_DAY = {
    "cash", "receivables", "interest_bearing_debt", "inventory", "total_assets", "liabilities_ratio",
    "contract_liabilities", "net_assets_per_share",
}  # fmt: skip
_LAST_DAY = {"": "12-31", "Q1": "03-31", "Q2": "06-30", "H1": "06-30", "Q3": "09-30", "M1-9": "09-30", "Q4": "12-31"}


def same_figure(gold: Record, said: Record) -> bool:
    """The core match: which number of which metric, and whether it is a level or a change."""
    return (
        _same_metric(gold["metric"], said.get("metric"))
        and _same_measure(gold["measure"], said.get("measure") or "")
        and gold["unit"] == said.get("unit")
        and _close(said.get("value"), gold["value"])
        and (gold["value_high"] is None or _close(said.get("value_high"), gold["value_high"]))
    )


def agreements(gold: Record, said: Record) -> dict[str, bool]:
    """Which of the attributes agree, for two records of the same figure."""
    period = period_label(said.get("period"))
    out = {name: said.get(name) == gold[name] for name in ATTRIBUTES}
    out["period"] = period == gold["period"]
    if gold["metric"] in ("price", "price_step") and gold["product"] in ("concentrate", None):
        out["subject"] |= {said.get("subject"), gold["subject"]} <= _CONCENTRATE_SIDES
    if gold["metric"] in _AT_A_DAY:
        out["period"] |= _last_day(period) == _last_day(gold["period"])
    return out


def period_label(period: Any) -> str | None:
    """The label of a period, given as the contract's mapping or as the label itself."""
    label = period.get("label") if isinstance(period, dict) else period
    return None if label is None else str(label)


def pair_up(gold: Sequence[Record], said: Sequence[Record]) -> dict[int, int]:
    """Gold index → record index: each wanted figure takes the free record that agrees best, wanted before optional."""
    taken: set[int] = set()
    pairs: dict[int, int] = {}
    for g in sorted(range(len(gold)), key=lambda i: bool(gold[i]["optional"])):
        free = [s for s in range(len(said)) if s not in taken and same_figure(gold[g], said[s])]
        if free:
            best = max(free, key=lambda s: sum(agreements(gold[g], said[s]).values()))
            taken.add(best)
            pairs[g] = best
    return pairs


def _same_metric(a: str, b: str | None) -> bool:
    return a == b or any(a in group and b in group for group in _INTERCHANGEABLE)


def _same_measure(a: str, b: str) -> bool:
    return a == b or ("change" in (a, b) and a.startswith("change") and b.startswith("change"))


def _close(said: float | None, wanted: float) -> bool:
    return said is not None and abs(float(said) - wanted) <= 0.005 * max(abs(wanted), 1e-9) + 1e-9


def _last_day(label: str | None) -> str | None:
    return f"{label[:4]}-{_LAST_DAY[label[4:]]}" if label and label[4:] in _LAST_DAY else label
