"""What a name does in its sentence: actor, object, parent, place, holder of a share, or a word in passing."""

from __future__ import annotations

import re

from signals.extraction.cast import COMPANY_KINDS, Cast
from signals.extraction.drafts import Draft
from signals.extraction.grammar import broken
from signals.extraction.markets import (
    OBJECT,
    PLACED,
    WHOLE,
    ranks,
)
from signals.extraction.marks import Marks
from signals.extraction.records import NameMention
from signals.extraction.wording import pattern_of

PLACE_METRICS = frozenset(
    ["output", "output_value", "enterprises", "export_volume", "export_revenue", "import_volume", "reserves", "reserve_share", "market_share", "output_share", "local_conversion_rate", "quota_mining", "quota_smelting", "quota_share", "capacity", "employees", "projects", "export_share", "price", "price_index", "sales_volume", "export_destinations", "ghg_emissions", "investment", "added_value", "new_products", "patents_granted"]
)  # fmt: skip

_PREPOSITION = 24  # characters in which "in the northern" stands

MINE_METRICS = frozenset(["reserves", "reserve_share", "capacity", "output"])

_BEHIND = pattern_of(r"\s*{works-noun}?\s*(?:at|by|of|for|from|in)\s+(?:the\s+)?$", re.IGNORECASE)

_HOLDING = pattern_of(r"{share-trade}(?:了|其|的)?\s*$")

_BOUGHT = pattern_of("股权的?(?:全部)?{take-over}")  # 完成对某公司100%股权的收购

_BOUGHT_BEHIND = pattern_of("[^,，。;；]{0,24}?{take-over}")
_TRADE_OF_PLACE = pattern_of(r"[^,，。;；\d]{0,10}{trade-of-place}")  # 包头市稀土产业实现营收
_RANKED = pattern_of("{rank-of}")
_SITE_OF_FIRM = pattern_of("{site-of-firm}")
_APART = re.compile(r"[\W与和及同在对向的]")

_HELD_SHARE = re.compile(
    r"[)）]?[^,，。;；、\d]{0,6}|[\d.,]+[万亿]?股(?:股份|股票)?[,，]?(?:约?占)[^,，。;；、\d]{0,16}"
)

_MODIFIER = pattern_of(r"\s{site-noun}", re.IGNORECASE)

_OF_A_TOWN = pattern_of(r"\s(?:[\w-]+\s)?(?:{town-noun}|hub\b)")  # "the northern Chinese city's output"

_TOWN_OF = pattern_of("{town-noun} of (?:the )?$", re.IGNORECASE)


# "Thirty enterprises in the zone had …", "Magnet production in the zone reached …"
_FIRMS_IN = pattern_of(r"\b{firms-of-place}\s+in\s+(?:the\s+)?$", re.IGNORECASE)
_MADE_IN = pattern_of(r"\b{made-in-place}\s+(?:of\s+(?:[\w-]+\s+){1,4})?in\s+(?:the\s+)?$", re.IGNORECASE)


def _owns(marks: Marks, name: NameMention) -> bool:
    """ "the output value of Baotou's industry", "the city of Baotou": the place is whose figure it is, not only where."""
    before = marks.text[max(marks.span[0], name.span[0] - 32) : name.span[0]]
    if _TOWN_OF.search(before) or _FIRMS_IN.search(before):
        return True
    if _MADE_IN.search(before) and marks.names[0] is name:
        return True
    possessive = marks.text.startswith(("'s ", "’s "), name.span[1])
    return possessive and any(
        marks.text[hit.end : name.span[0]].strip() in ("of", "of the", "in", "for")
        for hit in marks.metrics
        if hit.end <= name.span[0] and not hit.entry.data.get("tight")
    )


# "led by China, which turned out …", "with China leading at …": the name behind the preposition is the one that acts
_ACTS = pattern_of(r",\s+(?:which|who)\s+(?!is\b|are\b|was\b|were\b)|\s+(?:\w+ly\s+)?{outranks}")


_CALLED = pattern_of(r"(?:\b(?:its|their|the)\s+)?(?:[\w-]+\s+){0,3}{parent-noun},?\s+(?:the\s+)?$", re.IGNORECASE)


