"""Pasted plain text to lines: bullets, headings, soft-wrapped paragraphs put together again."""

from __future__ import annotations

import re

from .draft import Draft, Line

_LINE = re.compile(r"[^\n]+")
BULLET = re.compile(r"[ \t\u3000]*(?:[•·●▪■◆◇○◦‣▶►➢➤✓✔*]|[-–—](?=[ \t\u3000])|o(?=\t))[ \t\u3000]*(?=\S)")
_MARKDOWN_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*[-=_*~─—]{3,}[ \t]*")
_SENTENCE_END = tuple('.!?。！？…；;”"’」』:：')
_WRAP_SHORTEST, _WRAP_LONGEST = 50, 100
_DIGITS_IN_ROW = re.compile(r"\d[\d,.]*%?[ \t]+[-—(]?\d")


def draft_plain(text: str) -> Draft:
    """One line of the draft for each line of text, but for lines that only a narrow window broke."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
        .replace("\f", "\n")
    )
    text = text.replace("\x85", "\n").replace("\x0b", "\n")
    lines: list[Line] = []
    wrapped = _wrap_width(text)
    last_end = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        if not match.group().strip():
            continue
        opens = text.count("\n", last_end, start) != 1 or not lines
        if lines and not opens and wrapped and _continues(text, lines[-1], start, end):
            lines[-1].end = end
            last_end = end
            continue
        line = _line(text, start, end)
        if line is not None:
            line.gap = opens
            lines.append(line)
        last_end = end
    return Draft(text, lines)


def _line(text: str, start: int, end: int) -> Line | None:
    if _RULE.fullmatch(text, start, end):
        return None
    heading = _MARKDOWN_HEADING.match(text, start, end)
    if heading:
        return Line(heading.end(), end, "heading", len(heading.group(1)))
    bullet = BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return Line(bullet.end(), end, "item")
    return Line(start, end)


def _wrap_width(text: str) -> bool:
    """True when lines were broken at a fixed width: many lines, nearly full, that end inside a sentence."""
    lines = [line.rstrip() for line in text.split("\n")[:400] if line.strip()]
    long = [line for line in lines if _WRAP_SHORTEST <= len(line) <= _WRAP_LONGEST]
    if len(long) < 5 or len(long) < 0.5 * len(lines) or any(len(line) > 1.3 * _WRAP_LONGEST for line in lines):
        return False
    open_ended = sum(not line.endswith(_SENTENCE_END) for line in long)
    return open_ended >= 0.6 * len(long)


def _continues(text: str, line: Line, start: int, end: int) -> bool:
    """True when this line goes on with the sentence of the one before."""
    before = text[line.start : line.end]
    last = before[before.rfind("\n") + 1 :]
    if (
        BULLET.match(text, start, end)
        or len(last.strip()) < _WRAP_SHORTEST - 10
        or "|" in last
        or text.count("|", start, end) > 1
        or last.rstrip().endswith(_SENTENCE_END[:6])
    ):
        return False
    return not (_DIGITS_IN_ROW.search(last) and _DIGITS_IN_ROW.search(text, start, end))
