"""Which period a figure belongs to, by where the sentence, the paragraph and the document name one.

A balance-sheet item has the period's last day; a capacity or a stake has a period only where its own clause says so; what a
change is compared with is not the period of the change.
"""

from __future__ import annotations

import re

from signals.extraction.calendar import neighbour
from signals.extraction.calendar import year as calendar_year
from signals.extraction.clock import Clock
from signals.extraction.compared import (
    against,
    before_it,
    dates_base_before,
    is_base,
    period_of_base,
    rebased,
    year_earlier_said,
)
from signals.extraction.dating import (
    COUNTED,
    DATED_BY_USE,
    HELD_SO_FAR,
    SINCE_THEN,
    contract_quarter,
    in_force,
    leading_date,
    of_from,
    over_years,
    reached,
    reaches_by,
    to_date,
    up_to,
    words_before,
    year_so_far,
    yearly,
)
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import parted
from signals.extraction.marks import Marks
from signals.extraction.own_periods import attached_period, own_period
from signals.extraction.records import Period, PeriodMention
from signals.extraction.tellings import is_beginning, is_day_of_notice, is_day_of_saying, is_deadline, opens_by
from signals.extraction.wording import pattern_of

_AIM = gated(
    r"\baims?\b|\btarget(?:s|ing)?\b|\bplans? to (?:reach|have|raise|lift|expand)\b|\bgoal\b|\bwill (?:reach|rise|grow|increase|expand)\b",
    re.IGNORECASE,
)


_BY = re.compile(r"\bby\b", re.IGNORECASE)
_HAN = re.compile("[“《【（]?[\u4e00-\u9fff]")
_WEEK = pattern_of("{week-told}", re.IGNORECASE)
_SO_FAR = re.compile(r"[^.;,]{0,40}\b(?:so far|to date|in total|altogether)\b", re.IGNORECASE)


