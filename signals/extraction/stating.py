"""From a draft with subject and period to the indicator: unit, modality, voice, note, quote and confidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from signals.extraction.confidence import confidence_of
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.marks import Marks
from signals.extraction.modality import modality_of
from signals.extraction.records import Indicator, Modality, Period, Reading, Span, Voice
from signals.extraction.wording import pattern_of

VoiceOf = Callable[[Span, str | None, str, Modality], Voice]
_BASIS = gated(r"[(（][^()（）]{0,60}(?:REO|干量|干基|含税|dry|VAT|tax)[^()（）]{0,40}[)）]", re.IGNORECASE)
_TAX = pattern_of("{price-basis}", re.IGNORECASE)
_BATCH = pattern_of("{quota-batch}", re.IGNORECASE)
_PER_SHARE = pattern_of("{a-share}", re.IGNORECASE)
_PER_TEN = pattern_of("{ten-shares}", re.IGNORECASE)


_TONNE_LEFT_OUT = 0.8  # the surest that a price without its tonne can be
ASIDE = ("editorial", "disclaimer")  # sections that only comment or disclaim


class Stater:
    """Makes the indicators of one document."""

    def __init__(self, reading: Reading, voice_of: VoiceOf) -> None:
        self._reading, self._voice_of = reading, voice_of
        self._guessed = [repair.span for repair in reading.repairs if repair.guessed]

    def indicator(
        self,
        draft: Draft,
        marks: Marks,
        subject: str | None,
        period: Period | None,
        subject_factor: float,
        period_factor: float,
        aside: bool,
    ) -> Indicator:
        """What the draft states of subject and period; ``aside`` where the document only comments or disclaims."""
        text, figure = self._reading.text, draft.quantity
        modality, modality_why = (
            (draft.modality, "table head")
            if draft.modality
            else modality_of(draft, marks, period, self._reading.published_on, self._reading.title or "")
        )
        span = self._quote(draft, marks)
        guessed = bool(self._guessed) and any(start < span[1] and span[0] < end for start, end in self._guessed)
        confidence = confidence_of(
            draft, subject_factor, period_factor, guessed_repair=guessed, has_subject=subject is not None,
            has_period=period is not None, aside=aside,
        )  # fmt: skip
        unit, converted = figure.unit, figure.converted
        entry_unit = draft.meaning.entry.data.get("unit")
        if figure.dimension == "price" and figure.unit.endswith("/t"):
            entry_unit = None  # A$1,180 a tonne
        if entry_unit and not draft.is_change and figure.dimension in ("money", "plain", "index", "fold", "price"):
            unit = entry_unit
            if figure.dimension == "money" and entry_unit.startswith("CNY/"):
                unit = f"{figure.unit}{entry_unit[3:]}"  # HKD a share
        value, high = draft.value, draft.value_high
        if draft.metric == "capacity" and figure.dimension == "mass":
            unit = "t/yr"
        elif draft.metric == "price" and figure.dimension == "money":
            unit, confidence = f"{figure.unit}/t", min(confidence, _TONNE_LEFT_OUT)
        elif draft.metric == "ghg_emissions" and figure.dimension == "mass":
            unit = "tCO2e"
        elif draft.metric == "dividend" and figure.dimension in ("money", "per_share"):
            value, unit = _dividend(value, unit, draft, marks)
        elif draft.metric == "unit_cost" and unit == "CNY":
            unit = "CNY/t"
        if figure.dimension == "plain" and not entry_unit:
            unit = "count"
        one = Indicator(
            subject, draft.metric, draft.product, draft.measure, figure.comparator, value, high, unit, converted,
            period, modality, self._voice_of(figure.span, subject, draft.metric, modality), draft.note, text[slice(*figure.span)], span, figure.span,
            confidence, draft.rule, why=draft.why,
        )  # fmt: skip
        one.why["modality"] = modality_why
        if one.note is None:
            one.note = _note(draft, marks)
        if figure.qualifier:
            one.why["qualifier"] = text[slice(*figure.qualifier)]
        return one

    @staticmethod
    def _quote(draft: Draft, marks: Marks) -> Span:
        """The shortest stretch of the sentence that holds metric words and figure."""
        start, end = draft.quantity.span
        if draft.cue is not None and marks.span[0] <= draft.cue.start and draft.cue.end <= marks.span[1]:
            start, end = min(start, draft.cue.start), max(end, draft.cue.end)
        if (
            draft.change
            and draft.change.span
            and marks.span[0] <= draft.change.span[0]
            and draft.change.span[1] <= marks.span[1]
        ):
            start, end = min(start, draft.change.span[0]), max(end, draft.change.span[1])
        if draft.product_span and marks.span[0] <= draft.product_span[0] and draft.product_span[1] <= marks.span[1]:
            start, end = min(start, draft.product_span[0]), max(end, draft.product_span[1])
        return start, end


def _note(draft: Draft, marks: Marks) -> str | None:
    """What limits the figure: a price's basis, a quota's batch."""
    text, (start, end) = marks.text, draft.quantity.span
    if draft.metric in ("price", "price_step", "purchase_value", "purchase_volume"):
        tax = _TAX.search(text, max(marks.span[0], start - 24), min(marks.span[1], end + 24))
        basis = _BASIS.match(text, end) or _BASIS.search(text, max(marks.span[0], start - 40), start)
        parts = [tax.group()] if tax else []
        if basis:
            parts.append(basis.group()[1:-1])
        return "; ".join(parts) or None
    if draft.metric in ("quota_mining", "quota_smelting"):
        batches = [found.group() for found in _BATCH.finditer(text, marks.span[0], start)]
        return batches[-1] if batches else None
    return None


def _dividend(value: Decimal, unit: str, draft: Draft, marks: Marks) -> tuple[Decimal, str]:
    """每10股派0.5元 is 0.05 yuan a share; 每股0.42元 is told as money in print and meant a share."""
    text, (start, end) = marks.text, draft.quantity.span
    near = text[max(marks.span[0], start - 24) : start] + text[end : min(marks.span[1], end + 48)]
    if draft.quantity.dimension == "per_share" or value > 1000:
        return value, unit
    if _PER_TEN.search(near):
        return value / 10, f"{unit}/share"
    return (value, f"{unit}/share") if _PER_SHARE.search(near) else (value, unit)
