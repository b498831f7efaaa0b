"""The rows of a table that copying flattened: a label and figures, parted by blanks or glued together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from signals.extraction.records import Span
from signals.extraction.wording import listed_words, pattern_of

_EMPTY = r"{no-value}|[-—–－]{1,2}|/|N/?A|n/?a|nil"
_POINTS = r"{points-moved}\s?\d{1,4}(?:\.\d{1,4})?\s?个百分点"
_WHOLE = r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?(?:%|％|pct|pp|倍|万亿|[万亿])?"
VALUE = pattern_of(
    rf"[(（]?{_WHOLE}[)）]?|{_POINTS}|{_EMPTY}|[A-Z]{{0,3}}[¥$￥][(（]?{_WHOLE}[)）]?(?:bn|mn|[mkb])?|{{turned-round}}"
)
FRAGMENT = re.compile(r"[-+−]?[\d,.]*\d[\d,.]*%?|[-—–]")
LAST_OF_ROW = frozenset(
    "0123456789%％)）—–－-/用点盈亏lAat倍p万亿"
)  # what a figure, or what stands for none, can end with
TOKEN = re.compile(r"[^ \t\u3000\u00a0|]+")
_LABEL = re.compile(r"(?=.*[^\W\d_])[^\n。；;!?！？]{1,70}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年.{0,8}|-\d\d-\d\d|/\d{1,2}/\d{1,2}|Q[1-4]|H[12])?")
_GLUED_TAIL = pattern_of(rf"(?:{_POINTS}|{{no-value}}|{{turned-round}}|[-\d,.%％—–()（）])+$")
_GLUED_CELL = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,4})(?:\.\d{1,4})?[%％]?")
_SOLID = pattern_of(rf"{_POINTS}|{{no-value}}|{{turned-round}}|[—–]{{1,2}}|-{{1,2}}(?!\d)")
_UNIT_AFTER_LABEL = re.compile(r"[(（]?[%％][)）]")
_MOST_GLUED = 240
_LONGEST_ROW = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A row as spans of the original; ``glued`` when the figures stood without anything between them."""

    label: Span
    cells: tuple[Span, ...]
    glued: bool = False


def spaced_row(original: str, start: int, end: int) -> Row | None:
    """A label and at least one value, parted by blanks; the label may have blanks inside."""
    if end - start > _LONGEST_ROW:
        return None
    tokens = [match.span() for match in TOKEN.finditer(original, start, end)]
    first = len(tokens)
    while first > 0 and _is_value(original, tokens[first - 1]):
        first -= 1
    if first == len(tokens):
        return None
    if first == 0:
        return Row((start, start), tuple(tokens)) if len(tokens) > 1 else None
    label = (tokens[0][0], tokens[first - 1][1])
    if not _LABEL.fullmatch(original, *label) or (original[label[1] - 1] in "，,、:：" and first < 2):
        return None
    return Row(label, tuple(tokens[first:]))


def _is_value(original: str, span: Span) -> bool:
    return VALUE.fullmatch(original, *span) is not None or (
        span[1] - span[0] < 20 and FRAGMENT.fullmatch(original, *span) is not None
    )


def is_year(text: str) -> bool:
    """True for what looks like a figure and is a column's year."""
    return _YEAR.fullmatch(text) is not None


