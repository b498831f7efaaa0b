"""Set phrases of the Party-state in the text, in Chinese and in their many English renderings."""

from __future__ import annotations

from collections.abc import Sequence

from signals.extraction.gated import gated
from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.numerals import Lexicon as Numbers
from signals.extraction.numerals import compiled
from signals.extraction.records import Hit, SloganUse


def find_slogans(text: str, hits: Sequence[Hit], lexicon: Lexicon) -> list[SloganUse]:
    """Every use of a slogan, in reading order; uses of one slogan that touch or overlap are one use."""
    spans = [(hit.start, hit.end, hit.key) for hit in hits if hit.entry.kind == "slogans"]
    folded = fold(text)
    for key, shape in compiled(_Shapes, lexicon).all:
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


class _Shapes:
    """The lexicon's patterns of slogans, each with its key."""

    def __init__(self, lexicon: Numbers) -> None:
        self.all = [
            (key, gated(pattern))
            for key, entry in lexicon.kind("slogans").items()
            for pattern in entry.data.get("patterns", ())
        ]
