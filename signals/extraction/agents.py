"""Who acts: the agent behind a passive, the operator of a mine, the firm that a clause names by "it"."""

from __future__ import annotations

import re

from signals.extraction.cast import Cast
from signals.extraction.drafts import Draft
from signals.extraction.grammar import broken, parted
from signals.extraction.marks import Marks
from signals.extraction.records import NameMention
from signals.extraction.wording import pattern_of

FIRMS_METRICS = frozenset(
    ["revenue", "net_profit", "net_profit_core", "profit", "gross_margin", "net_margin", "eps", "operating_cash_flow", "roe", "output", "sales_volume", "capacity", "utilisation", "investment", "stake", "rd_spend", "total_assets", "cash", "project_revenue", "project_profit", "irr", "payback", "buyback", "dividend", "market_cap", "share_price"]
)  # fmt: skip
_DONE_BY = pattern_of(r"{done-by}\s+by\s+(?:the\s+)?$", re.IGNORECASE)
_WITH_IT = re.compile(r",\s+(?:the (?:company|firm|group|miner)|it)\b(?!['’]s)", re.IGNORECASE)


def with_it(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> str | None:
    """ "With a quota of 180,000 tons, the company …": the firm that leads the main clause."""
    end = draft.quantity.span[1]
    if not marks.text.startswith("With ", marks.span[0]):
        return None
    before = [name for name in names if name.span[1] <= draft.quantity.span[0] and cast.is_company(name.key)]
    if before:
        return None
    for name in names:
        if (
            name.span[0] > end
            and cast.is_company(name.key)
            and marks.text.endswith((", ", ", the "), end, name.span[0])
        ):
            return name.key
    told = cast.last if cast.last and cast.is_company(cast.last) else cast.main
    return told if _WITH_IT.search(marks.text, end, marks.span[1]) else None


def operator_of(marks: Marks, mine: NameMention, names: list[NameMention], cast: Cast) -> NameMention | None:
    """ "Iluka's Eneabba refinery": what the plant makes is the firm's."""
    owners = (name for name in names if marks.text[name.span[1] : mine.span[0]] in ("'s ", "’s ", "' ", "’ "))
    return next((name for name in owners if cast.is_company(name.key)), None)


def agent_of(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """Who did what the figure is of, told in the passive: "3,200 tonnes of metals were sold by JL MAG, up 12%"."""
    start, end = draft.quantity.span
    if draft.metric == "stake":
        beside = (name for name in names if name.span[1] == start - 1 and marks.text[name.span[1]] == " ")
        return next(
            (name for name in beside if marks.names[0] is not name), None
        )  # "… will take 51%, Golden Dragon 40%"
    if draft.metric not in FIRMS_METRICS:
        return None
    limit = next((q.span[0] for q in marks.quantities if q.span[0] >= end), marks.span[1])
    for name in names:
        owner = (
            draft.cue is not None
            and end <= name.span[0]
            and marks.text[name.span[1] : draft.cue.start] in ("'s ", "’s ")
        )
        if owner and cast.is_company(name.key):
            return name  # "At 1.1 billion yuan, Shenghe's revenue was up 12%"
        done = cast.is_company(name.key) and _DONE_BY.search(
            marks.text, max(marks.span[0], name.span[0] - 24), name.span[0]
        )
        if done and end <= done.start() and name.span[1] <= limit and not broken(marks.text, end, done.start()):
            return name
    before = [name for name in names if name.span[1] <= start and cast.is_company(name.key)]
    done = (
        _DONE_BY.search(marks.text, max(marks.span[0], before[-1].span[0] - 24), before[-1].span[0]) if before else None
    )
    return before[-1] if done and not parted(marks.text, before[-1].span[1], start) else None
