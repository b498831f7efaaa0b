"""The timeline's strip: entries a month in each lane, as dots whose size is the count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from signals.charts.axes import time_axis
from signals.formatting.periods import show_date


def strip(months: Sequence[tuple[date, str, int]], labels: dict[str, Any], language: str) -> dict[str, Any]:
    """Plotly's figure of rows (first day of a month, lane, count)."""
    lanes = [lane for lane in ("figure", "signal", "disclosure", "policy") if any(row[1] == lane for row in months)]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "name": str(labels[lane]),
                "x": [day.isoformat() for day, of, _n in months if of == lane],
                "y": [str(labels[lane]) for _day, of, _n in months if of == lane],
                "text": [f"{show_date(day, 'month', language)}: {n}" for day, of, n in months if of == lane],
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {
                    "symbol": "circle",
                    "size": [min(6 + 2 * n**0.5, 22) for _day, of, n in months if of == lane],
                },
                "meta": {"lane": lane},
            }
            for lane in lanes
        ],
        "layout": {
            "xaxis": time_axis([day for day, _of, _n in months], language, every=1),
            "yaxis": {"type": "category", "categoryarray": [str(labels[lane]) for lane in lanes][::-1]},
            "showlegend": False,
        },
    }
