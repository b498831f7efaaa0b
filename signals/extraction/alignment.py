"""Lists that answer one another item by item: three firms and three growth rates, two products and two outputs.

分别, 依次 and "respectively" say so outright; figures joined by slashes say so by themselves; 均, "both" and "each" give one
figure to every item of the list before it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from signals.extraction.calendar import months, part
from signals.extraction.grammar import broken, joined, parted
from signals.extraction.marks import Marks, span_of
from signals.extraction.rates_with_bases import rates_with_bases
from signals.extraction.records import Period, PeriodMention, Quantity

_MARKER = re.compile(r"分别|分別|依次|\brespectively\b|\bin turn\b", re.IGNORECASE)
_SHARED = re.compile(
    r"(?:均(?!价|值|匀|衡|線|线|價)|都(?!市|会)|皆|\bboth\b|\beach\b|\ball\b)[^,，;；。]{0,14}$", re.IGNORECASE
)
_YEARS = re.compile(
    r"(?<!\d)(20)?(\d{2})\s*(?:E|年)?\s*(?:[-–—~～至到]|\bto\b)\s*(20)?(\d{2})\s*(?:E|年)", re.IGNORECASE
)
_YEARS_EN = re.compile(
    r"(?<!\d)(20\d{2})E?\s*(?:[-–—~/]|to|and|through)\s*(?:(20\d{2})E?\s*(?:/|and|,)\s*)?(20)?(\d{2})E?(?!\d)"
)
_QUARTERS = re.compile(
    r"(?:(20\d{2})年?度?)?(?:第?[一1](?:季度)?[至到~-]第?[四4]|各|四个|4个|分)季度?|(20\d{2})\s?Q1\s?[-–~至]\s?Q4",
    re.IGNORECASE,
)
# 第一、二、三季度 and 6、7、8月: the unit stands once, behind the last
_PARTS_NAMED = re.compile(
    r"(?:(20\d{2})年)?(?:第?[一二三四1-4](?:、第?[一二三四1-4])*(?:[、和与及]第?[一二三四1-4])季度|\d{1,2}(?:、\d{1,2})*[、和与及]\d{1,2}月)"
)
_PARTS = {
    "上半年": "H1",
    "下半年": "H2",
    "前三季度": "M1-9",
    "一季度": "Q1",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
}
_EACH = re.compile(f"年?[各每的]?第?({'|'.join(_PARTS)})")
_SLASH = re.compile(r"\s*(?:/|／)\s*")


@dataclass(slots=True)
class Place:
    """What a list says of one figure: the item of each kind that belongs to it."""

    items: dict[str, Any] = field(default_factory=dict)
    parallel: tuple[int, int] | None = (
        None  # "up 12% and 9% respectively": place and length where no list of words answers
    )
    others: list[dict[str, Any]] = field(default_factory=list)  # 均/both: the same figure for further items


def align(marks: Marks, before: dict[int, list[Any]] | None = None) -> dict[int, Place]:
    """Index of a figure in ``marks.quantities`` -> its place, for figures that a list covers.

    ``before`` holds the paragraph's lists of products by length; a sentence that names none goes on in their order. It is
    brought up to date with this sentence's lists.
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
                if (
                    size in listed and "bases" not in listed[size]
                ):  # "their profits were … and …": in the order of the list before
                    for kind, items in listed[size].items():
                        if kind != "metrics":
                            for offset, item in enumerate(items):
                                places.setdefault(first + offset, Place()).items[kind] = item
                elif _answers_levels(marks, first, size):
                    for offset in range(size):
                        places.setdefault(first + offset, Place()).parallel = (offset, size)
                elif years := _years_behind(marks, figures[-1].span[1], size):
                    for offset, item in enumerate(years):
                        places.setdefault(first + offset, Place()).items["periods"] = item
                elif len(parts := _part_list(marks, figures[0].span[0])) == size:
                    for offset, item in enumerate(parts):
                        places.setdefault(first + offset, Place()).items["periods"] = item
                elif found := _plain_list(marks, first, size):
                    listed[size] = found
                    for kind, items in found.items():
                        for offset, item in enumerate(items):
                            places.setdefault(first + offset, Place()).items[kind] = item
                continue
            limit = figures[0].span[0]
            found = _groups_before(marks, limit, size)
            years = _years_behind(marks, figures[-1].span[1], size)
            if years:
                found = {**{kind: items for kind, items in found.items() if kind != "metrics"}, "periods": years}
            if not found and size in listed:
                found = listed[size]
            listed[size] = found
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
            groups = [(kind, group) for kind, group in _groups(marks, figure.span[0]) if kind in ("products", "names")]
            if groups:
                kind, group = max(groups, key=lambda pair: span_of(pair[1][-1])[1])
                place = places.setdefault(first, Place())
                place.items[kind] = group[0]
                place.others = [{kind: item} for item in group[1:]]
    for index, parallel in rates_with_bases(marks).items():
        places.setdefault(index, Place()).parallel = parallel
    before.update({size: found["products"] for size, found in listed.items() if "products" in found})
    return places


