"""What the parts of the engine hand to one another.

Every span is ``(start, end)`` in Unicode code points of ``Reading.text``; ``text[start:end]`` is the quote.
Numbers are ``Decimal``: a float never carries a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeVar, dataclass_transform

T = TypeVar("T")

Span = tuple[int, int]

SectionKind = Literal["highlights", "body", "editorial", "disclaimer"]
BlockKind = Literal["title", "heading", "paragraph", "item", "table", "caption"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]
Measure = Literal["level", "change_yoy", "change_qoq", "change_mom", "change_ytd", "change"]
Modality = Literal["reported", "forecast", "target", "estimate"]
Voice = Literal["company", "publisher", "third_party"]


@dataclass_transform(frozen_default=True)
def record(kind: type[T]) -> type[T]:
    """A dataclass whose objects nobody changes, as mypy sees to.

    At run time it is a plain one: making a frozen one takes three times as long, and a page makes hundreds.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


# --- reading: bytes -> text with structure -------------------------------------------------------------------


@record
class Cell:
    """One cell of a table. ``spans`` has several parts when the source cut the cell over lines."""

    text: str
    spans: tuple[Span, ...]
    header: bool = False


@record
class Table:
    """A grid of cells, row spans and column spans already expanded; ``caption`` is the unit line above it, if any."""

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    caption: Span | None = None


@record
class Block:
    """A paragraph, heading, list item or table of the article's own text, in reading order."""

    kind: BlockKind
    span: Span
    section: SectionKind = "body"
    table: Table | None = None


@record
class Repair:
    """A stretch of ``text`` that differs from the decoded original; ``guessed`` when a byte was lost for good."""

    span: Span
    original: str
    rule: str
    guessed: bool = False


@record
class Origin:
    """Whose words the document relays, and the stretch that shows it (None when it is the document's own address)."""

    publisher: str
    state_owned: bool | None
    url: str | None
    span: Span | None = None
    key: str | None = None


@record
class Warning_:
    """A note for a person: ``code`` is stable, ``message`` names the figures or words it is about."""

    code: str
    message: str
    span: Span | None = None


@dataclass(slots=True)
class Reading:
    """A document's own text with its structure, and how it was come by.

    ``offsets`` holds (clean position, original position) pairs, ascending, one wherever the distance between the two
    changes; ``original`` is the decoded text of the input before clean-up (for HTML: the page's text nodes in order).
    """

    text: str
    blocks: tuple[Block, ...]
    language: Literal["zh", "en"]
    media_type: Literal["text/html", "text/plain", "application/pdf"]
    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    url: str | None = None
    origin: Origin | None = None
    charset: str | None = None
    repairs: tuple[Repair, ...] = ()
    offsets: tuple[tuple[int, int], ...] = ()
    original: str = ""
    warnings: list[Warning_] = field(default_factory=list)


# --- lexicon -------------------------------------------------------------------------------------------------


@record
class Entry:
    """One thing of one kind, both languages together. ``data`` holds the kind's own fields as the YAML has them."""

    kind: str
    key: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    data: dict[str, Any]
    where: str  # file:line, for messages


@record
class Hit:
    """An alias of ``entry`` found in a text. ``alias`` is as the lexicon writes it."""

    entry: Entry
    start: int
    end: int
    alias: str

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def key(self) -> str:
        return self.entry.key


# --- parts of a sentence ---------------------------------------------------------------------------------------


@record
class Quantity:
    """A number with its unit and qualifier.

    ``span`` covers qualifier, number and unit; ``core`` number and unit only. ``value`` is canonical (whole yuan, tonnes,
    per cent …) and signed only by a sign or a loss word that belongs to the number itself; the direction of a change is a
    ``ChangeCue``'s business. ``dimension`` is one of money, ratio, points (pp), mass, mass_rate, price, per_share, count,
    fold, index, years, emissions, plain. ``counter`` is the counted noun or measure word (家, 件, "patents") of a count.
    """

    span: Span
    core: Span
    value: Decimal
    value_high: Decimal | None
    comparator: Comparator
    unit: str
    dimension: str
    counter: str = ""
    converted: tuple[Decimal, str] | None = None
    converted_span: Span | None = None
    qualifier: Span | None = None


@record
class ChangeCue:
    """Words that make a figure a change: its basis (yoy, qoq, mom, ytd, "" when not said) and direction (+1, -1, 0 unknown).

    ``to_level`` is True for words after which the level follows (rose *to*, 增至, 降至).
    """

    span: Span
    basis: str
    direction: int
    to_level: bool = False


@record
class Period:
    """``label`` as the contract writes it (2025Q1, 2025H1, 2025M1-9, 2025, 2025-09, 2025-06-30); dates are ISO."""

    label: str
    start: str
    end: str


@record
class PeriodMention:
    """A period that the text names. ``inferred`` when the year came from context; ``comparison`` for 去年同期 and the like."""

    span: Span
    period: Period
    inferred: bool = False
    comparison: bool = False


@record
class NameMention:
    """An entity's name in the text; ``others`` are further candidates when the name is ambiguous."""

    key: str
    span: Span
    others: tuple[str, ...] = ()


# --- what the engine says ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Indicator:
    """One figure that somebody states: the contract's record, field by field, and ``why`` for ``--explain``."""

    subject: str | None
    metric: str
    product: str | None
    measure: Measure
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit: str
    converted: tuple[Decimal, str] | None
    period: Period | None
    modality: Modality
    voice: Voice
    note: str | None
    as_written: str
    span: Span
    figure: Span  # the figure itself inside ``span``
    confidence: float
    rule: str
    also: list[Span] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Signal:
    """Something done, planned or said that matters; the quote is a sentence or list item."""

    theme: str
    subject: str | None
    stage: str
    voice: Voice
    span: Span
    confidence: float
    rule: str


@record
class SloganUse:
    key: str
    span: Span
