"""Lists that answer one another item by item: three firms and three growth rates, two products and two outputs.

分别, 依次 and "respectively" say so outright; figures joined by slashes say so by themselves; 均, "both" and "each" give one
figure to every item of the list before it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from signals.extraction.divided_periods import divided_period, periods_back
from signals.extraction.gated import gated
from signals.extraction.grammar import broken, joined, parted
from signals.extraction.listed_periods import part_list, year_list, years_behind
from signals.extraction.lists import UNKNOWN, basis_list, groups, spelled_items
from signals.extraction.marks import Marks, span_of
from signals.extraction.rates_with_bases import mixed_answers, rates_with_bases
from signals.extraction.records import Period, Quantity
from signals.extraction.wording import pattern_of

_MARKER = re.compile(r"分别|分別|依次|\brespectively\b|\bin turn\b", re.IGNORECASE)
_SHARED = gated(
    r"(?:均(?!价|值|匀|衡|線|线|價)|都(?!市|会)|皆|\bboth\b|\beach\b|\ball\b)[^,，;；。]{0,14}$", re.IGNORECASE
)
_SLASH = re.compile(r"\s*(?:/|／)\s*(?:增[长加]?|减少?|上升|下[降滑]|[升降涨跌])?\s*")  # 同/环比增72%/减6%


@dataclass(slots=True)
class Place:
    """What a list says of one figure: the item of each kind that belongs to it."""

    items: dict[str, Any] = field(default_factory=dict)
    parallel: tuple[int, int] | None = (
        None  # "up 12% and 9% respectively": place and length where no list of words answers
    )
    others: list[dict[str, Any]] = field(default_factory=list)  # 均/both: the same figure for further items


def align(marks: Marks, before: dict[int, list[Any]] | None = None, spoken: Period | None = None) -> dict[int, Place]:
    """Index of a figure in ``marks.quantities`` -> its place, for figures that a list covers.

    ``before`` holds the paragraph's lists of products by length; a sentence that names none goes on in their order. It is
    brought up to date with this sentence's lists. ``spoken`` is the month or quarter that was spoken of last.
    """
    places: dict[int, Place] = {}
    text = marks.text
    before = {} if before is None else before
    listed: dict[int, dict[str, list[Any]]] = {}
    if before and not marks.products:
        listed = {size: {"products": items} for size, items in before.items()}
    for first, last in _runs(marks):
        size = last - first + 1
        figures = marks.quantities[first : last + 1]
        if size > 1:
            slashed = all(_SLASH.fullmatch(text, a.span[1], b.span[0]) for a, b in itertools.pairwise(figures))
            marker = _marked(marks, first, last)
            if not (slashed or marker):
                answered = _answers_levels(marks, first, size)
                if (
                    size in listed and not answered and "bases" not in listed[size]
                ):  # "their profits were … and …": in the order of the list before
                    for kind, items in listed[size].items():
                        if kind != "metrics":
                            for offset, item in enumerate(items):
                                places.setdefault(first + offset, Place()).items[kind] = item
                elif answered:
                    for offset in range(size):
                        places.setdefault(first + offset, Place()).parallel = (offset, size)
                elif years := years_behind(marks, figures[-1].span[1], size):
                    for offset, item in enumerate(years):
                        places.setdefault(first + offset, Place()).items["periods"] = item
                elif len(parts := part_list(marks, figures[0].span[0])) == size:
                    for offset, item in enumerate(parts):
                        places.setdefault(first + offset, Place()).items["periods"] = item
                elif size > 2 and len(parts := year_list(marks, figures[0].span[0])) == size:
                    for offset, item in enumerate(parts):  # "our 2025-2027 profit forecasts to A, B and C"
                        places.setdefault(first + offset, Place()).items["periods"] = item
                elif found := _plain_list(marks, first, size):
                    listed[size] = found
                    for kind, items in found.items():
                        for offset, item in enumerate(items):
                            places.setdefault(first + offset, Place()).items[kind] = item
                continue
            limit = figures[0].span[0]
            found = _groups_before(marks, limit, size)
            years = years_behind(marks, figures[-1].span[1], size)
            if years:
                found = {**{kind: items for kind, items in found.items() if kind != "metrics"}, "periods": years}
            if not found and size in listed:
                found = listed[size]
            listed[size] = found
            spelled = {} if found else spelled_items(marks, limit, size)
            if spelled:
                listed[size] = found = {"products": [spelled.get(offset, UNKNOWN) for offset in range(size)]}
            if not found:
                parts = periods_back(marks, limit, figures, spoken) or divided_period(marks, limit, figures)
                found = {"periods": parts} if parts else found
            for offset in range(size):
                place = places.setdefault(first + offset, Place())
                place.items.update({kind: items[offset] for kind, items in found.items()})
                place.parallel = None if found else (offset, size)
        else:
            figure = figures[0]
            if not _SHARED.search(text, max(marks.span[0], figure.span[0] - 20), figure.span[0]) and not _same_price(
                marks, figure
            ):
                continue
            near = [(kind, group) for kind, group in groups(marks, figure.span[0]) if kind in ("products", "names")]
            if near:
                kind, group = max(near, key=lambda pair: span_of(pair[1][-1])[1])
                place = places.setdefault(first, Place())
                place.items[kind] = group[0]
                place.others = [{kind: item} for item in group[1:]]
    for index, parallel in {**mixed_answers(marks), **rates_with_bases(marks)}.items():
        places.setdefault(index, Place()).parallel = parallel
    for index, hit in _mixed_metrics(marks).items():
        places.setdefault(index, Place()).items["metrics"] = hit
    before.update({size: found["products"] for size, found in listed.items() if "products" in found})
    return places


_FEWEST = 3  # metrics of a list whose figures are of several kinds
_LEADS_TO = 60  # characters between a list of metrics and the figures that answer it
_PRICES_OF = re.compile(r"\bprices?\b(?: (?:of|for))?\s+$", re.IGNORECASE)


def _answers_levels(marks: Marks, first: int, size: int) -> bool:
    """ "270,000 tons of ore and 254,000 tons of products, 5.9% and 4.2% more", "3,000 tons worth 2 billion yuan, up 35% and
    41%": rates in the order of the levels before, which are all of one kind or each of its own."""
    if (
        marks.quantities[first].dimension != "ratio"
        or first < size
        or not marks.text[marks.quantities[first].span[0]].isascii()
    ):
        return False
    levels = marks.quantities[first - size : first]
    kinds = [level.dimension for level in levels]
    alike = len(set(kinds)) in (1, size) and not {"ratio", "points", "fold"}.intersection(kinds)
    alone = first == size or marks.quantities[first - size - 1].dimension not in kinds
    tied = not parted(marks.text, levels[0].span[1], marks.quantities[first].span[0])
    gap = (levels[-1].span[1], marks.quantities[first].span[0])
    return alike and alone and tied and gap[1] - gap[0] <= 48 and not marks.metrics_between(*gap)


