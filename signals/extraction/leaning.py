"""Small questions of binding: which word was passed over, what stands between two figures of one list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from signals.extraction.alignment import Place
from signals.extraction.candidates import OF
from signals.extraction.compared import after_base
from signals.extraction.drafts import Change, Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import broken, joined, parted
from signals.extraction.marks import Marks, span_of
from signals.extraction.metrics import is_weak
from signals.extraction.records import Hit, Quantity
from signals.extraction.wording import pattern_of

_MADE_A_LOSS = pattern_of(r"\s+{turned-out}\s+(?:a|an)\s+")
_COORDINATOR = re.compile(r"[、,，和及与]|\band\b|\bplus\b|\bas well as\b|\bor\b|\ba\b|\ban\b|\bthe\b", re.IGNORECASE)
_OF_PROFIT = ("net_profit", "net_profit_core", "profit", "eps")


_POCKET_EPS = 100  # of any currency: what a share earns


def told_as(marks: Marks, near: Hit, bound: Mapping[int, Draft]) -> Hit:
    """What 盈利 and 亏损 are of: of the profit named right before (扣非净利润亏损…) or told just before (…,上年同期盈利…)."""
    for hit in marks.metrics:  # "Adjusted EBITDA was a loss of …"
        if hit.end < near.start and _MADE_A_LOSS.fullmatch(marks.text, hit.end, near.start):
            return hit
    beside = [hit for hit in marks.metrics if hit.end == near.start and hit.entry.key in _OF_PROFIT]
    if beside:
        return beside[-1]
    told = [draft for draft in bound.values() if draft.cue is not None and draft.quantity.span[1] <= near.start]
    if (
        told
        and told[-1].metric == "eps"
        and abs(told[-1].value) < _POCKET_EPS
        and not parted(marks.text, told[-1].quantity.span[1], near.start)
    ):
        follower = next((q for q in marks.quantities if q.span[1] > near.start), None)
        if follower is not None and follower.dimension == "money" and abs(follower.value) < _POCKET_EPS:
            return told[-1].cue or near  # "earnings per share of 0.15 yuan against a loss of 0.23 yuan"
    compared = any(m.comparison and m.span[1] == near.start for m in marks.periods)
    last = told[-1].cue if told and compared else None
    return last if last is not None and last.entry.key in _OF_PROFIT else near


def of_firm(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether a firm, and no other figure, stands between a comma and the figure, behind the index's own words."""
    floor = max((q.span[1] for q in marks.quantities if q.span[1] <= figure.span[0]), default=marks.span[0])
    firms = [name for name in marks.names if max(floor, hit.end) <= name.span[0] and name.span[1] <= figure.span[0]]
    return (
        bool(firms)
        and broken(marks.text, hit.end, firms[-1].span[0])
        and not broken(marks.text, firms[-1].span[1], figure.span[0])
        and firms[-1].key not in ("china", "china-rare-earth-association", "baotou-rare-earth-exchange")
    )


def passed_over(hit: Hit, bound: Mapping[int, Draft]) -> bool:
    """Whether a level chose another metric although this one stood nearer: 价格指数收于180.5点, 周涨幅0.9% is of the index."""
    if any(draft.cue is hit for draft in bound.values()):
        return False
    return any(
        draft.cue is not None
        and draft.rule in ("metric-before", "metric-earlier")
        and not draft.is_change
        and draft.cue.end <= hit.start
        and hit.end <= draft.quantity.span[0]
        for draft in bound.values()
    )


_APPOSITION = pattern_of(
    r",\s+(?:{retold-as}\s+)?an?\s+(?:[\w-]+\s+){0,3}?{appositive-move}\s+(?:of|by)\s+(?:{roughly}\s+)?$",
    re.IGNORECASE,
)


def without_aside(marks: Marks, figure: Quantity, before: list[Hit], bound: Mapping[int, Draft]) -> list[Hit]:
    """The metrics before an appositive growth without those only named since the last level: "profit of 119 million yuan,
    as the price of raw materials was high, a decrease of 64%" is of the profit."""
    if _APPOSITION.search(marks.text, max(marks.span[0], figure.span[0] - 60), figure.span[0]) is None:
        return before
    levels = [draft for draft in bound.values() if not draft.is_change and draft.quantity.span[1] <= figure.span[0]]
    if not levels or levels[-1].cue is None or levels[-1].cue.start > levels[-1].quantity.span[0]:
        return before
    return [hit for hit in before if hit.start < levels[-1].quantity.span[1]] or before


