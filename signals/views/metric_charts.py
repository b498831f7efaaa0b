"""The charts of one metric, and the figures that stand alone and need none."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language

from signals import charts
from signals.formatting import names, words
from signals.models import IndicatorCurrent
from signals.selectors import indicator
from signals.selectors.absence import Absence


@dataclass(slots=True)
class Charts:
    """``drawn`` for the page; ``once``: what was stated only once and would be a dot in an empty plot.

    Where several companies are drawn, ``span`` is the one length of period that is shown, of all ``spans``.
    """

    drawn: list[dict[str, Any]] = field(default_factory=list)
    once: list[IndicatorCurrent] = field(default_factory=list)
    span: str = ""
    spans: list[str] = field(default_factory=list)


def metric_charts(
    metric: str, entities: list[str], product: str | None, *, span: str = "", missing: Absence | None = None
) -> Charts:
    """One chart for each measure and unit, levels first.

    Quarters and years of one company may share a chart; of several companies they would be a tangle, so one length is shown.
    ``missing`` is the figure that should have come by now; it is named beside the line of its own length of period.
    """
    lang = get_language() or "en"
    lines = indicator.series(metric, entities=entities, product=product)
    made = Charts()
    if len(entities) > 1:
        lines = _of_one_length(lines, span, made)
    groups: dict[tuple[str, str], list[indicator.Series]] = {}
    for one in lines:
        groups.setdefault((one.measure, one.unit), []).append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != "level", -sum(len(one.facts) for one in item[1])))
    for (measure, unit), series in ordered:
        if sum(len(one.facts) for one in series) == 1:
            made.once.append(series[0].facts[0].best)
            continue
        title = names.name("metrics", metric, lang)
        if product:
            title += " · " + names.name("products", product, lang)
        if measure != "level":
            title += " · " + words.word(words.MEASURES, measure)
        window = charts.window(series)
        flagged = window and len(entities) == 1 and measure == "level"
        flags = indicator.events(entities[0], *window) if window and flagged else []
        drawn = charts.chart(
            f"chart-{measure}-{unit}".replace("/", "-"),
            title,
            series,
            lang,
            flags=flags,
            by_subject=len(entities) > 1,
            subjects=entities,
            missing=missing if missing and measure in ("level", missing.last.measure) else None,
        )
        drawn["flags"] = [
            {
                "number": number,
                "date": flag.date,
                "text": Truncator(flag.title).chars(90),
                "url": f"/disclosures/{flag.disclosure_id}/",
            }
            for number, flag in enumerate(flags, 1)
        ]
        made.drawn.append(drawn)
    return made


def _of_one_length(lines: list[indicator.Series], asked: str, made: Charts) -> list[indicator.Series]:
    """The lines whose periods have the length asked for, else the one that most companies report and most figures have."""
    subjects: dict[str, set[str]] = defaultdict(set)
    points: Counter[str] = Counter()
    for one in lines:
        if one.modality == "reported":
            subjects[one.span].add(one.subject)
            points[one.span] += len(one.facts)
    ranked = sorted(points, key=lambda span: (-len(subjects[span]), -points[span], span))
    made.spans = ranked
    made.span = asked if asked in points else next(iter(ranked), "")
    return [one for one in lines if one.span == made.span]
