"""The axis of time: which ticks, and how they are named.

Points stand in the middle of their period, so years and quarters are named in their middle too (``ticklabelmode``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from signals.charts.gaps import EVERY, place
from signals.selectors.indicator import Series

DECADES, YEARS, SINGLE, NARROW = 5500, 900, 150, 45  # days that a chart spans


def time_axis(days: Sequence[date], language: str, *, every: int) -> dict[str, Any]:
    """Plotly's date axis for points on these days, the closest of which come ``every`` so many months.

    A single date has no scale of its own: it gets some room at both sides.
    """
    axis: dict[str, Any] = {"type": "date"}
    if not days:
        return axis
    first, last = min(days), max(days)
    span = (last - first).days
    chinese = language.startswith("zh")
    if span < SINGLE:
        room = timedelta(days=180 if every > 1 else 15 if span < NARROW else 60)
        axis["range"] = [(first - room).isoformat(), (last + room).isoformat()]
    if span > YEARS or every >= 12:
        return axis | {"dtick": "M24" if span > DECADES else "M12", "tickformat": "%Y", "ticklabelmode": "period"}
    if every > 1:
        return axis | {"dtick": "M3", "tickformat": "Q%q\n%Y", "ticklabelmode": "period"}
    if span < NARROW:
        return axis | {"tickformat": "%-m月%-d日\n%Y" if chinese else "%-d %b\n%Y"}
    return axis | {"dtick": "M3" if span > SINGLE else "M1", "tickformat": "%-m月\n%Y" if chinese else "%b\n%Y"}


def axis_of(series: Iterable[Series], language: str) -> dict[str, Any]:
    """The axis of time for the points of these series."""
    lines = list(series)
    days = [place(fact) for one in lines for fact in one.facts]
    return time_axis(days, language, every=min((EVERY.get(one.span, 1) for one in lines), default=1))
