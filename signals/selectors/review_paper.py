"""The text beside the form: the quote and its figure marked, what else was found in it marked quietly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery

from signals.formatting.quotes import Highlight
from signals.models import DisclosureVersion, Indicator, IndicatorCurrent
from signals.selectors import disclosure as documents
from signals.selectors.review import Row

AROUND = 7000  # characters of the text shown on either side of the quote


@dataclass(frozen=True, slots=True)
class Paper:
    """The text around a finding, cut at every mark; ``cut`` when there is more of it than is shown."""

    blocks: list[documents.Block]
    cut: bool
    found: bool


def paper(row: Row) -> Paper:
    """The document with the quote and its figure marked; what else was found in it is marked quietly."""
    version = row.disclosure.current_version
    if version is None:
        return Paper([], False, False)
    marks = _other_marks(version, row.key)
    finding: Any = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    at = 0
    here = not row.lost and finding is not None
    if here:
        at = finding.start
        marks.append(Highlight(finding.start, finding.end, "quote", "quote"))
        if isinstance(row, IndicatorCurrent):
            marks.append(Highlight(finding.figure_start, finding.figure_end, "here"))
    spans = version.blocks or [["paragraph", 0, len(version.text), "body"]]
    near = [span for span in spans if span[2] > at - AROUND and span[1] < at + AROUND]
    return Paper(documents.blocks(version, marks, near), len(near) < len(spans), here)


def _other_marks(version: DisclosureVersion, key: str) -> list[Highlight]:
    newest = version.extractions.order_by("-id").values("id")[:1]
    figures = Indicator.objects.filter(extraction=Subquery(newest)).exclude(key=key)
    return [Highlight(start, end, "other") for start, end in figures.values_list("figure_start", "figure_end")]
