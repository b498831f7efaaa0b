"""Find the periods that a text names, and resolve the words that lean on its date or on what it reports about.

A period without a year takes the year named before it in the same stretch, else the document's, else the latest such
period that had begun when the text was published. Where none of these is known there is no mention: unknown stays
unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from signals.extraction import calendar
from signals.extraction.numerals import Lexicon, compiled, fold
from signals.extraction.period_words import PeriodWords
from signals.extraction.period_years import PeriodAnchor, Years
from signals.extraction.records import Period, PeriodMention

_DIGITS = re.compile(r"\d+")
# Before a month without a year: "may" and "march" are also other words.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|for|during|since|from|to|until|till|by|last|this|through|and|between|versus|on|its|their|the|our)|['’]s|,|\() ?$"
)
_AHEAD = re.compile(
    r"\b(?:will|would|due to|set to|scheduled to|expected to|planned? to|plans to)"
    r" (?:be )?(?:begin|start|open|launch\w*|commence|commission\w*|complet\w*|publish\w*|report|take effect|hold|held)\b[^.;,]{0,32}$"
)
_OTHER_WORDS = ("march", "mar", "may")  # also verbs and names
_LENGTHS = {
    "period": 0, "month": 1, "quarter": 3, "three months": 3, "half": 6, "half year": 6, "half-year": 6, "six months": 6,
    "nine months": 9, "year": 12,
}  # fmt: skip
# A base of comparison says nothing of the periods named after it: 较2024年末, from 2023, than in March.
_COMPARED_BEFORE = re.compile(
    r"(?:[较比与同]|\b(?:from|than|versus|vs\.?|against|compared (?:with|to)|over|since)(?: in)?(?: the)? ?)$"
)
_BASE_WITH_FIGURE = re.compile(
    r"\b(?:from|than|versus|vs\.?|against|compared (?:with|to)) [a-z]{0,3}[$¥]?\d[\d.,]*(?: ?[a-z%/]+){0,3}? (?:in|for|during)(?: the)? $"
)
_LONGEST_PHRASE = 120  # characters, with what is looked at behind it
_SINCE = re.compile("(?:末|底|初|[上中下]旬)?以来")
_TARGET_BEFORE_OR_BEHIND = ("计划", "预计", "将", "力争", "争取", "有望", "确保", "拟", "预期", "完成投资")
_TARGET_BEFORE = ("到", "至", "力争", "预计", "前")  # 到2026年底 names the year as a goal, not its last day


Reading = tuple[Period, bool, bool] | None  # period, inferred, comparison; None when the phrase names none


def find_periods(text: str, start: int, end: int, lexicon: Lexicon, anchor: PeriodAnchor) -> list[PeriodMention]:
    """The periods named in ``text[start:end]``, in order."""
    return Occurrences(text, lexicon).read(start, end, anchor)


class Occurrences:
    """Where phrases for time stand in a text, looked for once; what they name is read stretch by stretch."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.folded = text, fold(text)
        self._words = compiled(PeriodWords, lexicon)
        self._places = self._words.triggers.places(self.folded, 0, len(text))
        self._known: dict[int, re.Match[str] | None] = {}

    def read(self, start: int, end: int, anchor: PeriodAnchor) -> list[PeriodMention]:
        """The periods named in ``text[start:end]``, in order. A stretch begins where a line or the text does."""
        if not self._between(start, end):
            return []
        return Finder(self._words, anchor).read(self, start, end)

    def phrases(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The phrases in ``text[start:end]``, none inside another."""
        position = start
        line = end >= len(self.text) or self.text[end] == "\n"  # which no phrase goes over
        for first in self._between(start, end):
            if first < position:
                continue
            found = self._at(first) if line or first + _LONGEST_PHRASE < end else self._match(first, end)
            if found is not None and _is_word(self.folded, found, end):
                position = found.end()
                yield found

    def _between(self, start: int, end: int) -> list[int]:
        first = bisect_left(self._places, start)
        return self._places[first : bisect_left(self._places, end, first)]

    def _at(self, first: int) -> re.Match[str] | None:
        if first not in self._known:
            self._known[first] = self._match(first, len(self.folded))
        return self._known[first]

    def _match(self, first: int, end: int) -> re.Match[str] | None:
        return self._words.pattern.match(self.folded, first, end)


class Finder:
    """Reads the phrases of one stretch of text; each method named like a group of the pattern reads that kind of phrase."""

    def __init__(self, words: PeriodWords, anchor: PeriodAnchor) -> None:
        self.words, self.anchor = words, anchor
        self.years = Years(words, anchor)
        self.last: Period | None = None
        self.before = ""

    def read(self, phrases: Occurrences, start: int, end: int) -> list[PeriodMention]:
        """The periods that the phrases of the stretch name."""
        text, folded = phrases.text, phrases.folded
        mentions: list[PeriodMention] = []
        for found in phrases.phrases(start, end):
            first = found.start()
            self.before = folded[max(start, first - 12) : first]
            self.years.ahead = _AHEAD.search(folded, max(start, first - 48), first) is not None
            if found.lastgroup == "en_month" and not text[first].isupper():
                continue
            made = getattr(self, f"_{found.lastgroup}")(found)
            if made is None:
                continue
            period, inferred, comparison = made
            mentions.append(PeriodMention((first, found.end()), period, inferred, comparison))
            since = folded.startswith("以来", found.end(), end)  # 2023年第2季以来最大涨幅: how far back, not when
            based = _COMPARED_BEFORE.search(self.before) or _BASE_WITH_FIGURE.search(
                folded, max(start, first - 60), first
            )
            if not (comparison or since or based):
                self.last = period
                number = int(period.end[:4])
                if not inferred and (not self.anchor.published_on or number <= int(self.anchor.published_on[:4])):
                    self.years.named = number  # a plan's year says nothing of the months named after it
        return mentions

    # --- one kind of phrase each: (period, inferred, comparison) or None --------------------------------------

    def _result(self, period: Period | None, *, inferred: bool = False, comparison: bool = False) -> Reading:
        return None if period is None else (period, inferred, comparison)

    def _iso(self, found: re.Match[str]) -> Reading:
        number, month, of_month = (int(part) for part in re.split("[-/.]", found["iso"]))
        return self._result(calendar.day(number, month, of_month))

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
            target = before.endswith(_TARGET_BEFORE) and not before.endswith("截至")
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
            number = self.years.implied(self.before, 1)
            return self._result(calendar.months(number, 1, last) if number else None, inferred=True)
        first = int(_DIGITS.findall(found["zb_months"])[0])
        number = self.years.implied(self.before, min(first, 12))
        if number is None:
            return None
        return self._result(
            self._months(number, found["zb_months"], found["zb_day"], found["zb_days"], found["zb_mend"]), inferred=True
        )

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

    def _part_of(self, name: str) -> Reading:
        number = self.years.implied(self.before, *calendar.PARTS[name])
        return self._result(calendar.part(number, name) if number else None, inferred=True)

    def _short(self, found: re.Match[str]) -> Reading:
        """2025Q2, 25Q4, 2Q25, 1H25, H1 2025, Q1 FY25, 9M25."""
        number = self.years.written(found["sh_y1"] or found["sh_y2"])
        name = self.words.parts[found["sh_part"] or found["sh_part2"]]
        return self._result(calendar.part(number, name)) if number else self._part_of(name)

    def _en_part(self, found: re.Match[str]) -> Reading:
        """first quarter of 2025, 2025's first half, the first nine months, last year's third quarter."""
        written = found["ep_y1"] or found["ep_y2"]
        number = self.years.written(written)
        if written and number is None:
            return None
        inferred = not written or written in self.words.years
        if found["ep_count"]:
            number = number or self.years.implied(self.before, 1)
            last = self.words.count(found["ep_count"])
            return self._result(calendar.months(number, 1, last) if number else None, inferred=inferred)
        part = found["ep_part"]
        if part.startswith(("fiscal", "financial")) and not written and self.before.endswith(("its ", "their ")):
            return None
        name = self.words.parts.get(part) or self.words.parts[part.replace("-", " ")]
        return self._result(calendar.part(number, name), inferred=inferred) if number else self._part_of(name)

    def _en_ended(self, found: re.Match[str]) -> Reading:
        """the three months ended June 30, 2025; January to September 2025."""
        months = self.words.months
        number = self.years.written(found["ee_year"] or found["ee_year2"] or found["ee_year3"])
        inferred = number is None
        if found["ee_new_year"]:
            first, last = 1, 2
        else:
            last = months[found["ee_last"] or found["ee_last2"] or found["ee_last3"] or found["ee_last4"]]
            opening = found["ee_first"] or found["ee_first2"]
            length = (
                self.words.count(found["ee_count"])
                if found["ee_count"]
                else _LENGTHS.get(found["ee_span"] or found["ee_span2"], 0)
            )
            first = months[opening] if opening else last - length + 1
        number = number or self.years.implied(self.before, last)
        return self._result(calendar.months(number, first, last) if number else None, inferred=inferred)

    def _en_date(self, found: re.Match[str]) -> Reading:
        """September 30, 2025; 30 September 2025; end-June; a run of days is nobody's period."""
        month = self.words.months[found["ed_m1"] or found["ed_m2"]]
        of_month, several = found["ed_d1"] or found["ed_d2"], found["ed_to1"] or found["ed_to2"]
        number = self.years.written(found["ed_y1"] or found["ed_y2"])
        if several:
            return None
        inferred = number is None
        number = number or self.years.implied(self.before, month)
        return self._result(calendar.day(number, month, int(of_month)) if number else None, inferred=inferred)

    def _en_end(self, found: re.Match[str]) -> Reading:
        """the end of June, end-2024, year-end 2024."""
        number = self.years.written(found["en_ey"] or found["en_ey2"] or found["en_ey3"])
        inferred = number is None
        month = self.words.months[found["en_em"]] if found["en_em"] else 12
        number = number or self.years.implied(self.before, month)
        if number is None:
            return None
        target = self.before.rstrip(" the").endswith(("by", "before", "until")) and not found["en_em"]
        return self._result(calendar.year(number) if target else calendar.month_end(number, month), inferred=inferred)

    def _en_month(self, found: re.Match[str]) -> Reading:
        """September 2025, in September."""
        month = self.words.months[found["em_month"]]
        written = found["em_year"]
        number = self.years.written(written)
        if number is None:
            if found["em_month"] in _OTHER_WORDS and not _BEFORE_MONTH.search(self.before):
                return None
            number = self.years.implied(self.before, month)
            spoken = self.anchor.document or self.last
            if number and self.before.endswith("last ") and spoken and spoken.label == f"{number}-{month:02d}":
                number -= 1  # "19% above last October's", of a figure for October
        return self._result(calendar.months(number, month, month) if number else None, inferred=not written)

    def _en_same(self, found: re.Match[str]) -> Reading:
        """the three months, the quarter, the period: the one of that length that was spoken of last."""
        length = _LENGTHS[found["es_span"]]
        spoken = (self.last, self.anchor.previous, self.anchor.document)
        fits = [one for one in spoken if one and one.start != one.end and length in (0, calendar.length(one))]
        whole = calendar.cumulative_of(self.anchor.document) if self.anchor.document and length in (6, 9) else None
        if not fits and whole is not None and calendar.length(whole) == length:
            fits = [whole]
        return self._result(fits[0] if fits else None, inferred=True)

    def _en_year(self, found: re.Match[str]) -> Reading:
        return self._result(calendar.year(int(found["ey"])))

    def _en_years(self, found: re.Match[str]) -> Reading:
        """2026-2030; fiscal 2024-25 is its last year."""
        first, last = int(found["es1"]), found["es2"]
        if len(last) == 4:
            return self._result(calendar.years(first, int(last))) if int(last) > first else None
        return self._result(calendar.years(first, first // 100 * 100 + int(last))) if int(last) > first % 100 else None

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

    def _planned(self, found: re.Match[str]) -> bool:
        """Whether a plan follows: 年内计划完成投资 is told of the whole year, not of the part gone by."""
        return found.string.startswith(_TARGET_BEFORE_OR_BEHIND, found.end()) or self.before.endswith(_TARGET_BEFORE)

    def _plan(self, found: re.Match[str]) -> Reading:
        first, last = self.words.plans[found["plan_zh"] or found["plan_en"]]
        return self._result(calendar.years(first, last))


def _is_word(folded: str, found: re.Match[str], end: int) -> bool:
    """Whether the match is no piece of a longer Latin word or number."""
    first, last = found.start(), found.end()
    before, after = folded[max(first - 1, 0) : first], folded[last : min(last + 1, end)]
    if (before.isascii() and before.isalnum() and folded[first].isascii()) or (
        before == "." and folded[first - 2 : first - 1].isdigit() and folded[first].isdigit()
    ):
        return False
    return not (after.isascii() and after.isalnum() and folded[last - 1].isascii())
