"""Plotly figures as plain JSON: one template, every point carries the key of the figure that proves it."""

from signals.charts.lines import chart, window
from signals.charts.strip import strip

__all__ = ["chart", "strip", "window"]
