"""Which lines of a text can be part of a flattened table."""

from __future__ import annotations

import re

from signals.extraction.wording import pattern_of

from .draft import Line

LONGEST_TABLE = 2_500  # lines looked at for one table
MOST_COLUMNS = 24
LONGEST_LABEL_PIECE = 30
_UNIT_LINE = pattern_of(
    r".{0,40}{unit-line}.{1,40}|"
    r"[(（]?(?:in |unit:? ?)?(?:RMB|CNY|yuan|US\$|USD|人民币).{0,20}"
    r"{unit-of-line}[)）]?",
    re.I,
)


def may_begin(original: str, line: Line) -> bool:
    return line.kind in ("paragraph", "heading", "item", "caption") and line.end > line.start


def is_caption(original: str, line: Line) -> bool:
    return (
        line.kind in ("paragraph", "heading", "caption")
        and _UNIT_LINE.fullmatch(original, line.start, line.end) is not None
    )
