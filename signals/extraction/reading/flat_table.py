"""Tables in running lines: grids that copying flattened are found again and kept as tables.

Five shapes: cells parted by tabs or pipes, by blanks, glued together, cut over lines, and one cell a line. The text
stays as it was written; the table points at its characters.
"""

from __future__ import annotations

import re

from signals.extraction.records import Span

from .draft import DraftCell, DraftTable, Line
from .flat_cut import cut_rows, is_cut
from .flat_heads import ColumnHeads
from .flat_rows import VALUE, Row, glued_row, is_year, spaced_row

_UNIT_LINE = re.compile(
    r".{0,40}(?:单位|單位|币种|幣種|金额单位)\s?[:：].{1,40}|"
    r"[(（]?(?:in |unit:? ?)?(?:RMB|CNY|yuan|US\$|USD|人民币).{0,20}"
    r"(?:million|billion|thousand|万元|亿元|千元|元|mn|bn)[)）]?",
    re.I,
)
_TOKEN = re.compile(r"[^ \t\u3000\u00a0|]+")
_DIGIT = re.compile(r"\d")
_MOST_BETWEEN = 3
_SHORT = 30
_HEAD_LINES = 14
_MOST_ROWS = 5_000  # of a document; filings have hundreds
_LONGEST_TABLE = 2_500  # lines looked at for one table
_RULE_CELL = re.compile(r":?-{2,}:?")


def keep_tables(original: str, lines: list[Line], heads: ColumnHeads) -> tuple[list[Line], bool]:
    """``lines`` with the runs that are a table replaced by one line of kind ``table``; True when rows were too many to
    keep."""
    made: list[Line] = []
    index = 0
    rows = 0
    while index < len(lines):
        within = rows < _MOST_ROWS
        found = _table_at(original, lines, index, heads) if within and _may_begin(original, lines[index]) else None
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
        made.append(
            Line(block[0].start, block[-1].end, "table", table=table, parts=[(line.start, line.end) for line in block])
        )
        made[-1].text = "\n".join(line.text for line in block)
        index = after
    return made, rows >= _MOST_ROWS


def _take_caption(original: str, made: list[Line], table: DraftTable) -> None:
    """The line above a table that names unit or currency is the table's caption."""
    if made and table.caption is None and _is_caption(original, made[-1]):
        table.caption = (made[-1].start, made[-1].end)
        made[-1].kind = "caption"


def _is_caption(original: str, line: Line) -> bool:
    return (
        line.kind in ("paragraph", "heading", "caption")
        and _UNIT_LINE.fullmatch(original, line.start, line.end) is not None
    )


def _may_begin(original: str, line: Line) -> bool:
    return line.kind in ("paragraph", "heading", "item", "caption") and line.end > line.start


def _table_at(original: str, lines: list[Line], index: int, heads: ColumnHeads) -> tuple[int, int, DraftTable] | None:
    """The table whose first row of figures (or of pipes, tabs) is line ``index``: first line, line after, grid."""
    line = lines[index]
    text = original[line.start : line.end]
    if text.count("|") >= 2 or "\t" in text:
        found = _parted(original, lines, index)
        if found:
            return found
    if not _DIGIT.search(text) and "不适用" not in text:
        return None
    row = spaced_row(original, line.start, line.end)
    if row and len(row.cells) >= 2:
        return _spaced(original, lines, index, heads)
    glued = glued_row(original, line.start, line.end, None)
    if glued:
        return _glued(original, lines, index, heads)
    if VALUE.fullmatch(text.strip()):
        return _one_a_line(original, lines, index)
    return None


def _parted(original: str, lines: list[Line], index: int) -> tuple[int, int, DraftTable] | None:
    """Lines with the same number of pipes or tabs."""
    mark = "|" if original.count("|", lines[index].start, lines[index].end) >= 2 else "\t"
    rows: list[list[DraftCell]] = []
    after = index
    while after < min(len(lines), index + _LONGEST_TABLE) and _may_begin(original, lines[after]):
        start, end = lines[after].start, lines[after].end
        if original.count(mark, start, end) < (2 if mark == "|" else 1):
            break
        cells = _split_on(original, start, end, mark)
        if not all(_RULE_CELL.fullmatch(original, *cell) for cell in cells):
            rows.append([DraftCell([cell]) for cell in cells])
        after += 1
    widths = {len(row) for row in rows}
    if len(rows) < 2 or max(widths) < 2 or len(widths) > 2:
        return None
    return index, after, DraftTable(rows)


