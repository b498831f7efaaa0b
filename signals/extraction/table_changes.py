"""What a column or row of changes is against, and whether its bare numbers are rates or amounts.

A head mostly says it (同比, QoQ, "% change"). Where it only says "change", the periods of the columns compared do: a year apart,
neighbouring quarters or months, the last year's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from signals.extraction.records import Entry, Measure, Period
from signals.extraction.table_periods import CHANGE, Head
from signals.extraction.wording import pattern_of

_QOQ = pattern_of("{head-qoq}", re.IGNORECASE)
_MOM = pattern_of("{head-mom}", re.IGNORECASE)
_YOY = pattern_of("{head-yoy}", re.IGNORECASE)
_YTD = pattern_of("{head-ytd}", re.IGNORECASE)
_WEEKLY = pattern_of("{head-weekly}", re.IGNORECASE)
_AGAINST = re.compile(r"(?:^|\|)\s*(?:vs\.?|versus|against)\s", re.IGNORECASE)
_RATE = pattern_of("{head-rate}", re.IGNORECASE)
_BARE = re.compile(r"[^\d\-−–(]{0,5}(?P<minus>[-−–(])?[^\d\-−–(]{0,4}(?P<number>\d[\d,，]*(?:\.\d+)?)\s*\)?")
_MOVED = pattern_of("{head-moved}")
_AMOUNT = pattern_of("{head-amount-of-change}", re.IGNORECASE)


def measure_of(
    change: str, entry: Entry, period: Period | None, columns: Sequence[Head], place: int, *, market: bool
) -> Measure:
    """The measure of a change whose head (or row label) reads ``change``."""
    if _MOM.search(change):
        return "change_mom"
    if _QOQ.search(change):
        return "change_qoq"
    if _YTD.search(change):
        return "change_ytd"
    if _WEEKLY.search(change):
        return "change"
    told = None if _YOY.search(change) and not _AGAINST.search(change) else _compared(columns, place, period)
    return told or ("change" if market and not _YOY.search(change) else "change_yoy")


def _compared(columns: Sequence[Head], place: int, period: Period | None) -> Measure | None:
    """The measure that the periods of the columns compared show; None where they do not."""
    column = columns[place]
    levels = [one.period.period for one in columns if one.period is not None and not CHANGE.search(one.text)]
    if period is None or not levels:
        return None
    latest = max(levels, key=lambda one: one.end)
    if column.period is not None and _AGAINST.search(column.text):
        base = column.period.period
    else:
        others = [one for one in levels if one.end < latest.end]
        if len(others) != 1:
            return None
        base = others[0]
    return between(latest, base)


def between(latest: Period, base: Period) -> Measure | None:
    """The measure of a change from ``base`` to ``latest``."""
    first, last = date.fromisoformat(base.end), date.fromisoformat(latest.end)
    months = (last.year - first.year) * 12 + last.month - first.month
    days = (date.fromisoformat(latest.end) - date.fromisoformat(latest.start)).days
    if months == 12:
        return "change_yoy"
    if latest.start == latest.end:
        if (last - first).days <= 20:
            return "change"
        return "change_ytd" if first.month == 12 and last.year == first.year + 1 else None
    if months == 3 and 80 < days < 100:
        return "change_qoq"
    if months == 1 and days < 32:
        return "change_mom"
    return None


def is_rate(label: Head, column: Head, value: str, levels: Sequence[str], *, market: bool) -> bool:
    """Whether a bare number in a column of changes is per cent; ``levels`` are the row's cells that it may compare."""
    words = f"{label.text}|{column.text}"
    if "%" in words or "％" in words or (column.unit and column.unit[0] == "ratio"):
        return True
    number = _number(value)
    if number is None:
        return not market
    told = _by_arithmetic(number, levels)
    if told is not None:
        return told
    if _AMOUNT.search(words) or (market and _MOVED.search(words)):
        return False
    if _RATE.search(words) and not market:
        return True
    return not market or (number != number.to_integral_value() and abs(number) < 30)


def _by_arithmetic(number: Decimal, levels: Sequence[str]) -> bool | None:
    """True when ``number`` is the rate from one of two levels to the other, False when it is their difference."""
    read = [one for one in map(_number, levels) if one is not None]
    if len(read) < 2 or not read[1] or read[0] == read[1]:
        return None
    new, old = read[0], read[1]
    for latest, base in ((new, old), (old, new)):
        difference = latest - base
        if abs(difference - number) <= abs(difference) / 50:
            return False
        if base and abs(difference / abs(base) * 100 - number) <= max(abs(number) / 20, Decimal("0.06")):
            return True
    return None


def _number(text: str) -> Decimal | None:
    """The number of a cell that holds nothing but one, brackets for a minus."""
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    try:
        number = Decimal(re.sub("[,，]", "", found["number"]))
    except InvalidOperation:
        return None
    return -number if found["minus"] else number
