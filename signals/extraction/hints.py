"""Themes that no sentence tells, but several hint at: words in passing add up over a document.

Each word counts once, in a headline twice; what an outlet thinks of the news is no hint. One sentence is never enough, however
much it hints at: it would have told the theme by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from signals.extraction.records import Span
from signals.extraction.themes import Evidence

ENOUGH_OVER_ALL = 1.5  # three words of half a weight; in the headline one of them counts twice
_IN_HEADLINE = 2.0
_FEWEST = 2  # sentences


@dataclass(slots=True)
class _Hint:
    weight: float = 0.0
    words: set[str] = field(default_factory=set)
    places: set[Span] = field(default_factory=set)
    best: tuple[Span, Evidence] | None = None


class Hints:
    """What the sentences of one document hint at; ``title`` is its headline's stretch."""

    def __init__(self, title: Span | None) -> None:
        self._title = title
        self._hints: dict[str, _Hint] = {}

    def hear(self, theme: str, span: Span, evidence: Evidence) -> None:
        """Take in a statement that says too little for ``theme``."""
        hint = self._hints.setdefault(theme, _Hint())
        fresh = len(evidence.words - hint.words) / len(evidence.words)
        if not fresh:
            return
        titled = self._title is not None and self._title[0] <= span[0] < self._title[1]
        hint.weight += fresh * evidence.weight * (_IN_HEADLINE if titled else 1.0)
        hint.words |= evidence.words
        hint.places.add(span)
        if hint.best is None or evidence.weight > hint.best[1].weight:
            hint.best = (span, evidence)

    def added_up(self, told: set[str]) -> list[tuple[str, Span, Evidence]]:
        """The themes hinted at often enough that are not among those ``told``, each with the statement that says most."""
        return [
            (theme, *hint.best)
            for theme, hint in self._hints.items()
            if theme not in told and hint.best and hint.weight >= ENOUGH_OVER_ALL and len(hint.places) >= _FEWEST
        ]
