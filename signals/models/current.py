"""Findings as they stand after review, by kind: the word that decisions and addresses use, and the rows it means."""

from __future__ import annotations

from signals.models.indicator import IndicatorCurrent
from signals.models.signal import SignalCurrent

CurrentRow = IndicatorCurrent | SignalCurrent
CURRENT: dict[str, type[IndicatorCurrent] | type[SignalCurrent]] = {
    "indicator": IndicatorCurrent,
    "signal": SignalCurrent,
}
