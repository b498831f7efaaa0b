"""What a row's label and a column's head say of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from signals.extraction.marks import Sheet
from signals.extraction.metrics import is_weak
from signals.extraction.records import Cell
from signals.extraction.table_periods import Head
from signals.extraction.table_values import states_figure, unit_of

_HAN = re.compile("[\u4e00-\u9fff]")
_BRACKET = re.compile(r"[（(][^()（）]*[)）]")


def is_head(row: Sequence[Cell]) -> bool:
    if any(states_figure(cell.text) for cell in row[1:]):
        return False
    return not re.search(r"不适用|N/A|— —|--", "".join(cell.text for cell in row))


def _tells(key: str, sheet: Sheet) -> bool:
    """Whether a name in a head is a broker or outlet: it says a figure, the figure is another's."""
    record = sheet.lexicon.companies.get(key)
    return record is not None and record.kind in ("publisher", "person")


def head_of(cells: Sequence[Cell], sheet: Sheet) -> Head:
    head = Head(
        "|".join(dict.fromkeys(re.sub(r"\s+", "" if _chinese(cell.text) else " ", cell.text).strip() for cell in cells))
    )
    head.unit = next((unit for unit in map(unit_of, reversed(head.text.split("|"))) if unit), None)
    marks = None
    for cell in cells:
        if not cell.spans:
            continue
        start, end = cell.spans[0][0], cell.spans[-1][1]
        if head.span == (0, 0):
            head.span = (start, end)
        marks = sheet.within(start, end)
        head.name = next((name.key for name in marks.names if not _tells(name.key, sheet)), head.name)
        head.period = marks.periods[0] if marks.periods and len(cell.spans) == 1 else head.period
    found = sheet.lexicon.find(head.text) if any(char.isalpha() for char in head.text) else []
    named = sheet.text[slice(*marks.names[0].span)] if marks is not None and marks.names else ""
    own = [
        hit
        for hit in found
        if hit.kind == "metrics"
        and not hit.entry.data.get("tight")
        and (not is_weak(hit) or _BRACKET.sub("", head.text).strip() == hit.alias)
    ]
    head.metric = max(own, key=lambda hit: hit.end - hit.start, default=None)
    # the 稀土 of a firm's name says nothing of the product
    head.products = [hit for hit in found if hit.kind == "products" and hit.alias not in named]
    return head


def _chinese(text: str) -> bool:
    return _HAN.search(text) is not None
