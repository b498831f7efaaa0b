"""Periods that only serve comparison: what a change is measured against, and whose period a base has."""

from __future__ import annotations

import re

from signals.extraction.calendar import neighbour, year_earlier
from signals.extraction.clock import Clock
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import broken
from signals.extraction.marks import Marks, remembered
from signals.extraction.periods import MOVED_ON
from signals.extraction.records import Period, PeriodMention, Quantity
from signals.extraction.wording import pattern_of

_AGAINST = pattern_of(r"{against}(?:\s+{words-of-base})*\s*$", re.IGNORECASE)
_FROM_TO = gated(r"(?:\bfrom|由|从|從)\s*(?:(?:a|an|the|mere|just|only|about)\s+)*$", re.IGNORECASE)
_IN_FORCE = pattern_of("{in-force}$", re.IGNORECASE)
_LOWEST_SINCE = pattern_of(r"{extreme}[^.;,]{0,16}\bsince\b(?:[^.;,]|,(?=\d)){0,60}\b(?:in|of)\s+$", re.IGNORECASE)
_EARLIER = re.compile(r"(?:the\s+)?(?:last|previous|prior|preceding|year-ago|a year)\b", re.IGNORECASE)
_SINCE = re.compile(r"\s*(?:末|底|初|年末|[上中下]旬)?(?:以来|以來)")
# 从2000年第一次出口至今: how far back a count goes
_EVER_SINCE = pattern_of(r"[^,，。;；\d]{0,24}{ever-since}")
_YEAR_AGO = pattern_of(r"\s*{year-ago}", re.IGNORECASE)
_TO_THE_LEVEL = re.compile(r"\s+to\s+(?:[a-z]+\s+){0,2}", re.IGNORECASE)
_IN = re.compile(r"\s*(?:\([^()]{1,24}\)\s*)?(?:(?:in|for|at|during|of|on)\s+)?(?:the\s+)?", re.IGNORECASE)
_COMPARED_WITH = pattern_of(r"{compared-with}\s+(?:{words-of-base-figure}\s+)*$", re.IGNORECASE)
_BASE = pattern_of(
    r"{compared-with}(?P<words>\s+(?:[\w'’-]+\s+){0,5})$|[由从從][^,，。;；、\s]{0,14}$",
    re.IGNORECASE,
)


_UNCHANGED = pattern_of(r"{unchanged}\s+(?:from|on|at|with)\s+(?:the\s+)?$", re.IGNORECASE)
_NOUN_OF_BASE = 80  # characters between the period of a base and its figure
_OF_THAT_TIME = re.compile(
    r",?\s+when\s", re.IGNORECASE
)  # "compared to the third quarter, when the price stood at 16,741"
_NO_VERB = re.compile(
    r"(?:['’]s)?(?:\s+(?!(?:was|were|is|are|had|has|rose|fell|grew|to|by|and|reached|came|stood|with|up|down)\b)[A-Za-z][\w-]*)*\s+(?:of|at)\s+"
    r"(?:about |around |some |just |only )?(?:[A-Z]{2,3})?[$¥]?"
)


def dates_base_before(marks: Marks, mention: PeriodMention, start: int) -> bool:
    """Whether the mention dates a figure that others are compared with: "from 564 million yuan in 2023 to 291"."""
    last = next((q for q in reversed(marks.quantities) if q.span[1] <= mention.span[0]), None)
    if last is None or last.span[0] == start or not _IN.fullmatch(marks.text, last.span[1], mention.span[0]):
        return False
    if mention.span[1] <= start and _TO_THE_LEVEL.fullmatch(marks.text, mention.span[1], start):
        return True
    return _COMPARED_WITH.search(marks.text, max(marks.span[0], last.span[0] - 48), last.span[0]) is not None


def rebased(own: PeriodMention, marks: Marks, earlier: Period | None) -> Period:
    """ "410 million yuan, against 120 million a year ago": a year before the figure that it is compared with."""
    latin = marks.text[own.span[0]].isascii()
    words = marks.text[slice(*own.span)].lower()
    if not (own.comparison and latin and earlier and "year" in words) or earlier.start == earlier.end:
        return own.period
    named = [m for m in marks.periods if m.span[1] <= own.span[0] and not m.comparison and not against(marks, m)]
    return own.period if named and named[-1].period != earlier else year_earlier(earlier)


def before_it(base: Period, told: Period | None, *, whole: bool = False) -> Period:
    """ "1,242 tonnes in Q1, down from 1,505 tonnes in Q4": a base lies before what is compared with it.

    ``whole``: the base is only called "last year"; what is compared with a half is a half of it.
    """
    part = (
        told is not None and len(told.label) in (6, 8, 9) and told.start != told.end and told.start[:4] == told.end[:4]
    )
    if whole and part and told is not None and base.label.isdigit():
        return year_earlier(told)
    after = told is not None and base.start != base.end and base.start >= told.start
    return year_earlier(base) if after else base


