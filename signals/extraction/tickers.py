"""Tickers beside a name say whose it is: "Zhongke Sanhuan Hi-Tech (000970.SZ)", "Baotou Steel Rare Earth's stock [SHA:600010]"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from companies.registry import EntityRecord
from signals.extraction.records import NameMention, Span

_TICKER = re.compile(
    r"[(（\[]\s*(?:(?P<place>[A-Z]{2,6})\s?[:：]\s?(?P<code>[A-Z0-9]{2,6})|(?P<number>\d{6})(?:\.(?:SH|SS|SZ|BJ))?"
    r"|(?P<hong>\d{4,5})\.HK)\b"
)
_SCHEMES = {
    "SHA": ("SSE",), "SHSE": ("SSE",), "SSE": ("SSE",), "SH": ("SSE",), "SHE": ("SZSE",), "SZSE": ("SZSE",), "SZ": ("SZSE",),
    "HKG": ("HKEX",), "HKEX": ("HKEX",), "SEHK": ("HKEX",), "HKSE": ("HKEX",), "HK": ("HKEX",), "ASX": ("ASX",), "NYSE": ("NYSE",),
    "NASDAQ": ("NASDAQ",), "TSX": ("TSX",), "TSXV": ("TSXV",), "LSE": ("LSE",), "AIM": ("LSE",), "TSE": ("TSE",), "TYO": ("TSE",), "KRX": ("KRX",),
}  # fmt: skip
# The name before a ticker: words with a capital, joined by small ones, at most a line of them.
_NAME = re.compile(
    r"(?:(?:[A-Z][\w&.’'-]*|\([A-Z][\w-]*\))(?:,? (?=(?:Co|Ltd|Inc|Corp|Limited)\b)|\s|(?=\()))"
    r"(?:(?:[A-Z][\w&.’'-]*|\([A-Z][\w-]*\)|and|&)(?:,? (?=(?:Co|Ltd|Inc|Corp|Limited)\b)|\s|(?=[(\[])|$)){0,8}$"
)
_LEAD = re.compile(r"(?:The|On|In|At|For|And|But|While|Event|Shares|Chinese|Japan['’]s|China['’]s)[:\s]\s*")
_OWN_THING = re.compile(r"(?:['’]s)?(?:\s(?:stock|shares?|share price))?\s?")
_LONGEST = 90


def with_tickers(
    text: str, mentions: Sequence[NameMention], companies: Mapping[str, EntityRecord]
) -> list[NameMention]:
    """``mentions`` with each name before a ticker being that firm's, wherever the text writes it so."""
    if _TICKER.search(text) is None:
        return sorted(mentions, key=lambda mention: mention.span)
    listed = {(one.scheme, one.value): record.key for record in companies.values() for one in record.identifiers}
    ends = {mention.span[1]: place for place, mention in enumerate(mentions)}
    made = list(mentions)
    written: dict[str, str] = {}
    for found in _TICKER.finditer(text):
        key = _firm(found, listed)
        if key is None:
            continue
        end = len(text[max(0, found.start() - 24) : found.start()].rstrip())
        end += max(0, found.start() - 24)
        thing = next((at for at in range(end, max(0, end - 18), -1) if at in ends), None)
        if thing is not None and _OWN_THING.fullmatch(text, thing, found.start()):
            name = text[slice(*made[ends[thing]].span)]
            if made[ends[thing]].key != key:
                written[name] = key
        elif (span := _name_before(text, end, mentions, key)) is not None:
            written[text[slice(*span)]] = key
            made.append(NameMention(key, span))
    if written:
        made = [
            replace(one, key=written[name], others=()) if (name := text[slice(*one.span)]) in written else one
            for one in made
        ]
        made.extend(_elsewhere(text, written, made))
        long = sorted(one.span for one in made if text[slice(*one.span)] in written)
        made = [one for one in made if not _within(one.span, long)]
    return sorted(made, key=lambda mention: mention.span)


def _firm(found: re.Match[str], listed: Mapping[tuple[str, str], str]) -> str | None:
    schemes: tuple[str, ...]
    if found["number"]:
        schemes, code = ("SSE", "SZSE"), found["number"]
    elif found["hong"]:
        return listed.get(("HKEX", found["hong"].lstrip("0"))) or listed.get(("HKEX", found["hong"]))
    else:
        schemes, code = _SCHEMES.get(found["place"], ()), found["code"]
    return next((listed[scheme, code] for scheme in schemes if (scheme, code) in listed), None)


def _name_before(text: str, end: int, mentions: Sequence[NameMention], key: str) -> Span | None:
    """The stretch of a firm's name that ends at ``end``; None where that firm is known in it already."""
    floor = max(0, end - _LONGEST, text.rfind("\n", 0, end) + 1)
    found = _NAME.search(text, floor, end)
    if found is None:
        return None
    lead = _LEAD.match(text, found.start(), end)
    start = lead.end() if lead else found.start()
    starts = [mention.span[0] for mention in mentions]
    inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
    known = any(mention.key == key or mention.span[1] == end for mention in inside)
    return (start, end) if end - start >= 4 and not known else None


def _elsewhere(text: str, written: Mapping[str, str], mentions: Sequence[NameMention]) -> list[NameMention]:
    """The same words further on in the text, where no name is known."""
    taken = sorted(mention.span for mention in mentions)
    more = []
    for name, key in written.items():
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            around = taken[max(bisect_left(taken, found.span()) - 1, 0) :][:2]
            if not any(first <= found.start() and found.end() <= last for first, last in around):
                more.append(NameMention(key, found.span()))
    return more


def _within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether ``span`` is a part of one of ``spans`` (sorted)."""
    place = bisect_left(spans, (span[0] + 1, 0))
    return any(
        first <= span[0] and span[1] <= last and (first, last) != span
        for first, last in spans[max(place - 2, 0) : place]
    )
