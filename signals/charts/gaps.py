"""Where a line may not go on: periods that nobody told a figure for, and figures of another basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from signals.models import Fact
from signals.selectors.indicator import Series

EVERY = {"month": 1, "quarter": 3, "half": 12, "nine_months": 12, "year": 12}  # months from one period to the next
LABELLED = 2  # missing periods in a row that are named in the chart; a single one is only left open


@dataclass(frozen=True, slots=True)
class Gap:
    """``missing`` periods between two facts of a line."""

    before: Fact
    after: Fact
    missing: int


def missing(span: str, last: Fact, fact: Fact) -> int:
    """How many periods of this length lie between two facts without a figure; 0 for days, which have no rhythm."""
    every = EVERY.get(span)
    if every is None or last.period_end is None or fact.period_end is None:
        return 0
    months = (fact.period_end.year - last.period_end.year) * 12 + fact.period_end.month - last.period_end.month
    return max(round(months / every) - 1, 0)


def cut(span: str, last: Fact, fact: Fact) -> bool:
    """Does the line end between two facts: a period is missing, or the basis of the figure is another?"""
    return missing(span, last, fact) > 0 or other_basis(last, fact)


def other_basis(last: Fact, fact: Fact) -> bool:
    """Are two prices stated with another tax or grade? Unknown where one of them does not say."""
    notes = last.best.note, fact.best.note
    return "price" in fact.metric and all(notes) and basis(notes[0]) != basis(notes[1])


def basis(note: str) -> str:
    """The part of a note that makes two prices unlike: tax and grade."""
    low = note.casefold()
    return f"{'ex' if 'ex-vat' in low or '不含税' in low else 'in'} {'51' if '51' in low else ''}"


def gaps(one: Series) -> Iterator[Gap]:
    """The gaps of a line, in time order."""
    if one.modality != "reported":
        return
    for last, fact in pairwise(one.facts):
        if count := missing(one.span, last, fact):
            yield Gap(last, fact, count)


def place(fact: Fact) -> date:
    """Where a figure stands on the axis of time: in the middle of its period, so that 2024 stands above “2024”."""
    assert fact.period_end is not None
    if fact.period_start is None:
        return fact.period_end
    return fact.period_start + (fact.period_end - fact.period_start) / 2
