"""Whether a figure is a result, the company's forecast, a target or an outsider's estimate.

The nearest cue that governs the figure decides; a metric of project economics is a forecast and a target price an estimate by
their nature; capacity that is still to be built is a target.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from signals.extraction.compared import is_base
from signals.extraction.drafts import Draft
from signals.extraction.grammar import broken, parted
from signals.extraction.marks import Marks, span_of
from signals.extraction.modality_words import Cue
from signals.extraction.records import Hit, Modality, Period
from signals.extraction.wording import pattern_of
from signals.extraction.works import near_capacity, of_capacity, of_investment

_GUIDED = ("net_profit", "net_profit_core", "revenue", "profit", "eps")
_FORECAST_BY_BROKERS = (*_GUIDED, "gross_margin", "net_margin", "roe", "valuation_multiple")
_SEMICOLON = re.compile(r"[;；]")
_FORETOLD = pattern_of("{foretell}[^.;,]{0,90}{move-ahead}", re.IGNORECASE)
_SEEN = pattern_of(r"(?:{price-seen}[^,，。;；]{0,16}|[或将])$")
_FORESEEN = pattern_of("{foreseen}", re.IGNORECASE)
_UNTOLD = 1  # years after whose end a result can still be foretold
_UNTOLD_MONTHS = 5  # after the end of a period in which its result is still a forecast of the firm's own
_TO_BUY = pattern_of("{means-to-buy}", re.IGNORECASE)
_TO_BUY_BACK = pattern_of(r"{plans-zh}(?![^,，。;；]*{so-far-zh})")
_TO_HOLD = pattern_of(r"(?:{means-to-hold}|{deal-over})[^,，。;；\d]{0,20}$")
_WILL_HOLD = pattern_of("{will-hold}", re.IGNORECASE)
_TO_ACQUIRE = pattern_of("{means-to-take}(?:(?!{holds-now})[^。;；]){0,60}$")


# 若按销量10万吨估算,营收可增加约7亿元
_ASSUMED = pattern_of("{assumed}")
# "beating analysts' estimates of $46.8 million", 高于市场预期的3亿元
_YARDSTICK = pattern_of("{than-reckoned}", re.IGNORECASE)
_BESIDE = 12
_GOAL_BEHIND = pattern_of("{goal-behind}")
_GOAL_MET = pattern_of("{goal-met}")
_WILL = pattern_of(r"{will-do}\s+$")
_SEMICOLON = re.compile(r"[;；\n]")
_COMMA = re.compile(r"[,，;；]")


def modality_of(
    draft: Draft, marks: Marks, period: Period | None, published: str | None, title: str
) -> tuple[Modality, str]:
    """The modality and the words that decided."""
    own = draft.meaning.entry.data.get("modality")
    if own:
        return own, draft.metric
    text, start, end = marks.text, *draft.quantity.span
    cues, first = marks.cues, marks.span[0]
    clause = _clause(marks, start, end)
    if draft.metric == "capacity":
        near = near_capacity(draft, marks)
        if near:
            return near
        return of_capacity(marks, clause, (start, end), bool(cues.in_title("project_title", title)))
    if draft.metric in ("reserves", "reserve_share"):
        return "reported", "reserves are always estimated"
    if draft.metric == "investment" and not draft.is_change:
        if (
            period is not None
            and published
            and period.end < published
            and not marks.cues.first("ahead", clause[0], start)
        ):
            return "reported", "period over"
        return of_investment(marks, (start, end), clause, title)
    if draft.metric in ("stake", "registered_capital"):
        buying = (
            _TO_BUY.search(text, clause[0], start)
            or _TO_HOLD.search(text, clause[0], start)
            or _WILL_HOLD.search(text, clause[0], start)
            or _TO_ACQUIRE.search(text, first, start)
            if draft.metric == "stake"
            else None
        )
        return ("target", buying.group()) if buying else ("reported", "a holding is a fact")
    if draft.metric in ("price", "price_step", "share_price", "price_index"):
        foretold = _FORETOLD.search(text, clause[0], start) if draft.metric == "price" else None
        if foretold and not broken(text, foretold.end(), start):
            return "estimate", foretold.group()
        seen = (
            _SEEN.search(text, clause[0], start) if draft.metric == "price" and draft.product != "concentrate" else None
        )
        if seen:
            return "estimate", seen.group()  # 9月均价将维持在58-62万元/吨
        return "reported", "a price is stated"
    if draft.metric == "buyback" and _TO_BUY_BACK.search(text, clause[0], start):
        return "target", "meant to be bought back"  # 拟以自有资金1亿元回购
    yardstick = _YARDSTICK.search(text, first, marks.span[1])
    if yardstick and 0 <= start - yardstick.end() <= _BESIDE and not broken(text, yardstick.end(), start):
        return "estimate", yardstick.group()
    if yardstick and yardstick.start() >= end:
        clause = (clause[0], min(clause[1], yardstick.start()))  # what beat the estimate is none
    assumed = _ASSUMED.search(text, first, clause[1])
    if assumed and assumed.start() <= start:
        return "estimate", assumed.group()
    cued = cues.any_in(first, clause[1])
    found = cues.last("estimate", first, start) or cues.first("estimate", end, clause[1]) if cued else None
    forecast = cues.last("forecast", first, start) if cued else None
    if found:
        future = period is not None and published is not None and period.end > published[:4]
        if draft.period is not None or future or forecast or "预测" in found.words:
            return "estimate", found.words
    foreseen = _FORESEEN.search(text, *marks.span) if draft.metric in _FORECAST_BY_BROKERS else None
    if foreseen and _of_note(draft, marks, period, published):
        return "estimate", foreseen.group()
    goal = _GOAL_BEHIND.match(text, end, marks.span[1]) if draft.metric in _YEARS_WORK else None
    if goal and not _GOAL_MET.search(text, first, start):
        return "target", goal.group()  # 冲刺全年100亿元产值目标
    if is_base(draft, marks) or _of_earlier_period(draft, marks):
        return "reported", "base of comparison"
    planned = cued and not draft.metric.startswith("quota_")  # a "plan" is a quota
    target = cues.last("target", first, start) if planned else None
    if target and published and _long_gone(target, published):
        target = None  # 由2020年的273亿元增长到2024年的858亿元
    if target and forecast and target.words.lower() == "to reach" and _same_clause(text, forecast.end, target.start):
        target = None  # "expects its net profit to reach"
    if forecast and draft.metric.startswith("quota_") and forecast.words.lower().startswith("will"):
        forecast = None  # "the quota will be 140,000 tons": fixed by whoever says so
    if forecast is None and target is None:
        if cues.in_title("guidance_title", title) and draft.metric in _GUIDED and not _long_over(period, published):
            return "forecast", "title"
        if period is not None and published and draft.metric in _YEARS_WORK and _ahead(period, published):
            return "target", "period ahead"
        return ("target", "will") if draft.cue is not None and _will(draft.cue, marks) else ("reported", "no other cue")
    latest = max((cue for cue in (forecast, target) if cue), key=lambda cue: cue.end)
    if latest is forecast and draft.period is not None and published and draft.period.period.end[:4] >= published[:4]:
        return "estimate", "years in a row"  # a company guides for one period, an analyst for three years
    if draft.metric == "target_completion":
        return "reported", "completion is a result"
    if _of_another(marks, latest.end, start):
        return "reported", "another's clause"
    reported = cues.last("reported", first, start)
    if reported and any(cue.end == reported.start for cue in cues.every("future", reported.start - 4, reported.start)):
        reported = None  # 预计,其一季度将实现
    if reported and reported.start >= latest.end and _same_clause(text, latest.end, reported.start):
        reported = None  # 预计全年实现: what is expected is not yet so
    if reported and latest is forecast and _goes_on_with(marks, latest, reported.start):
        reported = None  # 预计实现营业收入575亿元,同比增加164亿元;实现利润总额50亿元
    if reported and latest is forecast and not reported.words.isascii() and _is_preview(draft, latest):
        reported = None  # 业绩预告显示,一季度实现归母净利润4.25-4.35亿元
    if reported and (reported.start > latest.end or parted(text, latest.end, start)):
        return "reported", reported.words
    over = period is not None and published and period.end < published
    if over and latest is target and not (_same_clause(text, latest.end, start) or _listed(marks, latest.end, start)):
        return "reported", "period over"
    if latest is forecast and _months_over(period, published) >= _UNTOLD_MONTHS:
        return (
            "reported",
            "period long over",
        )  # "a loss is expected for the half; for the first half of 2023, it saw a profit"
    return ("target" if latest is target else "forecast"), latest.words


def _will(cue: Hit, marks: Marks) -> bool:
    """Whether the metric is a verb of what is to come: "will sell 3,000 tonnes"."""
    begin = max(marks.span[0], cue.start - 20) if cue.alias.isascii() else cue.start
    return _WILL.search(marks.text, begin, cue.start) is not None or cue.alias.startswith(("will ", "would "))


_YEAR = re.compile(r"20\d\d")


def _long_gone(cue: Cue, published: str) -> bool:
    """Whether the words of a target name a year that was over on publication."""
    year = _YEAR.search(cue.words)
    return year is not None and year.group() < published[:4]


_DOES = pattern_of("{brings-about}")


def _goes_on_with(marks: Marks, cue: Cue, verb: int) -> bool:
    """Whether the verb opens the clause behind a semicolon as one stands right behind the word of forecast."""
    first = _DOES.match(marks.text, cue.end)
    return (
        first is not None
        and marks.text[verb - 1] in ";；"
        and _DOES.match(marks.text, verb) is not None
        and not any(cue.end <= mention.span[0] < verb for mention in marks.periods if not mention.comparison)
    )


def _is_preview(draft: Draft, cue: Cue) -> bool:
    """Whether the figure is of a preview of results: a range, or reckoned for the time being."""
    return draft.metric in _GUIDED and (draft.quantity.value_high is not None or cue.words.startswith("经"))


_LISTED = re.compile(r"[\s、,，和及与实现完成达到至为约以上下左右不低于超过力争分别]*")


def _listed(marks: Marks, end: int, start: int) -> bool:
    """Whether nothing but metrics and figures stand from the word on: 目标为实现营收430亿元以上,利润总额43亿元以上."""
    inside = [span_of(one) for one in (*marks.quantities, *marks.metrics, *marks.products)]
    spans = sorted(span for span in inside if end <= span[0] and span[1] <= start)
    for first, last in spans:
        if first > end and _LISTED.fullmatch(marks.text, end, first) is None:
            return False
        end = max(end, last)
    return bool(spans) and _LISTED.fullmatch(marks.text, end, start) is not None


def _of_another(marks: Marks, end: int, start: int) -> bool:
    """Whether a semicolon and then another name part the word from the figure: 工信部预计…;中国进口同比减少45%."""
    parts = [found.end() for found in _SEMICOLON.finditer(marks.text, end, start)]
    return bool(parts) and any(parts[-1] <= name.span[0] <= parts[-1] + 1 for name in marks.names)


def _of_note(draft: Draft, marks: Marks, period: Period | None, published: str | None) -> bool:
    """Whether a forecast of results is that of the broker whose note the document is, not the company's own."""
    if marks.cues.first("analyst_note", 0, len(marks.text)) is None:
        return False
    if draft.quantity.value_high is not None:
        return False  # a range is a firm's own preview
    ahead = period is None or published is None or int(period.end[:4]) >= int(published[:4]) - _UNTOLD
    if published and period and period.end < published and len(period.label) > 4:
        return False  # a quarter that is over has been told
    return ahead and marks.cues.first("own_outlook", *marks.span) is None


