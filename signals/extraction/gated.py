"""Patterns that are only tried where a word stands that they cannot match without.

Most of a sentence's questions are answered by no: a pattern of a dozen phrases, tried at each letter, costs ten times what it
takes to see that none of their words is there. Which words those are is read from the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from signals.extraction.shapes import END, Part, shape_of

_MOST_WORDS = 24  # beyond them, looking for each costs as much as the pattern
_LEAST_WEIGHT = 2
_FEW_LETTERS = 4
_SHORT, _MOST_KNOWN = 48, 64  # characters of a table's head or label, and how many of them are kept
_NOTHING: Iterator[re.Match[str]] = iter(())


class Gated:
    """A compiled pattern whose ``search`` and ``finditer`` first look whether one of its words stands in the stretch.

    One that ends where the stretch does looks first whether the last letter is one of its own. Short texts that are asked
    whole are the heads and labels of tables: what was found in the last of them is kept, since each cell asks again.
    """

    __slots__ = (
        "__weakref__", "_ends", "_folds", "_known", "_words", "findall", "finditer", "fullmatch", "match", "pattern", "search",
        "sub",
    )  # fmt: skip

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.match, self.fullmatch = pattern.match, pattern.fullmatch
        self.findall, self.sub = pattern.findall, pattern.sub
        self._folds = bool(pattern.flags & re.IGNORECASE) or "(?i" in pattern.pattern
        self._words = needed_words(pattern.pattern, folds=self._folds)
        letters = last_letters(pattern.pattern, pattern.flags)
        self._ends = letters | {letter.upper() for letter in letters}
        self._known: dict[str, re.Match[str] | None] = {}
        worded = 0 < len(self._words) <= _MOST_WORDS and not _opens_plainly(pattern)
        if not worded:
            self._words = ()
        self.search = self._search() if worded or self._ends else pattern.search
        self.finditer = self._finditer() if worded else pattern.finditer

    def _search(self) -> Callable[..., re.Match[str] | None]:
        """``search`` with all that it needs at hand: it is called a hundred times a page."""
        words, ends, folds, find = self._words, self._ends, self._folds, self.pattern.search
        whole = self._whole()

        def search(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
            if end is None:
                return whole(text, start)
            if end > len(text):
                end = len(text)
            if ends:
                if start >= end:
                    return None
                last = text[end - 1]
                if last not in ends and (not last.isspace() or text[start:end].rstrip()[-1:] not in ends):
                    return None
            if words:
                stretch = text[start:end].lower() if folds else text[start:end]
                for word in words:
                    if word in stretch:
                        return find(text, start, end)
                return None
            return find(text, start, end)

        return search

    def _whole(self) -> Callable[[str, int], re.Match[str] | None]:
        """The same where no end is given; what a short text that is asked whole holds is kept."""
        words, ends, folds, known, find = self._words, self._ends, self._folds, self._known, self.pattern.search

        def search(text: str, start: int) -> re.Match[str] | None:
            if ends and (start >= len(text) or text[-1] not in ends) and text[start:].rstrip()[-1:] not in ends:
                return None
            short = not start and len(text) <= _SHORT
            if short and text in known:
                return known[text]
            stretch = text[start:].lower() if folds else text[start:]
            found = find(text, start) if not words or any(map(stretch.__contains__, words)) else None
            if short:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                known[text] = found
            return found

        return search

    def _finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """The same for ``finditer``."""
        words, folds, find = self._words, self._folds, self.pattern.finditer

        def finditer(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
            if end is None:
                end = len(text)
            stretch = text[start:end].lower() if folds else text[start:end]
            for word in words:
                if word in stretch:
                    return find(text, start, end)
            return _NOTHING

        return finditer


def _opens_plainly(pattern: re.Pattern[str]) -> bool:
    """Whether every match begins with one of a few letters as they are: a search runs from one to the next by itself."""
    steps = shape_of(pattern.pattern)
    while steps and steps[0].kind == "group":
        steps = steps[0].parts[0]
    beginnings = [branch[:1] for branch in steps[0].parts] if steps and steps[0].kind == "branch" else [steps[:1]]
    firsts = [part for one in beginnings for part in one]
    if len(firsts) != len(beginnings) or (len(firsts) > 1 and any(len(part.letters) != 1 for part in firsts)):
        return False
    if any(part.kind not in ("letters", "set", "space") for part in firsts):
        return False
    cased = any(len(part.letters) != 1 or part.letters[0].swapcase() != part.letters[0] for part in firsts)
    return not (cased and pattern.flags & re.IGNORECASE)


def gated(pattern: str, flags: re.RegexFlag | int = 0) -> Gated:
    """``re.compile`` for a pattern that is searched for often and found seldom."""
    return Gated(re.compile(pattern, flags))


def needed_words(pattern: str, *, folds: bool = False) -> tuple[str, ...]:
    """Words of which every match holds at least one; none where the pattern tells no such words."""
    words = _needed(shape_of(pattern), folds)
    least = [word for word in words if not any(other != word and other in word for other in words)]
    return () if _weight(words) < _LEAST_WEIGHT else tuple(sorted(least, key=lambda word: (len(word), word)))


def _needed(steps: Iterable[Part], folds: bool) -> frozenset[str]:
    """The best set of alternatives that a sequence offers; empty for none."""
    best: frozenset[str] = frozenset()
    run = ""
    for part in [*steps, END]:
        letter = part.letters[0] if len(part.letters) == 1 else ""
        if letter and not (folds and len(letter.lower()) != 1):
            run += letter.lower() if folds else letter
            continue
        for some in (frozenset([run]) if run else frozenset(), _of_part(part, folds)):
            if (_weight(some), -len(some)) > (_weight(best), -len(best)):
                best = some
        run = ""
    return best


def _of_part(part: Part, folds: bool) -> frozenset[str]:
    """The same of one part of a sequence; what only looks around is no part of the match."""
    if part.kind == "branch":
        several = [_needed(branch, folds) for branch in part.parts]
        return frozenset().union(*several) if all(several) else frozenset()
    if part.kind == "group" or (part.kind == "repeat" and part.least > 0):
        return _needed(part.parts[0], folds)
    if part.kind == "letters" and len(part.letters) <= _FEW_LETTERS:
        return frozenset(letter.lower() if folds else letter for letter in part.letters)
    return frozenset()


def last_letters(pattern: str, flags: int = 0) -> frozenset[str]:
    """The letters (in lower case) one of which stands last, white space aside, where a pattern that ends in ``$`` matches.

    None where the pattern ends otherwise, or where any letter will do.
    """
    steps = shape_of(pattern)
    if not steps or steps[-1] is not END or flags & re.MULTILINE:
        return frozenset()
    letters, goes_on = _last(steps)
    return frozenset() if letters is None or goes_on else letters


def _last(steps: Iterable[Part]) -> tuple[frozenset[str] | None, bool]:
    """The last letters of what a sequence matches (None: any), and whether it may match white space or nothing at all."""
    letters: frozenset[str] = frozenset()
    for part in reversed(list(steps)):
        some, goes_on = _last_of_part(part)
        if some is None:
            return None, False
        letters |= some
        if not goes_on:
            return letters, False
    return letters, True


def _last_of_part(part: Part) -> tuple[frozenset[str] | None, bool]:
    if part.kind in ("look", "end", "space"):
        return frozenset(), True
    if part.kind == "letters":
        letters = part.letters
        return frozenset(letter.lower() for letter in letters if not letter.isspace()), any(map(str.isspace, letters))
    if part.kind == "branch":
        parts = [_last(branch) for branch in part.parts]
        several = [letters for letters, _ in parts if letters is not None]
        return (frozenset().union(*several) if len(several) == len(parts) else None), any(some for _, some in parts)
    if part.kind == "group":
        return _last(part.parts[0])
    if part.kind == "repeat":
        letters_of, goes_on = _last(part.parts[0])
        return letters_of, goes_on or part.least == 0
    return None, False


def _weight(words: frozenset[str]) -> int:
    """How rare the commonest of the words may be: Chinese characters say more than Latin letters."""
    return min((sum(1 if letter < "\u3000" else 2 for letter in word) for word in words), default=0)
