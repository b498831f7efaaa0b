"""The lexicon's words for results, forecasts, plans and estimates: a pattern for each role, and where they stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import Any

from signals.extraction.numerals import Lexicon, compiled, fold, fold_words
from signals.extraction.records import record
from signals.extraction.triggers import Triggers

_GAP = 12  # characters that "…" stands for where the entry does not say


@record
class Cue:
    """Words found, where they stand, and the words themselves."""

    start: int
    end: int
    words: str


class ModalityWords:
    """``patterns`` finds the words of a role in a text as it is; the folded text is walked by ``Cues``."""

    def __init__(self, lexicon: Lexicon) -> None:
        shapes: dict[str, list[str]] = defaultdict(list)
        beginnings: list[str] = []
        for entry in lexicon.kind("modality").values():
            for alias in sorted((*entry.zh, *entry.en), key=lambda one: (-len(one), one)):
                folded = fold_words(alias)
                shapes[str(entry.data["role"])].append(_shape(folded, entry.data))
                beginnings.append(re.split("…|{year}", folded)[0].removesuffix("*"))
        self.patterns = {role: re.compile("|".join(some), re.IGNORECASE) for role, some in shapes.items()}
        self.triggers = Triggers(beginnings)


class Cues:
    """One document's words of these kinds: the places where one can begin are looked for once."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text, self._folded = text, fold(text)
        self._words = compiled(ModalityWords, lexicon)
        self._titles: dict[tuple[str, str], str] = {}
        self._places = self._words.triggers.places(self._folded, 0, len(text))

    def every(self, role: str, start: int, end: int) -> list[Cue]:
        """The words of a role that begin and end in ``text[start:end]``, in order."""
        pattern = self._words.patterns[role]
        places = self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]
        found = (pattern.match(self._folded, place, end) for place in places)
        return [self._cue(one) for one in found if one is not None]

    def any_in(self, start: int, end: int) -> bool:
        """Whether words of any role may begin in ``text[start:end]``."""
        place = bisect_left(self._places, start)
        return place < len(self._places) and self._places[place] < end

    def first(self, role: str, start: int, end: int) -> Cue | None:
        """The first of them."""
        pattern, places = self._words.patterns[role], self._places
        for number in range(bisect_left(places, start), bisect_left(places, end)):
            found = pattern.match(self._folded, places[number], end)
            if found is not None:
                return self._cue(found)
        return None

    def last(self, role: str, start: int, end: int) -> Cue | None:
        """The last of them; looked for from the end."""
        pattern = self._words.patterns[role]
        begin = bisect_left(self._places, start)
        for number in range(bisect_left(self._places, end) - 1, begin - 1, -1):
            found = pattern.match(self._folded, self._places[number], end)
            if found is not None:
                return self._cue(found)
        return None

    def in_title(self, role: str, title: str) -> str:
        """The words of a role in a title, or nothing."""
        known = self._titles.get((role, title))
        if known is None:
            folded = fold_words(title)
            places = self._words.triggers.places(folded, 0, len(folded))
            found = next(filter(None, (self._words.patterns[role].match(folded, place) for place in places)), None)
            known = self._titles[(role, title)] = title[found.start() : found.end()] if found else ""
        return known

    def _cue(self, found: re.Match[str]) -> Cue:
        return Cue(found.start(), found.end(), self._text[found.start() : found.end()])


def _shape(alias: str, data: dict[str, Any]) -> str:
    """The pattern of one alias with what may not stand around it."""
    gap = f"[^。;；\\n]{{0,{int(data.get('gap', _GAP))}}}"
    words = re.escape(alias.removesuffix("*")).replace("…", gap).replace(re.escape("{year}"), r"20\d\d")
    before = "".join(f"(?<!{_beside(word, before=True)})" for word in data.get("not_after", ()))
    after = "".join(f"(?!{_beside(word, before=False)})" for word in data.get("not_before", ()))
    if data.get("opens"):
        before += "(?<![\u4e00-\u9fff])"
    if alias[0].isascii():
        before = r"(?<![a-z0-9_])" + before
        after = (r"[a-z]*" if alias.endswith("*") else r"(?![a-z0-9_])") + after
    return f"{before}{words}{after}"


def _beside(word: str, *, before: bool) -> str:
    folded = re.escape(fold_words(word))
    if not word.isascii():
        return folded
    return f"{folded} " if before else f" {folded}"