def period_of_base(draft: Draft, marks: Marks) -> PeriodMention | None:
    """The period of a figure that another one is compared with: "higher than the July average of 156.2"."""
    if not marks.periods:
        return None
    start = draft.quantity.span[0]
    floor = max((q.span[1] for q in marks.quantities if q.span[1] <= start), default=marks.span[0])
    near = [
        m
        for m in marks.periods
        if floor <= m.span[0] and m.span[1] <= start and start - m.span[1] <= _NOUN_OF_BASE and against(marks, m)
    ]
    if not near:
        return None
    end = near[-1].span[1]
    if _UNCHANGED.search(marks.text, max(marks.span[0], near[-1].span[0] - 24), near[-1].span[0]):
        return None  # "unchanged from last year at 4,250t"
    if _OF_THAT_TIME.match(marks.text, end, start) and not broken(marks.text, end + 2, start):
        return near[-1]
    named = _NO_VERB.fullmatch(marks.text, end, start) is not None or (start - end <= 24 and is_base(draft, marks))
    return near[-1] if named and not broken(marks.text, end, start) else None


@remembered
def against(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is what a change is measured against."""
    if marks.text.endswith(("从", "自"), 0, mention.span[0]) and _EVER_SINCE.match(
        marks.text, mention.span[1], marks.span[1]
    ):
        return True
    plan = mention.period.start[:4] != mention.period.end[:4]  # “十四五”以来 is told of the plan's years
    if (not plan and _SINCE.match(marks.text, mention.span[1])) or _LOWEST_SINCE.search(
        marks.text, max(marks.span[0], mention.span[0] - 80), mention.span[0]
    ):
        return True
    for other in marks.periods:  # "than in July last year": the second word of one date
        if 0 < mention.span[0] - other.span[1] + 1 <= 2 and against(marks, other):
            return True
    before = marks.text[max(marks.span[0], mention.span[0] - 64) : mention.span[0]].rstrip("“‘")
    found = _AGAINST.search(before)
    if not found:
        return False
    word = found.group().split()[0].lower() if found.group().split() else found.group()
    if word == "from":
        if _IN_FORCE.search(marks.text, max(marks.span[0], mention.span[0] - 40), mention.span[0]):
            return False
        if re.search(r"\bto\b|(?<!end)(?<!mid)[-–]|至", marks.text[slice(*mention.span)]):
            return False  # from January to May
        return not re.search(
            r"^\s*(?:to|through|until|-|–)\s+(?:[A-Z][a-z]|20\d\d|the end)",
            marks.text[mention.span[1] : mention.span[1] + 16],
        )
    if word in ("above", "below", "since"):
        return True
    start = mention.span[0] - len(found.group())
    if (
        word in ("on", "over")
        and mention.period.start != mention.period.end
        and any(q.dimension == "ratio" and 0 <= start - q.span[1] <= 1 for q in marks.quantities)
    ):
        return True  # "an increase of 5.9% on 2023", "of 116%-134% over 2024"
    if word in ("of", "on", "over"):
        earlier = _EARLIER.match(marks.text, *mention.span)
        told = earlier and MOVED_ON.search(marks.text, max(marks.span[0], mention.span[0] - 40), mention.span[0])
        return mention.comparison or "period" in found.group() or "same" in found.group() or told is not None
    if word in ("同",):
        return False
    return True


def year_earlier_said(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> Period | None:
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


def _base_of(period: Period, marks: Marks) -> Period:
    """The period that ``period`` is compared with where no other one is named: a year before, but for 环比 and the like."""
    basis = next((cue.basis for cue in marks.changes if cue.basis in ("qoq", "mom")), "")
    before = {"qoq": neighbour(period, "quarter", -1), "mom": neighbour(period, "month", -1)}.get(basis)
    return before or year_earlier(period)


def is_base(draft: Draft, marks: Marks) -> bool:
    """Whether the figure is only what another one is compared with: "down from 6,146 tons in August"."""
    return draft.quantity.comparator != "range" and after_base(marks, draft.quantity)  # "to range from … to …"


@remembered
def after_base(marks: Marks, figure: Quantity) -> bool:
    found = _BASE.search(marks.text[max(marks.span[0], figure.span[0] - 60) : figure.span[0]])
    return found is not None and " to " not in (found["words"] or "").lower()  # "fell 5% from July to 590 tons"