_SHARED_OUT = pattern_of(r"占[^,，。;；\d]{0,14}的?{proportion-noun}?(?:分别)?[为达]?[\d.%％、和及与]*$")


def shared_out(marks: Marks, index: int) -> bool:
    """Whether the figure is one of a list of shares: 分别占总产值的61%、37%和2%."""
    start = marks.quantities[index].span[0]
    return _SHARED_OUT.search(marks.text, max(marks.span[0], start - 48), start) is not None


def replace_span(change: Change | None) -> Change | None:
    """A change taken over from another figure: the same basis and direction, no words of its own."""
    return Change(change.basis, change.direction, change.to_level, None) if change else None


def change_before(bound: Mapping[int, Draft]) -> Change | None:
    """The last change among the figures bound, for the next rate of its list; None when there is none."""
    changes = [bound[index] for index in sorted(bound) if bound[index].is_change]
    return replace_span(changes[-1].change) if changes else None


# "increased by 5kt and the smelting quota by |3kt"
_AND_BY = pattern_of(r"[^.;,]{0,30},?\s+and\s+[^.;,]{1,100}\s+by\s+(?:{roughly}\s+)?")
_NEXT_ITEM = re.compile(r"\s*[,，]?[、和及]\s*")


def change_left_out(marks: Marks, index: int, bound: Mapping[int, Draft]) -> Change | None:
    """The verb that the last of a list leaves out: 甲公司增加0.8万吨、乙公司增加0.25万吨、丙公司0.15万吨."""
    before, figure = bound.get(index - 1), marks.quantities[index]
    if before is None or not before.is_change or before.change is None or before.quantity.unit != figure.unit:
        return None
    if " by " in marks.text[figure.span[0] - 16 : figure.span[0]]:
        joint = _AND_BY.fullmatch(marks.text, before.quantity.span[1], figure.span[0])
        return replace_span(before.change) if joint else None
    name = next((one for one in reversed(marks.names) if one.span[1] <= figure.span[0]), None)
    beside = name is not None and not marks.text[name.span[1] : figure.span[0]].strip()
    if name is None or not beside or figure.dimension != "mass":
        return None
    return (
        replace_span(before.change) if _NEXT_ITEM.fullmatch(marks.text, before.quantity.span[1], name.span[0]) else None
    )


def coordinators(marks: Marks, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in _COORDINATOR.finditer(marks.text, start, end)]


