"""Small questions about the words between two marks: what separates, what joins, what stands tight together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from signals.extraction.records import Span

STRONG = re.compile(r"[;；。!！?？\n]")
BREAK = re.compile(r"[,，;；。:：!！?？\n]|\s[–—-]{1,2}\s|——")
JOINT = re.compile(
    r"(?:\s|、|，|,|/|／|;|；|\+|&|和|及|以及|与|或|并|而|\band\b|\bor\b|\bplus\b|\bas well as\b|\bthe\b|\bfor\b)*",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]*|[\u4e00-\u9fff]")
# Words that end a noun phrase: a figure before them does not describe a noun behind them.
ENDS_PHRASE = frozenset(
    [
        "or",
        "to",
        "from",
        "by",
        "with",
        "while",
        "whereas",
        "as",
        "than",
        "at",
        "on",
        "after",
        "before",
        "but",
        "which",
        "that",
        "who",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "rose",
        "fell",
        "grew",
        "reached",
        "came",
        "stood",
        "went",
        "increased",
        "decreased",
        "declined",
        "jumped",
        "gained",
        "climbed",
        "dropped",
        "slipped",
        "up",
        "down",
        "against",
        "versus",
        "if",
        "when",
        "since",
        "until",
        "through",
        "despite",
        "because",
        "amid",
        "due",
        "following",
        "into",
        "onto",
        "over",
        "under",
        "up",
    ]
)


def covered(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """``text[start:end]`` with the stretches of ``spans`` blanked out."""
    piece = text[start:end]
    for first, last in spans:
        if first < end and start < last:
            left, right = max(first, start) - start, min(last, end) - start
            piece = piece[:left] + " " * (right - left) + piece[right:]
    return piece


_BASIS = re.compile(
    r"[(（](?:折|以|按)?[^()（）\d]{0,12}(?:氧化物|REO|干量|实物量)[^()（）\d]{0,6}[)）](?:[/／]年)?|\s*\((?:k?t|mt|tpa|tpy|mtpa|t/yr?)\)",
    re.IGNORECASE,
)


def behind_basis(text: str, start: int) -> int:
    """Where a figure's noun may begin, behind what it is counted in: 10000吨(稀土氧化物)/年|冶炼分离项目."""
    found = _BASIS.match(text, start)
    return found.end() if found else start


def joined(text: str, start: int, end: int) -> bool:
    """Whether only words of coordination stand between."""
    return start <= end and JOINT.fullmatch(text, start, end) is not None


def broken(text: str, start: int, end: int) -> bool:
    """Whether a clause ends between: punctuation stronger than an enumeration comma (that of 1,000 and of SHA:600010 does not count)."""
    if start >= end:
        return False
    for found in BREAK.finditer(text, start, end):  # noqa: SIM110 — a generator would cost as much as the search
        if not _within_word(text, found):
            return True
    return False


def parted(text: str, start: int, end: int) -> bool:
    """Whether a semicolon or full stop stands between."""
    return STRONG.search(text, start, end) is not None


def _within_word(text: str, found: re.Match[str]) -> bool:
    place, mark = found.start(), found.group()
    if mark not in ",，:：" or not 0 < place < len(text) - 1:
        return False
    before, after = text[place - 1], text[place + 1]
    return (before.isdigit() and after.isdigit()) or (mark == ":" and before.isupper() and after.isalnum())


_NO_PHRASE = re.compile(r"[,，;；。:：、()（）!?？\n\d]|/|(?:^|\s)[-–—]\s")
_LONGEST_PHRASE = 160  # characters between a figure and the noun that it describes
_LONGEST_SENTENCE = (
    900  # characters; what is longer is no sentence, and looking at all of it from each figure would cost its square
)
_MOST_NUMBERS = 64
_NUMBERS = re.compile(r"\d[\d.,]*")
_CUT = re.compile(r"[;；,，、/\s](?!\d)|[/、]")


def pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence as it is, or a run-on stretch cut where it can be into pieces of bearable length."""
    while end - start > _MOST_NUMBERS * 2:
        cut = _after_numbers(text, start, min(end, start + _LONGEST_SENTENCE))
        if cut == end:
            break
        if cut < start + _LONGEST_SENTENCE:
            yield start, cut
            start = cut
            continue
        for found in _CUT.finditer(text, start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE):
            cut = found.end()
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _after_numbers(text: str, start: int, end: int) -> int:
    """Where the stretch has had as many numbers as a sentence can hold, or its end."""
    for count, found in enumerate(_NUMBERS.finditer(text, start, end), 1):
        if count == _MOST_NUMBERS:
            return max(found.end(), start + 1)
    return end


_SHORT_FORM = re.compile(r"\(\s*[A-Za-z]{0,6}\s*\)")  # rare earth oxide (REO) production


def leads_to(text: str, start: int, end: int, spans: Sequence[Span], *, most: int, counting: bool = False) -> bool:
    """Whether a figure ending at ``start`` describes the noun that begins at ``end``: "35% growth in | profit".

    ``spans`` are stretches that may stand between freely (products, periods, names, change words); of other words at most
    ``most`` may, and none that ends a noun phrase.
    """
    if end < start or end - start > _LONGEST_PHRASE:
        return False
    rest = _SHORT_FORM.sub(" ", covered(text, start, end, spans))
    if _NO_PHRASE.search(rest):
        return False
    words = WORD.findall(rest)
    if len(words) > most:
        return False
    for word in words:
        low = word.lower().rstrip(".")
        if low in ENDS_PHRASE or (low == "and" and not counting):
            return False
    return True
