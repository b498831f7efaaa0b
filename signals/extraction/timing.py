"""Which period a figure belongs to, by where the sentence, the paragraph and the document name one.

A balance-sheet item has the period's last day; a capacity or a stake has a period only where its own clause says so; what a
change is compared with is not the period of the change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from signals.extraction.calendar import neighbour, year_earlier
from signals.extraction.calendar import year as calendar_year
from signals.extraction.dating import (
    COUNTED,
    HELD_SO_FAR,
    contract_quarter,
    leading_date,
    of_from,
    reached,
    up_to,
    words_before,
    yearly,
)
from signals.extraction.drafts import Draft
from signals.extraction.grammar import broken, parted
from signals.extraction.marks import Marks, remembered
from signals.extraction.records import Period, PeriodMention, Quantity
from signals.extraction.tellings import is_beginning, is_day_of_notice, is_day_of_saying, is_deadline

_AGAINST = re.compile(
    r"(?:\bfrom|\bthan|\bagainst|\babove|\bbelow|\bversus|\bvs\.?|\bover|\bcompared (?:with|to)|\bcompared|\bon|\bof|\bsince(?: at least)?|与|與|较|較|比|相比于|同|相较|相较于)"
    r"(?:\s+(?:the|a|at|for|that|those|corresponding|same|period|months?|quarter|half|year|of|in|level|levels|end|last|average))*\s*$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"(?:\bfrom|由|从|從)\s*(?:(?:a|an|the|mere|just|only|about)\s+)*$", re.IGNORECASE)
_SINCE = re.compile(r"\s*(?:末|底|初|年末|[上中下]旬)?(?:以来|以來)")
_AIM = re.compile(
    r"\baims?\b|\btarget(?:s|ing)?\b|\bplans? to (?:reach|have|raise|lift|expand)\b|\bgoal\b", re.IGNORECASE
)
_TO = re.compile(r"\bto\b|至|到")
_YEAR_AGO = re.compile(
    r"\s*(?:a year (?:ago|earlier|before)|one year (?:ago|earlier)|in the (?:same|corresponding|year-earlier|prior-year) (?:period|quarter|half)|(?:the )?year before)",
    re.IGNORECASE,
)


_AGAINST_NEXT = re.compile(
    r"\b(?:from(?! the (?:supplier|company|firm|group|seller|market|unit|mine|plant|project)\b)|(?<!less )(?<!more )(?<!fewer )than|versus|against|compared (?:with|to))\b",
    re.IGNORECASE,
)
# 相较去年同期净亏损5.16亿元, 较去年6月低谷时29.2万元/吨
_OF_THE_BASE = re.compile(r"\s*(?:低谷时?|高点|高位|低位)?的?(?:净?亏损|净利润?|盈利|均价|价格)?(?:为|仅为?)?\s*")
_HAN = re.compile("[“《【（]?[\u4e00-\u9fff]")
_WITHIN = re.compile(r"\s*(?:in|for|during|over)\s+(?:the\s+)?", re.IGNORECASE)
_SO_FAR = re.compile(r"[^.;,]{0,40}\b(?:so far|to date|in total|altogether)\b", re.IGNORECASE)
_HANGS_ON = re.compile(r"\s*(?:的|[（(])\s*(?:约|近|超)?\s*")


@dataclass(slots=True)
class Clock:
    """What is known of time so far: the document's period and publication, and the paragraph's last period."""

    document: Period | None
    published: str | None
    last: Period | None = None
    month: Period | None = None  # the month told of last, in whatever paragraph
    headline: Period | None = None  # the period that the title names, over or not
    day: Period | None = None  # the day of the prices told before, in whatever paragraph


def period_of(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> tuple[Period | None, float, str]:
    """The figure's period, a factor on confidence, and the words that decided. ``earlier`` is the last figure's of the sentence."""
    period, factor, why = _told(draft, marks, clock, earlier)
    period = reached(period, draft, marks) if period is not None else None
    if period is not None and draft.product == "concentrate" and draft.metric in ("price", "price_step"):
        period = contract_quarter(period)
    return period, factor, why


def _told(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> tuple[Period | None, float, str]:
    """The period as the words have it."""
    time = draft.meaning.entry.data.get("time", "flow")
    if time == "standing" and draft.metric in ("investment", "projects", "enterprises"):
        time = yearly(draft, marks)
    if draft.metric in ("export_share", "output_share"):
        time = "flow"
    elif draft.metric == "quota_share":
        time = "year"
    if draft.period:
        return _settle(draft.period.period, time), 1.0, "list"
    attached = None if draft.is_change else _attached(marks, draft.quantity.span[0])
    if attached:
        return _settle(attached.period, time), 1.0, marks.text[attached.span[0] : attached.span[1]]
    mentions = [mention for mention in marks.periods if not against(marks, mention)]
    if (
        draft.cue is not None and draft.metric == "target_completion"
    ):  # 完成全年计划的56%: the metric's own words name no period
        mentions = [m for m in mentions if not (draft.cue.start <= m.span[0] and m.span[1] <= draft.cue.end)]
    mentions = [mention for mention in mentions if not _of_base_before(marks, mention, draft.quantity.span[0])]
    if time not in ("dated", "moment"):
        mentions = [mention for mention in mentions if not is_day_of_saying(marks, mention)]
    if time == "flow":
        mentions = [mention for mention in mentions if not is_beginning(marks, mention)]
    own = _own(draft, marks, mentions)
    if own is None and not draft.is_change and time not in ("standing", "said"):
        own = _of_base(draft, marks)
    if own and time in ("standing", "said") and (is_deadline(marks, own) or own.comparison):
        own = None
    if own:
        return _settle(_rebased(own, marks, earlier), time), 1.0, marks.text[own.span[0] : own.span[1]]
    if time == "standing":
        deadline = [
            m
            for m in mentions
            if is_deadline(marks, m) and not parted(marks.text, *sorted((m.span[1], draft.quantity.span[0])))
        ]
        target = [
            m
            for m in deadline
            if re.search(r"\bby\b", marks.text[max(marks.span[0], m.span[0] - 12) : m.span[0]], re.IGNORECASE)
            and _AIM.search(marks.text, *marks.span)
        ]
        if target and draft.metric == "capacity" and target[0].period.label.isdigit():
            return target[0].period, 0.95, "target year"
        dated = leading_date(marks, mentions, draft.quantity.span[0])
        if dated:
            return dated.period, 0.97, marks.text[slice(*dated.span)]
        return None, 1.0, "said of no period"
    prior = _year_earlier_said(draft, marks, clock, earlier)
    if prior:
        return _settle(prior, time), 0.95, "a year ago"
    leading = [
        m
        for m in mentions
        if m.span[1] <= draft.quantity.span[0] and not m.comparison and marks.visible(m, draft.quantity.span[0])
    ]
    leading = [m for m in leading if not is_deadline(marks, m) and not of_from(marks, m, draft.quantity.span[0])]
    if time not in ("dated", "moment"):
        leading = [m for m in leading if not is_day_of_notice(marks, m)]
    counted = draft.metric in COUNTED
    so_far = HELD_SO_FAR.search(words_before(marks, draft.quantity.span[0])) if counted else None
    if counted and _SO_FAR.match(marks.text, draft.quantity.span[1], marks.span[1]):
        return None, 0.95, "counted so far"
    if counted:
        held = so_far is not None and so_far[1]
        leading = [m for m in leading if m.period.start == m.period.end or not (held or up_to(marks, m))]
    if time == "said":
        leading = [m for m in leading if not parted(marks.text, m.span[1], draft.quantity.span[0])]
        dated = None if leading else leading_date(marks, mentions, draft.quantity.span[0])
        found = leading[-1].period if leading else dated.period if dated else None
        return found, 0.97, "said in the sentence" if found else "said of no period"
    if leading:
        chosen = leading[-1] if counted else _best(leading, time)
        if chosen:
            return _settle(chosen.period, time), 0.99, marks.text[chosen.span[0] : chosen.span[1]]
    if so_far:
        return None, 0.95, "counted so far"  # 拥有授权专利600多项: of no period
    if earlier and (time != "flow" or earlier.start != earlier.end):
        return _settle(earlier, time), 0.98, "figure before"
    if time == "year" and clock.headline:
        return _settle(clock.headline, time), 0.97, "title"
    if time == "year" and clock.document:
        return _settle(clock.document, time), 0.97, "document"
    if time == "dated" and clock.last is None and clock.day and _within(clock.day, clock.document):
        return clock.day, 0.95, "the market's day"
    if clock.last is None and clock.month and time == "flow" and any(cue.basis == "mom" for cue in marks.changes):
        return clock.month, 0.95, "the month spoken of"
    if clock.last and time != "moment" and (time != "flow" or clock.last.start != clock.last.end):
        return _settle(clock.last, time), 0.96, "sentence before"
    if time == "year" and clock.published:
        return calendar_year(int(clock.published[:4])), 0.93, "publication year"
    if time == "moment" and clock.day:
        return clock.day, 0.95, "the market's day"
    if time == "moment":
        return (
            (Period(clock.published, clock.published, clock.published), 0.9, "publication")
            if clock.published and len(clock.published) == 10
            else (None, 0.9, "unknown")
        )
    if clock.document and not (counted and clock.headline is None and _HAN.match(marks.text, marks.span[0])):
        return _settle(clock.document, time), 0.97, "document"
    return None, 0.9, "unknown"


_TO_THE_LEVEL = re.compile(r"\s+to\s+(?:[a-z]+\s+){0,2}", re.IGNORECASE)
_IN = re.compile(r"\s*(?:(?:in|for|at|during|of|on)\s+)?(?:the\s+)?", re.IGNORECASE)


def _of_base_before(marks: Marks, mention: PeriodMention, start: int) -> bool:
    """Whether the mention dates a figure that others are compared with: "from 564 million yuan in 2023 to 291"."""
    last = next((q for q in reversed(marks.quantities) if q.span[1] <= mention.span[0]), None)
    if last is None or last.span[0] == start or not _IN.fullmatch(marks.text, last.span[1], mention.span[0]):
        return False
    if mention.span[1] <= start and _TO_THE_LEVEL.fullmatch(marks.text, mention.span[1], start):
        return True
    return _COMPARED_WITH.search(marks.text, max(marks.span[0], last.span[0] - 48), last.span[0]) is not None


def _rebased(own: PeriodMention, marks: Marks, earlier: Period | None) -> Period:
    """ "410 million yuan, against 120 million a year ago": a year before the figure that it is compared with."""
    latin = marks.text[own.span[0]].isascii()
    words = marks.text[slice(*own.span)].lower()
    if not (own.comparison and latin and earlier and "year" in words) or earlier.start == earlier.end:
        return own.period
    named = [m for m in marks.periods if m.span[1] <= own.span[0] and not m.comparison and not against(marks, m)]
    return own.period if named and named[-1].period != earlier else year_earlier(earlier)


def _of_base(draft: Draft, marks: Marks) -> PeriodMention | None:
    """The period of a figure that another one is compared with: "higher than the July average of 156.2"."""
    start = draft.quantity.span[0]
    floor = max((q.span[1] for q in marks.quantities if q.span[1] <= start), default=marks.span[0])
    near = [
        m
        for m in marks.periods
        if floor <= m.span[0] and m.span[1] <= start and start - m.span[1] <= 24 and against(marks, m)
    ]
    return near[-1] if near and not broken(marks.text, near[-1].span[1], start) and is_base(draft, marks) else None


def _own(draft: Draft, marks: Marks, mentions: list[PeriodMention]) -> PeriodMention | None:
    """A mention in the figure's own stretch: just behind it, or before it since the last break or figure."""
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
    if behind and (not before or behind[0].span[0] - end <= 4 or _WITHIN.fullmatch(text, end, behind[0].span[0])):
        return behind[0]
    if before:
        return before[-1]
    if behind:
        return behind[0]
    if _AGAINST_NEXT.search(text[end:next_figure]):
        return None  # "down 30.9% from 5,792 tonnes in August"
    shared = [m for m in seen if m.span[0] >= next_figure and not _listing_ends(text, end, m.span[0])]
    shared = [m for m in shared if not _AGAINST_NEXT.search(text, end, m.span[0])]  # "to 36.8% from 37.5% at end-2024"
    return shared[0] if shared else None


