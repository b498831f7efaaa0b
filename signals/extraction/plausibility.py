"""Doubts about a figure, and agreements between figures.

Plausibility bands come from the lexicon; a figure outside its metric's band is emitted as printed, with a warning, never
corrected. Figures of one passage that ought to agree (level, base and growth; step times fifty and price; a currency pair) raise
each other's confidence when they do, and are warned of when they do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from signals.extraction.records import Entry, Indicator, Warning_


def implausible(one: Indicator, metrics: Mapping[str, Entry]) -> Warning_ | None:
    """A warning when a figure lies outside its metric's band for its unit."""
    entry = metrics.get(one.metric)
    band = (entry.data.get("band") or {}).get(one.unit) if entry else None
    if entry is None and one.metric in ("trade_volume", "export_volume", "market_share"):
        entry = metrics.get({"trade_volume": "trade", "export_volume": "exports", "market_share": "share"}[one.metric])
        band = (entry.data.get("band") or {}).get(one.unit) if entry else None
    if band is None and one.metric.startswith("quota_") and one.unit == "t":
        band = (metrics["quota"].data.get("band") or {}).get("t") if "quota" in metrics else None
    ceiling = (entry.data.get("product_band") or {}).get(one.product) if entry and one.unit in ("t", "t/yr") else None
    if ceiling is not None:
        band = (band[0] if band else 0, ceiling)
    if not band or (one.measure != "level" and one.unit not in ("percent", "pp", "x")):
        return None  # a difference of levels has no band
    low, high = Decimal(str(band[0])), Decimal(str(band[1]))
    top = one.value_high if one.value_high is not None else one.value
    if low <= one.value and top <= high:
        return None
    message = (
        f"{one.as_written} for {one.metric} is outside {_written(low)} to {_written(high)} {one.unit}; kept as printed"
    )
    return Warning_("implausible-value", message, one.figure)


def _written(bound: Decimal) -> str:
    """A bound as a person writes it: 30,000,000 and 0.5, never 3.0e7."""
    return f"{bound.to_integral_value() if bound == bound.to_integral_value() else bound:,f}"
