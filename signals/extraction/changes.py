"""Find the words that make a figure a change: what it is measured against, which way it goes, where a level follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from signals.extraction.numerals import Lexicon, compiled, either, fold
from signals.extraction.records import ChangeCue

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_SLOTS = {
    "year": r"(?:19|20)\d\d",
    "month": rf"(?:(?:{_MONTH})(?:\.(?= \d))?|\d{{1,2}}月份?)",
    "span": r"(?:period|month|quarter|half|time|term|week|day|three months|six months|nine months)",
    "ordinal": r"(?:first|second|third|fourth)",
    "quarter": r"(?:(?:19|20)\d\d年)?第?[一二三四1-4]季度",
}
_SINGLE_MONTH = re.compile(rf"(?<![-~至到\d])\d{{1,2}}月(?!-|~|至|到)|当月|本月|上月|单月|(?:{_MONTH})(?![a-z])|month")
_QUARTER = re.compile(r"季|[^a-z]q[1-4]|quarter|[1-4]q\d")
_NUMBER_NEXT = re.compile(
    r"(?:了|约|超|近|逾|超过|about |over |nearly |almost |more than |around |by )?[ ]?(?:rmb |us|a|hk|cny |yn)?[$¥+-]?[\d一二三四五六七八九十两百]"
)
_RANGE_TAIL = re.compile(r" ?(?:to|through|until|till|-) ")
_TO_LEVEL = re.compile(
    r"(?:[^.,;。，；]|[.,](?=\d)){1,60}?(?: to (?=(?:over |about |nearly |around |almost |a record |some |roughly |more than |approximately )?(?:rmb |cny |yn|us|hk)?[$¥€]?\d)"
    r"|(?<=[%倍点])[至到](?=[^%倍点。，,]{1,16}[元吨家户件台]))"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    role: str
    basis: tuple[str, ...]
    direction: int
    linked: bool
    before_number: bool


class Changes:
    """The lexicon's ``changes`` as one pattern on folded text, and what each match means."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._plain: dict[str, _Cue] = {}
        self._patterned: list[tuple[re.Pattern[str], _Cue]] = []
        words: dict[str, list[str]] = {"link": [], "filler": [], "denial": []}
        patterns: list[str] = []
        for entry in lexicon.kind("changes").values():
            role = str(entry.data["role"])
            aliases = [fold(alias) for alias in (*entry.zh, *entry.en)]
            if role in words:
                words[role] += aliases
                continue
            cue = _cue(role, entry.data)
            for alias in aliases:
                if "{" in alias:
                    shape = re.sub(r"\\{(\w+)\\}", lambda slot: _SLOTS[slot[1]], re.escape(alias))
                    self._patterned.append((re.compile(shape), cue))
                    patterns.append(shape)
                else:
                    self._plain[alias] = cue
        linked = [alias for alias, cue in self._plain.items() if cue.linked]
        bare = [alias for alias, cue in self._plain.items() if not cue.linked]
        linked_shapes = [shape.pattern for shape, cue in self._patterned if cue.linked]
        bare_shapes = [shape.pattern for shape, cue in self._patterned if not cue.linked]
        by_length = sorted([re.escape(word) for word in linked] + linked_shapes, key=len, reverse=True)
        link = rf"(?:{either(words['link'])}) (?:that of |those of |those in |that in |the level of |levels of )?(?P<what>{'|'.join(by_length)})(?![a-z0-9])"
        shapes = "|".join(sorted(bare_shapes, key=len, reverse=True))
        self._pattern = re.compile(rf"(?:{link})|(?P<word>{shapes}|{either(bare)})")
        self._filler = re.compile(rf"[,， ]?(?:{either(words['filler'])}){{0,3}}")
        self._denial = re.compile(rf"(?:{either([word[::-1] for word in words['denial']])})(?![a-z])")

    def find(self, folded: str, start: int, end: int) -> list[ChangeCue]:
        cues: list[ChangeCue] = []
        position = start
        while (found := self._pattern.search(folded, position, end)) is not None:
            position = found.end()
            cue = self._meaning(found)
            if cue is None or not self._stands(folded, found, cue, end):
                position = found.start() + 1
                continue
            if cue.role == "basis":
                position = self._basis(folded, found, cue, start, end, cues)
            else:
                direction = 0 if self._denied(folded, found.start(), start) else cue.direction
                cues.append(ChangeCue((found.start(), found.end()), "", direction, cue.role == "level"))
                position = self._level_after(folded, found.end(), end, cue, cues)
        return cues

    def _meaning(self, found: re.Match[str]) -> _Cue | None:
        word = found["what"] or found["word"]
        cue = self._plain.get(word)
        if cue is not None:
            return cue
        return next((cue for shape, cue in self._patterned if shape.fullmatch(word)), None)

    @staticmethod
    def _stands(folded: str, found: re.Match[str], cue: _Cue, end: int) -> bool:
        """Whether the match is a word of its own, and one that speaks of a change."""
        first, last = folded[found.start()], folded[found.end() - 1]
        before, after = folded[found.start() - 1 : found.start()], folded[found.end() : found.end() + 1]
        if first.isascii() and first.isalpha() and before.isascii() and before.isalnum():
            return False
        if last.isascii() and last.isalpha() and after.isascii() and after.isalpha():
            return False
        if found["what"] and _RANGE_TAIL.match(folded, found.end(), end):
            return False
        if cue.before_number:
            return _NUMBER_NEXT.match(folded, found.end(), end) is not None
        if found["word"] in ("up", "down") and folded.startswith(" to ", found.end()):
            return False
        return True

    def _basis(self, folded: str, found: re.Match[str], cue: _Cue, start: int, end: int, cues: list[ChangeCue]) -> int:
        """Append the cue of a basis, with the direction that stands right beside it; where to go on."""
        direction, level = cue.direction, False
        begin, stop = found.start(), found.end()
        if not direction and not cue.linked:
            skipped = self._filler.match(folded, stop, end)
            after = self._pattern.match(folded, skipped.end() if skipped else stop, end)
            other = self._meaning(after) if after is not None else None
            if (
                after is not None
                and other is not None
                and other.role in ("direction", "level")
                and not after["word"].isascii()
                and self._stands(folded, after, other, end)
            ):
                negated = self._denied(folded, after.start(), stop)
                direction, level, stop = 0 if negated else other.direction, other.role == "level", after.end()
        elif cue.linked and folded.startswith("than", begin):
            for word, sign in (
                ("more ", 1),
                ("higher ", 1),
                ("greater ", 1),
                ("less ", -1),
                ("lower ", -1),
                ("fewer ", -1),
            ):
                if folded.endswith(word, start, begin):
                    direction, begin = sign, begin - len(word)
        for basis in cue.basis:
            name = self._period_basis(folded, start, end, found.start()) if basis == "period" else basis
            cues.append(ChangeCue((begin, stop), name, direction, level))
        return self._level_after(folded, stop, end, cue, cues) if direction and not level else stop

    @staticmethod
    def _period_basis(folded: str, start: int, end: int, at: int) -> str:
        """环比 is against the month before where the text speaks of single months, else against the quarter before."""
        near = folded[max(start, at - 60) : min(end, at + 30)]
        return "mom" if _SINGLE_MONTH.search(near) and not _QUARTER.search(near) else "qoq"

    def _denied(self, folded: str, at: int, floor: int) -> bool:
        window = folded[max(floor, at - 12) : at].rstrip()[::-1]
        found = self._denial.match(window)
        return found is not None

    @staticmethod
    def _level_after(folded: str, at: int, end: int, cue: _Cue, cues: list[ChangeCue]) -> int:
        """ "rose 45% to RMB 18.9 billion": mark the "to" after which the level stands."""
        if cue.role == "level" or not cue.direction and cue.role != "basis":
            return at
        if _NUMBER_NEXT.match(folded, at + (folded[at : at + 1] == " "), end) is None:
            return at
        found = _TO_LEVEL.match(folded, at, min(end, at + 80))
        if found is None:
            return at
        to = found.group().rstrip()
        width = 2 if to.endswith("to") else 1
        stop = at + len(to)
        cues.append(ChangeCue((stop - width, stop), "", cue.direction, True))
        return at


def _cue(role: str, data: dict[str, Any]) -> _Cue:
    return _Cue(
        role,
        tuple(str(data.get("basis", "")).split()),
        int(data.get("direction", 0)),
        bool(data.get("needs_link")),
        bool(data.get("before_number")),
    )


def find_changes(text: str, start: int, end: int, lexicon: Lexicon) -> list[ChangeCue]:
    """The change words of ``text[start:end]`` by position.

    A basis and the direction right beside it are one cue (同比增长); a direction of its own has basis "". Words that name two
    bases (同环比) give two cues with the same span, in the order of the words.
    """
    cues = compiled(Changes, lexicon).find(fold(text), start, end)
    based = [cue.span for cue in cues if cue.basis]
    kept = [
        cue
        for cue in cues
        if cue.basis or not any(first <= cue.span[0] and cue.span[1] <= last for first, last in based)
    ]
    return sorted(kept, key=lambda cue: cue.span)
