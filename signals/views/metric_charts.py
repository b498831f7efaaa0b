"""The charts of one metric, and the figures that stand alone and need none."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language

from signals import charts
from signals.formatting import names, words
from signals.models import IndicatorCurrent
from signals.selectors import indicator
from signals.selectors.absence import Absence


def metric_charts(
    metric: str, entities: list[str], product: str | None, missing: Absence | None = None
) -> tuple[list[dict[str, Any]], list[IndicatorCurrent]]:
    """One chart for each measure and unit, levels first; and what was stated only once and would be a dot in an empty plot.

    ``missing`` is the figure that should have come by now; it is named beside the line of its own length of period.
    """
    lang = get_language() or "en"
    groups: dict[tuple[str, str], list[indicator.Series]] = {}
    for one in indicator.series(metric, entities=entities, product=product):
        groups.setdefault((one.measure, one.unit), []).append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != "level", -sum(len(one.facts) for one in item[1])))
    drawn: list[dict[str, Any]] = []
    once: list[IndicatorCurrent] = []
    for (measure, unit), series in ordered:
        if sum(len(one.facts) for one in series) == 1:
            once.append(series[0].facts[0].best)
            continue
        title = names.name("metrics", metric, lang)
        if product:
            title += " · " + names.name("products", product, lang)
        if measure != "level":
            title += " · " + words.word(words.MEASURES, measure)
        window = charts.window(series)
        flagged = window and len(entities) == 1 and measure == "level"
        flags = indicator.events(entities[0], *window) if window and flagged else []
        made = charts.chart(
            f"chart-{measure}-{unit}".replace("/", "-"),
            title,
            series,
            lang,
            flags=flags,
            by_subject=len(entities) > 1,
            missing=missing if missing and measure in ("level", missing.last.measure) else None,
        )
        made["flags"] = [
            {
                "number": number,
                "date": flag.date,
                "text": Truncator(flag.title).chars(90),
                "url": f"/disclosures/{flag.disclosure_id}/",
            }
            for number, flag in enumerate(flags, 1)
        ]
        drawn.append(made)
    return drawn, once
