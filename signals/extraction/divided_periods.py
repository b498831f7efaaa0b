"""One period told as a run of its parts, one for each figure of a list: 2024年Q1-Q4…分别, 1-3月…分别, 前三季度单季…分别, 此前六季…分别."""

from __future__ import annotations

import re
from itertools import pairwise

from signals.extraction.calendar import length, months, neighbour
from signals.extraction.gated import gated
from signals.extraction.marks import Marks
from signals.extraction.records import Period, PeriodMention, Quantity

_RUN = re.compile(r"\s*[-–—~～至到]\s*")
_RUN_INSIDE = gated(r"[-–—~～至到]")
_OTHER_LIST = gated(r"[、/／]|[和与及](?!其)")  # words that the figures may answer instead
_ENUMERATED = re.compile(r"[、/／]")  # behind a run that is written out, 公司与包钢 is no list
_BY_PART = gated(r"(?P<quarter>[各每]个?季度?|单季度?|逐季)|(?P<month>[各每]个?月|逐月|月度|月均|单月)")
_BACK = gated(
    r"(?:此前|之前|过去|近|最近|(?<![之此])前(?=[五六七八5-8]))的?(?P<count>\d{1,2}|[两二三四五六七八九十])个?(?P<unit>季度?|月)(?!报|末|底)"
)
_HAN_NUMBERS = {"两": 2, **{digit: place for place, digit in enumerate("一二三四五六七八九十", start=1)}}
_RISING = gated(r"上[调涨升]|上調|上漲|[连續连续]+(?:上?[涨漲升])|增长|增長")


def divided_period(marks: Marks, limit: int, figures: list[Quantity]) -> list[PeriodMention]:
    """The parts of the period before ``limit``, as many as figures; none where other words can be what they answer."""
    size = len(figures)
    seen = [m for m in marks.periods if m.span[1] <= limit and not m.comparison and marks.visible(m, limit)]
    for first, last in pairwise(seen):
        if not _RUN.fullmatch(marks.text, first.span[1], last.span[0]) or _ENUMERATED.search(
            marks.text, last.span[1], limit
        ):
            continue
        steps = _from_to(first.period, last.period, size)
        if steps:
            return [PeriodMention((first.span[0], last.span[1]), one) for one in steps]
    for mention in reversed(seen):
        words = marks.text[slice(*mention.span)]
        listed = _ENUMERATED if _RUN_INSIDE.search(words) else _OTHER_LIST
        if listed.search(marks.text, mention.span[1], limit):
            return []
        width = _width(words, marks.text[mention.span[1] : limit], length(mention.period), size)
        parts = _parts(mention.period, width) if width else []
        if len(parts) == size:
            return [PeriodMention(mention.span, one) for one in parts]
    return []


def periods_back(marks: Marks, limit: int, figures: list[Quantity], spoken: Period | None) -> list[PeriodMention]:
    """此前六季…分别为: the quarters before the one spoken of. Where prices have been raised and fall along the list it goes back."""
    every = list(_BACK.finditer(marks.text, marks.span[0], limit))
    if not every or spoken is None:
        return []
    found = every[-1]
    count = int(found["count"]) if found["count"].isdigit() else _HAN_NUMBERS[found["count"]]
    unit = "month" if found["unit"] == "月" else "quarter"
    levels, begin = figures, found.end()
    if count == len(figures) + 1:  # …,较上期分别增长: one rate less than levels
        levels = [figure for figure in marks.quantities if begin <= figure.span[0] and figure.span[1] <= limit]
        begin = levels[-1].span[1] if levels else begin
    if count != len(levels) or length(spoken) != (1 if unit == "month" else 3):
        return []
    back = [one for one in (neighbour(spoken, unit, -step) for step in range(1, count + 1)) if one is not None]
    if len(back) != count or _OTHER_LIST.search(marks.text, begin, limit):
        return []
    falling = all(left.value > right.value for left, right in pairwise(levels))
    latest_first = falling and _RISING.search(marks.text, max(0, marks.span[0] - 200), limit) is not None
    told = back[: len(figures)] if latest_first else back[::-1][-len(figures) :]
    return [PeriodMention(found.span(), one) for one in told]


def _width(words: str, behind: str, whole: int, size: int) -> int:
    """How many months each part has: what the words say, else what the run is written in; 0 where it is not divided."""
    told = _BY_PART.search(words) or _BY_PART.search(behind)
    if told:
        return 3 if told["quarter"] else 1
    if _RUN_INSIDE.search(words):
        return 1 if "月" in words else 3
    return 3 if whole == 9 and size == 3 and "季" in words else 0


def _parts(period: Period, width: int) -> list[Period]:
    if length(period) <= width or period.start[:4] != period.end[:4]:
        return []
    year, first, last = int(period.start[:4]), int(period.start[5:7]), int(period.end[5:7])
    made = [months(year, month, month + width - 1) for month in range(first, last + 1, width)]
    return [one for one in made if one is not None]


def _from_to(first: Period, last: Period, size: int) -> list[Period]:
    """The quarters or months from ``first`` to ``last``, over New Year, too."""
    width = length(first)
    if width not in (1, 3) or length(last) != width:
        return []
    steps = [first]
    while len(steps) < size and steps[-1].end < last.end:
        following = neighbour(steps[-1], "quarter" if width == 3 else "month", 1)
        if following is None:
            return []
        steps.append(following)
    return steps if len(steps) == size and steps[-1].label == last.label else []
