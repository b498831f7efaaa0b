"""What a figure is about: the product, segment or scope that the words around metric and figure name."""

from __future__ import annotations

import re

from signals.extraction.gated import gated
from signals.extraction.grammar import behind_basis, broken, leads_to, parted
from signals.extraction.made import noun_behind
from signals.extraction.marks import Marks
from signals.extraction.records import Entry, Hit, Quantity
from signals.extraction.wording import listed_words, pattern_of

NONE_MADE = ""  # the figure's own noun is no product that the lexicon knows, and no other product is meant
_SEGMENT = pattern_of(
    r"(?:及[\u4e00-\u9fff]{2,8}(?={line-of-business})|{of-segment}|\s|[:：,，]|['’]s)*", re.IGNORECASE
)
_AND_OTHERS = re.compile(
    r"(?:,\s+[\w-]+){0,3}\s+and\s+(?:other\s+)?(?:[\w-]+\s+){1,3}?(?:business(?:es)?|segment|division)\s+(?:[a-z]+\s+){0,3}",
    re.IGNORECASE,
)
_FROM = gated(r"\b(?:from|of|in|for)\s+(?:the\s+|its\s+)?$", re.IGNORECASE)
_NEXT_OWN = pattern_of(r"\s*(?:{segment-to-figure}|,|\s)*", re.IGNORECASE)
# 氧化物、金属、合金等各类稀土产品1.2万吨: a few of many
_EXAMPLE = pattern_of(r"[^,，。;；:：\d]*?等{of-many-kinds}[^,，。;；\d]{0,10}{goods-noun}")


def product_of(
    marks: Marks, figure: Quantity, entry: Entry, cue: Hit | None, floor: int
) -> tuple[str | None, Hit | None]:
    """The product of a figure whose metric is ``entry``; ``floor`` is where an earlier figure's words end."""
    rule = entry.data.get("products")
    if entry.data.get("segments"):
        return _segment(marks, figure, cue, floor)
    if not rule:
        return None, None
    pool = [hit for hit in marks.products if marks.visible(hit, figure.span[0]) and not _idle(hit, entry)]
    pool = [hit for hit in pool if hit.key not in (entry.data.get("not_products") or ())]
    pool = [hit for hit in pool if not _CONTENT.match(marks.text, hit.end) and not _made_of_it(marks, hit)]
    pool = [hit for hit in pool if not _EXAMPLE.match(marks.text, hit.end, figure.span[0])]
    if isinstance(rule, list):
        pool = [hit for hit in pool if hit.key in rule]
    if rule == ["invention"] or entry.data.get("product_beside"):
        pool = [hit for hit in pool if _touches(marks, hit, figure, cue)]
    if entry.data.get("own_product") and cue is not None:
        pool = [
            hit
            for hit in pool
            if not any(hit.end <= other.span[0] and other.span[1] <= cue.start for other in marks.quantities)
        ]
    if "keep_product" in entry.data:
        hit = _ore(marks, figure, entry, cue, pool)
        return (hit.key, hit) if hit else (None, None)
    if entry.data.get("means", entry.key) in ("capacity", "output"):
        named, made = noun_behind(marks, figure, cue, pool)
        if named:
            return (made.key, made) if made else (NONE_MADE, None)
    hit = (
        _called(marks, figure, cue, pool)
        or _of_cue(marks, figure, cue, pool)
        or _priced(marks, figure, pool)
        or _behind(marks, figure, cue, pool)
    )
    if hit is None and not (
        entry.data.get("tight") and cue is not None and cue.start >= figure.span[1] and cue.start - figure.span[1] < 2
    ):
        hit = None if entry.data.get("tight") and _latin(marks.text, cue) else _before(marks, figure, cue, pool, floor)
    if hit is not None and cue is not None and hit.end <= floor and _other_item(marks, floor, cue, entry):
        return NONE_MADE, None
    if hit is not None and hit.alias in (
        hit.entry.data.get("weak") or ()
    ):  # "magnet production": of magnets, not of ore
        beside = [other for other in pool if 0 <= hit.start - other.end <= 1 and not other.entry.data.get("wide")]
        hit = beside[-1] if beside else hit
    return (hit.key, hit) if hit else (None, None)


