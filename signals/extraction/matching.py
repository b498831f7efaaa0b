"""Finding the lexicon's words in a text: one Aho-Corasick pass over a folded copy, the longest words first.

Folding is one character for one character, so a place in the copy is the same place in the text. Case, width,
traditional characters, quotation marks, dashes and white space are made alike; a hyphen between letters counts as a
space. What a damaged page put between two Chinese characters (a lone space or line break, underscores, zero-width
marks) is stepped over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from signals.extraction.records import Entry, Hit

HAN_PAIRS = Path(__file__).resolve().parent.parent / "lexicon" / "han.txt"

# Kinds whose Latin words may touch a digit: "5mt", "RMB5bn".
TOUCHES_DIGITS = frozenset({"units", "numerals"})

# Kinds with a grammar of their own (quantities, changes, periods): met by the thousand, ``find`` passes over them.
GRAMMAR_KINDS = frozenset({"units", "numerals", "qualifiers", "changes", "periods", "modality"})

# Kinds whose words are evidence wherever they stand: a longer one does not hide those inside it.
EVIDENCE = frozenset({"themes", "stages", "voices"})

_A_FEW_WORDS = 32  # characters
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")  # what goes on with a Latin word; Chinese characters never do
_JOINED = re.compile("-(?<=[a-z]-)(?=[a-z])")  # begins with what is rare: a search for it passes over the rest at once
_DEBRIS = re.compile(  # begins with what is rare, too
    "[ _\u200b\u200c\u200d\u00ad\ufeff](?<=[\u3400-\u9fff].)(?:(?<! )[_\u200b\u200c\u200d\u00ad\ufeff]{0,3})?(?=[\u3400-\u9fff])"
)
_LOOK_ALIKE = {
    " ": "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63",
    "'": "\u2018\u2019\u02bc\u2032\u00b4`",
    '"': "\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f",
}


class Folding:
    """One character for one other. Most characters of a text stay, so the few that change are looked for and put right."""

    def __init__(self, table: Mapping[int, int]) -> None:
        self._plain = {chr(code): chr(other) for code, other in table.items()}
        self._changing = re.compile(f"[{re.escape(''.join(self._plain))}]")

    def __call__(self, text: str) -> str:
        """``text`` with every character of the table changed."""
        return self._changing.sub(self._other, text)

    def _other(self, found: re.Match[str]) -> str:
        return self._plain[found.group()]


@lru_cache(maxsize=1)
def _folding() -> Folding:
    """Full width to half width, traditional to simplified, look-alikes to one form."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for line in HAN_PAIRS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            table.update({ord(pair[0]): ord(pair[1]) for pair in line.split()})
    for plain, others in _LOOK_ALIKE.items():
        table.update({ord(other): ord(plain) for other in others})
    return Folding(table)


def fold(text: str) -> str:
    """A copy of ``text``, as long as ``text``, in which spellings that mean the same are the same.

    The last few long ones are kept, since several readers ask for a document's.
    """
    return _fold_words(text) if len(text) <= _A_FEW_WORDS else _fold_document(text)


@lru_cache(maxsize=8192)
def _fold_words(text: str) -> str:
    """The same of a few words: those of the lexicon and of the pages' furniture come again and again."""
    return _fold(text)


@lru_cache(maxsize=4)
def _fold_document(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters (İ) grow when lowered
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _JOINED.sub(" ", _folding()(lowered))


def _squeeze(folded: str) -> tuple[str, list[int] | None]:
    """``folded`` without debris between Chinese characters, and where each one was (None: nothing changed)."""
    if not _DEBRIS.search(folded):
        return folded, None
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for debris in _DEBRIS.finditer(folded):
        parts.append(folded[last : debris.start()])
        places.extend(range(last, debris.start()))
        last = debris.end()
    parts.append(folded[last:])
    places.extend(range(last, len(folded) + 1))
    return "".join(parts), places


class Matcher:
    """The aliases of many entries, ready to be looked for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._owners: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        for entry in entries:
            for alias in dict.fromkeys(entry.zh + entry.en):
                owners = self._owners[fold(alias).removesuffix("*")]
                mine = next((at for at, (owner, _) in enumerate(owners) if owner is entry), None)
                if mine is None:
                    owners.append((entry, alias))
                elif alias.islower():  # of "Foreign Ministry" and "foreign ministry" the one that allows both stays
                    owners[mine] = (entry, alias)
        asked = {
            alias: [owner for owner in owners if owner[0].kind not in GRAMMAR_KINDS]
            for alias, owners in self._owners.items()
        }
        asked = {alias: owners for alias, owners in asked.items() if owners}
        self._found = [tuple(map(_Found, owners)) for owners in asked.values()]
        self._automaton = AhoCorasick(
            list(asked),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def owners(self) -> Mapping[str, list[tuple[Entry, str]]]:
        """Folded alias -> the entries that have it."""
        return self._owners

    def find(self, text: str, start: int, end: int) -> list[Hit]:
        """Every hit in ``text[start:end]``, leftmost and longest within its kind, by (start, -end)."""
        left = max(start - 1, 0)
        folded, places = _squeeze(fold(text[left : end + 1]))
        by_kind: dict[str, list[_Place]] = defaultdict(list)
        for number, first, last in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            origin = left + (places[first] if places else first)
            if origin < start:
                continue
            before = folded[first - 1] if first and folded[first] in _WORD and folded[first - 1] in _WORD else ""
            after = folded[last] if last < len(folded) and folded[last] in _WORD and folded[last - 1] in _WORD else ""
            for found in self._found[number]:
                if (before or after) and not found.may_touch(before, folded[first], folded[last - 1], after):
                    continue
                stop = last
                while found.grows and stop < len(folded) and "a" <= folded[stop] <= "z":
                    stop += 1
                until = left + (places[stop - 1] + 1 if places else stop)
                if until <= end:
                    by_kind[found.kind].append((origin, -until, found))
        places_found = [place for some in by_kind.values() for place in some]
        places_found.sort(key=_BY_PLACE)
        return _longest(places_found)


class _Found:
    """What one alias stands for, and where it may stand."""

    __slots__ = ("alias", "entry", "grows", "kind", "loose")

    def __init__(self, owner: tuple[Entry, str]) -> None:
        self.entry, self.alias = owner
        self.grows = self.alias.endswith("*")
        self.kind = self.entry.kind
        self.loose = self.kind in TOUCHES_DIGITS

    def may_touch(self, before: str, first: str, last: str, after: str) -> bool:
        """Whether the alias may have these letters or digits around it ("" for none): "5mt", "upgraded"."""
        if before and not (self.loose and before.isdigit() != first.isdigit()):
            return False
        return not after or self.grows or (self.loose and after.isdigit() != last.isdigit())


_Place = tuple[int, int, _Found]  # start, end with a minus before it, and what stands there
_BY_PLACE = itemgetter(0, 1)


def _longest(places: list[_Place]) -> list[Hit]:
    """Of ``places``, by (start, -end), that are of one kind and overlap the first and longest.

    Entries that share the very same stretch all stay, and so does all evidence.
    """
    kept: list[Hit] = []
    last: dict[str, _Place] = {}  # of each kind
    for place in places:
        start, end, found = place
        if found.kind not in EVIDENCE:
            before = last.get(found.kind)
            if before is not None and start < -before[1] and (start, end) != before[:2]:
                continue
            last[found.kind] = place
        kept.append(Hit(found.entry, start, -end, found.alias))
    return kept
