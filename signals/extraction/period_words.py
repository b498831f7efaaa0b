"""The lexicon's words for time, compiled into one pattern; each outer named group is a kind of phrase.

Group names: ``zh_…`` belongs to a Chinese year and what follows it, ``zb_…`` to a Chinese part without a year,
``sh_…`` to Q3 25 and the like, ``ee_…``, ``ep_…``, ``en_…``, ``ed_…``, ``em_…`` to the English phrases.
``periods.Finder`` reads them.
"""

from __future__ import annotations

import re

from signals.extraction.numerals import Lexicon, Numerals, compiled, either, fold
from signals.extraction.triggers import Triggers
from signals.extraction.units import SHORT_SCALES, Units
from signals.extraction.wording import filled, listed_words

_YEAR = r"(?:19|20)\d\d"
_TO = r" ?(?:-|~|至|到|—) ?"
_SHORT = re.compile(r"q[1-4](?:-q?\d)?|[1-4]q|h[12]|[12]h|9m|q1-q2")
_BEGINNINGS = (
    "period", "month", "three months", "six months", "nine months", "same ", "corresponding ", "equivalent ", "comparable ", "end-", "end of", "year-end", "first ", "first-",
    "between ", "quarter ", "half", "year ", "fiscal", "fy",
)  # fmt: skip
_UP_TO = "(?:ended|ending|to|through|until) (?:on |in )?"
_MEASURED = re.compile(r"\d{1,30}+(?:[.,]\d{1,30}+){0,12}+[%万亿元吨]")  # which no phrase begins with
_DIGIT, _LATIN, _HAN = "0", "a", "中"  # what a phrase can begin with
_ROLES = ("comparison", "year_start", "period_word")


