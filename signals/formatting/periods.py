"""Period labels and dates as people read them: ``2025Q1`` is Q1 2025 or 2025年一季度."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTERS = "一二三四"
_HALVES = "上下"
NBSP = "\u00a0"

_SHAPES = (
    (re.compile(r"(\d{4})Q([1-4])"), "quarter"),
    (re.compile(r"(\d{4})H([12])"), "half"),
    (re.compile(r"(\d{4})M(\d{1,2})-(\d{1,2})"), "months"),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), "day"),
    (re.compile(r"(\d{4})-(\d{2})"), "month"),
    (re.compile(r"(\d{4})[-–](\d{4})"), "years"),
    (re.compile(r"(\d{4})"), "year"),
)


def show_period(label: str | None, language: str = "en") -> str:
    """A contract period label in words; a label of another shape is shown as it is, none as an empty string."""
    if not label:
        return ""
    chinese = language.lower().startswith("zh")
    for shape, kind in _SHAPES:
        if match := shape.fullmatch(label):
            return _words(kind, [int(part) for part in match.groups()], chinese) or label
    return label


def _words(kind: str, parts: list[int], chinese: bool) -> str:
    year = parts[0]
    if kind in ("day", "month", "months") and not all(
        1 <= month <= 12 for month in (parts[1], parts[-1] if kind == "months" else 1)
    ):
        return ""
    match kind:
        case "quarter":
            return f"{year}年{_QUARTERS[parts[1] - 1]}季度" if chinese else f"Q{parts[1]}{NBSP}{year}"
        case "half":
            return f"{year}年{_HALVES[parts[1] - 1]}半年" if chinese else f"H{parts[1]}{NBSP}{year}"
        case "months":
            if chinese:
                return f"{year}年{parts[1]}—{parts[2]}月"
            return f"{MONTHS[parts[1] - 1]}–{MONTHS[parts[2] - 1]}{NBSP}{year}"
        case "day":
            return _day(year, parts[1], parts[2], chinese)
        case "month":
            return f"{year}年{parts[1]}月" if chinese else f"{MONTHS[parts[1] - 1]}{NBSP}{year}"
        case "years":
            return f"{year}—{parts[1]}年" if chinese else f"{year}–{parts[1]}"
        case _:
            return f"{year}年" if chinese else str(year)


def _day(year: int, month: int, day: int, chinese: bool) -> str:
    return f"{year}年{month}月{day}日" if chinese else f"{day}{NBSP}{MONTHS[month - 1]}{NBSP}{year}"


def month_heads(months: Sequence[date], language: str = "en") -> list[dict[str, str]]:
    """Heads of columns by month: its name, and the year where a year begins; ``long`` says both."""
    chinese = language.lower().startswith("zh")
    return [
        {
            "label": f"{month.month}月" if chinese else MONTHS[month.month - 1],
            "year": str(month.year) if month.month == 1 or not at else "",
            "long": show_date(month, "month", language),
        }
        for at, month in enumerate(months)
    ]


def show_date(when: date | datetime | None, precision: str = "day", language: str = "en") -> str:
    """A date only as exact as it is known: ``precision`` is day, month, quarter, half, year or minute."""
    if when is None:
        return ""
    chinese = language.lower().startswith("zh")
    match precision:
        case "year":
            return _words("year", [when.year], chinese)
        case "half":
            return _words("half", [when.year, (when.month + 5) // 6], chinese)
        case "quarter":
            return _words("quarter", [when.year, (when.month + 2) // 3], chinese)
        case "month":
            return _words("month", [when.year, when.month], chinese)
        case "minute" if isinstance(when, datetime):
            return f"{_day(when.year, when.month, when.day, chinese)}{NBSP}{when:%H:%M}"
        case _:
            return _day(when.year, when.month, when.day, chinese)
