"""A table poured into running lines: cells parted by pipes, rows by nothing, line breaks wherever the page was narrow.

    项目 | 本报告期 | 本报告期比
    上年同期增减(%) | 营业收入 | 8,569,868,301.31 | 1.54 | 归属于上市公司
    股东的净利润 | 359,928,459.05 | 10.94 |

A label and the figures after it are a row; the words before a row's label that are not its own are heads.
"""

from __future__ import annotations

import re

from signals.extraction.records import Span

from .draft import DraftCell, DraftTable, Line
from .flat_lines import LONGEST_LABEL_PIECE, LONGEST_TABLE, may_begin
from .flat_rows import VALUE, is_year

_BLANK = re.compile(r"\s+")
_MOST_BETWEEN = 3  # lines without a pipe inside one cell
_LONGEST_CELL = 80


def poured(original: str, lines: list[Line], index: int) -> tuple[int, int, DraftTable] | None:
    """The table that begins in line ``index``, or None where every line is a row of its own or there are no rows."""
    after = _block(original, lines, index)
    cells = _cells(original, lines[index:after])
    if any(len(_spelled(original, cell)) > _LONGEST_CELL for cell in cells):
        return None
    rows = _rows(original, cells)
    filled = [row for row in rows if len(row) > 2 and _is_value(original, row[1].parts)]
    if len(filled) < 2 or not _shares_a_line(filled, lines[index:after]):
        return None
    return index, after, DraftTable(rows)


def _block(original: str, lines: list[Line], index: int) -> int:
    """The line after the last one with a pipe, short lines without one between allowed."""
    after = place = index
    while place < min(len(lines), index + LONGEST_TABLE) and may_begin(original, lines[place]):
        if "|" in original[lines[place].start : lines[place].end]:
            after = place + 1
        elif place - after >= _MOST_BETWEEN or lines[place].end - lines[place].start > LONGEST_LABEL_PIECE:
            break
        place += 1
    return after


def _cells(original: str, lines: list[Line]) -> list[list[Span]]:
    """The cells as stretches of the lines; a cell that goes on in the next line has several. Empty ones go."""
    cells: list[list[Span]] = [[]]
    for line in lines:
        position = line.start
        for number, piece in enumerate(original[line.start : line.end].split("|")):
            if number:
                cells.append([])
            left = position + len(piece) - len(piece.lstrip())
            right = position + len(piece.rstrip())
            if left < right:
                cells[-1].append((left, right))
            position += len(piece) + 1
    return [cell for cell in cells if cell]


def _rows(original: str, cells: list[list[Span]]) -> list[list[DraftCell]]:
    """Label and figures, row by row, each head row before the rows it is for."""
    rows: list[list[DraftCell]] = []
    words: list[list[Span]] = []
    place = 0
    while place < len(cells):
        if not _is_value(original, cells[place]):
            words.append(cells[place])
            place += 1
            continue
        stop = place
        while stop < len(cells) and _is_value(original, cells[stop]):
            stop += 1
        figures = cells[place:stop]
        if words:
            head = words[:-1]
            if len(head) >= len(figures):
                rows.append(_head(head, len(figures)))
            rows.append([DraftCell(words[-1]), *(DraftCell(cell) for cell in figures)])
        words, place = [], stop
    return rows


def _head(words: list[list[Span]], columns: int) -> list[DraftCell]:
    """Heads for a label column and ``columns`` figures; pieces too many belong to the last."""
    named = words if len(words) > columns else [[(words[0][0][0], words[0][0][0])], *words]
    last = [span for piece in named[columns:] for span in piece]
    return [DraftCell(piece, True) for piece in (*named[:columns], last)]


def _is_value(original: str, cell: list[Span]) -> bool:
    text = _spelled(original, cell)
    return VALUE.fullmatch(text) is not None and not is_year(text)


def _spelled(original: str, cell: list[Span]) -> str:
    return _BLANK.sub("", "".join(original[start:end] for start, end in cell))


def _shares_a_line(rows: list[list[DraftCell]], lines: list[Line]) -> bool:
    """Whether two rows begin in one line: only then do the lines say nothing of the rows."""
    starts = [row[0].parts[0][0] for row in rows]
    return any(sum(line.start <= start < line.end for start in starts) > 1 for line in lines)
