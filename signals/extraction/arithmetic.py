"""Sums that figures of one document must satisfy, checked on what was printed.

Each printed figure stands for an interval (12.3 is 12.25 to 12.35); a check holds when the intervals can meet. Checks
that hold raise confidence, checks that fail are a note for a person and name the figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from signals.extraction.findings import Finding, interval, meet
from signals.extraction.growth import growth, increments
from signals.extraction.records import Indicator

_YUAN_FOR_A_DOLLAR = (Decimal("6.2"), Decimal("7.4"))  # 2014 to 2026
_RICH_ORE = re.compile(r"reo\s{0,2}[=为]?\s{0,2}(\d{2}(?:\.\d)?)\s?%", re.IGNORECASE)
_LARGEST_SUM = 5
_SHARE_BEHIND = re.compile(r"\s{0,2}的?\s{0,2}(\d{1,3}(?:\.\d{1,4})?)\s{0,2}[%％]")
_SHARE_BETWEEN = re.compile(r"\b(\d{1,3}(?:\.\d{1,4})?)(?:%| per ?cent) of ")


def check(indicators: Sequence[Indicator], text: str) -> list[Finding]:
    """All checks that the indicators of one document allow; ``text`` is the document's text."""
    return [
        *_currency_pairs(indicators),
        *_price_steps(indicators, text),
        *growth(indicators),
        *increments(indicators),
        *_sums(indicators),
        *_shares(indicators, text),
    ]


def _currency_pairs(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    for index, figure in enumerate(indicators):
        if (
            figure.converted is None
            or {figure.unit.split("/")[0], figure.converted[1].split("/")[0]} != {"CNY", "USD"}
            or not figure.value
        ):
            continue
        yuan, dollars = abs(figure.value), abs(figure.converted[0])
        if figure.unit.startswith("USD"):
            yuan, dollars = dollars, yuan
        if not dollars:
            continue
        rate = yuan / dollars
        low, high = _YUAN_FOR_A_DOLLAR
        ok = low * Decimal("0.97") <= rate <= high * Decimal("1.03")
        yield Finding("currency-pair", (index,), ok, f"{figure.as_written}: {rate:.2f} yuan for a dollar")


def _price_steps(indicators: Sequence[Indicator], text: str) -> Iterator[Finding]:
    """Step for each 1 % REO × REO content = price of the concentrate."""
    prices = [
        index
        for index, figure in enumerate(indicators)
        if figure.metric == "price" and figure.measure == "level" and figure.unit == "CNY/t"
    ]
    for index, step in enumerate(indicators):
        if step.metric != "price_step" or step.measure != "level":
            continue
        near = text[max(0, step.span[0] - 400) : step.span[1] + 200]
        contents = {Decimal(found) for found in _RICH_ORE.findall(near)} - {Decimal(1)} or {Decimal(50), Decimal(51)}
        same = [
            other
            for other in prices
            if indicators[other].period == step.period
            and indicators[other].product in (step.product, "concentrate", None)
        ]
        for other in same:
            price = interval(indicators[other])
            low, high = interval(step)
            ok = any(meet((low * content - 1, high * content + 1), price) for content in contents)
            sign = "=" if ok else "≠"
            content = "/".join(str(content) for content in sorted(contents))
            yield Finding(
                "price-step", (index, other), ok, f"{step.as_written} × {content} {sign} {indicators[other].as_written}"
            )


def _sums(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """A total followed or preceded by its parts: confirmed when they add up; unrelated figures are not accused."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, figure in enumerate(indicators):
        if (
            figure.measure == "level"
            and figure.comparator == "="
            and figure.period
            and figure.unit not in ("percent", "pp", "x", "CNY/t", "CNY/share", "points")
        ):
            groups[(figure.metric, figure.period.label, figure.unit)].append(index)
    for group in groups.values():
        for place, total in enumerate(group):
            for run in (group[place + 1 : place + 1 + _LARGEST_SUM], group[max(0, place - _LARGEST_SUM) : place][::-1]):
                parts = _parts(indicators, indicators[total].value, run)
                if parts:
                    terms = " + ".join(indicators[part].as_written for part in sorted(parts))
                    yield Finding("sum", (total, *sorted(parts)), True, f"{terms} = {indicators[total].as_written}")
                    break


def _shares(indicators: Sequence[Indicator], text: str) -> Iterator[Finding]:
    """A占B的4.3%, "A, or 4.3% of B": a sum, what it is a share of, and the share."""
    sums = [
        i for i, one in enumerate(indicators) if one.measure == "level" and one.unit == "CNY" and one.comparator == "="
    ]
    sums.sort(key=lambda i: indicators[i].figure)
    for first, second in pairwise(sums):
        part, whole = indicators[first], indicators[second]
        between = text[part.figure[1] : whole.figure[0]]
        if len(between) > 40 or not whole.value:
            continue
        behind = _SHARE_BEHIND.match(text, whole.figure[1]) if "占" in between or "佔" in between else None
        found = behind or _SHARE_BETWEEN.search(between)
        if found is None:
            continue
        share = Decimal(found[1])
        ratio = part.value / whole.value * 100
        ok = abs(ratio - share) <= max(Decimal("0.6"), share * Decimal("0.03"))
        yield Finding(
            "share",
            (first, second),
            ok,
            f"{part.as_written} of {whole.as_written}: {ratio:.2f} %, printed {found[1]} %",
        )


def _parts(indicators: Sequence[Indicator], total: Decimal, run: Sequence[int]) -> tuple[int, ...]:
    """The first two or more of ``run`` that add up to ``total``."""
    added = Decimal(0)
    for count, index in enumerate(run, 1):
        added += indicators[index].value
        if count > 1 and added == total:
            return tuple(run[:count])
        if added > total:
            break
    return ()
