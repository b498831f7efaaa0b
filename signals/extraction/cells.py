"""Read one table cell: a bare number under a head or caption that names the unit, or a small phrase of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from signals.extraction.changes import find_changes
from signals.extraction.numerals import DIGITS, Lexicon, compiled, digits_value, fold_words
from signals.extraction.quantities import find_quantities
from signals.extraction.records import Quantity
from signals.extraction.scanning import Reader

_EMPTY = re.compile(r"(?:不适用|无|/|-+|—+|n\.?/?a\.?|nil|不披露|未披露|\*+)?", re.IGNORECASE)
_BARE = re.compile(rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<number>{DIGITS})\s*(?P<close>\))?\s*(?P<trailing>-)?")
_SCALED = re.compile(r"^([a-z$¥€£.]+)\s*(?=(?:thousand|million|billion|mn|bn|m)\b)")
_HINT = re.compile(r"(?:单位|\bunits?\b|\bin\b)\s*:?\s*(?:为|人民币)?\s*")


def parse_cell(text: str, unit_hint: str | None, lexicon: Lexicon) -> Quantity | None:
    """The figure in a cell, positions relative to ``text``; None for cells (不适用, —) without a number.

    ``unit_hint`` is the unit as head or caption print it: "元", "单位:万元", "(%)", "元/股", "RMB million". Brackets
    and a sign printed apart make a number negative; 减少7.31个百分点 is negative, too.
    """
    folded = fold_words(text)
    inner = folded.strip()
    if _EMPTY.fullmatch(inner):
        return None
    first = len(folded) - len(folded.lstrip())
    bare = _BARE.fullmatch(inner)
    if bare is None:
        return _phrase(text, folded, unit_hint, lexicon)
    value = digits_value(bare["number"])
    if value is None:
        return None
    if bare["sign"] == "-" or bare["trailing"] or (bare["open"] and bare["close"]):
        value = -value
    span = (first, first + len(inner))
    return _with_hint(Quantity(span, span, value, None, "=", "", "plain"), unit_hint, lexicon)


def _phrase(text: str, folded: str, unit_hint: str | None, lexicon: Lexicon) -> Quantity | None:
    quantities = find_quantities(text, 0, len(text), lexicon)
    if not quantities:
        return None
    quantity = quantities[0]
    cues = [
        cue for cue in find_changes(text, 0, len(text), lexicon) if cue.span[1] <= quantity.core[0] and not cue.to_level
    ]
    apart = re.match(r"\s*-\s+\d", folded) is not None
    if quantity.value > 0 and (apart or (cues and cues[-1].direction < 0)):
        high = quantity.value_high
        quantity = replace(
            quantity,
            value=-quantity.value if high is None else -high,
            value_high=None if high is None else -quantity.value,
        )
    return _with_hint(quantity, unit_hint, lexicon) if quantity.dimension == "plain" else quantity


def _with_hint(quantity: Quantity, unit_hint: str | None, lexicon: Lexicon) -> Quantity:
    factor, unit, dimension = unit_of_hint(unit_hint, lexicon)
    high = quantity.value_high
    return replace(
        quantity,
        value=quantity.value * factor,
        value_high=None if high is None else high * factor,
        unit=unit,
        dimension=dimension,
    )


def unit_of_hint(unit_hint: str | None, lexicon: Lexicon) -> tuple[Decimal, str, str]:
    """(factor, canonical unit, dimension) of a unit printed in a head or caption; (1, "", "plain") without one."""
    if not unit_hint:
        return Decimal(1), "", "plain"
    folded = fold_words(unit_hint)
    marked = _HINT.search(folded)
    candidates = [folded[marked.end() :]] if marked else []
    candidates += re.findall(r"\(([^()]{1,24})\)", folded)
    candidates += [folded.strip()]
    for candidate in candidates:
        made = _unit(candidate.strip(" :()"), lexicon)
        if made is not None:
            return made
    return Decimal(1), "", "plain"


def _unit(words: str, lexicon: Lexicon) -> tuple[Decimal, str, str] | None:
    """``words`` as they would stand after, or around, a number."""
    reader = compiled(Reader, lexicon)
    words = re.sub(
        r"(million|billion|thousand)s\b", r"\1", words.replace("'000", " thousand").replace("’000", " thousand")
    )
    for printed in (_SCALED.sub(r"\1 1 ", words, count=1), f"1{words}", f"{words}1"):
        amounts = reader.amounts(printed, printed, 0, len(printed))
        if len(amounts) == 1 and amounts[0].unit.dimension not in ("plain", "count"):
            amount = amounts[0]
            return amount.number * amount.unit.factor, amount.unit.unit, amount.unit.dimension
        if len(amounts) == 1 and amounts[0].unit.dimension == "count":
            return amounts[0].number, "count", "count"
    return None
