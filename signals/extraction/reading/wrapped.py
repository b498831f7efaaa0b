"""Chinese prose that copying from a PDF left broken at every line's edge, put together again.

A line that stops inside a sentence goes on with the next one; lists, labels, headings and rows of figures stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from signals.extraction.wording import pattern_of

from .draft import Line
from .edits import Edit

_HAN = re.compile("[\u4e00-\u9fff]")
_STOPS = tuple("。！？；;!?…:：")
_OPENS_ANEW = re.compile(
    r"\s*(?:[●•·■◆◇○※★☆▪►➢✓]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)"
    r"|第[一二三四五六七八九十\d]{1,3}[节章条部]|[-—–]{1,2}\s|附件|特此公告|单位[:：])"
)
# What ends a row or an item: a figure with its unit, a label with its value, a cell that says nothing.
_ENDS_ROW = pattern_of(r"\d[\d,.]*\s?(?:{row-unit})?$|{no-value}$|[-—/]$")
_LABEL = re.compile(r"^[^,，。]{1,12}[:：][^,，。]{0,40}$")
_SHORTEST, _SHORTEST_HELD = 14, 5  # characters of a line that breaks off, and of one that a comma or bracket holds open
_FEWEST = 3
_EDGE = 120  # characters at the end of a line that tell whether it breaks off; a run without end would be asked again and again


def rejoined(lines: Sequence[Line]) -> tuple[list[Line], list[Edit]]:
    """``lines`` with broken ones joined, and the edits that take out the line ends between them."""
    made: list[Line] = []
    edits: list[Edit] = []
    groups = list(_groups(lines))
    if not any(len(group) >= _FEWEST and _broken_prose(group) for group in groups):
        return list(lines), edits
    for group in groups:
        parts: list[str] = []
        edge = ""
        for line in group:
            if not _goes_on(edge, line.text):
                _close(made, parts)
                made.append(line)
                parts, edge = [line.text], line.text[-_EDGE:]
                continue
            last = made[-1]
            between = " " if edge[-1].isascii() and line.text[0].isascii() and edge[-1].isalnum() else ""
            edits.append(Edit(last.end, line.start, between, "line-break"))
            last.end = line.end
            parts += [between, line.text]
            edge = f"{edge}{between}{line.text}"[-_EDGE:]
        _close(made, parts)
    return made, edits


def _close(made: Sequence[Line], parts: Sequence[str]) -> None:
    """Give the last line the text of all that was joined to it."""
    if parts:
        made[-1].text = "".join(parts)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of plain lines that nothing but a line end parts."""
    group: list[Line] = []
    for line in lines:
        plain = line.kind in ("paragraph", "item") and line.table is None
        if group and plain and (not line.opens or not line.gap) and line.section == group[-1].section:
            group.append(line)
            continue
        if group:
            yield group
        group = [line] if plain else []
        if not plain:
            yield [line]
    if group:
        yield group


def _broken_prose(group: Sequence[Line]) -> bool:
    """Whether the lines are prose of which many stop inside a sentence."""
    long = [line.text for line in group if len(line.text) >= _SHORTEST and _HAN.search(line.text)]
    inside = [text for text in long if not text.endswith(_STOPS) and not _ENDS_ROW.search(text[-_EDGE:])]
    sentences = sum(text.count("。") + text.count("，") + text.count(",") for text in long)
    return len(long) >= _FEWEST and len(inside) >= 0.3 * len(long) and sentences >= len(long) / 2


def _goes_on(before: str, after: str) -> bool:
    """Whether the line ``after`` goes on with the sentence that ``before`` broke off."""
    if not before or not after or before.endswith(_STOPS) or _OPENS_ANEW.match(after):
        return False
    if before.endswith((",", "，", "、", "(", "（", "《", "“")) or after.startswith(
        (")", "）", "》", "”", ",", "，", "。", "(干", "（干")
    ):
        return len(before) >= _SHORTEST_HELD
    if len(before) < _SHORTEST or not _HAN.search(before) or _ENDS_ROW.search(before) or _LABEL.match(before):
        return False
    return bool(_HAN.match(after)) or after[0].isdigit() or after[0] in "(（《“"
