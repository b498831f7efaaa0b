"""Which names of the background a text is about all the same: offices, other countries, outlets and bystanders that act in it.

A country or a firm is more than a bystander in the title, or when it is named again and beside a figure: what an outlet says
a country should learn from the news is not news of that country. A currency, a seat of listing or part of another name is no
mention of it. An outlet counts that says or measures something, or to whom something is told; it and a person
count with whose name the title begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from signals.extraction.attribution import speaks
from signals.extraction.lexicon import Lexicon
from signals.extraction.records import NameMention, Span
from signals.extraction.wording import pattern_of

_DECREES = pattern_of(r"(?:{lately}|\d{1,2}月\d{1,2}日|[、和与]){0,3}{decrees}")
# US$12, 4 billion US dollars, Shanghai-listed, the Shanghai Composite
_IN_PASSING = pattern_of("{name-in-passing}")
_LISTED_IN = pattern_of("{listed-in}")
_TOLD_TO = pattern_of("{told-to}")
_NOTE = pattern_of("{in-a-note}")
_BEGINS = re.compile(r"(?:^|[.!?\n]\s*)(?:The )?$")
_ACTS = pattern_of("{name-acts}")
_BESIDE = 120  # characters about a figure's quote in which a name belongs to it
_OFTEN = 2  # mentions that make a country or firm more than a bystander


def prominent(
    mentions: Sequence[NameMention], text: str, lexicon: Lexicon, title: Span | None, figures: Sequence[Span]
) -> set[str]:
    """Keys of the background names that ``text`` is about; ``title`` is the headline's stretch, ``figures`` the quotes'."""
    keys: set[str] = set()
    often: Counter[str] = Counter()
    near = _stretches(figures)
    starts = [first for first, _ in near]
    beside = {
        mention.key
        for mention in mentions
        if (place := bisect_right(starts, mention.span[0]) - 1) >= 0 and mention.span[0] < near[place][1]
    }
    for mention in mentions:
        record = lexicon.companies.get(mention.key)
        if record is None or not record.background:
            continue
        titled = title is not None and title[0] <= mention.span[0] < title[1]
        if record.kind in ("publisher", "person"):
            at_work = title is not None and mention.span[0] == title[0]
            at_work = at_work or (record.kind == "publisher" and _is_source(text, mention))
        elif _in_passing(text, mention):
            continue
        else:
            often[mention.key] += 1
            office = record.kind == "regulator"
            at_work = titled or (often[mention.key] >= _OFTEN and mention.key in beside)
            at_work = at_work or (office and _is_at_work(text, mention))
        if at_work:
            keys.add(mention.key)
    return keys


def _stretches(figures: Sequence[Span]) -> list[Span]:
    """The stretches about the figures, in order, those that touch made one."""
    made: list[Span] = []
    for first, last in sorted(figures):
        if made and first - _BESIDE <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], last + _BESIDE))
        else:
            made.append((first - _BESIDE, last + _BESIDE))
    return made


def _in_passing(text: str, mention: NameMention) -> bool:
    """Whether the words around make the mention part of a sum, an index or a place of listing."""
    start, end = mention.span
    return _IN_PASSING.match(text, end) is not None or _LISTED_IN.search(text, max(0, start - 24), start) is not None


def _is_source(text: str, mention: NameMention) -> bool:
    """Whether an outlet says something, or something is told to it."""
    start, end = mention.span
    told = _TOLD_TO.search(text, max(0, start - 40), start) is not None
    return told or _NOTE.match(text, end) is not None or speaks(text, mention)


def _is_at_work(text: str, mention: NameMention) -> bool:
    """Whether an office decrees, speaks, or does something at the beginning of a sentence."""
    start, end = mention.span
    if _DECREES.match(text, end) is not None or speaks(text, mention):
        return True
    return _BEGINS.search(text, max(0, start - 8), start) is not None and _ACTS.match(text, end) is not None
