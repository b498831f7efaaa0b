"""Short names that a text itself gives: 包头稀土产品交易所(简称“稀交所”), "Northern Rare Earth (NRE)"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from signals.extraction.matching import fold
from signals.extraction.records import NameMention, Span
from signals.extraction.wording import listed_words, pattern_of

_CALLED = pattern_of(
    r"\s?[（(](?:以下|下)?(?:{called-zh}|{called-en})?[:：]?\s?(?:the )?[“\"'‘「]?"
    r"([A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff &-]{1,24}?)[”\"'’」]?[）)]"
)


# "MP Materials", and further on only "MP"
_INITIALS = re.compile(r"(?!(?:USA?|UK|EU|CAS|CPC|JP)\b)([A-Z]{2,6})\b(?= [A-Z][A-Za-z])")


class Taken:
    """Stretches of the text that are spoken for; they do not overlap one another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [start for start, _ in self._spans]

    def touch(self, span: Span) -> bool:
        """Whether any of them shares a character with ``span``."""
        last = bisect_left(self._starts, span[1]) - 1
        return last >= 0 and self._spans[last][1] > span[0]

    def cover(self, span: Span) -> bool:
        """Whether one of them holds the whole of ``span``."""
        last = bisect_right(self._starts, span[0]) - 1
        return last >= 0 and self._spans[last][1] >= span[1]


def given_names(text: str, mentions: Sequence[NameMention]) -> list[NameMention]:
    """The places of short names that the text itself gives to a company it has just named in full."""
    taken = Taken(mention.span for mention in mentions)
    names: dict[str, str] = {}
    for mention in mentions:
        given = _CALLED.match(text, mention.span[1])
        if given:
            name = given.group(1).strip()
            if (
                len(name) >= 2
                and not taken.touch(given.span(1))
                and fold(name) not in listed_words("called-nobody")
                and _is_abbreviation(given.group(0), name)
            ):
                names.setdefault(name, mention.key)
        initials = _INITIALS.match(text, *mention.span)
        if initials and not taken.touch((mention.span[1], mention.span[1] + 1)):
            names.setdefault(initials[1], mention.key)
    found: list[NameMention] = []
    for name, key in names.items():
        edge = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
        lead = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
        for place in re.finditer(lead + re.escape(name) + edge, text):
            if not taken.touch(place.span()):
                found.append(NameMention(key, place.span()))
    return found


_BRACKET_BETWEEN = re.compile(r"(?:,? (?:Co|Corp|Ltd|Inc|Limited|Company)\b\.?,?)*\s?[(（][“\"'‘]?")


def explained(text: str, mentions: Sequence[NameMention], candidates: Mapping[str, Sequence[str]]) -> list[NameMention]:
    """The mentions with short names that several share read as the text explains one: "Baotou Steel Union (Baogang)".

    ``candidates`` are the folded short names with the keys that each can mean.
    """
    meant: dict[str, str] = {}
    for full, short in pairwise(mentions):
        word = fold(text[slice(*short.span)])
        bracket = _BRACKET_BETWEEN.fullmatch(text, full.span[1], short.span[0])
        closes = text[short.span[1] : short.span[1] + 2].lstrip("”\"'’").startswith((")", "）"))
        if bracket and closes and full.key in candidates.get(word, ()):
            meant.setdefault(word, full.key)
    if not meant:
        return list(mentions)
    return [
        NameMention(meant.get(fold(text[slice(*one.span)]), one.key), one.span)
        if one.key not in meant.values()
        else one
        for one in mentions
    ]


def _is_abbreviation(bracket: str, name: str) -> bool:
    """Brackets also hold tickers and remarks: a given name is announced, quoted, or all capitals."""
    announced = re.search(r"简称|下称|统称|hereinafter|hereafter|[“\"‘「]", bracket) is not None
    return announced or (name.isascii() and name.isupper() and name.isalpha())