def glued_row(original: str, start: int, end: int, columns: int | None) -> Row | None:
    """``营业收入8,440,047,413.977.25…``: the label, and the one way to cut the rest into sensible figures.

    With ``columns`` the number of figures is known; without, the cut with two decimals each is taken.
    """
    text = original[start:end]
    if len(text) > _MOST_GLUED:
        return None
    tail = _GLUED_TAIL.search(text)
    if tail is None or tail.start() == 0:
        return None
    begin = tail.start()
    unit = _UNIT_AFTER_LABEL.match(text, begin)
    begin = unit.end() if unit else begin
    label = text[:begin]
    opened = label.count("(") + label.count("（") - label.count(")") - label.count("）")
    while opened > 0 and begin < len(text):  # 基本每股收益(元/股) ends with a bracket that the figures' pattern ate
        opened -= text[begin] in ")）"
        begin += 1
    body = text[begin:]
    if not _LABEL.fullmatch(text[:begin]) or "，" in text[:begin] or text[begin - 1] in "第年月:：,":
        return None
    if len(re.findall(r"\.\d", body)) + body.count(no_value()) < 2:
        return None
    cells = _cut(body, columns)
    if cells is None or len(cells) < 2:
        return None
    spans = tuple((start + begin + s, start + begin + e) for s, e in cells)
    return Row((start, start + begin), spans, True)


def _cut(body: str, columns: int | None) -> list[Span] | None:
    """Cut glued figures: whole phrases first, then the cheapest cut of each run of digits."""
    runs: list[tuple[int, int, bool]] = []
    position = 0
    for solid in _SOLID.finditer(body):
        if solid.start() > position:
            runs.append((position, solid.start(), False))
        runs.append((solid.start(), solid.end(), True))
        position = solid.end()
    if position < len(body):
        runs.append((position, len(body), False))
    options: list[dict[int, tuple[float, tuple[Span, ...]]]] = []
    for start, end, solid_run in runs:
        if solid_run:
            options.append({1: (0.0, ((start, end),))})
            continue
        cuts = {
            count: (cost, tuple((start + s, start + e) for s, e in spans))
            for count, (cost, spans) in _cuts(body[start:end]).items()
        }
        if not cuts:
            return None
        options.append(cuts)
    best: dict[int, tuple[float, tuple[Span, ...]]] = {0: (0.0, ())}
    for cuts in options:
        combined: dict[int, tuple[float, tuple[Span, ...]]] = {}
        for count, (cost, spans) in best.items():
            for more, (more_cost, more_spans) in cuts.items():
                total = cost + more_cost
                if count + more not in combined or total < combined[count + more][0]:
                    combined[count + more] = (total, spans + more_spans)
        best = combined
    if columns is not None:
        return list(best[columns][1]) if columns in best else None
    return list(min(best.values(), key=lambda option: option[0])[1]) if best else None


def no_value() -> str:
    """What stands in a cell without a figure."""
    return listed_words("no-value")[0]


@lru_cache(maxsize=256)
def _cuts(digits: str) -> dict[int, tuple[float, tuple[Span, ...]]]:
    """For every number of figures, the cheapest way to cut ``digits`` into that many."""
    if len(digits) > _MOST_GLUED:
        return {}
    table: list[dict[int, tuple[float, tuple[Span, ...]]]] = [{} for _ in range(len(digits) + 1)]
    table[0][0] = (0.0, ())
    for start in range(len(digits)):
        if not table[start]:
            continue
        for end in range(start + 1, min(len(digits), start + 26) + 1):
            match = _GLUED_CELL.fullmatch(digits, start, end)
            if match is None:
                continue
            cost = _cost(digits[start:end])
            for count, (before, spans) in table[start].items():
                if count < 16 and (count + 1 not in table[end] or before + cost < table[end][count + 1][0]):
                    table[end][count + 1] = (before + cost, (*spans, (start, end)))
    return table[len(digits)]


def _cost(cell: str) -> float:
    """Two decimals are the rule; four (per share) happen; none, one or three hardly ever in a row that has decimals."""
    number = cell.rstrip("%％")
    decimals = len(number.partition(".")[2])
    cost = {2: 0.0, 4: 0.9, 3: 2.5, 1: 3.0, 0: 4.0}[decimals]
    whole = number.lstrip("-+−").partition(".")[0]
    if "," not in whole and len(whole) > 3:
        cost += 1.5
    if decimals == 4 and len(whole) > 1:
        cost += 2.0  # what has four decimals is told by the share, and small
    return cost + 0.1