def period_of(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> tuple[Period | None, float, str]:
    """The figure's period, a factor on confidence, and the words that decided. ``earlier`` is the last figure's of the sentence."""
    if draft.metric == "price_step" and clock.contract is not None:
        return clock.contract, 0.98, "of the price"
    period, factor, why = _told(draft, marks, clock, earlier)
    period = to_date(reached(period, draft, marks), draft, marks) if period is not None else None
    if period is not None and draft.product == "concentrate" and draft.metric in ("price", "price_step"):
        period = contract_quarter(period)
        titled = clock.headline
        if titled is not None and titled.label[4:5] == "Q" and period.start == period.end:
            period = titled  # the day on which the quarter's price was told
    return period, factor, why


def _told(draft: Draft, marks: Marks, clock: Clock, earlier: Period | None) -> tuple[Period | None, float, str]:
    """The period as the words have it."""
    time = draft.meaning.entry.data.get("time", "flow")
    if time == "standing" and draft.metric in DATED_BY_USE:
        time = yearly(draft, marks)
    if draft.metric in ("export_share", "output_share"):
        time = "flow"
    elif draft.metric == "quota_share":
        time = "year"
    if draft.period:
        return _settle(draft.period.period, time), 1.0, "list"
    attached = None if draft.is_change else attached_period(marks, draft.quantity.span[0])
    if attached:
        return _settle(attached.period, time), 1.0, marks.text[attached.span[0] : attached.span[1]]
    mentions = [mention for mention in marks.periods if not against(marks, mention)]
    if (
        draft.cue is not None and draft.metric == "target_completion"
    ):  # 完成全年计划的56%: the metric's own words name no period
        mentions = [m for m in mentions if not (draft.cue.start <= m.span[0] and m.span[1] <= draft.cue.end)]
    mentions = [mention for mention in mentions if not dates_base_before(marks, mention, draft.quantity.span[0])]
    if time not in ("dated", "moment"):
        mentions = [mention for mention in mentions if not is_day_of_saying(marks, mention)]
    if time == "flow":
        mentions = [mention for mention in mentions if not is_beginning(marks, mention)]
    if time == "flow" and not draft.is_change and over_years(marks, draft.quantity.span[0]):
        return None, 0.95, "summed over many years"
    own = own_period(draft, marks, mentions)
    if own is None and not draft.is_change and time not in ("standing", "said"):
        own = period_of_base(draft, marks)
    if own and time in ("standing", "said") and (is_deadline(marks, own) or own.comparison):
        reached_by = draft.metric == "capacity" and not own.comparison and reaches_by(marks, draft.quantity, own)
        own = own if reached_by else None
    if own:
        told = rebased(own, marks, earlier)
        if own.inferred and not draft.is_change and told == own.period and is_base(draft, marks):
            words = marks.text[slice(*own.span)]
            named = next((m.period for m in reversed(mentions) if m.span[1] <= own.span[0] and not m.comparison), None)
            of = earlier or named or clock.last or clock.document
            told = before_it(told, of, whole=words.lower().endswith(" year"))
        return _settle(told, time), 1.0, marks.text[own.span[0] : own.span[1]]
    if time == "standing":
        deadline = [
            m
            for m in mentions
            if is_deadline(marks, m) and not parted(marks.text, *sorted((m.span[1], draft.quantity.span[0])))
        ]
        target = [
            m
            for m in deadline
            if _BY.search(marks.text[max(marks.span[0], m.span[0] - 12) : m.span[0]])
            and _AIM.search(marks.text, *marks.span)
        ]
        if target and draft.metric == "capacity" and target[0].period.label.isdigit() and not is_base(draft, marks):
            return target[0].period, 0.95, "target year"
        dated = leading_date(marks, mentions, draft.quantity.span[0])
        if dated:
            return dated.period, 0.97, marks.text[slice(*dated.span)]
        return None, 1.0, "said of no period"
    prior = year_earlier_said(draft, marks, clock, earlier)
    if prior:
        return _settle(prior, time), 0.95, "a year ago"
    holds = in_force(marks, draft.quantity.span[0]) if draft.metric in ("price", "price_step") else None
    if holds:
        return _settle(holds.period, time), 0.97, marks.text[slice(*holds.span)]
    leading = [
        m
        for m in mentions
        if m.span[1] <= draft.quantity.span[0] and not m.comparison and marks.visible(m, draft.quantity.span[0])
    ]
    leading = [
        m
        for m in leading
        if (opens_by(marks, m) or not is_deadline(marks, m)) and not of_from(marks, m, draft.quantity.span[0])
    ]
    if time not in ("dated", "moment"):
        leading = [m for m in leading if not is_day_of_notice(marks, m)]
    counted = draft.metric in COUNTED
    so_far = HELD_SO_FAR.search(words_before(marks, draft.quantity.span[0])) if counted else None
    if counted and so_far is None:
        so_far = SINCE_THEN.search(marks.text, marks.span[0], draft.quantity.span[0])
    if counted and _SO_FAR.match(marks.text, draft.quantity.span[1], marks.span[1]):
        return None, 0.95, "counted so far"
    if counted:
        held = so_far is not None and so_far[1]
        leading = [m for m in leading if m.period.start == m.period.end or not (held or up_to(marks, m))]
    if time == "said":
        leading = [m for m in leading if not parted(marks.text, m.span[1], draft.quantity.span[0])]
        dated = None if leading else leading_date(marks, mentions, draft.quantity.span[0])
        found = leading[-1].period if leading else dated.period if dated else None
        if found is None and draft.metric == "market_share" and earlier and earlier.start != earlier.end:
            found = earlier  # 产量7.5万吨,占全国的36%: of the output before it
        whole = clock.headline
        if found is None and draft.metric == "employees" and whole is not None and whole.label.isdigit():
            over = clock.published is not None and whole.end < clock.published
            found = (
                None if not over else Period(whole.end, whole.end, whole.end)
            )  # of a report on a year: how many there were at its end
        return found, 0.97, "said in the sentence" if found else "said of no period"
    so_far_told = year_so_far(draft, marks, leading) if time == "flow" else None
    if so_far_told:
        return so_far_told, 0.97, "the year so far"
    if leading:
        chosen = leading[-1] if counted else _past_base(draft, leading, _best(leading, time))
        last = max((q.span[1] for q in marks.quantities if q.span[1] <= draft.quantity.span[0]), default=marks.span[0])
        if chosen and earlier and chosen.span[1] <= last and _part_of_year(earlier, chosen.period):
            return _settle(earlier, time), 0.98, "figure before"  # "semi-annual revenue in 2022 was …, up …"
        if chosen:
            return _settle(chosen.period, time), 0.99, marks.text[chosen.span[0] : chosen.span[1]]
    if so_far:
        return None, 0.95, "counted so far"  # 拥有授权专利600多项: of no period
    if earlier and (time != "flow" or earlier.start != earlier.end):
        return _settle(earlier, time), 0.98, "figure before"
    if draft.metric.startswith("quota_") and clock.quota:
        return clock.quota, 0.97, "the quotas told before"
    if time == "year" and clock.headline:
        return _settle(clock.headline, time), 0.97, "title"
    if time == "year" and clock.document:
        return _settle(clock.document, time), 0.97, "document"
    if time == "dated" and _WEEK.search(marks.text, marks.span[0], draft.quantity.span[0]):
        return None, 0.95, "the week"
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
    whole = clock.document
    of_others = time == "dated" and clock.headline is None and whole is not None and whole.label[4:5] in ("Q", "H")
    of_others = of_others and all(mention.period != whole for mention in marks.periods)
    if of_others:
        return None, 0.93, "the document's period is that of results"
    if clock.document and not (counted and clock.headline is None and _HAN.match(marks.text, marks.span[0])):
        return _settle(clock.document, time), 0.97, "document"
    return None, 0.9, "unknown"


def _past_base(draft: Draft, leading: list[PeriodMention], chosen: PeriodMention | None) -> PeriodMention | None:
    """7月出口5994吨,6月为7742吨,环比减少22.6%: a change over the month before is of the month, not of its base."""
    unit = {"change_mom": "month", "change_qoq": "quarter"}.get(draft.measure)
    if chosen is None or unit is None:
        return chosen
    whole = [m for m in leading if m.period.start != m.period.end]  # "BEIJING, Jan 21" is the day of the news
    return next((m for m in reversed(whole) if neighbour(m.period, unit, -1) == chosen.period), chosen)


def _part_of_year(period: Period, whole: Period) -> bool:
    """Whether ``period`` is a part of the calendar year ``whole``."""
    longer = len(whole.label) == 4 and period.start != period.end
    return longer and period != whole and whole.start <= period.start and period.end <= whole.end


def _within(day: Period, document: Period | None) -> bool:
    return document is None or document.start <= day.start


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
