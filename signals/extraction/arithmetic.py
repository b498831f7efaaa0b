"""Sums that figures of one document must satisfy, checked on what was printed.

Each printed figure stands for an interval (12.3 is 12.25 to 12.35); a check holds when the intervals can meet. Checks
that hold raise confidence, checks that fail are a note for a person and name the figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from signals.extraction import calendar
from signals.extraction.records import Indicator, Period

_YUAN_FOR_A_DOLLAR = (Decimal("6.2"), Decimal("7.4"))  # 2014 to 2026
_RICH_ORE = re.compile(r"reo\s{0,2}[=为]?\s{0,2}(\d{2}(?:\.\d)?)\s?%", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,，]*(?:\.(\d+))?")
_BASES = {"change_yoy": "yoy", "change_qoq": "qoq", "change_mom": "mom", "change_ytd": "ytd"}
_LARGEST_SUM = 5
_SHARE_BEHIND = re.compile(r"\s{0,2}的?\s{0,2}(\d{1,3}(?:\.\d{1,4})?)\s{0,2}[%％]")
_SHARE_BETWEEN = re.compile(r"\b(\d{1,3}(?:\.\d{1,4})?)(?:%| per ?cent) of ")

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, the indicators it is about (by index), whether it holds, and a message with the figures."""

    rule: str
    figures: tuple[int, ...]
    ok: bool
    message: str


def check(indicators: Sequence[Indicator], text: str) -> list[Finding]:
    """All checks that the indicators of one document allow; ``text`` is the document's text."""
    return [
        *_currency_pairs(indicators),
        *_price_steps(indicators, text),
        *_growth(indicators),
        *_increments(indicators),
        *_sums(indicators),
        *_shares(indicators, text),
    ]


def _interval(figure: Indicator) -> Interval:
    """Between which numbers the printed figure lies: half a unit of its last printed digit on either side."""
    low, high = figure.value, figure.value if figure.value_high is None else figure.value_high
    printed = _NUMBER.search(figure.as_written)
    slack = abs(low) * Decimal("0.005")
    if printed is not None:
        shown = Decimal(printed.group().replace(",", "").replace("，", ""))
        decimals = len(printed[1] or "")
        if shown:
            slack = min(abs(low / shown) * Decimal(10) ** -decimals / 2, abs(low) / 2)
    if figure.comparator == "~":
        slack = max(slack, abs(low) * Decimal("0.03"))
    return low - slack, high + slack


def _exact(figure: Indicator) -> bool:
    return figure.comparator in ("=", "~")


def _meet(first: Interval, second: Interval) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


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
            price = _interval(indicators[other])
            low, high = _interval(step)
            ok = any(_meet((low * content - 1, high * content + 1), price) for content in contents)
            sign = "=" if ok else "≠"
            content = "/".join(str(content) for content in sorted(contents))
            yield Finding(
                "price-step", (index, other), ok, f"{step.as_written} × {content} {sign} {indicators[other].as_written}"
            )


def _by_subject(indicators: Sequence[Indicator]) -> dict[tuple[str | None, str, str | None], list[int]]:
    groups: dict[tuple[str | None, str, str | None], list[int]] = defaultdict(list)
    for index, figure in enumerate(indicators):
        groups[(figure.subject, figure.metric, figure.product)].append(index)
    return groups


def _base_period(period: Period, basis: str) -> Period | None:
    if basis == "yoy":
        return calendar.shifted(period, -1)
    first, last = int(period.start[5:7]), int(period.end[5:7])
    number = int(period.start[:4])
    if basis == "ytd":
        return calendar.day(number - 1, 12, 31)
    width = last - first + 1
    if (basis, width) not in (("qoq", 3), ("mom", 1)):
        return None
    return (
        calendar.months(number, first - width, last - width)
        if first > width
        else calendar.months(number - 1, 13 - width, 12)
    )


