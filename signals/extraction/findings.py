"""What a check says, and how exactly a printed figure is known."""

from __future__ import annotations

import re
from decimal import Decimal

from signals.extraction.records import Indicator, record

_NUMBER = re.compile(r"\d[\d,，]*(?:\.(\d+))?")

Interval = tuple[Decimal, Decimal]


@record
class Finding:
    """One check: its name, the indicators it is about (by index), whether it holds, and a message with the figures."""

    rule: str
    figures: tuple[int, ...]
    ok: bool
    message: str


def interval(figure: Indicator) -> Interval:
    """Between which numbers the printed figure lies: half a unit of its last printed digit on either side."""
    low, high = figure.value, figure.value if figure.value_high is None else figure.value_high
    printed = _NUMBER.search(figure.as_written)
    slack = abs(low) * Decimal("0.005")
    if printed is not None:
        shown = Decimal(printed.group().replace(",", "").replace("，", ""))
        decimals = len(printed[1] or "")
        if shown:
            slack = min(abs(low / shown) * Decimal(10) ** -decimals / 2, abs(low) / 2)
    if figure.comparator == "~":
        slack = max(slack, abs(low) * Decimal("0.03"))
    return low - slack, high + slack


def is_exact(figure: Indicator) -> bool:
    return figure.comparator in ("=", "~")


def meet(first: Interval, second: Interval) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]
