"""Everything of interest in one text, found once and handed out by stretch.

The lexicon's automaton, the quantity reader and the other finders each run over the whole document one time; a sentence then
takes its share by bisection, so that the work stays proportional to the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from signals.extraction.lexicon import Lexicon
from signals.extraction.modality_words import Cues
from signals.extraction.records import ChangeCue, Entry, Hit, NameMention, PeriodMention, Quantity, Span
from signals.extraction.relative_clauses import relative_clauses

T = TypeVar("T")


class Shelf:
    """Items of one kind, in order of their start, and those that lie within a stretch."""

    def __init__(self, items: Sequence[Any], *, longest_first: bool = False) -> None:
        """Of items with one start the shortest comes first, or else the longest."""
        spans = [(item.start, item.end) if type(item) is Hit else item.span for item in items]
        keys = [(start, -end) for start, end in spans] if longest_first else spans
        order = sorted(range(len(spans)), key=keys.__getitem__)
        self.items = [items[place] for place in order]
        self._starts = [spans[place][0] for place in order]
        self._ends = [spans[place][1] for place in order]

    def within(self, start: int, end: int) -> list[Any]:
        """Items that begin and end in ``[start, end)``."""
        starts, ends = self._starts, self._ends
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        last = bisect_left(starts, end, first)
        if max(ends[first:last]) <= end:
            return self.items[first:last]
        return [self.items[place] for place in range(first, last) if ends[place] <= end]


def span_of(item: Any) -> Span:
    """The stretch of a hit, mention, cue or quantity."""
    return (item.start, item.end) if isinstance(item, Hit) else item.span


@dataclass(slots=True)
class Marks:
    """The marks of one stretch of text, each list in order."""

    text: str
    span: Span
    quantities: list[Quantity]
    metrics: list[Hit]
    products: list[Hit]
    names: list[NameMention]
    changes: list[ChangeCue]
    periods: list[PeriodMention]
    cues: Cues
    brackets: list[Span] = field(default_factory=list)
    clauses: list[Span] = field(default_factory=list)  # set in, and over before the sentence goes on
    changes_of: dict[int, Any] = field(default_factory=dict)  # what ``change_of`` found for each figure
    worded: list[Span] = field(default_factory=list)  # ``words`` once asked for
    answers: dict[tuple[object, int], tuple[Any, bool]] = field(default_factory=dict)  # of ``remembered``

    def bracket_of(self, position: int) -> Span | None:
        """The innermost bracket pair around ``position``."""
        around = [pair for pair in self.brackets if pair[0] < position < pair[1]]
        return max(around, key=lambda pair: pair[0]) if around else None

    def words(self) -> list[Span]:
        """The stretches of all that has a meaning of its own: products, metrics, periods, change words, names."""
        if not self.worded:
            self.worded = [
                span_of(item) for item in (*self.products, *self.metrics, *self.periods, *self.changes, *self.names)
            ]
        return self.worded

    def metrics_between(self, start: int, end: int) -> bool:
        """Whether a metric's words stand wholly in ``[start, end)``."""
        return any(start <= hit.start and hit.end <= end for hit in self.metrics)

    def visible(self, item: Any, position: int) -> bool:
        """Whether ``item`` can speak for what stands at ``position``: it is in no bracket or clause that leaves it out."""
        if not self.brackets and not self.clauses:
            return True
        start = span_of(item)[0]
        if any(first < start < last <= position for first, last in self.clauses):
            return False
        pair = self.bracket_of(start)
        return pair is None or pair[0] < position < pair[1]


def remembered(ask: Callable[[Marks, T], bool]) -> Callable[[Marks, T], bool]:
    """``ask`` with each answer kept for the sentence: the same is asked of a mention or figure again and again.

    The item is kept with its answer, so that no other gets its ``id``.
    """

    @wraps(ask)
    def answer(marks: Marks, item: T) -> bool:
        known = marks.answers.get((ask, id(item)))
        if known is None:
            known = marks.answers[(ask, id(item))] = (item, ask(marks, item))
        return known[1]

    return answer


