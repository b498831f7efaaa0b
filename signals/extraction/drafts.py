"""A figure on its way to becoming an indicator: bound to a metric, not yet to a subject and a period."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from signals.extraction.metrics import Meaning
from signals.extraction.records import Hit, Measure, Modality, PeriodMention, Quantity, Span


@dataclass(slots=True)
class Change:
    """Change words taken together: what the change is against, its direction, and the stretch they cover."""

    basis: str
    direction: int
    to_level: bool
    span: Span | None


@dataclass(slots=True)
class Draft:
    """One figure with its metric. ``score`` is how surely metric and measure are right, 0..1."""

    quantity: Quantity
    meaning: Meaning
    cue: Hit | None
    measure: Measure
    value: Decimal
    value_high: Decimal | None
    product: str | None
    sentence: Span
    rule: str
    score: float
    change: Change | None = None
    product_span: Span | None = None
    name: str | None = None  # the entity that a list assigned
    period: PeriodMention | None = None  # the period that a list assigned
    note: str | None = None
    modality: Modality | None = None  # when a table's head says it
    group: int = 0  # drafts of one clause group (a level and its changes) share a number
    why: dict[str, str] = field(default_factory=dict)

    @property
    def metric(self) -> str:
        return self.meaning.metric

    @property
    def is_change(self) -> bool:
        return self.measure != "level"
