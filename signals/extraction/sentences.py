"""Cut text into sentences and clauses by position: never inside a number, an abbreviation or brackets."""

from __future__ import annotations

import re
from bisect import bisect_right

from signals.extraction.records import Span

# Of a run of marks only the first is tried: a text of nothing but full stops would cost its square.
_END = re.compile(
    r"[。！？]++[”’」』）)\"]*+|…{2}(?=\s|$)|(?<![!?])[!?]++[”’\"')]*+(?=\s|$)|(?<!\.)\.++[”’\"')\]]*+(?=\s|$)|\n|(?<=\]) (?=- )"
)
# After these a full stop is part of the word.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'.])(?:no|nos|vs|mr|mrs|ms|dr|prof|gen|sen|st|mt|fig|figs|sec|art|approx|ca|est|e\.g|i\.e|cf|al|vol"
    r"|pp|op|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|[a-z])\.$",
    re.IGNORECASE,
)
# After these it may also end a sentence: it does when a word follows that mostly begins one.
_MAYBE = re.compile(
    r"(?:^|[\s(,])(?:co|ltd|inc|corp|llc|plc|bhd|etc|u\.s|u\.k|e\.u|a\.m|p\.m|pty|grp|bros)\.$", re.IGNORECASE
)
# Their last two letters: a word that ends otherwise is none of them.
_SHORT_ENDS = frozenset((
    "al", "an", "ar", "ca", "cf", "co", "ct", "dr", "eb", "ec", "en", "ep", "gs", "hd", "ig", "lc", "mr", "ms", "mt", "nc", "no",
    "ol", "op", "os", "ov", "ox", "of", "pp", "pr", "pt", "rp", "rs", "rt", "st", "tc", "td", "ty", "ug", "ul", "un", "vs",
))  # fmt: skip
_STARTER = re.compile(
    r"\s+[“\"'(]?(?:The|It|In|This|That|These|Those|Its|He|She|They|We|As|At|On|For|But|And|However|Meanwhile"
    r"|According|By|With|A|An|Net|Revenue|Output|Sales|Operating|Profit|After|Before|During|Since|While|When|If|Both"
    r"|All|Other|Under|From|Of|To|Now|Today|Last|More|Most|Analysts|Chinese|China|Beijing)\b"
)
_CLAUSE = re.compile(r"[，；：;]|[,:](?=\s|[^\d\s\w]|[\u3400-\u9fff]|$)|\s[-–—]{1,2}\s|—+")
_COMPANY_COMMA = re.compile(r",\s*(?:Ltd|Inc|LLC|Co|Corp|Limited|PLC)\b")
_OPEN, _CLOSE = "(（[【", ")）]】"
_LONGEST_BRACKET = 240
_LONGEST_ABBREVIATION = 6  # letters
# A line that ends so goes on with its figure in the next.
_LEADS_ON = re.compile(
    r" (?:was|were|is|of|by|to|at|about|over|than|from|nearly|reached|around|with|and|some|RMB|Rmb)[ \t]*$"
)


class Sentences:
    """A document's sentences, each stretch of it cut once for all who ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cut: dict[Span, list[Span]] = {}
        self._starts: dict[Span, list[int]] = {}  # of the sentences of a stretch that was asked for places

    def of(self, stretch: Span) -> list[Span]:
        """The sentences of a stretch, in order."""
        cut = self._cut.get(stretch)
        if cut is None:
            cut = self._cut[stretch] = split_sentences(self._text, *stretch)
        return cut

    def around(self, stretch: Span, place: int) -> Span | None:
        """The sentence of ``stretch`` that holds ``place``; None for a blank between two."""
        cut = self.of(stretch)
        starts = self._starts.get(stretch)
        if starts is None:
            starts = self._starts[stretch] = [start for start, _ in cut]
        number = bisect_right(starts, place) - 1
        return cut[number] if number >= 0 and place < cut[number][1] else None


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of ``text[start:end]``, blanks at either side left out.

    A line break ends one unless the line was only wrapped.
    """
    spans: list[Span] = []
    begin = start
    for mark in _END.finditer(text, start, end):
        if _ends(text, mark, begin, end):
            _keep(text, begin, mark.end(), spans)
            begin = mark.end()
    _keep(text, begin, end, spans)
    return spans


def _ends(text: str, mark: re.Match[str], begin: int, end: int) -> bool:
    sign = mark.group()[0]
    if sign == "\n":
        before, after = (
            text[max(begin, mark.start() - 2) : mark.start()].rstrip(),
            text[mark.end() : mark.end() + 8].lstrip(" \t"),
        )
        wrapped = (before[-1:].isascii() and before[-1:].isalnum()) or before.endswith((",", "-"))
        goes_on = after[:1].islower() or (after[:1].isdigit() and _LEADS_ON.search(text, begin, mark.start()))
        return not (wrapped and goes_on and mark.end() < end)
    if sign in "!?":
        return not text[mark.start() - 1 : mark.start()].isspace()
    if sign != ".":
        return True
    tail = text[max(begin, mark.start() - _LONGEST_ABBREVIATION - 1) : mark.start()]
    if len(tail) > _LONGEST_ABBREVIATION and tail.isalpha():  # a longer word than any of them
        following = text[mark.end() : mark.end() + 6].lstrip()
        return not (following[:1].islower() and following[:1].isascii())
    if len(tail) > 1 and tail[-1].isalpha() and tail[-2].isalpha() and tail[-2:].lower() not in _SHORT_ENDS:
        following = text[mark.end() : mark.end() + 6].lstrip()
        return not (following[:1].islower() and following[:1].isascii())
    window = text[max(begin, mark.start() - 12) : mark.start() + 1]
    if _MAYBE.search(window):
        return _STARTER.match(text, mark.end(), end) is not None or mark.end() >= end
    if _ABBREVIATION.search(window):
        return False
    following = text[mark.end() : mark.end() + 6].lstrip()
    return not (following[:1].islower() and following[:1].isascii())


def split_clauses(text: str, start: int, end: int) -> list[Span]:
    """Clauses of ``text[start:end]`` (a sentence).

    Cut at commas, colons, semicolons and dashes outside brackets and numbers.
    """
    spans: list[Span] = []
    begin = start
    closed = _bracket_ends(text, start, end)
    for mark in _CLAUSE.finditer(text, start, end):
        at = mark.start()
        inside = bisect_right(closed, (at, at)) - 1
        if inside >= 0 and closed[inside][0] < at < closed[inside][1]:
            continue
        between_digits = text[at - 1 : at].isdigit() and text[mark.end() : mark.end() + 1].isdigit()
        if between_digits and (text[at] in ":：" or re.match(r"\d{3}(?!\d)", text[mark.end() : mark.end() + 4])):
            continue
        if text[at] == "," and _COMPANY_COMMA.match(text, at):
            continue
        _keep(text, begin, at, spans)
        begin = mark.end()
    _keep(text, begin, end, spans)
    return spans


def _bracket_ends(text: str, start: int, end: int) -> list[Span]:
    """Outermost brackets that close again soon; an unclosed one does not swallow the rest."""
    pairs: list[Span] = []
    opened: list[int] = []
    for mark in re.finditer(r"[()（）\[\]【】]", text[start:end]):
        at = start + mark.start()
        if text[at] in _OPEN:
            opened.append(at)
        elif opened:
            first = opened.pop()
            if not opened and at - first <= _LONGEST_BRACKET:
                pairs.append((first, at))
    return pairs


def _keep(text: str, start: int, end: int, spans: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