def _split_on(original: str, start: int, end: int, mark: str) -> list[Span]:
    cells = []
    position = start
    for piece in original[start:end].split(mark):
        left = position + len(piece) - len(piece.lstrip())
        cells.append((left, max(left, position + len(piece.rstrip()))))
        position += len(piece) + 1
    if mark == "|":
        if cells and cells[0][0] >= cells[0][1]:
            cells.pop(0)
        if cells and cells[-1][0] >= cells[-1][1]:
            cells.pop()
    return cells


def _spaced(original: str, lines: list[Line], index: int, heads: ColumnHeads) -> tuple[int, int, DraftTable] | None:
    after = index
    rows: list[Row] = []
    gap = 0
    last = index
    while after < min(len(lines), index + _LONGEST_TABLE) and _may_begin(original, lines[after]):
        row = spaced_row(original, lines[after].start, lines[after].end)
        if row and len(row.cells) >= 2:
            rows.append(row)
            last, gap = after, 0
        elif lines[after].end - lines[after].start <= _SHORT and gap < _MOST_BETWEEN + 2:
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
    return _labelled(original, lines, (first, index, last), columns, head, heads)


def _labelled(
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
        while begin > 0 and _is_label_piece(original, lines[begin - 1], heads) and index - begin < _MOST_BETWEEN:
            begin -= 1
        loose = [(line.start, line.end) for line in lines[begin:index]]
    stop = index
    for place in range(index, last + 1):
        line = lines[place]
        row = spaced_row(original, line.start, line.end)
        if row is None and len(loose) < _MOST_BETWEEN:
            loose.append((line.start, line.end))
            continue
        if row is None or len(row.cells) != columns:
            break  # prose, or a table of another width
        cells = _cells(row, header=not head and place == index and all(is_year(original[s:e]) for s, e in row.cells))
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
    return _may_begin(original, line) and len(text) <= _SHORT and heads.fits_row(text) == 1


def _is_label_tail(original: str, label: DraftCell, line: Line, heads: ColumnHeads) -> bool:
    """True when the line completes the last row's label to one that filings have."""
    text = original[line.start : line.end]
    if not _may_begin(original, line) or len(text) > _SHORT:
        return False
    written = "".join(original[start:end] for start, end in label.parts)
    return heads.fits_row(written) < 2 <= heads.fits_row(written + text) or _closes(written, text)


def _closes(label: str, text: str) -> bool:
    """True for the rest of a bracket that the label left open."""
    opened = label.count("(") + label.count("（") - label.count(")") - label.count("）")
    return opened > 0 and len(text) <= 12 and text.rstrip().endswith((")", "）"))


def _prose(original: str, rows: list[Row]) -> bool:
    """Rows of a table have short labels; sentences that happen to end in figures do not."""
    lengths = [row.label[1] - row.label[0] for row in rows]
    return not rows or sum(lengths) / len(lengths) > 48


def _cells(row: Row, header: bool = False) -> list[DraftCell]:
    return [DraftCell([row.label], header), *(DraftCell([cell], header) for cell in row.cells)]


def _heads_above(
    original: str, lines: list[Line], index: int, columns: int, heads: ColumnHeads
) -> tuple[int, list[DraftCell] | None]:
    """The line where the heads begin and the head row, or (index, None)."""
    if index and _may_begin(original, lines[index - 1]):
        line = lines[index - 1]
        tokens = [match.span() for match in _TOKEN.finditer(original, line.start, line.end)]
        short = all(end - start <= 24 for start, end in tokens) and original[line.end - 1] not in "。；：:"
        if len(tokens) in (columns, columns + 1) and short and columns >= 2:
            spans = tokens if len(tokens) == columns + 1 else [(line.start, line.start), *tokens]
            return index - 1, [DraftCell([span], True) for span in spans]
        cut = heads.cut(original, (line.start, line.end))
        if cut and len(cut) in (columns, columns + 1):
            spans = cut if len(cut) == columns + 1 else [(line.start, line.start), *cut]
            return index - 1, [DraftCell([span], True) for span in spans]
    first = index
    while first > 0 and index - first < _HEAD_LINES and _may_begin(original, lines[first - 1]):
        if not heads.like_head(original[lines[first - 1].start : lines[first - 1].end]):
            break
        first -= 1
    for begin in range(first, index):
        row = heads.rebuilt(original, lines[begin:index], columns)
        if row:
            return begin, [DraftCell([(lines[begin].start, lines[begin].start)], True), *row]
    return index, None


def _cut(
    original: str, lines: list[Line], index: int, last: int, columns: int, heads: ColumnHeads
) -> tuple[int, int, DraftTable] | None:
    first, head = _heads_above(original, lines, index, columns, heads)
    begin = index
    while begin > first and not head and lines[begin - 1].end - lines[begin - 1].start <= 12:
        begin -= 1  # the label of the first row may begin above its figures
    after = last + 1
    while after < len(lines) and after - last <= _MOST_BETWEEN and _is_tail(original, lines[after]):
        after += 1
    rows = cut_rows(original, lines[begin:after], columns, heads)
    if len(rows) < 2:
        return None
    table: list[list[DraftCell]] = [head] if head else []
    for row in rows:
        table.append([DraftCell(row.label), *(DraftCell(cell) for cell in row.cells)])
    return min(first, begin), after, DraftTable(table)


def _is_tail(original: str, line: Line) -> bool:
    """A last piece of a label: a few characters that close a bracket."""
    text = original[line.start : line.end]
    return _may_begin(original, line) and len(text) <= 12 and text.rstrip().endswith((")", "）"))


def _glued(original: str, lines: list[Line], index: int, heads: ColumnHeads) -> tuple[int, int, DraftTable] | None:
    head: list[DraftCell] | None = None
    columns: int | None = None
    first = index
    if index:
        line = lines[index - 1]
        cut = heads.cut(original, (line.start, line.end)) if _may_begin(original, line) else None
        if cut and len(cut) >= 2:
            for count, spans in ((len(cut) - 1, cut), (len(cut), [(line.start, line.start), *cut])):
                if glued_row(original, lines[index].start, lines[index].end, count):
                    columns, head, first = count, [DraftCell([span], True) for span in spans], index - 1
                    break
    rows: list[Row] = []
    after = index
    while after < min(len(lines), index + _LONGEST_TABLE) and _may_begin(original, lines[after]):
        row = glued_row(original, lines[after].start, lines[after].end, columns)
        if row is None or (columns is None and rows and len(row.cells) != len(rows[0].cells)):
            break
        rows.append(row)
        after += 1
    if not rows or (len(rows) < 2 and head is None):
        return None
    table = [head] if head else []
    return first, after, DraftTable(table + [_cells(row) for row in rows])


def _one_a_line(original: str, lines: list[Line], index: int) -> tuple[int, int, DraftTable] | None:
    """A label line and then ``k`` lines that are a figure each, over and over; the heads in the lines before."""
    width = 0
    while index + width < len(lines) and _is_value_line(original, lines[index + width]):
        width += 1
    if width < 2 or index == 0:
        return None
    groups: list[list[Line]] = []
    place = index - 1
    while place + width < len(lines):
        group = lines[place : place + width + 1]
        if _is_value_line(original, group[0]) or not all(_is_value_line(original, line) for line in group[1:]):
            break
        if group[0].end - group[0].start > 2 * _SHORT:
            break
        groups.append(group)
        place += width + 1
    if len(groups) < 2:
        return None
    before = index - 1
    head_lines = 0
    while before > 0 and head_lines < width + 1 and lines[before - 1].end - lines[before - 1].start <= _SHORT:
        if not _may_begin(original, lines[before - 1]) or _is_caption(original, lines[before - 1]):
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
    return _may_begin(original, line) and VALUE.fullmatch(text) is not None and not is_year(text)
