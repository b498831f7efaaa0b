"""Plotly figures as plain JSON: one template, every point carries the key of the figure that proves it.

Colours are the page's own and are filled in by ``static/js/charts.js``. Shape tells reported, forecast, target and
estimate; hollow is unreviewed; an arrow is a bound; a bar is a range. The line is cut where a period is missing for long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from signals.formatting import names, periods, words
from signals.formatting.figures import show
from signals.models import Fact, TimelineEntry
from signals.selectors.indicator import Series

SYMBOLS = {"reported": "circle", "forecast": "diamond", "target": "triangle-down", "estimate": "square"}
BOUND_SYMBOLS = {">": "arrow-up", ">=": "arrow-up", "<": "arrow-down", "<=": "arrow-down"}
REVIEWED = {"confirmed", "corrected"}
SPAN_WORDS = {
    "day": gettext_lazy("on the day"),
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "half": gettext_lazy("half-year"),
    "nine_months": gettext_lazy("nine months"),
    "year": gettext_lazy("year"),
}
GAP = {"month": 3, "quarter": 2, "half": 2, "nine_months": 2, "year": 2}  # missing periods after which the line is cut
SPAN_DAYS = {"month": 31, "quarter": 92, "half": 366, "nine_months": 366, "year": 366}
INDICES = {"price_index", "share_price", "gross_margin", "net_margin"}
SCALES = {"CNY": (Decimal(10**9), "¥ bn"), "USD": (Decimal(10**9), "$ bn"), "t": (Decimal(1000), "kt")}
SCALES_ZH = {"CNY": (Decimal(10**8), "亿元"), "USD": (Decimal(10**8), "亿美元"), "t": (Decimal(10**4), "万吨")}
LOW_POINTS = 3


def chart(
    chart_id: str,
    title: str,
    series: Sequence[Series],
    language: str,
    *,
    flags: Sequence[TimelineEntry] = (),
    by_subject: bool = False,
) -> dict[str, Any]:
    """A chart's context for ``signals/parts/chart.html``. All series must share one unit."""
    unit = series[0].unit
    divisor, unit_words = scale(unit, series, language)
    facts = [fact for one in series for fact in one.facts]
    unconfirmed = sum(fact.best.state not in REVIEWED for fact in facts)
    return {
        "id": chart_id,
        "data_id": f"{chart_id}-data",
        "title": title,
        "subtitle": unit_words,
        "summary": summary(series, language),
        "source_line": source_line(facts, unconfirmed),
        "low": len(facts) <= LOW_POINTS,
        "figure": {
            "data": [trace(one, divisor, language, by_subject) for one in series],
            "layout": layout(series, unit_words, flags),
        },
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


def trace(one: Series, divisor: Decimal, language: str, by_subject: bool) -> dict[str, Any]:
    """One line with its points; ``customdata`` holds each point's key for the evidence panel."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    keys: list[str | None] = []
    texts: list[str | None] = []
    symbols: list[str] = []
    spreads: list[float] = []
    last: Fact | None = None
    for fact in one.facts:
        if last is not None and breaks(one.span, last, fact):
            xs.append(None)
            ys.append(None)
            keys.append(None)
            texts.append(None)
            symbols.append("circle")
            spreads.append(0)
        best = fact.best
        assert fact.period_end is not None
        middle = (best.value + best.value_high) / 2 if best.value_high is not None else best.value
        xs.append(fact.period_end.isoformat())
        ys.append(float(middle / divisor))
        spreads.append(float((best.value_high - best.value) / 2 / divisor) if best.value_high is not None else 0)
        keys.append(best.key)
        texts.append(hover(fact, language))
        symbols.append(symbol(fact))
        last = fact
    drawn: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines+markers" if one.modality == "reported" else "markers",
        "name": label(one, language, by_subject),
        "x": xs,
        "y": ys,
        "customdata": keys,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbols, "size": 9},
        "line": {"dash": "solid", "shape": "linear"},
        "connectgaps": False,
        "meta": {"subject": one.subject, "span": one.span, "measure": one.measure},
    }
    if any(spreads):
        drawn["error_y"] = {"type": "data", "array": spreads, "visible": True, "thickness": 1.5, "width": 5}
    return drawn


def breaks(span: str, last: Fact, fact: Fact) -> bool:
    """Is the line cut between two facts: periods missing for long, or another basis of the figure?"""
    if last.best.note != fact.best.note and "price" in fact.metric and last.best.note and fact.best.note:
        return basis(last.best.note) != basis(fact.best.note)
    days = SPAN_DAYS.get(span)
    if days is None or last.period_end is None or fact.period_end is None:
        return False
    return fact.period_end - last.period_end > timedelta(days=days * GAP[span] + 20)


def basis(note: str) -> str:
    """The part of a note that makes two prices unlike: tax and grade."""
    low = note.casefold()
    return f"{'ex' if 'ex-vat' in low or '不含税' in low else 'in'} {'51' if '51' in low else ''}"


def symbol(fact: Fact) -> str:
    shape = BOUND_SYMBOLS.get(fact.best.comparator) or SYMBOLS.get(fact.modality, "circle")
    return shape if fact.best.state in REVIEWED else f"{shape}-open"


def hover(fact: Fact, language: str) -> str:
    """As written and normalised, period, review state, and what is special about the point."""
    best = fact.best
    shown = show(
        best.value, best.unit, language, value_high=best.value_high, comparator=best.comparator, measure=best.measure
    )
    lines = [f"<b>{shown}</b> · {periods.show_period(fact.period_label, language)}", f"“{best.as_written}”"]
    lines.append(
        ngettext("%(n)s article", "%(n)s articles", fact.carriers) % {"n": fact.carriers}
        + ", "
        + ngettext("%(n)s origin", "%(n)s origins", fact.origins) % {"n": fact.origins}
    )
    if fact.conflict:
        lines.append(_("other values are stated"))
    if best.state not in REVIEWED:
        lines.append(_("not reviewed"))
    return "<br>".join(lines)


def label(one: Series, language: str, by_subject: bool) -> str:
    """What tells this line from the others."""
    parts = []
    if by_subject and one.facts[0].subject is not None:
        subject = one.facts[0].subject
        parts.append((subject.short_zh or subject.short_en) if language.startswith("zh") else subject.short_en)
    if one.product and not by_subject:
        parts.append(names.name("products", one.product, language))
    parts.append(str(SPAN_WORDS.get(one.span, one.span)))
    if one.modality != "reported":
        parts.append(words.word(words.MODALITIES, one.modality))
    return ", ".join(parts)


def layout(series: Sequence[Series], unit_words: str, flags: Sequence[TimelineEntry]) -> dict[str, Any]:
    """Axes and numbered flags. Amounts start at zero; indices and changes do not."""
    amounts = series[0].measure == "level" and series[0].metric not in INDICES
    return {
        "xaxis": {"type": "date"},
        "yaxis": {"rangemode": "tozero" if amounts else "normal", "title": {"text": unit_words}},
        "showlegend": len(series) > 4,
        "annotations": [
            {
                "x": entry.date.isoformat(),
                "y": 1,
                "yref": "paper",
                "text": str(number),
                "showarrow": False,
                "yanchor": "bottom",
                "name": "flag",
            }
            for number, entry in enumerate(flags, 1)
            if entry.date
        ],
        "shapes": [
            {
                "type": "line",
                "x0": entry.date.isoformat(),
                "x1": entry.date.isoformat(),
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"width": 1, "dash": "dot"},
                "name": "flag",
            }
            for entry in flags
            if entry.date
        ],
    }


def summary(series: Sequence[Series], language: str) -> str:
    """The chart in words, for those who do not see it."""
    sentences = []
    for one in series:
        first, last = one.facts[0], one.facts[-1]
        start = show(first.best.value, one.unit, language, comparator=first.best.comparator, measure=one.measure)
        end = show(last.best.value, one.unit, language, comparator=last.best.comparator, measure=one.measure)
        sentences.append(
            _("%(name)s: %(n)s points, from %(start)s (%(first)s) to %(end)s (%(last)s).")
            % {
                "name": label(one, language, True),
                "n": len(one.facts),
                "start": start,
                "first": periods.show_period(first.period_label, language),
                "end": end,
                "last": periods.show_period(last.period_label, language),
            }
        )
    return " ".join(sentences)


def source_line(facts: Sequence[Fact], unconfirmed: int) -> str:
    """Where the points come from, and how many nobody has confirmed."""
    publishers = sorted({fact.best.source.name for fact in facts})
    named = ", ".join(publishers[:4])
    if len(publishers) > 4:
        named = _("%(names)s and %(n)s more") % {"names": named, "n": len(publishers) - 4}
    text = _("Source: %(names)s.") % {"names": named}
    if unconfirmed:
        text += " " + ngettext(
            "Includes %(n)s unconfirmed point.", "Includes %(n)s unconfirmed points.", unconfirmed
        ) % {"n": unconfirmed}
    return text


def window(series: Sequence[Series]) -> tuple[date, date] | None:
    """First and last day that a chart shows."""
    ends = [fact.period_end for one in series for fact in one.facts if fact.period_end]
    return (min(ends), max(ends)) if ends else None


def strip(months: Sequence[tuple[date, str, int]], labels: dict[str, Any]) -> dict[str, Any]:
    """The timeline's strip: entries a month in each lane, as dots whose size is the count."""
    lanes = [lane for lane in ("figure", "signal", "disclosure", "policy") if any(row[1] == lane for row in months)]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "name": str(labels[lane]),
                "x": [day.isoformat() for day, of, _n in months if of == lane],
                "y": [str(labels[lane]) for _day, of, _n in months if of == lane],
                "text": [f"{day:%Y-%m}: {n}" for day, of, n in months if of == lane],
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
            "xaxis": {"type": "date"},
            "yaxis": {"type": "category", "categoryarray": [str(labels[lane]) for lane in lanes][::-1]},
            "showlegend": False,
        },
    }