_PLURAL = re.compile(r"\s+(?:were|are|remain|stay|stood)\b")


def _same_price(marks: Marks, figure: Quantity) -> bool:
    """ "Listed prices of lanthanum oxide and cerium oxide were unchanged at 13,000 yuan": one price for the whole list."""
    if figure.dimension != "price" or len([q for q in marks.quantities if q.dimension == "price"]) > 1:
        return False
    near = [group for kind, group in groups(marks, figure.span[0]) if kind == "products"]
    if not near or broken(marks.text, near[-1][-1].end, figure.span[0]):
        return False
    later = [hit for hit in marks.products if near[-1][-1].end <= hit.start < figure.span[0]]
    several = _PLURAL.match(marks.text, near[-1][-1].end, figure.span[0])
    named = _PRICES_OF.search(marks.text, marks.span[0], near[-1][0].start)
    return not later and (several or named) is not None


def _runs(marks: Marks) -> list[tuple[int, int]]:
    """Runs of like figures that only coordination separates."""
    runs: list[tuple[int, int]] = []
    start = 0
    figures = marks.quantities
    for index in range(1, len(figures) + 1):
        if index < len(figures) and _alike(marks, figures[index - 1], figures[index]):
            continue
        if figures:
            runs.extend(_slashed_parts(marks, start, index - 1))
        start = index
    return runs


def _slashed_parts(marks: Marks, first: int, last: int) -> list[tuple[int, int]]:
    """ "4.35%/2.22%, down 12.3 pct/7.6 pct": slashes make lists of their own, as long as one another."""
    parts = [first]
    for index in range(first + 1, last + 1):
        left, right = marks.quantities[index - 1], marks.quantities[index]
        if not _SLASH.fullmatch(marks.text, left.span[1], right.span[0]):
            parts.append(index)
    runs = [(start, end - 1) for start, end in itertools.pairwise([*parts, last + 1])]
    sizes = {end - start for start, end in runs}
    return runs if len(sizes) == 1 and sizes != {0} else [(first, last)]


def _alike(marks: Marks, left: Quantity, right: Quantity) -> bool:
    """Two figures of one list; each may have its own direction (增长1.6%、下降3.8%), but not its own base."""
    text, start, end = marks.text, left.span[1], right.span[0]
    for pair in marks.brackets:  # 255000吨(折稀土氧化物)、243850吨
        if pair[0] == start and pair[1] < end:
            start = pair[1] + 1
    for cue in marks.changes:
        if start < cue.span[0] and cue.span[1] <= end and not cue.basis and not text[cue.span[1] : end].strip():
            end = cue.span[0]
    return left.dimension == right.dimension and joined(text, start, end) and not parted(text, start, end)


