"""Chinese phrases for periods and days."""

from __future__ import annotations

import re

from signals.extraction import calendar
from signals.extraction.period_phrases import PLAN_BEFORE, PhraseReader, Reading
from signals.extraction.records import Period

_DIGITS = re.compile(r"\d+")
_LAST_WEEK = 25  # day of the month


class ChinesePhrases(PhraseReader):
    """Readings of 2025年前三季度, 今年9月, 1-9月, 截至6月30日止三个月, 18日."""

    def _zh(self, found: re.Match[str]) -> Reading:
        """A Chinese year (or 今年), with or without a part: 2025年, 今年上半年, 2025年1-9月, 2025年6月30日."""
        written = found["zh_year"]
        number = self.years.written(written)
        if written == "当年" and self.years.named:
            number = self.years.named  # 自2014年3月开盘以来,当年…: the year just named
        if number is None:
            return None
        if found["zh_year2"]:
            return self._result(
                calendar.years(number, int(found["zh_year2"]) + (2000 if len(found["zh_year2"]) == 2 else 0))
            )
        inferred = written in self.words.years
        if found["zh_same"]:
            return self._same(number)
        if found["zh_part"]:
            return self._result(calendar.part(number, self.words.parts[found["zh_part"]]), inferred=inferred)
        if found["zh_first"]:
            return self._result(calendar.months(number, 1, self.words.count(found["zh_first"])), inferred=inferred)
        if found["zh_months"]:
            return self._result(
                self._months(number, found["zh_months"], found["zh_day"], found["zh_days"], found["zh_mend"]),
                inferred=inferred,
            )
        if found["zh_end"]:
            before = self.before.rstrip()
            target = before.endswith(PLAN_BEFORE) and not before.endswith("截至")
            balance = calendar.day(number, 1, 1) if found["zh_end"].endswith("初") else calendar.day(number, 12, 31)
            return self._result(calendar.year(number) if target else balance, inferred=inferred)
        return self._result(calendar.year(number), inferred=inferred)

    def _zh_span(self, found: re.Match[str]) -> Reading:
        """2025年1月1日至6月30日: whole months of one year are a period, other days are none."""
        first, last = int(found["zs_m1"]), int(found["zs_m2"])
        number = int(found["zs_y1"])
        if int(found["zs_y2"] or number) != number or int(found["zs_d1"]) != 1:
            return None
        period = calendar.months(number, first, last)
        whole = period is not None and int(period.end[8:]) == int(found["zs_d2"])
        return self._result(period if whole else None)

    def _zh_ended(self, found: re.Match[str]) -> Reading:
        """The three, six, nine or twelve months up to the end of that month."""
        last, count = int(found["ze_month"]), self.words.count(found["ze_count"])
        return self._result(calendar.months(int(found["ze_year"]), last - count + 1, last))

    def _zh_bare(self, found: re.Match[str]) -> Reading:
        """A Chinese part of a year without the year: 前三季度, 9月, 1-9月, 9月30日, 前9个月."""
        if found["zb_part"]:
            return self._part_of(self.words.parts[found["zb_part"]])
        if found["zb_first"]:
            last = self.words.count(found["zb_first"])
            if self._far_behind(last):
                return None  # 前两个月 told in July: the two months before, not January and February
            number = self.years.implied(self.before, 1)
            return self._result(calendar.months(number, 1, last) if number else None, inferred=True)
        first = int(_DIGITS.findall(found["zb_months"])[0])
        number = self.years.implied(self.before, min(first, 12))
        if number is None:
            return None
        if self._comes_next(first):
            number = int((self.anchor.published_on or "")[:4])  # 11月挂牌价, told on 30 October
        return self._result(
            self._months(number, found["zb_months"], found["zb_day"], found["zb_days"], found["zb_mend"]), inferred=True
        )

    def _far_behind(self, last: int) -> bool:
        """Whether the first ``last`` months of the year were over long before the month that the text tells of."""
        document = self.anchor.document
        told = document.end if document is not None and document.label[4:5] == "-" else self.anchor.published_on or ""
        return last <= 3 and len(told) >= 7 and int(told[5:7]) > last + 3

    def _comes_next(self, month: int) -> bool:
        """Whether a month without a year is the one that begins within a week of publication; never over New Year."""
        published = self.anchor.published_on or ""
        late = len(published) >= 10 and int(published[8:10]) >= _LAST_WEEK
        return late and self.years.named is None and month == int(published[5:7]) + 1

    @staticmethod
    def _months(
        number: int, months: str, of_month: str | None, several: str | None, at_end: str | None
    ) -> Period | None:
        if several:
            return None
        ends = [int(part) for part in _DIGITS.findall(months)]
        if of_month:
            return calendar.day(number, ends[-1], int(of_month))
        return calendar.month_end(number, ends[-1]) if at_end else calendar.months(number, ends[0], ends[-1])

    def _zh_day_alone(self, found: re.Match[str]) -> Reading:
        """18日 without its month: of the month named last, else the latest such day before publication."""
        of_month = int(found["zd_day"])
        named = self.last or self.anchor.previous
        if named is not None and named.label[4:5] == "-":
            return self._result(calendar.day(int(named.label[:4]), int(named.label[5:7]), of_month), inferred=True)
        published = self.anchor.published_on or ""
        if len(published) < 10:
            return None
        number, month = int(published[:4]), int(published[5:7])
        if of_month > int(published[8:10]):
            number, month = (number, month - 1) if month > 1 else (number - 1, 12)
        return self._result(calendar.day(number, month, of_month), inferred=True)
