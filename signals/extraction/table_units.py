"""The units of one English table, gathered while its rows are gone through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from signals.extraction.english_tables import (
    Told,
    gives_unit,
    is_section,
    loose_unit,
    table_unit,
    told_by,
    unit_cell,
    value_of_cell,
)
from signals.extraction.marks import Sheet
from signals.extraction.records import Cell, Entry, Table
from signals.extraction.table_periods import Head

_HAN = re.compile("[\u4e00-\u9fff]")
_LINE = 400  # and in which the line above lies
_ABOVE = 300  # characters above a table in which a sentence may tell its units


class Units:
    """What a table's numbers are counted in; nothing for tables with Chinese heads, which have rules of their own."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        first = " ".join(cell.text for row in table.rows[:3] for cell in row)
        self._english = _HAN.search(first) is None
        above = sheet.text[max(0, table.span[0] - _ABOVE) : table.span[0]]
        caption = sheet.text[slice(*table.caption)] if table.caption else ""
        corner = " ".join(row[0].text for row in table.rows[:3] if row)
        line = sheet.text[max(0, table.span[0] - _LINE) : table.span[0]].rstrip().rpartition("\n")[2]
        stretches = (
            (table_unit, f"({corner})"),
            (table_unit, caption),
            (loose_unit, f"({caption})"),
            (loose_unit, line),
        )
        told = (read(text) for read, text in (*stretches, (table_unit, above)) if text.strip("()"))
        self._table = next((one for one in told if one != Told()), Told())
        money = Counter(figure.unit for figure in sheet.quantities.items if figure.dimension == "money")
        self._currency = money.most_common(1)[0][0] if money else ""
        self._dollar = "AUD" if self._english and _of_australia(sheet) else "USD"

    def takes(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a line between the others: a title, or the unit of those below."""
        if not self._english:
            return False
        told = gives_unit(row)
        if told is not None:
            self._table = told
            return True
        return is_section(row)

    def value(
        self,
        row: Sequence[Cell],
        place: int,
        text: str,
        label: Head,
        columns: Sequence[Head],
        entry: Entry,
        change: bool,
    ) -> tuple[Decimal, Decimal | None, str, str] | None:
        """The number in ``text``, a cell's or its first part; a sign or bracket in a cell of its own belongs to it."""
        if not self._english:
            return None
        text = text.strip()
        before = row[place - 1].text.strip() if place else ""
        if before in ("$", "US$", "HK$", "A$", "RMB", "¥"):
            text = f"{before}{text}"
        if place + 1 < len(row) and row[place + 1].text.strip() in (")", "%", ")%"):
            text += row[place + 1].text.strip()
        sources = [told_by(label.text), told_by(unit_cell(row)), told_by(columns[place].text), self._table]
        return value_of_cell(text, entry, sources, change=change, currency=self._currency, dollar=self._dollar)


def _of_australia(sheet: Sheet) -> bool:
    """Whether a plain "$" is the Australian dollar: "A$" stands somewhere, or the firm named most is listed there."""
    if "US$" in sheet.text or "USD" in sheet.text:
        return False
    if "A$" in sheet.text or "$US" in sheet.text:
        return True
    named = Counter(name.key for name in sheet.names.items)
    for key, _ in named.most_common(3):
        record = sheet.lexicon.companies.get(key)
        if record is not None and record.kind == "listed-company":
            return any(one.scheme == "ASX" for one in record.identifiers)
    return False
