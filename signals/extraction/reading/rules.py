"""What a lexicon entry says about a line."""

from __future__ import annotations

from signals.extraction.records import Entry


class Rule:
    """One entry: its role and, for a folded line, whether the line is meant."""

    __slots__ = ("key", "longest", "part", "role")

    def __init__(self, entry: Entry) -> None:
        self.key = entry.key
        self.role: str = entry.data.get("role", "drop")
        self.part: str = entry.data.get("part", "")
        self.longest: int = entry.data.get("longest", 4_000)
