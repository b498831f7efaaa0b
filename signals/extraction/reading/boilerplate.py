"""What the article's lines still hold that is not the article: furniture, comments, other headlines, things said twice.

The same for HTML and pasted text, since what a person copies brings its page along.
"""

from __future__ import annotations

import re

from signals.extraction.wording import pattern_of

from .dates import line_date
from .draft import Line
from .flat_cells import BARS
from .rules import Rule

_BYLINE = pattern_of(r"{wrote-en}\s+[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}(?:\s*[|,·]\s*.{0,40})?", re.I)
_CHINESE_BYLINE = pattern_of(r"{wrote-zh}\s?[/:：|｜]\s?[\u4e00-\u9fff·、 ]{2,20}")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_SENTENCE = re.compile(r"[.!?。！？][\"”’』」)）]?$")
_SOURCE_PART = pattern_of(
    r"{source-label}\s?[:：]\s?[^\s|｜:：,，;；】\])）]{2,30}"
    r"(?: [A-Z][\w.&]{1,20}){0,4}",
    re.I,
)
_TITLE_TAIL = pattern_of(r"\s*(?:{title-tail}|_\S{2,20})$")
_HANZI = re.compile("[\u3400-\u9fff]")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_HEADLINE_LONGEST = 180
_PARAGRAPH = 120
_SAME_PARAGRAPH = 24
_DRAWN = re.compile(r"[\s\u2500-\u257f]+")  # the line between two rows of a drawn table: ├────┼────┤
_TOP_LINES = 8


def without_boilerplate(lines: list[Line], title: str | None, original: str) -> list[Line]:
    """The lines that are the article's own, in order. ``title`` is the headline, which the text need not repeat."""
    weights = [_weight(line, line.rule) for line in lines]
    total = sum(weights)
    kept: list[Line] = []
    seen: set[str] = set()
    headline = _key(_TITLE_TAIL.sub("", title)) if title else None
    before = 0.0
    in_list = False
    for index, line in enumerate(lines):
        text, rule = line.text, line.rule
        role = rule.role if rule else ""
        if role == "drop":
            continue
        if role == "end" or _author_box(text, before, total):
            if before >= 0.3 * total or before >= 600 > total - before:
                break
            continue
        if role == "list":
            in_list = _bare(text, rule)
            continue
        if in_list and line.kind != "table" and not _is_paragraph(text):
            continue
        in_list = False
        before += weights[index]
        if line.kind == "title":
            kept.append(line)
            continue
        if len(kept) < _TOP_LINES and _is_meta(text):
            if _narrowed_to_source(line, original):
                kept.append(line)
            continue
        if _DRAWN.fullmatch(text):
            continue
        if not text or (len(text) < 4 and not _ANY_LETTER.search(text) and "%" not in text):
            continue
        key = _key(text)
        if headline and len(key) <= len(headline) + 20 and headline in (key, _key(_TITLE_TAIL.sub("", text))):
            continue
        if len(key) >= _SAME_PARAGRAPH or (line.kind == "table" and len(key) > 8):
            if key in seen:
                continue
            seen.add(key)
        kept.append(line)
    return kept


def _weight(line: Line, rule: Rule | None) -> float:
    if rule and rule.role != "heading" and rule.role != "lead":
        return 0.0
    return len(line.text) if len(line.text) >= 40 or line.kind == "table" else 0.0


def _author_box(text: str, before: float, total: float) -> bool:
    """A byline after most of the text opens the box about its author."""
    return len(text) < 60 and before > 0.6 * total and bool(_BYLINE.fullmatch(text))


def _is_meta(text: str) -> bool:
    """A line near the headline that only says when and by whom."""
    if len(text) > 120 or any(text.count(bar) >= 2 for bar in BARS):
        return False
    return any(p.fullmatch(text) for p in (_BYLINE, _CHINESE_BYLINE, _YEAR)) or line_date(text) is not None


def _narrowed_to_source(line: Line, original: str) -> bool:
    """Keep of a line of dates and bylines what says whose text it is; False when it does not."""
    match = _SOURCE_PART.search(original, line.start, line.end)
    if match is None:
        return False
    line.start, line.end = match.span()
    line.text = match.group()
    return True


def _bare(text: str, rule: Rule | None) -> bool:
    """True for a heading over headlines, False for a single 'See also: …'."""
    return rule is not None and len(text) <= 40 and not re.search(r"[:：]\s*\S", text)


def _is_paragraph(text: str) -> bool:
    size = len(text) + len(_HANZI.findall(text))
    return size >= _PARAGRAPH and (bool(_SENTENCE.search(text)) or size > 2 * _HEADLINE_LONGEST)


def _key(text: str) -> str:
    return "".join(text.casefold().split())