def is_object(marks: Marks, name: NameMention) -> bool:
    """Whether the name stands behind a preposition: "with Shenghe", "via its parent Baogang Group"."""
    pair = marks.bracket_of(name.span[0])
    if pair is not None:  # "by Baotou Steel Rare Earth (BSRE)": as the name before it
        for other in marks.names:
            if other.key == name.key and 0 <= pair[0] - other.span[1] <= 1:
                return is_object(marks, other)
    before = marks.text[max(marks.span[0], name.span[0] - 9) : name.span[0]]
    behind = OBJECT.search(before)
    if behind is None and before.isascii() and before[:1]:
        floor = max(marks.span[0], name.span[0] - 48)
        called = _CALLED.search(marks.text, floor, name.span[0])
        behind = OBJECT.search(marks.text[floor : called.start()]) if called else None
    return behind is not None and _ACTS.match(marks.text, name.span[1]) is None


_PART_OF = pattern_of(r",\s*(?:a|an|the|its|one)?\s*(?:[\w-]+\s){0,4}{part-of-firm} of (?:the )?(?:[a-z-]+ ){0,4}$")


def is_parent_of(marks: Marks, name: NameMention) -> bool:
    """ "Golden Dragon, a unit of Xiamen Tungsten, …": the second name only says whose the first is."""
    before = marks.text[max(marks.span[0], name.span[0] - 90) : name.span[0]]
    return _PART_OF.search(before) is not None


_TOLD_BY_THE_WAY = pattern_of(r",\s+{told-by-the-way}\b[^,;.]{2,90},\s", re.IGNORECASE)


def by_the_way(marks: Marks, names: list[NameMention], start: int) -> list[NameMention]:
    """The names of a clause put in behind a leading name: "The mine, which it runs with Baogang, holds …" is of the mine."""
    inside: list[NameMention] = []
    for found in _TOLD_BY_THE_WAY.finditer(marks.text, marks.span[0], start):
        if any(name.span[1] <= found.start() for name in names):
            inside += [name for name in names if found.start() <= name.span[0] and name.span[1] <= found.end()]
    return inside


def is_seat_of(marks: Marks, name: NameMention, names: list[NameMention], cast: Cast) -> bool:
    """金力永磁包头二期项目: the place right behind a firm only says where the firm's plant is."""
    return cast.kind(name.key) == "place" and any(
        cast.is_company(other.key)
        and 0 <= name.span[0] - other.span[1] <= 4
        and not _APART.search(marks.text, other.span[1], name.span[0])
        for other in names
    )


def words_before(marks: Marks, name: NameMention) -> str:
    return marks.text[max(marks.span[0], name.span[0] - 4) : name.span[0]]


def is_mine(name: NameMention | None, cast: Cast) -> bool:
    return name is not None and cast.kind(name.key) == "mine"


_A_MINE = pattern_of(r",\s+(?:the|a|an|one of the)\s+(?:[\w'’-]+\s+){0,4}?{mine-noun}\b[^,;.]*$", re.IGNORECASE)


def explained_mine(marks: Marks, names: list[NameMention], start: int, cast: Cast) -> NameMention | None:
    """ "… near Bayan Obo, the deposit that supplies 40% of …": the mine whose explanation the figure stands in."""
    name = names[-1] if names else None
    if name is None or not is_mine(name, cast) or start - name.span[1] > 160:
        return None
    return name if _A_MINE.match(marks.text, name.span[1], start) else None


_ACQUIRED = pattern_of("{acquired-firm}")


def is_acquired(marks: Marks, name: NameMention) -> bool:
    before = marks.text[max(marks.span[0], name.span[0] - 48) : name.span[0]]
    if _BOUGHT_BEHIND.match(marks.text, name.span[1], marks.span[1]) and re.search(r"对[^,，。;；]{0,40}$", before):
        return True  # 完成对某公司(简称)100%股权的收购
    return _ACQUIRED.search(before) is not None