_ITEMS = ("capacity", "output", "sales_volume")
_NO_ITEM = pattern_of(r"[\s\d\W]|{names-no-item}")


def _other_item(marks: Marks, floor: int, cue: Hit, entry: Entry) -> bool:
    """稀土磁性材料年产能1500吨,氯碱年产能2万吨: the next item's own noun, though no product that the lexicon knows."""
    if entry.data.get("means", entry.key) not in _ITEMS or cue.start <= floor or cue.start - floor > 16:
        return False
    if marks.text[cue.start] < "\u4e00" or not broken(marks.text, floor, cue.start):
        return False
    spans = [mention.span for mention in marks.periods] + [name.span for name in marks.names]
    spans += [change.span for change in marks.changes]
    return len(_NO_ITEM.sub("", _without(marks.text, floor, cue.start, spans))) >= 2


_USED_IN = pattern_of(r"(?P<use>{used-for}\s+{for-making})[^.;:]{0,120}$", re.IGNORECASE)


def _made_of_it(marks: Marks, hit: Hit) -> bool:
    """Whether the word only says what something is used for: "exports of the elements used in consumer electronics rose"."""
    if not hit.alias.isascii():
        return False
    found = _USED_IN.search(marks.text, max(marks.span[0], hit.start - 160), hit.start)
    if found is None:
        return False
    return not any(
        found.end("use") <= start < hit.start  # "used to make" tells no output
        for start in (*(metric.start for metric in marks.metrics), *(figure.span[0] for figure in marks.quantities))
    )


def _touches(marks: Marks, hit: Hit, figure: Quantity, cue: Hit | None) -> bool:
    """Whether the word is part of the figure's own noun: 发明专利125件, "125 were for inventions"."""
    if (cue is not None and cue.start < hit.end and hit.start < cue.end) or figure.span[1] <= hit.start <= figure.span[
        1
    ] + 24:
        return not any(figure.span[1] <= other.span[0] < hit.start for other in marks.quantities)
    return 0 <= figure.span[0] - hit.end <= 6


def _latin(text: str, cue: Hit | None) -> bool:
    return cue is not None and text[cue.start].isascii()


_GOES_TO = pattern_of(r"(?:\s*{goes-to})+\s+", re.IGNORECASE)


_ALL_OF_IT = pattern_of(r"\s*[,，(（]?\s*{all-of-it}\s*", re.IGNORECASE)


