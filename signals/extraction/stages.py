"""How far a thing has come, told by the words nearest to it (``lexicon/stages.yml``), else by its theme's nature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from signals.extraction.matching import fold
from signals.extraction.records import Hit, Span
from signals.extraction.themes import holds

_CLAUSE_END = re.compile(r"[，,；;。：:]")
_WEAK = frozenset({"slogan", "reported"})
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


def stage_of(text: str, span: Span, cue: int, words: Sequence[Hit], theme: str) -> str:
    """The stage of ``theme`` in ``span``, whose first cue stands at ``cue``; ``words`` are the stage words found.

    The words of the cue's own clause decide, else those of the stretch; a goal that something has met is no goal.
    """
    folded = fold(text[span[0] : span[1]])
    never = _NEVER.get(theme, frozenset())
    usable = [hit for hit in words if hit.key not in never and holds({"not": hit.entry.data.get("not")}, folded)]
    for start, end in (_clause(text, span, cue), span):
        inside = [hit for hit in usable if start <= hit.start and hit.end <= end]
        met = min((hit.start for hit in inside if hit.key == "done"), default=end)
        strong = [hit for hit in inside if hit.key not in _WEAK and not _met(hit, met)]
        if strong:
            return min(strong, key=lambda hit: (hit.entry.data["rank"], hit.start)).key
    if theme in _BY_NATURE:
        return _BY_NATURE[theme]
    weak = [hit for hit in usable if hit.key in _WEAK]
    return min(weak, key=lambda hit: hit.entry.data["rank"]).key if weak else "reported"


def _met(hit: Hit, done: int) -> bool:
    """ "Completed its targets", 完成年度目标: a noun for a goal behind the word that it has been reached."""
    return hit.key == "target" and done < hit.start and hit.alias in hit.entry.data["nouns"]


def _clause(text: str, span: Span, cue: int) -> Span:
    ends = [span[0] + mark.end() for mark in _CLAUSE_END.finditer(text[span[0] : span[1]])]
    return (
        max((end for end in ends if end <= cue), default=span[0]),
        min((end for end in ends if end > cue), default=span[1]),
    )
