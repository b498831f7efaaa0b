"""Figures whose unit alone tells the metric: yuan a tonne beside a product is a price, tonnes a year a capacity."""

from __future__ import annotations

import re

from signals.extraction.change_words import change_of
from signals.extraction.drafting import Drafter
from signals.extraction.drafts import Change, Draft
from signals.extraction.leaning import (
    holding,
    names_target,
)  # fmt: skip
from signals.extraction.marks import Marks
from signals.extraction.metrics import is_weak
from signals.extraction.products import product_of
from signals.extraction.records import Hit


class UnitTeller(Drafter):
    """Binds what no metric word claims."""

    def _default(self, marks: Marks, index: int) -> Draft | None:
        """Units that tell the metric themselves: yuan a tonne beside a product is a price, tonnes a year a capacity."""
        figure = marks.quantities[index]
        key = {"price": "price", "mass_rate": "capacity"}.get(figure.dimension)
        if key is None and figure.dimension == "mass" and marks.products and names_target(marks):
            key = "output"
        change = change_of(marks, index)
        if change is None and figure.dimension == "ratio" and holding(marks, figure):
            return self._build(
                marks, index, self._metrics["stake"], None, None, None, None, "unit-tells", 0.85, "level"
            )
        if change and not change.to_level and figure.dimension in ("ratio", "price"):
            return self._moved(marks, index, change)
        if key is None or key not in self._metrics or (change and not change.to_level):
            return None
        entry = self._metrics[key]
        product, hit = product_of(marks, figure, entry, None, marks.span[0])
        if not product and key == "price":
            hit = _of_opener(marks, index)
            product = hit.key if hit is not None else None
        if not product:
            return None
        if hit is not None and hit.alias in ("oxide", "metal"):
            product = self._definite(marks, hit) or product
        if key == "price":
            self._priced = True
        draft = self._build(marks, index, entry, None, None, product, hit, "unit-tells", 0.8, "level")
        return draft

    def _moved(self, marks: Marks, index: int, change: Change) -> Draft | None:
        """ "NdPr metal lost 0.5% to 672,500 yuan per tonne", and among prices "terbium oxide eased 0.7%": a price's change."""
        figure, text = marks.quantities[index], marks.text
        named = [hit for hit in marks.products if hit.end <= figure.span[0] and hit.key.endswith(("-oxide", "-metal"))]
        if not named or any(not is_weak(hit) and hit.start < figure.span[0] for hit in marks.metrics):
            return None
        between = text[named[-1].end : figure.span[0]]
        level = next((q for q in marks.quantities[index + 1 : index + 2] if q.dimension == "price"), None)
        led_to = level is not None and re.fullmatch(r"[^.;,]{0,24}\bto\s+", text[figure.span[1] : level.span[0]])
        if (
            not (led_to or self._priced or figure.dimension == "price")
            or len(between.split()) > 5
            or re.search("[,;]", between)
        ):
            return None
        entry, hit = self._metrics["price"], named[-1]
        return self._build(marks, index, entry, None, change, hit.key, hit, "unit-tells", 0.8, "change")


_OPENER = re.compile(r"(?:[A-Z][a-z]+ing )?(?:[Aa]t|[Ww]ith|[Tt]o)\s+(?:about |around |some )?")


def _of_opener(marks: Marks, index: int) -> Hit | None:
    """ "Finishing at CNY 28,000 per ton for the week, lanthanum oxide climbed": the product that the opening words are told of."""
    figure = marks.quantities[index]
    if index or not _OPENER.fullmatch(marks.text, marks.span[0], figure.span[0]):
        return None
    comma = marks.text.find(", ", figure.span[1], marks.span[1])
    limit = next((q.span[0] for q in marks.quantities if q.span[0] > figure.span[1]), marks.span[1])
    named = [hit for hit in marks.products if comma < hit.start < limit]
    return named[0] if comma >= 0 and named and not named[0].entry.data.get("wide") else None
