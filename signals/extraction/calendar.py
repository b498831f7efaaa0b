"""Periods as the contract labels them, and the arithmetic of quarters, halves and cumulative months."""

from __future__ import annotations

import calendar as days
import re
from datetime import date, timedelta
from functools import lru_cache

from signals.extraction.records import Period

_LABEL = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|M(\d{1,2})-(\d{1,2})|-(\d\d)(?:-(\d\d))?|-(\d{4}))?")


def year(number: int) -> Period:
    return Period(f"{number}", f"{number}-01-01", f"{number}-12-31")


def years(first: int, last: int) -> Period:
    """2021-2025, as for a plan."""
    return Period(f"{first}-{last}", f"{first}-01-01", f"{last}-12-31") if first < last else year(first)


@lru_cache(maxsize=1024)
def months(number: int, first: int, last: int) -> Period | None:
    """Months ``first`` to ``last`` of a year, under the label the contract prefers; None for months out of order."""
    if not 1 <= first <= last <= 12:
        return None
    if first == last:
        label = f"{number}-{first:02d}"
    elif (first, last) == (1, 12):
        label = f"{number}"
    elif last - first == 2 and last % 3 == 0:
        label = f"{number}Q{last // 3}"
    elif last - first == 5 and last % 6 == 0:
        label = f"{number}H{last // 6}"
    else:
        label = f"{number}M{first}-{last}"
    return Period(label, f"{number}-{first:02d}-01", f"{number}-{last:02d}-{days.monthrange(number, last)[1]:02d}")


def length(period: Period) -> int:
    """How many months a period of whole months within one year has; -1 for others."""
    if period.start == period.end or period.start[:4] != period.end[:4]:
        return -1
    return int(period.end[5:7]) - int(period.start[5:7]) + 1


def part(number: int, name: str) -> Period:
    """``name`` is Q1..Q4, H1, H2, M1-9 or Y."""
    first, last = PARTS[name]
    made = months(number, first, last)
    assert made is not None
    return made


PARTS = {
    "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12), "M1-9": (1, 9), "Y": (1, 12),
}  # fmt: skip


def days_before(iso: str, count: int) -> Period | None:
    """The day ``count`` days before ``iso``; None when that is no whole date."""
    if len(iso) < 10:
        return None
    told = (date.fromisoformat(iso[:10]) - timedelta(days=count)).isoformat()
    return Period(told, told, told)


def weekday_before(iso: str, weekday: int) -> Period | None:
    """The last Monday (0) … Sunday (6) up to the day ``iso``; None when that is no whole date."""
    if len(iso) < 10:
        return None
    return days_before(iso, (date.fromisoformat(iso[:10]).weekday() - weekday) % 7)


def weekday_of_last_week(iso: str, weekday: int) -> Period | None:
    """The Monday (0) … Sunday (6) of the week before that of the day ``iso``; None when that is no whole date."""
    if len(iso) < 10:
        return None
    return days_before(iso, date.fromisoformat(iso[:10]).weekday() + 7 - weekday)


def day(number: int, month: int, of_month: int) -> Period | None:
    """One day; None when the calendar has no such day."""
    try:
        iso = date(number, month, of_month).isoformat()
    except ValueError:
        return None
    return Period(iso, iso, iso)


def month_end(number: int, month: int) -> Period | None:
    return day(number, month, days.monthrange(number, month)[1]) if 1 <= month <= 12 and 1 <= number <= 9999 else None


@lru_cache(maxsize=1024)
def of_label(label: str) -> Period | None:
    """The period that a label of the contract names; None when it is none."""
    found = _LABEL.fullmatch(label)
    if found is None or not 1 <= int(found[1]) <= 9998:
        return None
    number, quarter, half, first, last, month, of_month, final = (
        int(group) if group else 0 for group in found.groups()
    )
    if quarter:
        return part(number, f"Q{quarter}")
    if half:
        return part(number, f"H{half}")
    if last:
        return months(number, first, last)
    if of_month:
        return day(number, month, of_month)
    if month:
        return months(number, month, month)
    return years(number, final) if final else year(number)


_YEARS = re.compile(r"\d{4}")


@lru_cache(maxsize=1024)
def shifted(period: Period, by_years: int) -> Period | None:
    """The same period ``by_years`` later (negative: earlier); 29 February becomes the 28th."""
    numbers = [int(number) + by_years for number in _YEARS.findall(period.label)]
    if not all(1 <= number <= 9998 for number in numbers):
        return None
    label = _YEARS.sub(lambda found: f"{int(found[0]) + by_years:04d}", period.label)
    return of_label(label) or of_label(label.replace("-02-29", "-02-28"))


def quarter_of(period: Period) -> Period | None:
    """The single quarter that ends with ``period``; None when it ends within a quarter."""
    month = int(period.end[5:7])
    return part(int(period.end[:4]), f"Q{month // 3}") if month % 3 == 0 else None


def cumulative_of(period: Period) -> Period | None:
    """From New Year to the end of ``period``."""
    return months(int(period.end[:4]), 1, int(period.end[5:7]))


@lru_cache(maxsize=1024)
def neighbour(base: Period, width: str, offset: int) -> Period | None:
    """The "quarter" or "month" that ``base`` ends in, moved by ``offset``; None where ``base`` ends in none."""
    length = 3 if width == "quarter" else 1
    if length == 1 and offset and base.start[:7] != base.end[:7]:
        return None
    month = int(base.end[5:7])
    if length == 3 and base.start[:7] == base.end[:7]:
        month = (month + 2) // 3 * 3  # a month or a day lies in its quarter
    if month % length:
        return None
    last = int(base.end[:4]) * 12 + month - 1 + offset * length
    return months(last // 12, last % 12 + 2 - length, last % 12 + 1)


@lru_cache(maxsize=1024)
def year_earlier(period: Period) -> Period:
    """The same period one year before."""
    label = f"{int(period.label[:4]) - 1}{period.label[4:]}"
    return Period(label, _year_before(period.start), _year_before(period.end))


def _year_before(day: str) -> str:
    number, month, of_month = (int(part) for part in day.split("-"))
    return f"{number - 1:04d}-{month:02d}-{min(of_month, days.monthrange(number - 1, month)[1]):02d}"


def basis_between(period: Period, base: Period) -> str:
    """yoy, qoq or mom when ``base`` is the same period a year before or the period just before; "" otherwise."""
    if year_earlier(period).start == base.start and year_earlier(period).end == base.end:
        return "yoy"
    if period.start == period.end:
        return ""
    before = date.fromisoformat(period.start) - timedelta(days=1)
    if before.isoformat() != base.end:
        return ""
    length = (int(period.end[:4]) - int(period.start[:4])) * 12 + int(period.end[5:7]) - int(period.start[5:7]) + 1
    return {1: "mom", 3: "qoq"}.get(length, "")
