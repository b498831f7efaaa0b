"""Tables in running lines: grids that copying flattened are found again and kept as tables.

Five shapes: cells parted by tabs or pipes, by blanks, glued together, cut over lines, and one cell a line. The text
stays as it was written; the table points at its characters.
"""

from __future__ import annotations

import re

from .draft import DraftCell, DraftTable, Line
from .flat_cells import BARS, one_a_line, parted
from .flat_cut import cut_rows, is_cut
from .flat_heads import ColumnHeads
from .flat_labels import labelled, row_cells
from .flat_lines import LONGEST_LABEL_PIECE, LONGEST_TABLE, is_caption, may_begin
from .flat_rows import LAST_OF_ROW, TOKEN, VALUE, Row, glued_row, no_value, spaced_row
from .flat_run import poured
from .flat_stacked import stacked

_DIGIT = re.compile(r"\d")
_RULED = re.compile(r"[ \t\u3000]*[-=_~─—━┄]{4,}[ \t\u3000]*")  # drawn between head and rows
_MOST_BETWEEN = 3
_HEAD_LINES = 14
_PIECE_LONGEST = 12
_MOST_ROWS = 5_000  # of a document; filings have hundreds


def keep_tables(original: str, lines: list[Line], heads: ColumnHeads) -> tuple[list[Line], bool]:
    """``lines`` with the runs that are a table replaced by one line of kind ``table``; True when rows were too many to
    keep."""
    lines = [line for line in lines if not _RULED.fullmatch(original, line.start, line.end)]
    made: list[Line] = []
    index = 0
    rows = 0
    known = _Rows(original)
    while index < len(lines):
        within = rows < _MOST_ROWS
        found = (
            _table_at(original, lines, index, heads, known) if within and may_begin(original, lines[index]) else None
        )
        if found is None:
            given = lines[index].table
            if given is not None:
                _take_caption(original, made, given)
            made.append(lines[index])
            index += 1
            continue
        first, after, table = found
        rows += len(table.rows)
        del made[len(made) - (index - first) :]
        _take_caption(original, made, table)
        block = lines[first:after]
        for line in block:
            line.kind = "table"  # no later table may take its heads from here
        made.append(
            Line(block[0].start, block[-1].end, "table", table=table, parts=[(line.start, line.end) for line in block])
        )
        made[-1].text = "\n".join(line.text for line in block)
        index = after
    return made, rows >= _MOST_ROWS


def _take_caption(original: str, made: list[Line], table: DraftTable) -> None:
    """The line above a table that names unit or currency is its caption; it holds for tables that follow at once."""
    if made and table.caption is None and is_caption(original, made[-1]):
        table.caption = (made[-1].start, made[-1].end)
        made[-1].kind = "caption"
    before = next((line.table for line in reversed(made[-_MOST_BETWEEN:]) if line.table is not None), None)
    if table.caption is None and before is not None:
        table.caption = before.caption


