"""Rows whose cells a narrow column cut over several lines, as text taken from a PDF has them.

    归属于上 -
    市公司股 41,420,63 80,235,38 -70.37%
    东的净利 7.52 4.24
    润(元)

The line with a value for every column is the row's anchor; the figures that are not whole there go on in the next line.
A lone minus above belongs to the figure that the row's own rate of change asks to be negative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from signals.extraction.records import Span

from .draft import Line
from .flat_heads import ColumnHeads
from .flat_rows import Row, spaced_row

_WHOLE_CELL = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})*|\d+)\.\d{2,6}|.*[%％]|不适用|[-—–/]{1,2}|[-+−]?\d{1,3}")
_PIECE = re.compile(r"[\d,]*[.,]?\d*[\d.,%][\d,.%]*")
_MINUS = re.compile(r"[-—–−]")
_TAIL_OF_LABEL = re.compile(r".*[)）]")
_TOLERANCE = Decimal("0.02")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})*,\d{0,2}|,\d.*|-?\d{1,3}(?:,\d{3})+,?")
_FULL_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+")


@dataclass(slots=True)
class CutRow:
    """A row in pieces: label parts and, for each column, the parts of its figure."""

    label: list[Span]
    cells: list[list[Span]]
    minus: list[Span] = field(default_factory=list)


def is_cut(original: str, rows: list[Row]) -> bool:
    """True when figures go on in the next line: a thousands group is not full, or a line begins inside a number."""
    for row in rows:
        for start, end in row.cells:
            told = _tells_cut(original[start:end])
            if told is not None:
                return told
    return False


@lru_cache(maxsize=4096)  # runs of rows are asked again from each of their lines
def _tells_cut(cell: str) -> bool | None:
    """Whether a cell's thousands show that it is cut; None where it has none."""
    if "." in cell or not _THOUSANDS.fullmatch(cell):
        return None
    return cell.startswith(",") or not _FULL_THOUSANDS.fullmatch(cell)


def cut_rows(original: str, lines: list[Line], columns: int, heads: ColumnHeads) -> list[CutRow]:
    """Put the rows of ``lines`` together; ``columns`` is the number of figures of a whole row."""
    parsed = [spaced_row(original, line.start, line.end) for line in lines]
    anchors = [index for index, row in enumerate(parsed) if row and len(row.cells) == columns]
    rows: list[CutRow] = []
    position = 0
    for order, anchor in enumerate(anchors):
        above = [piece for index in range(position, anchor) for piece in _loose(original, lines[index])]
        following = anchors[order + 1] if order + 1 < len(anchors) else len(lines)
        row = parsed[anchor]
        assert row is not None
        made = CutRow([], [[cell] for cell in row.cells])
        for span, minus in above:
            (made.minus if minus else made.label).append(span)
        if row.label[1] > row.label[0]:
            made.label.append(row.label)
        index = anchor + 1
        while index < following and _fill(original, lines[index], parsed[index], made):
            index += 1
        between = [_loose(original, lines[place]) for place in range(index, following)]
        split = _split(original, made, between, heads) if order + 1 < len(anchors) else len(between)
        for pieces in between[:split]:
            made.label += [span for span, minus in pieces if not minus]
        position = index + split
        rows.append(made)
    rates = [
        any(_joined(original, row.cells[column]).endswith(("%", "％")) for row in rows) for column in range(columns)
    ]
    for made in rows:
        _place_minus(original, made, rates)
    return rows


def _loose(original: str, line: Line) -> list[tuple[Span, bool]]:
    """A line without figures as label piece and minus signs."""
    pieces = []
    for match in re.finditer(r"[^ \t\u3000]+", original[line.start : line.end]):
        span = (line.start + match.start(), line.start + match.end())
        pieces.append((span, _MINUS.fullmatch(match.group()) is not None))
    return pieces


def _fill(original: str, line: Line, row: Row | None, made: CutRow) -> bool:
    """Give the pieces of a continuation line to the figures that are not whole; False when it is no such line."""
    tokens = list(row.cells) if row else []
    if row is None:
        words = [
            (line.start + m.start(), line.start + m.end()) for m in re.finditer(r"\S+", original[line.start : line.end])
        ]
        if not words or not all(_PIECE.fullmatch(original, *word) for word in words):
            return False
        tokens = words
    open_ = [cell for cell in made.cells if not _WHOLE_CELL.fullmatch(_joined(original, cell))]
    if not tokens or len(tokens) > len(open_) or not all(_PIECE.fullmatch(original, *token) for token in tokens):
        return False
    if row is not None and row.label[1] > row.label[0]:
        made.label.append(row.label)
    for cell, token in zip(open_, tokens, strict=False):
        cell.append(token)
    return True


def _joined(original: str, cell: list[Span]) -> str:
    return "".join(original[start:end] for start, end in cell)


def _split(original: str, made: CutRow, between: list[list[tuple[Span, bool]]], heads: ColumnHeads) -> int:
    """How many of the label lines between two rows still belong to the first: up to its closing bracket, else the
    middle."""
    minus_at = next((index for index, pieces in enumerate(between) if any(minus for _, minus in pieces)), len(between))
    text = _joined(original, made.label)
    known = -1
    for count in range(min(minus_at, len(between)) + 1):
        if count:
            text += "".join(original[start:end] for (start, end), minus in between[count - 1] if not minus)
        if _balanced(text) and _TAIL_OF_LABEL.fullmatch(text):
            return count
        if heads.fits_row(text) == 2:
            known = count
    if known >= 0:
        return known
    if minus_at < len(between):
        return minus_at
    return len(between) // 2


def _balanced(text: str) -> bool:
    return text.count("(") + text.count("（") == text.count(")") + text.count("）")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("−", "-").rstrip("%％"))
    except InvalidOperation:
        return None


def _place_minus(original: str, row: CutRow, rates: list[bool]) -> None:
    """Put each lone minus before the figure that a rate of change to its right needs negative; else before none."""
    values = [_number(_joined(original, cell)) for cell in row.cells]
    for sign in list(row.minus):
        place = _asked_negative(values, rates)
        if place is None:
            return
        row.cells[place].insert(0, sign)
        row.minus.remove(sign)
        value = values[place]
        assert value is not None
        values[place] = -value


def _asked_negative(values: list[Decimal | None], rates: list[bool]) -> int | None:
    """The column whose figure fits (x - base) / |base| = rate only when negative."""
    start = 0
    for column, is_rate in enumerate(rates):
        if not is_rate:
            continue
        rate, base, level = values[column], values[column - 1] if column else None, values[start]
        if rate is not None and base and level is not None and column - start >= 2 and level > 0:
            plain = (level - base) / abs(base) * 100
            turned = (-level - base) / abs(base) * 100
            room = max(abs(rate) * _TOLERANCE, Decimal("0.2"))
            if abs(turned - rate) <= room < abs(plain - rate):
                return start
        start = column + 1
    return None
