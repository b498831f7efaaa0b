"""The shapes of a chart's points, and the key that explains those that occur.

Shape tells a result from a promise, hollow is what nobody has reviewed, an arrow is a bound, a bar is a range.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from signals.charts.gaps import gaps
from signals.formatting.figures import inequality
from signals.models import Fact
from signals.selectors.indicator import Series

SYMBOLS = {"reported": "circle", "forecast": "diamond", "target": "cross", "estimate": "square"}
BOUNDS = {">": "arrow-up", ">=": "arrow-up", "<": "arrow-down", "<=": "arrow-down"}
REVIEWED = {"confirmed", "corrected"}
KEY = {
    "circle": ("reported", gettext_lazy("reported")),
    "arrow-up": ("at_least", gettext_lazy("more than, at least")),
    "arrow-down": ("at_most", gettext_lazy("less than, at most")),
    "diamond": ("forecast", gettext_lazy("forecast")),
    "cross": ("target", gettext_lazy("target")),
    "square": ("estimate", gettext_lazy("estimate")),
}


def symbol(fact: Fact) -> str:
    """Plotly's name of the mark; what is promised keeps its own shape whatever its bound."""
    shape = shape_of(fact)
    return shape if fact.best.state in REVIEWED else f"{shape}-open"


def shape_of(fact: Fact) -> str:
    if fact.modality == "reported":
        return BOUNDS.get(inequality(fact.best.comparator, fact.best.value), "circle")
    return SYMBOLS.get(fact.modality, "circle")


def key(series: Sequence[Series]) -> list[dict[str, object]]:
    """What the marks of this chart mean, only those that occur: {glyph, hollow, text}; review last."""
    facts = [fact for one in series for fact in one.facts]
    shapes = {shape_of(fact) for fact in facts}
    found: list[dict[str, object]] = []
    if shapes != {"circle"}:
        found += [{"glyph": KEY[shape][0], "hollow": True, "text": KEY[shape][1]} for shape in KEY if shape in shapes]
    if any(fact.best.value_high is not None for fact in facts):
        found.append({"glyph": "range", "hollow": True, "text": gettext_lazy("range")})
    if any(True for one in series for _gap in gaps(one)):
        found.append({"glyph": "gap", "hollow": False, "text": gettext_lazy("broken line: no figures for that time")})
    reviewed = {fact.best.state in REVIEWED for fact in facts}
    if True in reviewed:
        found.append({"glyph": "reported", "hollow": False, "text": gettext_lazy("filled: confirmed by an editor")})
    if False in reviewed:
        found.append({"glyph": "reported", "hollow": True, "text": gettext_lazy("hollow: not reviewed yet")})
    return found