def held_firm(marks: Marks, names: list[NameMention], start: int) -> NameMention | None:
    """The firm whose shares are held: 持有甘肃稀土49%股权. Its holder is somebody else."""
    for place, name in reversed(list(enumerate(names))):
        first = names[place - 1] if place and _same_in_brackets(marks, names[place - 1], name) else name
        before = marks.text[max(marks.span[0], first.span[0] - 8) : first.span[0]]
        bought = before.endswith("对") and _BOUGHT.search(marks.text, start, min(marks.span[1], start + 24))
        if (bought or _HOLDING.search(before)) and _HELD_SHARE.fullmatch(marks.text, name.span[1], start):
            return name
    return None


def _same_in_brackets(marks: Marks, first: NameMention, second: NameMention) -> bool:
    """Peak Rare Earths Limited(匹克公司): one firm under two names."""
    between = marks.text[first.span[1] : second.span[0]]
    return first.key == second.key and len(between) <= 12 and between.endswith(("(", "（"))


def is_region_of(marks: Marks, names: list[NameMention], chosen: NameMention, cast: Cast) -> bool:
    """ "Baotou, Inner Mongolia, …" and "Baotou in Inner Mongolia": the wider place only says where the other lies."""
    before = marks.text[max(marks.span[0], chosen.span[0] - 4) : chosen.span[0]]
    inner = cast.companies.get(cast.place or "")
    if inner is not None and inner.within == chosen.key and any(name.key == cast.place for name in names):
        return True
    return (
        chosen.key != cast.place
        and any(
            name.key == cast.place and name.span[1] <= chosen.span[0] and chosen.span[0] - name.span[1] <= 6
            for name in names
        )
    ) or bool(re.search(r"\bin\s*$", before))


def fits(name: NameMention, metric: str, cast: Cast, marks: Marks) -> bool:
    kind = cast.kind(name.key)
    if kind in COMPANY_KINDS:
        return True
    if kind == "mine":
        return metric in MINE_METRICS
    if kind == "place":
        if _SITE_OF_FIRM.match(marks.text, name.span[1]) and (
            (cast.titled and cast.main is not None)
            or any(cast.is_company(other.key) and other.span[1] <= name.span[0] for other in marks.names)
        ):
            return False  # 公司包头基地, 金力永磁…,包头基地: the firm's own
        if ranks(marks, name):
            return False  # "China's largest producer" is a firm
        if metric == "stake" and _HOLDS_SHARES.match(marks.text, name.span[1]):
            return True  # 内蒙古自治区人民政府持有包钢集团76%股权
        if metric not in PLACE_METRICS:
            return metric in ("revenue", "profit") and _TRADE_OF_PLACE.match(marks.text, name.span[1]) is not None
        if marks.text.startswith(("-based", "-headquartered", "-listed"), name.span[1]):
            return False  # "the Baotou-based giant" is the giant
        if _RANKED.match(marks.text, name.span[1]) or _OF_A_TOWN.match(marks.text, name.span[1]):
            return False  # 产能规模位居中国国内前三
        if _MODIFIER.match(marks.text, name.span[1]):
            return False  # "its Baotou plant" is the firm's
        return _owns(marks, name) or not PLACED.search(
            marks.text[max(marks.span[0], name.span[0] - _PREPOSITION) : name.span[0]]
        )
    return kind in ("association", "regulator") and metric in ("price_index", "stake")


_HOLDS_SHARES = pattern_of("{holds-directly}")
_TO_BUYER = pattern_of("{the-firm.zh}[^,，。;；]{0,6}{to-buyer}$")


def leads_to_buyer(marks: Marks, name: NameMention) -> bool:
    """公司已向北方稀土销售28.7万吨: the text's own firm acts, the name is whom it sells to."""
    return _TO_BUYER.search(marks.text, max(marks.span[0], name.span[0] - 12), name.span[0]) is not None


def is_appositive(marks: Marks, name: NameMention) -> bool:
    pair = marks.bracket_of(name.span[0])
    return pair is not None and pair[1] - pair[0] - 1 <= name.span[1] - name.span[0] + 12


def is_bracketed_behind(marks: Marks, name: NameMention, names: list[NameMention], cast: Cast) -> bool:
    """ "Northern Rare Earth (Baogang) said": a house's name in brackets only says whose the firm before it is."""
    if marks.text[name.span[0] - 1 : name.span[0]] != "(" or marks.text[name.span[1] : name.span[1] + 1] != ")":
        return False
    return cast.kind(name.key) == "group" and any(
        other.span[1] == name.span[0] - 2 and other.key != name.key and cast.is_company(other.key) for other in names
    )


