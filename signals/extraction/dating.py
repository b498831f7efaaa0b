"""What dates a figure beyond the nearest word: a day that leads a list, a count so far, a year within a plan."""

from __future__ import annotations

import re

from signals.extraction.calendar import months as calendar_months
from signals.extraction.calendar import year as calendar_year
from signals.extraction.drafts import Draft
from signals.extraction.grammar import joined
from signals.extraction.marks import Marks
from signals.extraction.records import Period, PeriodMention, Quantity
from signals.extraction.wording import listed_words, pattern_of

_LEADS_ALL = pattern_of(r"(?:{dates-all-behind}|[,，。；;]\s*到|^到)\s*(?:the\s+)?$|\b(?:At|By) (?:the )?$")
_BECOMES = pattern_of(r"[^,，;；。]{0,24}{built-then}")
_REACHED = pattern_of("{reaches}")
_SPENT_WITHIN = pattern_of("{spent-within}")
_BEGUN_WITHIN = pattern_of("{begun-within}")
_EACH_YEAR = pattern_of("{saved-each-year}", re.IGNORECASE)
DATED_BY_USE = ("investment", "projects", "enterprises", "cost_saving", "resource_saving")
_SUMMED = pattern_of("{summed-over}")
COUNTED = ("patents_granted", "patent_applications", "rd_projects", "standards", "new_products")
HELD_SO_FAR = pattern_of("({held-now})|{counted-so-far}")
SINCE_THEN = pattern_of("(){since-then}")  # 重组以来,…25项: counted since then, not held
# what a year's months add up to
_ADD_UP = frozenset(
    ["investment", "output", "output_value", "sales_volume", "revenue", "profit", "net_profit", "target_completion", "trade_value", "trade_volume"]
)  # fmt: skip
_OVER_YEARS = pattern_of("{years-summed}")
_SINCE_LAUNCH = pattern_of("{since-launch}", re.IGNORECASE)
_GROWS_TO = pattern_of(r"{grows-to}\s+$", re.IGNORECASE)
_DUE_BY = pattern_of(
    r"\s*(?:\([^()]{1,12}\)\s*)?(?:of (?:[\w-]+ ){1,4})?,?\s*(?:is |are )?{due-then}\s+(?:by|in|for)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_BY_THEN = re.compile(r"\s*(?:(?:a|per) year|annually)?,?\s*(?:by|before|in)\s+(?:the\s+)?", re.IGNORECASE)


def reaches_by(marks: Marks, figure: Quantity, mention: PeriodMention) -> bool:
    """Whether the deadline is that of a level reached: "to 40,000 tpa by 2025 and 60,000 tpa by 2027", but no plant built by then."""
    if _DUE_BY.fullmatch(marks.text, figure.span[1], mention.span[0]):
        return True
    if not _BY_THEN.fullmatch(marks.text, figure.span[1], mention.span[0]):
        return False
    start = figure.span[0]
    if _GROWS_TO.search(marks.text, max(marks.span[0], start - 12), start):
        return True
    before = [one for one in marks.periods if one.span[1] <= start]
    if not before or not joined(marks.text, before[-1].span[1], start):
        return False
    last = [one for one in marks.quantities if one.span[1] <= before[-1].span[0]]
    return bool(last) and last[-1].dimension == figure.dimension and reaches_by(marks, last[-1], before[-1])


def contract_quarter(period: Period) -> Period:
    """The contract price of concentrate holds for a quarter: 自2022年7月1日起 is the third of 2022."""
    month = int(period.start[5:7])
    if len(period.label) == 7 and period.label[4] == "-" and month % 3 == 1:
        return calendar_months(int(period.start[:4]), month, month + 2) or period  # 从10月开始调整
    if period.start != period.end or not period.start.endswith("-01") or month % 3 != 1:
        return period
    return calendar_months(int(period.start[:4]), month, month + 2) or period


_IN_FORCE = pattern_of("{takes-effect}")


def in_force(marks: Marks, start: int) -> PeriodMention | None:
    """The time behind a price from which it holds: 调整为18825元/吨,…,自2025年4月1日起执行."""
    behind = [mention for mention in marks.periods if mention.span[0] >= start]
    return next((mention for mention in behind if _IN_FORCE.match(marks.text, mention.span[1])), None)


def of_from(marks: Marks, mention: PeriodMention, start: int) -> bool:
    """Whether the mention dates what an earlier figure rose from, or is a multiple of: 由2020年的65%提高到84%, 是2020年的6.5倍."""
    before = marks.text[max(marks.span[0], mention.span[0] - 1) : mention.span[0]]
    base = next((q for q in marks.quantities if q.span[0] >= mention.span[1]), None)
    if base is None or base.span[0] - mention.span[1] > 8:
        return False
    multiple = before in ("是", "为", "达") and base.dimension == "fold"
    return multiple or (before in ("由", "从", "從") and base.span[0] < start)


def yearly(draft: Draft, marks: Marks) -> str:
    """How an outlay, a saving or a number of projects is dated: what is spent, saved or begun within a period belongs to it."""
    if draft.metric in ("cost_saving", "resource_saving"):
        return "standing" if _EACH_YEAR.search(marks.text, *marks.span) else "flow"
    words = marks.text[marks.span[0] : draft.quantity.span[0]]
    if draft.metric == "investment":
        return "flow" if draft.is_change or _SPENT_WITHIN.search(words[-16:]) else "standing"
    return "said" if _BEGUN_WITHIN.search(words[-20:]) else "standing"


def up_to(marks: Marks, mention: PeriodMention) -> bool:
    """截至2025年: how far the count goes, not the year of what is counted."""
    before = marks.text[max(marks.span[0], mention.span[0] - 3) : mention.span[0]]
    return before.rstrip("到 ").endswith(listed_words("counted-until"))


def over_years(marks: Marks, start: int) -> bool:
    """60年来累计产钢2.4亿吨: whether the figure's own words sum many years up, of which none is its period."""
    if marks.text[marks.span[0]].isascii() and _SINCE_LAUNCH.search(marks.text, marks.span[0], start):
        return True  # "turnover since its launch has topped 70 billion yuan"
    begin = max(marks.span[0], start - 24)
    return marks.text.find("累", begin, start) >= 0 and _OVER_YEARS.search(marks.text[begin:start]) is not None


def words_before(marks: Marks, start: int) -> str:
    """The figure's own words: from the figure before it, or from the last break, up to it."""
    floor = max((q.span[1] for q in marks.quantities if q.span[1] <= start), default=marks.span[0])
    return re.split(r"[,，;；。、]", marks.text[floor:start])[-1]


def leading_date(marks: Marks, mentions: list[PeriodMention], start: int) -> PeriodMention | None:
    """The day or year that dates all that a sentence lists: 截至2020年9月底,…年产能3万吨;…, 到2025年,…产能15万吨、…."""
    led = [
        m
        for m in mentions
        if m.span[1] <= start
        and not m.comparison
        and _LEADS_ALL.search(marks.text[max(marks.span[0], m.span[0] - 10) : m.span[0]])
        and not _BECOMES.match(marks.text, m.span[1], start)
    ]
    return led[-1] if led else None


def reached(period: Period, draft: Draft, marks: Marks) -> Period:
    """十四五时期…产值突破1300亿元: a yearly figure reached within several years is the last year's."""
    if len(period.label) != 9 or period.label[4] != "-" or draft.measure != "level":
        return period
    if not _REACHED.search(marks.text[max(marks.span[0], draft.quantity.span[0] - 6) : draft.quantity.core[0]]):
        return period
    if _SUMMED.search(marks.text[marks.span[0] : draft.quantity.span[0]]):
        return period
    return calendar_year(int(period.label[5:]))


def year_so_far(draft: Draft, marks: Marks, mentions: list[PeriodMention]) -> Period | None:
    """截至10月底,已完成投资193亿元: the months up to the day that leads the sentence, for what a year adds up to."""
    led = leading_date(marks, mentions[-1:], draft.quantity.span[0]) if mentions and draft.metric in _ADD_UP else None
    if led is None or led.period.start != led.period.end:
        return None
    told = calendar_months(int(led.period.label[:4]), 1, int(led.period.label[5:7]))
    return told if told is not None and told.end == led.period.end else None


def to_date(period: Period, draft: Draft, marks: Marks) -> Period:
    """截至9月底,…今年累计实现…: the year so far, up to the month's end that leads the sentence."""
    if len(period.label) != 4 or draft.meaning.entry.data.get("time", "flow") != "flow":
        return period
    led = leading_date(marks, marks.periods, draft.quantity.span[0])
    if led is None or led.period.start != led.period.end or led.period.start[:4] != period.label:
        return period
    end = calendar_months(int(period.label), 1, int(led.period.end[5:7]))
    return end if end is not None and end.end == led.period.end else period