def _ore(marks: Marks, figure: Quantity, entry: Entry, cue: Hit | None, pool: list[Hit]) -> Hit | None:
    """A quota's ore: the nearest kept one (light, heavy, tungsten), unless the whole of rare earths is named after it."""
    kept, stages = entry.data["keep_product"], entry.data.get("by_product") or {}
    before = [hit for hit in pool if hit.end <= figure.span[0] + 1]
    behind = [hit for hit in pool if hit.start >= figure.span[1] and not broken(marks.text, figure.span[1], hit.start)]
    behind = [
        hit for hit in behind if not any(figure.span[1] < other.span[0] < hit.start for other in marks.quantities)
    ]
    noun = (
        cue.end if cue is not None and figure.span[1] <= cue.start else figure.span[1]
    )  # "3,000t mining quotas for light …"
    own = [
        hit for hit in behind if cue is not None and cue.start <= hit.start and hit.end <= cue.end and hit.key in stages
    ]
    told = [hit for hit in behind if _GOES_TO.fullmatch(marks.text, noun, hit.start)]
    told += [
        hit for hit in pool if hit.key in kept and _ALL_OF_IT.fullmatch(marks.text, figure.span[1], hit.start)
    ]  # "a mining quota of 95,000 t, all light rare earths"
    told += [  # 3.01万吨(轻稀土), but not 255000吨(轻稀土235650吨、…)
        hit
        for hit in marks.products
        if hit.key in kept
        and marks.text[figure.span[1] : hit.start] in ("(", "（")
        and marks.text[hit.end : hit.end + 1] in (")", "）")
    ]
    if told and (told[0].key in kept or told[0].key in stages):
        return told[0]
    if own:
        lead = next((hit for hit in behind if hit.key in kept and 0 <= own[0].start - hit.end <= 1), None)
        if lead is not None and stages.get(own[-1].key) == entry.key:
            return lead  # "12,000t of hard rock mining quotas"
        return own[-1]  # "a 12% rise in the mining quotas"
    ores = [hit for hit in before if hit.key in kept or hit.entry.data.get("wide") or hit.key == "concentrate"]
    while len(ores) > 1 and ores[-1].key not in kept and ores[-2].key in kept and ores[-1].start - ores[-2].end <= 8:
        ores.pop()  # 离子型(中重)稀土矿: the ore's kind is said before it
    if ores and ores[-1].key in kept:
        alike = [q for q in marks.quantities if q.span[0] >= ores[-1].end and q.dimension == "mass"]
        past = alike[0].span[1] if alike else figure.span[0]  # 钨精矿(三氧化钨含量65%)开采指标: a content is no quota
        later = [hit for hit in before if hit.key in stages and hit.start >= past]
        return later[-1] if later else ores[-1]  # "… for heavy ones at 4,000t, while its quotas for smelting rose"
    if not before or before[-1].key not in stages:
        tail = [hit for hit in behind if hit.key in kept or hit.key in stages]
        if tail:
            return tail[0]
    named = [hit for hit in before if hit.key in stages]
    return named[-1] if named else None


def _of_cue(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit]) -> Hit | None:
    """The product joined to a metric word that stands before the figure: "separation capacity of 5,000 t/yr of REO"."""
    if cue is None or cue.end > figure.span[0]:
        return None
    if any(cue.end <= other.span[0] < figure.span[0] for other in marks.quantities):
        return None
    inside = [hit for hit in pool if cue.start <= hit.start and hit.end <= cue.end]
    if inside:
        return inside[-1]
    beside = [hit for hit in pool if hit.end <= cue.start and marks.text[hit.end : cue.start].strip(" 的") == ""]
    if beside and any(hit.start >= cue.end and hit.end <= figure.span[0] for hit in pool):
        return None
    return beside[-1] if beside else None


_FOR = pattern_of(r"(?:\s*{terms-of-price})*\s*(?:for|of)\s+(?:{priced-grade}\s+)*", re.IGNORECASE)


_CONTENT = pattern_of(r"\s*(?:\([A-Za-z]{2,5}\)\s*)?{no-product-noun}", re.IGNORECASE)
_SALES_OF = re.compile(r"\s+(?:of|for)\s+(?:(?:the|its|their|all|these)\s+)?", re.IGNORECASE)


def _called(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit]) -> Hit | None:
    """ "Sales of magnets to the robotics sector": what the metric's own "of" names, unless a figure stands between."""
    if cue is None or cue.end > figure.span[0] or not marks.text[cue.start].isascii():
        return None
    if any(cue.end <= other.span[0] < figure.span[0] for other in marks.quantities):
        return None
    named = [hit for hit in pool if cue.end <= hit.start and hit.end <= figure.span[0]]
    own = [hit for hit in named if _SALES_OF.fullmatch(marks.text, cue.end, hit.start)]
    if not own or own[0].entry.data.get("wide") or len(named) < 2:
        return None
    joint = next((hit for hit in named if hit.start - own[0].end <= 6 and hit is not own[0]), None)
    return None if joint else own[0]


