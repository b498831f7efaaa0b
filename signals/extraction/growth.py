"""Checks on changes: level, base and rate; a forecast's increment; a rate printed for the wrong base."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from signals.extraction import calendar
from signals.extraction.findings import Finding, Interval, interval, is_exact, meet
from signals.extraction.records import Indicator, Period

_MOST, _NEAREST = 12, 4  # levels of one period that a change is compared with; of more than the most only the nearest
_BASES = {"change_yoy": "yoy", "change_qoq": "qoq", "change_mom": "mom", "change_ytd": "ytd"}


class Edges:
    """Between which numbers each printed figure lies, worked out once: in a table each is compared with many."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = indicators
        self._known: dict[int, Interval] = {}

    def of(self, index: int) -> Interval:
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = interval(self.indicators[index])
        return known


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


def growth(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """Level, level before and the rate between them.

    Where a base is told twice (as published and restated), it is enough that one agrees.
    """
    edges = Edges(indicators)
    for group in _by_subject(indicators).values():
        levels = _by_period(indicators, (i for i in group if _is_level(indicators[i])))
        if not levels:
            continue
        for index in group:
            change = indicators[index]
            basis = _BASES.get(change.measure)
            if (
                basis is None
                or change.unit not in ("percent", "x", "pp")
                or change.period is None
                or not is_exact(change)
            ):
                continue
            if basis == "yoy":
                yield from _other_base(edges, levels, index)
            now = _nearest(levels, change.period, index)
            then = _nearest(levels, _base_period(change.period, basis), index)
            yield from _best_of(
                _rate(edges, level, before, index)
                for level in now
                for before in then
                if indicators[level].unit == indicators[before].unit
            )


def _by_period(indicators: Sequence[Indicator], figures: Iterable[int]) -> dict[Period | None, list[int]]:
    periods: dict[Period | None, list[int]] = defaultdict(list)
    for index in figures:
        periods[indicators[index].period].append(index)
    return periods


def _nearest(levels: Mapping[Period | None, list[int]], period: Period | None, index: int) -> list[int]:
    """The levels of a period nearest to the figure ``index``; of a long table every pair would cost its cube."""
    told = levels.get(period, [])
    if period is None or len(told) <= _MOST:
        return told if period is not None else []
    place = max(bisect_left(told, index) - _NEAREST // 2, 0)
    return told[place : place + _NEAREST]


def _is_level(figure: Indicator) -> bool:
    return figure.measure == "level" and is_exact(figure) and figure.period is not None


def _best_of(findings: Iterable[Finding | None]) -> list[Finding]:
    """One finding that holds, or else one that does not."""
    first: list[Finding] = []
    for finding in findings:
        if finding is not None and finding.ok:
            return [finding]
        if finding is not None and not first:
            first = [finding]
    return first


def _other_base(edges: Edges, levels: Mapping[Period | None, list[int]], change: int) -> Iterator[Finding]:
    """A change printed as yearly that is the change on the quarter or month before."""
    indicators = edges.indicators
    period = indicators[change].period
    assert period is not None
    if levels.get(_base_period(period, "yoy")):
        return
    for before in (_base_period(period, "qoq"), _base_period(period, "mom")):
        if before is None:
            continue
        for now in _nearest(levels, period, change):
            for then in _nearest(levels, before, change):
                same = indicators[now].unit == indicators[then].unit
                finding = _rate(edges, now, then, change) if same else None
                if finding is not None and finding.ok:
                    message = f"{finding.message} as yearly, is the change on {before.label}"
                    yield Finding("basis", finding.figures, False, message)


def _rate(edges: Edges, now: int, then: int, change: int) -> Finding | None:
    level, base, rate = edges.indicators[now], edges.indicators[then], edges.indicators[change]
    low, high = edges.of(then)
    top = edges.of(now)
    if rate.unit == "pp":
        if level.unit != "percent":
            return None
        possible = (top[0] - high, top[1] - low)
    else:
        if low <= 0:  # a rate on a loss says nothing
            return None
        factor = 100 if rate.unit == "percent" else 1
        possible = ((top[0] / high - 1) * factor, (top[1] / low - 1) * factor)
    printed = edges.of(change)
    ok = meet(possible, printed)
    if not ok and rate.unit == "x":  # 增长5.49倍 is printed for the ratio as well as for the increase
        ok = meet((possible[0] + 1, possible[1] + 1), printed)
    message = (
        f"{base.as_written} → {level.as_written}: {(possible[0] + possible[1]) / 2:.2f}, printed {rate.as_written}"
    )
    return Finding("growth", (now, then, change), ok, message)


def increments(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """In forecasts: level less increment is the base, and increment over base the rate."""
    for group in _by_subject(indicators).values():
        changes: dict[tuple[Period | None, str], list[int]] = {}
        for i in group:
            if indicators[i].measure == "change_yoy":
                changes.setdefault((indicators[i].period, indicators[i].unit), []).append(i)
        for now in group:
            level = indicators[now]
            if level.measure != "level" or level.period is None or level.unit in ("percent", "x"):
                continue
            for step in changes.get((level.period, level.unit), [])[:_MOST]:
                for rate in changes.get((level.period, "percent"), [])[:_MOST]:
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
