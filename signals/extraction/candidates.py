"""Which metrics' words a figure may belong to, and which of two is the likelier one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from signals.extraction.drafts import Change, Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import behind_basis, broken, covered, leads_to, parted
from signals.extraction.marks import Marks, remembered
from signals.extraction.metrics import allows_change, allows_level, is_weak
from signals.extraction.records import Hit, Quantity
from signals.extraction.specifications import COUNTS
from signals.extraction.wording import pattern_of

_COMES_TO = pattern_of("{comes-to}")  # 高新技术企业达到100家
# 两个基地, 五家企业: small numbers in words are a way of naming; 156个项目之一: of a whole that is somebody else's
_FEW = pattern_of("{few-of-kind}")
_ONE_OF = re.compile(r"[^,，。;；]{0,16}?之一")
_BRINGS_IN = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?in\b", re.IGNORECASE)
_MOVE_OF = pattern_of(r"\s*(?:[\w-]+\s+)?{appositive-move}\s+(?:to|on)\s+(?:the\s+|its\s+|their\s+)?", re.IGNORECASE)
_FEW_FIRMS = re.compile(r"[a-z]+", re.IGNORECASE)  # "four major firms" names them, and tells no number
_REST_OF_FIRMS = pattern_of(r"\b{rest-of}\s+$", re.IGNORECASE)
_NEXT_IN_LIST = re.compile(r"[、和及与/]")
_INSERTED = pattern_of(
    r",\s*(?:(?:or|equal to|about|some|nearly)\s+)*[\d.]+\s?(?:%|pc|pct|per ?cent)\s+of {of-another-sum},\s*",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\s*(?:of\s+(?:[\w-]+\s+){1,6}?)?(?:has|have|had|was|were|is|are|will)\s+(?:been\s+|be\s+)?", re.IGNORECASE
)
_PARTICIPLES = ("ed", "sold", "made")
OF = re.compile(r"\s*(?:of\b|的(?!增|涨|降|跌|同比|环比))", re.IGNORECASE)
_PART_OF = gated(r"占[^,，、;；。\d]{0,14}$")
_TICKER = re.compile(r"\s?[\[(](?:[A-Z]{2,6}:\s?\w{1,8}|\d{4,6}\.[A-Z]{2})[\])]")  # "[SHA:600010]" keeps nothing apart
_CLAUSE = 240  # characters; a clause is never longer
_GROWING = pattern_of("{growth-noun}", re.IGNORECASE)
_ONE_OFFS = pattern_of("{one-offs-left-out}")


def stripped(marks: Marks, near: Hit) -> Hit:
    """ "Excluding one-off items, profit grew 399.9%": the phrase in front makes it core profit."""
    floor = max((other.span[1] for other in marks.quantities if other.span[1] <= near.start), default=marks.span[0])
    for hit in marks.metrics:
        if floor <= hit.start < near.start and hit.key == "net_profit_core" and _ONE_OFFS.match(hit.alias):
            if not parted(marks.text, hit.end, near.start):
                return hit
    return near


_FOR_OUTPUT = re.compile(
    r"(?:\s+(?:(?!are|is|was|were|hold)[a-z]+ ){0,3}(?:for|on|of)|(?<=\bfor))\s+(?:20\d\d(?:'s)?\s+)?(?:(?!its|their)[a-z-]+\s+){0,6}",
    re.IGNORECASE,
)


_MINED_GOODS = pattern_of(r"\s+{mined-goods}", re.IGNORECASE)
_TOTAL_OF = re.compile(r"\s+(?:an? |the )?(?:\w+ ){0,2}(?:total|sum|tally)\b", re.IGNORECASE)


def of_quota_or_trade(marks: Marks, near: Hit) -> Hit:
    """ "quotas this year for rare earth mining output" are quotas, the "volumes" of a sentence on imports are imported."""
    earlier = [hit for hit in marks.metrics if hit.end <= near.start]
    if near.entry.key == "output":
        if near.alias == "mined" and _MINED_GOODS.match(marks.text, near.end):
            quotas = [hit for hit in earlier if hit.entry.key.startswith("quota")]
            return quotas[-1] if quotas else near  # "quotas totalled 135kt for mined products and 127kt for …"
        quotas = [
            hit
            for hit in earlier
            if hit.entry.key.startswith("quota")
            and (
                _FOR_OUTPUT.fullmatch(marks.text, hit.end, near.start)
                or (" for " in hit.alias and not marks.text[hit.end : near.start].strip())  # "quota for mining" output
            )
        ]
        if quotas or near.alias != "producing" or not _TOTAL_OF.match(marks.text, near.end):
            return quotas[-1] if quotas else near
        traded = [hit for hit in earlier if hit.entry.key in ("imports", "exports")]
        return traded[-1] if traded else near
    trade = [hit for hit in earlier if hit.entry.key in ("imports", "exports")]
    return trade[-1] if near.alias == "volumes" and trade and trade[-1].entry.key == "imports" else near


def roles(figure: Quantity, change: Change | None, level_follows: bool, growing: bool = False) -> tuple[str, ...]:
    if figure.dimension in ("ratio", "fold", "points"):
        if change is None or change.to_level or level_follows:
            if growing:  # 增速放缓至5.9%, "growth slowed to 5.9%"
                return ("change",)
            return ("level", "change") if figure.dimension != "points" else ("change",)
        return ("level", "change") if level_follows else ("change",)
    return ("change",) if change and not change.to_level else ("level",)


_OPENS_AT = re.compile(r"\s*(?:At|With)\s+(?:(?:just|about|some|nearly|over|a record)\s+)*", re.IGNORECASE)


def metrics_behind(marks: Marks, index: int) -> list[Hit]:
    """Metric words that the figure describes: behind it, before the next figure, with nothing that parts them."""
    figure = marks.quantities[index]
    limit = marks.quantities[index + 1].span[0] if index + 1 < len(marks.quantities) else marks.span[1]
    free = marks.words()
    if figure.converted_span:
        free = [*free, figure.converted_span]
    start = max(figure.span[1], figure.converted_span[1] if figure.converted_span else 0)
    inserted = _INSERTED.match(marks.text, start, marks.span[1])
    if inserted and figure.dimension == "money":  # "spent 61 million yuan, 4.7% of its revenue, on R&D"
        start = inserted.end()
        limit = next((q.span[0] for q in marks.quantities if q.span[0] >= start), marks.span[1])
    if marks.text.startswith(",", start) and _OPENS_AT.fullmatch(marks.text, marks.span[0], figure.span[0]):
        start += 1  # "At 1.1 billion yuan, Shenghe's revenue was up 12%"
    while start < limit and marks.text[start] in ")） ":
        start += 1
    moved = _MOVE_OF.match(marks.text, start, limit)
    start = moved.end() if moved else behind_basis(marks.text, start)  # "a 12.5% uplift to the mining quota"
    found = []
    for hit in marks.metrics:
        if not figure.span[1] <= hit.start or hit.end > limit or not marks.visible(hit, figure.span[0]):
            continue
        chinese = "\u4e00" <= marks.text[hit.start] <= "\u9fff"
        most = (10 if hit.entry.data.get("tight") else 2) if chinese else 4
        counting = figure.dimension in COUNTS
        passive = hit.alias.removesuffix(" to").split(" in ")[0].endswith(_PARTICIPLES) and _PASSIVE.fullmatch(
            marks.text, start, hit.start
        )
        if passive or leads_to(
            marks.text, start, hit.start, free, most=most + (4 if counting and chinese else 0), counting=counting
        ):
            found.append(hit)
    return found


def metrics_before(marks: Marks, figure: Quantity) -> list[Hit]:
    """Metric words before the figure, nearest first; weak ones only when right beside it."""
    found = []
    for hit in reversed(marks.metrics):
        if hit.end > figure.span[0] + 1 and not (hit.start <= figure.span[0] and hit.end <= figure.core[0]):
            continue
        if not marks.visible(hit, figure.span[0]) or _denominator(marks, hit, figure) or _whole(marks, hit, figure):
            continue
        if (
            hit.entry.data.get("tight")
            and figure.dimension in COUNTS
            and (figure.span[0] - hit.end <= 1 or _COMES_TO.fullmatch(marks.text, hit.end, figure.span[0]))
        ):
            found.append(hit)
            continue
        if hit.entry.data.get("tight") or is_weak(hit):
            begin = _list_begins(marks, figure)
            between = marks.text[hit.end : figure.core[0] if hit.start == figure.span[0] else begin]
            room = 6 if "\u4e00" <= marks.text[hit.start] <= "\u9fff" else 16
            if (
                len(_TICKER.sub("", between)) > room
                or broken(marks.text, hit.end, figure.span[0])
                or hit.entry.data.get("tight")
            ):
                continue
        found.append(hit)
    return found


def _list_begins(marks: Marks, figure: Quantity) -> int:
    """Where the list or the growth that the figure belongs to begins: what is beside its first figure is beside them all."""
    begin = figure.span[0]
    for other in reversed(marks.quantities):
        if other.span[1] <= begin and other.dimension != figure.dimension and figure.dimension == "ratio":
            words = [cue.span for cue in marks.changes]
            if covered(marks.text, other.span[1], begin, words).strip(" ,，(（"):
                break
            if begin - other.span[1] <= 1:
                break
            begin = other.span[0]  # 归母0.25亿元,环比-46%
        elif other.span[1] <= begin and other.dimension == figure.dimension:
            if not _NEXT_IN_LIST.fullmatch(marks.text, other.span[1], begin):
                break
            begin = other.span[0]
    return begin


_OF_IT = pattern_of("{share-comes-to}")


def _whole(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether the word is what a share is of: 占总产值的60%."""
    if hit.entry.key != "output_value" or figure.dimension != "ratio":
        return False
    return (
        _PART_OF.search(marks.text, max(marks.span[0], hit.start - 16), hit.start) is not None
        and _OF_IT.fullmatch(marks.text, hit.end, _list_begins(marks, figure)) is not None
    )