def _priced(marks: Marks, figure: Quantity, pool: list[Hit]) -> Hit | None:
    """ "Yn402-405/kg ex-works for 99.5pc neodymium oxide": what the price is asked for stands behind it."""
    if figure.dimension != "price":
        return None
    end = figure.converted_span[1] + 1 if figure.converted_span else figure.span[1]
    return next((hit for hit in pool if hit.start >= end and _FOR.fullmatch(marks.text, end, hit.start)), None)


def _idle(hit: Hit, entry: Entry) -> bool:
    """Words such as "production" name a product only for shares; "metal" alone only beside a figure."""
    only = hit.entry.data.get("only_for")
    if only and not {entry.data.get("means", entry.key), *(entry.data.get("by_dimension") or {}).values()} & set(only):
        return True
    return hit.alias in (hit.entry.data.get("weak") or ()) and entry.key not in ("share", "quota")


def _behind(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit]) -> Hit | None:
    """ "15.6 million mt of crude steel", "84% in steel", 12000吨金属项目."""
    text, end = marks.text, behind_basis(marks.text, figure.span[1])
    limit = next((other.span[0] for other in marks.quantities if other.span[0] >= end), marks.span[1])
    behind = [hit for hit in pool if end <= hit.start and hit.end <= limit]
    if not behind:
        return None
    names = [name.span for name in marks.names] + [period.span for period in marks.periods]
    tight_cue = cue is not None and cue.start >= end
    first = behind[0]
    if tight_cue and cue is not None:
        inside = [hit for hit in behind if hit.end <= cue.end + 1]
        if inside:
            return _narrow(inside)
        run = [hit for place, hit in enumerate(behind) if place == 0 or hit.start - behind[place - 1].end <= 2]
        return _narrow(run) if first.start >= cue.end and leads_to(text, cue.end, first.start, names, most=2) else None
    spans = names + [(hit.start, hit.end) for hit in behind]
    if first.key == "invention" and re.match(
        r"\s*(?:of them |of which )?(?:were |are |being )?(?:for )?$", text[end : first.start], re.IGNORECASE
    ):
        return first
    if leads_to(text, end, first.start, spans, most=3) and re.match(
        r"\s*(?:of|in|for|-)\b|\s*$|-", text[end : end + 4] + " ", re.IGNORECASE
    ):
        run = [hit for hit in behind if hit.start <= first.end + 2]
        return _narrow(run)
    if text[end : first.start].strip(" -的") == "" and figure.dimension in ("mass", "mass_rate"):
        run = [hit for place, hit in enumerate(behind) if place == 0 or hit.start - behind[place - 1].end <= 1]
        # 稀土精矿冶炼分离线: what the plant does, not what goes in
        whole = next((hit for hit in run if hit.alias in listed_words("plant-stage")), None)
        return whole or first
    return None


def _before(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit], floor: int) -> Hit | None:
    """The nearest product before the figure; a wide word (稀土) gives way to a narrower one in the same clause."""
    text, start = marks.text, figure.span[0]
    before = [hit for hit in pool if hit.end <= start + 1]
    if not before:
        return None
    nearest = before[-1]
    if not nearest.entry.data.get("wide"):
        return nearest
    clause = [hit for hit in before if not hit.entry.data.get("wide") and not broken(text, hit.end, nearest.start)]
    if clause and (cue is None or not broken(text, clause[-1].end, cue.start)):
        return clause[-1]
    return nearest


def _narrow(hits: list[Hit]) -> Hit:
    narrow = [hit for hit in hits if not hit.entry.data.get("wide")]
    return narrow[-1] if narrow else hits[-1]


_FROM_FIELD = pattern_of(r"\s*(?:from|of|in)\s+(?:the\s+|its\s+)?(?:{field-of}\s+)?(?:the\s+)?", re.IGNORECASE)


