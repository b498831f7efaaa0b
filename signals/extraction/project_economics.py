"""What a sentence makes of a plain metric: sums that a project is to bring, spending told as a share of revenue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from signals.extraction.drafts import Draft
from signals.extraction.marks import Marks
from signals.extraction.records import Entry
from signals.extraction.wording import pattern_of

_OF_A_PROJECT = {"revenue": "project_revenue", "net_profit": "project_profit", "profit": "project_profit"}
_ECONOMICS = ("irr", "payback", "project_revenue", "project_profit")
_PROSPECT = pattern_of("{project-ahead}", re.IGNORECASE)
_PROJECT = pattern_of("{project-noun}", re.IGNORECASE)
_SHARE_OF_REVENUE = pattern_of(
    r"占(?:同期|当期|公司|全年)?{turnover-noun.zh}的?(?:比例|比重|比)?(?:为|达到|达|约)?\s*$"
)
_OF_REVENUE = pattern_of(
    r"\s*of (?:(?:its|the|total|annual|operating|group|company['’]s|firm['’]s)\s+)*{turnover-noun.en}", re.IGNORECASE
)
_MAKES_OF_IT = pattern_of(r"[^.;。；]*?\b{makes-of-it}\b", re.IGNORECASE)
_INTENSITY = {"rd_spend": "rd_intensity", "expenses": "expense_ratio"}


def settle_projects(drafts: Iterable[Draft], marks: Marks, metrics: Mapping[str, Entry]) -> None:
    """Turn revenue and profit that a project is yet to bring into the project's own metrics (达产后年均营业收入…)."""
    drafts = list(drafts)
    if not any(draft.meaning.metric in _OF_A_PROJECT for draft in drafts):
        return
    prospect = _PROSPECT.search(marks.text, *marks.span)
    if prospect is None:
        return
    if not (any(draft.metric in _ECONOMICS for draft in drafts) or _PROJECT.search(marks.text, *marks.span)):
        return
    for draft in drafts:
        key = _OF_A_PROJECT.get(draft.metric)
        yet_to_come = not draft.is_change and (draft.quantity.span[0] > prospect.start() or prospect.group().isascii())
        if key is not None and key in metrics and yet_to_come:
            draft.meaning = replace(draft.meaning, metric=key, entry=metrics[key])


def settle_plants(drafts: Iterable[Draft], marks: Marks, metrics: Mapping[str, Entry]) -> None:
    """Turn what a plant is to make of what it can process into capacity: "capacity to treat 90,000 t of ore to produce 40,000 t"."""
    plant: Draft | None = None
    for draft in drafts:
        if draft.metric == "capacity" and not draft.is_change:
            plant = draft
        elif plant is not None and draft.metric == "output" and not draft.is_change and draft.cue is not None:
            after = draft.cue.start >= plant.quantity.span[1]
            if after and _MAKES_OF_IT.match(marks.text, plant.quantity.span[1], draft.quantity.span[0]):
                draft.meaning = replace(draft.meaning, metric="capacity", entry=metrics["capacity"])


def settle_intensity(bound: Mapping[int, Draft], marks: Marks, metrics: Mapping[str, Entry]) -> None:
    """Turn the share of revenue that spending is told with into its intensity (研发投入…,占营业收入的0.8%)."""
    for index, draft in bound.items():
        before = bound.get(index - 1)
        key = _INTENSITY.get(before.metric) if before is not None else None
        if key is None or key not in metrics or draft.quantity.dimension != "ratio":
            continue
        told = _OF_REVENUE.match(marks.text, draft.quantity.span[1], marks.span[1])
        if told or _SHARE_OF_REVENUE.search(marks.text[marks.span[0] : draft.quantity.span[0]]):
            draft.cue = before.cue if told and before is not None else draft.cue
            draft.meaning = replace(draft.meaning, metric=key, entry=metrics[key])