class _Rows:
    """The rows that lines are, each read once: a run that makes no table is gone through again from each of its lines."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._known: dict[tuple[int, int], Row | None] = {}

    def of(self, line: Line) -> Row | None:
        span = (line.start, line.end)
        if span not in self._known:
            self._known[span] = spaced_row(self._original, *span)
        return self._known[span]


def _table_at(
    original: str, lines: list[Line], index: int, heads: ColumnHeads, known: _Rows
) -> tuple[int, int, DraftTable] | None:
    """The table whose first row of figures (or of pipes, tabs) is line ``index``: first line, line after, grid."""
    line = lines[index]
    text = original[line.start : line.end]
    if "\t" in text or any(text.count(bar) >= 2 for bar in BARS):
        found = poured(original, lines, index) or parted(original, lines, index)
        if found:
            return found
    if not _DIGIT.search(text) and no_value() not in text:
        return None
    if text.rstrip()[-1:] not in LAST_OF_ROW:
        return None
    row = known.of(line)
    if row and len(row.cells) >= 2:
        return _spaced(original, lines, index, heads, known)
    glued = glued_row(original, line.start, line.end, None)
    if glued:
        return _glued(original, lines, index, heads)
    if VALUE.fullmatch(text.strip()):
        return one_a_line(original, lines, index)
    return None


def _spaced(
    original: str, lines: list[Line], index: int, heads: ColumnHeads, known: _Rows
) -> tuple[int, int, DraftTable] | None:
    after = index
    rows: list[Row] = []
    gap = 0
    last = index
    while after < min(len(lines), index + LONGEST_TABLE) and may_begin(original, lines[after]):
        row = known.of(lines[after])
        if row and len(row.cells) >= 2:
            rows.append(row)
            last, gap = after, 0
        elif lines[after].end - lines[after].start <= LONGEST_LABEL_PIECE and gap < _MOST_BETWEEN + 2:
            gap += 1
        else:
            break
        after += 1
    if is_cut(original, rows):
        return _cut(original, lines, index, last, max(len(row.cells) for row in rows), heads)
    columns = len(rows[0].cells)
    grid = [row for row in rows if len(row.cells) == columns]
    first, head = _heads_above(original, lines, index, columns, heads)
    if len(grid) < 2 and head is None:
        return None
    if _prose(original, rows) or columns < 2:
        return None
    return labelled(original, lines, (first, index, last), columns, head, heads)


def _prose(original: str, rows: list[Row]) -> bool:
    """Rows of a table have short labels; sentences that happen to end in figures do not."""
    lengths = [row.label[1] - row.label[0] for row in rows]
    return not rows or sum(lengths) / len(lengths) > 48


def _heads_above(
    original: str, lines: list[Line], index: int, columns: int, heads: ColumnHeads
) -> tuple[int, list[DraftCell] | None]:
    """The line where the heads begin and the head row, or (index, None): known heads over several lines, then one line."""
    first = index
    while first > 0 and index - first < _HEAD_LINES and may_begin(original, lines[first - 1]):
        if not heads.like_head(original[lines[first - 1].start : lines[first - 1].end]):
            break
        first -= 1
    for begin in range(first, index - 1):
        row = heads.rebuilt(original, lines[begin:index], columns)
        if row:
            return begin, _named(lines[begin], row)
    if not index or not may_begin(original, lines[index - 1]):
        return index, None
    if index > 1 and may_begin(original, lines[index - 2]):
        above, below = lines[index - 2], lines[index - 1]
        tops = [match.span() for match in TOKEN.finditer(original, above.start, above.end)]
        two = stacked(original, tops, (below.start, below.end), columns)
        if two:
            return index - 2, _named(above, two)
    line = lines[index - 1]
    tokens = [match.span() for match in TOKEN.finditer(original, line.start, line.end)]
    short = all(end - start <= 24 for start, end in tokens) and original[line.end - 1] not in "。；：:"
    if len(tokens) not in (columns, columns + 1) or not short or columns < 2:
        tokens = heads.cut(original, (line.start, line.end)) or []
    if len(tokens) in (columns, columns + 1):
        row = [DraftCell([span], True) for span in tokens]
        return index - 1, row if len(row) == columns + 1 else _named(line, row)
    row = heads.rebuilt(original, [line], columns) if first < index else None
    return (index - 1, _named(line, row)) if row else (index, None)


def _named(line: Line, row: list[DraftCell]) -> list[DraftCell]:
    """``row`` with an empty head for the column of labels."""
    return [DraftCell([(line.start, line.start)], True), *row]


def _cut(
    original: str, lines: list[Line], index: int, last: int, columns: int, heads: ColumnHeads
) -> tuple[int, int, DraftTable] | None:
    begin = index
    first, head = _heads_above(original, lines, begin, columns, heads)
    while not head and begin > 0 and index - begin < _MOST_BETWEEN and _is_label(original, lines[begin - 1]):
        begin -= 1  # the label of the first row may begin above its figures
        first, head = _heads_above(original, lines, begin, columns, heads)
    after = last + 1
    while after < len(lines) and after - last <= _MOST_BETWEEN and _is_tail(original, lines[after]):
        after += 1
    rows = cut_rows(original, lines[begin:after], columns, heads)
    if len(rows) < 2 and not (head and rows):
        return None
    table: list[list[DraftCell]] = [head] if head else []
    for row in rows:
        table.append([DraftCell(row.label), *(DraftCell(cell) for cell in row.cells)])
    return min(first, begin), after, DraftTable(table)


def _is_label(original: str, line: Line) -> bool:
    """A first piece of a label: a few characters, perhaps with a lone minus."""
    return may_begin(original, line) and line.end - line.start <= _PIECE_LONGEST


def _is_tail(original: str, line: Line) -> bool:
    """A last piece of a label: a few characters that close a bracket."""
    text = original[line.start : line.end]
    return may_begin(original, line) and len(text) <= _PIECE_LONGEST and text.rstrip().endswith((")", "）"))


def _glued(original: str, lines: list[Line], index: int, heads: ColumnHeads) -> tuple[int, int, DraftTable] | None:
    head: list[DraftCell] | None = None
    columns: int | None = None
    first = index
    if index:
        line = lines[index - 1]
        cut = heads.cut(original, (line.start, line.end)) if may_begin(original, line) else None
        if cut and len(cut) >= 2:
            for count, spans in ((len(cut) - 1, cut), (len(cut), [(line.start, line.start), *cut])):
                if glued_row(original, lines[index].start, lines[index].end, count):
                    columns, head, first = count, [DraftCell([span], True) for span in spans], index - 1
                    break
    rows: list[Row] = []
    after = index
    while after < min(len(lines), index + LONGEST_TABLE) and may_begin(original, lines[after]):
        row = glued_row(original, lines[after].start, lines[after].end, columns)
        if row is None or (columns is None and rows and len(row.cells) != len(rows[0].cells)):
            break
        rows.append(row)
        after += 1
    if rows and head is None:
        first, head = _heads_above(original, lines, index, len(rows[0].cells), heads)
    if not rows or (len(rows) < 2 and head is None):
        return None
    table = [head] if head else []
    return first, after, DraftTable(table + [row_cells(row) for row in rows])
