"""Clauses set into an English sentence: "exports by China, which supplied 80% of imports, fell 16%".

What is named in one is not what the sentence goes on to speak of: the figure behind it leans on the words in front.
"""

from __future__ import annotations

import re

from signals.extraction.records import Span
from signals.extraction.wording import pattern_of

_OPENS = re.compile(r",\s+(?:which|whose|who|where)\b")
_GOES_ON = pattern_of(r",\s+(?:also\s+|then\s+|still\s+)?{verb-of-main-clause}")
_ENDS = re.compile(r"[;\n]|\.(?=\s)")
_LONGEST = 180  # characters


def relative_clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses in ``text[start:end]`` that the main clause's verb follows, without the comma that closes each."""
    found: list[Span] = []
    position = text.find(", wh", start, end)
    while position >= 0:
        opens = _OPENS.match(text, position, end)
        closes = _GOES_ON.search(text, opens.end(), min(end, position + _LONGEST)) if opens else None
        if closes is not None and _ENDS.search(text, position, closes.start()) is None:
            found.append((position, closes.start()))
        position = text.find(", wh", closes.start() if closes else position + 1, end)
    return found
