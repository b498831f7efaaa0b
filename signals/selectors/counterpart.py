"""The open item's document in the other language: its text, with the sentences that state the same fact marked."""

from __future__ import annotations

from dataclasses import dataclass

from signals.formatting.quotes import Highlight
from signals.models import Disclosure, IndicatorCurrent
from signals.selectors import beside
from signals.selectors import disclosure as documents
from signals.selectors.review import Row


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``marked``: whether a sentence of it states the item's own fact."""

    other: beside.Other
    blocks: list[documents.Block]
    marked: bool


def counterpart(row: Row) -> Counterpart | None:
    """The nearest telling in another language; None where there is none."""
    found = beside.others(row.disclosure, most=1)
    there: Disclosure | None = documents.get(found[0].disclosure.pk) if found else None
    if there is None or there.current_version is None:
        return None
    fact = row.fact_key if isinstance(row, IndicatorCurrent) else ""
    spans = [span for span, facts in beside.sentences(there).items() if fact in facts]
    marks = [Highlight(start, end, "quote", "") for start, end in spans]
    return Counterpart(found[0], documents.blocks(there.current_version, marks), bool(spans))
