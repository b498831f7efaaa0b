"""Firms and trades that no key stands for: "Energy Fuels produced …", "the rare earth sector's revenue".

A figure told of one of these is nobody's whom we know; taking the document's main company for its owner would be wrong.
Firms in English only: a name is told by its capitals, a firm by its ending, its ticker or by what it does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from signals.extraction.gated import gated
from signals.extraction.records import Hit, NameMention, Span
from signals.extraction.wording import listed_words, pattern_of

_WORD = r"(?:[A-Z][\w’'&-]*|[A-Z]\.)"
_NAME = rf"{_WORD}(?: (?:{_WORD}|&|and(?= [A-Z][a-z]+ (?:Ltd|Limited|Corp|Inc|Co)\b))){{0,5}}"
_ENDING = "{firm-ending-en}"
# Looking ahead first costs a fifth of asking each letter for a word's edge and for what stands before it.
_FIRM = pattern_of(rf"(?=[A-Z, ])\b{_NAME}?{_ENDING}\b\.?")
_LISTED = re.compile(rf"\b({_NAME}) \((?:[A-Z]{{2,8}}\s?: ?[A-Z0-9.]{{1,8}}|[A-Z0-9]{{1,6}}\.[A-Z]{{1,3}})\b")
_DOES = "{firm-does}"
_ACTOR = pattern_of(
    rf"(?=[A-Z])(?:^|(?<=\n)|(?<=[.;:,] )|(?<=[Ww]hile )|(?<=[Ww]hereas )|(?<=\band ))({_NAME})(?:, [^,]{{3,60}},)? (?:also |had |has |will )?{_DOES}\b"
)
# Words that open a sentence in capitals and are no firms.
_NO_FIRM = pattern_of("{opens-no-firm}")
# A group's, company's or firm's own sector ([pym]'s) is a line of its business.
_SECTOR = gated(
    r"(?<!\bits )(?<!\bown )(?<!\btheir )(?<![pym]['’]s )\b(?:the |rare[- ]earth |magnetic materials? |magnet |whole |entire )+(?:sector|industry|plate)(?:['’]s)?\b(?! (?:chain|leader|leading|association|ministry|body|players|sources|reports?|position))"
    r"|(?<!shareholders of )(?<!owners of )(?<!shareholders of the )\b(?:magnetic materials?|rare[- ]earth|listed|magnet) companies\b",
    re.IGNORECASE,
)
_LINE = re.compile(r".+")  # which no firm's name goes over, and few lines hold one


_ALL_OF_TRADE = pattern_of("{all-of-trade}")


def trade_between(text: str, start: int, end: int) -> str | None:
    """The Chinese words that make a figure a sum over a whole trade: 稀土板块5家公司合计实现营收."""
    found = _ALL_OF_TRADE.search(text, start, end)
    return found.group() if found else None


_FULL_NAME = pattern_of(
    r"(?P<core>[\u4e00-\u9fff()（）]{2,24}?){full-firm-ending}(?:[(（][^()（）]{0,12}[“\"](?P<short>[\u4e00-\u9fff]{2,8})[”\"][)）])?"
)
_SHORT_NAME = pattern_of("[\u4e00-\u9fff]{2}{trade-in-firm-name}$")
_OPENS = "。;；,，:：\n"


def unlisted_firms(text: str, names: Sequence[NameMention]) -> list[Span]:
    """Where clauses open with a Chinese firm that no key stands for: 富远稀土注册资本…, told in full as …有限公司 elsewhere."""
    taken = [name.span for name in names]
    words: set[str] = set()
    for found in _FULL_NAME.finditer(text):
        if any(start < found.end() and found.start() < end and end - start > 3 for start, end in taken):
            continue  # a firm that is known, or one whose name holds that of a known one
        short = _SHORT_NAME.search(found["core"])
        words.update(word for word in (found.group(), found["short"], short and short.group()) if word)
    words -= set(listed_words("firm-noun"))
    opened = {place: place + len(word) for word in words for place in _places(text, word)}
    return sorted(opened.items())


def _places(text: str, word: str) -> list[int]:
    found = [match.start() for match in re.finditer(re.escape(word), text)]
    return [place for place in found if place == 0 or text[place - 1] in _OPENS]


class Strangers:
    """Where a text names firms without a key, and where it speaks of a whole trade."""

    def __init__(self, text: str, names: Sequence[NameMention], words: Sequence[Hit]) -> None:
        taken = sorted(
            [name.span for name in names]
            + [(hit.start, hit.end) for hit in words if hit.kind in ("metrics", "products")]
        )
        found = {match.span() for line in _LINE.finditer(text) for match in _FIRM.finditer(text, *line.span())}
        found |= {match.span(1) for pattern in (_LISTED, _ACTOR) for match in pattern.finditer(text)}
        firms = [own for span in sorted(found) if (own := _without_lead(text, span))]
        self._firms = _apart(firms, sorted(name.span for name in names), taken)
        self._sectors = [match.span() for match in _SECTOR.finditer(text)]

    def leads(self, start: int, end: int) -> bool:
        """Whether a title is about one of these."""
        return self.firm_between(start, end) is not None or self.sector_between(start, end) is not None

    def firm_between(self, start: int, end: int) -> Span | None:
        """The last unknown firm in ``[start, end)``."""
        return _last(self._firms, start, end)

    def sector_between(self, start: int, end: int) -> Span | None:
        """The last mention of a whole trade in ``[start, end)``."""
        return _last(self._sectors, start, end)


def _without_lead(text: str, span: Span) -> Span | None:
    """A name without the words that only open its sentence: "While Quentara"; None when nothing is left."""
    start, end = span
    while (lead := _NO_FIRM.match(text, start, end)) is not None:
        start = lead.end()
        while start < end and text[start] == " ":
            start += 1
    return (start, end) if start < end else None


def _last(spans: Sequence[Span], start: int, end: int) -> Span | None:
    place = bisect_right(spans, (end, 0)) - 1
    return spans[place] if place >= 0 and spans[place][0] >= start and spans[place][1] <= end else None


def _apart(spans: Sequence[Span], names: Sequence[Span], words: Sequence[Span]) -> list[Span]:
    """Those of ``spans`` that hold no known name and are more than a word of the field."""
    kept = []
    for start, end in spans:
        place = bisect_left(names, (start, 0))
        near = names[max(place - 1, 0) : place + 4]
        if any(first < end and start < last for first, last in near):
            continue
        at = bisect_left(words, (start, 0))
        if any(first <= start and end <= last for first, last in words[max(at - 1, 0) : at + 1]):
            continue
        kept.append((start, end))
    return kept
