"""Rates that each name their base and answer two levels in order: "up by 12.5% from 120,000 and by 10.4% from 115,000 respectively"."""

from __future__ import annotations

import re
from itertools import pairwise

from signals.extraction.grammar import joined, parted
from signals.extraction.marks import Marks

_FROM = re.compile(r"\s+(?:from|on)\s+(?:about |some |around )?", re.IGNORECASE)
_NEXT = re.compile(r"(?:\s+[a-z]+){0,2},?\s+and\s+(?:(?:up|down)\s+)?(?:by\s+)?", re.IGNORECASE)
_IN_ORDER = re.compile(r"[^.;\d]{0,40}\brespectively\b", re.IGNORECASE)


def rates_with_bases(marks: Marks) -> dict[int, tuple[int, int]]:
    """Index of a rate in ``marks.quantities`` -> its place in the list and the length of the list."""
    figures, text = marks.quantities, marks.text
    for first in range(len(figures) - 3):
        rate, base, other, other_base = figures[first : first + 4]
        if rate.dimension != "ratio" or other.dimension != "ratio" or "ratio" in (base.dimension, other_base.dimension):
            continue
        if (
            _FROM.fullmatch(text, rate.span[1], base.span[0])
            and _NEXT.fullmatch(text, base.span[1], other.span[0])
            and _FROM.fullmatch(text, other.span[1], other_base.span[0])
            and _IN_ORDER.match(text, other_base.span[1], marks.span[1])
        ):
            return {first: (0, 2), first + 2: (1, 2)}
    return {}


_RATES = ("ratio", "points", "fold")


def mixed_answers(marks: Marks) -> dict[int, tuple[int, int]]:
    """ "Profit and margin were 75 million yuan and 6.4%, up 82.9% and 5.2 percentage points": levels of several kinds, and as
    many rates in their order. Index of a rate -> its place in the list and the length of the list."""
    figures, text = marks.quantities, marks.text
    runs = [[0]] if figures else []
    for place, (left, right) in enumerate(pairwise(figures), 1):
        if joined(text, left.span[1], right.span[0]) and not parted(text, left.span[1], right.span[0]):
            runs[-1].append(place)
        else:
            runs.append([place])
    for levels, rates in pairwise(runs):
        kinds = [figures[place].dimension for place in levels]
        told = [figures[place].dimension for place in rates]
        gap = (figures[levels[-1]].span[1], figures[rates[0]].span[0])
        if (
            len(levels) == len(rates) > 1
            and len(set(kinds)) == len(kinds)
            and all(rate in _RATES for rate in told)
            and any(rate == "points" for rate in told)
            and all(kind == "ratio" for kind, rate in zip(kinds, told, strict=True) if rate == "points")
            and not marks.metrics_between(*gap)
            and not parted(text, *gap)
        ):
            return {place: (offset, len(rates)) for offset, place in enumerate(rates)}
    return {}
