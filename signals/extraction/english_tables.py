"""Cells of English tables: "$(25,516)" under "(in thousands, except per share data)", a column of units, cents a share.

What a number is counted in may stand in the cell, the row's label, a cell of its own ("A$m", "Kg"), the column's head, a line
between the rows or the sentence above the table: each gives what the nearer ones leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from signals.extraction.gated import Gated
from signals.extraction.numerals import digits_value
from signals.extraction.records import Cell, Entry
from signals.extraction.wording import pattern_of, ranked

_NUMBER = re.compile(
    r"(?:US\$|A\$|HK\$|C\$|RMB|CNY|¥|€|\$)?\s*(?P<neg>[-−–]|\()?\s*(?:US\$|A\$|HK\$|RMB|¥|€|\$)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s*[-–—~]\s*(?P<high>\d[\d,]*(?:\.\d+)?))?\s*\)?\s*(?P<tail>%|pp|pct|bn|mn|m|k|kt|t|(?:US |HK |A)?cents)?\s*\)?",
)
_UNIT_CELL = re.compile(
    r"(?:(?:US|HK|A|C)?\$|RMB|CNY|yuan|¥|€)?\s?['’]?(?:000s?|k|m|mn|million|thousand|bn|billion)?(?:\s?(?:/|per )\s?(?:kg|t|mt|tonne|ton|share))?|%|t|mt|kt|kg|tonnes?|tons?|kilograms?|REOt|points?",
    re.IGNORECASE,
)
_IN_UNITS = re.compile(
    r"(?:\b(?:in|financials in|figures in|amounts in|expressed in|all figures)\s+(?:whole |units or )*|\()(?:(?:US|HK|A|C)?\$\s?|RMB\s?|CNY\s?|¥\s?)?"
    r"(?:['’]?000['’]?s?|thousands?|millions?|billions?|m\b|whole units|units|yuan|RMB|CNY|US dollars|tonnes|metric tons)[^.;]{0,60}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:^|[(,;:]|\bin\b)\s*(?:all |figures |amounts |units? )*(?P<unit>(?:(?:US|HK|AU?|C)?\$|RMB|CNY|USD|AUD|HKD|¥|€|yuan)?\s?"
    r"(?:['’]?000['’]?s?|10,000|100 million|thousands?|millions?|billions?|mn?|bn)?(?: of)?\s?(?:(?:US|HK|A)\$|\$|RMB|CNY|USD|yuan|(?:US |HK )?dollars?|(?:metric )?(?:tonnes?|tons?)|mt|t)?"
    r"(?:\s?(?:/|per |a )\s?(?:kg|tonne|ton|mt|t|year|yr|share))?)(?=\s*(?:[),.;:]|$|\bunless\b|\bexcept\b|\bof REO\b|\band\b|\bREO\b))",
    re.IGNORECASE,
)
_WHOLE_UNITS = pattern_of("{table-whole-units}", re.IGNORECASE)
_RUN = re.compile(
    r"(?:(?:three|six|nine|twelve|3|6|9|12) months|quarter|half(?:[- ]year)?|year|period)s?\s+(?:ended|ending|to)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY\s?)?(20\d\d)(?:\s?[AE])?")


@dataclass(frozen=True, slots=True)
class Told:
    """What some words say of a unit; what they leave open is empty."""

    currency: str = ""
    scale: int = 0
    per: str = ""
    weight: Decimal | None = None
    ratio: bool = False
    cents: bool = False


def told_by(text: str) -> Told:
    """The unit that the words of a label, head or line name."""
    if not text:
        return Told()
    weight = _first(ranked("table_weight"), text)
    return Told(
        str(_first(ranked("table_currency"), text).get("unit", "")),
        1 if _WHOLE_UNITS.search(text) else int(_first(ranked("table_scale"), text).get("factor", 0)),
        str(_first(ranked("table_per"), text).get("unit", "")),
        Decimal(weight["factor"]) if weight else None,
        "%" in text or "per cent" in text,
        bool(re.search(r"\bcents?\b", text, re.IGNORECASE)),
    )


def _first(entries: Iterable[tuple[Gated, dict[str, Any]]], text: str) -> dict[str, Any]:
    """The fields of the first entry that the text names; none without one."""
    return next((told for words, told in entries if words.search(text)), {})


def table_unit(text: str) -> Told:
    """The unit that a line above or between the rows gives for what follows: "(in thousands, except per share data)"."""
    found = list(_IN_UNITS.finditer(text))
    if not found:
        return Told()
    told = told_by(found[-1].group())
    return replace(told, per="" if told.per == "share" else told.per, cents=False)


def loose_unit(text: str) -> Told:
    """The unit that stands by itself in the line above: "Shenghe Resources, RMB million", "in US$ per kg"."""
    found = [told for one in _ALONE.finditer(text) if (told := told_by(one["unit"])) != Told()]
    return replace(found[-1], per="" if found[-1].per == "share" else found[-1].per) if found else Told()


def gives_unit(row: Sequence[Cell]) -> Told | None:
    """The unit that a line between the rows gives; None for a row that is no such line."""
    texts = list(dict.fromkeys(cell.text.strip() for cell in row if cell.text.strip()))
    if not texts or any(_NUMBER.fullmatch(text) for text in texts) or len(texts) > 2:
        return None
    whole = " ".join(texts)
    return table_unit(whole) if _IN_UNITS.search(whole) else None


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
