"""Whether a figure is a change, of what direction and against what, from the change words around it."""

from __future__ import annotations

import re

from signals.extraction.calendar import basis_between
from signals.extraction.drafts import Change
from signals.extraction.gated import gated
from signals.extraction.grammar import JOINT, broken, covered, leads_to, parted
from signals.extraction.marks import Marks, remembered
from signals.extraction.records import ChangeCue, Quantity
from signals.extraction.wording import listed_words, pattern_of

RELATIVE = ("ratio", "fold", "points")
_BESIDE = pattern_of(r"\s*(?:{change-to-figure}|\(|（)?\s*", re.IGNORECASE)
_ARTICLE = gated(r"\b(?:a|an|the)\s+(?:\S+\s+)?$", re.IGNORECASE)
_TO = pattern_of(r"{comes-up-to}\s*(?:约|了|a|an|over|about)?\s*$", re.IGNORECASE)
# 从2024年上半年的12%提升至2025年上半年的25%
_TO_PERIOD = pattern_of(r"(?<!截)[至到](?:(?:20)?\d\d年|{this-or-last-year})[^\d,，。;；、%增降涨跌升同环减]{0,8}的$")
_RATE_IS = pattern_of(r"{rate-noun}\s*(?:为|為|高?达到?|達|\bat)\s*(?:约|了)?\s*$", re.IGNORECASE)
_FROM = gated(
    r"(?:\bfrom\s*(?:(?:a|an|the|mere|just|only|about)\s+)*|(?:由|从|從)(?:\d{2,4}年(?:末|底|初)?)?[^\d,，。;；、]{0,12})$",
    re.IGNORECASE,
)


_LONGEST_LIST = 16  # items that lean on the one before


def change_of(marks: Marks, index: int, basis_of_list: str = "", depth: int = 0) -> Change | None:
    """The change that figure ``index`` is, or None when nothing says that it is one; items of a list lean on the one before."""
    if basis_of_list:
        return _change(marks, index, basis_of_list, depth)
    if index not in marks.changes_of:
        marks.changes_of[index] = _change(marks, index, "", depth)
    return marks.changes_of[index]


def _change(marks: Marks, index: int, basis_of_list: str, depth: int) -> Change | None:
    """What ``change_of`` remembers."""
    figure = marks.quantities[index]
    text = marks.text
    start, end = figure.span
    if figure.dimension == "ratio" and _SHARES.search(text, max(marks.span[0], start - 80), start):
        return None
    left = marks.quantities[index - 1].span[1] if index else marks.span[0]
    right = marks.quantities[index + 1].span[0] if index + 1 < len(marks.quantities) else marks.span[1]
    cues = [cue for cue in marks.changes if left <= cue.span[1] and cue.span[0] <= right and marks.visible(cue, start)]
    cues = [cue for cue in cues if not _since_record(marks, cue.span)]
    before = [cue for cue in cues if cue.span[1] <= start + 1 and cue.span[0] >= left - 1]
    after = [cue for cue in cues if cue.span[0] >= end]
    if figure.dimension not in RELATIVE:
        return _of_level(marks, figure, before, after)
    near = [cue for cue in before if not _clause_ends(text, cue.span[1], start) and not _of_previous(marks, index, cue)]
    behind = [cue for cue in after if _follows(marks, figure, cue) and not _leads_next(marks, index, cue)]
    if behind and index and marks.quantities[index - 1].dimension in RELATIVE and _direction(behind):
        near = [cue for cue in near if text[left : cue.span[0]].strip()]  # "a 20% drop on the month but a 32% rise"
    compared = _COMPARED.match(text, end)
    if near and near[-1].to_level and not (behind or text[near[-1].span[1] : start].strip()):
        return Change("", 0, True, near[-1].span)
    bracketed = _bracketed_fall(marks, index)
    signed = (
        bracketed
        or text[start : start + 1] in "+＋"
        or text[start - 1 : start + 1] in ("+~", "+约")
        or text[figure.core[0] : figure.core[0] + 1] in "+＋"
    )
    listed = index > 0 and marks.quantities[index - 1].dimension == figure.dimension and _in_list(marks, index)
    before_it = change_of(marks, index - 1, depth=depth + 1) if listed and depth < _LONGEST_LIST else None
    if before_it is not None and before_it.to_level:
        before_it = None
    if before_it is None and not near and index and depth < _LONGEST_LIST and _GAPPED.search(text, left, start):
        before_it = _verb_shared(marks, index, depth)
    minus = text[start : start + 1] in "-−－"
    if not near and not behind and not basis_of_list and not signed and not compared and before_it is None:
        return None
    if near and near[-1].basis and _LABELLED.fullmatch(text, near[-1].span[1], start):
        behind = [cue for cue in behind if not cue.basis]  # 同比-14.73%环比+3.55%: each base stands before its figure
    own = behind if not _direction(near) and _basis(behind) else near
    basis = (
        basis_of_list
        or _basis(own)
        or _basis(behind)
        or _basis([cue for cue in before if not parted(text, cue.span[1], start)])
    )
    basis = basis or (before_it.basis if before_it else "") or _basis_of_sentence(marks, index)
    direction = _direction(near[::-1]) or _direction(behind) or (1 if signed and not bracketed else 0)
    if not direction and compared:
        direction = 1 if compared[1].lower() in ("above", "higher", "larger", "bigger", "greater", "more", "up") else -1
    if not direction and index and _OR_SAME.fullmatch(text, left, start):
        other = change_of(marks, index - 1, depth=depth + 1) if depth < _LONGEST_LIST else None
        direction = other.direction if other else 0  # "a decrease of 144,000 yuan from April, or 22.5%"
    if not basis and near and index and _EXTENT.search(text[slice(*near[-1].span)]):
        basis = _basis_restated(marks, index)
    if before_it is not None:
        basis = basis or before_it.basis
        direction = direction or (0 if minus else before_it.direction)
    words = near or behind
    span = (min(cue.span[0] for cue in words), max(cue.span[1] for cue in words)) if words else None
    return Change(basis, direction, bool(near and near[-1].to_level), span)