def _denominator(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether the word only says what an earlier share is of: 指标…吨,占指标总量的69%,增长18% is growth of the first."""
    for between in marks.quantities:
        if between.span[0] >= hit.end:
            return (
                between.dimension == "ratio"
                and between.span[1] <= figure.span[0]
                and _PART_OF.search(marks.text, max(marks.span[0], hit.start - 16), hit.start) is not None
                and not broken(marks.text, hit.end, between.span[0])
            )
    return False


def allows(hit: Hit, figure: Quantity, role: str, marks: Marks) -> bool:
    entry = hit.entry
    if figure.dimension == "count" and _tells_no_count(entry.key, figure, marks):
        return False
    here = entry.data.get("needs_here")
    if here and not any(word in marks.text[slice(*marks.span)] for word in here):
        return False
    needs = entry.data.get("needs")
    if (
        needs
        and hit.alias not in needs
        and not any(word in marks.text[max(0, marks.span[0] - 600) : marks.span[1]] for word in needs)
    ):
        return False
    if entry.key == "share_price" and figure.dimension == "money" and not _quoted(marks, figure):
        return False
    if entry.data.get("not_of_period") and any(0 <= m.span[0] - hit.end <= 1 for m in marks.periods):
        return False  # 占前三季度总额的比例: a share of the firm's own total
    if role == "level" and tonne_left_out(marks, hit, figure):
        return True
    if role == "change":
        return allows_change(entry, figure) or bool(entry.data.get("saving")) or bool(entry.data.get("always_level"))
    return allows_level(entry, figure)


_PRICE_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?", re.IGNORECASE)
_PRICES_OF_A_TONNE = (5_000, 20_000_000)  # yuan


def tonne_left_out(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether a sum is a price a tonne without the tonne: "the average price of NdPr oxide was 380,000 yuan"."""
    low, high = _PRICES_OF_A_TONNE
    if hit.entry.key == "price" and figure.dimension == "money" and low <= figure.value <= high:
        earlier = (q for q in reversed(marks.quantities) if q.span[1] <= figure.span[0] and q.dimension != "ratio")
        before = next(earlier, None)
        if before is not None and before.dimension == "price" and before.unit == f"{figure.unit}/t":
            named = [one for one in marks.products if before.span[1] <= one.start and one.end <= figure.span[0]]
            if named and not parted(marks.text, before.span[1], figure.span[0]):
                return True  # "… at 1.62 million yuan per tonne and terbium oxide at 7.1 million yuan"
    if (
        hit.entry.key != "price"
        or figure.dimension != "money"
        or not hit.alias.isascii()
        or figure.unit != "CNY"
        or not low <= figure.value <= high
        or broken(marks.text, hit.end, figure.span[0])
    ):
        return False
    return any(
        one.key.endswith(("-oxide", "-metal", "concentrate"))
        and one.end <= figure.span[0]
        and (
            _PRICE_OF.fullmatch(marks.text, hit.end, one.start) is not None
            or not marks.text[one.end : hit.start].strip(" 's’")
        )
        for one in marks.products
    )


_DEAREST_SHARE = 5000  # of any currency but the yen and the won
_QUOTED_AT = gated(r"\b(?:to|at)\s+(?:a\s+record\s+)?$", re.IGNORECASE)


def _quoted(marks: Marks, figure: Quantity) -> bool:
    """Whether a sum is what a share is quoted at: "the stock rose 1.1% to HK$32.5", "closed at 27 yuan"."""
    return (
        figure.value < _DEAREST_SHARE
        and _QUOTED_AT.search(marks.text, max(0, figure.span[0] - 16), figure.span[0]) is not None
    )


def _tells_no_count(key: str, figure: Quantity, marks: Marks) -> bool:
    """Whether firms, projects or units are only named by their number."""
    text, start = marks.text, figure.core[0]
    if figure.counter in ("unit", "units") and _FEW_FIRMS.fullmatch(text, *figure.core):
        return True  # "its four units signed contracts"
    if key not in ("plant", "projects", "enterprises"):
        return False
    if key == "enterprises" and (
        _FEW_FIRMS.fullmatch(text, *figure.core) or _REST_OF_FIRMS.search(text, max(0, start - 12), start)
    ):
        return True
    return bool(_FEW.fullmatch(text, *figure.core) or _ONE_OF.match(text, figure.span[1], marks.span[1]))


def prefers_before(marks: Marks, index: int, near: Hit, tight: Hit, role: str, bound: Mapping[int, Draft]) -> bool:
    """Whether the metric before the figure wins over the noun behind it."""
    figure = marks.quantities[index]
    text = marks.text
    previous = marks.quantities[index - 1].span[1] if index else marks.span[0]
    fresh = near.start >= previous and not (index - 1 in bound and bound[index - 1].cue is near)
    if near.entry.data.get("actor") and tight.entry.data.get("segments") and _BRINGS_IN.match(text, figure.span[1]):
        return False  # "the project will contribute 4 billion yuan in revenue"
    if role == "level" and figure.dimension == "ratio" and OF.match(text, figure.span[1]) and fresh:
        if tight.entry.key == "share" and near.entry.key not in ("share", "stake"):
            return True
        return not (tight.entry.data.get("by_dimension") or tight.entry.key in ("share", "rd_intensity"))
    chinese = "\u4e00" <= text[tight.start] <= "\u9fff"
    close = not broken(text, near.end, figure.span[0])
    if chinese and role == "change":
        after = next((q for q in marks.quantities if q.span[0] >= tight.end), None)
        if after is not None and after.span[0] - tight.end <= 2 and near.end <= figure.span[0]:
            return True  # 收入32亿元同比增长11% 产品毛利率16%: the noun behind has a figure of its own
    if not fresh:
        return False
    follower = marks.quantities[index + 1].span[0] if index + 1 < len(marks.quantities) else None
    if chinese:
        return close and not tight.entry.data.get("tight")
    if tight.alias.startswith(("in ", "on ", "of ")) and tight.start - figure.span[1] <= 24:
        return False
    # "revenue of 18 bn yuan and net profit of …": the noun behind has a figure of its own behind it
    taken = follower is not None and not broken(text, tight.end, follower) and follower - tight.end < 24
    return close and (taken or (near.end + 24 >= figure.span[0] and figure.dimension not in ("ratio", "fold")))


def score_before(marks: Marks, hit: Hit, figure: Quantity) -> float:
    seen = marks.metrics
    if marks.clauses:
        seen = [other for other in seen if marks.visible(other, figure.span[0])]
    between = [other for other in seen if other.start >= hit.end and other.end <= figure.span[0]]
    score = 0.95
    if broken(marks.text, hit.end, figure.span[0]):
        score -= 0.02
        if parted(marks.text, hit.end, figure.span[0]):
            score -= 0.2
    if between:
        score -= 0.1
    return score - min(0.15, max(0, figure.span[0] - hit.end - 60) / 400)


_MULTIPLIED = pattern_of("{multiplied}", re.IGNORECASE)


def beside(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether a rate without any change word stands right behind its metric, "15% revenue" turned round, or is itself the verb."""
    if figure.dimension == "fold" and _MULTIPLIED.search(marks.text, *figure.core):
        return not parted(marks.text, hit.end, figure.span[0])  # "exports to Germany more than doubled"
    return figure.span[0] - hit.end <= 3 and not marks.text.startswith("的", hit.end)  # 注册资本的3% is a share


@remembered
def growing_rate(marks: Marks, figure: Quantity) -> bool:
    """Whether the clause speaks of a rate of growth, so that a level that follows is a rate."""
    begin = max(marks.span[0], figure.span[0] - _CLAUSE)  # else a list of figures without end costs quadratic time
    found = [*_GROWING.finditer(marks.text, begin, figure.span[0])]
    return bool(found) and not broken(marks.text, found[-1].end(), figure.span[0])
