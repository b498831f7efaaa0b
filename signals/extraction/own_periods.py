"""The period named in a figure's own stretch of the sentence: just behind it, just before it, or hung on it."""

from __future__ import annotations

import re
from dataclasses import replace

from signals.extraction.calendar import shifted
from signals.extraction.compared import against
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import broken
from signals.extraction.marks import Marks
from signals.extraction.records import PeriodMention, Quantity

_TO = gated(r"\bto\b|至|到")
_AGAINST_NEXT = gated(
    r"\b(?:from(?! the (?:supplier|company|firm|group|seller|market|unit|mine|plant|project)\b)|(?<!less )(?<!more )(?<!fewer )than|versus|against|compar(?:ed|es|ing) (?:with|to))\b",
    re.IGNORECASE,
)
# 相较去年同期净亏损5.16亿元, 较去年6月低谷时29.2万元/吨
_OF_THE_BASE = re.compile(
    r"\s*的?(?:低谷时?|高点|低点|高位|低位)?的?(?:净?亏损|净利润?|盈利|(?:年度|全年)?日?均价|价格)?(?:为|仅为?)?\s*"
)
_WITHIN = re.compile(r"\s*(?:in|for|during|over)\s+(?:the\s+)?", re.IGNORECASE)
_HANGS_ON = re.compile(r"(?:\s*(?:的|[（(])|['’]s\b)\s*(?:约|近|超)?\s*(?:(?<=[（(])(?:an?|the|at|then)\s+)?")