# "oxides rose 8.4% to 17,500 tons, salts by 11.8% to 131,000": the verb is told once
_GAPPED = pattern_of(r"(?:[,，;]|\b(?:and|while|but))\s[^.;,，\d]{2,60}\sby\s+(?:{roughly}\s+)?", re.IGNORECASE)


def _verb_shared(marks: Marks, index: int, depth: int) -> Change | None:
    """The change before a gapped "salts by 11.8%", past the level that it led to."""
    for place in range(index - 1, max(index - 3, -1), -1):
        if marks.quantities[place].dimension in RELATIVE:
            told = change_of(marks, place, depth=depth + 1)
            return told if told and told.direction and not told.to_level else None
    return None


# "up 5%, the highest monthly total since January"
_SUPERLATIVE = pattern_of(r"{superlative}[^.;,\d]{0,30}$", re.IGNORECASE)
_EXTENT = pattern_of("{extent-noun}")
_RISEN_BETWEEN = gated(r"[由从從自](?:20)?\d\d年[^,，。;；]{2,40}[至到]")
_SINCE = pattern_of(r"[由从從自]{year-told}(?:年?[初末底]|(?P<same>同期))")
# "accounting for 49%, 43% and 8% of the total"
_SHARES = pattern_of(
    r"{accounting-for}\s+(?:{roughly}\s+)?(?:[\d.]+\s?(?:%|per ?cent|pct|pc)\s*,?\s*(?:and\s+)?){0,6}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\s*[:：]?\s*[-+−－]?")
_COMPARED = pattern_of(r"\s*({more-or-less})(?!\s+to\b)", re.IGNORECASE)

_MORE_THAN = pattern_of(
    r"\s+(?:(more|less|fewer) than (?:in|a year|the|last) ?\b|(higher|lower|above|below)(?= {set-against}|[,.;]))",
    re.IGNORECASE,
)


def _since_record(marks: Marks, cue: tuple[int, int]) -> bool:
    """Whether "since January" only says how long the figure was no higher."""
    since = marks.text[cue[0]] in "sS" and marks.text[cue[0] : cue[0] + 6].lower() == "since "
    return since and bool(_SUPERLATIVE.search(marks.text, max(marks.span[0], cue[0] - 44), cue[0]))


