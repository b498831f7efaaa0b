"""Lines to the clean text, its blocks and tables, and the map back to the original."""

from __future__ import annotations

import re
from bisect import bisect_right

from signals.extraction.records import Block, Cell, Repair, Span, Table

from .draft import DraftCell, DraftTable, Line
from .edits import Edits

_WHITE = str.maketrans(
    dict.fromkeys("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " ")
)
_EDGES = " \t\n\r\u00a0\u3000"
_SILENT_RULES = frozenset({"line-break", "watermark"})
_NUMBER = re.compile(r"[-+(（]?[\d.,]+(?:%|％|\)|）)?|[-—–/]+|不适用|n/?a|nil", re.I)
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d(?:[-/]\d{1,2})?(?:年.{0,6})?")
_MOST_HEADS = 3


class Assembly:
    """The clean text as it grows."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits
        self._parts: list[str] = []
        self.length = 0
        self.repairs: list[Repair] = []
        self.offsets: list[tuple[int, int]] = []
        self._clean_starts: list[int] = []
        self._pieces: list[tuple[int, int, int, bool]] = []  # original start, end, clean start, whether a copy
        self._sorted: list[tuple[int, int, int, bool]] | None = None

    def add(self, start: int, end: int) -> Span:
        """Append the clean text of ``original[start:end]`` without blanks at its edges; returns where it stands."""
        original = self._edits.original
        while start < end and original[start] in _EDGES:
            start += 1
        while end > start and original[end - 1] in _EDGES:
            end -= 1
        begin = self.length
        if not self._edits.list:
            self._copy(original[start:end], start, end)
            return begin, self.length
        pieces = list(self._edits.pieces(start, end))
        while pieces and not pieces[0].text.strip(_EDGES) and (pieces[0].edit is None or not pieces[0].text):
            pieces.pop(0)
        while pieces and not pieces[-1].text.strip(_EDGES) and (pieces[-1].edit is None or not pieces[-1].text):
            pieces.pop()
        for place, piece in enumerate(pieces):
            if piece.edit is None:
                text, piece_start = piece.text, piece.start
                if place == 0:
                    piece_start += len(text) - len(text.lstrip(_EDGES))
                    text = text.lstrip(_EDGES)
                if place == len(pieces) - 1:
                    text = text.rstrip(_EDGES)
                self._copy(text, piece_start, piece_start + len(text))
            else:
                self._replace(piece.text, piece.start, piece.end, piece.edit.rule, piece.edit.guessed)
        return begin, self.length

    def separate(self, text: str) -> None:
        """Append what no original stands for: the white space between blocks."""
        self._parts.append(text)
        self.length += len(text)

    def _copy(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if not self.offsets or self.offsets[-1][1] - self.offsets[-1][0] != start - self.length:
            self.offsets.append((self.length, start))
        self._pieces.append((start, end, self.length, True))
        self._parts.append(text.translate(_WHITE))
        self.length += len(text)

    def _replace(self, text: str, start: int, end: int, rule: str, guessed: bool) -> None:
        if text:
            self.offsets.append((self.length, start))
        self._pieces.append((start, end, self.length, False))
        self._parts.append(text)
        self.length += len(text)
        if rule not in _SILENT_RULES:
            original = self._edits.original[start:end]
            self.repairs.append(Repair((self.length - len(text), self.length), original, rule, guessed))

    def text(self) -> str:
        return "".join(self._parts)

    def clean_span(self, start: int, end: int) -> Span | None:
        """Where ``original[start:end]`` stands in the clean text; None when it was left out."""
        first, last = self._place(start, False), self._place(end, True)
        return (first, last) if first is not None and last is not None and first < last else None

    def _place(self, position: int, is_end: bool) -> int | None:
        if self._sorted is None:
            self._sorted = sorted(self._pieces)
        index = bisect_right(self._sorted, (position - is_end, len(self._edits.original) + 1, 0, True)) - 1
        if index < 0:
            return None
        start, end, clean, copy = self._sorted[index]
        if not start <= position - is_end < end:
            return None
        if copy:
            return clean + position - start
        following = self._sorted[index + 1][2] if is_end and index + 1 < len(self._sorted) else clean
        return following if is_end else clean


def assemble(lines: list[Line], edits: Edits) -> tuple[str, tuple[Block, ...], Assembly]:
    """The clean text and its blocks: lines of one paragraph parted by a line end, blocks by an empty line."""
    made = Assembly(edits)
    drafts: list[tuple[Line, Span]] = []
    for line in lines:
        if made.length:
            joins = not line.opens and drafts and _same_block(drafts[-1][0], line)
            made.separate("\n" if joins else "\n\n")
        else:
            joins = False
        span = _add(line, made)
        if joins:
            drafts[-1] = (drafts[-1][0], (drafts[-1][1][0], span[1]))
        else:
            drafts.append((line, span))
    text = made.text()
    blocks: list[Block] = []
    for line, span in drafts:
        table = _table(line.table, span, made, text) if line.table else None
        if table and not table.rows:
            table = None
        kind = line.kind if line.kind != "table" or table else "paragraph"
        blocks.append(Block(kind, span, line.section, table))
    return text, tuple(blocks), made


def _same_block(first: Line, line: Line) -> bool:
    return first.kind == line.kind and first.kind in ("paragraph", "item", "caption") and first.section == line.section


def _add(line: Line, made: Assembly) -> Span:
    if not line.parts:
        return made.add(line.start, line.end)
    start = end = made.length
    for index, (part_start, part_end) in enumerate(line.parts):
        if index:
            made.separate("\n")
        span = made.add(part_start, part_end)
        start = span[0] if index == 0 else start
        end = span[1]
    return start, end


def _table(draft: DraftTable, span: Span, made: Assembly, text: str) -> Table:
    cells: dict[int, Cell] = {}
    rows: list[tuple[Cell, ...]] = []
    for draft_row in draft.rows:
        row = []
        for draft_cell in draft_row:
            cell = cells.get(id(draft_cell))
            if cell is None:
                cell = cells[id(draft_cell)] = _cell(draft_cell, made, text)
            row.append(cell)
        if any(cell.text for cell in row):
            rows.append(tuple(row))
    heads = _heads(rows)
    if heads and not any(cell.header for row in rows for cell in row):
        rows[:heads] = [tuple(Cell(cell.text, cell.spans, True) for cell in row) for row in rows[:heads]]
    caption = made.clean_span(*draft.caption) if draft.caption else None
    return Table(span, tuple(rows), caption)


def _cell(draft: DraftCell, made: Assembly, text: str) -> Cell:
    spans = tuple(span for part in draft.parts if (span := made.clean_span(*part)))
    return Cell(draft.text if draft.text is not None else "".join(text[s:e] for s, e in spans), spans, draft.header)


def _heads(rows: list[tuple[Cell, ...]]) -> int:
    """How many rows at the top name columns: rows without a figure, above rows with some."""
    for index, row in enumerate(rows[: _MOST_HEADS + 1]):
        if any(_is_figure(cell.text) for cell in row[1:]):
            return index
    return 1 if len(rows) > 1 and not any(_is_figure(cell.text) for row in rows for cell in row) else 0


def _is_figure(text: str) -> bool:
    text = text.strip()
    return (
        any(ch.isdigit() for ch in text)
        and bool(_NUMBER.fullmatch(text.replace(" ", "")))
        and not _YEAR_HEAD.fullmatch(text)
    )
