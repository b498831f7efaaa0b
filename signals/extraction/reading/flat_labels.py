"""Rows parted by blanks whose labels a narrow column cut: the pieces go to the row that known labels ask for."""

from __future__ import annotations

from signals.extraction.records import Span

from .draft import DraftCell, DraftTable, Line
from .flat_heads import ColumnHeads
from .flat_lines import LONGEST_LABEL_PIECE, may_begin
from .flat_rows import Row, is_year, spaced_row

_MOST_PIECES = 3


def labelled(
    original: str,
    lines: list[Line],
    places: tuple[int, int, int],
    columns: int,
    head: list[DraftCell] | None,
    heads: ColumnHeads,
) -> tuple[int, int, DraftTable] | None:
    """Rows of one width; short lines without figures between them are pieces of the labels before or after."""
    first, index, last = places
    table: list[list[DraftCell]] = [head] if head else []
    loose: list[Span] = []
    begin = index
    if not head:
        while begin > 0 and _is_label_piece(original, lines[begin - 1], heads) and index - begin < _MOST_PIECES:
            begin -= 1
        loose = [(line.start, line.end) for line in lines[begin:index]]
    stop = index
    for place in range(index, last + 1):
        line = lines[place]
        row = spaced_row(original, line.start, line.end)
        if row is None and stop > index and heads.opens(original, lines[place : last + 1], columns):
            break  # the next table's heads
        if row is None and len(loose) < _MOST_PIECES:
            loose.append((line.start, line.end))
            continue
        if row is None or len(row.cells) != columns:
            break  # prose, or a table of another width
        cells = row_cells(row, header=not head and place == index and all(is_year(original[s:e]) for s, e in row.cells))
        _share_labels(original, table[-1][0] if stop > index else None, cells[0], loose, heads)
        table.append(cells)
        loose = []
        stop = place
    after = stop + 1
    while after < len(lines) and after - stop <= 2 and _is_label_tail(original, table[-1][0], lines[after], heads):
        table[-1][0].parts.append((lines[after].start, lines[after].end))
        after += 1
    if sum(len(row) > 1 for row in table) < 2:
        return None
    return min(first, begin), after, DraftTable(table)


def row_cells(row: Row, header: bool = False) -> list[DraftCell]:
    return [DraftCell([row.label], header), *(DraftCell([cell], header) for cell in row.cells)]


def _share_labels(
    original: str, before: DraftCell | None, after: DraftCell, loose: list[Span], heads: ColumnHeads
) -> None:
    """Give the loose pieces between two rows to the label before or after, as known labels ask; else after."""
    if not loose:
        return

    def spelled(parts: list[Span]) -> str:
        return "".join(original[start:end] for start, end in parts)

    best, split = -1, 0
    for count in range(len(loose) + 1 if before else 1):
        score = heads.fits_row(spelled(loose[count:] + after.parts))
        if before:
            score += 2 * (heads.fits_row(spelled(before.parts + loose[:count])) == 2)
        if score > best:
            best, split = score, count
    if before:
        before.parts += loose[:split]
    after.parts[:] = [part for part in loose[split:] + after.parts if part[0] < part[1]]


def _is_label_piece(original: str, line: Line, heads: ColumnHeads) -> bool:
    text = original[line.start : line.end]
    return may_begin(original, line) and len(text) <= LONGEST_LABEL_PIECE and heads.fits_row(text) == 1


def _is_label_tail(original: str, label: DraftCell, line: Line, heads: ColumnHeads) -> bool:
    """True when the line completes the last row's label to one that filings have."""
    text = original[line.start : line.end]
    if not may_begin(original, line) or len(text) > LONGEST_LABEL_PIECE:
        return False
    written = "".join(original[start:end] for start, end in label.parts)
    return heads.fits_row(written) < 2 <= heads.fits_row(written + text) or _closes(written, text)


def _closes(label: str, text: str) -> bool:
    """True for the rest of a bracket that the label left open."""
    opened = label.count("(") + label.count("（") - label.count(")") - label.count("）")
    return opened > 0 and len(text) <= 12 and text.rstrip().endswith((")", "）"))
