"""Periods in a list, one for each figure: 25-27年, "for 2025, 2026 and 2027", the quarters of 2024年各季度."""

from __future__ import annotations

import re

from signals.extraction.calendar import months, part
from signals.extraction.gated import gated
from signals.extraction.marks import Marks
from signals.extraction.records import Period, PeriodMention

_YEARS = re.compile(
    r"(?<!\d)(20)?(\d{2})\s*(?:E|年)?\s*(?:[-–—~～至到]|\bto\b)\s*(20)?(\d{2})\s*(?:E|年)", re.IGNORECASE
)
_YEARS_EN = re.compile(
    r"(?<!\d)(20\d{2})E?\s*(?:[-–—~/]|to|and|through)\s*(?:(20\d{2})E?\s*(?:/|and|,)\s*)?(20)?(\d{2})E?(?!\d)"
)
_QUARTERS = gated(
    r"(?:(20\d{2})年?度?)?(?:第?[一1](?:季度)?[至到~-]第?[四4]|各|四个|4个|分)季度?|(20\d{2})\s?Q1\s?[-–~至]\s?Q4",
    re.IGNORECASE,
)
# 第一、二、三季度 and 6、7、8月: the unit stands once, behind the last
_PARTS_NAMED = gated(
    r"(?:(20\d{2})年)?(?:第?[一二三四1-4](?:、第?[一二三四1-4])*(?:[、和与及]第?[一二三四1-4])季度|\d{1,2}(?:、\d{1,2})*[、和与及]\d{1,2}月)"
)
_FIRST_QUARTERS = gated(
    r"\bfirst (two|three|2|3) quarters(?: of)?(?: (20\d\d))?(?!\w)|\b(?:four|4) quarters(?: of)? (20\d\d)",
    re.IGNORECASE,
)
_HOW_MANY = {"two": 2, "2": 2, "three": 3, "3": 3}
_PARTS = {
    "上半年": "H1",
    "下半年": "H2",
    "前三季度": "M1-9",
    "一季度": "Q1",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
}
_EACH = re.compile(f"年?[各每的]?第?({'|'.join(_PARTS)})")
_YEARS_AFTER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}(?:for|in|over|during)\s+(?:the years\s+)?((?:20\d\d(?:\s*,\s*(?:and\s+)?|\s+and\s+))+20\d\d)(?!\d)"
    r"|\s*(?:[a-z]+\s+){0,2}(?:for|in|over|during)\s+(20\d\d)\s?(?:[-–]|to)\s?(20\d\d|\d\d)(?!\d)"
)


def years_behind(marks: Marks, end: int, size: int) -> list[PeriodMention]:
    """ "EPS of 0.50, 0.66 and 0.85 yuan for 2025, 2026 and 2027": as many years as figures."""
    found = _YEARS_AFTER.match(marks.text, end, marks.span[1])
    if found is None:
        return []
    if found[1]:
        years = [int(year) for year in re.findall(r"20\d\d", found[1])]
    else:
        years = list(range(int(found[2]), int(found[3][-2:]) + 2001))
    return [_year(year, found.span()) for year in years] if len(years) == size else []


def year_list(marks: Marks, limit: int) -> list[PeriodMention]:
    """Years from a span such as 25-27年 or "2025/26/27"; the quarters of 2024年第一至四季度 and 2024年各季度."""
    text, start = marks.text, marks.span[0]
    latest: list[PeriodMention] = []
    for pattern in (_YEARS, _YEARS_EN):
        for found in pattern.finditer(text, start, limit):
            groups = found.groups()
            first = int(groups[1]) + 2000 if pattern is _YEARS else int(groups[0])
            last = int(groups[3]) + 2000
            if first < last <= first + 9:
                each = _part_of_each(text, found.end())
                latest = [
                    PeriodMention(found.span(), part(year, each)) if each else _year(year, found.span())
                    for year in range(first, last + 1)
                ]
    for found in _QUARTERS.finditer(text, start, limit):
        told = found[1] or found[2] or next((m.period.label[:4] for m in marks.periods if m.span[1] == found.end()), "")
        if told:
            latest = [PeriodMention(found.span(), part(int(told), f"Q{number}")) for number in (1, 2, 3, 4)]
    return part_list(marks, limit) or latest or _quarters_in_turn(marks, limit) or _years_back(marks, limit)


def _years_back(marks: Marks, limit: int) -> list[PeriodMention]:
    """近三年…分别: the years of the last stretch of whole years before the figures."""
    for mention in reversed(marks.periods):
        start, end = mention.period.start, mention.period.end
        if mention.span[1] <= limit and mention.comparison and start[:4] != end[:4]:
            return [_year(year, mention.span) for year in range(int(start[:4]), int(end[:4]) + 1)]
    return []


def _quarters_in_turn(marks: Marks, limit: int) -> list[PeriodMention]:
    """ "revenue in the first three quarters of 2024 was A, B and C respectively": the quarters one after another."""
    for found in _FIRST_QUARTERS.finditer(marks.text, marks.span[0], limit):
        around = (m.period.label[:4] for m in marks.periods if m.span[0] <= found.end() and found.start() <= m.span[1])
        year = found[2] or found[3] or next(around, "")
        if year:
            numbers = range(1, (_HOW_MANY[found[1].lower()] if found[1] else 4) + 1)
            return [PeriodMention(found.span(), part(int(year), f"Q{number}")) for number in numbers]
    return []


def part_list(marks: Marks, limit: int) -> list[PeriodMention]:
    """The quarters or months of a list in which only the last has its unit."""
    latest: list[PeriodMention] = []
    for found in _PARTS_NAMED.finditer(marks.text, marks.span[0], limit):
        told = found[1] or next((m.period.label[:4] for m in marks.periods if m.span[1] == found.end()), "")
        named = _named_parts(int(told), found[0].partition("年")[2] or found[0]) if told else []
        latest = [PeriodMention(found.span(), one) for one in named] or latest
    return latest


def _named_parts(year: int, listed: str) -> list[Period]:
    """The quarters of 第一、二、三季度, the months of 6、7、8月; none where they are out of order."""
    if listed.endswith("月"):
        found = [months(year, int(number), int(number)) for number in re.findall(r"\d+", listed)]
    else:
        found = [
            part(year, f"Q{'一二三四'.find(number) + 1 or number}") for number in re.findall("[一二三四1-4]", listed)
        ]
    made = [one for one in found if one is not None]
    return made if len(made) == len(found) and made == sorted(made, key=lambda one: one.start) else []


def _part_of_each(text: str, end: int) -> str:
    """ "H1" for 2021年至2024年各上半年; "" where the years themselves are meant."""
    found = _EACH.match(text, end)
    return _PARTS[found[1]] if found else ""


def _year(year: int, span: tuple[int, int]) -> PeriodMention:
    return PeriodMention(span, Period(str(year), f"{year}-01-01", f"{year}-12-31"))
