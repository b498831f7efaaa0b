"""Tables of a page: which are data and which are layout, and the grid of a data table with its spans expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce

from selectolax.lexbor import LexborNode

from .draft import DraftCell, DraftTable
from .halves import joined

_LONGEST_CELL = 400
_LONGEST_PAIR = 120
_WIDEST = 60  # columns; a colspan beyond is a mistake or an attack
_HEAD_ROWS = 3
_CELLS_LOOKED_AT = 80
_BLOCK_BREAKS = frozenset({"br", "p", "div", "li"})


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    part = table.child
    while part is not None:
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "thead", "tfoot"):
            row = part.child
            while row is not None:
                if row.tag == "tr":
                    yield row
                row = row.next
        part = part.next


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    cell = row.child
    while cell is not None:
        if cell.tag in ("td", "th"):
            yield cell
        cell = cell.next


def is_data_table(table: LexborNode) -> bool:
    """Data has rows and columns of short cells; a table with a table, a heading or an article in it is layout."""
    if table.css_first("table table, h1, h2, form, ul ul") is not None:
        return False
    rows = seen = wide = 0
    for row in _rows(table):
        rows += 1
        cells = 0
        for cell in _cells(row):
            cells += 1
            seen += 1
            if len(cell.text(deep=True, strip=True)) > _LONGEST_CELL:
                return False
        wide = max(wide, cells)
        if seen > _CELLS_LOOKED_AT:
            break
    return rows >= 2 and wide >= 2


def pairs_of(listed: LexborNode) -> list[tuple[LexborNode, LexborNode]]:
    """The terms of a <dl> with what each is said to be; empty where one has several, or where these are whole paragraphs."""
    pairs: list[tuple[LexborNode, LexborNode]] = []
    term: LexborNode | None = None
    for node in listed.css("dt, dd"):
        if len(node.text(deep=True, strip=True)) > _LONGEST_PAIR or node.css_first("p, ul, ol, table, dl") is not None:
            return []
        if node.tag == "dt":
            if term is not None:
                return []
            term = node
        elif term is None:
            return []
        else:
            pairs.append((term, node))
            term = None
    return pairs if term is None and len(pairs) > 1 else []


def draft_pairs(pairs: list[tuple[LexborNode, LexborNode]], write: Callable[[str, str], tuple[int, int]]) -> DraftTable:
    """Two columns: terms and what they are."""
    rows: list[list[DraftCell]] = []
    for term, said in pairs:
        label = DraftCell([write(cell_text(term), "\n" if rows else "")], False)
        rows.append([label, DraftCell([write(cell_text(said), "\t")], False)])
    return DraftTable(rows)


def caption_of(table: LexborNode) -> str:
    """The text of the table's own caption, or an empty string."""
    first = table.child
    while first is not None and first.tag == "-text":
        first = first.next
    return " ".join(first.text(deep=True).split()) if first is not None and first.tag == "caption" else ""


def cell_text(cell: LexborNode) -> str:
    """The cell's text on one line; a number that a line break cut is whole again."""
    lines: list[list[str]] = [[]]
    for node in cell.traverse(include_text=True):
        if node.tag == "-text":
            parent = node.parent
            if parent is None or parent.tag not in ("script", "style"):
                lines[-1].append(node.text_content or "")
        elif node.tag in _BLOCK_BREAKS and lines[-1]:
            lines.append([])
    return reduce(
        lambda before, after: joined(before, after, in_cell=True), (" ".join("".join(x).split()) for x in lines)
    )


def draft_table(table: LexborNode, write: Callable[[str, str], tuple[int, int]]) -> DraftTable:
    """The grid; ``write`` puts a cell's text on the page and says where. A spanned cell stands in all its places."""
    rows: list[list[DraftCell]] = []
    below: dict[int, tuple[int, DraftCell]] = {}  # column -> (rows still to fill, cell)
    for index, row in enumerate(_rows(table)):
        line: list[DraftCell] = []
        separator = "\n" if rows else ""
        cells = list(_cells(row))
        in_head = row.parent is not None and row.parent.tag == "thead"
        all_heads = bool(cells) and all(cell.tag == "th" for cell in cells)
        for cell in cells:
            _fill_from_above(line, below)
            start, end = write(cell_text(cell), separator)
            separator = "\t"
            header = in_head or all_heads or (cell.tag == "th" and index < _HEAD_ROWS and len(line) > 0)
            made = DraftCell([(start, end)], header)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(min(across, _WIDEST - len(line))):
                if down > 1:
                    below[len(line)] = (down - 1, made)
                line.append(made)
        _fill_from_above(line, below)
        if line:
            rows.append(line)
    return DraftTable(rows)


def _fill_from_above(line: list[DraftCell], below: dict[int, tuple[int, DraftCell]]) -> None:
    while len(line) in below:
        column = len(line)
        left, cell = below.pop(column)
        if left > 1:
            below[column] = (left - 1, cell)
        line.append(cell)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name)
    return max(1, min(int(value), 200)) if value and value.isdigit() and len(value) < 5 else 1
