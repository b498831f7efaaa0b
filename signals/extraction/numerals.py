"""Numbers as they are written: folding for figures, digit groups, Chinese numerals and English number words.

Everything here works on a *folded* text: same length as the original, so that positions are those of the document.
Patterns are bounded and possessive: 100,000 digits or numerals in a row cost one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Protocol, TypeAlias, TypeVar

from signals.extraction.matching import HAN_PAIRS, Folding
from signals.extraction.records import Entry

T = TypeVar("T")


class Lexicon(Protocol):
    """What the grammar needs of a lexicon: the entries of a kind, and a digest that names its content."""

    @property
    def digest(self) -> str: ...

    def kind(self, name: str, /) -> dict[str, Entry]: ...


# Separators that folding must not lose: a clause comma and a thousands comma are told apart on the original text.
_FIGURE_SIGNS = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{
        ord(space): ord(" ")
        for space in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
    },
    **{ord(dash): ord("-") for dash in "\u2010\u2011\u2012\u2013\u2212\ufe63"},
    **{ord(tilde): ord("~") for tilde in "\u301c\u223c\u02dc"},
    ord("₂"): ord("2"),
    ord("￥"): ord("¥"),
    ord("￡"): ord("£"),
    ord("﹪"): ord("%"),
    ord("﹣"): ord("-"),
    ord("〇"): ord("零"),
    ord("﹒"): ord("."),
}


@lru_cache(maxsize=1)
def _han_pairs() -> dict[int, int]:
    return {
        ord(pair[0]): ord(pair[1])
        for line in HAN_PAIRS.read_text("utf-8").splitlines()
        if not line.startswith("#")
        for pair in line.split()
        if len(pair) == 2
    }


def simplified(text: str) -> str:
    """``text`` with simplified characters for traditional ones, all else as it is; character for character."""
    return _simplifying()(text)


@lru_cache(maxsize=1)
def _simplifying() -> Folding:
    return Folding(_han_pairs())


@lru_cache(maxsize=1)
def _folding() -> Folding:
    lower = {
        code: ord(chr(code).lower())
        for code in range(0x80, 0x250)
        if len(chr(code).lower()) == 1 and chr(code).lower() != chr(code)
    }
    full_width = {code: ord(chr(target).lower()) for code, target in _FIGURE_SIGNS.items()}
    return Folding({**_han_pairs(), **lower, **full_width})


def fold_words(text: str) -> str:
    """The same as ``fold`` for a few words, which must not push a document out of its memory."""
    return _folding()(_ascii_lower(text))


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """``text`` in lower case, half width and simplified characters, dashes and spaces alike; character for character.

    The last few texts are kept, since a document is folded once and then read sentence by sentence.
    """
    return _folding()(_ascii_lower(text))


def _ascii_lower(text: str) -> str:
    """``text`` with A-Z in lower case: every sentence has some, so they are not changed one by one."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


# --- digits ----------------------------------------------------------------------------------------------------

DIGITS = r"\d{1,3}+(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d{1,2}+(?:,\d{2}(?=,))++,\d{3}(?!\d)(?:\.\d++)?+|\d++(?:\.\d++)?+"
LONGEST = 18  # digits before the point: more is a serial number, not a figure


def digits_value(written: str) -> Decimal | None:
    """The number that a run matched by ``DIGITS`` stands for; None for runs too long to be a figure."""
    plain = written.replace(",", "")
    whole, _, decimals = plain.partition(".")
    if len(whole) > LONGEST or len(decimals) > 10:
        return None
    return Decimal(plain)


# --- words -----------------------------------------------------------------------------------------------------


