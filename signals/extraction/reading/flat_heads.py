"""The column heads of a flattened table: cut where they are glued, put together where they were cut over lines."""

from __future__ import annotations

import re
from collections import Counter

from signals.extraction.records import Entry, Span

from .draft import DraftCell, Line
from .flat_rows import TOKEN

_BLANK = re.compile(r"\s+")
_UNIT = re.compile(r"[（(][^()（）]*[)）]?$")
_ALIKE = 0.8  # of the characters that a known set of heads and the heads found must share
_HEAD_LINES = 14
_LINES_OF_HEADS = 4
_LABEL_LONGEST = 14
_YEAR = (
    r"(?:19|20)\d\d年(?:\d{1,2}[-－—–~至]\d{1,2}月|\d{1,2}月(?:\d{1,2}日)?|上半年|半年度|前三季度|"
    r"第?[一二三四1-4]季度|度|末)?"
)
_ENGLISH = (
    r"(?:Q[1-4]|[1-4]Q|H[12]|[12]H|9M) ?(?:FY)?['’]?(?:20)?\d\d(?!\d)|FY ?(?:20)?\d\d(?!\d)|20\d\d ?(?:Q[1-4]|H[12]|[AEF]\b)|20\d\d(?!\d)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[-–]?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)?[a-z]{0,6} 20\d\d"
    r"|% ?[Cc]hange|[Cc]hange(?: ?\(?%\)?)?|(?:YoY|QoQ|MoM|y/y|q/q|m/m)(?: ?(?:[Cc]hange|%|\(%\)))?|[Vv]ariance|[Gg]rowth(?: ?\(?%\)?)?"
)
_HEAD_LONGEST = 120


class ColumnHeads:
    """The heads that filings are known to have: single ones, to cut glued heads, and whole sets."""

    def __init__(self, entries: list[Entry]) -> None:
        self.rows = frozenset(word for entry in entries if entry.data["role"] == "rows" for word in entry.zh + entry.en)
        entries = [entry for entry in entries if entry.data["role"] == "columns"]
        self.sets = [tuple(heads) for entry in entries for heads in entry.data.get("columns", ())]
        words = {word for entry in entries for word in entry.zh + entry.en}
        words.update(part for heads in self.sets for head in heads for part in head.split())
        ordered = sorted((re.escape(word) for word in words), key=len, reverse=True)
        # a bracket with a unit after a head belongs to it
        self._word = (
            re.compile(f"(?:{'|'.join(ordered)}|{_YEAR}|{_ENGLISH})(?:[（(][^()（）]{{1,8}}[)）])?")
            if ordered
            else None
        )
        self._characters = frozenset("".join(words))

    def cut(self, original: str, span: Span) -> list[Span] | None:
        """Glued heads as spans, or None when something unknown stands among them."""
        if self._word is None:
            return None
        spans: list[Span] = []
        position = span[0]
        while position < span[1]:
            if original[position] in " \t\u3000":
                position += 1
                continue
            match = self._word.match(original, position, span[1])
            if match is None and not spans:  # a name for the column of labels
                later = self._word.search(original, position, min(span[1], position + _LABEL_LONGEST))
                if later is not None:
                    spans.append((position, later.start()))
                    position = later.start()
                    continue
            if match is None:
                return None
            spans.append(match.span())
            position = match.end()
        return spans

    def fits_row(self, label: str) -> int:
        """2 for the label of a row that filings have, 1 for the beginning of one, else 0."""
        plain = _UNIT.sub("", _BLANK.sub("", label))
        if plain in self.rows:
            return 2
        return int(len(plain) > 1 and any(row.startswith(plain) for row in self.rows))

    def like_head(self, text: str) -> bool:
        """True for a line that can be (a piece of) column heads: hardly any character that no known head has."""
        compact = _BLANK.sub("", text)
        if not compact or len(compact) > _HEAD_LONGEST or re.search(r"[。；]|\d[\d,]*\.\d|\d,\d{3}", compact):
            return False
        known = sum(ch in self._characters or ch in "()（）%％0123456789-/ " for ch in compact)
        return known >= 0.9 * len(compact)

    def opens(self, original: str, lines: list[Line], columns: int) -> bool:
        """True when a known set of heads begins in the first of ``lines``."""
        if not lines or not self.like_head(original[lines[0].start : lines[0].end]):
            return False
        return any(self.rebuilt(original, lines[:count], columns) for count in range(1, _LINES_OF_HEADS + 1))

    def rebuilt(self, original: str, lines: list[Line], columns: int) -> list[DraftCell] | None:
        """The known set of ``columns`` heads whose characters the lines hold, each head pointing at its pieces."""
        found = Counter(ch for line in lines for ch in _BLANK.sub("", original[line.start : line.end]))
        best: tuple[float, tuple[str, ...]] | None = None
        for heads in self.sets:
            if len(heads) != columns:
                continue
            score = _alike(found, heads)
            if score >= _ALIKE and (best is None or score > best[0]):
                best = score, heads
        if best is None:
            return None
        tokens = [
            (number, m.span())
            for number, line in enumerate(lines)
            for m in TOKEN.finditer(original, line.start, line.end)
        ]
        used: set[Span] = set()
        return [DraftCell(_pieces(original, head, tokens, used), True, head) for head in best[1]]


def _alike(found: Counter[str], heads: tuple[str, ...]) -> float:
    """How well the characters of the heads account for those found; a part that several columns share may be written
    once."""
    every = Counter("".join(heads).replace(" ", ""))
    once = Counter("".join(dict.fromkeys(part for head in heads for part in head.split())))
    total = sum(found.values())
    if not total:
        return 0.0
    explained = sum((found & every).values())
    needed = sum((found & once).values()) / max(1, sum(once.values()))
    return min(explained / total, needed)


def _pieces(original: str, head: str, tokens: list[tuple[int, Span]], used: set[Span]) -> list[Span]:
    """The tokens, line by line, that spell the head; pieces not yet used first, else shared ones; [] when none do."""
    spans: list[Span] = []
    for part in head.split():
        found = _spell(original, part, tokens, used) or _spell(original, part, tokens, set())
        if not found:
            return []
        spans += found
        used.update(found)
    return spans


def _spell(
    original: str, rest: str, tokens: list[tuple[int, Span]], used: set[Span], line: int = -1, depth: int = 0
) -> list[Span]:
    if depth > _HEAD_LINES:
        return []
    for number, span in tokens:
        if number <= line or span in used:
            continue
        piece = original[span[0] : span[1]]
        if piece == rest:
            return [span]
        if len(piece) < len(rest) and rest.startswith(piece):
            tail = _spell(original, rest[len(piece) :], tokens, used, number, depth + 1)
            if tail:
                return [span, *tail]
    return []