def _basis_of_sentence(marks: Marks, index: int) -> str:
    """ "soared 280% to 1.5 bn yuan in the nine months ended September from a year earlier": the base behind the level."""
    for cue in marks.changes:
        if cue.basis and cue.span[0] >= marks.quantities[index].span[1] and not _since_record(marks, cue.span):
            between = [q for q in marks.quantities[index + 1 :] if q.span[1] <= cue.span[0]]
            apart = parted(marks.text, marks.quantities[index].span[1], cue.span[0])
            rest = range(index + 1, index + 1 + len(between))
            listed = all(_in_list(marks, place) and not _based(marks, place - 1) for place in rest)
            if (
                apart
                or (not listed and any(q.dimension in RELATIVE for q in between))
                or not marks.text[cue.span[0]].isascii()
            ):
                return ""
            return cue.basis
    return ""


def _based(marks: Marks, index: int) -> bool:
    """Whether a figure of a list has a base of its own behind it: "up 10.2% from July and 15.4% on the year"."""
    start, end = marks.quantities[index].span[1], marks.quantities[index + 1].span[0]
    return any(start <= cue.span[0] and cue.span[1] <= end and not cue.direction for cue in marks.changes)


def _basis_restated(marks: Marks, index: int) -> str:
    """环比上升2.69点,升幅为2.98%; 由年初的21万元/吨涨至46万元/吨,涨幅119%: the rate of a change that was told before it."""
    left, start = marks.quantities[index - 1].span[1], marks.quantities[index].span[0]
    if parted(marks.text, left, start) or marks.metrics_between(left, start):
        return ""
    other = change_of(marks, index - 1)
    if other is not None and other.basis:
        return other.basis
    dated = [mention.period for mention in marks.periods if mention.span[1] <= left]
    risen = len(dated) > 1 and _RISEN_BETWEEN.search(marks.text, max(marks.span[0], start - 80), left)
    if risen and (told := basis_between(dated[-1], dated[-2])):
        return told  # 从2024年9月的15万元/吨涨至2025年9月的22万元/吨,涨幅47%
    since = list(_SINCE.finditer(marks.text, max(marks.span[0], start - 80), left))
    if not since:
        return ""
    return "yoy" if since[-1]["same"] else "ytd"


def _of_previous(marks: Marks, index: int, cue: ChangeCue) -> bool:
    """Whether the cue belongs to the figure before: "26.11% year on year and …"."""
    if not index or cue.direction or not cue.basis:
        return False
    previous = marks.quantities[index - 1].span[1]
    words = [other.span for other in marks.changes]
    tail = covered(marks.text, cue.span[1], marks.quantities[index].span[0], words)
    between = covered(
        marks.text, previous, cue.span[0], words
    )  # "a 51% increase year over year and 21% sequential growth"
    return between.strip() == "" and bool(_NEXT_ITEM.match(tail))


def _bracketed_fall(marks: Marks, index: int) -> bool:
    """Revenue: RMB 33 billion (-1.6%): a fall in brackets right behind its level."""
    figure = marks.quantities[index]
    if not index or marks.text[figure.span[0]] not in "-−－" or marks.quantities[index - 1].dimension in RELATIVE:
        return False
    return marks.text[marks.quantities[index - 1].span[1] : figure.span[0]].strip() in ("(", "（")


_OR_SAME = pattern_of(r"[^.;]{0,60}?[,，]?\s*\bor\s+(?:{roughly}\s+)?", re.IGNORECASE)
_BY = pattern_of(r"\s(?:[^.;,:\d]|\d+%){1,80}\sby\s+(?:{roughly}\s+)?", re.IGNORECASE)
_NEXT_ITEM = re.compile(r"\s*(?:and|or|but|yet|while|,|，|、)", re.IGNORECASE)


def _in_list(marks: Marks, index: int) -> bool:
    """Whether the figure goes on a list: +111.2%/+5.1%, "down 26.11% year on year and 15.62% quarter on quarter"."""
    start, end = marks.quantities[index - 1].span[1], marks.quantities[index].span[0]
    return (
        end - start <= 60
        and JOINT.fullmatch(covered(marks.text, start, end, [cue.span for cue in marks.changes])) is not None
    )


