"""Where exported goods go: magnets sent to one country are a product of their own, magnets-to-japan."""

from __future__ import annotations

import re
from collections.abc import Mapping

from signals.extraction.grammar import broken
from signals.extraction.marks import Marks
from signals.extraction.records import Quantity

PARTNERS = frozenset(
    [
        "united-states",
        "japan",
        "european-union",
        "germany",
        "south-korea",
        "vietnam",
        "india",
        "united-kingdom",
        "france",
        "netherlands",
        "thailand",
        "mexico",
        "taiwan",
        "italy",
    ]
)
_TOOK = re.compile(r"\s+(?:took|takes|received|receives|absorbed|bought|imported)\b", re.IGNORECASE)


class Destinations:
    """Reads destinations; remembers the last, for figures that go on with it."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """``words`` are adjectives and nouns with the place they mean."""
        self._words = words
        self.last = ""

    def of(self, marks: Marks, figure: Quantity, product: str) -> str:
        """Magnets sent to one country are a product of their own: magnets-to-united-states."""
        floor = max(
            (other.span[1] for other in marks.quantities if other.span[1] <= figure.span[0]), default=marks.span[0]
        )
        ceiling = next((other.span[0] for other in marks.quantities if other.span[0] >= figure.span[1]), marks.span[1])
        words = self._words
        for name in marks.names:
            before = marks.text[max(marks.span[0], name.span[0] - 8) : name.span[0]]
            fits = (floor <= name.span[0] and name.span[1] <= figure.span[0]) or (
                figure.span[1] <= name.span[0] < ceiling and not broken(marks.text, figure.span[1], name.span[0])
            )
            taken = floor <= name.span[0] and _TOOK.match(marks.text, name.span[1], figure.span[0])
            if taken and name.key in PARTNERS:
                self.last = name.key
                return f"{product}-to-{name.key}"
            if fits and name.key in PARTNERS and re.search(r"\bto\s+(?:the\s+)?$|[对對向往]$", before):
                self.last = name.key
                return f"{product}-to-{name.key}"
        for word, key in words.items():
            if word in marks.text[floor : figure.span[0]]:
                self.last = key
                return f"{product}-to-{key}"
        if self.last and not marks.metrics_between(floor, figure.span[0]):
            partners = [
                name.key for name in marks.names if floor <= name.span[0] < figure.span[0] and name.key in PARTNERS
            ]
            if partners:  # exports to Germany grew …; Vietnam took …
                self.last = partners[-1]
            if partners or floor > marks.span[0]:
                return f"{product}-to-{self.last}"
        self.last = ""
        return product
