"""Finding the lexicon's words in a text: one Aho-Corasick pass over a folded copy, the longest words first.

Folding is one character for one character, so a place in the copy is the same place in the text. Case, width,
traditional characters, quotation marks, dashes and white space are made alike; a hyphen between letters counts as a
space. What a damaged page put between two Chinese characters (a lone space or line break, underscores, zero-width
marks) is stepped over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from signals.extraction.records import Entry, Hit

HAN_PAIRS = Path(__file__).resolve().parent.parent / "lexicon" / "han.txt"

# Kinds whose Latin words may touch a digit: "5mt", "RMB5bn".
TOUCHES_DIGITS = frozenset({"units", "numerals"})

# Kinds whose words are evidence wherever they stand: a longer one does not hide those inside it.
EVIDENCE = frozenset({"themes", "stages", "voices"})

_JOINED = re.compile("(?<=[a-z])-(?=[a-z])")
_DEBRIS = re.compile("(?<=[\u3400-\u9fff])(?: |[_\u200b\u200c\u200d\u00ad\ufeff]{1,4})(?=[\u3400-\u9fff])")
_LOOK_ALIKE = {
    " ": "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63",
    "'": "\u2018\u2019\u02bc\u2032\u00b4`",
    '"': "\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f",
}


@lru_cache(maxsize=1)
def _table() -> dict[int, int]:
    """One character for one: full width to half width, traditional to simplified, look-alikes to one form."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for line in HAN_PAIRS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            table.update({ord(pair[0]): ord(pair[1]) for pair in line.split()})
    for plain, others in _LOOK_ALIKE.items():
        table.update({ord(other): ord(plain) for other in others})
    return table


def fold(text: str) -> str:
    """A copy of ``text``, as long as ``text``, in which spellings that mean the same are the same."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters (İ) grow when lowered
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _JOINED.sub(" ", lowered.translate(_table()))


def _squeeze(folded: str) -> tuple[str, list[int] | None]:
    """``folded`` without debris between Chinese characters, and where each one was (None: nothing changed)."""
    if not _DEBRIS.search(folded):
        return folded, None
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for debris in _DEBRIS.finditer(folded):
        parts.append(folded[last : debris.start()])
        places.extend(range(last, debris.start()))
        last = debris.end()
    parts.append(folded[last:])
    places.extend(range(last, len(folded) + 1))
    return "".join(parts), places


def is_word_character(char: str) -> bool:
    """Whether ``char`` (folded) continues a Latin word or a number; Chinese characters never do."""
    return "a" <= char <= "z" or "0" <= char <= "9"


class Matcher:
    """The aliases of many entries, ready to be looked for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._owners: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        self._open: set[tuple[str, str]] = set()
        for entry in entries:
            for alias in dict.fromkeys(entry.zh + entry.en):
                pattern = fold(alias)
                if pattern.endswith("*"):
                    pattern = pattern[:-1]
                    self._open.add((entry.kind, alias))
                owners = self._owners[pattern]
                mine = next((at for at, (owner, _) in enumerate(owners) if owner is entry), None)
                if mine is None:
                    owners.append((entry, alias))
                elif alias.islower():  # of "Foreign Ministry" and "foreign ministry" the one that allows both stays
                    owners[mine] = (entry, alias)
        self._patterns = list(self._owners)
        self._automaton = AhoCorasick(
            self._patterns,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def owners(self) -> Mapping[str, list[tuple[Entry, str]]]:
        """Folded alias -> the entries that have it."""
        return self._owners

    def find(self, text: str, start: int, end: int) -> list[Hit]:
        """Every hit in ``text[start:end]``, leftmost and longest within its kind, by (start, -end)."""
        left = max(start - 1, 0)
        folded = fold(text[left : end + 1])
        squeezed, places = _squeeze(folded)
        by_kind: dict[str, list[Hit]] = defaultdict(list)
        for number, first, last in self._automaton.find_matches_as_indexes(squeezed, overlapping=True):
            origin = left + (places[first] if places else first)
            if origin < start:
                continue
            for entry, alias in self._owners[self._patterns[number]]:
                stop = self._stop(squeezed, first, last, entry.kind, alias)
                if stop is None:
                    continue
                until = left + (places[stop - 1] + 1 if places else stop)
                if until <= end:
                    by_kind[entry.kind].append(Hit(entry, origin, until, alias))
        hits = [hit for kind, found in by_kind.items() for hit in (found if kind in EVIDENCE else _longest(found))]
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _stop(self, text: str, first: int, last: int, kind: str, alias: str) -> int | None:
        """Where the word ends, or None when Latin letters or digits go on around it."""
        if first and _glued(text[first - 1], text[first], kind):
            return None
        if (kind, alias) in self._open:
            while last < len(text) and "a" <= text[last] <= "z":
                last += 1
            return last
        if last < len(text) and _glued(text[last], text[last - 1], kind):
            return None
        return last


def _glued(outside: str, edge: str, kind: str) -> bool:
    if not (is_word_character(outside) and is_word_character(edge)):
        return False
    return not (kind in TOUCHES_DIGITS and outside.isdigit() != edge.isdigit())


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of hits of one kind that overlap, the first and longest; entries that share the very same stretch all stay."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return kept