class PeriodWords:
    """``match`` reads the phrase at a place of a folded text; the tables say what their words mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.numerals = compiled(Numerals, lexicon)
        self.han = {word: value for word, value in self.numerals.han.items() if value < 10}
        self.months: dict[str, int] = {}
        self.years: dict[str, int] = {}
        self.parts: dict[str, str] = {}
        self.anchors: dict[str, tuple[str, int]] = {}
        self.not_beside: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}  # words before and behind an anchor
        self.plans: dict[str, tuple[int, int]] = {}
        self._words: dict[str, list[str]] = {role: [] for role in _ROLES}
        for entry in lexicon.kind("periods").values():
            for alias in (fold(word) for word in (*entry.zh, *entry.en)):
                self._learn(alias, str(entry.data["role"]), entry.data)
        scales = [word for word in self.numerals.scales if word not in SHORT_SCALES]
        # A year that a unit or scale follows is a number: 2000 tons, RMB 2025 million.
        self._measured = rf" ?-?(?:{compiled(Units, lexicon).pattern}|{either(scales)})"
        self._month = either(list(self.months))
        self._numbers = "|".join(listed_words("month-count"))
        self._spans, self._same = "|".join(listed_words("span-of-time")), "|".join(listed_words("same-span"))
        self._patterns = {
            beginning: re.compile(filled("|".join(shape for begins, shape in self._phrases() if beginning in begins)))
            for beginning in (_DIGIT, _LATIN, _HAN)
        }
        self.triggers = Triggers(self._beginnings(), digits=True)

    def match(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        """The phrase that begins at ``start``. Only those are tried that can begin with such a letter."""
        first = folded[start]
        if first.isdigit() and _MEASURED.match(folded, start, end):
            return None
        beginning = _HAN if not first.isascii() else _DIGIT if first.isdigit() else _LATIN
        return self._patterns[beginning].match(folded, start, end)

    def _learn(self, alias: str, role: str, data: dict[str, object]) -> None:
        if role == "month":
            self.months[alias] = _number(data, "number")
        elif role == "year":
            self.years[alias] = _number(data, "offset")
        elif role == "part":
            self.parts[alias] = str(data["part"])
        elif role == "anchor":
            self.anchors[alias] = (str(data["to"]), _number(data, "offset"))
            self.not_beside[alias] = (_words(data, "not_after"), _words(data, "not_before"))
        elif role == "plan":
            self.plans[alias] = (_number(data, "from"), _number(data, "to"))
        else:
            self._words[role].append(alias)

    def count(self, written: str) -> int:
        """九, nine or 9 as a number of months; 0 when it is none."""
        if written.isdigit():
            return int(written)
        if written in self.numerals.english:
            return self.numerals.english[written]
        value = self.numerals.han_value(written)
        return int(value) if value is not None else 0

    def _beginnings(self) -> list[str]:
        """What each phrase of ``_phrases`` can begin with, digits left out."""
        words = [*self.months, *self.years, *self.parts, *self.anchors, *self.plans]
        words += [word.replace(" ", "-") for word in self.parts]
        words += self._words["comparison"] + self._words["year_start"]
        words += [f"{lead}{word}" for lead in ("", "the ") for word in _BEGINNINGS]
        words += [f"{number}{gap}month" for number in listed_words("month-count") for gap in " -"]
        return [*words, "第", "前", "头", "二零", "一九", "二九", "一零"]

    # --- phrases, those first that must not be taken apart by a later one ----------------------------------------

    def _phrases(self) -> list[tuple[str, str]]:
        """What each kind of phrase can begin with, and its shape."""
        anchors = either(list(self.anchors))
        comparison, year_start = either(self._words["comparison"]), either(self._words["year_start"])
        any_letter = _DIGIT + _LATIN + _HAN
        return [
            (_DIGIT, rf"(?P<iso>{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"),
            (
                _DIGIT,
                rf"(?P<en_years>(?P<es1>{_YEAR})[-/](?P<es2>{_YEAR}|\d\d)(?![\d%年]|[.,]\d|{self._measured}))",
            ),
            (_DIGIT, self._from_day_to_day()),
            (_DIGIT, self._months_to_end()),
            (_DIGIT + _LATIN, self._short_phrase()),
            (any_letter, self._plan_phrase()),
            (_LATIN, rf"(?P<same>(?:the )?(?:{self._same}) (?:{self._spans}) (?:of|in) (?P<same_year>{_YEAR}))"),
            (any_letter, rf"(?P<comparison>{comparison})(?! last)"),
            (any_letter, rf"(?P<anchor>{anchors})(?!,? {self._month}\.? \d)"),
            (any_letter, rf"(?P<year_start>{year_start})(?!{{target-set}})"),
            (_DIGIT + _HAN, self._chinese_year()),
            (any_letter, self._chinese_part()),
            (
                _DIGIT,
                r"(?P<zh_day_alone>(?<![\d月.每~-])(?<![日\d][至到])(?P<zd_day>[12]?\d|3[01]) ?日(?!{day-goes-on}))",
            ),
            (_DIGIT + _LATIN, self._english_run()),
            (
                _LATIN,
                rf"(?P<en_same>(?<=in |or |ng |er )the (?:same )?(?P<es_span>three months|six months|nine months|quarter|period|half|month)"
                rf"(?! (?:{_UP_TO}|of|in|from|before|earlier|ago|since|year|{_YEAR})|-))",
            ),
            (_DIGIT + _LATIN, self._english_part()),
            (_LATIN, self._english_end()),
            (_DIGIT + _LATIN, self._english_date()),
            (_LATIN, rf"(?P<en_month>(?P<em_month>{self._month})(?:\.?,? (?:of )?(?P<em_year>{_YEAR}))?)"),
            (_LATIN, rf"(?P<relative>{self._latin_years})"),
            (
                _DIGIT + _LATIN,
                rf"(?P<en_year>(?:fy ?|fiscal (?:year )?)?(?P<ey>{_YEAR})(?!\d|[.,]\d|%|[-/]\d|{self._measured}))",
            ),
        ]

    @property
    def _latin_years(self) -> str:
        return either([word for word in self.years if word.isascii()])

    @property
    def _short_parts(self) -> list[str]:
        return [word for word in self.parts if _SHORT.fullmatch(word)]

    @property
    def _joint(self) -> str:
        """Between an English part and its year: "first half of fiscal 2024", "Q1 FY24"."""
        return r"(?:,? (?:of |in )?(?:the )?(?:fiscal (?:year )?|financial year |fy ?)?)"

    def _short_phrase(self) -> str:
        """2025Q2, 25Q4, 2Q25, H1 2025."""
        part = either(self._short_parts)
        year = rf"{_YEAR}|\d\d(?!\d|%|[.,]\d|[a-z]|{self._measured})|(?<= ){self._latin_years}"
        return (
            rf"(?P<short>(?P<sh_y1>(?:20)?\d\d) ?年?(?P<sh_part>{part})(?![a-z0-9]|{_TO}q\d)"
            rf"|(?P<sh_part2>{part})(?:(?:{self._joint}|/| ?(?:fy)?)(?P<sh_y2>{year}))?(?![a-z0-9]))"
        )

    def _months_to_end(self) -> str:
        """截至2025年3月31日止三个月, as filings in Hong Kong name a period."""
        digits = "".join(self.han)
        return (
            rf"(?P<zh_ended>(?P<ze_year>{_YEAR}) ?年 ?(?P<ze_month>\d{{1,2}}) ?月(?:\d{{1,2}}日|底|末)?止?的?"
            rf"(?P<ze_count>[{digits}十]{{1,2}}|\d{{1,2}}) ?个月)"
        )

    def _from_day_to_day(self) -> str:
        """2025年1月1日至2025年6月30日, as notices name the period that they are about."""
        day = r" ?年 ?(?P<zs_m{0}>\d{{1,2}}) ?月 ?(?P<zs_d{0}>\d{{1,2}}) ?日"
        return (
            rf"(?P<zh_span>(?P<zs_y1>{_YEAR}){day.format(1)}{_TO}"
            rf"(?:(?P<zs_y2>{_YEAR}) ?年)? ?(?P<zs_m2>\d{{1,2}}) ?月 ?(?P<zs_d2>\d{{1,2}}) ?日)"
        )

    def _plan_phrase(self) -> str:
        """A five-year plan counts as a period only beside 期间, "period" and the like."""
        han, latin = _by_script(list(self.plans))
        han_after, latin_after = _by_script(self._words["period_word"])
        return (
            rf"(?P<plan>(?P<plan_zh>{either(han)})[”\"’]?(?:规划)?(?={either(han_after)})"
            rf"|(?P<plan_en>{either(latin)})(?= (?:{either(latin_after)})))"
        )

    def _chinese_year(self) -> str:
        """2025年, 25-27年, 今年, 二零二五年, each with 上半年, 前9个月, 1-9月, 6月30日, 末 after it or alone."""
        digits = "".join(self.han)
        years = either([word for word in self.years if not word.isascii()])
        parts = either([word for word in self.parts if not word.isascii()] + self._short_parts)
        year = (
            rf"{_YEAR}(?= ?年|{_TO}(?:20)?\d\d ?年)|[二一][零九][{digits}]{{2}}(?=年)"
            rf"|(?<!\d)(?:1[5-9]|2\d|3[0-5])(?= ?(?:年(?!{{year-goes-on}})|[-~至到] ?[1-3]\d ?年))|{years}"
        )
        after_digits = rf"(?<=\d)(?:{_TO}(?P<zh_year2>(?:20)?\d\d)(?= ?年))?|(?<=[^\d])"
        return (
            rf"(?P<zh>(?P<zh_year>{year})(?:{after_digits})(?:(?<=[\d{digits}]) ?年度?)?"
            rf"(?:(?:的?,? ?|(?=\([^()]{{2,6}}\))\()(?:(?P<zh_same>同期)|第?(?P<zh_part>{parts})|{self._chinese_months('zh')}"
            rf"|(?P<zh_end>年?末|年?底|年?初))(?!五))?)"
        )

    def _chinese_part(self) -> str:
        """The same without a year; 年度 alone is none."""
        parts = either([word for word in self.parts if not word.isascii() and word != "年度"])
        return rf"(?P<zh_bare>(?:(?P<zb_part>{parts})|{self._chinese_months('zb', '(?<![年.0-9])')}))"

    def _chinese_months(self, prefix: str, before: str = "") -> str:
        digits = "".join(self.han)
        day = rf"(?P<{prefix}_day>\d{{1,2}})(?P<{prefix}_days>{_TO}(?:\d{{1,2}}月)?\d{{1,2}})? ?日"
        return (
            rf"(?:前|头) ?(?P<{prefix}_first>\d{{1,2}}|[{digits}十]{{1,2}}) ?个?月"
            rf"|{before}(?P<{prefix}_months>\d{{1,2}}(?: ?月?{_TO}\d{{1,2}})?(?= ?月)) ?月份?"
            rf"(?: ?(?:{day}|(?P<{prefix}_mend>末|底)))?"
        )

    def _english_run(self) -> str:
        """the three months ended June 30, 2025; January-September 2025; the December 2025 quarter."""
        span = rf"(?:(?P<ee_count>{self._numbers}|\d{{1,2}})[ -]months?|(?P<ee_span>quarter|half[ -]year|half|year|period(?= {_UP_TO})))"
        last = rf"(?P<ee_last>{self._month})\.?(?: \d{{1,2}}(?!\d))?(?:(?:,| of)? (?P<ee_year>{_YEAR}))?"
        first_to_last = (
            rf"(?:(?P<ee_new_year>january and february)(?: combined)?"
            rf"|between (?P<ee_first2>{self._month}) and (?P<ee_last3>{self._month})"
            rf"|(?P<ee_first>{self._month})\.?(?: ?- ?| to | through | until )(?P<ee_last2>{self._month}))"
            rf"(?:\.?(?: quarter| half| period)?(?:,| of| in)? (?P<ee_year2>{_YEAR}))?"
        )
        named = rf"(?P<ee_last4>{self._month})\.?,? (?P<ee_year3>{_YEAR}) (?P<ee_span2>quarter|half[ -]year|half)"
        return rf"(?P<en_ended>{span}(?: period)? {_UP_TO}(?:\d{{1,2}} )?{last}|{first_to_last}|{named})"

    def _english_part(self) -> str:
        """first quarter of 2025, 2025's first half, the first nine months, last year's third quarter, FY2024."""
        long = [word for word in self.parts if word.isascii() and not _SHORT.fullmatch(word)]
        part = either([*long, *(word.replace(" ", "-") for word in long)])
        return (
            rf"(?P<en_part>(?:(?P<ep_y1>{_YEAR}|{self._latin_years})(?:['’]s)? (?:the )?)?"
            rf"(?:(?P<ep_part>{part})(?! of (?:its|their) (?:fiscal|financial)| {_UP_TO}(?:\d{{1,2}} )?{self._month}|[ -]{{extreme-of-time}}\b)"
            rf"|first[ -](?P<ep_count>{self._numbers}|\d{{1,2}})[ -]months)"
            rf"(?:(?: {{told-of-part}})(?: for(?= (?:fiscal )?(?:{_YEAR})))?| period)?"
            rf"(?:(?:{self._joint}|(?<=fy))(?P<ep_y2>{_YEAR}(?![a-z\d]|[.,]\d)|(?<=fy)[1-3]\d(?![\da-z%]|[.,]\d|[-/]\d)|{self._latin_years}))?)"
        )

    def _english_end(self) -> str:
        """the end of June, end-2024, year-end 2024, the end of the third quarter of 2023."""
        part = either([word for word in self.parts if word.isascii()])
        return (
            rf"(?P<en_end>(?:the )?end(?:-| of |-of-)(?:(?:the )?(?P<en_part_of>{part}){self._joint}(?P<en_ey4>{_YEAR})|(?P<en_em>{self._month})(?:,? (?:of )?(?P<en_ey>{_YEAR}))?"
            rf"|(?P<en_ey2>{_YEAR}))|(?:the )?year-end (?P<en_ey3>{_YEAR}))"
        )

    def _english_date(self) -> str:
        """September 30, 2025; 30 September 2025; October 20-23 is read over whole."""
        ordinal = "(?:st|nd|rd|th)?"
        month_first = (
            rf"(?P<ed_m1>{self._month})\.? (?P<ed_d1>\d{{1,2}}){ordinal}"
            rf"(?P<ed_to1> ?- ?(?:(?:{self._month}) )?\d{{1,2}})?"
            rf"(?!\d|,\d{{3}}|\.\d|%|{self._measured})(?:,? (?:of )?(?P<ed_y1>{_YEAR}))?"
        )
        day_first = (
            rf"(?P<ed_d2>\d{{1,2}}){ordinal}(?P<ed_to2> ?(?:-|to|and) ?\d{{1,2}})? (?:of )?(?P<ed_m2>{self._month})"
            rf"(?:,? (?P<ed_y2>{_YEAR}))?"
        )
        return rf"(?P<en_date>{month_first}|{day_first})"


def _number(data: dict[str, object], field: str) -> int:
    return int(str(data.get(field, 0)))


def _words(data: dict[str, object], field: str) -> tuple[str, ...]:
    listed = data.get(field) or ()
    return tuple(fold(str(word)) for word in listed) if isinstance(listed, list) else ()


def _by_script(words: list[str]) -> tuple[list[str], list[str]]:
    return [word for word in words if not word.isascii()], [word for word in words if word.isascii()]
