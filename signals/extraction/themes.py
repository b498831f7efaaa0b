"""How much a stretch of text says for each theme: weighted cues with conditions, all of them data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from signals.extraction.matching import fold
from signals.extraction.records import Hit

ENOUGH = 1.0
MORE_OF_A_GROUP, MOST_OF_A_GROUP = 0.25, 0.5  # a second and third word of one group add a little
SLOGAN = 0.5
_THEMES_OF_THEIR_SLOGAN = frozenset({"quota"})  # a set phrase alone says enough


@dataclass(slots=True)
class Evidence:
    """What one stretch says for one theme: the weight of each group of cues, and where the first cue stands."""

    first: int
    groups: dict[str, float] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    @property
    def weight(self) -> float:
        """All groups together; ``ENOUGH`` makes a signal."""
        return sum(self.groups.values())

    @property
    def strongest(self) -> str:
        """The group that says most: the rule by which the signal was found."""
        return max(self.groups, key=lambda name: self.groups[name])


def weigh(folded: str, cues: Sequence[Hit]) -> dict[str, Evidence]:
    """Theme -> evidence. ``cues`` are the hits of kinds themes and slogans in the stretch ``folded``, longest first."""
    found: dict[str, Evidence] = {}
    covered: dict[tuple[str, str], int] = {}
    for hit in cues:
        theme = hit.entry.data.get("theme")
        if theme is None or hit.end <= covered.get((theme, hit.kind), 0) or not holds(hit.entry.data, folded):
            continue
        covered[(theme, hit.kind)] = hit.end  # a word inside a longer one of the same theme is no further evidence
        evidence = found.setdefault(theme, Evidence(hit.start))
        word = _plain(hit.alias)
        if word in evidence.words:
            continue
        evidence.words.add(word)
        weight = _weight(hit, theme)
        so_far = evidence.groups.get(hit.key)
        evidence.groups[hit.key] = weight if so_far is None else min(so_far + MORE_OF_A_GROUP, weight + MOST_OF_A_GROUP)
    return found


def holds(conditions: Mapping[str, Any], folded: str) -> bool:
    """Whether one of the ``needs`` and none of the ``not`` stands in the folded stretch."""
    needs, forbidden = conditions.get("needs"), conditions.get("not")
    if needs and not _stands(needs, folded):
        return False
    return not (forbidden and _stands(forbidden, folded))


def _stands(words: Sequence[str], folded: str) -> bool:
    return any(map(folded.__contains__, _plain_words(tuple(words))))


@lru_cache(maxsize=1024)
def _plain_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_plain, words))


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return fold(word)


def _weight(hit: Hit, theme: str) -> float:
    if hit.kind == "slogans":
        return ENOUGH if theme in _THEMES_OF_THEIR_SLOGAN else SLOGAN
    return float(hit.entry.data["weight"])