def _long_over(period: Period | None, published: str | None) -> bool:
    """Whether the period ended more than ten weeks before publication: a title's guidance is about a later one."""
    if period is None or published is None or len(published) < 10:
        return False
    return (date.fromisoformat(published[:10]) - date.fromisoformat(period.end)).days > 70


def _months_over(period: Period | None, published: str | None) -> int:
    """How many months the period was over on publication; 0 where either is unknown."""
    if period is None or published is None or len(published) < 7:
        return 0
    return (int(published[:4]) - int(period.end[:4])) * 12 + int(published[5:7]) - int(period.end[5:7])


# What a year's work comes to; a quota or a price is fixed before its year is over.
_YEARS_WORK = frozenset(
    ["output_value", "output", "sales_volume", "revenue", "profit", "investment", "projects", "enterprises", "purchase_value", "purchase_volume"]
)  # fmt: skip


def _hardly_begun(period: Period, published: str) -> bool:
    """Whether less than a third of a calendar year was over on publication: no result can be told of it yet."""
    return len(period.label) == 4 and period.label == published[:4] and (published[5:7] or "12") < "05"


def _ahead(period: Period, published: str) -> bool:
    """Whether no result can be told of the period yet."""
    return _hardly_begun(period, published) or period.start[: len(published)] > published


def _of_earlier_period(draft: Draft, marks: Marks) -> bool:
    """Whether the level is told of the same period a year before: 上年同期亏损3.05亿元."""
    if draft.is_change:
        return False
    start = draft.quantity.span[0]
    last = bisect_right(marks.periods, start, key=lambda mention: mention.span[1]) - 1
    before = marks.periods[last] if last >= 0 and marks.periods[last].span[0] >= marks.span[0] else None
    return before is not None and before.comparison and _same_clause(marks.text, before.span[1], start)


def _clause(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """The stretch around the figure up to the next semicolon, or to the comma that opens another firm's project."""
    text = marks.text
    first, last = marks.span
    for found in _SEMICOLON.finditer(text, first, last):
        place = found.start()
        if place < start:
            first = place + 1
        elif place >= end:
            last = place
            break
    for name in marks.names:
        before = text[max(marks.span[0], name.span[0] - 1) : name.span[0]]
        if before in ("，", ",") and end <= name.span[0] < last:
            last = name.span[0]
            break
        if before in ("，", ",") and first < name.span[0] <= start:
            first = name.span[0]
    return first, last


def _same_clause(text: str, start: int, end: int) -> bool:
    return _COMMA.search(text, start, end) is None