def named_behind(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """ "an 8,000-ton metals project at Huaxing", 20亿元的厦门钨业…项目: the owner of the noun behind the figure."""
    if (
        draft.rule not in ("noun-behind", "shared-noun")
        or draft.cue is None
        or draft.cue.start < draft.quantity.span[1]
    ):
        return None
    limit = next((q.span[0] for q in marks.quantities if q.span[0] > draft.quantity.span[0]), marks.span[1])
    for name in names:
        inside = draft.quantity.span[1] <= name.span[0] and name.span[1] <= draft.cue.start
        if inside and cast.is_company(name.key) and not broken(marks.text, draft.quantity.span[1], draft.cue.start):
            return name
        if draft.cue.end <= name.span[0] < limit and cast.is_company(name.key):
            if (draft.metric != "stake" and _BEHIND.fullmatch(marks.text[draft.cue.end : name.span[0]])) or (
                draft.cue.alias.endswith(" by") and name.span[0] - draft.cue.end <= 5
            ):
                return name
    return None


def is_scope(marks: Marks, name: NameMention, draft: Draft, cast: Cast) -> bool:
    """Whether the name only says where or of what: 占包头…产值, "of Baotou's output"."""
    before = marks.text[max(marks.span[0], name.span[0] - 6) : name.span[0]]
    if cast.kind(name.key) == "place" and draft.quantity.dimension == "ratio" and WHOLE.search(before):
        return True
    if cast.kind(name.key) == "place" and not _owns(marks, name):
        return is_object(marks, name) or bool(PLACED.search(before))
    return False


_OF_COUNTRIES = ("output", "reserves", "reserve_share", "market_share", "output_share", "import_volume")
_COUNTRY_HAS = pattern_of(
    r"\s+(?:{country-has}\s+)?(?:about |some |around |roughly |nearly |an estimated |another |just |only )?",
    re.IGNORECASE,
)


def country_before(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """Another country right before its figure: "China holds 44 million tons, Brazil 21 million tons"."""
    if draft.metric not in _OF_COUNTRIES:
        return None
    start = draft.quantity.span[0]
    before = [name for name in names if name.span[1] <= start and name.key in cast.abroad]
    if before and before[0].span[0] == marks.span[0] and {name.key for name in names} == {before[0].key}:
        return before[0]  # "India holds 6.9 million tonnes of reserves but mined only 2,900 tonnes"
    if before and _COUNTRY_HAS.fullmatch(marks.text, before[-1].span[1], start):
        return before[-1]
    return None


_THE_GROUP = pattern_of("{the-group}")
_KIND = pattern_of("{told-kind}", re.IGNORECASE)


def of_kind(draft: Draft, marks: Marks, cast: Cast, chosen: NameMention | None) -> tuple[str | None, float, str] | None:
    """ "The exchange was founded by A with capital of …": the one named last, unless a name leads the clause behind it."""
    last = chosen.span[1] if chosen else marks.span[0]
    group = _THE_GROUP.search(marks.text, last, draft.quantity.span[0]) if "group" in cast.latest else None
    if group and not any(group.end() <= name.span[0] < draft.quantity.span[0] for name in marks.names):
        return cast.latest["group"], 0.96, group.group()  # 华美公司产能…;集团研发投入…
    found = _KIND.search(marks.text, marks.span[0], draft.quantity.span[0]) if cast.latest else None
    named = cast.latest.get(found[1].lower()) if found else None
    if found is None or named is None or not _fits_kind(draft.metric, cast, named):
        return None
    if chosen is not None and not (found.end() <= chosen.span[0] and is_object(marks, chosen)):
        return None
    return named, 0.97, found.group()


def _fits_kind(metric: str, cast: Cast, key: str) -> bool:
    """Whether an exchange, institute or mine of the text can own such a figure."""
    if cast.kind(key) == "place":
        return metric in PLACE_METRICS
    return metric in MINE_METRICS if cast.kind(key) == "mine" else metric != "price"
