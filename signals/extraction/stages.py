"""How far a thing has come, told by the words nearest to it (``lexicon/stages.yml``), else by its theme's nature.

The words of a clause are weighed before they are ranked: what a word for the future governs is still to come (计划开工 is a
target), what is done once something else is done is not done (建成后可年产…), and a finished part is no finished whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.numerals import Lexicon as Numbers
from signals.extraction.numerals import compiled
from signals.extraction.records import Hit, Span
from signals.extraction.themes import holds

_CLAUSE_END = re.compile(r"[，,；;。：:]")
_WEAK = frozenset({"slogan", "reported"})
_GOVERNED = frozenset({"agreed", "approved", "trial", "under_construction", "done"})
_BUILT = frozenset({"trial", "done"})
_BY_NATURE = {
    "financial-results": "reported",
    "market-conditions": "reported",
    "price-setting": "done",
    "export-market": "reported",
    "quota": "done",
    "export-control": "done",
    "party-alignment": "slogan",
    "five-year-plan": "target",
    "leadership": "done",
    "consolidation": "done",
    "safety-environment": "reported",
    "foreign-policy": "reported",
}
# Results and markets are told, expected, or bad: they are not built, signed or approved.
_NEVER = {
    "financial-results": frozenset({"done", "trial", "under_construction", "approved", "agreed"}),
    "market-conditions": frozenset({"done", "trial", "under_construction", "approved", "agreed"}),
}


def stage_of(document: str, span: Span, cue: int, words: Sequence[Hit], theme: str, lexicon: Lexicon) -> str:
    """The stage of ``theme`` in ``span`` of the folded ``document``, whose first cue stands at ``cue``; ``words`` are the stage words found.

    The words of the cue's own clause decide, else those of the stretch; a goal that something has met is no goal.
    """
    folded = document[span[0] : span[1]]
    entries = compiled(_Stages, lexicon).data
    never = _NEVER.get(theme, frozenset())
    usable = [hit for hit in words if hit.key not in never and holds({"not": hit.entry.data.get("not")}, folded)]
    for start, end in (_clause(document, span, cue), span):
        inside = [hit for hit in usable if start <= hit.start and hit.end <= end]
        met = min((hit.start for hit in inside if hit.key == "done"), default=end)
        strong = [hit for hit in inside if hit.key not in _WEAK and not _met(hit, met)]
        found = [stage for hit in strong if (stage := _weighed(hit, folded, hit.start - span[0], entries))]
        if found:
            stage = min(found, key=lambda key: entries[key]["rank"])
            stretch = folded[start - span[0] : end - span[0]]
            return "under_construction" if stage == "done" and _only_a_part(stretch, entries) else stage
    if theme in _BY_NATURE:
        return _BY_NATURE[theme]
    weak = [hit for hit in usable if hit.key in _WEAK]
    return min(weak, key=lambda hit: hit.entry.data["rank"]).key if weak else "reported"


class _Stages:
    """What the lexicon says of each stage."""

    def __init__(self, lexicon: Numbers) -> None:
        self.data = {key: entry.data for key, entry in lexicon.kind("stages").items()}


def _weighed(hit: Hit, folded: str, at: int, entries: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The stage that the word at ``folded[at:]`` tells: its own, one still to come, or none."""
    end = at + hit.end - hit.start
    ends = [mark.end() for mark in _CLAUSE_END.finditer(folded, 0, at)]
    clause = ends[-1] if ends else 0
    lead = folded[clause:at]
    if hit.key == "target" and _excused(lead, entries):
        return None
    if hit.key != "target" and hit.key not in _GOVERNED:
        return hit.key
    governed = _governed(lead, entries) if holds({"not": entries["target"]["not"]}, folded) else None
    if governed or hit.key == "target":
        return governed or "target"
    conditions, begun = entries["target"]["conditions"], entries["under_construction"]["begun"]
    if hit.key in _BUILT and (
        _any_of(conditions["behind"]).match(folded, end) or _any_of(conditions["before"]).search(lead[-12:])
    ):
        return "target" if _any_of(conditions["open"]).search(folded, end) else hit.key
    if hit.key == "done" and hit.alias in begun["words"] and _any_of(begun["of"]).search(folded, clause):
        return "under_construction"
    return hit.key


def _governed(lead: str, entries: Mapping[str, Mapping[str, Any]]) -> str | None:
    """``target`` or ``proposed``, by the first word in ``lead`` that makes what follows a thing to come; the longest counts."""
    words = [
        (word.start(), -word.end(), key)
        for key in ("target", "proposed")
        for word in _any_of(entries[key]["governs"]).finditer(lead)
        if not _excused(lead[: word.start()], entries)
    ]
    return min(words)[2] if words else None


def _excused(lead: str, entries: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a word for the future behind ``lead`` is none: 按计划投产, 已将产能提升, "as planned"."""
    return lead.rstrip().endswith(tuple(entries["target"]["unless"]))


def _only_a_part(stretch: str, entries: Mapping[str, Mapping[str, Any]]) -> bool:
    building = entries["under_construction"]
    return bool(_any_of(building["parts"]).search(stretch)) and not _any_of(building["final"]).search(stretch)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return _alternatives(tuple(words))


@lru_cache(maxsize=32)
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all words, the longest first; Latin ones stand alone."""
    parts = []
    for word in sorted(map(fold, words), key=len, reverse=True):
        lead, edge = (r"\b" if end.isascii() and end.isalnum() else "" for end in (word[0], word[-1]))
        parts.append(lead + re.escape(word) + edge)
    return re.compile(f"(?:{'|'.join(parts)})")


def _met(hit: Hit, done: int) -> bool:
    """ "Completed its targets", 完成年度目标: a noun for a goal behind the word that it has been reached."""
    return hit.key == "target" and done < hit.start and hit.alias in hit.entry.data["nouns"]


def _clause(text: str, span: Span, cue: int) -> Span:
    ends = [span[0] + mark.end() for mark in _CLAUSE_END.finditer(text[span[0] : span[1]])]
    return (
        max((end for end in ends if end <= cue), default=span[0]),
        min((end for end in ends if end > cue), default=span[1]),
    )
