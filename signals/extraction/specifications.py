"""Figures that state nothing: purities, thresholds of a rule, item numbers, numbers inside a metric's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from signals.extraction.gated import gated
from signals.extraction.grammar import joined
from signals.extraction.marks import Marks
from signals.extraction.numerals import fold
from signals.extraction.records import Quantity
from signals.extraction.wording import pattern_of

COUNTS = ("count", "plain")
_PURITY = pattern_of("{purity-before}$", re.IGNORECASE)
_AFTER_PURITY = pattern_of(r"\s*{purity-behind}", re.IGNORECASE)
_OF_CONTENT = re.compile(
    r"\s*(?:T?REO|WO3)(?![A-Za-z])(?!\s*(?:price|output))|(?<=99%)\s*氧化|(?<=99\.9%)\s*氧化|(?<=9\.99%)\s*氧化|(?<=\.999%)\s*氧化",
    re.IGNORECASE,
)
_NORM = pattern_of("{rule-or-fine}")
_OF_GROWTH = pattern_of(r"\s*{of-growth}", re.IGNORECASE)
_RESTATES = gated(
    r"[,，]\s*or\s+(?:nearly|about|roughly|almost|some|more than|just over)?\s*(?:a\s+)?$|\bof which\s*$", re.IGNORECASE
)
_NUMBERED = pattern_of(r"{numbered-noun}\s*$")
_SHORT_TONS = re.compile(r"\s*(?:st|short tons?|lbs?|pounds|lb)\s*\)", re.IGNORECASE)
_GRADE = pattern_of(r"{grade-noun}\s*(?:为|约|达|at|about)?\s*$", re.IGNORECASE)
_STEP = pattern_of("{step-of}")  # on folded text
_TAX = pattern_of(r"\s*{tax-noun}", re.IGNORECASE)
_ORE_GRADE = pattern_of(r"\s*{ore-noun}", re.IGNORECASE)
_AT = pattern_of(r"(?:\b(?:tonnes|tons|mt|t)|,)\s+{averaging}\s+$", re.IGNORECASE)
_NAMED_AFTER_PURITY = re.compile(
    r"\s*-?\s*(?:pure |purity |grade |high[- ]grade |mixed |black |white )?", re.IGNORECASE
)
_ELEMENT = re.compile(r".*-(?:oxide|metal|iron)$")
_CLASS_OF_FIRM = pattern_of("{class-of-firm}")
# "19% above market expectations": measured against what somebody thought
_THAN_PLANNED = pattern_of(r"\s*{than-planned}", re.IGNORECASE)
_THAN_EXPECTED = pattern_of(r"\s*{beside-expectation}", re.IGNORECASE)
_QUOTED_BESIDE_TICKER = re.compile(r"[(\[](?:[A-Z]{2,8}:\s?)[A-Z0-9.]{2,8}\s*$")  # (OTCPK:LYSCF +2.3%)
_CONTRIBUTED = pattern_of(r"\b{contributed}\s+(?:about|some|nearly|over|roughly)?\s*$", re.IGNORECASE)
_CITED = re.compile(r"\[$|[(&?]\w+=$")  # [39](index=39&type=chunk)
_MIDDLE = pattern_of(r"{middle-of}\s*$", re.IGNORECASE)  # of a forecast's range
_BOUNDS = ("<", ">", "<=", ">=")


# 售价较普通钢高10%, 较境内毛利率高出12个百分点: measured against something else, not against an earlier time
_THAN_ANOTHER = pattern_of(r"(?:较|比|相对于|相比)(?P<other>[^,，。;；\d]{2,12}?){than-another}(?:了|约|近|超)?$")


# (以1澳元=4.70元人民币计)
_EXCHANGE_RATE = pattern_of(r"{exchange-rate}\s?$")


def _than_another(marks: Marks, figure: Quantity) -> bool:
    """Whether a Chinese rate compares with something that is no time."""
    start = figure.span[0]
    found = _THAN_ANOTHER.search(marks.text, max(marks.span[0], start - 20), start)
    return (
        found is not None
        and not any(cue.basis and found.start() <= cue.span[0] and cue.span[1] <= start for cue in marks.changes)
        and not any(found.start() <= mention.span[0] and mention.span[1] <= start for mention in marks.periods)
    )


def without_specifications(marks: Marks) -> Marks:
    """The marks without figures that state nothing: purities, thresholds of a rule, numbers that are part of a metric's words."""
    if not marks.quantities:
        return marks
    text = marks.text
    kept: list[Quantity] = []
    ones = any(abs(figure.value) == 1 for figure in marks.quantities)
    steps = [found.span() for found in _STEP.finditer(fold(text), *marks.span)] if ones else []
    for figure in marks.quantities:
        start, end = figure.core
        if figure.dimension == "ratio" and (
            _OF_GROWTH.match(text, end)
            or (
                _RESTATES.search(text, max(marks.span[0], start - 24), start) and kept and kept[-1].dimension == "ratio"
            )
        ):
            continue
        if kept and kept[-1].dimension == "mass" and _SHORT_TONS.match(text, end):
            if text[kept[-1].span[1] : start].strip() == "(":
                continue  # 360 t (397 st)
        if figure.dimension in COUNTS:
            if text[end : end + 1] in "]&)" and _CITED.search(text, max(0, start - 12), start):
                continue
            if _NUMBERED.search(text, max(marks.span[0], start - 10), start):
                continue
            if text[end : end + 1] in ")）、.．":
                if not text[max(marks.span[0], start - 1) : start].strip(" ;；。(（\n"):
                    continue  # 2)盐类: the number of an item
        if (steps and any(first <= start and end <= last for first, last in steps)) or _GRADE.search(
            text, max(marks.span[0], start - 16), start
        ):
            continue
        if any(hit.start < start and end <= hit.end for hit in marks.metrics):
            continue
        if (
            figure.dimension == "ratio"
            and _OF_CONTENT.match(text, end)
            and not any(start - 6 <= cue.span[0] and cue.span[1] <= start for cue in marks.changes)
        ):
            continue  # 58.09%REO混合稀土精矿, 99.99% 氧化铽
        if figure.dimension in ("ratio", "plain"):
            lead = text[max(marks.span[0], start - 14) : start]
            if (
                text[figure.span[0]] not in "+-＋－−"
                and _PURITY.search(lead)
                and _AFTER_PURITY.match(text, end)
                and not any(start - 14 <= cue.span[0] and cue.span[1] <= start for cue in marks.changes)
            ):
                inside = marks.bracket_of(start)
                if inside is None or inside[1] - inside[0] < 14 or "=" in lead[-2:]:
                    continue
        if figure.dimension in ("ratio", "points") and _CONTRIBUTED.search(text, max(marks.span[0], start - 32), start):
            continue  # "the sector contributed 28% of the city's growth"
        if figure.dimension == "ratio" and (_TAX.match(text, end) or _of_purity(marks, figure)):
            continue
        if (
            figure.dimension == "ratio"
            and _ORE_GRADE.match(text, end)
            and _AT.search(text, max(marks.span[0], start - 40), start)
        ):
            continue  # 4.1 million tonnes at 1.2% total rare earth oxides
        if figure.dimension in ("ratio", "points") and (
            _MIDDLE.search(text, max(marks.span[0], figure.span[0] - 32), figure.span[0])
            or _THAN_EXPECTED.match(text, figure.span[1], marks.span[1])
            or _QUOTED_BESIDE_TICKER.search(text, max(marks.span[0], figure.span[0] - 24), figure.span[0])
        ):
            continue
        if _THAN_PLANNED.match(text, figure.span[1], marks.span[1]):
            continue  # "8,000 tonnes more than planned"
        if figure.dimension == "money" and _EXCHANGE_RATE.search(
            marks.text, max(0, figure.span[0] - 16), figure.span[0]
        ):
            continue
        if figure.dimension in ("ratio", "points", "fold") and _than_another(marks, figure):
            continue
        if figure.dimension == "money" and _CLASS_OF_FIRM.match(text, figure.span[1]):
            continue  # 收入超千亿元企业: a class of firms
        if figure.comparator in _BOUNDS and _NORM.search(text, *marks.span):
            continue
        kept.append(figure)
    for place in range(len(kept) - 1):  # 4.2个、13.1个百分点
        left, right = kept[place], kept[place + 1]
        if (
            left.dimension == "count"
            and left.counter == "个"
            and right.dimension == "points"
            and joined(text, left.span[1], right.span[0])
        ):
            kept[place] = replace(left, dimension="points", unit="pp", counter="")
    for place, figure in enumerate(kept):
        if figure.unit == "points" and marks.text[figure.core[1] - 1].isascii() and _of_ratio(marks, figure):
            kept[place] = replace(figure, dimension="points", unit="pp")
    return marks if kept == marks.quantities else replace(marks, quantities=kept, changes_of={})


