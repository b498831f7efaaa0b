"""UTF-8 that somebody read as Windows-874, Windows-1252, Latin-1 or GBK: found run by run and undone.

Only runs whose bytes make a complete UTF-8 character of a plausible kind are touched, so genuine Thai, French or
Chinese beside the damage stays. Where a byte was lost for good, a rule picks the likeliest character and the edit is
``guessed``.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from .edits import Edit

_THAI = "\u0e01-\u0e3a\u0e3f-\u0e5b"


def _byte_table(codec: str) -> dict[str, int]:
    """Character → byte of ``codec``; its undefined bytes as Windows-1252 or as C1 controls, the way browsers fill
    them."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        for name in ("latin-1", "cp1252", codec):
            try:
                table[bytes([byte]).decode(name)] = byte
            except UnicodeDecodeError:
                continue
    return table


def _run_pattern(codec: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern for text whose characters are, in ``codec``, one well-formed UTF-8 sequence."""
    table = _byte_table(codec)

    def chars(low: int, high: int) -> str:
        return "[" + "".join(re.escape(ch) for ch, byte in table.items() if low <= byte <= high) + "]"

    tail = chars(0x80, 0xBF)
    body = f"{chars(0xC2, 0xDF)}{tail}|{chars(0xE0, 0xEF)}{tail}{{2}}|{chars(0xF0, 0xF4)}{tail}{{3}}"
    return re.compile(f"(?:{body})"), table


_RUNS = tuple(_run_pattern(codec) for codec in ("cp874", "cp1252"))
_SUSPECTS = frozenset(map(chr, [*range(0x0E01, 0x0E5C), *range(0xC2, 0xF5), 0x9225, 0x697C]))
# Latin-1 letters, punctuation, currency, arrows, mathematical and box signs, and Chinese
_PLAUSIBLE = re.compile(
    r"[\u00a0-\u017f\u0391-\u03c9\u2010-\u2027\u202f\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff\u25a0-\u26ff"
    r"\u3000-\u303f\u4e00-\u9fff\ufe30-\ufe4f\uff01-\uffee\U0001f300-\U0001faff\ufeff]"
)
_HALF_QUOTE = re.compile(
    r"(?:\u0e42|\u00e2)\u20ac(?![\u0080-\u00bf\u2018-\u2122\u0152-\u0178\u02dc\u0e01-\u0e3a\u0e3f-\u0e41\u0e43-\u0e5b])"
)
_LONE_THAI = re.compile(rf"(?<![{_THAI}])\u0e42(?![{_THAI}\u20ac])")
_LONE_LATIN = re.compile(r"(?<=\d)\u00e2(?=\d)|(?<=[A-Za-z])\u00e2(?=s\b)|(?<=[A-Za-z] )\u00e2(?= [A-Za-z])")
# 鈥 is also holmium in traditional characters: only among Latin letters is it half of a quotation mark
_GBK_QUOTE = re.compile(r"(?:(?<=[\x00-\x7f])|^)\u9225(?:[^\x00-\x7f]|[?\ufffd]|(?=[\s.,;:!?)]|$))")
_GBK_SIGN = re.compile(r"(?:(?<=[a-z,.:;] )|(?<=[(~/])|(?<=—))\u697c(?=\d)")
_GBK_QUOTED = re.compile(r"[\u2013-\u201e\u2022\u2026][\x20-\x7e]?")
_RULES = ("utf-8-as-cp874", "utf-8-as-cp1252")
_FIRST_BYTES = (re.compile("[\u0e01-\u0e5b]"), re.compile("[\u00c2-\u00f4]"))
_CONTRACTION = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")
_QUOTE_WINDOW = 400


def mojibake(text: str, present: AbstractSet[str] | None = None) -> list[Edit]:
    """The edits that undo the damage, ascending and apart; an empty list for sound text, at the cost of one scan."""
    if _SUSPECTS.isdisjoint(set(text) if present is None else present):
        return []
    edits: dict[int, Edit] = {}
    for (pattern, table), rule, first in zip(_RUNS, _RULES, _FIRST_BYTES, strict=True):
        if not first.search(text):
            continue
        for match in pattern.finditer(text):
            sound = _undo(match.group(), table)
            if sound is not None and match.start() not in edits and not _inside_word(text, match):
                edits[match.start()] = Edit(match.start(), match.end(), sound, rule)
    taken = _Taken(edits)
    for match in _HALF_QUOTE.finditer(text):
        if taken.free(match):
            edits[match.start()] = Edit(match.start(), match.end(), "”", "utf-8-lost-byte", guessed=True)
    for pattern in (_LONE_THAI, _LONE_LATIN):
        for match in pattern.finditer(text):
            if taken.free(match):
                edits[match.start()] = Edit(
                    match.start(), match.end(), _guess(text, match), "utf-8-lost-bytes", guessed=True
                )
    for edit in _read_as_gbk(text):
        edits.setdefault(edit.start, edit)
    return [edits[start] for start in sorted(edits)]


class _Taken:
    """Positions that a sure edit already covers."""

    def __init__(self, edits: dict[int, Edit]) -> None:
        self._covered = {position for edit in edits.values() for position in range(edit.start, edit.end)}

    def free(self, match: re.Match[str]) -> bool:
        return match.start() not in self._covered


def _undo(run: str, table: dict[str, int]) -> str | None:
    try:
        sound = bytes(table[ch] for ch in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return sound if _PLAUSIBLE.fullmatch(sound) else None


_THAI_LETTER = re.compile(rf"[{_THAI}]")


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """True within a genuine Thai word: such a neighbour is neither the end of a run nor the start of another."""
    run = match.group()
    if not _THAI_LETTER.match(run) or not all(_THAI_LETTER.match(ch) for ch in run):
        return False  # a run with €, ™ or quotes in it is no Thai word
    return _thai_neighbour(text, match.start() - 1) or _thai_neighbour(text, match.end())


def _thai_neighbour(text: str, position: int) -> bool:
    if not 0 <= position < len(text) or not _THAI_LETTER.match(text[position]):
        return False
    pattern, table = _RUNS[0]
    for start in range(max(0, position - 3), position + 1):
        around = pattern.match(text, start)
        if around and around.end() > position and _undo(around.group(), table) is not None:
            return False
    return True


def _guess(text: str, match: re.Match[str]) -> str:
    """Which of ’ “ ” – — stood where only the first byte was left."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 3]
    if before.isdigit() and after[:1].isdigit():
        return "–"
    if before.isalpha() and _CONTRACTION.match(after):
        return "’"
    if (not before or before.isspace() or before in "([—") and after[:1].isalnum():
        return "“"
    if before.isspace() and after[:1].isspace():
        return "–"
    if not after or after[:1].isspace() or after[:1] in ".,;:!?)]":
        opened = text.rfind("“", max(0, match.start() - _QUOTE_WINDOW), match.start())
        lone = text.rfind(" \u0e42", max(0, match.start() - _QUOTE_WINDOW), match.start())
        return "’" if opened < 0 and lone < 0 and before == "s" else "”"
    return "—"


def _read_as_gbk(text: str) -> list[Edit]:
    edits: list[Edit] = []
    if "鈥" not in text and "楼" not in text:
        return edits
    for match in _GBK_QUOTE.finditer(text):
        run = match.group()
        if len(run) == 1 or run[1] in "?\ufffd":
            edits.append(Edit(match.start(), match.end(), "”", "utf-8-as-gbk", guessed=True))
            continue
        try:
            sound = run.encode("gb18030").decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
        if _GBK_QUOTED.fullmatch(sound):
            edits.append(Edit(match.start(), match.end(), sound, "utf-8-as-gbk"))
    for match in _GBK_SIGN.finditer(text):
        edits.append(Edit(match.start(), match.end(), "¥", "utf-8-as-gbk"))
    return edits