_BESIDE = re.compile(r"(?:的)?[\u4e00-\u9fff]{1,6}、")  # 与2024年30.27亿元营收、2.87亿元净亏损的业绩相比
_AND_NEXT = re.compile(r"\s*[、和及与]\s*")
_SET_OFF = gated(r",\s+(?:all\s+|both\s+)?(?:in|during|over|for|within)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = gated(r"\bsince\b", re.IGNORECASE)  # "down 69%, the lowest since 1,457 tonnes in January 2015"
_AND_IN = re.compile(
    r"[^.;:]{0,12},?\s+(?:and|while|but|then|whereas)\s+(?:then\s+)?(?:in|for|on|during|by)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def own_period(draft: Draft, marks: Marks, mentions: list[PeriodMention]) -> PeriodMention | None:
    """A mention in the figure's own stretch: just behind it, or before it since the last break or figure."""
    if not mentions:
        return None
    text, (start, end) = marks.text, draft.quantity.span
    after = draft.quantity.converted_span[1] if draft.quantity.converted_span else end
    end = max(end, after)
    next_figure = next((q.span[0] for q in marks.quantities if q.span[0] >= end), marks.span[1])
    last_figure = max((q.span[1] for q in marks.quantities if q.span[1] <= start), default=marks.span[0])
    seen = [m for m in mentions if marks.visible(m, start)]
    behind = [m for m in seen if end <= m.span[0] < next_figure and not broken(text, end, m.span[0])]
    behind = [m for m in behind if not _opens_next(marks, m, next_figure)]
    before = [m for m in seen if last_figure <= m.span[0] and m.span[1] <= start and not broken(text, m.span[1], start)]
    before = [
        m
        for m in before
        if not (
            m.comparison
            and (
                (not text[last_figure : m.span[0]].strip() and m.span[0] > marks.span[0])
                or _TO.search(text[m.span[1] : start])
            )
        )
    ]
    if before and behind and _AND_NEXT.fullmatch(text, end, behind[0].span[0]):
        if next_figure < marks.span[1] and not broken(text, behind[0].span[1], next_figure):
            behind = []  # 一季度上涨3%、二季度上涨2%
    part = _part_at_metric(draft, marks, [*before, *behind], seen)
    if part is not None:
        return part
    if behind and (not before or behind[0].span[0] - end <= 4 or _WITHIN.fullmatch(text, end, behind[0].span[0])):
        return behind[0]
    if before:
        return before[-1]
    if behind:
        return behind[0]
    if _AGAINST_NEXT.search(text[end:next_figure]) or _SINCE.search(text, end, next_figure):
        return None  # "down 30.9% from 5,792 tonnes in August"
    shared = [m for m in seen if m.span[0] >= next_figure and not _listing_ends(text, end, m.span[0])]
    shared = [m for m in shared if not _AGAINST_NEXT.search(text, end, m.span[0])]  # "to 36.8% from 37.5% at end-2024"
    return shared[0] if shared else _closing(marks, seen, start)


def _closing(marks: Marks, seen: list[PeriodMention], start: int) -> PeriodMention | None:
    """The period that closes the sentence for all its figures: "sold 35,000 tonnes, with revenue of 5 billion yuan, in 2014."."""
    if not seen or seen[-1].span[0] < start or any(mention.span[1] <= start for mention in seen):
        return None
    begin, end = seen[-1].span
    ends = not marks.text[end : marks.span[1]].strip(" .\"”’'")
    return seen[-1] if ends and _SET_OFF.search(marks.text, max(marks.span[0], begin - 16), begin) else None


def _end_of(figure: Quantity) -> int:
    return figure.converted_span[1] if figure.converted_span else figure.span[1]


def _part_at_metric(
    draft: Draft, marks: Marks, own: list[PeriodMention], seen: list[PeriodMention]
) -> PeriodMention | None:
    """ "semi-annual revenue in 2022": the part of a year before the metric's own words says more than the year."""
    years = {m.period.start[:4] for m in own if len(m.period.label) == 4}
    if draft.cue is None or not years:
        return None
    for mention in seen:
        short = mention.period.start != mention.period.end and len(mention.period.label) > 4
        close = -8 <= draft.cue.start - mention.span[1] <= 1  # "annual revenue" is a metric, too
        if not (short and close):
            continue
        if mention.period.start[:4] in years:
            return mention
        if mention.inferred and len(years) == 1:
            moved = shifted(mention.period, int(next(iter(years))) - int(mention.period.start[:4]))
            return replace(mention, period=moved) if moved else None
    return None


def attached_period(marks: Marks, start: int) -> PeriodMention | None:
    """The period that the figure at ``start`` hangs on, be it a base of comparison: 较二季度的10074.8吨, 8月(5791.8吨)."""
    before = [m for m in marks.periods if m.span[1] <= start]
    if not before:
        return None
    beside = [figure for figure in marks.quantities if before[-1].span[1] <= figure.span[0] and figure.span[1] <= start]
    if (
        len(beside) == 1
        and (before[-1].comparison or against(marks, before[-1]))
        and _BESIDE.fullmatch(marks.text, beside[0].span[1], start)
    ):
        return attached_period(marks, beside[0].span[0]) or before[-1]
    hangs = _HANGS_ON.fullmatch(marks.text, before[-1].span[1], start)
    compared = hangs or (_OF_THE_BASE.fullmatch(marks.text, before[-1].span[1], start) and against(marks, before[-1]))
    return before[-1] if compared else None


def _listing_ends(text: str, start: int, end: int) -> bool:
    """Whether a clause ends on the way to a period named once for a whole list: "15% … and 35% … for Q1"."""
    return end - start > 120 or broken(text, start, end)


def _opens_next(marks: Marks, mention: PeriodMention, next_figure: int) -> bool:
    """Whether the mention leads the next figure's words: "… 9.3 bn, and in Q2 …" or 归母…。第二季度…."""
    figure = next((q for q in reversed(marks.quantities) if q.span[1] <= mention.span[0]), None)
    if (
        figure is not None
        and next_figure < marks.span[1]
        and _AND_IN.fullmatch(marks.text, _end_of(figure), mention.span[0])
        and not broken(marks.text, mention.span[1], next_figure)
        and next_figure - mention.span[1] > 8
    ):
        return True  # "to CNY26,887 per ton and in June it raised the price by another 45 percent"
    bracket = marks.bracket_of(mention.span[0])
    if bracket is not None and bracket[1] <= next_figure:
        return False  # 45万元/吨(2025年上半年均价)
    between = marks.text[mention.span[1] : next_figure]
    metric_between = any(mention.span[1] <= hit.start < next_figure for hit in marks.metrics)
    return (
        metric_between
        and not broken(marks.text, mention.span[1], next_figure)
        and "\u4e00" <= (between.strip() or "a")[0] <= "\u9fff"
    )
