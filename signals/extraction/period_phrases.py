"""What a phrase for time names, seen from the date of the text and the period spoken of before."""

from __future__ import annotations

import re

from signals.extraction import calendar
from signals.extraction.period_words import PeriodWords
from signals.extraction.period_years import PeriodAnchor, Years
from signals.extraction.records import Period

_PLAN_AROUND = ("计划", "预计", "将", "力争", "争取", "有望", "确保", "拟", "预期", "完成投资")
PLAN_BEFORE = ("到", "至", "力争", "预计", "前")  # 到2026年底 names the year as a goal, not its last day


Reading = tuple[Period, bool, bool] | None  # period, inferred, comparison; None when the phrase names none


class PhraseReader:
    """Reads phrases of one stretch of text, in order; each method is named like the group of the pattern that it reads."""

    def __init__(self, words: PeriodWords, anchor: PeriodAnchor) -> None:
        self.words, self.anchor = words, anchor
        self.years = Years(words, anchor)
        self.last: Period | None = None
        self.before = ""

    def _result(self, period: Period | None, *, inferred: bool = False, comparison: bool = False) -> Reading:
        return None if period is None else (period, inferred, comparison)

    def _iso(self, found: re.Match[str]) -> Reading:
        number, month, of_month = (int(part) for part in re.split("[-/.]", found["iso"]))
        return self._result(calendar.day(number, month, of_month))

    def _part_of(self, name: str) -> Reading:
        number = self.years.implied(self.before, *calendar.PARTS[name])
        return self._result(calendar.part(number, name) if number else None, inferred=True)

    def _short(self, found: re.Match[str]) -> Reading:
        """2025Q2, 25Q4, 2Q25, 1H25, H1 2025, Q1 FY25, 9M25."""
        number = self.years.written(found["sh_y1"] or found["sh_y2"])
        name = self.words.parts[found["sh_part"] or found["sh_part2"]]
        return self._result(calendar.part(number, name)) if number else self._part_of(name)

    def _relative(self, found: re.Match[str]) -> Reading:
        """last year and the like, without a part."""
        number = self.years.relative(self.words.years[found["relative"].strip()])
        return self._result(calendar.year(number) if number else None, inferred=True)

    def _comparison(self, found: re.Match[str]) -> Reading:
        """去年同期: the period spoken of, a year before."""
        base = self.last or self.anchor.previous or self.anchor.document
        if base is not None and base.start == base.end and self.anchor.document is not None:
            base = self.anchor.document  # the day of an announcement has no year-earlier figures
        return self._result(calendar.shifted(base, -1) if base else None, inferred=True, comparison=True)

    def _same(self, found: re.Match[str] | int) -> Reading:
        """2024年同期, the same period of 2024: the period spoken of, in that year."""
        number = found if isinstance(found, int) else int(found["same_year"])
        base = self.last or self.anchor.previous or self.anchor.document
        moved = calendar.shifted(base, number - int(base.end[:4])) if base else calendar.year(number)
        return self._result(moved, inferred=True, comparison=True)

    def _year_start(self, found: re.Match[str]) -> Reading:
        number = self.years.relative(0) if self.anchor.document is None else int(self.anchor.document.end[:4])
        number = self.years.named or number
        return self._result(calendar.day(number - 1, 12, 31) if number else None, inferred=True, comparison=True)

    def _anchor(self, found: re.Match[str]) -> Reading:
        """本报告期, 年初至报告期末, 当季, 上月: told from the document's period, or from the last one named."""
        to, offset = self.words.anchors[found["anchor"]]
        before, behind = self.words.not_beside[found["anchor"]]
        if self.before.endswith(before) or found.string.startswith(behind, found.end()):
            return None  # 每周一次, 创近五年新高
        document = self.anchor.document
        base = self.last or self.anchor.previous or document
        period: Period | None = None
        if to == "period" and document is not None:
            period = calendar.quarter_of(document) if "M" in document.label else document
        elif to == "cumulative" and found["anchor"] == "年内" and self._planned(found):
            number = self.years.relative(0)
            period = calendar.year(number) if number else None
        elif to == "cumulative" and document is not None:
            period = calendar.cumulative_of(document)
        elif to == "end" and document is not None:
            period = calendar.of_label(document.end)
        elif to == "weekday":
            return self._result(calendar.weekday_before(self.anchor.published_on or "", offset), inferred=True)
        elif to == "weekday_of_last_week":
            return self._result(calendar.weekday_of_last_week(self.anchor.published_on or "", offset), inferred=True)
        elif to == "years_back":
            return self._result(self._years_back(-offset), inferred=True, comparison=True)
        elif to == "that_year":
            year = calendar.of_label(base.end[:4]) if base is not None else None
            return self._result(year, inferred=True)
        elif to == "same_day":
            named = base if base is not None and base.start == base.end else None
            return self._result(named or calendar.days_before(self.anchor.published_on or "", 0), inferred=True)
        elif to == "day_ago":
            return self._result(calendar.days_before(self.anchor.published_on or "", -offset), inferred=True)
        elif to.endswith("_ago") and len(self.anchor.published_on or "") >= 7:
            published = calendar.of_label((self.anchor.published_on or "")[:7])
            period = calendar.neighbour(published, to.removesuffix("_ago"), offset) if published else None
            return self._result(period, inferred=True)
        elif base is not None and to.startswith(("quarter", "month")):
            period = calendar.neighbour(base, to.removesuffix("_ago"), offset)
        return self._result(period, inferred=True, comparison=offset != 0)

    def _years_back(self, count: int) -> Period | None:
        """近三年: the last whole years, up to that which the document reports about."""
        document, last = self.anchor.document, self.years.relative(-1)
        if document is not None and document.label.isdigit():
            last = int(document.label)
        return calendar.years(last - count + 1, last) if last else None

    def _planned(self, found: re.Match[str]) -> bool:
        """Whether a plan follows: 年内计划完成投资 is told of the whole year, not of the part gone by."""
        return found.string.startswith(_PLAN_AROUND, found.end()) or self.before.endswith(PLAN_BEFORE)

    def _plan(self, found: re.Match[str]) -> Reading:
        first, last = self.words.plans[found["plan_zh"] or found["plan_en"]]
        return self._result(calendar.years(first, last))
