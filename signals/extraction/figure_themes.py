"""Themes that the figures themselves tell: two results of one firm are results, a capacity still to be built is expansion.

Words are looked for first; where they say nothing of a theme that the document's own figures are about, the sentence of
the first of these figures states it, with less confidence than words would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from signals.extraction.records import Indicator, Signal, Span, Voice

_RESULTS = frozenset(
    {"revenue", "net_profit", "net_profit_core", "profit", "eps", "gross_margin", "operating_cash_flow"}
)
_ENOUGH_RESULTS = 2
_QUOTAS = frozenset({"quota_mining", "quota_smelting"})
_CONFIDENCE = 0.6


def themes_of_figures(
    indicators: Sequence[Indicator],
    told: Sequence[Signal],
    around: Callable[[Span], Span],
    stage: Callable[[str, Span], str],
    voice: Callable[[Span], Voice],
) -> list[Signal]:
    """Signals for themes that ``told`` lacks. ``around`` gives a figure's sentence, ``stage`` and ``voice`` what it says."""
    known = {signal.theme for signal in told}
    found: list[Signal] = []
    for theme, figures in (
        ("financial-results", _results(indicators)),
        ("capacity-expansion", [one for one in indicators if _is_expansion(one)]),
        ("quota", [one for one in indicators if one.metric in _QUOTAS]),
        ("market-conditions", _market_prices(indicators)),
    ):
        if theme in known or not figures:
            continue
        first = figures[0]
        span = around(first.figure)
        rule = f"theme:figures-{first.metric}"
        found.append(Signal(theme, first.subject, stage(theme, span), voice(span), span, _CONFIDENCE, rule))
    return found


def _results(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The results of the firm of which most are told, when they are several."""
    by_firm: dict[str | None, list[Indicator]] = {}
    for one in indicators:
        if one.metric in _RESULTS and one.product is None:
            by_firm.setdefault(one.subject, []).append(one)
    most = max(by_firm.values(), key=len, default=[])
    return most if len(most) >= _ENOUGH_RESULTS else []


def _is_expansion(one: Indicator) -> bool:
    return one.modality == "target" and one.metric in ("capacity", "output")


def _market_prices(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Prices that are nobody's, when they are more than one."""
    prices = [one for one in indicators if one.metric in ("price", "price_index") and one.subject in (None, "china")]
    return prices if len(prices) > 1 else []
