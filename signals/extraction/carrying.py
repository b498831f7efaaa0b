"""Figures that lean on another: on the one before them in the sentence, on a heading over a list, on the sentence before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from signals.extraction.alignment import Place
from signals.extraction.candidates import (
    allows,
)  # fmt: skip
from signals.extraction.change_words import RELATIVE, change_of
from signals.extraction.compared import after_base
from signals.extraction.drafting import Drafter
from signals.extraction.drafts import Change, Draft
from signals.extraction.grammar import BREAK, covered, joined, parted
from signals.extraction.leaning import (
    dropped,
    goes_on,
    joined_loosely,
    leads_to_level,
    of_else,
    opens_with_pronoun,
    replace_span,
    says_worth,
)  # fmt: skip
from signals.extraction.marks import Marks, span_of
from signals.extraction.metrics import allows_change, allows_level, is_weak
from signals.extraction.products import NONE_MADE, product_of
from signals.extraction.records import Hit, Quantity
from signals.extraction.specifications import COUNTS
from signals.extraction.wording import pattern_of

_PART = pattern_of("{part-of-that}")
_ALLOTTED = pattern_of(r"{was-allotted}\s+(?:{roughly}\s+)?$", re.IGNORECASE)
_LINE = pattern_of("[一-鿿A-Za-z0-9]{2,12}{trade-line}")


def _own_line(marks: Marks, figure: Quantity, product: str | None) -> str | None:
    """风电领域收入6.5亿元,机器人领域1.9亿元,某某业务1.5亿元: the line named beside the figure, or none that is known."""
    floor = max((q.span[1] for q in marks.quantities if q.span[1] <= figure.span[0]), default=marks.span[0])
    named = [hit for hit in marks.products if floor <= hit.start and hit.end <= figure.span[0]]
    if named:
        return named[-1].key
    return None if _LINE.search(marks.text, floor, figure.span[0]) else product


_SMALL = pattern_of(r"[\s\d\W]|{small-between}")


def _of_something_else(marks: Marks, index: int) -> bool:
    """Whether a Chinese clause has a subject of its own that nobody follows: 轧制间隔时间比上年减少28%, 基金规模…,增长5%."""
    figure, text = marks.quantities[index], marks.text
    if not "\u4e00" <= text[figure.span[0] - 1 : figure.span[0]] <= "\u9fff":
        return False
    if any(other.dimension in ("money", "mass", "count") for other in marks.quantities[:index]):
        return True
    breaks = [found.end() for found in BREAK.finditer(text, marks.span[0], figure.span[0])]
    begin = breaks[-1] if breaks else marks.span[0]
    words = [span_of(item) for item in (*marks.names, *marks.products, *marks.periods)]
    words += [cue.span for cue in marks.changes]
    return len(_SMALL.sub("", covered(text, begin, figure.span[0], words))) >= 4


def _metric_between(marks: Marks, left: Quantity, right: Quantity) -> Hit | None:
    """The metric named anew between two rates: "… by 116%, and net profit excluding non-recurring items by 117%"."""
    own = [hit for hit in marks.metrics if left.span[1] <= hit.start and hit.end <= right.span[0]]
    return next((hit for hit in reversed(own) if not is_weak(hit) and allows(hit, right, "change", marks)), None)


class Carrier(Drafter):
    """Binds what has no metric of its own but goes on where another figure stopped."""

    def _carried(self, marks: Marks, index: int, bound: Mapping[int, Draft], place: Place | None) -> Draft | None:
        """A figure that goes on where the one before it stopped, in the sentence or in the paragraph."""
        figure = marks.quantities[index]
        earlier = [bound[place_] for place_ in range(index) if place_ in bound and not dropped(bound[place_])]
        change = change_of(marks, index, place.items.get("bases", "") if place else "")
        if earlier:
            source = earlier[-1]
            if source.quantity.dimension != figure.dimension and (change is None or change.to_level):
                alike = [one for one in earlier if one.quantity.dimension == figure.dimension and not one.is_change]
                if alike and not marks.metrics_between(alike[-1].quantity.span[1], figure.span[0]):
                    source = alike[-1]
            if change is None or change.to_level:
                led = self._led_to(marks, index, earlier[-1], place) or self._base_of_last(marks, index, earlier, place)
                if led:
                    return led
            if change is None and source.cue is not None and source.quantity.dimension != figure.dimension:
                worth = says_worth(marks, source.quantity, figure)
                if worth and allows(source.cue, figure, "level", marks):
                    return self._lean(marks, index, source, None, place, "carried", 0.85, "level")
            counted = figure.dimension in COUNTS and (
                figure.counter != source.quantity.counter
                or not joined(marks.text, source.quantity.span[1], figure.span[0])
            )
            if (
                source.quantity.dimension == figure.dimension
                and not source.is_change
                and (change is None or change.to_level)
                and not counted
                and not (figure.dimension == "ratio" and of_else(marks, figure))
            ):
                return self._lean(marks, index, source, None, place, "carried", 0.78, "level")
            if (
                source.is_change
                and figure.dimension in ("ratio", "fold")
                and (change or joined_loosely(marks, source.quantity.span[1], figure.span[0]))
                and not parted(marks.text, source.quantity.span[1], figure.span[0])
            ):
                rate = change or replace_span(source.change)
                own = _metric_between(marks, source.quantity, figure)
                if own is not None:
                    return self._make(marks, index, own, rate, place, "carried", 0.82, "change")
                return self._lean(marks, index, source, rate, place, "carried", 0.85, "change")
            if (
                change
                and not change.to_level
                and not source.is_change
                and figure.dimension in ("ratio", "fold", "points", source.quantity.dimension)
            ):
                if allows_change(source.meaning.entry, figure) and not parted(
                    marks.text, source.quantity.span[1], figure.span[0]
                ):
                    return self._lean(marks, index, source, change, place, "carried", 0.85, "change")
            between = [hit for hit in marks.products if source.quantity.span[1] <= hit.start < figure.span[0]]
            if (
                change
                and source.is_change
                and source.metric == "price"
                and between
                and allows_change(source.meaning.entry, figure)
            ):
                return self._lean(marks, index, source, change, place, "carried", 0.8, "change")
            return None
        if self._announced and marks.products and not any(not is_weak(hit) for hit in marks.metrics):
            role = "change" if change and not change.to_level else "level"
            if allows(self._announced, figure, role, marks):
                return self._make(marks, index, self._announced, change, place, "heading", 0.85, role, away=True)
        part = self._part_of_before(marks, index, place) if change is None or change.to_level else None
        if part is not None:
            return part
        source_before = self.last or (self._last_price if marks.products else None)
        if source_before is None and opens_with_pronoun(marks):
            source_before = self._last_any
        if (change is None or change.to_level) and goes_on(marks, figure):
            return self._as_before(marks, index, place)
        if source_before is None or change is None or change.to_level:
            return None
        if figure.dimension not in ("ratio", "fold") and not (
            figure.dimension == "price" == source_before.quantity.dimension
        ):
            return None
        if any(
            not is_weak(hit) and not hit.entry.data.get("tight") and hit.start < figure.span[1] for hit in marks.metrics
        ):
            return None
        if not allows_change(source_before.meaning.entry, figure) or _of_something_else(marks, index):
            return None
        draft = self._lean(marks, index, source_before, change, place, "sentence-before", 0.72, "change")
        if draft and draft.metric.startswith("quota_") and opens_with_pronoun(marks) and not marks.products:
            draft.product = None  # "This is up by 10pc": the whole, not the ore named last
        return draft

    def _part_of_before(self, marks: Marks, index: int, place: Place | None) -> Draft | None:
        """产量4.1万吨。其中,镨钕金属2.1万吨: a part of the level that the sentence before told, by product or by firm."""
        figure, text = marks.quantities[index], marks.text
        given = any(draft.metric.startswith("quota_") for draft in self._levels[-1:])
        opened = _PART.match(text, marks.span[0], figure.span[0]) or (
            _ALLOTTED.search(text, marks.span[0], figure.span[0]) if given and marks.names else None
        )
        if opened is None or any(not is_weak(hit) and hit.start < figure.span[1] for hit in marks.metrics):
            return None
        named = [one for one in (*marks.products, *marks.names) if span_of(one)[1] <= figure.span[0]]
        source = next((one for one in reversed(self._levels) if one.quantity.dimension == figure.dimension), None)
        if source is None or not named or figure.counter != source.quantity.counter:
            return None
        return self._lean(marks, index, source, None, place, "sentence-before", 0.8, "level")

    def _answering(self, marks: Marks, index: int, place: Place | None, bound: Mapping[int, Draft]) -> Draft | None:
        """ "That brings the total to 270,000 tons and 254,000 tons": as many levels as the sentence before told, in its order."""
        figure, before = marks.quantities[index], self._levels
        alike = [place_ for place_, one in enumerate(marks.quantities) if one.dimension == figure.dimension]
        if len(before) < 2 or len(alike) != len(before) or any(not is_weak(hit) for hit in marks.metrics):
            return None
        if any(not hit.entry.data.get("wide") for hit in marks.products):
            return None  # it says itself what each is of
        if any(draft.quantity.dimension != figure.dimension for draft in before) or not goes_on(
            marks, marks.quantities[alike[0]]
        ):
            return None
        source = before[alike.index(index)]
        draft = self._lean(marks, index, source, None, place, "sentence-before", 0.8, "level")
        if draft:
            draft.product, draft.meaning = source.product, replace(source.meaning)
        return draft

    def _led_to(self, marks: Marks, index: int, source: Draft, place: Place | None) -> Draft | None:
        """ "It slumped 6.5 percent to CNY33.30": the level that a change leaning on something else led to."""
        figure = marks.quantities[index]
        if not source.is_change or source.quantity is not marks.quantities[index - 1]:
            return None
        if not leads_to_level(marks, source.quantity, figure) or not allows_level(source.meaning.entry, figure):
            return None
        if source.cue is None or source.cue.entry.key != source.meaning.entry.key:
            return None
        return self._lean(marks, index, source, None, place, "carried", 0.85, "level")

    def _base_of_last(self, marks: Marks, index: int, earlier: Sequence[Draft], place: Place | None) -> Draft | None:
        """ "It was up 15.8% from 4,725 tons in the same month of 2024": the base of a level told the sentence before."""
        figure = marks.quantities[index]
        if any(not draft.is_change for draft in earlier) or earlier[-1].rule != "sentence-before":
            return None
        return self._as_before(marks, index, place) if after_base(marks, figure) else None

    def _as_before(self, marks: Marks, index: int, place: Place | None) -> Draft | None:
        """A level of what the last sentence told: "That was down from 5,774 tons in September"."""
        source, figure = self._last_any, marks.quantities[index]
        if source is None or not allows_level(source.meaning.entry, figure):
            return None
        if figure.dimension in RELATIVE if source.is_change else figure.dimension != source.quantity.dimension:
            return None  # of growth of 5%, "3% a year earlier" is growth as well
        draft = self._lean(marks, index, source, None, place, "sentence-before", 0.72, "level")
        ores = draft.meaning.entry.data.get("keep_product") or () if draft else ()
        if draft and draft.metric.startswith("quota_") and not any(hit.key in ores for hit in marks.products):
            draft.product = None  # the year's whole, not the ore named last
        return draft

    def _lean(
        self,
        marks: Marks,
        index: int,
        source: Draft,
        change: Change | None,
        place: Place | None,
        rule: str,
        score: float,
        role: str,
    ) -> Draft | None:
        if source.cue is None:
            if change is None:
                return None
            floor = source.quantity.span[1]
            product, hit = product_of(marks, marks.quantities[index], source.meaning.entry, None, floor)
            return self._build(
                marks, index, source.meaning.entry, None, change, product or source.product, hit, rule, score, role
            )
        draft = self._make(
            marks, index, source.cue, change, place, rule, score, role, away=source.sentence != marks.span
        )
        if (
            draft
            and draft.is_change
            and not source.is_change
            and index
            and source.quantity is marks.quantities[index - 1]
            and not any(
                source.quantity.span[1] <= hit.start < marks.quantities[index].span[0] for hit in marks.products
            )
        ):
            draft.product = source.product  # the growth of the level right before it
        elif draft and source.meaning.entry.data.get("segments") and not draft.is_change:
            draft.product = _own_line(marks, marks.quantities[index], draft.product)
        elif draft and draft.product is None and draft.why.get("product") != NONE_MADE:
            draft.product = source.product
        if draft and role == "change" and draft.metric != source.metric and source.cue.entry.key != "share":
            draft.meaning = replace(source.meaning)  # the growth of what was told before
        return draft
