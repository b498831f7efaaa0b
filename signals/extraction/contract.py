"""What the engine says about one document, and its JSON form (schema ``reex.extraction/1``)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from signals.extraction.records import Indicator, NameMention, Origin, Reading, Signal, SloganUse, Span, Warning_

SCHEMA = "reex.extraction/1"
ENGINE = "1.0"
_MOST_WHOLE = Decimal(10) ** 18  # beyond it a number is told as a float


@dataclass(slots=True)
class Extraction:
    """One document's reading with everything found in it."""

    input: str
    lexicon: str
    reading: Reading
    sections: list[tuple[str, Span]] = field(default_factory=list)
    entities: list[tuple[str, list[Span]]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    slogans: list[SloganUse] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    names: list[NameMention] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The article's own text; all spans are places in it."""
        return self.reading.text

    def as_json(self) -> dict[str, Any]:
        """The contract's object: numbers as JSON numbers, spans as two-element lists."""
        reading = self.reading
        return {
            "schema": SCHEMA,
            "input": self.input,
            "engine": ENGINE,
            "lexicon": self.lexicon,
            "language": reading.language,
            "title": reading.title,
            "published_on": reading.published_on,
            "publisher": reading.publisher,
            "origin": origin_json(reading.origin),
            "text": reading.text,
            "sections": [{"kind": kind, "span": list(span)} for kind, span in self.sections],
            "entities": [{"key": key, "spans": [list(span) for span in spans]} for key, spans in self.entities],
            "indicators": [indicator_json(one, reading.text) for one in self.indicators],
            "signals": [_signal(one, reading.text) for one in self.signals],
            "slogans": [
                {"key": one.key, "span": list(one.span), "text": reading.text[slice(*one.span)]} for one in self.slogans
            ],
            "warnings": [
                {"code": one.code, "span": list(one.span) if one.span else None, "message": one.message}
                for one in self.warnings
            ],
        }

    def dumped(self) -> str:
        """The same as one line of text; half of a surrogate pair, which no encoding holds, is written as ``?``."""
        try:
            return orjson.dumps(self.as_json()).decode()
        except TypeError:  # it refuses such halves
            return json.dumps(self.as_json(), ensure_ascii=False).encode("utf-8", "replace").decode()


def indicator_json(one: Indicator, text: str) -> dict[str, Any]:
    """One indicator as the contract has it."""
    period = one.period
    product, _, partner = (one.product or "").partition(
        "-to-"
    )  # exports to one country are a product of their own inside
    return {
        "subject": one.subject,
        "metric": one.metric,
        "product": product or None,
        "partner": partner or None,
        "measure": one.measure,
        "comparator": one.comparator,
        "value": number(one.value),
        "value_high": None if one.value_high is None else number(one.value_high),
        "unit": one.unit,
        "converted": {"value": number(one.converted[0]), "unit": one.converted[1]} if one.converted else None,
        "period": {"label": period.label, "start": period.start, "end": period.end} if period else None,
        "modality": one.modality,
        "voice": one.voice,
        "note": one.note,
        "as_written": one.as_written,
        "span": list(one.span),
        "quote": text[slice(*one.span)],
        "also": [list(span) for span in one.also],
        "confidence": one.confidence,
        "rule": one.rule,
    }


def number(value: Decimal) -> int | float:
    """A JSON number: whole when the figure is whole."""
    return int(value) if -_MOST_WHOLE < value < _MOST_WHOLE and value == value.to_integral_value() else float(value)


def origin_json(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {"publisher": origin.publisher, "state_owned": origin.state_owned, "url": origin.url}


def _signal(one: Signal, text: str) -> dict[str, Any]:
    return {
        "theme": one.theme,
        "subject": one.subject,
        "stage": one.stage,
        "voice": one.voice,
        "span": list(one.span),
        "quote": text[slice(*one.span)],
        "confidence": one.confidence,
        "rule": one.rule,
    }
