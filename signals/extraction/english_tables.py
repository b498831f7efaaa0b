"""Cells of English tables: "$(25,516)" under "(in thousands, except per share data)", a column of units, cents a share.

What a number is counted in may stand in the cell, the row's label, a cell of its own ("A$m", "Kg"), the column's head, a line
between the rows or the sentence above the table: each gives what the nearer ones leave open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from signals.extraction.marks import Sheet
from signals.extraction.numerals import digits_value
from signals.extraction.records import Cell, Entry, Table
from signals.extraction.table_periods import Head
from signals.extraction.table_units import IN_UNITS, Told, loose_unit, table_unit, told_by
from signals.extraction.wording import pattern_of

_NUMBER = re.compile(
    r"(?:US\$|A\$|HK\$|C\$|RMB|CNY|¥|€|\$)?\s*(?P<neg>[-−–]|\()?\s*(?:US\$|A\$|HK\$|RMB|¥|€|\$)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s*[-–—~]\s*(?P<high>\d[\d,]*(?:\.\d+)?))?\s*\)?\s*(?P<tail>%|pp|pct|bn|mn|m|k|kt|t|(?:US |HK |A)?cents)?\s*\)?",
)
_UNIT_CELL = pattern_of("{table-unit-cell}", re.IGNORECASE)
_RUN = re.compile(
    r"(?:(?:three|six|nine|twelve|3|6|9|12) months|quarter|half(?:[- ]year)?|year|period)s?\s+(?:ended|ending|to)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY\s?)?(20\d\d)(?:\s?[AE])?")
_HAN = re.compile("[\u4e00-\u9fff]")
_LINE = 400  # characters above a table in which the line above lies
_ABOVE = 300  # and in which a sentence may tell its units


def gives_unit(row: Sequence[Cell]) -> Told | None:
    """The unit that a line between the rows gives; None for a row that is no such line."""
    texts = list(dict.fromkeys(cell.text.strip() for cell in row if cell.text.strip()))
    if not texts or any(_NUMBER.fullmatch(text) for text in texts) or len(texts) > 2:
        return None
    whole = " ".join(texts)
    return table_unit(whole) if IN_UNITS.search(whole) else None


def is_section(row: Sequence[Cell]) -> bool:
    """Whether a row only titles those below: "Key Performance Indicators:"."""
    return bool(row and row[0].text.strip()) and not any(cell.text.strip() for cell in row[1:])


def unit_cell(row: Sequence[Cell]) -> str:
    """The row's cell that holds nothing but a unit: "Tonne", "A$m"; "" without one."""
    for cell in row[1:]:
        text = cell.text.strip()
        if text and text not in ("$", "%") and _UNIT_CELL.fullmatch(text):
            return text
    return ""


def value_of_cell(
    text: str, entry: Entry, sources: Iterable[Told], *, change: bool, currency: str, dollar: str
) -> tuple[Decimal, Decimal | None, str, str] | None:
    """The cell's number in its canonical unit and its dimension; None where nothing tells the unit.

    ``sources`` are what label, unit cell, head and table tell, the nearest first; ``currency`` is the document's, ``dollar``
    what it means by "$".
    """
    squeezed = text.strip()
    found = _NUMBER.fullmatch(squeezed)
    if found is None:
        return None
    told = [told_by(squeezed), *sources]
    *_, table = told
    number = digits_value(found["number"])
    high = digits_value(found["high"]) if found["high"] else None
    if number is None or (high is not None and high < number):
        return None
    if found["neg"] and high is None:
        number = -number
    tail = found["tail"] or ""
    if tail in ("pp",):
        return number, high, "pp", "points"
    near = told[:-1]
    levels = entry.data.get("level", ())
    if tail in ("%", "pct") or (any(one.ratio for one in near) and (change or levels[:1] == ["ratio"])):
        return number, high, "percent", "ratio"
    money = next((one.currency for one in told if one.currency), currency)
    money = dollar if money == "$" else money
    per = next((one.per for one in near if one.per), table.per)
    weight = next((one.weight for one in near if one.weight is not None), table.weight)

    def scaled(unit: str, dimension: str, factor: Decimal) -> tuple[Decimal, Decimal | None, str, str]:
        return number * factor, None if high is None else high * factor, unit, dimension

    if per == "share" or entry.data.get("unit") == "CNY/share":
        if entry.data.get("unit") != "CNY/share" or not money:
            return None
        return scaled(f"{money}/share", "per_share", Decimal("0.01") if any(one.cents for one in near) else Decimal(1))
    if "price" in levels:
        kilo = per == "kg" or (not per and weight == Decimal("0.001"))
        if not money or not (per or weight is not None):
            return None
        factor = next((one.scale for one in near if one.scale), (table.scale if table.per else 0) or 1)
        return scaled(f"{money}/t", "price", Decimal(1000 if kilo else 1) * factor)
    if "mass" in levels and weight is not None and not any(one.currency for one in near):
        return scaled("t", "mass", weight)
    if "money" in levels and money:
        scale = {"bn": 10**9, "mn": 10**6, "m": 10**6, "k": 1000}.get(tail, 0) or next(
            (one.scale for one in told if one.scale), 0
        )
        shown = any(one.currency for one in told)
        return scaled(money, "money", Decimal(scale or 1)) if scale or shown else None
    return None


def joint_period(texts: Sequence[str]) -> str | None:
    """ "For the three months ended September 30," over "2024" as one phrase; None where the heads are none such."""
    run = next((text for text in texts if _RUN.search(text) and not re.search(r"20\d\d", text)), None)
    number = next((found[1] for text in texts if (found := _YEAR.fullmatch(text.strip()))), None)
    return f"{run.rstrip(' ,:')}, {number}" if run and number else None


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
