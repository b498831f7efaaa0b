"""Rates that each name their base and answer two levels in order: "up by 12.5% from 120,000 and by 10.4% from 115,000 respectively"."""

from __future__ import annotations

import re

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