def _marked(marks: Marks, first: int, last: int) -> bool:
    text, figures = marks.text, marks.quantities
    before = figures[first - 1].span[1] if first else marks.span[0]
    after = figures[last + 1].span[0] if last + 1 < len(figures) else marks.span[1]
    if any(
        not parted(text, found.end(), figures[first].span[0])
        for found in _MARKER.finditer(text, before, figures[first].span[0])
    ):
        return True
    behind = _MARKER.search(text, figures[last].span[1], after)
    return bool(behind and behind.group().isascii() and not parted(text, figures[last].span[1], behind.start()))


def _groups_before(marks: Marks, limit: int, size: int) -> dict[str, list[Any]]:
    """The nearest list of ``size`` items of each kind before ``limit``; at most two kinds answer one list of figures."""
    found: dict[str, list[Any]] = {}
    for kind, group in groups(marks, limit):
        if len(group) == size and not (kind == "metrics" and len({hit.entry.key for hit in group}) == 1):
            found[kind] = group  # 陷入亏损,亏损额分别为…: one metric named twice is no list
    years = year_list(marks, limit)
    if years and len(years) == size and "periods" not in found:
        found["periods"] = years
    bases = basis_list(marks, limit)
    if size == 2 and bases:
        found = {"bases": bases}
    elif len(found) > 1 and "periods" not in found:
        nearest = max(found, key=lambda kind: span_of(found[kind][-1])[1])
        found = {nearest: found[nearest]}
    return found


def _plain_list(marks: Marks, first: int, size: int) -> dict[str, list[Any]]:
    """As many products as figures, in one clause, nothing else counted between: "prices of A and B were X and Y"."""
    limit = marks.quantities[first].span[0]
    floor = marks.quantities[first - 1].span[1] if first else marks.span[0]
    near = [
        (kind, group) for kind, group in groups(marks, limit) if kind == "products" and span_of(group[0])[0] >= floor
    ]
    holders = _holders(marks, first, size, floor)
    if holders:
        return {"names": holders}
    if not near:
        return _plain_metrics(marks, floor, limit, size)
    if len(near) != 1 or len(near[0][1]) != size or broken(marks.text, span_of(near[0][1][-1])[1], limit):
        return {}
    return {"products": near[0][1]}


_HOLD = pattern_of(r"\s+(?:{hold-shares})\s+", re.IGNORECASE)


def _holders(marks: Marks, first: int, size: int, floor: int) -> list[Any]:
    """ "A and B will hold 51 percent and 34 percent of the venture": as many holders as shares."""
    limit = marks.quantities[first].span[0]
    if marks.quantities[first].dimension != "ratio":
        return []
    lists = [group for kind, group in groups(marks, limit) if kind == "names" and span_of(group[0])[0] >= floor]
    if len(lists) != 1 or len(lists[0]) != size:
        return []
    return lists[0] if _HOLD.fullmatch(marks.text, span_of(lists[0][-1])[1], limit) else []


def _mixed_metrics(marks: Marks) -> dict[int, Any]:
    """ "Revenue, net profit and gross margin came to 3.5 billion yuan, 300 million yuan and 16 percent": figures of several kinds."""
    figures, found = marks.quantities, {}
    if len(figures) < _FEWEST or len(marks.metrics) < _FEWEST:
        return {}
    for group in (group for kind, group in groups(marks, marks.span[1]) if kind == "metrics"):
        first = next((place for place, one in enumerate(figures) if one.span[0] >= group[-1].end), len(figures))
        last = first
        while last + 1 < len(figures) and joined(marks.text, figures[last].span[1], figures[last + 1].span[0]):
            last += 1
        run = figures[first : last + 1]
        if (
            len(run) != len(group)
            or len({hit.entry.key for hit in group}) != len(group)
            or len({one.dimension for one in run}) < 2
        ):
            continue
        gap = (group[-1].end, run[0].span[0])
        if gap[1] - gap[0] > _LEADS_TO or broken(marks.text, *gap) or any(hit.entry.data.get("tight") for hit in group):
            continue
        found.update(dict(enumerate(group, first)))
    return found


def _plain_metrics(marks: Marks, floor: int, limit: int, size: int) -> dict[str, list[Any]]:
    """As many metrics as levels, in one clause: "revenue and net profit were X and Y"."""
    near = [group for kind, group in groups(marks, limit) if kind == "metrics" and span_of(group[0])[0] >= floor]
    if len(near) != 1 or len(near[0]) != size or len({hit.entry.key for hit in near[0]}) != size:
        return {}
    last = near[0][-1].end
    loose = any(hit.entry.data.get("tight") for hit in near[0]) or marks.metrics_between(last, limit)
    return {} if loose or limit - last > _LEADS_TO or broken(marks.text, last, limit) else {"metrics": near[0]}
