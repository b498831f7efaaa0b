"""Two lines that were one: what a narrow column or a page's edge broke is put together as it was."""

from __future__ import annotations

import re

_HANZI = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_LAST_NUMBER = re.compile(r"[\d,.]*\d[\d,.]*$|[,.]$")
_FIRST_NUMBER = re.compile(r"[,.]?\d[\d,.]*%?")
_UNFINISHED = re.compile(r"(?:.*[,.]|\d{1,3}(?:,\d{3})*,\d{1,2}|\d+\.\d)$")
_MINUS = frozenset("-−–")


def joined(before: str, after: str, in_cell: bool = False) -> str:
    """Both as one: nothing between Chinese characters or the halves of a number, a space between words.

    ``in_cell``: both are lines of one cell of a table, where a bare minus belongs to the number below it.
    """
    if not before or not after:
        return before + after
    if in_cell and before in _MINUS and after[0].isdigit():
        return before + after
    if _HANZI.match(before[-1]) or _HANZI.match(after[0]) or (before[-1] == "-" and after[0].isalpha()):
        return before + after
    if _cut_number(before, after, in_cell):
        return before + after
    return f"{before}{'' if before[-1] in '(（/' or after[0] in ')）%' else ' '}{after}"


def _cut_number(before: str, after: str, in_cell: bool) -> bool:
    """True when the line ended inside a number: a group of thousands or the decimals are not full."""
    last, first = _LAST_NUMBER.search(before), _FIRST_NUMBER.match(after)
    if last is None or first is None:
        return False
    if not in_cell:
        return (before[-1] in ",." and before[-2:-1].isdigit()) or (after[0] in ",." and after[1:2].isdigit())
    return after[0] in ",." or _UNFINISHED.fullmatch(last.group()) is not None
