"""What a share is of: the world or the nation, a region, the exports or the quota of the figures before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from signals.extraction.cast import NATION
from signals.extraction.destinations import PARTNERS
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import BREAK, STRONG, broken, joined
from signals.extraction.marks import Marks
from signals.extraction.metrics import Context
from signals.extraction.records import Hit, Quantity
from signals.extraction.wording import listed_words, pattern_of

_OR = re.compile(r"[\s,]*or\s+(?:nearly |about |roughly |almost )?(?:a |an )?", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;；。、]|[,，](?!\s*or\b)|\bwith\b|\band\b")
_WHOLE_WORLD = pattern_of("{the-whole-world}", re.IGNORECASE)
_FIRMS_OWN = pattern_of("{of-its-revenue}", re.IGNORECASE)  # "18% of JL MAG's revenue" is of no region
_BOUGHT_BACK = pattern_of("{bought-back}", re.IGNORECASE)
_OF_REGION = pattern_of("{of-the-region}", re.IGNORECASE)
_OF_TOTAL = pattern_of("{of-the-total}", re.IGNORECASE)
_WHOLE = gated(r"(?:占|\bof\s+(?:the\s+)?(?:city of\s+)?)$", re.IGNORECASE)


def settle_share(marks: Marks, index: int, draft: Draft, bound: Mapping[int, Draft]) -> None:
    """What a share is of: its own words say, or the figures before it do (出口2140吨,占总量的38%; 指标…,占全国…)."""
    if draft.metric == "stake" and _BOUGHT_BACK.search(marks.text, marks.span[0], draft.quantity.span[0]):
        draft.meaning = replace(draft.meaning, metric="buyback")  # bought back, 占公司总股本的0.044%
    if draft.metric == "quota_share":
        _take_stage(marks, index, draft, bound)
    if draft.metric == "export_share":
        _take_item(marks, index, draft, bound)
    if draft.metric not in ("market_share", "output_share"):
        return
    shares = [one for place, one in sorted(bound.items()) if place < index and one.metric == "reserve_share"]
    if shares and not [
        hit for hit in marks.metrics if shares[-1].quantity.span[1] <= hit.start < (draft.cue or hit).start
    ]:
        draft.meaning, draft.product = replace(draft.meaning, metric="reserve_share"), None
        return
    earlier = [
        one for place, one in sorted(bound.items()) if place < index and one.measure == "level" and one.cue is not None
    ]
    earlier = [one for one in earlier if one.cue is not None and one.cue.entry.key != "share"]
    text = marks.text
    assert draft.cue is not None
    context = context_of(marks, draft.quantity, draft.cue)
    own = _WHOLE_WORLD.search(context.words) is not None
    fresh = [
        hit
        for hit in marks.metrics
        if earlier and earlier[-1].quantity.span[1] <= hit.start < draft.cue.start and hit.entry.key != "share"
    ]
    quota = bool(earlier) and earlier[-1].metric.startswith("quota_") and draft.cue.alias == "占比"
    if earlier and not fresh and (_OF_TOTAL.search(context.words) or own or quota):
        run = [place for place in bound if place < index and bound[place].metric == "quota_share"]
        listed = index + 1 < len(marks.quantities) and joined(
            text, draft.quantity.span[1], marks.quantities[index + 1].span[0]
        )
        listed = listed or (bool(run) and joined(text, marks.quantities[index - 1].span[1], draft.quantity.span[0]))
        source = earlier[len(run)] if listed and len(run) < len(earlier) else earlier[-1]
        kin = {"quota_mining": "quota_share", "quota_smelting": "quota_share", "export_volume": "export_share"}.get(
            source.metric
        )
        if kin:
            product = {"quota_mining": "mining", "quota_smelting": "separation"}.get(source.metric, source.product)
            draft.meaning, draft.product = replace(draft.meaning, metric=kin), product
            return
    if draft.metric == "market_share" and (
        "market" in draft.cue.alias or draft.cue.alias in listed_words("market-share-noun")
    ):
        return  # 市占率30%, "a market share of about 14.5% in magnets"
    if draft.metric == "market_share" and not own and _of_country(marks, draft.cue):
        return  # "China dominates over 85% of rare earth refining": of the world's
    if draft.metric == "market_share" and not own:
        before = text[max(marks.span[0], draft.cue.start - 30) : draft.cue.start]
        metric = (
            "stake"
            if re.search(r"股\s*[,，]?\s*$|持有|持股", before) and "回购" not in text[marks.span[0] : draft.cue.start]
            else ""
        )
        draft.meaning = replace(draft.meaning, metric=metric)
        draft.product = None


_RULES = frozenset(
    ["accounts for", "accounted for", "controls", "dominates", "commands", "supplies", "holds roughly", "makes up"]
)
_NOUNS = ("share of", "share")
_THEN = re.compile(r",?\s+(?:by contrast,\s+)?(?:(?:now|still|already|today|currently|also|alone)\s+)?")


def _of_country(marks: Marks, cue: Hit) -> bool:
    """Whether a country leads to the word with nothing between: what it rules is the world's."""
    if cue.alias in _NOUNS:
        return any(
            name.key == NATION or name.key in PARTNERS
            for name in marks.names
            if name.span[1] <= cue.start and not broken(marks.text, name.span[1], cue.start)
        )  # "China will hold a 90% share of metal making"
    return cue.alias in _RULES and any(
        _THEN.fullmatch(marks.text, name.span[1], cue.start) is not None
        for name in marks.names
        if name.key == NATION or name.key in PARTNERS
    )


