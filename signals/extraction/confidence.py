"""How sure the engine is of an indicator: the binding's own score, loosened by every guess that was added.

Calibrated on the gold texts: the gate prints, for each band of confidence, how many indicators were right.
"""

from __future__ import annotations

from collections.abc import Sequence

from signals.extraction.drafts import Draft
from signals.extraction.findings import Finding
from signals.extraction.records import Indicator, Warning_

# Rules by which a figure got its metric, and how often that was right on the gold texts.
_RULES = {
    "aligned-list": 0.97,
    "noun-behind": 0.95,
    "metric-before": 0.97,
    "metric-earlier": 0.95,
    "shared-noun": 0.92,
    "carried": 0.82,
    "sentence-before": 0.8,
    "unit-tells": 0.85,
    "table-cell": 0.9,  # figures that agree with one another rise above
}


# Ways in which a period or subject was settled without words of the figure's own clause: each leaves a figure less than sure.
_PERIODS = {
    "document": 0.95,
    "title": 0.96,
    "publication": 0.96,
    "publication year": 0.95,
    "sentence before": 0.95,
    "figure before": 0.98,
    "said of no period": 0.97,
    "counted so far": 0.96,
    "unknown": 0.95,
}
_SUBJECTS = {
    "the document's place": 0.94,
    "national document": 0.95,
    "national scope": 0.95,
    "national measure": 0.98,
    "sentence before": 0.99,
    "main company": 0.99,
    "project": 0.97,
    "this project": 0.97,
    "the venture": 0.96,
}


def settled(subject: str, period: str) -> float:
    """A factor for how surely subject and period are told, by the words or the way that decided them."""
    return _SUBJECTS.get(subject, 1.0) * _PERIODS.get(period, 1.0)


def confidence_of(
    draft: Draft,
    subject: float,
    period: float,
    *,
    guessed_repair: bool,
    has_subject: bool,
    has_period: bool = True,
    aside: bool = False,
) -> float:
    """0..1 with two decimals. ``subject`` and ``period`` are factors for how these were found.

    ``aside``: in the outlet's opinion or a disclaimer, where figures are background more often than news.
    """
    score = min(_RULES.get(draft.rule, 0.8), draft.score + 0.02) * subject * period
    data = draft.meaning.entry.data
    if data.get("products") is True and draft.product is None:
        score -= 0.06
    if draft.measure == "change":
        score -= 0.03
    if not has_subject and not data.get("market"):
        score -= 0.1
    if guessed_repair or aside:
        score -= 0.1
    if draft.rule == "noun-behind" and not has_period:
        score -= 0.08
    return round(max(0.05, min(0.99, score)), 2)


def doubt(one: Indicator) -> None:
    """An implausible figure is hardly ever what the text meant."""
    one.confidence = round(max(0.05, one.confidence - 0.4), 2)


def weigh(indicators: Sequence[Indicator], findings: Sequence[Finding]) -> list[Warning_]:
    """Raise the confidence of figures that agree with one another, lower it where they do not, and warn of those."""
    warnings: list[Warning_] = []
    for finding in findings:
        for place in finding.figures:
            one = indicators[place]
            one.confidence = round(
                min(0.99, one.confidence + 0.02) if finding.ok else max(0.05, one.confidence - 0.08), 2
            )
            one.why.setdefault("arithmetic" if finding.ok else "disagrees", finding.message)
        if not finding.ok and finding.figures:
            warnings.append(Warning_("arithmetic-disagrees", finding.message, indicators[finding.figures[0]].span))
    return warnings
