"""The lexicon's words for time, compiled into one pattern; each named group is a kind of phrase."""

from __future__ import annotations

import re

from signals.extraction.numerals import Lexicon, Numerals, compiled, either, fold
from signals.extraction.units import Units

_TO = r" ?(?:-|~|至|到|—) ?"
_YEAR = r"(?:19|20)\d\d"


class PeriodWords:
    """``pattern`` finds phrases on folded text; the tables say what their words mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        numerals = compiled(Numerals, lexicon)
        self.numerals = numerals
        self.han = {word: value for word, value in numerals.han.items() if value < 10}
        self.months: dict[str, int] = {}
        self.years: dict[str, int] = {}
        self.parts: dict[str, str] = {}
        self.anchors: dict[str, tuple[str, int]] = {}
        self.plans: dict[str, tuple[int, int]] = {}
        words: dict[str, list[str]] = {"comparison": [], "year_start": [], "period_word": []}
        for entry in lexicon.kind("periods").values():
            role = str(entry.data["role"])
            for alias in (fold(word) for word in (*entry.zh, *entry.en)):
                if role == "month":
                    self.months[alias] = int(entry.data["number"])
                elif role == "year":
                    self.years[alias] = int(entry.data["offset"])
                elif role == "part":
                    self.parts[alias] = str(entry.data["part"])
                elif role == "anchor":
                    self.anchors[alias] = (str(entry.data["to"]), int(entry.data.get("offset", 0)))
                elif role == "plan":
                    self.plans[alias] = (int(entry.data["from"]), int(entry.data["to"]))
                else:
                    words[role].append(alias)
        self.pattern = re.compile("|".join(self._shapes(words, compiled(Units, lexicon))))

    def count(self, written: str) -> int:
        """九, nine or 9 as a number of months; 0 when it is none."""
        if written.isdigit():
            return int(written)
        if written in self.numerals.english:
            return self.numerals.english[written]
        value = self.numerals.han_value(written)
        return int(value) if value is not None else 0

    def _shapes(self, words: dict[str, list[str]], units: Units) -> list[str]:
        han_parts = [word for word in self.parts if not word.isascii()]
        latin_parts = [word for word in self.parts if word.isascii()]
        short = [
            word for word in latin_parts if re.fullmatch(r"(?:q[1-4](?:-q?\d)?|[1-4]q|h[12]|[12]h|9m|q1-q2)", word)
        ]
        long = [word for word in latin_parts if word not in short]
        half_words = either([*long, *(word.replace(" ", "-") for word in long)])
        han_years = [word for word in self.years if not word.isascii()]
        latin_years = either([word for word in self.years if word.isascii()])
        month = either(list(self.months))
        digits = "".join(self.han)
        numbers = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        unit = units.pattern
        months = rf"\d{{1,2}}(?:{_TO}\d{{1,2}})?(?= ?月)"
        days = (
            rf" ?月份?(?: ?(?P<ZZ_day>\d{{1,2}})(?P<ZZ_days>{_TO}(?:\d{{1,2}}月)?\d{{1,2}})? ?日|(?P<ZZ_mend>末|底))?"
        )
        first = rf"(?:前|头)(?P<ZZ_first>\d{{1,2}}|[{digits}十]{{1,2}})个?月"
        zh = (
            rf"(?P<zh>(?P<zh_year>{_YEAR}(?= ?年|{_TO}(?:20)?\d\d年)|[二一][零九][{digits}]{{2}}(?=年)|(?<!\d)[12]\d(?= ?(?:年|[-~至到] ?[1-3]\d年))|{either(han_years)})"
            rf"(?:(?<=\d)(?: ?[-~至到] ?(?P<zh_year2>(?:20)?\d\d)(?=年))?|(?<=[^\d]))(?:(?<=[\d{digits}]) ?年度?)?的?,?"
            rf"(?: ?(?:第?(?P<zh_part>{either([*han_parts, *short])})|{first.replace('ZZ', 'zh')}|(?P<zh_months>{months}){days.replace('ZZ', 'zh')}|(?P<zh_end>年?末|年?底|年?初))(?!五))?)"
        )
        bare = rf"(?P<zh_bare>(?:(?P<zb_part>{either([word for word in han_parts if word not in ('年度',)])})|{first.replace('ZZ', 'zb')}|(?<![\d年.])(?P<zb_months>{months}){days.replace('ZZ', 'zb')}))"
        joint = rf"(?:,? (?:of |in )?(?:the )?(?:fiscal (?:year )?|financial year |fy ?)?)"
        shapes = [
            rf"(?P<iso>{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))",
            rf"(?P<en_years>(?P<es1>{_YEAR})[-/](?P<es2>{_YEAR}|\d\d)(?![\d%]|[.,]\d| ?-?(?:{unit})))",
            rf"(?P<short>(?P<sh_y1>(?:20)?\d\d) ?年?(?P<sh_part>{either(short)})(?![a-z0-9])|(?P<sh_part2>{either(short)})(?:(?:{joint}| ?(?:fy)?)(?P<sh_y2>{_YEAR}|\d\d(?![\d.,%]|[a-z]| ?-?(?:{unit}))))?(?![a-z0-9]))",
            rf"(?P<plan>(?P<plan_zh>{either([w for w in self.plans if not w.isascii()])})[”\"’]?(?:规划)?(?={either([w for w in words['period_word'] if not w.isascii()])})"
            rf"|(?P<plan_en>{either([w for w in self.plans if w.isascii()])})(?= (?:{either([w for w in words['period_word'] if w.isascii()])})))",
            rf"(?P<comparison>{either(words['comparison'])})",
            rf"(?P<anchor>{either(list(self.anchors))})",
            rf"(?P<year_start>{either(words['year_start'])})",
            zh,
            bare,
            rf"(?P<en_ended>(?:(?P<ee_count>{numbers}|\d{{1,2}})[ -]months?|(?P<ee_span>quarter|half[ -]year|half|year)) (?:ended|ending|to|through|until) (?:on )?(?:\d{{1,2}} )?(?P<ee_last>{month})\.?(?: \d{{1,2}}(?!\d))?(?:,? (?P<ee_year>{_YEAR}))?"
            rf"|(?P<ee_first>{month})\.?(?: ?- ?| to | through | until )(?P<ee_last2>{month})\.?(?:(?:,| of| in)? (?P<ee_year2>{_YEAR}))?)",
            rf"(?P<en_part>(?:(?P<ep_y1>{_YEAR}|{latin_years})(?:['’]s)? (?:the )?)?(?:(?P<ep_part>{half_words})|first[ -](?P<ep_count>{numbers}|\d{{1,2}})[ -]months)(?: results| earnings)?(?:{joint}(?P<ep_y2>{_YEAR}(?!\d|[.,]\d)|{latin_years}))?)",
            rf"(?P<en_end>(?:the )?end(?:-| of |-of-)(?:(?P<en_em>{month})(?:,? (?:of )?(?P<en_ey>{_YEAR}))?|(?P<en_ey2>{_YEAR}))|(?:the )?year-end (?P<en_ey3>{_YEAR}))",
            rf"(?P<en_date>(?P<ed_m1>{month})\.? (?P<ed_d1>\d{{1,2}})(?:st|nd|rd|th)?(?P<ed_to1> ?- ?(?:(?:{month}) )?\d{{1,2}})?(?!\d|,\d{{3}}|\.\d|%| ?-?(?:{unit}))(?:,? (?:of )?(?P<ed_y1>{_YEAR}))?"
            rf"|(?P<ed_d2>\d{{1,2}})(?:st|nd|rd|th)?(?P<ed_to2> ?(?:-|to|and) ?\d{{1,2}})? (?:of )?(?P<ed_m2>{month})(?:,? (?P<ed_y2>{_YEAR}))?)",
            rf"(?P<en_month>(?P<em_month>{month})(?:\.?,? (?:of )?(?P<em_year>{_YEAR}))?)",
            rf"(?P<relative>{latin_years})",
            rf"(?P<en_year>(?:fy ?|fiscal (?:year )?)?(?P<ey>{_YEAR})(?!\d|[.,]\d|%|[-/]\d| ?-?(?:{unit})))",
        ]
        return shapes