_STAGES = {"quota_mining": "mining", "quota_smelting": "separation"}


def _take_stage(marks: Marks, index: int, draft: Draft, bound: Mapping[int, Draft]) -> None:
    """A share of the quota is of the stage whose quota stands right before it: 开采指标…吨,占指标总量的69%."""
    before = bound.get(index - 1)
    if before is not None and before.metric in _STAGES and not before.is_change and draft.cue is not None:
        if before.quantity.span[1] <= draft.cue.start and draft.product not in _STAGES.values():
            draft.product = _STAGES[before.metric]


def _take_item(
    marks: Marks, index: int, draft: Draft, bound: Mapping[int, Draft], of: tuple[str, ...] = ("export_volume",)
) -> None:
    """金属832吨、氧化物3120吨,分别占出口总量的13.9%和52%: each share is of the item at its place in the list before."""
    first, last = index, index
    figures, text = marks.quantities, marks.text
    while (
        first
        and figures[first - 1].dimension == "ratio"
        and joined(text, figures[first - 1].span[1], figures[first].span[0])
    ):
        first -= 1
    while last + 1 < len(figures) and joined(text, figures[last].span[1], figures[last + 1].span[0]):
        last += 1
    size = last + 1 - first
    items = [bound.get(place) for place in range(first - size, first)] if first >= size > 1 else []
    told = [one for one in items if one is not None and one.metric in of and not one.is_change]
    if len(told) == size:
        draft.product = told[index - first].product


def settle_share_items(marks: Marks, bound: Mapping[int, Draft]) -> None:
    """Capacities of two goods, "accounting for 45% and 50% of the country's": in order, once all levels are bound."""
    for index, draft in bound.items():
        if draft.metric in ("market_share", "output_share"):
            _take_item(marks, index, draft, bound, ("output", "capacity", "sales_volume", "output_value"))


def context_of(marks: Marks, figure: Quantity, cue: Hit | None) -> Context:
    """The words that say what a share is of: from the metric word to the figure, or behind the figure to the clause's end."""
    text = marks.text
    if cue is None:
        return Context()
    if cue.entry.data.get("sentence_context"):
        return Context(text[marks.span[0] : marks.span[1]])
    if cue.entry.key != "share":
        floor = max(
            (other.span[1] for other in marks.quantities if other.span[1] <= figure.span[0]), default=marks.span[0]
        )
        ceiling = next((other.span[0] for other in marks.quantities if other.span[0] >= figure.span[1]), marks.span[1])
        strong = BREAK.search(text, figure.span[1], ceiling)
        opened = [found.end() for found in STRONG.finditer(text, floor, figure.span[0])]
        return Context(text[opened[-1] if opened else floor : strong.start() if strong else ceiling])
    following = next(
        (
            other.span[0]
            for other in marks.quantities
            if other.span[0] >= figure.span[1]
            and not _OR.fullmatch(text, figure.span[1], other.span[0])
            and not (other.dimension == figure.dimension == "ratio" and joined(text, figure.span[1], other.span[0]))
        ),
        marks.span[1],
    )
    ends = [found.start() for found in _CLAUSE_END.finditer(text, figure.span[1], following)]
    stop = ends[0] if ends else following
    first = min(cue.start, figure.span[0])
    own = [
        hit.start
        for hit in marks.metrics
        if hit.end <= first
        and not broken(text, hit.end, first)
        and not any(hit.end <= q.span[0] < first for q in marks.quantities)
    ]
    first = own[0] if own else first
    places = [name for name in marks.names if first <= name.span[0] < stop and figure.dimension == "ratio"]
    regions = [
        name
        for name in places
        if name.key != NATION
        and not _FIRMS_OWN.match(text, name.span[1])
        and _WHOLE.search(text[max(first - 4, 0) : name.span[0]])
    ]
    words = text[first:stop]
    return Context(
        words,
        bool(regions)
        or _OF_REGION.search(words) is not None
        or bool(re.search(r"占(?:(?:全[市区省县]|自治区|本市|我市|我区)|规上工业|规模以上工业|地区生产总值)", words)),
    )