def only(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the stretch holds next to nothing but ``spans``; one word more may stand (a noun that is no product)."""
    if end <= start or end - start > 80 or parted(text, start, end):
        return False
    rest = "".join(
        text[place] for place in range(start, end) if not any(first <= place < last for first, last in spans)
    )
    words = re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]+", rest)
    return (len(words) <= 2 and joined(text, start, start + 1)) or len(words) <= 1


def joined_loosely(marks: Marks, start: int, end: int) -> bool:
    """Whether only names, products and coordination stand between two figures of one list."""
    spans = [span_of(item) for item in (*marks.names, *marks.products, *marks.metrics)] + coordinators(
        marks, start, end
    )
    rest = "".join(
        marks.text[place] for place in range(start, end) if not any(first <= place < last for first, last in spans)
    )
    return len(re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]+", rest)) <= 3


def goes_on(marks: Marks, figure: Quantity) -> bool:
    """ "This brings the full year to 270,000 tons", "heavy rare earths account for 19,150 tons"."""
    if any(
        not is_weak(hit) and not hit.entry.data.get("tight") and hit.entry.key != "share" and hit.start < figure.span[1]
        for hit in marks.metrics
    ):
        return False
    words = marks.text[marks.span[0] : figure.span[0]]
    compares = _OPENS_WITH_BASE.match(words) is not None
    if (opens_with_pronoun(marks) or compares) and (after_base(marks, figure) or _EQUALS.fullmatch(words)):
        return True
    return bool(
        _BRINGS.match(words)
        or _MEANS_TO.match(words)
        or (re.search(r"\baccount(?:s|ed)? for\b", words) and marks.products)
        or _IT_WAS.fullmatch(words)
    )


# "In FY24 it was A$463 million", "For the half, it came to 3.5 billion yuan": of what the sentence before told
_IT_WAS = pattern_of(
    r"(?:(?:In|For|During|Over|At|A|One|By) [^,;:.]{2,40},?\s+)?(?:it|that|this|the {told-quantity})\s+{stood-at}\s+(?:{roughly}\s+)*",
    re.IGNORECASE,
)
_BRINGS = pattern_of(r"(?:This|That|It) {brings-to}")
_MEANS_TO = pattern_of(r"(?:It|The {firm-noun.en}) (?:is |now |also )*{means-to-reach}")
_OPENS_WITH_BASE = pattern_of("{opens-with-base}")
_EQUALS = pattern_of(r"(?:That|This|It)\s+(?:{still-is}\s+)*{comes-to-equal}\s+(?:{roughly}\s+)?", re.IGNORECASE)
_TO_LEVEL = pattern_of(r"[^.;:，。；\d]{0,40}\b(?:to|at)\s+(?:(?:a|an|record|{roughly})\s+)*", re.IGNORECASE)


def leads_to_level(marks: Marks, change: Quantity, figure: Quantity) -> bool:
    """Whether a level follows the rate that led to it: "0.4 percent to trade at CNY2.43"."""
    return _TO_LEVEL.fullmatch(marks.text, change.span[1], figure.span[0]) is not None


def for_others(draft: Draft, place: Place | None) -> list[Draft]:
    """The same figure for further items: 氧化镧、氧化铈均为…."""
    if place is None:
        return []
    drafts = []
    for items in place.others:
        other = replace(draft, why=dict(draft.why))
        if "products" in items:
            other.product, other.product_span = items["products"].key, span_of(items["products"])
        if "names" in items:
            other.name = items["names"].key
        drafts.append(other)
    return drafts


_BOTH = gated(r"(?:\bboth\b|[均皆]|双双|雙雙)[^,，;；。\d]{0,16}$", re.IGNORECASE)


def for_both(index: int, bound: Mapping[int, Draft], marks: Marks) -> list[Draft]:
    """ "output value of 3 bn yuan and exports of 60 mn, both up 48%": the rate of the other metric too."""
    levels = [bound[place] for place in (index - 2, index - 1) if place in bound and not bound[place].is_change]
    draft = bound[index]
    if not draft.is_change or len(levels) < 2 or levels[0].metric == levels[1].metric:
        return []
    if not _BOTH.search(marks.text, levels[1].quantity.span[1], draft.quantity.span[0]):
        return []
    other = levels[0] if levels[0].metric != draft.metric else levels[1]
    return [
        replace(
            draft, meaning=other.meaning, product=other.product, product_span=other.product_span, why=dict(draft.why)
        )
    ]


_BUYS = pattern_of(r"{buys}\s+(?:(?:{roughly}|{further-of})\s+)?$", re.IGNORECASE)


def holding(marks: Marks, figure: Quantity) -> bool:
    """ "intends to purchase 19.9 percent of Peak Rare Earths": a share of a firm that somebody buys or holds."""
    behind = next((name for name in marks.names if name.span[0] >= figure.span[1]), None)
    if behind is None or not re.fullmatch(r"\s+of\s+(?:the\s+)?", marks.text[figure.span[1] : behind.span[0]]):
        return False
    return _BUYS.search(marks.text, max(marks.span[0], figure.span[0] - 40), figure.span[0]) is not None


_POCKET_MONEY = 1000  # "$8.14" is a share's price or a result per share, never a firm's sales
_OF_FIRMS = (
    "revenue",
    "profit",
    "net_profit",
    "net_profit_core",
    "investment",
    "cash",
    "buyback",
    "export_revenue",
    "output_value",
)


def dropped(draft: Draft) -> bool:
    """Figures that a metric claims which nobody follows, so that no other metric takes them."""
    entry = draft.cue.entry if draft.cue else draft.meaning.entry
    if entry.data.get("drop") or draft.meaning.entry.data.get("drop") or draft.metric == "":
        return True
    if draft.metric == "valuation_multiple" and not draft.value:
        return True  # 市盈率:0.000, a quotation that did not load
    spent = draft.quantity.dimension != "ratio" and draft.change is None
    if spent and draft.cue and draft.cue.alias in entry.data.get("used_up", ()):
        return True  # 吨钢新水消耗2.71吨: what is used, not what is saved
    pocket = draft.quantity.dimension == "money" and not draft.is_change and abs(draft.value) < _POCKET_MONEY
    return pocket and draft.metric in _OF_FIRMS and draft.quantity.unit != "CNY"


def plan_of_goods(draft: Draft, place: Place | None, bound: Mapping[int, Draft], index: int) -> None:
    """产铁…吨、粗钢…吨,分别完成计划的101%、102%: how far a plan is met is of the goods that it answers in order."""
    if draft.metric != "target_completion" or place is None or place.parallel is None:
        return
    offset, size = place.parallel
    levels = [bound[one] for one in sorted(bound) if one < index - offset and bound[one].metric == "output"][-size:]
    if len(levels) == size:
        draft.product = levels[offset].product


_TARGET = pattern_of("{target-ahead}", re.IGNORECASE)


def names_target(marks: Marks) -> bool:
    return _TARGET.search(marks.text, *marks.span) is not None


def narrow_product(marks: Marks) -> str | None:
    """The last product that the sentence names, wide ones left aside."""
    named = [hit for hit in marks.products if hit.alias not in (hit.entry.data.get("weak") or ())]
    narrow = [hit.key for hit in named if not hit.entry.data.get("wide")]
    return narrow[-1] if narrow else None


def take_level_meaning(marks: Marks, bound: Mapping[int, Draft]) -> None:
    """ "By value, exports fell 25.6% to $55 million": the rate is of what the level it leads to is."""
    for index, draft in bound.items():
        level = bound.get(index + 1)
        if level is None or level.is_change or level.cue is not draft.cue or not draft.is_change:
            continue
        if level.metric != draft.metric and leads_to_level(marks, draft.quantity, level.quantity):
            draft.meaning = replace(level.meaning)


_BRINGING = pattern_of("{bringing-total}", re.IGNORECASE)


def brings_total(marks: Marks, index: int, levels: list[Draft]) -> bool:
    """ "…, bringing the total to 270,000 tons and 254,000 tons respectively": as many sums of what was told before."""
    begin = levels[-1].quantity.span[1] if levels else marks.span[0]
    return _BRINGING.search(marks.text, begin, marks.quantities[index].span[0]) is not None


_PRONOUN = pattern_of("{points-back}", re.IGNORECASE)


def opens_with_pronoun(marks: Marks) -> bool:
    """Whether the sentence speaks of what stood before: "That was 5.2% less", 这一…."""
    return _PRONOUN.match(marks.text, marks.span[0]) is not None


_OF_ELSE = pattern_of(r"\s+of (?:its |the |total |all )?{supplies-noun}", re.IGNORECASE)
_WORTH = pattern_of(r"{worth-of}\s+$", re.IGNORECASE)


def of_else(marks: Marks, figure: Quantity) -> bool:
    """Whether a rate is of power, water, staff and the like: "10% of its electricity"."""
    return _OF_ELSE.match(marks.text, figure.span[1]) is not None


_OF_WHOLE = pattern_of(r"\s*of (?:its|the|their|{installed})?\s*(?:\w+ )?capacity\b", re.IGNORECASE)
_GAP = pattern_of(r"\s*{off-from}\s+(?:the|its|their|an?)\s", re.IGNORECASE)


def share_or_gap(marks: Marks, figure: Quantity, change: Change | None) -> bool:
    """Whether the noun behind a rate is what it is a share of or measured against: "60% of revenue", "9% below the offer price"."""
    if change is None and OF.match(marks.text, figure.span[1]):
        return True
    return any(pattern.match(marks.text, figure.span[1]) for pattern in (_OF_WHOLE, _GAP))


def says_worth(marks: Marks, before: Quantity, figure: Quantity) -> bool:
    """Whether "worth" and the like lead from one figure to the other."""
    return _WORTH.search(marks.text, before.span[1], figure.span[0]) is not None
