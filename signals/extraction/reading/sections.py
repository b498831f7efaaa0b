"""The article's parts: highlights, body, the outlet's own opinion, and disclaimers, told by headings and first
words."""

from __future__ import annotations

import re

from signals.extraction.records import Block, SectionKind, Span
from signals.extraction.wording import pattern_of

from .draft import Line
from .phrases import Phrases

_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、)]\s?)")
_CLOSED = tuple(".。,，;；…!！")
_LABEL_TEXT = re.compile(r"[:：]\s*\S")
_FIGURE = re.compile(r"\d")
_YEARS_AND_ORDINALS = re.compile(
    r"20\d\d(?:[-–/]\d{1,4})?|第?\d{1,2}(?:st|nd|rd|th)|Q[1-4]|H[12]|[\d一二三四]季度|年度?|月", re.I
)
_HEADING_LONGEST = 90
_HIGHLIGHT_LINES = 6
_HIGHLIGHT_LONGEST = 180
_SOURCE_START = pattern_of(r"\s*{source-opens}\s?[:：]", re.I)


def mark_sections(lines: list[Line], phrases: Phrases) -> None:
    """Give every line its section, and the kind ``heading`` to lines that are one."""
    part: SectionKind = "body"
    level = 9
    highlights = _Highlights()
    for index, line in enumerate(lines):
        if line.kind == "title":
            continue
        rule = line.rule if line.kind != "table" else None
        following = lines[index + 1] if index + 1 < len(lines) else None
        if rule and rule.role == "lead" and not _is_bare(line.text, phrases) and line.kind != "item":
            line.section = _section(rule.part)
            continue
        if rule and rule.role in ("heading", "lead") and not line.text.endswith(_CLOSED) and _may_head(line, following):
            part = _section(rule.part)
            line.kind, line.section = "heading", part
            level = line.level or 9
            highlights = _Highlights()
            continue
        if part == "highlights" and (not highlights.take(line) or looks_like_heading(line, following)):
            part = "body"
        if line.kind == "heading" or (line.kind == "paragraph" and looks_like_heading(line, following)):
            line.kind = "heading"
            if part in ("editorial", "disclaimer") and not (line.level and line.level > level):
                part = "body"
        if line.kind != "heading" and _SOURCE_START.match(line.text) and len(line.text) < 240:
            line.section = "disclaimer"
            continue
        line.section = part


def _section(part: str) -> SectionKind:
    return part if part in ("highlights", "editorial", "disclaimer") else "body"  # type: ignore[return-value]


def _is_bare(text: str, phrases: Phrases) -> bool:
    """True when nothing follows the opening words: then they are a heading."""
    return len(text.strip(" :：【】")) <= len(phrases.starts_with(text)) + 1


def _may_head(line: Line, following: Line | None) -> bool:
    return line.kind in ("heading", "paragraph", "caption") and following is not None


class _Highlights:
    """Which lines after the heading still are highlights: list items; else the lines up to the first empty one; else
    short lines, until one is long."""

    def __init__(self) -> None:
        self._count = 0
        self._how = ""

    def take(self, line: Line) -> bool:
        close = not line.gap or not line.opens
        if not self._how:
            self._how = "items" if line.kind == "item" else "lines" if close else "short"
        self._count += 1
        if self._how == "items":
            return line.kind == "item"
        if line.kind not in ("paragraph", "item") or self._count > _HIGHLIGHT_LINES:
            return False
        if self._how == "lines":
            return close and len(line.text) <= 2 * _HIGHLIGHT_LONGEST
        return len(line.text) <= (_HIGHLIGHT_LONGEST if line.text.isascii() else _HIGHLIGHT_LONGEST // 2)


def looks_like_heading(line: Line, following: Line | None) -> bool:
    """A short line without an end, before a longer one: Title Case or a question in English, few characters in
    Chinese."""
    text = line.text.strip()
    if (
        following is None
        or not text
        or len(text) > _HEADING_LONGEST
        or text.endswith(_CLOSED)
        or line.kind != "paragraph"
    ):
        return False
    if following.kind == "table" or _LABEL_TEXT.search(text):
        return False
    numbered = _NUMBERED.match(text)
    rest = text[numbered.end() :] if numbered else text
    if not rest or _FIGURE.search(_YEARS_AND_ORDINALS.sub("", rest)):
        return False
    if not text.isascii() and any("\u4e00" <= ch <= "\u9fff" for ch in text):
        return len(rest) <= 24 and not re.search(r"[，。；、]", rest) and len(following.text) > 1.5 * len(text)
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", rest) if len(word) > 3]
    if not words:
        return False
    capitals = sum(word[0].isupper() for word in words)
    if not rest[0].isupper():
        return False
    if following.kind != "item" and len(following.text) < max(60, 1.2 * len(text)):
        return capitals == len(words) > 2  # a heading over a short lead-in
    return text.endswith("?") or capitals >= 0.7 * len(words)


def sections_of(blocks: tuple[Block, ...]) -> list[tuple[SectionKind, Span]]:
    """Neighbouring blocks of one section put together: the contract's ``sections``."""
    sections: list[tuple[SectionKind, Span]] = []
    for block in blocks:
        if sections and sections[-1][0] == block.section:
            sections[-1] = (block.section, (sections[-1][1][0], block.span[1]))
        else:
            sections.append((block.section, block.span))
    return sections