class Sheet:
    """The marks of a whole document. Products and metrics that are part of a name or of a longer metric are left out."""

    def __init__(
        self,
        text: str,
        hits: Sequence[Hit],
        quantities: Sequence[Quantity],
        names: Sequence[NameMention],
        changes: Sequence[ChangeCue],
        periods: Sequence[PeriodMention],
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.quantities = Shelf(quantities)
        self.names = Shelf(names)
        worded = [(hit.start, hit.end) for hit in hits if hit.entry.kind == "metrics" and hit.end - hit.start > 4]
        self.changes = Shelf(_unworded(changes, worded))
        self.periods = Shelf(periods)
        taken = [name.span for name in names]
        metrics = [one for hit in hits if hit.entry.kind == "metrics" for one in _worded(text, hit, lexicon)]
        self.metrics = Shelf(_outside(metrics, taken))
        products = [hit for hit in hits if hit.entry.kind == "products"]
        self.products = Shelf(_outside(list(_apart(text, products, lexicon.kind("products"))), taken))
        self.cues = Cues(text, lexicon)

    def within(self, start: int, end: int) -> Marks:
        """The marks of ``text[start:end]``."""
        return Marks(
            self.text,
            (start, end),
            self.quantities.within(start, end),
            self.metrics.within(start, end),
            self.products.within(start, end),
            self.names.within(start, end),
            self.changes.within(start, end),
            self.periods.within(start, end),
            self.cues,
            _brackets(self.text, start, end),
            relative_clauses(self.text, start, end),
        )


_KINDS = {"oxide": "oxide", "oxides": "oxide", "metal": "metal", "metals": "metal"}


def _apart(text: str, hits: Sequence[Hit], entries: Mapping[str, Entry]) -> Iterator[Hit]:
    """The products with those told in one breath taken apart: 铁、钢、材产量分别为…; 1750万吨铁、钢、材能力 is one figure."""
    for place, hit in enumerate(hits):
        if (
            hit.alias in _KINDS
            and place
            and hits[place - 1].end == hit.start - 2
            and text.startswith(") ", hit.start - 2)
        ):
            whole = (
                f"{hits[place - 1].key.rpartition('-')[0]}-{_KINDS[hit.alias]}"  # neodymium-praseodymium (NdPr) oxide
            )
            yield replace(hit, entry=entries.get(whole, hit.entry))
            continue
        if hit.alias == "钢" and _between_iron_and_products(hits, place):
            yield replace(hit, entry=entries["crude-steel"])
            continue
        keys = (hit.entry.data.get("apart") or {}).get(hit.alias)
        if keys is None or text[hit.start - 1 : hit.start] == "吨":
            yield hit
            continue
        start = hit.start
        for key, word in zip(keys, hit.alias.split("、"), strict=True):
            yield replace(hit, start=start, end=start + len(word), alias=word, entry=entries[key])
            start += len(word) + 1


def _between_iron_and_products(hits: Sequence[Hit], place: int) -> bool:
    """铁1092万吨、钢1135万吨、商品坯材1060万吨: the steel between is crude steel."""
    hit = hits[place]
    before = place > 0 and hits[place - 1].entry.key == "iron" and hit.start - hits[place - 1].end <= 16
    after = place + 1 < len(hits) and hits[place + 1].entry.key == "steel" and hits[place + 1].start - hit.end <= 16
    return before and after


def _worded(text: str, hit: Hit, lexicon: Lexicon) -> list[Hit]:
    """The metric's word; nothing where it is part of another, the saving of "energy-saving"."""
    before = text[hit.start - 1 : hit.start]
    if before == "-" and hit.alias.startswith("sav"):
        return []
    if text[hit.start] == "年" and (before.isdigit() or before in "半今去全"):
        return _behind_date(text, hit, lexicon)
    if text[hit.start] == "%" and before.isdigit():  # "69% of world output"; "% of world" is a table's head
        skip = len(hit.alias) - len(hit.alias[1:].lstrip())
        return [replace(hit, start=hit.start + skip, alias=hit.alias[skip:])]
    return [hit]


_LONGEST_REST = 8  # characters that a word hidden by a shorter one may go on


def _behind_date(text: str, hit: Hit, lexicon: Lexicon) -> list[Hit]:
    """The metric's word behind a 年 that belongs to a date: 产量 of 2024年产量, 产能利用率 of 全年产能利用率, none of 2024年产."""
    behind = lexicon.find(text, hit.start + 1, min(len(text), hit.end + _LONGEST_REST))
    return [one for one in behind if one.kind == "metrics" and one.start == hit.start + 1]


def _unworded(cues: Sequence[ChangeCue], metrics: list[Span]) -> list[ChangeCue]:
    """Change words that are no part of a metric's words: the "up" of "made up" changes nothing."""
    starts = [span[0] for span in metrics]
    kept = []
    for cue in cues:
        place = bisect_left(starts, cue.span[0] + 1) - 1
        if (
            place < 0
            or metrics[place] == cue.span
            or not (metrics[place][0] <= cue.span[0] and cue.span[1] <= metrics[place][1])
        ):
            kept.append(cue)
    return kept


def _outside(hits: list[Hit], taken: Sequence[Span]) -> list[Hit]:
    """Hits that do not lie wholly inside one of ``taken``."""
    spans = sorted(taken)
    starts = [span[0] for span in spans]
    kept = []
    for hit in hits:
        place = bisect_left(starts, hit.start + 1) - 1
        if place < 0 or hit.end > spans[place][1]:
            kept.append(hit)
    return kept


_BRACKET = re.compile(r"[(（\[【〔)）\]】〕]")
_OPEN = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕"}


def _brackets(text: str, start: int, end: int) -> list[Span]:
    """Bracket pairs in the stretch; one left open is no bracket."""
    pairs: list[Span] = []
    waiting: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text, start, end):
        char, position = found.group(), found.start()
        if char in _OPEN:
            waiting.append((_OPEN[char], position))
        elif waiting:
            if (waiting[-1][0] in ")）") == (char in ")）"):
                pairs.append((waiting.pop()[1], position))
    return pairs