def _of_ratio(marks: Marks, figure: Quantity) -> bool:
    """ "gross margin rose 2.3 points": points of a ratio are percentage points, those of an index are its own."""
    before = [hit for hit in marks.metrics if hit.end <= figure.span[0]]
    levels = before[-1].entry.data.get("level", ()) if before else ()
    return "ratio" in levels and "index" not in levels


def _of_purity(marks: Marks, figure: Quantity) -> bool:
    """Whether the share says how pure the product behind it is: 99pc neodymium oxide, 65% tungsten concentrate."""
    start, end = figure.span[0], figure.core[1]
    top = figure.value if figure.value_high is None else figure.value_high
    if not marks.text[start].isdigit() or any(
        start - 14 <= cue.span[0] and cue.span[1] <= start for cue in marks.changes
    ):
        return False
    for hit in marks.products:
        if end <= hit.start <= end + 16 and _NAMED_AFTER_PURITY.fullmatch(marks.text, end, hit.start):
            ore = "concentrate" in hit.alias or re.match(
                r"[^,.;]{0,24}\bconcentrate", marks.text[hit.end : hit.end + 36]
            )
            pure = _ELEMENT.match(hit.key) is not None or hit.alias in ("oxide", "metal", "oxides", "metals")
            return (pure and top >= 90) or (bool(ore) and 25 <= top <= 75)
    return False
