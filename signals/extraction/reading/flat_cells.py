"""Flattened tables whose cells are told apart by a mark: tabs, pipes, or a line for each."""

from __future__ import annotations

import re

from signals.extraction.records import Span

from .draft import DraftCell, DraftTable, Line
from .flat_lines import LONGEST_LABEL_PIECE, LONGEST_TABLE, MOST_COLUMNS, is_caption, may_begin
from .flat_rows import VALUE, is_year

_SURELY_A_TABLE = 40  # rows; what comes after them does not matter
BARS = "|│┃║"  # what stands between cells, typed or drawn
_RULE = re.compile(r"[-:|\s]+")
_RULE_CELL = re.compile(r":?-{2,}:?")


def parted(original: str, lines: list[Line], index: int) -> tuple[int, int, DraftTable] | None:
    """Lines with the same number of bars or tabs."""
    line = lines[index]
    mark = next((bar for bar in BARS if original.count(bar, line.start, line.end) >= 2), "\t")
    after = _end_of_run(original, lines, index, mark)
    split = (_split_on(original, line.start, line.end, mark) for line in lines[index:after])
    rows = [
        [DraftCell([cell]) for cell in cells]
        for cells in split
        if not all(_RULE_CELL.fullmatch(original, *cell) for cell in cells)
    ]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    return index, after, DraftTable(rows)


def _end_of_run(original: str, lines: list[Line], index: int, mark: str) -> int:
    """The line after a run with one or two numbers of cells; ``index`` where there are more, unless the run is long."""
    widths: set[int] = set()
    after = index
    while after < min(len(lines), index + LONGEST_TABLE) and may_begin(original, lines[after]):
        start, end = lines[after].start, lines[after].end
        marks = original.count(mark, start, end)
        if marks < (2 if mark in BARS else 1):
            break
        text = original[start:end].strip()
        if not _RULE.fullmatch(text):
            widths.add(marks + 1 - (text.startswith(mark) + text.endswith(mark) if mark in BARS else 0))
        if len(widths) > 2:
            return after if after - index >= _SURELY_A_TABLE else index
        after += 1
    return after


def _split_on(original: str, start: int, end: int, mark: str) -> list[Span]:
    cells = []
    position = start
    for piece in original[start:end].split(mark):
        left = position + len(piece) - len(piece.lstrip())
        cells.append((left, max(left, position + len(piece.rstrip()))))
        position += len(piece) + 1
    if mark in BARS:
        if cells and cells[0][0] >= cells[0][1]:
            cells.pop(0)
        if cells and cells[-1][0] >= cells[-1][1]:
            cells.pop()
    return cells


def one_a_line(original: str, lines: list[Line], index: int) -> tuple[int, int, DraftTable] | None:
    """A label line and then ``k`` lines that are a figure each, over and over; the heads in the lines before."""
    width = 0
    most = min(len(lines) - index, MOST_COLUMNS + 1)  # a run of figures without end is none, and is asked line by line
    while width < most and _is_value_line(original, lines[index + width]):
        width += 1
    if not 2 <= width <= MOST_COLUMNS or index == 0:
        return None
    groups: list[list[Line]] = []
    place = index - 1
    while place + width < len(lines):
        group = lines[place : place + width + 1]
        if _is_value_line(original, group[0]) or not all(_is_value_line(original, line) for line in group[1:]):
            break
        if group[0].end - group[0].start > 2 * LONGEST_LABEL_PIECE:
            break
        groups.append(group)
        place += width + 1
    if len(groups) < 2:
        return None
    before = index - 1
    head_lines = 0
    while (
        before > 0 and head_lines < width + 1 and lines[before - 1].end - lines[before - 1].start <= LONGEST_LABEL_PIECE
    ):
        if not may_begin(original, lines[before - 1]) or is_caption(original, lines[before - 1]):
            break
        before -= 1
        head_lines += 1
    table: list[list[DraftCell]] = []
    if head_lines >= width:
        spans = [(line.start, line.end) for line in lines[index - 1 - head_lines : index - 1]]
        spans = spans if head_lines == width + 1 else [(spans[0][0], spans[0][0]), *spans]
        table.append([DraftCell([span], True) for span in spans])
    else:
        before = index - 1
    table += [[DraftCell([(line.start, line.end)]) for line in group] for group in groups]
    return before, place, DraftTable(table)


def _is_value_line(original: str, line: Line) -> bool:
    text = original[line.start : line.end].strip()
    return may_begin(original, line) and VALUE.fullmatch(text) is not None and not is_year(text)
