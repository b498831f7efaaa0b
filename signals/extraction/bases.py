"""What a change is measured against, once its own period is known: the base that the sentence names, or the sentence before's."""

from __future__ import annotations

import re

from signals.extraction.calendar import basis_between, length
from signals.extraction.change_words import RELATIVE
from signals.extraction.compared import against
from signals.extraction.drafts import Draft
from signals.extraction.marks import Marks
from signals.extraction.records import Measure, Period, PeriodMention, Span
from signals.extraction.wording import pattern_of

_AGAINST: dict[str, Measure] = {"yoy": "change_yoy", "qoq": "change_qoq", "mom": "change_mom"}


class Bases:
    """Settles the measures of a document's changes; remembers the base that a paragraph's growth is told against."""

    def __init__(self) -> None:
        self._yearly: Span | None = None  # the last sentence whose growth was over the year
        self._before: Span | None = None

    def new_paragraph(self) -> None:
        """A new paragraph has to name its base again."""
        self._yearly = None

    def measure(self, draft: Draft, marks: Marks, period: Period | None) -> Measure:
        """The measure of ``draft``, whose period is ``period``."""
        if not draft.is_change:
            return draft.measure
        measure = _from_base(draft, marks, period) if period else draft.measure
        if measure == "change_yoy" and period and _years_apart(draft, marks, period) not in (0, 1):
            measure = "change"  # 比2007年提高十个百分点, told of 2012
        if measure == "change_qoq" and period and period.label[4:5] == "-" and len(period.label) == 7:
            measure = "change_mom"
        if measure == "change_mom" and period and length(period) == 3:
            measure = "change_qoq"  # 环比 of a quarter, translated as "month on month"
        if measure == "change" and _since_year_end(draft, marks):
            measure = "change_ytd"
        if measure == "change" and (self._goes_on(draft, marks) or _as_its_neighbours(draft, marks)):
            measure = "change_yoy"
        if measure == "change" and _this_year_so_far(draft, marks):
            measure = "change_ytd"
        if measure == "change_yoy":
            self._yearly = marks.span
        elif measure != "change":
            self._yearly = None
        return measure

    def _goes_on(self, draft: Draft, marks: Marks) -> bool:
        """A bare growth rate has the base of the sentence before it: 营收同比增长5%。净利润增长3%."""
        told = self._yearly
        lasting = draft.meaning.entry.data.get("time", "flow") in ("flow", "year")
        return (
            told is not None
            and told[1] <= marks.span[0]
            and not marks.text[told[1] : marks.span[0]].strip()
            and lasting
            and draft.quantity.dimension in RELATIVE
            and draft.change is not None
            and not any(cue.basis for cue in marks.changes)
            and not any(against(marks, mention) for mention in marks.periods)
        )


def _as_its_neighbours(draft: Draft, marks: Marks) -> bool:
    """ "revenue rose 5% year on year, while profit fell 3%": a bare rate of a sentence that knows no other base."""
    told = {cue.basis for cue in marks.changes if cue.basis or not (cue.direction or cue.to_level)}
    return (
        told == {"yoy"}
        and (marks.text[slice(*draft.quantity.span)].isascii() or _told_before(draft, marks))
        and draft.meaning.entry.data.get("time", "flow") in ("flow", "year")
        and draft.quantity.dimension in RELATIVE
        and draft.change is not None
        and not any(against(marks, mention) and not _said_of_cue(marks, mention) for mention in marks.periods)
    )


def _since_year_end(draft: Draft, marks: Marks) -> bool:
    """资产总额较年初增长4.9%,资产负债率38.1%,下降1.7个百分点: a bare rate of a balance among others since the year's end."""
    told = {cue.basis for cue in marks.changes if cue.basis and cue.span[1] <= draft.quantity.span[0]}
    return told == {"ytd"} and draft.meaning.entry.data.get("time") == "stock" and draft.quantity.dimension in RELATIVE


def _told_before(draft: Draft, marks: Marks) -> bool:
    """Whether a Chinese base stands before the figure: 营业收入同比减少11%;净资产收益率0.29%,增加0.08个百分点."""
    return any(cue.basis == "yoy" and cue.span[1] <= draft.quantity.span[0] for cue in marks.changes)


def _said_of_cue(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is part of a base's own words: 与上年同期相比."""
    return mention.comparison and any(
        cue.basis and cue.span[0] <= mention.span[0] < cue.span[1] for cue in marks.changes
    )


_QUOTED = ("share_price", "price", "price_index")
_SO_FAR = pattern_of("{this-year-so-far}")


def _this_year_so_far(draft: Draft, marks: Marks) -> bool:
    """北方稀土今年以来股价累计上涨152%: what is quoted daily has moved since the year began, where no other base is named."""
    if draft.metric not in _QUOTED or draft.quantity.dimension not in RELATIVE:
        return False
    told = list(_SO_FAR.finditer(marks.text, marks.span[0], draft.quantity.span[0]))
    floor = told[-1].end() if told else 0
    return bool(told) and not any(
        mention.span[0] >= floor and mention.span[1] <= draft.quantity.span[0] for mention in marks.periods
    )


_BASE_YEAR = re.compile(r"[较比与](20\d\d|19\d\d)年")


def _years_apart(draft: Draft, marks: Marks, period: Period) -> int:
    """How many years lie between the year that a Chinese change names as its base and its own; 0 where it names none."""
    if draft.change is None or draft.change.span is None:
        return 0
    found = _BASE_YEAR.match(marks.text, draft.change.span[0])
    return int(period.start[:4]) - int(found[1]) if found else 0


def _from_base(draft: Draft, marks: Marks, period: Period) -> Measure:
    """A change "from August" of a September figure is month on month; one on a quarter two before has no name."""
    end = draft.quantity.span[1]
    limit = next((q.span[0] for q in marks.quantities if q.span[0] >= end), marks.span[1])
    for mention in marks.periods:
        basis = basis_between(period, mention.period)
        if draft.measure == "change" and basis and mention.span[0] > end:
            return _AGAINST[basis]
        if draft.measure not in _AGAINST.values() or not end <= mention.span[0] < limit:
            continue
        told = (mention.comparison or not mention.inferred) and marks.text[
            mention.span[0] - 1 : mention.span[1]
        ].isascii()
        if told and basis and draft.measure != _AGAINST[basis] and against(marks, mention):
            return _AGAINST[basis]  # "32% more than in May and 60% more than in June 2024"
        if draft.measure != "change_yoy" or mention.inferred:
            continue
        if against(marks, mention):
            if length(period) == length(mention.period) > 0 and mention.period != period:
                return _AGAINST.get(basis, "change")
    return draft.measure