_PRICES_OF = re.compile(r"\bprices?\b(?: (?:of|for))?\s+$", re.IGNORECASE)


def _answers_levels(marks: Marks, first: int, size: int) -> bool:
    """ "270,000 tons of ore and 254,000 tons of products, 5.9% and 4.2% more": rates in the order of the levels before."""
    if (
        marks.quantities[first].dimension != "ratio"
        or first < size
        or not marks.text[marks.quantities[first].span[0]].isascii()
    ):
        return False
    levels = marks.quantities[first - size : first]
    alike = levels[0].dimension not in ("ratio", "points", "fold") and all(
        q.dimension == levels[0].dimension for q in levels
    )
    alone = first == size or marks.quantities[first - size - 1].dimension != levels[0].dimension
    tied = not parted(marks.text, levels[0].span[1], marks.quantities[first].span[0])
    gap = (levels[-1].span[1], marks.quantities[first].span[0])
    return alike and alone and tied and gap[1] - gap[0] <= 48 and not marks.metrics_between(*gap)


_PLURAL = re.compile(r"\s+(?:were|are|remain|stay|stood)\b")


def _same_price(marks: Marks, figure: Quantity) -> bool:
    """ "Listed prices of lanthanum oxide and cerium oxide were unchanged at 13,000 yuan": one price for the whole list."""
    if figure.dimension != "price" or len([q for q in marks.quantities if q.dimension == "price"]) > 1:
        return False
    groups = [group for kind, group in _groups(marks, figure.span[0]) if kind == "products"]
    if not groups or broken(marks.text, groups[-1][-1].end, figure.span[0]):
        return False
    later = [hit for hit in marks.products if groups[-1][-1].end <= hit.start < figure.span[0]]
    several = _PLURAL.match(marks.text, groups[-1][-1].end, figure.span[0])
    named = _PRICES_OF.search(marks.text, marks.span[0], groups[-1][0].start)
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
            runs.append((start, index - 1))
        start = index
    return runs


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
    for kind, group in _groups(marks, limit):
        if len(group) == size:
            found[kind] = group
    years = _year_list(marks, limit)
    if years and len(years) == size and "periods" not in found:
        found["periods"] = years
    bases = _basis_list(marks, limit)
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
    groups = [
        (kind, group) for kind, group in _groups(marks, limit) if kind == "products" and span_of(group[0])[0] >= floor
    ]
    if len(groups) != 1 or len(groups[0][1]) != size or broken(marks.text, span_of(groups[0][1][-1])[1], limit):
        return {}
    return {"products": groups[0][1]}


def _groups(marks: Marks, limit: int) -> list[tuple[str, list[Any]]]:
    """Coordinated lists of names, products, metrics or periods that end before ``limit``, in order."""
    groups: list[tuple[str, list[Any]]] = []
    for kind in ("names", "products", "metrics", "periods"):
        items = [item for item in getattr(marks, kind) if span_of(item)[1] <= limit and marks.visible(item, limit)]
        ratios = [hit for hit in marks.metrics if "expense" in hit.key]
        if kind == "metrics" and ratios:  # 销售/管理费用率: kinds of expense, no sales
            kinds = {span_of(hit) for hit in marks.products if hit.entry.data.get("only_for")}
            items = [item for item in items if span_of(item) not in kinds]
        if kind == "products":
            items = [
                item
                for item in items
                if not item.entry.data.get("only_for") or any(0 <= hit.end - item.end <= 24 for hit in ratios)
            ]
        group: list[Any] = []
        for item in items:
            if group and not _listed(marks, group[-1], item):
                if len(group) > 1:
                    groups.append((kind, group))
                group = []
            group.append(item)
        if len(group) > 1:
            groups.append((kind, group))
    return sorted(groups, key=lambda pair: span_of(pair[1][-1])[1])


def _listed(marks: Marks, left: Any, right: Any) -> bool:
    """Whether two items stand in one list, brackets between them not counting."""
    start, end = span_of(left)[1], span_of(right)[0]
    for pair in marks.brackets:
        if start <= pair[0] and pair[1] < end and marks.text[start : pair[0]].strip() == "":
            start = pair[1] + 1
    noun = _NOUN.match(marks.text, start, end)
    start = noun.end() if noun else start
    between = marks.text[start:end]
    return (
        bool(between)
        and joined(marks.text, start, end)
        and not parted(marks.text, start, end)
        and between.strip() != ""
    )


