"""The sign of a figure and what it measures: losses, falls, minus signs that stand apart from the digits."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from signals.extraction.drafts import Change
from signals.extraction.marks import Marks
from signals.extraction.metrics import Meaning
from signals.extraction.records import Hit, Measure, Quantity

_MEASURES: dict[str, Measure] = {
    "yoy": "change_yoy",
    "qoq": "change_qoq",
    "mom": "change_mom",
    "ytd": "change_ytd",
    "prev": "change_qoq",
}
_MINUS_AFTER_IS = re.compile(r"(?:为|是|[:：])\s?[-−－]$")
_MINUS = re.compile(r"(?:[\u4e00-\u9fff(（,，]|yoy|qoq)\s?[-−－]$", re.IGNORECASE)
_EARNED = re.compile("盈利")
_LOSS = re.compile(r"亏损|\bnet loss(?:es)?$|^loss(?:es)?(?: of)?$|\blose$")


def measured(
    marks: Marks,
    figure: Quantity,
    meant: Meaning,
    cue: Hit | None,
    change: Change | None,
    *,
    as_change: bool,
    saving: bool,
) -> tuple[Measure, Decimal, Decimal | None]:
    """The figure's measure and its value (and a range's upper one) with the sign that the words around it give.

    ``saving`` metrics tell what was spared: their changes have no sign.
    """
    value, high = figure.value, figure.value_high
    before = marks.text[max(marks.span[0], figure.span[0] - 4) : figure.span[0]]
    signed = {"money": _MINUS_AFTER_IS, "per_share": _MINUS_AFTER_IS, "points": _MINUS, "ratio": _MINUS}.get(
        figure.dimension
    )
    if value > 0 and signed is not None and signed.search(before):
        value, high = _negated(value, high)
    if as_change and saving:
        return "level", abs(value), abs(high) if high is not None else None
    if as_change:
        if change and change.direction < 0 and not change.to_level:
            value, high = _negated(value, high)
        return _MEASURES.get(change.basis, "change") if change else "change", value, high
    loss = cue is not None and value > 0 and _tells_loss(marks, meant, cue)
    if loss and cue is not None and _EARNED.search(marks.text, cue.end, max(cue.end, figure.span[0])):
        loss = False  # 亏损4.2亿元,上年同期盈利1.5亿元
    return "level", *(_negated(value, high) if loss else (value, high))


@lru_cache(maxsize=1024)
def _names_loss(alias: str) -> bool:
    return _LOSS.search(alias) is not None


def _tells_loss(marks: Marks, meant: Meaning, cue: Hit) -> bool:
    return bool(
        _names_loss(cue.alias)
        or (meant.metric == "eps" and "loss" in cue.alias)
        or (meant.metric == "net_profit_core" and marks.text.endswith(("loss ", "losses "), 0, cue.start))
    )


def _negated(value: Decimal, high: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """The mirror image of a value or range; a range stays ascending."""
    if high is None:
        return -abs(value), None
    low, top = sorted((-abs(value), -abs(high)))
    return low, top