def _segment(marks: Marks, figure: Quantity, cue: Hit | None, floor: int) -> tuple[str | None, Hit | None]:
    """A business line stands right before the metric (稀土业务营业收入) or right behind it ("revenue from magnets")."""
    if cue is None:
        return None, None
    text = marks.text
    fillers = [period.span for period in marks.periods]
    for hit in reversed(marks.products):  # "… from oxides 3.3 bn yuan and from salts 0.6"
        if (
            cue.end < floor <= hit.start
            and hit.end <= figure.span[0]
            and not marks.metrics_between(floor, figure.span[0])
        ):
            if _FROM.search(text, floor, hit.start) and _NEXT_OWN.fullmatch(text, hit.end, figure.span[0]):
                return hit.key, hit
    for hit in marks.products:
        if hit.end <= cue.start and _AND_OTHERS.fullmatch(text, hit.end, cue.start):
            return hit.key, hit  # "its tungsten, molybdenum and other metals business achieved revenue of …"
    for hit in reversed(marks.products):
        if hit.end <= cue.start and cue.start - hit.end <= 24:
            between = "".join(_without(text, hit.end, cue.start, fillers))
            if _SEGMENT.fullmatch(between):
                return hit.key, hit
    for hit in marks.products:
        if hit.start >= cue.end and hit.end <= max(figure.span[0], cue.end + 40):
            if _FROM_FIELD.fullmatch(text, cue.end, hit.start):
                return hit.key, hit
    end = figure.converted_span[1] + 1 if figure.converted_span else figure.span[1]
    for hit in marks.products:
        if hit.start >= end and _EARNED_FROM.fullmatch(text, end, hit.start):
            return hit.key, hit  # "earned 9 bn yuan from concentrate sales"
    leading = _leading_unit(marks, figure, cue)
    return (leading.key, leading) if leading else (None, None)


_EARNED_FROM = re.compile(r"\s+from\s+(?:(?:the|its|sales of|selling)\s+)*", re.IGNORECASE)
_UNIT_LEADS = pattern_of(r"(?:{whose-unit}\s+(?:[\w-]+\s+){0,2}|\s*)", re.IGNORECASE)
_UNIT = pattern_of(r"\s+{unit-noun}", re.IGNORECASE)
_OF_FIRM = re.compile(r"\s+of\s+(?:the\s+)?")
_AFTER_PERIOD = re.compile(r"(?:\s+of the year)?,?\s*")
_THAT_UNIT = pattern_of(r"\s+{in-that-unit}\b", re.IGNORECASE)


def _leading_unit(marks: Marks, figure: Quantity, cue: Hit) -> Hit | None:
    """ "Its rare earths unit, however, did well, with revenue up 46%", "sales of alloys rose, driving growth of 35% in that segment"."""
    text = marks.text
    first = marks.products[0] if marks.products else None
    before = [hit for hit in marks.products if hit.end <= figure.span[0]]
    if before and _THAT_UNIT.match(text, figure.span[1], marks.span[1]):
        return before[-1]
    opened = marks.span[0]
    if marks.periods and first is not None and marks.periods[0].span[1] < first.start:
        rest = _AFTER_PERIOD.match(text, marks.periods[0].span[1])
        opened = rest.end() if rest else opened  # "In the first half, the rare earth sector …"
    if first is None or first.end > cue.start or not _UNIT_LEADS.fullmatch(text, opened, first.start):
        return None
    unit = _UNIT.match(text, first.end)
    if unit is None or parted(text, first.end, cue.start):
        return None
    of = _OF_FIRM.match(text, unit.end())  # "the rare earth sector of Baogang Group"
    floor = next((name.span[1] for name in marks.names if of and name.span[0] == of.end()), first.end)
    return None if any(floor <= name.span[0] < cue.start for name in marks.names) else first


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    return "".join(
        text[place] for place in range(start, end) if not any(first <= place < last for first, last in spans)
    )