@remembered
def to_level(marks: Marks, figure: Quantity) -> bool:
    """Whether "to", 至 or "from" right before the figure says that a level follows."""
    text, end = marks.text, figure.span[0]
    begin = max(marks.span[0], end - 24)
    led = _TO.search(text, begin, end) or _TO_PERIOD.search(text, begin, end)
    return led is not None and not _RATE_IS.search(text, begin, end)


def from_level(marks: Marks, index: int) -> bool:
    """Whether figure ``index`` is the X of "from X to Y"."""
    if index + 1 >= len(marks.quantities):
        return False
    figure = marks.quantities[index]
    if not _FROM.search(marks.text, max(marks.span[0], figure.span[0] - 30), figure.span[0]):
        return False
    follower = marks.quantities[index + 1]
    return follower.dimension == figure.dimension and to_level(marks, follower)


def _clause_ends(text: str, start: int, end: int) -> bool:
    """Whether a clause ends between a change word before and its figure; 同比,增长 and "up, by" are rare enough."""
    return broken(text, start, end) and not _LABELLED.fullmatch(text, start, end)


def _leads_next(marks: Marks, index: int, cue: ChangeCue) -> bool:
    """毛利率16.4%同比提高7.7个百分点: a Chinese change word with a figure of its own right behind it is not of the one before."""
    if index + 1 >= len(marks.quantities) or marks.text[cue.span[0]].isascii():
        return False
    follower = marks.quantities[index + 1]
    return follower.dimension in RELATIVE and not marks.text[cue.span[1] : follower.span[0]].strip(" 了约近超")


def _follows(marks: Marks, figure: Quantity, cue: ChangeCue) -> bool:
    if marks.text[figure.span[1] : cue.span[0]].strip(" (（") == "":
        return True
    return leads_to(marks.text, figure.span[1], cue.span[0], marks.words(), most=2)


_PASSES = re.compile(r"(?:above|below)\s", re.IGNORECASE)  # "prices fell below 400,000 yuan per ton"


def _of_level(marks: Marks, figure: Quantity, before: list[ChangeCue], after: list[ChangeCue]) -> Change | None:
    """A change told in the metric's own unit: 减少4000吨, "up by 3,000 tonnes", "a 2 billion yuan increase"."""
    text, start, end = marks.text, figure.span[0], figure.span[1]
    own = [
        cue
        for cue in before
        if cue.direction and "than" not in text[slice(*cue.span)] and _BESIDE.fullmatch(text, cue.span[1], start)
    ]
    if (
        not own
        and before
        and before[-1].direction
        and _BY.fullmatch(covered(text, before[-1].span[1], start, [mention.span for mention in marks.periods]))
    ):
        own = before[-1:]  # "raised its price of gadolinium oxide by 3,000 yuan/t"
    if own and (own[-1].to_level or _PASSES.match(text, start)):
        return Change("", 0, True, own[-1].span)
    if own:
        another = any(
            not (cue.basis or cue.direction or cue.to_level) for cue in before
        )  # 较上一日下跌0.8点,较去年同期…
        later = [] if another else [cue for cue in after if not broken(text, end, cue.span[0])]
        basis = _basis(before) or _basis(later)
        return Change(basis, own[-1].direction, False, own[-1].span)
    if (
        after
        and after[0].direction
        and text[end : after[0].span[0]].strip(" -") == ""
        and (
            _ARTICLE.search(text[marks.span[0] : start])
            or (figure.dimension == "price" and text[slice(*after[0].span)].lower() in ("higher", "lower"))
        )
    ):
        return Change(_basis(after[:2]), after[0].direction, False, after[0].span)
    gap = _MORE_THAN.match(text, end)
    if gap:
        return Change(
            _basis(after[:2]), 1 if (gap[1] or gap[2]).lower() in listed_words("more-than-one") else -1, False, None
        )
    return None


def _basis(cues: list[ChangeCue]) -> str:
    return next((cue.basis for cue in reversed(cues) if cue.basis), "")


def _direction(cues: list[ChangeCue]) -> int:
    return next((cue.direction for cue in cues if cue.direction), 0)
