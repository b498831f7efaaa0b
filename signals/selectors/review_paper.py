"""The text beside the form: the quote and its figure marked, what else was found in it marked quietly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery

from signals.formatting.quotes import Highlight
from signals.models import DisclosureVersion, Indicator, IndicatorCurrent
from signals.selectors import disclosure as documents
from signals.selectors.because import DECIDED, UNSAID
from signals.selectors.review import Row

AROUND = 7000  # characters of the text shown on either side of the quote
REACH = 1500  # characters before the quote in which deciding words are looked for
TABS = (8, 10, 12, 14, 16, 20, 24)


@dataclass(frozen=True, slots=True)
class Paper:
    """The text around a finding, cut at every mark; ``cut`` when there is more of it than is shown."""

    blocks: list[documents.Block]
    cut: bool
    found: bool
    tab: int = 8  # characters of a table's column


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
        marks += _deciding(version, finding)
        marks.append(Highlight(finding.start, finding.end, "quote", "quote"))
        if isinstance(row, IndicatorCurrent):
            marks.append(Highlight(finding.figure_start, finding.figure_end, "here"))
    spans = version.blocks or [["paragraph", 0, len(version.text), "body"]]
    near = [span for span in spans if span[2] > at - AROUND and span[1] < at + AROUND]
    quoted = [
        span for span in near if span[0] != "title" or (here and span[1] < finding.end and span[2] > finding.start)
    ]
    return Paper(documents.blocks(version, marks, quoted), len(near) < len(spans), here, _tab(version.text, near))


def _other_marks(version: DisclosureVersion, key: str) -> list[Highlight]:
    newest = version.extractions.order_by("-id").values("id")[:1]
    figures = Indicator.objects.filter(extraction=Subquery(newest)).exclude(key=key)
    return [Highlight(start, end, "other") for start, end in figures.values_list("figure_start", "figure_end")]


def _deciding(version: DisclosureVersion, finding: Any) -> list[Highlight]:
    """The words that decided the reading, each at its place in the quote or at the nearest before it."""
    text, found = version.text, []
    for name in DECIDED if isinstance(finding, Indicator) else ():
        words = str(finding.why.get(name) or "")
        if len(words) < 2 or words in UNSAID:
            continue
        at = text.find(words, finding.start, finding.end)
        if at < 0:
            at = text.rfind(words, max(0, finding.start - REACH), finding.start)
        if at >= 0:
            found.append(Highlight(at, at + len(words), "why"))
    return found


def _tab(text: str, spans: list[Any]) -> int:
    """The step of tabs that keeps the columns of the tables in view under their heads."""
    cells = [
        cell
        for kind, start, end, *_ in spans
        if kind == "table"
        for line in text[start:end].split("\n")
        for cell in line.split("\t")[:-1]
    ]
    widest = max((sum(2 if char > "\u2e7f" else 1 for char in cell) for cell in cells), default=0)
    return next((step for step in TABS if widest < step), TABS[-1])
