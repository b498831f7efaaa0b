"""Figures over time as lines of points, each point with the key of the figure that proves it.

Colours are the page's own and are filled in by ``static/js/charts.js``; a company keeps one colour in a chart, whatever the
length of its periods. The line is cut where a period is missing, and long gaps are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from signals.charts import sayings
from signals.charts.axes import axis_of
from signals.charts.gaps import EVERY, LABELLED, cut, gaps, place
from signals.charts.marks import REVIEWED, key, symbol
from signals.models import TimelineEntry
from signals.selectors.indicator import Series

INDICES = {"price_index", "share_price", "gross_margin", "net_margin"}
SCALES = {"CNY": (Decimal(10**9), "¥ bn"), "USD": (Decimal(10**9), "$ bn"), "t": (Decimal(1000), "kt")}
SCALES_ZH = {"CNY": (Decimal(10**8), "亿元"), "USD": (Decimal(10**8), "亿美元"), "t": (Decimal(10**4), "万吨")}
COLOURS = {"quarter": 1, "year": 2, "half": 3, "nine_months": 4, "month": 5, "day": 6}
LOW_POINTS = 3
NAMED_GAPS = 3  # more labels would lie on each other


def chart(
    chart_id: str,
    title: str,
    series: Sequence[Series],
    language: str,
    *,
    flags: Sequence[TimelineEntry] = (),
    by_subject: bool = False,
    subjects: Sequence[str] = (),
    missing: sayings.Missing | None = None,
) -> dict[str, Any]:
    """A chart's context for ``signals/parts/chart.html``. All series must share one unit.

    ``missing`` is due and not there. ``subjects`` are all that the page shows, so that a company has one colour in all charts.
    """
    divisor, unit_words = scale(series[0].unit, series, language)
    facts = [fact for one in series for fact in one.facts]
    unconfirmed = sum(fact.best.state not in REVIEWED for fact in facts)
    colours = colours_of(series, by_subject, subjects)
    spans = len({one.span for one in series}) > 1
    products = len({one.product for one in series}) > 1
    traces = []
    for one, colour in zip(series, colours, strict=True):
        name = sayings.label(one, language, subject=by_subject, span=spans, product=products)
        traces.append(trace(one, divisor, language, name, colour))
    named = [] if by_subject else gap_notes(series, colours, divisor)
    notes = [*named, *missing_note(series, divisor, language, missing)]
    return {
        "id": chart_id,
        "data_id": f"{chart_id}-data",
        "title": title,
        "subtitle": sayings.subtitle(unit_words, series),
        "summary": sayings.summary(series, language, missing),
        "source_line": sayings.source_line(facts, unconfirmed),
        "marks": key(series),
        "low": len(facts) <= LOW_POINTS,
        "figure": {"data": traces, "layout": layout(series, unit_words, language, flags, notes)},
        "unconfirmed": unconfirmed,
    }


def scale(unit: str, series: Sequence[Series], language: str) -> tuple[Decimal, str]:
    """The divisor that makes an axis readable, and the unit in words."""
    chinese = language.startswith("zh")
    peak = max((abs(fact.best.value) for one in series for fact in one.facts), default=Decimal(0))
    divisor, text = (SCALES_ZH if chinese else SCALES).get(unit, (Decimal(1), ""))
    if text and peak >= divisor / 5:
        return divisor, text
    if unit == "CNY" and peak >= 10**5:
        return (Decimal(10**4), "万元") if chinese else (Decimal(10**6), "¥ m")
    return Decimal(1), {
        "percent": "%",
        "t": "吨" if chinese else "t",
        "count": "",
        "CNY/t": "元/吨" if chinese else "¥/t",
    }.get(unit, unit)


def colours_of(series: Sequence[Series], by_subject: bool, subjects: Sequence[str] = ()) -> list[int]:
    """Numbers of colours from 1: one a company where several are drawn, else one a length of period, in every chart the same."""
    known = {subject: number for number, subject in enumerate(subjects, 1)}
    return [
        known.setdefault(one.subject, len(known) + 1) if by_subject else COLOURS.get(one.span, len(COLOURS) + 1)
        for one in series
    ]


def trace(one: Series, divisor: Decimal, language: str, name: str, colour: int) -> dict[str, Any]:
    """One line with its points; ``customdata`` holds each point's key for the evidence panel."""
    points: list[tuple[str | None, float | None, str | None, str | None, str, float]] = []
    last = None
    for fact in one.facts:
        if last is not None and cut(one.span, last, fact):
            points.append((None, None, None, None, "circle", 0))
        best = fact.best
        high = best.value if best.value_high is None else best.value_high
        middle, spread = (best.value + high) / 2, (high - best.value) / 2
        points.append(
            (
                place(fact).isoformat(),
                float(middle / divisor),
                best.key,
                sayings.hover(fact, language),
                symbol(fact),
                float(spread / divisor),
            )
        )
        last = fact
    xs, ys, keys, texts, symbols, spreads = (list(column) for column in zip(*points, strict=True))
    drawn: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines+markers" if one.modality == "reported" and one.span != "day" else "markers",
        "name": name,
        "x": xs,
        "y": ys,
        "customdata": keys,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbols, "size": 9},
        "line": {"dash": "solid", "shape": "linear"},
        "connectgaps": False,
        "meta": {"subject": one.subject, "span": one.span, "measure": one.measure, "series": colour},
    }
    if any(spreads):
        drawn["error_y"] = {"type": "data", "array": spreads, "visible": True, "thickness": 1.5, "width": 5}
    return drawn


