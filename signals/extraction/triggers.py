"""Where in a text a pattern is worth trying: one Aho-Corasick pass over the beginnings that its phrases can have.

A pattern of hundreds of phrases costs a microsecond or more at each character it is searched at; tried only where one
of its beginnings stands, it costs next to nothing on running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_NUMBER = re.compile(r"\d++")


class Triggers:
    """The places where one of ``beginnings`` stands; a Latin one only at the beginning of a word."""

    def __init__(self, beginnings: Iterable[str], *, digits: bool = False) -> None:
        self._words = sorted(set(beginnings))
        self._digits = digits
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def places(self, folded: str, start: int, end: int) -> list[int]:
        """Positions in ``folded[start:end]``, ascending, each once; with ``digits`` also where numbers begin."""
        piece = folded if start == 0 and end == len(folded) else folded[start:end]
        found = {first for _, first, _ in self._automaton.find_matches_as_indexes(piece, overlapping=True)}
        places = [
            start + first
            for first in found
            if not ("a" <= piece[first] <= "z" and first > 0 and "a" <= piece[first - 1] <= "z")  # inside a word
        ]
        if self._digits:
            places += [match.start() for match in _NUMBER.finditer(folded, start, end)]
        places.sort()
        return places
