"""What copying, scraping and publishing tools leave in a text, as edits: marks that hide words, notes for screen
readers, anti-scrape pinyin, block comments. Figures and letters are never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from signals.extraction.wording import listed_words, pattern_of

from .edits import Edit

_HANZI = "\u3400-\u9fff\uf900-\ufaff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"

_INVISIBLE_CHARACTERS = frozenset(
    map(
        chr,
        [
            0xAD,
            0xFEFF,
            0x7F,
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(9),
            *range(14, 32),
        ],
    )
)
_INVISIBLE = re.compile(f"[{re.escape(''.join(sorted(_INVISIBLE_CHARACTERS)))}]+")
# behind € the space is the last byte of a broken character, which is repaired
_NEW_TAB = pattern_of("{new-tab}", re.I)
_NEW_TAB_MARKS = (
    "new tab", "new window", "new browser", "New tab", "New Tab", "new Tab", "New window", "New Window", "NEW TAB",
    "NEW WINDOW", "新窗口", "新标签", "新視窗", "新分頁", "新分页",
)  # fmt: skip
_BLOCK_COMMENT = re.compile(r"(?:<|&lt;|©|\u0e22\u0e09|Â©|\ufffd)?!--\s{0,3}/?wp:[^>\n]{0,200}?--(?:>|&gt;)")
_EMPHASIS = re.compile(r"(?<![\w*_/])(_{1,2}|\*{1,3})(?=[^\s_*])([^_*\n]{1,120}?)(?<=[^\s_*])\1(?![\w*_/])")
# another article's headline between two sentences
_OTHER_ARTICLE = pattern_of(
    r"(?<=[.!?。”\"] ){see-also.en}:? [^.!?\n]{6,160}[.!?](?: |$)|"
    r"[（(【]{see-also.zh}[:：][^。\n）)】]{4,80}[）)】]|"
    r"(?:^|(?<=[\s。！？!?])){other-news}\s?[:：][^\n。]{4,400}$",
    re.M,
)
_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\((?:https?://|/|mailto:)[^\s()]{0,400}(?: \"[^\"\n]{0,100}\")?\)")
_BETWEEN_HANZI = re.compile(rf"(?<=[{_HANZI}])_+(?=[{_HANZI}])")
# 發(fā)布: the reading of the character before it, always with its tone
_PINYIN = re.compile(rf"(?<=[{_HANZI}^])[(（](?=[a-zü{_TONED}]{{0,5}}[{_TONED}])[a-zü{_TONED}]{{1,6}}[)）]")
# 發(fa)布(bu): without tones it is told only by how often it comes
_BARE_PINYIN = re.compile(rf"(?<=[{_HANZI}])[(（](?=[a-z]*[aeiouv])[a-z]{{1,6}}[)）]")
_PINYIN_COMES = 8  # times, with different readings; a text without it has a few single letters in brackets
# 全国*大: the advertising law's forbidden superlative, starred out
_CENSORED = pattern_of(r"(?<={censored-scope})\*(?=[大高强优先佳新多好早低])")
_CENSORED_TAIL = pattern_of(r"(?<={censored-scope})\*(?=[”\"’，。、；\s]|$)")


def residue(text: str, present: AbstractSet[str] | None = None) -> list[Edit]:
    """The edits that take the residue out, each linear in the text and skipped when its mark does not occur.

    ``present``: the characters of ``text``, when the caller has them.
    """
    present = set(text) if present is None else present
    edits: list[Edit] = []
    if not present.isdisjoint(_INVISIBLE_CHARACTERS):
        edits += (Edit(m.start(), m.end(), "", "invisible") for m in _INVISIBLE.finditer(text))
    if any(mark in text for mark in _NEW_TAB_MARKS):
        edits += (Edit(m.start(), m.end(), "", "screen-reader-note") for m in _NEW_TAB.finditer(text))
    if "!--" in text:
        edits += (Edit(m.start(), m.end(), "", "block-comment") for m in _BLOCK_COMMENT.finditer(text))
    if any(mark in text for mark in (*listed_words("see-also"), *listed_words("other-news"))):
        edits += (Edit(m.start(), m.end(), "", "other-article") for m in _OTHER_ARTICLE.finditer(text))
    if "](" in text:
        edits += _links(text)
    if "_" in text or "**" in text:
        edits += _emphasis(text)
        edits += (Edit(m.start(), m.end(), "", "underscores-in-name") for m in _BETWEEN_HANZI.finditer(text))
    if not present.isdisjoint(_TONED):
        edits += (Edit(m.start(), m.end(), "", "pinyin") for m in _PINYIN.finditer(text))
    bare = _bare_pinyin(text) if text.count("(") + text.count("（") >= _PINYIN_COMES else []
    edits += bare
    if "*" in text:
        edits += (
            Edit(m.start(), m.end(), "最", "censored-superlative", guessed=True) for m in _CENSORED.finditer(text)
        )
        edits += (
            Edit(m.start(), m.end(), "", "censored-superlative", guessed=True) for m in _CENSORED_TAIL.finditer(text)
        )
    return edits


def _bare_pinyin(text: str) -> list[Edit]:
    """The readings in brackets behind single characters, where a text is full of them: 發(fa)布(bu)時間(jian)."""
    found = list(_BARE_PINYIN.finditer(text))
    if len({match.group() for match in found}) < _PINYIN_COMES:
        return []
    return [Edit(match.start(), match.end(), "", "pinyin") for match in found]


def _links(text: str) -> list[Edit]:
    """[words](address) of plain-text markup reads as its words."""
    edits = []
    for match in _LINK.finditer(text):
        edits.append(Edit(match.start(), match.start(1), "", "link"))
        edits.append(Edit(match.end(1), match.end(), "", "link"))
    return edits


def _emphasis(text: str) -> list[Edit]:
    edits = []
    for match in _EMPHASIS.finditer(text):
        marks = match.group(1)
        if marks == "*" and not any(ch.isalpha() for ch in match.group(2)):
            continue  # 3*4*5 is arithmetic
        edits.append(Edit(match.start(), match.start() + len(marks), "", "emphasis"))
        edits.append(Edit(match.end() - len(marks), match.end(), "", "emphasis"))
    return edits


_SENTENCE_END = re.compile(r"[。！？!?；;.…]['\"”’」）)]*")
_ADDRESS = pattern_of(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+){1,4}|[@#©®]|{page-marks}", re.I)
_WATERMARK_REPEATS = 3
_WATERMARK_LENGTH = 60
_NO_WATERMARK = ("", "。", "！", "？")  # how no mark ends


def watermarks(original: str, lines: list[tuple[int, int]]) -> list[Edit]:
    """Edits that take away the site's mark which a scraper put after every line: the same tail, three times or more."""
    if len(lines) < _WATERMARK_REPEATS:
        return []
    tails: dict[str, list[tuple[int, int]]] = {}
    for start, end in lines:
        window = original[max(start, end - _WATERMARK_LENGTH) : end]
        if window.rstrip()[-1:] in _NO_WATERMARK:
            continue
        ends = [m.end() for m in _SENTENCE_END.finditer(window) if m.end() < len(window)]
        for cut in ends:
            tail = window[cut:].strip()
            if len(tail) >= 4 and _ADDRESS.search(tail):
                tails.setdefault(tail, []).append((end - len(window) + cut, end))
                break
    return [
        Edit(start, end, "", "watermark")
        for places in tails.values()
        if len(places) >= _WATERMARK_REPEATS
        for start, end in places
    ]
