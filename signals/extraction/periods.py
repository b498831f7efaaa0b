"""Find the periods that a text names, and resolve the words that lean on its date or on what it reports about.

A period without a year takes the year named before it in the same stretch, else the document's, else the latest such
period that had begun when the text was published. Where none of these is known there is no mention: unknown stays
unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from signals.extraction.gated import gated
from signals.extraction.numerals import Lexicon, compiled, fold
from signals.extraction.period_chinese import ChinesePhrases
from signals.extraction.period_english import EnglishPhrases
from signals.extraction.period_words import PeriodWords
from signals.extraction.period_years import PeriodAnchor
from signals.extraction.records import PeriodMention
from signals.extraction.relative_clauses import relative_clauses
from signals.extraction.wording import pattern_of

_AHEAD = gated(
    r"\b(?:will|would|due to|set to|scheduled to|expected to|planned? to|plans to)"
    r" (?:be )?(?:begin|start|open|launch\w*|commence|commission\w*|complet\w*|publish\w*|report|take effect|hold|held)\b[^.;,]{0,32}$"
)
# "Prices are expected to average 450,000 yuan in the second quarter", "in June prices should fall"
_LOOKS_AHEAD = pattern_of(r"{looks-ahead}(?:[^.;]|\.\d){0,80}$")
_FORESEEN = pattern_of(r"[^.,;\d]{0,48}{looks-ahead}")
_IN_FORCE = gated(r"\b(?:starting|effective|with effect|beginning) (?:from |on |as of )?$", re.IGNORECASE)
# A base of comparison says nothing of the periods named after it: 较2024年末, from 2023, than in March.
_COMPARED_BEFORE = gated(
    r"(?:[较比与同]|\b(?:from|than|versus|vs\.?|against|compared (?:with|to)|over|since)(?: in)?(?: the)? ?|\bthe same (?:\w+ )?(?:months?|period|quarter|half|time|week)s? (?:of|in) ?)$"
)
# "up 5% on last year"; "fell 5% on Monday" is no base
# "down eight per cent on last year", "a 20% boost on last year's level"
MOVED_ON = pattern_of(
    r"{moved-on}\s*(?:\d[\d.]*\s?(?:%|per ?cent|pct|pc)\s*)?(?:on|over)\s+(?:the\s+)?$|%\s*(?:on|over)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"(?:last|previous|prior|preceding) year\b")
_BASE_WITH_FIGURE = gated(
    r"\b(?:from|than|versus|vs\.?|against|compar(?:ed|es|ing) (?:with|to))(?: the| a)? [a-z]{0,3}[$¥]?\d[\d.,]*(?: ?[a-z%/]+){0,4}?"
    r" (?:in|for|during|of|reported|recorded|posted|seen|earned|made|produced|sold|exported|shipped)(?: in| for)?(?: the)? $"
)
_LONGEST_PHRASE = 120  # characters, with what is looked at behind it


def find_periods(text: str, start: int, end: int, lexicon: Lexicon, anchor: PeriodAnchor) -> list[PeriodMention]:
    """The periods named in ``text[start:end]``, in order."""
    return Occurrences(text, lexicon).read(start, end, anchor)


class Occurrences:
    """Where phrases for time stand in a text, looked for once; what they name is read stretch by stretch."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.folded = text, fold(text)
        self._words = compiled(PeriodWords, lexicon)
        self._places = self._words.triggers.places(self.folded, 0, len(text))
        self._known: dict[int, re.Match[str] | None] = {}
        self._bases: dict[tuple[int, int], bool] = {}

    def read(self, start: int, end: int, anchor: PeriodAnchor) -> list[PeriodMention]:
        """The periods named in ``text[start:end]``, in order. A stretch begins where a line or the text does."""
        if not self._between(start, end):
            return []
        return Finder(self._words, anchor).read(self, start, end)

    def phrases(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The phrases in ``text[start:end]``, none inside another."""
        position = start
        line = end >= len(self.text) or self.text[end] == "\n"  # which no phrase goes over
        for first in self._between(start, end):
            if first < position:
                continue
            found = self._at(first) if line or first + _LONGEST_PHRASE < end else self._match(first, end)
            if found is not None and _is_word(self.folded, found, end):
                position = found.end()
                yield found

    def dates_base(self, start: int, first: int) -> bool:
        """``dates_base`` of the phrase at ``first``, remembered: whoever reads a line asks for each of its phrases."""
        known = self._bases.get((start, first))
        if known is None:
            known = self._bases[(start, first)] = dates_base(self.folded, start, first)
        return known

    def _between(self, start: int, end: int) -> list[int]:
        first = bisect_left(self._places, start)
        return self._places[first : bisect_left(self._places, end, first)]

    def _at(self, first: int) -> re.Match[str] | None:
        if first not in self._known:
            self._known[first] = self._match(first, len(self.folded))
        return self._known[first]

    def _match(self, first: int, end: int) -> re.Match[str] | None:
        return self._words.match(self.folded, first, end)


class Finder(ChinesePhrases, EnglishPhrases):
    """Reads the phrases of one stretch of text and remembers which period was spoken of last."""

    def read(self, phrases: Occurrences, start: int, end: int) -> list[PeriodMention]:
        """The periods that the phrases of the stretch name."""
        text, folded = phrases.text, phrases.folded
        mentions: list[PeriodMention] = []
        clauses = relative_clauses(text, start, end)
        for found in phrases.phrases(start, end):
            first = found.start()
            self.before = folded[max(start, first - 12) : first]
            self.years.ahead = _AHEAD.search(folded, max(start, first - 48), first) is not None
            self.years.soon = holds_from(folded, max(start, first - 24), first) or self._foreseen(
                folded, start, found, end
            )
            if found.lastgroup == "en_month" and not text[first].isupper():
                continue
            made = getattr(self, f"_{found.lastgroup}")(found)
            if made is None:
                continue
            period, inferred, comparison = made
            mentions.append(PeriodMention((first, found.end()), period, inferred, comparison))
            since = folded.startswith("以来", found.end(), end)  # 2023年第2季以来最大涨幅: how far back, not when
            aside = any(begin < first < over for begin, over in clauses)
            if not (comparison or since or aside or phrases.dates_base(start, first)):
                self.last = period
                number = int(period.end[:4])
                if not inferred and (not self.anchor.published_on or number <= int(self.anchor.published_on[:4])):
                    self.years.named = number  # a plan's year says nothing of the months named after it
        return mentions

    @staticmethod
    def _foreseen(folded: str, start: int, found: re.Match[str], end: int) -> bool:
        """Whether the sentence tells of the part of a year as of something to come."""
        if not folded[found.start()].isascii():
            return False
        before = _LOOKS_AHEAD.search(folded, max(start, found.start() - 96), found.start())
        return before is not None or _FORESEEN.match(folded, found.end(), end) is not None


def dates_base(folded: str, start: int, first: int) -> bool:
    """Whether the period named at ``first`` is only that of a base: "from 2023", "against 1,505 tonnes in Q4"."""
    return bool(
        _COMPARED_BEFORE.search(folded, max(start, first - 24), first)
        or _BASE_WITH_FIGURE.search(folded, max(start, first - 72), first)
        or grown_on(folded, start, first)
    )


def grown_on(folded: str, start: int, first: int) -> bool:
    """Whether the year named at ``first`` is what a rate is told on: "up 5% on last year"."""
    return (
        _WHOLE_YEAR.match(folded, first) is not None
        and MOVED_ON.search(folded, max(start, first - 24), first) is not None
    )


def dates_figure_of_base(folded: str, start: int, first: int) -> bool:
    """Whether the period named at ``first`` dates the figure of a base: "compared to A$294 million reported last year"."""
    return _BASE_WITH_FIGURE.search(folded, max(start, first - 72), first) is not None


def holds_from(text: str, start: int, end: int) -> bool:
    """Whether something holds from the time named at ``end`` on: "starting from July 1"."""
    return _IN_FORCE.search(text, start, end) is not None


def _is_word(folded: str, found: re.Match[str], end: int) -> bool:
    """Whether the match is no piece of a longer Latin word or number."""
    first, last = found.start(), found.end()
    before, after = folded[max(first - 1, 0) : first], folded[last : min(last + 1, end)]
    tied = before.isdigit() or (before.isalpha() and folded[last - 1].isascii())  # SMM5月9日讯 names its day
    if (before.isascii() and tied and folded[first].isascii()) or (
        before == "." and folded[first - 2 : first - 1].isdigit() and folded[first].isdigit()
    ):
        return False
    return not (after.isascii() and after.isalnum() and folded[last - 1].isascii())
