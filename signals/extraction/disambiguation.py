"""Which of several meanings a name has: the rules of ``ambiguous.yml``, and the dates at which names were in use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from companies.registry import EntityRecord, NameRecord
from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Hit, NameMention, Span

_SENTENCE_END = re.compile(r"[。！？；!?\n]|(?<=[a-z)])\.\s")
_SENTENCE_REACH = 160  # characters on either side in which `near` looks at most


class Document:
    """A text and its folded copy, with what the rules ask of a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._has: dict[str, bool] = {}

    def sentence(self, span: Span) -> str:
        """The folded sentence around ``span``, cut at a few hundred characters."""
        left, right = max(0, span[0] - _SENTENCE_REACH), min(len(self.text), span[1] + _SENTENCE_REACH)
        starts = [end.end() for end in _SENTENCE_END.finditer(self.text, left, span[0])]
        stop = _SENTENCE_END.search(self.text, span[1], right)
        return self.folded[starts[-1] if starts else left : stop.start() if stop else right]

    def has(self, word: str) -> bool:
        """Whether the document has ``word`` anywhere."""
        if word not in self._has:
            self._has[word] = fold(word) in self.folded
        return self._has[word]


def decide(
    span: Span, sharing: Sequence[Hit], document: Document, lexicon: Lexicon, on_date: str | None
) -> NameMention | None:
    """Which of the entities that share a name is meant; None when it is no name here."""
    candidates = [hit.key for hit in sharing if _in_use(lexicon.companies.get(hit.key), hit.alias, on_date)]
    if not candidates:
        candidates = [hit.key for hit in sharing]
    question = lexicon.ambiguous.get(("names", fold(sharing[0].alias)))
    if question is None:
        return NameMention(candidates[0], span, tuple(candidates[1:]))
    for rule in question.data.get("rules", ()):
        key = candidates[0] if rule["key"] == "same" else rule["key"]
        if key is not None and key in question.data["keys"] and key not in candidates and _owned(key, sharing):
            continue  # a name not in use at the date
        if _holds(rule, span, sharing[0].alias, document):
            return NameMention(key, span, tuple(rule.get("or", ()))) if key else None
    if "otherwise" in question.data:
        answer = question.data["otherwise"]
        return NameMention(answer, span) if answer else None
    return NameMention(candidates[0], span, tuple(candidates[1:]))


def _owned(key: str, sharing: Sequence[Hit]) -> bool:
    return any(hit.key == key for hit in sharing)


def _holds(rule: dict[str, Any], span: Span, alias: str, document: Document) -> bool:
    """Whether all conditions of one rule hold at ``span``."""
    text, folded, (start, end) = document.text, document.folded, span
    if "after" in rule and not folded.startswith(tuple(fold(word) for word in rule["after"]), end):
        return False
    if "before" in rule and not folded.endswith(tuple(fold(word) for word in rule["before"]), 0, start):
        return False
    if "after_pattern" in rule and not _pattern(rule["after_pattern"]).match(text, end):
        return False
    if "before_pattern" in rule and not _pattern(rule["before_pattern"]).search(text[max(0, start - 40) : start]):
        return False
    if "near" in rule or "not_near" in rule:
        sentence = document.sentence(span)
        if "near" in rule and not any(fold(word) in sentence for word in rule["near"]):
            return False
        if any(fold(word) in sentence for word in rule.get("not_near", ())):
            return False
    if "elsewhere" in rule and not any(document.has(word) for word in rule["elsewhere"]):
        return False
    if "not_elsewhere" in rule and any(document.has(word) for word in rule["not_elsewhere"]):
        return False
    return not (rule.get("uncapitalised") and capitals(text[start:end]) >= capitals(alias))


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def capitals(text: str) -> int:
    """How many capital letters there are."""
    return sum(char.isupper() for char in text)


def _in_use(record: EntityRecord | None, alias: str, on_date: str | None) -> bool:
    """Whether the entity bore this name at the date; an unknown date excludes nothing but what has ended."""
    if record is None:
        return True
    return any(_bears(name, on_date) for name in record.names if name.name == alias)


def _bears(name: NameRecord, on_date: str | None) -> bool:
    if on_date is None:
        return name.valid_to is None
    after_start = name.valid_from is None or on_date[: len(name.valid_from)] >= name.valid_from[: len(on_date)]
    before_end = name.valid_to is None or on_date[: len(name.valid_to)] <= name.valid_to[: len(on_date)]
    return after_start and before_end
