"""Made-up promises for the style guide: one that fell short, one that is overdue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from signals.views.styleguide_samples import COMPANY, figure


def promises() -> list[dict[str, Any]]:
    """The two with their steps."""
    level = {"measure": "level", "unit": "CNY", "metric": "revenue", "period_label": "2024"}
    target = figure(
        **level, modality="target", comparator=">=", value=Decimal(43_000_000_000), as_written="430亿元以上"
    )
    result = figure(**level, comparator="=", value=Decimal(32_966_000_000), as_written="329.66亿元")
    step = {"language": "zh", "origin_kind": "filing", "carriers": 2}
    told = {**step, "state": "announced", "on": date(2024, 4, 19), "quote": "营业收入430亿元以上"}
    missed = {**step, "state": "missed", "on": date(2025, 4, 18), "quote": "实现营业收入329.66亿元"}
    row = {"key": "0" * 64, "kind": "figure", "entity_id": "example-group", "entity": COMPANY, "metric": "revenue"}
    return [
        {
            "row": {**row, "promise": target, "outcome": result, "settled": True, "state_on": date(2025, 4, 18)},
            "state": "missed",
            "gap": Decimal(-23),
            "inferred": False,
            "steps": [told, missed],
        },
        {
            "row": {**row, "promise": target, "settled": False, "due_on": date(2025, 4, 30)},
            "state": "overdue",
            "gap": None,
            "inferred": True,
            "steps": [told],
        },
    ]