def _attached(marks: Marks, start: int) -> PeriodMention | None:
    """The period that the figure at ``start`` hangs on, be it a base of comparison: 较二季度的10074.8吨, 8月(5791.8吨)."""
    before = [m for m in marks.periods if m.span[1] <= start]
    if not before:
        return None
    hangs = _HANGS_ON.fullmatch(marks.text, before[-1].span[1], start)
    compared = hangs or (_OF_THE_BASE.fullmatch(marks.text, before[-1].span[1], start) and against(marks, before[-1]))
    return before[-1] if compared else None


def _listing_ends(text: str, start: int, end: int) -> bool:
    """Whether a clause ends on the way to a period named once for a whole list: "15% … and 35% … for Q1"."""
    return end - start > 120 or broken(text, start, end)


def _opens_next(marks: Marks, mention: PeriodMention, next_figure: int) -> bool:
    """Whether the mention leads the next figure's words: "… 9.3 bn, and in Q2 …" or 归母…。第二季度…."""
    between = marks.text[mention.span[1] : next_figure]
    metric_between = any(mention.span[1] <= hit.start < next_figure for hit in marks.metrics)
    return (
        metric_between
        and not broken(marks.text, mention.span[1], next_figure)
        and "\u4e00" <= (between.strip() or "a")[0] <= "\u9fff"
    )


