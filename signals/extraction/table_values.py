"""The number in a table's cell, in the unit that cell, row, column or caption tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from signals.extraction.cells import parse_cell
from signals.extraction.lexicon import Lexicon
from signals.extraction.numerals import digits_value
from signals.extraction.records import Entry
from signals.extraction.table_periods import Head
from signals.extraction.wording import listed_words, pattern_of

_NUMBER = pattern_of(r"^[\s(（]*([+\-−－]?)\s*(\d[\d,，]*(?:\.\d+)?)[)）]?\s*(%|％|{in-points})?[\s)）]*$")
_SAID = pattern_of(r"{cell-said}\d")
_SPAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)[-~—–～至](\d[\d,]*(?:\.\d+)?)")
_POINTS = pattern_of(r"({cell-moved})?\s*([+\-−]?\d[\d,]*(?:\.\d+)?)\s*({in-points})", re.IGNORECASE)
AMOUNT, _VOLUME = (
    pattern_of("{head-amount}", re.IGNORECASE),
    pattern_of("{head-volume}", re.IGNORECASE),
)  # which of two units a column has
_MONEY = pattern_of(r"{cell-currency}[(\-−–]*\d[\d,]*(?:\.\d+)?\)?(?:m|mn|bn|k)?|\(\d[\d,]*(?:\.\d+)?\)?%?")
_SUM = pattern_of(
    r"(?:{cell-about}\s*)?{cell-currency}?\s*[-+−–(]?\s*(?:{cell-dollar}|¥)?\d[\d,]*(?:\.\d+)?\s?\)?"
    r"(?:\s*(?:-|–|to|~)\s*{cell-currency}?\s*-?\d[\d,]*(?:\.\d+)?)?"
    r"{cell-scale.zh}?(?:\s?{cell-scale})?(?:\s?{cell-unit})?(?:\s?(?:/|per |a )\s?{cell-for-each})?(?:\s?{cell-of})?",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:[^()（）\d,，;；]{0,24}?(?P<down>{cell-down}))?"
    r"[^()（）\d,，;；]{0,24}?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|％|{in-points})[^()（）\d,，;；]{0,24}"
)
_ANY_CHANGE = re.sub(r"\?P<\w+>", "?:", _CHANGE)
CHANGES_BEHIND = pattern_of(_CHANGE, re.IGNORECASE)  # the changes in a bracket behind a level
_IN_TWO = pattern_of(
    rf"(?P<level>[^()（）;；]{{1,40}}?)\s*(?:[(（]|[;；/]|[,，](?!\d))\s*(?P<change>{_ANY_CHANGE}(?:[,，;；/]\s?{_ANY_CHANGE}){{0,2}})[)）]?",
    re.IGNORECASE,
)
_IN_YUAN = re.compile(r"[-(（]?\d{1,3}(?:[,，]\d{3}){2,}\.\d\d[)）]?")  # to the cent: no thousands or millions
_MEASURED = pattern_of(r"[+\-−]?\d[\d,.]*\s*{cell-measured}")


def in_two(text: str) -> re.Match[str] | None:
    """A level and its change in one cell, "RMB 9.1 billion (up 5.1%)": the groups ``level`` and ``change``."""
    found = _IN_TWO.fullmatch(text.strip())
    return found if found and (_SUM.fullmatch(found["level"].strip()) or _NUMBER.match(found["level"])) else None


def states_figure(text: str) -> bool:
    squeezed = re.sub(r"\s", "", text)
    if re.fullmatch(r"(?:19|20)\d\d(?:[AEFP]|年度?)?", squeezed):
        return False
    if _MONEY.fullmatch(squeezed) or _SUM.fullmatch(text.strip()) or in_two(text):
        return True
    return bool(_MEASURED.match(squeezed)) or bool(
        _SAID.match(squeezed) or _NUMBER.match(squeezed) or _SPAN.fullmatch(squeezed) or _POINTS.search(squeezed)
    )


def value_of(
    text: str,
    change: bool,
    label: Head,
    column: Head,
    default: Sequence[tuple[str, str, Decimal]],
    entry: Entry,
    lexicon: Lexicon,
) -> tuple[Decimal, Decimal | None, str, str] | None:
    """The cell's number (and a range's upper one) in its canonical unit, and the dimension; None when it holds no figure."""
    squeezed = re.sub(r"\s", "", text)
    points = _POINTS.search(squeezed)
    if points:
        number = _decimal(points[2])
        if number is None:
            return None
        return (-abs(number) if points[1] and points[1] in listed_words("cell-fell") else number), None, "pp", "points"
    between = None if change else _SPAN.fullmatch(squeezed)
    if between is not None:
        return _range(between[1], between[2], label, column, default, entry)
    found = _NUMBER.match(squeezed)
    if not found:
        read = parse_cell(text, column.text or None, lexicon)
        if (
            read is None
            or read.dimension in ("plain", "count")
            or (read.value_high is not None and change and not _SAID.match(squeezed))
        ):
            return None
        return read.value, read.value_high, read.unit, read.dimension
    number = _decimal(found[2])
    if number is None:
        return None
    minus = found[1] in ("-", "−", "－") or (squeezed[0] in "(（" and squeezed[-1] in ")）%")
    number = -number if minus and found[1] != "+" else number
    if found[3]:
        return (number, None, "pp", "points") if found[3] not in "%％" else (number, None, "percent", "ratio")
    if change and (column.unit is None or column.unit[0] == "ratio"):
        return number, None, "percent", "ratio"
    levels = entry.data.get("level", ())
    for unit in (label.unit, column.unit, *default):
        if (
            unit
            and not (AMOUNT if unit[0] == "mass" else _VOLUME).search(column.text)
            and (
                unit[0] in levels
                or unit[0] in (entry.data.get("by_dimension") or {})
                or (unit[0] == "ratio" and "ratio" in levels)
            )
        ):
            return number * unit[2], None, unit[1], unit[0]
    if levels and levels[0] == "money" and entry.data.get("unit") is None and _IN_YUAN.fullmatch(squeezed):
        return number, None, "CNY", "money"
    if levels and levels[0] in ("fold", "index") and not change:
        return number, None, "x" if levels[0] == "fold" else "points", str(levels[0])
    if levels and levels[0] == "count" and not change and number == number.to_integral_value():
        return number, None, "count", "count"
    if entry.data.get("unit") == "CNY/share":
        return number, None, "CNY/share", "per_share"
    if levels and levels[0] == "ratio":
        return number, None, "percent", "ratio"
    return None


def _range(
    low: str, high: str, label: Head, column: Head, default: Sequence[tuple[str, str, Decimal]], entry: Entry
) -> tuple[Decimal, Decimal | None, str, str] | None:
    """25000-27000 in the first unit told for it that the metric can have."""
    first, last = _decimal(low), _decimal(high)
    units = (unit for unit in (label.unit, column.unit, *default) if unit)
    unit = next((one for one in units if one[0] in entry.data.get("level", ())), None)
    if first is None or last is None or unit is None or first > last:
        return None
    return first * unit[2], last * unit[2], unit[1], unit[0]


def _decimal(digits: str) -> Decimal | None:
    """The number that the digits and their sign stand for; None for what is too long to be a figure."""
    unsigned = digits.lstrip("+-−").replace("，", ",")
    number = digits_value(unsigned) if unsigned else None
    return -number if number is not None and digits[0] in "-−" else number