def _growth(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """Level, level before and the rate between them."""
    for group in _by_subject(indicators).values():
        levels = [
            index
            for index in group
            if indicators[index].measure == "level" and _exact(indicators[index]) and indicators[index].period
        ]
        for index in group:
            change = indicators[index]
            basis = _BASES.get(change.measure)
            if (
                basis is None
                or change.unit not in ("percent", "x", "pp")
                or not _exact(change)
                or change.period is None
            ):
                continue
            base_period = _base_period(change.period, basis)
            if basis == "yoy":
                yield from _other_base(indicators, levels, index)
            for now in (i for i in levels if indicators[i].period == change.period):
                for then in (
                    i
                    for i in levels
                    if indicators[i].period == base_period and indicators[i].unit == indicators[now].unit
                ):
                    finding = _rate(indicators, now, then, index)
                    if finding is not None:
                        yield finding


def _other_base(indicators: Sequence[Indicator], levels: Sequence[int], change: int) -> Iterator[Finding]:
    """A change printed as yearly that is the change on the quarter or month before."""
    period = indicators[change].period
    assert period is not None
    if any(indicators[i].period == _base_period(period, "yoy") for i in levels):
        return
    for basis in ("qoq", "mom"):
        before = _base_period(period, basis)
        for now in (i for i in levels if indicators[i].period == period):
            for then in (i for i in levels if before is not None and indicators[i].period == before):
                finding = (
                    _rate(indicators, now, then, change) if indicators[now].unit == indicators[then].unit else None
                )
                if finding is not None and finding.ok:
                    yield Finding(
                        "basis", finding.figures, False, f"{finding.message} as yearly, is the change on {before.label}"
                    )


def _rate(indicators: Sequence[Indicator], now: int, then: int, change: int) -> Finding | None:
    level, base, rate = indicators[now], indicators[then], indicators[change]
    low, high = _interval(base)
    top = _interval(level)
    if rate.unit == "pp":
        if level.unit != "percent":
            return None
        possible = (top[0] - high, top[1] - low)
    else:
        if low <= 0:  # a rate on a loss says nothing
            return None
        factor = 100 if rate.unit == "percent" else 1
        possible = ((top[0] / high - 1) * factor, (top[1] / low - 1) * factor)
    ok = _meet(possible, _interval(rate))
    if not ok and rate.unit == "x":  # 增长5.49倍 is printed for the ratio as well as for the increase
        ok = _meet((possible[0] + 1, possible[1] + 1), _interval(rate))
    message = (
        f"{base.as_written} → {level.as_written}: {(possible[0] + possible[1]) / 2:.2f}, printed {rate.as_written}"
    )
    return Finding("growth", (now, then, change), ok, message)


def _increments(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """In forecasts: level less increment is the base, and increment over base the rate."""
    for group in _by_subject(indicators).values():
        for now in group:
            level = indicators[now]
            if level.measure != "level" or level.period is None or level.unit in ("percent", "x"):
                continue
            same = [i for i in group if indicators[i].measure == "change_yoy" and indicators[i].period == level.period]
            steps = [i for i in same if indicators[i].unit == level.unit]
            rates = [i for i in same if indicators[i].unit == "percent"]
            for step in steps:
                for rate in rates:
                    yield from _increment(indicators, now, step, rate)


def _increment(indicators: Sequence[Indicator], now: int, step: int, rate: int) -> Iterator[Finding]:
    level, increment, growth = indicators[now], indicators[step], indicators[rate]
    if not ((level.value_high is None) == (increment.value_high is None) == (growth.value_high is None)):
        return
    for edge in ("value", "value_high"):
        top, more, share = (getattr(figure, edge) for figure in (level, increment, growth))
        if top is None or top - more <= 0:
            return
        ratio = more / (top - more) * 100
        slack = max(abs(share) * Decimal("0.02"), Decimal("0.6"))
        if abs(ratio - share) > slack:
            yield Finding(
                "increment",
                (now, step, rate),
                False,
                f"{level.as_written} with {increment.as_written}: {ratio:.2f} %, printed {growth.as_written}",
            )
            return
    yield Finding(
        "increment",
        (now, step, rate),
        True,
        f"{level.as_written}, {increment.as_written} and {growth.as_written} agree",
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
