"""The period of a table cell, from its column, the columns beside it, its row and the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from signals.extraction import calendar
from signals.extraction.calendar import year_earlier
from signals.extraction.records import Entry, Hit, Period, PeriodMention, Span
from signals.extraction.wording import pattern_of

CHANGE = pattern_of("{head-change}", re.IGNORECASE)

PRIOR = pattern_of("{head-prior}", re.IGNORECASE)

_PRIOR_END = pattern_of("{head-prior-end}", re.IGNORECASE)

_THIS_END = pattern_of("{head-this-end}", re.IGNORECASE)

_CUMULATIVE = pattern_of("{head-cumulative}", re.IGNORECASE)

_THIS = pattern_of("{head-this}", re.IGNORECASE)

_AGAINST = re.compile(
    r"20\d\d\s*(?:vs\.?|v\.?|versus|over|/|-)\s*20\d\d|(?:^|\|)\s*(?:vs\.?|versus|against|over)\s", re.IGNORECASE
)

_FISCAL = re.compile(r"\bFY\s?'?(?:20)?\d\d\b", re.IGNORECASE)

_YEAR = re.compile(r"(20\d\d)\s*(?:[AEFP]\b|年)?(?:\s*调整[前后])?$|(20\d\d)\s?[AEF]\b")


@dataclass(slots=True)
class Head:
    """What a row's label or a column's head says of its cells."""

    text: str
    metric: Hit | None = None
    products: list[Hit] = field(default_factory=list)
    name: str | None = None
    period: PeriodMention | None = None
    unit: tuple[str, str, Decimal] | None = None
    span: Span = (0, 0)


def period_of_cell(
    column: Head, columns: Sequence[Head], place: int, label: Head, change: bool, document: Period | None, entry: Entry
) -> Period | None:
    """The cell's period: of the nearest head to the left that names one when this head only says "change"."""
    stock = entry.data.get("time") == "stock"
    text = column.text
    year = year_of(text)
    if year:
        return _settled(year, stock)
    relative = _THIS.search(text) or _CUMULATIVE.search(text) or PRIOR.search(text) or _PRIOR_END.search(text)
    said = None if relative and not re.search(r"20\d\d|\d月", text) else column.period or label.period
    if (
        change
        and (not relative or text.startswith("累计"))
        and (_AGAINST.search(text) or not re.search(r"20\d\d", text))
    ):
        latest = _latest_before(columns, place, label, document, entry)
        if latest is not None:
            return latest
    if said is not None and not (
        change and CHANGE.search(text) and _THIS.search(text) is None and place > 1 and columns[place - 1].period
    ):
        return _settled(said.period, stock)
    if said is None and change and not _THIS.search(text) and not _CUMULATIVE.search(text):
        for earlier in range(place - 1, 0, -1):
            if columns[earlier].period or _THIS.search(columns[earlier].text):
                return period_of_cell(columns[earlier], columns, earlier, label, False, document, entry)
    if document is None:
        return None
    cumulative = _CUMULATIVE.search(text) is not None
    if PRIOR.search(text) and not change and not _THIS.search(text) and not _CUMULATIVE.search(text):
        for earlier in range(place - 1, 0, -1):
            other = columns[earlier].text
            if (_THIS.search(other) or _CUMULATIVE.search(other)) and not CHANGE.search(other):
                return _settled(year_earlier(_relative(other, document, False)), stock)
    return _settled(
        _relative(text, document, change),
        stock or bool((_THIS_END.search(text) and not cumulative) or (_PRIOR_END.search(text) and not change)),
    )


def in_calendar(columns: Sequence[Head], document: Period | None) -> list[Head]:
    """The heads with the quarters and halves of a fiscal year as those of the calendar.

    The first of "Q3 FY25 | Q2 FY25" is what the document reports about; where that is an earlier quarter, all are.
    """
    fiscal = [one for one in columns if one.period is not None and _FISCAL.search(one.text)]
    if not fiscal or document is None or fiscal[0].period is None:
        return list(columns)
    first = fiscal[0].period.period
    length = calendar.length(first)
    months = _months_from(first, document)
    if length not in (3, 6) or calendar.length(document) != length or not -12 < months < 0:
        return list(columns)
    return [_moved(one, months, length) if one in fiscal else one for one in columns]


def _months_from(first: Period, other: Period) -> int:
    return (int(other.start[:4]) - int(first.start[:4])) * 12 + int(other.start[5:7]) - int(first.start[5:7])


def _moved(head: Head, months: int, length: int) -> Head:
    if head.period is None:
        return head
    start = head.period.period.start
    number, month = divmod(int(start[:4]) * 12 + int(start[5:7]) - 1 + months, 12)
    period = calendar.months(number, month + 1, month + length)
    return replace(head, period=replace(head.period, period=period)) if period else head


def year_of(head: str) -> Period | None:
    """The year that a head is: "2025E"."""
    found = _YEAR.match(head.strip())
    number = (found[1] or found[2]) if found else None
    return Period(number, f"{number}-01-01", f"{number}-12-31") if number else None


def _latest_before(
    columns: Sequence[Head], place: int, label: Head, document: Period | None, entry: Entry
) -> Period | None:
    """The latest period of the levels left of a change: 2023年, 2022年 调整后, 本年比上年增减 is the change of 2023."""
    found: list[Period] = []
    for earlier in range(place - 1, 0, -1):
        column = columns[earlier]
        if CHANGE.search(column.text):
            if found:
                break
            continue
        if column.period or _YEAR.match(column.text.strip()) or _THIS.search(column.text):
            told = period_of_cell(column, columns, earlier, label, False, document, entry)
            found += [told] if told else []
    summed = bool(_CUMULATIVE.search(columns[place].text))
    return max(found, key=lambda period: (period.end, period.start[5:] == "01-01" if summed else True), default=None)


def _relative(text: str, document: Period, change: bool) -> Period:
    """The period that 本报告期, 年初至报告期末, 上年同期 or 上年度末 means in a report for ``document``."""
    cumulative = bool(_CUMULATIVE.search(text))
    period = document
    quarter = _quarter_of(document)
    if quarter and document.label[4:] in ("Q3", "M1-9") and (cumulative or _THIS.search(text) or PRIOR.search(text)):
        period = _to_date(document) if cumulative else quarter
    if _PRIOR_END.search(text) and not change and not _THIS_END.search(text):
        last = f"{int(document.label[:4]) - 1}-12-31"
        return Period(last, last, last)
    if PRIOR.search(text) and not change:
        return year_earlier(period)
    return period


def _quarter_of(period: Period) -> Period | None:
    year, end = period.end[:4], period.end[5:]
    number = {"03-31": 1, "06-30": 2, "09-30": 3, "12-31": 4}.get(end)
    if number is None:
        return None
    return Period(f"{year}Q{number}", f"{year}-{number * 3 - 2:02d}-01", period.end)


def _to_date(period: Period) -> Period:
    year, end = period.end[:4], period.end[5:]
    label = {"03-31": f"{year}Q1", "06-30": f"{year}H1", "09-30": f"{year}M1-9", "12-31": year}.get(end, period.label)
    return Period(label, f"{year}-01-01", period.end)


def _settled(period: Period, stock: bool) -> Period:
    return Period(period.end, period.end, period.end) if stock else period
