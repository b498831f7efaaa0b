"""What the three front ends (HTML, plain text, PDF) hand to the rest: the original as lines, and what its head says."""

from __future__ import annotations

from dataclasses import dataclass, field

from signals.extraction.records import BlockKind, SectionKind, Span, Warning_

from .edits import Edit
from .rules import Rule


@dataclass(slots=True)
class DraftCell:
    """A cell as stretches of the original; several when the source cut it over lines. ``text`` stands for a head that
    could only be rebuilt, not pointed at."""

    parts: list[Span]
    header: bool = False
    text: str | None = None


@dataclass(slots=True)
class DraftTable:
    rows: list[list[DraftCell]]
    caption: Span | None = None


@dataclass(slots=True)
class Line:
    """A stretch of the original that is read as one line. ``opens`` is False for a line that a <br> parted from the one
    before; ``text`` is the clean text, ``links`` the share of it that is links. ``parts``, when given, are the lines of
    the original that a table was flattened to."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0
    opens: bool = True
    links: float = 0.0
    table: DraftTable | None = None
    text: str = ""
    section: SectionKind = "body"
    gap: bool = True  # whether an empty line (or an element's edge) stands before it
    parts: list[Span] = field(default_factory=list)
    rule: Rule | None = None


@dataclass(slots=True)
class Head:
    """What the document says of itself outside its text."""

    title: str | None = None
    titles: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)  # ISO-like date strings, the most trusted first
    publisher: str | None = None
    url: str | None = None
    source: str | None = None
    source_url: str | None = None
    language: str | None = None
    nearby: list[str] = field(default_factory=list)  # short lines around the headline


@dataclass(slots=True)
class Draft:
    original: str
    lines: list[Line]
    head: Head = field(default_factory=Head)
    edits: list[Edit] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)  # where a link begins in the original, and its address
    warnings: list[Warning_] = field(default_factory=list)