def gap_notes(series: Sequence[Series], colours: Sequence[int], divisor: Decimal) -> list[dict[str, Any]]:
    """The longest gaps, each named in the colour of its line, half way between the points at its sides.

    Not where several companies are drawn: the name would seem to belong to the line of another.
    """
    found = [
        (gap.missing, colour, gap)
        for one, colour in zip(series, colours, strict=True)
        for gap in gaps(one)
        if gap.missing >= LABELLED
    ]
    found.sort(key=lambda item: -item[0])
    notes = []
    for _count, colour, gap in found[:NAMED_GAPS]:
        before, after = place(gap.before), place(gap.after)
        value = (gap.before.best.value + gap.after.best.value) / 2
        notes.append(
            {
                "x": (before + (after - before) / 2).isoformat(),
                "y": float(value / divisor),
                "text": _("no figures"),
                "name": "gap",
                "series": colour,
            }
        )
    return notes


def missing_note(
    series: Sequence[Series], divisor: Decimal, language: str, missing: sayings.Missing | None
) -> list[dict[str, Any]]:
    """Beside the last point: the period that should be there by now and was not published."""
    if missing is None or not series:
        return []
    mine = [one.facts[-1] for one in series if one.modality == "reported" and EVERY.get(one.span) == missing.every]
    last = max(mine, key=place, default=None)
    if last is None or last.period_end is None or last.period_end >= missing.end:
        return []
    text = sayings.not_published(missing, language)
    return [{"x": place(last).isoformat(), "y": float(last.best.value / divisor), "text": text, "name": "missing"}]


def layout(
    series: Sequence[Series],
    unit_words: str,
    language: str,
    flags: Sequence[TimelineEntry],
    notes: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Axes, numbered flags and named gaps. Amounts start at zero; indices and changes do not."""
    amounts = series[0].measure == "level" and series[0].metric not in INDICES
    dated = [(str(number), entry.date.isoformat()) for number, entry in enumerate(flags, 1) if entry.date]
    return {
        "xaxis": axis_of(series, language),
        "yaxis": {"rangemode": "tozero" if amounts else "normal", "title": {"text": unit_words}},
        "showlegend": len(series) > 4,
        "annotations": [
            *(
                {"x": day, "y": 1, "yref": "paper", "text": text, "yanchor": "bottom", "name": "flag"}
                for text, day in dated
            ),
            *notes,
        ],
        "shapes": [
            {
                "type": "line",
                "x0": day,
                "x1": day,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"width": 1, "dash": "dot"},
                "name": "flag",
            }
            for _number, day in dated
        ],
    }


def window(series: Sequence[Series]) -> tuple[date, date] | None:
    """First and last day that a chart shows."""
    ends = [fact.period_end for one in series for fact in one.facts if fact.period_end]
    return (min(ends), max(ends)) if ends else None
