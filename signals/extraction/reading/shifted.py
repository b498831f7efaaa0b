"""GBK of which one byte was lost: a question mark, and then every pair of bytes one off until an ASCII letter ends it.

``?。ㄗ灾螀^`` was ``省（自治區``. The characters after the lost one come back; that one itself stays a question mark.
"""

from __future__ import annotations

import re

from .common_characters import COMMON_HANZI
from .edits import Edit

_RUN = re.compile(r"\?([^\x00-\x7f]{2,24})([@-~])")
_LEAST_EVERYDAY = 0.6  # share of everyday characters that a sound run would have at least


def shifted(text: str) -> list[Edit]:
    """The edits that put shifted runs right; runs that read well as they are stay."""
    edits = []
    for match in _RUN.finditer(text):
        run = match.group(1)
        try:
            tail = run.encode("gb18030") + match.group(2).encode("ascii")
            rest = tail[1:].decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if not rest or _everyday(rest) <= max(_everyday(run), _LEAST_EVERYDAY):
            continue
        edits.append(Edit(match.start(1), match.end(), rest, "gbk-lost-byte", guessed=True))
    return edits


def _everyday(text: str) -> float:
    return sum(ch in COMMON_HANZI for ch in text) / len(text)
