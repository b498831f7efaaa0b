"""Sums whose unit stands in other words of an English text: "price per kilogram was $48", "$120 million" beside "$US48"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from signals.extraction.gated import gated
from signals.extraction.records import Quantity

_WEIGHTS = {
    "kg": 1000,
    "kgs": 1000,
    "kilo": 1000,
    "kilogram": 1000,
    "kilogramme": 1000,
    "lb": 2204.62,
    "pound": 2204.62,
}
_PRICE_PER = gated(
    r"\bpric(?:e|es|ing) per (?:[a-z]+ )?(metric ton|metric tonne|tonne|ton|mt|kilogramme|kilogram|kilo|kg|pound|lb)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+to\s+(?:about |a record |around |just |some )?", re.IGNORECASE)
_TO_END = re.compile(r"\bto (?:about |around |just )?$")
_STEP_TO_LEVEL = 40  # characters
_BY = gated(r"\bby\s+(?:about |some |around |nearly |over )?$", re.IGNORECASE)
_LEAST_SUM = 10**6
_OF_MONEY = gated(r"\b(?:profits?|revenues?|income|loss(?:es)?|sales|turnover)\b[^.;\d]{0,24}$", re.IGNORECASE)
_AFAR = 160  # characters from the label to the last of its sums
_SENTENCE_END = re.compile(r"[;\n]|\.\s")
_MOST = 5000  # of a currency for a kilogram: what is more is no price by weight but a firm's sum
# Australian papers write their own dollar "$" and that of the United States "$US".
_OTHER_DOLLAR = gated(r"\$US\s?\d")
_OWN_DOLLAR = re.compile(r"(?<![A-Za-z])\$(?=\d)")


def with_worded_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The same figures, sums given the unit or currency that the words around tell."""
    quantities = _moved_to(text, quantities)
    return list(_moved_by(text, list(_home_dollars(text, _priced_by_label(text, _bare_sums(text, quantities))))))


def _bare_sums(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "net profit was 330 million, -79%, and core profit 270 million yuan": a bare sum has the currency of the next one."""
    made = list(quantities)
    for place in range(len(made) - 2, -1, -1):
        figure = made[place]
        if (
            figure.dimension != "plain"
            or abs(figure.value) < _LEAST_SUM
            or not _OF_MONEY.search(text, max(0, figure.span[0] - 40), figure.span[0])
        ):
            continue
        follower = next((one for one in made[place + 1 : place + 4] if one.dimension == "money"), None)
        if follower is not None and not _SENTENCE_END.search(text, figure.span[1], follower.span[0]):
            made[place] = replace(figure, dimension="money", unit=follower.unit)
    return made


def _priced_by_label(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "Realised price per REO tonne was $4,183, down from $6,231": what the price is asked for stands in its name."""
    made = list(quantities)
    starts = [figure.span[0] for figure in made]
    for found in _PRICE_PER.finditer(text):
        stop = _SENTENCE_END.search(text, found.end(), found.end() + _AFAR)
        limit = stop.start() if stop else found.end() + _AFAR
        weight = Decimal(str(_WEIGHTS.get(found[1].lower(), 1)))
        first = bisect_left(starts, found.end())
        for place in range(first, bisect_left(starts, limit, first)):
            figure = made[place]
            if figure.dimension == "money" and (weight == 1 or abs(figure.value) <= _MOST):
                made[place] = _by_tonne(figure, weight)
    return made


def _by_tonne(figure: Quantity, weight: Decimal) -> Quantity:
    high = figure.value_high
    converted = (figure.converted[0] * weight, f"{figure.converted[1]}/t") if figure.converted else None
    return replace(
        figure, value=figure.value * weight, value_high=None if high is None else high * weight,
        unit=f"{figure.unit}/t", dimension="price", converted=converted,
    )  # fmt: skip


def _home_dollars(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Where "$US" is the American dollar, "$" is the Australian one."""
    australian = _OTHER_DOLLAR.search(text) is not None
    for figure in quantities:
        if australian and figure.unit.startswith("USD") and _OWN_DOLLAR.match(text, figure.core[0]):
            figure = replace(figure, unit=f"AUD{figure.unit[3:]}")
        yield figure


def _moved_to(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "lifted its list price by 12,300 yuan, or 2.3%, to 547,600 yuan a tonne": the step is asked for the same weight."""
    made = list(quantities)
    for place, step in enumerate(made):
        if step.dimension != "money" or not _BY.search(text, max(0, step.span[0] - 24), step.span[0]):
            continue
        later = [one for one in made[place + 1 : place + 3] if one.dimension != "ratio"]
        level = later[0] if later else None
        if level is None or level.unit != f"{step.unit}/t" or level.span[0] - step.span[1] > _STEP_TO_LEVEL:
            continue
        if _TO_END.search(text, step.span[1], level.span[0]) and not _SENTENCE_END.search(
            text, step.span[1], level.span[0]
        ):
            made[place] = _by_tonne(step, Decimal(1))
    return made


def _moved_by(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """ "raised its price by 284 yuan per tonne to 19,109 yuan": the level is asked for the same weight."""
    following: Quantity | None = None
    for step, level in pairwise([*quantities, None]):
        current = following or step
        following = None
        if current is not None:
            yield current
        if current is None or level is None or current.dimension != "price" or level.dimension != "money":
            continue
        same = current.unit == f"{level.unit}/t"
        if (
            same
            and _TO.fullmatch(text, current.span[1], level.span[0])
            and _BY.search(text, max(0, current.span[0] - 24), current.span[0])
        ):
            following = _by_tonne(level, Decimal(1))
