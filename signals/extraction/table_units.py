"""What words name as the unit of a table's figures: those of a head, a label, a caption, a line between the rows or above.

``unit_of`` reads a whole unit (万元, RMB million), as Chinese heads and many English ones have it; ``told_by`` its parts, currency, scale
and measure, which English tables tell in different places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from signals.extraction.gated import Gated
from signals.extraction.wording import of_words, pattern_of, ranked

_BETWEEN_UNITS = pattern_of(r"[、,，;；]|/(?!{asked-for-each})|和")
_LAST_BRACKET = pattern_of(r"[\u4e00-\u9fff][^\n]*[(（][^()（）\n]{0,24}?(?P<unit>{unit-in-bracket})[)）]\s*")
IN_UNITS = pattern_of(
    r"(?:{table-figures-in}\s+(?:whole |units or )*|\()(?:{table-currency-before}\s?)?{table-counted-in}[^.;]{0,60}",
    re.IGNORECASE,
)
_ALONE = pattern_of(
    r"(?:^|[(,;:]|\bin\b)\s*(?:all |figures |amounts |units? )*(?P<unit>{table-currency-first}?\s?{table-scale-next}?(?: of)?\s?{table-measure-last}?"
    r"(?:\s?{table-for-each})?)(?=\s*(?:[),.;:]|$|\bunless\b|\bexcept\b|\bof REO\b|\band\b|\bREO\b))",
    re.IGNORECASE,
)
_WHOLE_UNITS = pattern_of("{table-whole-units}", re.IGNORECASE)


@of_words
def unit_of(text: str) -> tuple[str, str, Decimal] | None:
    """Dimension, unit and factor of the first unit that a head or caption names: by the order of the lexicon, the longer ones first."""
    for words, unit in ranked("table_unit"):
        if words.search(text):
            return str(unit["dimension"]), str(unit["unit"]), Decimal(unit["factor"])
    return None


def units_of(text: str) -> list[tuple[str, str, Decimal]]:
    """All units that a caption names: 单位:吨、万美元."""
    found = [unit_of(part) for part in _BETWEEN_UNITS.pattern.split(text)]
    return [unit for unit in found if unit]


def units_above(text: str) -> list[tuple[str, str, Decimal]]:
    """The unit in which a table's Chinese title ends: 总量控制指标(折稀土氧化物REO,吨)."""
    line = text.rstrip().rpartition("\n")[2]
    found = _LAST_BRACKET.fullmatch(line) if len(line) < 120 else None
    return units_of(found["unit"]) if found else []


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
    found = list(IN_UNITS.finditer(text))
    if not found:
        return Told()
    told = told_by(found[-1].group())
    return replace(told, per="" if told.per == "share" else told.per, cents=False)


def loose_unit(text: str) -> Told:
    """The unit that stands by itself in the line above: "Shenghe Resources, RMB million", "in US$ per kg"."""
    found = [told for one in _ALONE.finditer(text) if (told := told_by(one["unit"])) != Told()]
    return replace(found[-1], per="" if found[-1].per == "share" else found[-1].per) if found else Told()