class Numerals:
    """The number words of both languages, compiled from the lexicon's ``numerals``."""

    def __init__(self, lexicon: Lexicon) -> None:
        entries = lexicon.kind("numerals")
        self.han: dict[str, int] = {}
        self.english: dict[str, int] = {}
        self.scales: dict[str, Decimal] = {}
        self.phrases: dict[str, tuple[str, Decimal]] = {}  # words -> (role, value)
        for entry in entries.values():
            role, value = str(entry.data["role"]), Decimal(str(entry.data["value"]))
            if role in ("digit", "tens", "multiplier"):
                self.han.update({fold(word): int(value) for word in entry.zh})
                self.english.update({fold(word): int(value) for word in entry.en})
            elif role == "scale":
                self.scales.update({fold(word): value for word in (*entry.zh, *entry.en)})
            else:
                self.phrases.update({fold(word): (role, value) for word in (*entry.zh, *entry.en)})
        letters = "".join(self.han)
        self.han_digits = f"[{letters}]"
        self._multipliers = {word: value for word, value in self.han.items() if value >= 10}

    def han_value(self, written: str) -> Decimal | None:
        """三百五十二 -> 352, 二零二五 -> 2025, 十五 -> 15; None when it is no number (三两, 百)."""
        if not any(letter in self._multipliers for letter in written):
            return Decimal("".join(str(self.han[letter]) for letter in written)) if len(written) <= LONGEST else None
        if len(written) > LONGEST:
            return None
        total, digit, last = 0, -1, 10**9
        for letter in written:
            value = self.han[letter]
            if value < 10:
                if digit > 0:
                    return None
                digit = value
            else:
                if value >= last:
                    return None
                total += (digit if digit > 0 else 1) * value
                digit, last = -1, value
        if digit > 0 and last > 10 and written[-2] not in ("零", "〇"):
            return Decimal(total + digit * last // 10)  # 两百五 is 250
        return Decimal(total + max(digit, 0))

    def english_value(self, words: list[str]) -> Decimal | None:
        """``['three', 'hundred', 'and', 'fifty', 'two']`` -> 352; None when the words do not make one number."""
        total, current, smallest = 0, 0, 1000
        for word in words:
            if word in ("and", "a"):
                continue
            value = self.english[word]
            if value == 100:
                current, smallest = max(current, 1) * 100, 100
            elif value >= smallest or (value >= 10 and current % 100 > 0) or (value < 10 and 10 <= current % 100 < 20):
                return None
            else:
                current += value
                smallest = 10 if value >= 20 else 1
        return Decimal(total + current)


_built: dict[tuple[str, type], object] = {}


def compiled(kind: type[T], lexicon: Lexicon) -> T:
    """``kind(lexicon)``, made once for each content of the lexicon. The last few are kept."""
    key = (lexicon.digest, kind)
    made = _built.get(key)
    if made is None:
        if len(_built) > 32:
            _built.clear()
        made = _built[key] = kind(lexicon)  # type: ignore[call-arg]
    return made  # type: ignore[return-value]


_Letters: TypeAlias = "dict[str, _Letters]"  # a letter, or all from a slot on -> what may follow; "" where a word ends


def either(words: Iterable[str], slots: Mapping[str, str] | None = None) -> str:
    """A pattern for any of ``words``, the longest first. ``slots`` are patterns for ``{name}`` inside words.

    What words have in common stands once, so that a letter that fits none ends the search of hundreds at once.
    """
    root: _Letters = {}
    for word in words:
        node = root
        before, slot, behind = word.partition("{") if slots else (word, "", "")
        for letter in (*before, slot + behind) if slot else before:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root, slots or {})[0]


_SLOT = re.compile(r"\\{(\w+)\\}")  # escaped


def _branches(node: _Letters, slots: Mapping[str, str]) -> tuple[str, int]:
    """The pattern of what may stand from ``node`` on, and the length of the longest word there."""
    branches: list[tuple[int, str]] = []
    for letter, after in node.items():
        if letter:
            shape, length = _branches(after, slots)
            own = _SLOT.sub(lambda slot: slots[slot[1]], re.escape(letter))
            branches.append((-length - len(letter), own + shape))
    branches.sort()
    if not branches:
        return "", 0
    shape = branches[0][1] if len(branches) == 1 else f"(?:{'|'.join(shape for _, shape in branches)})"
    return f"(?:{shape})?" if "" in node else shape, -branches[0][0]
