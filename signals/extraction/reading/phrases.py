"""The lexicon's ``reading`` entries, made ready: what a line of a page is, told by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from signals.extraction.matching import fold
from signals.extraction.records import Entry, Hit

from .flat_heads import ColumnHeads
from .rules import Rule

_EDGES = " \t\n:：.。…»›>|-–—*#•·【】[]"
_LONGEST_WHOLE = 60


class Names(Protocol):
    """What reading needs of the lexicon."""

    digest: str

    def kind(self, kind: str) -> Mapping[str, Entry]: ...

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]: ...


class Phrases:
    """All rules; ``of`` gives the one that a line falls under, ``hints`` the class words of containers."""

    def __init__(self, lexicon: Names) -> None:
        self._whole: dict[str, Rule] = {}
        self._starts: dict[str, list[tuple[str, Rule]]] = {}
        self._patterns: list[tuple[re.Pattern[str], Rule]] = []
        self.sources: list[str] = []
        self.hints: dict[str, bool] = {}
        self.status: dict[str, tuple[str, ...]] = {}
        columns: list[Entry] = []
        for entry in lexicon.kind("reading").values():
            self._add(entry, columns)
        self.column_heads = ColumnHeads(columns)
        self._any_pattern = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self._patterns), re.I)
        for starts in self._starts.values():
            starts.sort(key=lambda start: -len(start[0]))

    def _add(self, entry: Entry, columns: list[Entry]) -> None:
        rule = Rule(entry)
        words = [fold(word) for word in entry.zh + entry.en]
        if rule.role == "container":
            keep = bool(entry.data["keep"])
            self.hints.update(dict.fromkeys(entry.data["classes"], keep))
            self.hints.update(dict.fromkeys(("=" + name for name in entry.data.get("names", ())), keep))
        elif rule.role in ("columns", "rows"):
            columns.append(entry)
        elif rule.role == "source":
            self.sources.extend(words)
        elif rule.role == "status":
            self.status[entry.data["status"]] = tuple(words)
        elif entry.data.get("match") == "start":
            for word in words:
                self._starts.setdefault(word[:2], []).append((word, rule))
        else:
            self._whole.update((word.strip(_EDGES), rule) for word in words)
        self._patterns += [(re.compile(pattern, re.I), rule) for pattern in entry.data.get("patterns", ())]

    def of(self, line: str) -> Rule | None:
        """The rule for a whole line of clean text, or None: then it is the article's own."""
        head = fold(line[: _LONGEST_WHOLE + 4]).strip()
        if len(line) <= _LONGEST_WHOLE:
            rule = self._whole.get(head.strip(_EDGES))
            if rule:
                return rule
        for start, rule in self._starts.get(head[:2], ()):
            if head.startswith(start) and len(line) <= rule.longest and not _goes_on(head, start):
                return rule
        if len(line) <= 200 and self._any_pattern.fullmatch(line):
            for pattern, rule in self._patterns:
                if pattern.fullmatch(line):
                    return rule
        return None

    def starts_with(self, line: str) -> str:
        """The phrase at the line's start, folded, or an empty string: what ``of`` saw there."""
        head = fold(line[: _LONGEST_WHOLE + 4]).strip()
        for start, _ in self._starts.get(head[:2], ()):
            if head.startswith(start):
                return start
        return ""


def _goes_on(head: str, start: str) -> bool:
    """True when the phrase is only the beginning of a longer Latin word."""
    after = head[len(start) : len(start) + 1]
    return start[-1].isascii() and start[-1].isalnum() and after.isascii() and after.isalnum()


_cache: dict[str, Phrases] = {}


def phrases_of(lexicon: Names) -> Phrases:
    """The rules of ``lexicon``, made once for each digest."""
    phrases = _cache.get(lexicon.digest)
    if phrases is None:
        if len(_cache) > 8:
            _cache.clear()
        phrases = _cache[lexicon.digest] = Phrases(lexicon)
    return phrases
