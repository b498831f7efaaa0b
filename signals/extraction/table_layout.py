"""The rows of a table as their figures see them: under which heads, beside which label, below which line between the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from signals.extraction.english_tables import Units
from signals.extraction.marks import Sheet
from signals.extraction.records import Cell, Period, Table
from signals.extraction.table_heads import LIKE_A_YEAR, counts_like_years, head_of, is_head, of_list
from signals.extraction.table_periods import CHANGE, Head, in_calendar
from signals.extraction.table_units import unit_of
from signals.extraction.table_values import states_figure

_UNIT_HEAD = re.compile(r"(?:单位|计量单位|unit|units|unit of measure)", re.IGNORECASE)
_SERIAL = re.compile(r"[\s\d.、#()（）]*")
_TOTAL = re.compile(r"\s*(?:(?:grand |sub-?)?total|合计|总计|小计|sum|overall)\b.{0,20}", re.IGNORECASE)
_EMPTY = re.compile(r"[-—–/.\s]*|不适用|n/?a", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """One row of figures. ``first`` is the first place that can hold one."""

    cells: Sequence[Cell]
    label: Head
    columns: Sequence[Head]
    named: list[Head]  # what its cells of words say
    first: int = 1
    units: int = 0  # the place of a column of units
    rate: bool = False  # a row of changes of the row above
    total: bool = False


def laid_out(table: Table, sheet: Sheet, units: Units, document: Period | None) -> Iterator[Row]:
    """The rows of figures, in order; ``document`` is the period that the document reports about."""
    heads: list[list[Cell]] = []
    columns: list[Head] = []
    closed = False
    label: Head | None = None
    section: Head | None = None
    above: Head | None = None  # the last label with a metric of its own
    for cells in table.rows:
        if not any(cell.text.strip() for cell in cells):
            continue
        if heads and _is_section(cells):
            units.takes(cells)
            section, label = head_of([cells[0]], sheet), None
            continue
        if heads and units.takes(cells):
            continue
        if is_head(cells) and not counts_like_years(cells, heads, sheet):
            if closed or not heads:
                heads, section = [], None
            closed = False
            _add_heads(heads, cells)
            continue
        if not heads:
            if len(cells) != 2 or states_figure(cells[0].text):
                continue
            heads = [[], []]  # a list of labels and figures has no heads
        if not closed:
            columns = [head_of(_spread(heads, place), sheet) for place in range(len(heads))]
            columns = in_calendar(columns, document)
        closed = True
        row = _row(cells, label, columns, sheet)
        label = row.label
        if section is not None:
            row.label = _under(section, row.label)
        row.label = of_list(row.label, columns[0].text, sheet)
        if row.label.metric is None and CHANGE.search(row.label.text) and not any(one.metric for one in columns):
            row.rate = above is not None
            row.label = replace(row.label, metric=above.metric, products=above.products) if above else row.label
        elif row.label.metric is not None:
            above = row.label
        yield row


def _is_section(cells: Sequence[Cell]) -> bool:
    """Whether a row only titles those below: one text, in the first cell or across all."""
    texts = [cell.text.strip() for cell in cells]
    if len(cells) < 2 or not texts[0] or states_figure(texts[0]):
        return False
    return not any(texts[1:]) or (all(cell is cells[0] for cell in cells[1:]) and len(texts[0]) < 80)


def _add_heads(heads: list[list[Cell]], cells: Sequence[Cell]) -> None:
    for place, cell in enumerate(cells):
        while len(heads) <= place:
            heads.append([])
        heads[place].append(cell)


def _spread(heads: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    """The cells over a column; what a page wrote over several columns without saying so is spread over the blanks beside it."""
    own = list(heads[place])
    if place < 2 or len(own) < 2:
        return own
    for depth in range(len(own) - 1):
        left = heads[place - 1]
        if own[depth].text.strip() or len(left) <= depth + 1 or not own[-1].text.strip() or not left[-1].text.strip():
            continue
        for before in range(place - 1, 0, -1):
            if len(heads[before]) <= depth:
                break
            if heads[before][depth].text.strip():
                own[depth] = heads[before][depth]
                break
    return own


def _row(cells: Sequence[Cell], last: Head | None, columns: Sequence[Head], sheet: Sheet) -> Row:
    """The row with all that its cells of words say of it."""
    if columns and columns[0].metric is not None and states_figure(cells[0].text):
        return Row(cells, Head(""), columns, [], 0)  # one row of figures under its heads
    label = head_of([cells[0]], sheet) if cells[0].text.strip() or last is None else last
    named, beside, leading = [], [], True
    unit, units = None, 0
    for place, cell in enumerate(cells[1:], 1):
        text = cell.text.strip()
        if place < len(columns) and _UNIT_HEAD.fullmatch(columns[place].text.strip()):
            unit, units = text, place
        elif states_figure(text) or (LIKE_A_YEAR.fullmatch(text) and place < len(columns) and columns[place].unit):
            leading = False
        elif 1 < len(text) < 60 and not _EMPTY.fullmatch(text):
            named.append(head_of([cell], sheet))
            if leading:
                beside.append(named[-1])
    if not (cells[0].text.strip() == "" and last is not None):
        label = _joined(label, beside)
    if unit:
        label = replace(label, unit=unit_of(unit) or label.unit, text=f"{label.text}|{unit}")
    return Row(cells, label, columns, named, units=units, total=_TOTAL.fullmatch(label.text.split("|")[0]) is not None)


def _joined(label: Head, beside: Sequence[Head]) -> Head:
    """The label with what the cells of words next to it add: a product beside "Output", a firm beside its rank."""
    serial = _SERIAL.fullmatch(label.text) is not None
    for one in beside:
        if serial and one.text:
            label = replace(one, span=label.span if label.span != (0, 0) else one.span)
            serial = False
            continue
        if label.metric is None and one.metric is not None and not label.products:
            label = replace(label, metric=one.metric)
        if not label.products and one.products:
            label = replace(label, products=one.products)
        if label.period is None and one.period is not None:
            label = replace(label, period=one.period)
    return label


def _under(section: Head, label: Head) -> Head:
    """The label with what the title of its part of the table says of all rows below."""
    return replace(
        label,
        metric=label.metric or section.metric,
        products=label.products or section.products,
        name=label.name or section.name,
        period=label.period or section.period,
        unit=label.unit or section.unit,
        text=label.text if label.unit else f"{label.text}|{section.text}",
    )
