"""Set phrases of the Party-state in the text, in Chinese and in their many English renderings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Hit, SloganUse


def find_slogans(text: str, hits: Sequence[Hit], lexicon: Lexicon) -> list[SloganUse]:
    """Every use of a slogan, in reading order; uses of one slogan that touch or overlap are one use."""
    spans = [(hit.start, hit.end, hit.key) for hit in hits if hit.kind == "slogans"]
    folded = fold(text)
    for key, entry in lexicon.kind("slogans").items():
        for pattern in entry.data.get("patterns", ()):
            shape, needed = _pattern(pattern)
            if needed in folded:
                spans.extend((found.start(), found.end(), key) for found in shape.finditer(folded))
    uses: list[SloganUse] = []
    last: dict[str, int] = {}
    for start, end, key in sorted(spans):
        at = last.get(key)
        if at is not None and start <= uses[at].span[1]:
            uses[at] = SloganUse(key, (uses[at].span[0], max(end, uses[at].span[1])))
            continue
        last[key] = len(uses)
        uses.append(SloganUse(key, (start, end)))
    return uses


_CLASS = re.compile(r"\[(?:\\.|[^\]])*\]")
_GROUP = re.compile(r"\([^()]*\)")
_NO_LITERAL = re.compile(r"\\.|.[?*]|.?\{[^}]*\}|[\0^$.+]")


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> tuple[re.Pattern[str], str]:
    """The pattern compiled, and the longest piece of text that each of its matches holds."""
    bare, before = _CLASS.sub("\0", pattern), ""
    while bare != before:
        bare, before = _GROUP.sub("\0", bare), bare
    pieces = [] if "|" in bare else _NO_LITERAL.sub("\0", bare).split("\0")
    return re.compile(pattern), max(pieces, key=len, default="")