@remembered
def against(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is what a change is measured against."""
    if _SINCE.match(marks.text, mention.span[1]):
        return True
    for other in marks.periods:  # "than in July last year": the second word of one date
        if 0 < mention.span[0] - other.span[1] + 1 <= 2 and against(marks, other):
            return True
    before = marks.text[max(marks.span[0], mention.span[0] - 40) : mention.span[0]]
    found = _AGAINST.search(before)
    if not found:
        return False
    word = found.group().split()[0].lower() if found.group().split() else found.group()
    if word == "from":
        if re.search(r"\bto\b|[-–]|至", marks.text[slice(*mention.span)]):
            return False  # from January to May
        return not re.search(
            r"^\s*(?:to|through|until|-|–)\s+(?:[A-Z][a-z]|20\d\d|the end)",
            marks.text[mention.span[1] : mention.span[1] + 16],
        )
    if word in ("above", "below", "since"):
        return True
    if word in ("of", "on"):
        return mention.comparison or "period" in found.group() or "same" in found.group()
    if word == "over":
        return mention.comparison
    if word in ("同",):
        return False
    return True


def _within(day: Period, document: Period | None) -> bool:
    return document is None or document.start <= day.start


def _year_earlier_said(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> Period | None:
    """ "from RMB 0.013 a year ago to RMB 0.258": the first figure belongs to the year before."""
    text, (start, end) = marks.text, draft.quantity.span
    base = earlier or clock.last or clock.document
    if (
        draft.is_change
        or base is None
        or draft.meaning.entry.data.get("time") in ("dated", "moment", "standing", "said")
    ):
        return None
    if _YEAR_AGO.match(text, end):
        return year_earlier(base)
    follower = next((q for q in marks.quantities if q.span[0] >= end), None)
    if marks.text[draft.quantity.span[0]].isascii() and _COMPARED_WITH.search(
        text, max(marks.span[0], start - 48), start
    ):
        before = next((q for q in reversed(marks.quantities) if q.span[1] <= start), None)
        if before is not None and before.dimension == draft.quantity.dimension and base.label[4:5] != "-":
            return _base_of(
                base, marks
            )  # "narrowed to 11.1% from 16.1%", "500 million yuan versus a loss of 8 million"
    if _FROM_TO.search(text[max(marks.span[0], start - 30) : start]) and follower is not None:
        if (
            re.search(r"(?:\bto|至|到)\s*$", text[end : follower.span[0]])
            and follower.dimension == draft.quantity.dimension
        ):
            return _base_of(base, marks)
    return None


_COMPARED_WITH = re.compile(
    r"(?:\bfrom|\bversus|\bvs\.?|\bagainst|\bcompared (?:with|to))\s+(?:(?:a|an|the|net|only|just|about|some|loss|losses|of|profit|revenue|last)\s+)*$",
    re.IGNORECASE,
)


def _base_of(period: Period, marks: Marks) -> Period:
    """The period that ``period`` is compared with where no other one is named: a year before, but for 环比 and the like."""
    basis = next((cue.basis for cue in marks.changes if cue.basis in ("qoq", "mom")), "")
    before = {"qoq": neighbour(period, "quarter", -1), "mom": neighbour(period, "month", -1)}.get(basis)
    return before or year_earlier(period)


_BASE = re.compile(
    r"(?:\bfrom|\bthan|\bagainst|\bversus|\bcompared (?:with|to))\s+(?:[\w'’-]+\s+){0,5}$|[由从從][^,，。;；、\s]{0,14}$",
    re.IGNORECASE,
)


def is_base(draft: Draft, marks: Marks) -> bool:
    """Whether the figure is only what another one is compared with: "down from 6,146 tons in August"."""
    return draft.quantity.comparator != "range" and _after_base(marks, draft.quantity)  # "to range from … to …"


@remembered
def _after_base(marks: Marks, figure: Quantity) -> bool:
    found = _BASE.search(marks.text[max(marks.span[0], figure.span[0] - 60) : figure.span[0]])
    return found is not None and " to " not in found.group().replace(
        "compared to ", ""
    )  # "fell 5% from July to 590 tons"


def _best(mentions: list[PeriodMention], time: str) -> PeriodMention | None:
    """The last mention before the figure; for a flow, a lone date (an announcement's) yields to a longer period."""
    if time in ("flow", "year", "stock_flow"):
        long = [m for m in mentions if m.period.start != m.period.end and m.period.start[:4] == m.period.end[:4]]
        if long:
            return long[-1]
        several = [m for m in mentions if m.period.start[:4] != m.period.end[:4]]  # “十四五”时期
        return mentions[-1] if time == "stock_flow" else several[-1] if several and time == "flow" else None
    return mentions[-1]


def _settle(period: Period, time: str) -> Period:
    if time == "stock":
        return Period(period.end, period.end, period.end)
    if time == "year":
        year = period.label[:4]
        return Period(year, f"{year}-01-01", f"{year}-12-31")
    return period