_NOUN = re.compile(
    r"\s*(?:业务|板块|产品|分部|business|segment|unit|division|products?)(?=\W|[和及与、])", re.IGNORECASE
)


_YEARS_AFTER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}(?:for|in|over|during)\s+(?:the years\s+)?((?:20\d\d(?:\s*,\s*(?:and\s+)?|\s+and\s+))+20\d\d)(?!\d)"
    r"|\s*(?:[a-z]+\s+){0,2}(?:for|in|over|during)\s+(20\d\d)\s?(?:[-–]|to)\s?(20\d\d|\d\d)(?!\d)"
)


def _years_behind(marks: Marks, end: int, size: int) -> list[PeriodMention]:
    """ "EPS of 0.50, 0.66 and 0.85 yuan for 2025, 2026 and 2027": as many years as figures."""
    found = _YEARS_AFTER.match(marks.text, end, marks.span[1])
    if found is None:
        return []
    if found[1]:
        years = [int(year) for year in re.findall(r"20\d\d", found[1])]
    else:
        years = list(range(int(found[2]), int(found[3][-2:]) + 2001))
    return [_year(year, found.span()) for year in years] if len(years) == size else []


def _year_list(marks: Marks, limit: int) -> list[PeriodMention]:
    """Years from a span such as 25-27年 or "2025/26/27"; the quarters of 2024年第一至四季度 and 2024年各季度."""
    text, start = marks.text, marks.span[0]
    latest: list[PeriodMention] = []
    for pattern in (_YEARS, _YEARS_EN):
        for found in pattern.finditer(text, start, limit):
            groups = found.groups()
            first = int(groups[1]) + 2000 if pattern is _YEARS else int(groups[0])
            last = int(groups[3]) + 2000
            if first < last <= first + 9:
                each = _part_of_each(text, found.end())
                latest = [
                    PeriodMention(found.span(), part(year, each)) if each else _year(year, found.span())
                    for year in range(first, last + 1)
                ]
    for found in _QUARTERS.finditer(text, start, limit):
        told = found[1] or found[2] or next((m.period.label[:4] for m in marks.periods if m.span[1] == found.end()), "")
        if told:
            latest = [PeriodMention(found.span(), part(int(told), f"Q{number}")) for number in (1, 2, 3, 4)]
    return _part_list(marks, limit) or latest


def _part_list(marks: Marks, limit: int) -> list[PeriodMention]:
    """The quarters or months of a list in which only the last has its unit."""
    latest: list[PeriodMention] = []
    for found in _PARTS_NAMED.finditer(marks.text, marks.span[0], limit):
        told = found[1] or next((m.period.label[:4] for m in marks.periods if m.span[1] == found.end()), "")
        named = _named_parts(int(told), found[0].partition("年")[2] or found[0]) if told else []
        latest = [PeriodMention(found.span(), one) for one in named] or latest
    return latest


def _named_parts(year: int, listed: str) -> list[Period]:
    """The quarters of 第一、二、三季度, the months of 6、7、8月; none where they are out of order."""
    if listed.endswith("月"):
        found = [months(year, int(number), int(number)) for number in re.findall(r"\d+", listed)]
    else:
        found = [
            part(year, f"Q{'一二三四'.find(number) + 1 or number}") for number in re.findall("[一二三四1-4]", listed)
        ]
    made = [one for one in found if one is not None]
    return made if len(made) == len(found) and made == sorted(made, key=lambda one: one.start) else []


def _part_of_each(text: str, end: int) -> str:
    """ "H1" for 2021年至2024年各上半年; "" where the years themselves are meant."""
    found = _EACH.match(text, end)
    return _PARTS[found[1]] if found else ""


def _year(year: int, span: tuple[int, int]) -> PeriodMention:
    return PeriodMention(span, Period(str(year), f"{year}-01-01", f"{year}-12-31"))


def _basis_list(marks: Marks, limit: int) -> list[str]:
    """["yoy", "qoq"] for 同环比: two cues on one stretch, with no figure between them and ``limit``."""
    spans: dict[tuple[int, int], list[str]] = {}
    for cue in marks.changes:
        if cue.basis and cue.span[1] <= limit:
            spans.setdefault(cue.span, []).append(cue.basis)
    for span in sorted(spans, reverse=True):
        if any(span[1] <= figure.span[0] < limit for figure in marks.quantities):
            return []
        if len(spans[span]) > 1:
            return spans[span]
    return []
