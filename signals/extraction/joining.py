"""Make figures of numbers: ranges, the same sum in two currencies, lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from signals.extraction.amounts import Amount, Surroundings
from signals.extraction.records import Comparator, Quantity, Span
from signals.extraction.units import PLAIN
from signals.extraction.wording import listed_words, pattern_of

_RANGE = re.compile(r"--?| --? | ?(?:~|—{1,2}|至|到) ?| to ")
_BETWEEN = re.compile(r" ?(?:and|和|与|至|到|to|-|~) ?")
_LIST = re.compile(r" ?(?:[/、]|和|及|与|以及|或) ?|,? (?:and|or|&) |, ?")
_MOVED = pattern_of("{moved}了? ?$")
_RATE = (Decimal("6.2"), Decimal("7.4"))  # yuan for a dollar, 2014 to 2026
_SENTENCE_END = re.compile(r"[.。;；\n](?!\d)")
_NO_NOUN = pattern_of(r"(?:$|[.,;:)。，；]| {no-noun-behind} ?)")
_COMPARED = pattern_of(
    r"(?: to |(?: in [a-z]{3,9})? from |(?: {lately-en})?,? ?{weighed-against.en} |[,，]? ?{weighed-against.zh}[^\d,，。;；]{0,10}的?"
    r"|[上下]?[调涨跌升降增]{0,2}[至到为])"
)
# 19,109 yuan per ton, up 1.5 percent from the previous quarter's 18,825 yuan
_BASE_TOLD = pattern_of(r" (?:from|{weighed-against.en}) (?:[a-z0-9'’-]+ ){1,5}")
# 每吨26205元、19109元; 报53.75万元/吨,单日上涨1万元; 上涨5250元至43.9万元/吨
# 均价43.1万元/吨,同比+13%,其中一季度、二季度分别为43/43.2万元
_DASH = re.compile(r" ?[-~–—] ?")  # "from 1,580-1,600 yuan" is a range all the same
_FROM_PRESENT = pattern_of(
    r"(?:\bfrom (?:(?:the|its|their|an?|about|around|some) )*(?:{from-present} )+|[从由]{from-present.zh}的?(?:年产)?(?:约)?)$"
)
_PARTS_OF_IT = re.compile(r"^[^。;；]*其中[^。;；,，]{0,14}(?:分别)?[为约达]? ?$")
_STEP_WITHIN = 56  # characters from a price to the sum by which it has moved
_WITHIN = 44  # characters from a price to the sums of its parts
_REACH = 72  # characters from a price over its rate of change to what it is compared with
_ENUMERATED = re.compile(r" ?[、和及与] ?")
_MOVED_SINCE = pattern_of(r"[,，(（;；]? ?(?:[较比][^\d,，。;；]{1,8}|{moving-span})*{moved-since}了? ?$")
# "435,800 yuan per tonne in July, up 1,200 yuan"
_MOVED_BY = pattern_of(r"[^.;\d]{0,28}?[,(;] ?(?:or |and |a |an )?{moved-by}(?: by| of)?(?: about| some)? $")
_SECOND_OBJECT = re.compile(r" (?:in|of|for|at|on|by) [a-z][a-z ’'-]{1,40} and ")
_NEXT_PRICE = pattern_of("[,、;)] ?{oxide-or-metal}[^,。;、]{1,4}{price-noun}?(?:为|报)? ?$")
_NOTHING_AFTER = pattern_of(r"$|[\s,.;:、。(){}|/\"”]|{after-bare-sum}")
_SHARED = frozenset(
    {"ratio", "points", "money", "mass", "mass_rate", "price", "per_share", "count", "fold", "index", "emissions"}
)


@dataclass(slots=True)
class _Item:
    """An amount on its way to a quantity: maybe with an upper end and a converted sum."""

    low: Amount
    high: Amount | None = None
    converted: Amount | None = None
    converted_end: int = 0


def join(folded: str, amounts: list[Amount], around: Surroundings, end: int) -> list[Quantity]:
    """The quantities that ``amounts`` (in the order of ``folded``) make up."""
    items = _pairs(folded, _ranges(folded, amounts), around)
    _share_units(folded, items)
    _after_ranges(folded, items, around, end)
    _after_pairs(folded, items, around, end)
    _borrow_currency(folded, items)
    _imply_yuan(folded, items, around)
    _carry_qualifier(folded, items)
    _carry_rate(folded, items)
    return [_quantity(folded, item) for item in items]


def _ranges(folded: str, amounts: list[Amount]) -> list[_Item]:
    items: list[_Item] = []
    for amount in amounts:
        last = items[-1] if items else None
        if last is not None and last.high is None and _spans(folded, last.low, amount):
            last.high = amount
            _lend_unit(amount, last.low)
        else:
            items.append(_Item(amount))
    return items


def _spans(folded: str, low: Amount, high: Amount) -> bool:
    """Whether ``low`` and ``high`` are the two ends of one range."""
    gap = folded[low.end : high.start]
    if (
        len(gap) > 8
        or (_comes_from(folded, low) and not _DASH.fullmatch(gap))
        or (high.qualifier is not None and high.qualifier.end <= high.start)
    ):
        return False
    if _grown_to(folded, low, high):
        return False
    words = _BETWEEN if low.lead == "between" else _RANGE
    whole = words.fullmatch(gap)
    if whole is None and not (gap == "" and high.signed and folded[high.start] == "-" and low.signed):
        return False
    if (low.unit is PLAIN and low.scale is None) or low.unit == high.unit:
        return not (low.unit is PLAIN and high.unit is PLAIN and "-" in gap and low.number > high.number)
    if high.unit is PLAIN and low.currency_first:
        return True
    if _asked_for_behind(low, high):
        return True
    return (low.unit is PLAIN and high.unit is not PLAIN) or low.unit.dimension == high.unit.dimension == "count"


def _comes_from(folded: str, low: Amount) -> bool:
    """ "from 12,000 tonnes", "from the current 12,000 tonnes": what follows is where it goes, not the end of a range."""
    return low.lead == "from" or (
        low.lead == "" and _FROM_PRESENT.search(folded, max(0, low.start - 40), low.start) is not None
    )


def _asked_for_behind(low: Amount, high: Amount) -> bool:
    """CNY90,000 to CNY95,000 per tonne: what the price is asked for stands behind the upper end alone."""
    if low.unit.dimension != "money" or high.unit.dimension not in ("price", "per_share") or not low.number:
        return False
    same = high.unit.unit.partition("/")[0] == low.unit.unit
    return same and (high.scale is not None or Decimal("0.25") <= high.number / low.number <= 4)


def _grown_to(folded: str, low: Amount, high: Amount) -> bool:
    """上涨1万元/吨至51.25万元/吨: an amount of change and the level that it led to, far apart, are no range."""
    if low.unit.dimension in ("ratio", "points", "fold") or not _MOVED.search(folded, max(0, low.start - 8), low.start):
        return False
    if not low.number or not high.number:
        return False
    return not Decimal("0.25") <= abs(high.number / low.number) <= 4


def _lend_unit(amount: Amount, other: Amount) -> None:
    """Give two ends of a range the unit and scale that only one of them prints."""
    told = other.unit is not PLAIN and not other.currency_first  # 2500元/吨 has no scale to be lent
    if other.unit is PLAIN:
        other.unit, other.counter = amount.unit, other.counter or amount.counter
    elif amount.unit is PLAIN:
        amount.unit, amount.counter = other.unit, other.counter
    elif _asked_for_behind(other, amount):
        other.unit = amount.unit
    if other.scale is None and amount.scale is not None and abs(other.number) < amount.scale and not told:
        other.number *= amount.scale
        other.scale = amount.scale


def _pairs(folded: str, items: list[_Item], around: Surroundings) -> list[_Item]:
    """Join a sum and the same sum in another currency, or a share in words and in figures, which follows it."""
    kept: list[_Item] = []
    for item in items:
        last = kept[-1] if kept else None
        if last is not None and last.converted is None:
            before = last.high or last.low
            gap = folded[before.end : item.low.start]
            if len(gap) <= 24 and around.pair.fullmatch(gap) is not None:
                if _other_currency(before, item.low):
                    closing = (item.high or item.low).end
                    last.converted = item.low
                    last.converted_end = closing
                    continue
                if (
                    before.spelled
                    and before.unit.dimension == item.low.unit.dimension == "ratio"
                    and not item.low.spelled
                    and "(" in gap
                ):
                    item.low.start, item.low.qualifier = last.low.start, last.low.qualifier
                    item.low.end += folded[item.low.end : item.low.end + 1] == ")"
                    kept[-1] = item
                    continue
        kept.append(item)
    return kept


def _other_currency(first: Amount, second: Amount) -> bool:
    if second.unit.dimension not in ("money", "price", "per_share"):
        return False
    if first.unit is PLAIN:
        rate = first.number / second.number if second.number else Decimal(0)
        return second.unit.unit == "USD" and first.scale is not None and _RATE[0] <= rate <= _RATE[1]
    return first.unit.dimension == second.unit.dimension and first.unit.unit != second.unit.unit


def _share_units(folded: str, items: list[_Item]) -> None:
    """26.23/36.85/46.18亿元: bare numbers of a list take the unit that the last one prints."""
    for index in range(len(items) - 2, -1, -1):
        item, following = items[index], items[index + 1]
        low, high = item.high or item.low, following.low
        scaled = low.scale is not None  # "2.4 billion, 3.2 billion and 4.0 billion yuan"
        if (
            low.unit is not PLAIN
            or (scaled and high.scale is None)
            or high.unit.dimension not in _SHARED
            or low.spelled
        ):
            continue
        gap = folded[low.end : high.start]
        if (
            len(gap) > 6
            or _LIST.fullmatch(gap) is None
            or (high.qualifier is not None and high.qualifier.start < high.start)
        ):
            continue
        if gap.strip() == "," and not _ends_in_and(folded, items, index):
            continue
        if high.currency_first and "/" not in gap:
            continue
        for end in (item.low, item.high):
            if end is not None and scaled:
                end.unit = high.unit
            elif end is not None:
                _lend_unit(high, end)


def _after_ranges(folded: str, items: list[_Item], around: Surroundings, end: int) -> None:
    """Yn560,000-565,000/t: what a price is asked for stands behind the upper end and holds for both."""
    for item in items:
        if item.high is None or item.low.unit.dimension != "money" or item.high.unit.dimension != "money":
            continue
        per = around.units.rate(folded, item.high.end, end, "money")
        if per:
            item.low.unit, item.high.unit = item.low.unit.per(per[0]), item.high.unit.per(per[0])
            item.high.end = per[1]


def _after_pairs(folded: str, items: list[_Item], around: Surroundings, end: int) -> None:
    """32,000 yuan (5,229 dollars) per tonne, 3 bn yuan ($0.4 bn) of losses: words after the bracket hold for both."""
    for item in items:
        if item.converted is None or item.low.unit.dimension != "money":
            continue
        closed = item.converted_end + (folded[item.converted_end : item.converted_end + 1] == ")")
        both = [amount for amount in (item.low, item.high, item.converted) if amount is not None]
        per = around.units.rate(folded, closed, end, "money")
        for amount in both if per is not None else ():
            amount.unit = amount.unit.per(per[0]) if per else amount.unit
        after = around.qualifiers.after(folded, closed, end)
        for amount in both if after is not None and after.role == "loss_after" else ():
            amount.number = -abs(amount.number)


def _borrow_currency(folded: str, items: list[_Item]) -> None:
    """ "55.8 million yuan, then 750.7 million last year": a sum without a currency takes that of the sum before it."""
    for before, item in pairwise(items):
        amount, last = item.low, before.high or before.low
        if amount.unit is not PLAIN or amount.scale is None or amount.scale < 10**6 or last.unit.dimension != "money":
            continue
        gap = folded[last.end : amount.start]
        if len(gap) <= 90 and not _SENTENCE_END.search(gap) and _NO_NOUN.match(folded, amount.end):
            amount.unit = last.unit


def _imply_yuan(folded: str, items: list[_Item], around: Surroundings) -> None:
    """营收51.3亿,: a Chinese sum in 亿 with nothing after it is yuan."""
    yuan = around.units.meaning["元"]
    for item in items:
        last = item.high or item.low
        bare = item.low.unit is PLAIN and item.converted is None and item.low.scale is not None
        if bare and folded[last.end - 1 : last.end] in ("亿", "余", "多") and _NOTHING_AFTER.match(folded, last.end):
            for amount in (item.low, item.high):
                if amount is not None and amount.unit is PLAIN and amount.scale is not None and amount.scale >= 10**8:
                    amount.unit = yuan


def _carry_qualifier(folded: str, items: list[_Item]) -> None:
    """超100家和50家, "exceeded 84% in steel and 80% in oxides": the qualifier holds for both figures."""
    for before, item in pairwise(items):
        first, second = before.low, item.low
        given = first.qualifier
        if given is None or given.start > first.start or second.qualifier or item.high or first.unit != second.unit:
            continue
        gap = folded[(before.high or first).end : second.start]
        if given.role == "loss" and _LIST.fullmatch(gap) and first.number < 0 < second.number:
            second.number = -second.number  # 亏损额分别达2.9亿元和3亿元
        elif _LIST.fullmatch(gap) or (given.verb and _SECOND_OBJECT.fullmatch(gap)):
            second.comparator = first.comparator


def _carry_rate(folded: str, items: list[_Item]) -> None:
    """每吨2.68万元,较上季的2.62万元: a sum of like size that a price is compared with is a price by the same weight."""
    for item, follower in pairwise(items):
        step, level = item.low, follower.low
        if (
            step.unit.dimension == "money"
            and level.unit.dimension == "price"
            and level.unit.unit.partition("/")[0] == step.unit.unit
            and folded[(item.high or step).end : level.start] in ("至", "到", " to ")
            and _MOVED.search(folded, max(0, step.start - 8), step.start)
        ):
            for amount in (step, item.high):
                if amount is not None:
                    amount.unit = level.unit
    for item, follower in pairwise(items[::-1]):
        _lend_weight(folded, follower, item)
    priced: _Item | None = None
    for before, item in pairwise(items):
        priced = before if before.low.unit.dimension == "price" else priced
        sum_ = item.low
        if priced is None or sum_.unit.dimension != "money" or item.converted is not None:
            continue
        price, price_end = priced.low, (priced.high or priced.low).end
        like = sum_.number and Decimal("0.33") <= abs(price.number / sum_.number) <= 3
        same_currency = price.unit.unit.partition("/")[0] == sum_.unit.unit
        listed = sum_.start - price_end <= 40 and _NEXT_PRICE.search(
            folded, max(price_end, sum_.start - 18), sum_.start
        )
        compared = before is priced and _COMPARED.fullmatch(folded, price_end, sum_.start)
        if before.low.unit.dimension == "ratio" and sum_.start - price_end <= _REACH:
            compared = _BASE_TOLD.fullmatch(folded, before.low.end, sum_.start)
        enumerated = before.low.unit.dimension == "price" and _ENUMERATED.fullmatch(folded, price_end, sum_.start)
        moved = (
            before is priced
            and abs(sum_.number) <= abs(price.number)
            and sum_.start - price_end <= _STEP_WITHIN
            and (
                (sum_.start - price_end <= 24 and _MOVED_SINCE.match(folded, price_end, sum_.start))
                or _MOVED_BY.fullmatch(folded, price_end, sum_.start)
            )
        )
        within = sum_.start - price_end <= _WITHIN and _PARTS_OF_IT.search(folded, price_end, sum_.start)
        if same_currency and ((like and (listed or compared or enumerated or within)) or moved):
            for amount in (sum_, item.high):
                if amount is not None:
                    amount.unit = price.unit


def _lend_weight(folded: str, item: _Item, following: _Item) -> None:
    """ "at 1.6 million yuan and 6.9 million yuan per tonne": what the last of a list of prices is asked for holds for all."""
    price, listed = following.low, _LIST.fullmatch(folded, (item.high or item.low).end, following.low.start)
    if price.unit.dimension != "price" or item.low.unit.dimension != "money" or listed is None or not price.number:
        return
    like = Decimal("0.02") <= abs(item.low.number / price.number) <= 50
    if like and item.converted is None and price.unit.unit.partition("/")[0] == item.low.unit.unit:
        for amount in (item.low, item.high):
            if amount is not None:
                amount.unit = price.unit


def _ends_in_and(folded: str, items: list[_Item], index: int) -> bool:
    """Whether the commas after ``index`` lead to an "and": 40, 50 and 60 tonnes."""
    for item, following in zip(items[index + 1 : index + 9], items[index + 2 : index + 10], strict=False):
        gap = folded[item.low.end : following.low.start].strip()
        if gap in listed_words("list-and") or gap == ", and":
            return True
        if gap not in (",", "、"):
            return False
    return False


def _quantity(folded: str, item: _Item) -> Quantity:
    low, high = item.low, item.high
    last = high or low
    unit = low.unit
    value = low.number * unit.factor
    value_high: Decimal | None = None
    comparator: Comparator = low.comparator
    if high is not None:
        top = high.number * high.unit.factor
        if value < 0 < top and not high.signed:
            top = -top
        value, value_high = min(value, top), max(value, top)
        comparator = "range"
    before = low.qualifier if low.qualifier is not None and low.qualifier.start < low.start else None
    after = last.after
    qualifier: Span | None = None
    if before is not None:
        qualifier = (before.start, before.end)
    elif after is not None:
        qualifier = (after.start, after.end)
    span = (before.start if before else low.start, after.end if after else last.end)
    converted = converted_span = None
    dimension, canonical = unit.dimension, unit.unit
    if item.converted is not None:
        other = item.converted
        converted = (_plain(other.number * other.unit.factor), other.unit.unit)
        converted_span = (other.start, item.converted_end)
        if unit is PLAIN:
            dimension, canonical = "money", "CNY"
    return Quantity(
        span=span,
        core=(low.start, last.end),
        value=_plain(value),
        value_high=None if value_high is None else _plain(value_high),
        comparator=comparator,
        unit=canonical,
        dimension=dimension,
        counter=low.counter or last.counter,
        converted=converted,
        converted_span=converted_span,
        qualifier=qualifier,
    )


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros that a scale brought in."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole and abs(value) < 10**24 else value.normalize()
