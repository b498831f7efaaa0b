"""Figures that state nothing: purities, thresholds of a rule, item numbers, numbers inside a metric's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from signals.extraction.gated import gated
from signals.extraction.grammar import joined
from signals.extraction.marks import Marks
from signals.extraction.numerals import fold
from signals.extraction.records import Quantity

COUNTS = ("count", "plain")
_PURITY = re.compile(
    r"(?:[=＝≥>]\s*|[(（]\s*(?:\w{1,8}\s*)?|品位\w{0,2}|含量\w{0,2}|纯度\w{0,2}|\bpurity of |\bgrade of )$",
    re.IGNORECASE,
)
_AFTER_PURITY = re.compile(r"\s*(?:[)）]|WO3|REO|TREO|Nd|purity|grade)", re.IGNORECASE)
_OF_CONTENT = re.compile(
    r"\s*(?:T?REO|WO3)(?![A-Za-z])(?!\s*(?:price|output))|(?<=99%)\s*氧化|(?<=99\.9%)\s*氧化|(?<=9\.99%)\s*氧化|(?<=\.999%)\s*氧化",
    re.IGNORECASE,
)
_NORM = gated(
    r"不得|不予|禁止|须|应当|\bshall\b|\bmust not\b|\bnot be (?:allocated|granted)\b|需申请|需.{0,4}许可|以下罚款|\bfines? of\b"
)
_OF_GROWTH = re.compile(
    r"\s*(?:of (?:the |that |this |its )?(?:growth|increase|rise|gain|decline)|growth from (?:new|existing))",
    re.IGNORECASE,
)
_RESTATES = gated(
    r"[,，]\s*or\s+(?:nearly|about|roughly|almost|some|more than|just over)?\s*(?:a\s+)?$|\bof which\s*$", re.IGNORECASE
)
_NUMBERED = gated(r"\b(?:TC|ISO|IEC|GB|GB/T|ASTM|Section|Article|No\.?|Chapter|Phase|[Tt]op|Fortune)\s*$")
_SHORT_TONS = re.compile(r"\s*(?:st|short tons?|lbs?|pounds|lb)\s*\)", re.IGNORECASE)
_GRADE = gated(r"(?:品位|纯度|\bgrading|\bgrade of|\bpurity of)\s*(?:为|约|达|at|about)?\s*$", re.IGNORECASE)
_STEP = gated(
    r"每(?:增减|变动|变化|上升|提高|降低|增加|减少|升降)\s*(?:1|一)\s*(?:%|个百分点)"
    r"|(?:each|every|per)\s+(?:1\s*%|1\s*pc|1 per ?cent|1 percentage point)"
)  # on folded text
_TAX = re.compile(r"\s*(?:value[- ]added tax|VAT|goods and services tax)\b", re.IGNORECASE)
_ORE_GRADE = re.compile(
    r"\s*(?:(?:total |contained )?rare[- ]earth(?:s| oxides?| elements?)?|TREO|REO|NdPr|(?:[a-z]+ ){0,2}grade)\b",
    re.IGNORECASE,
)
_AT = gated(r"(?:\b(?:tonnes|tons|mt|t)|,)\s+(?:at|averaging|with an average(?: grade)? of)\s+$", re.IGNORECASE)
_NAMED_AFTER_PURITY = re.compile(r"\s*-?\s*(?:pure |purity |grade |high[- ]grade |mixed )?", re.IGNORECASE)
_ELEMENT = re.compile(r".*-(?:oxide|metal|iron)$")
_CLASS_OF_FIRM = re.compile(r"(?:级|规模)?的?(?:企业|俱乐部|产业集群|级)(?!的?(?:产值|收入|投资))")
# "19% above market expectations": measured against what somebody thought
_THAN_EXPECTED = re.compile(
    r"\s*(?:(?:higher|lower|more|less|better|worse|fewer) than|above|below|ahead of|short of|over|under)\s[^.;,\d]{0,50}?\b(?:estimates?|expectations?|expected|consensus|forecasts?|guidance|projections?|offer|offer price|issue price|issuing price)\b",
    re.IGNORECASE,
)
_QUOTED_BESIDE_TICKER = re.compile(r"[(\[](?:[A-Z]{2,8}:\s?)[A-Z0-9.]{2,8}\s*$")  # (OTCPK:LYSCF +2.3%)
_MIDDLE = gated(
    r"\b(?:a |the )?median (?:increase |growth |decrease )?(?:of|is|was)\s*[+-]?\s*$", re.IGNORECASE
)  # of a forecast's range
_BOUNDS = ("<", ">", "<=", ">=")


# 售价较普通钢高10%, 较境内毛利率高出12个百分点: measured against something else, not against an earlier time
_THAN_ANOTHER = gated(
    r"(?:较|比|相对于|相比)(?P<other>[^,，。;；\d]{2,12}?)(?:高出?|低|多出?|少|快|慢)(?:了|约|近|超)?$"
)


# (以1澳元=4.70元人民币计)
_EXCHANGE_RATE = gated(
    r"1\s?(?:澳|美|欧|港|加|日|新)?(?:元|英镑|卢布|令吉)\s?(?:[=＝≈:：]|兑换?|合|折合|约合)\s?(?:人民币)?\s?$"
)


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
        if figure.dimension in COUNTS and _NUMBERED.search(text, max(marks.span[0], start - 10), start):
            continue
        if (
            figure.dimension in COUNTS
            and text[end : end + 1] in ")）、.．"
            and not text[max(marks.span[0], start - 1) : start].strip(" ;；。(（\n")
        ):
            continue  # 2)盐类: the number of an item
        if any(first <= start and end <= last for first, last in steps) or _GRADE.search(
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
    return marks if kept == marks.quantities else replace(marks, quantities=kept, changes_of={})


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
