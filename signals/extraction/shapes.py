"""The shape of a regular expression, as far as one must know it to say which words its matches hold.

The standard library keeps its own parser to itself. This one reads what the engine's patterns are made of: letters, sets,
alternatives, groups, repeats, and what only looks around. Of anything else it says ``OTHER``, which promises nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["letters", "space", "set", "branch", "group", "repeat", "look", "end", "other"]


@dataclass(slots=True, frozen=True)
class Part:
    """One step of a pattern. ``letters``: one of which stands there (``set``: one of many); ``parts``: what is inside, several for a branch."""

    kind: Kind
    letters: tuple[str, ...] = ()
    parts: tuple[tuple[Part, ...], ...] = ()
    least: int = 1  # how often a repeat does so at least


SPACE, SET, LOOK, END, OTHER = (Part(kind) for kind in ("space", "set", "look", "end", "other"))
Sequence_ = tuple[Part, ...]

_REPEAT = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})[?+]?")
_OPENING = re.compile(
    r"\(\?(?:(?P<plain>:|>|P<\w+>|-?[a-z]+(?:-[a-z]+)?:)|(?P<look><?[=!])|(?P<flags>[a-zA-Z]+)\)|(?P<named>P=\w+)\))"
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_CODES = {"x": 2, "u": 4, "U": 8}


@lru_cache(maxsize=4)  # a pattern is asked for its shape several times, when it is built
def shape_of(pattern: str) -> Sequence_:
    """The steps of ``pattern``, which must be one that compiles and is not written verbosely."""
    return _Reader(pattern).alternatives()


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def alternatives(self) -> Sequence_:
        """The alternatives up to a closing bracket or the end, as a sequence."""
        several: list[Sequence_] = []
        steps: list[Part] = []
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                self._at += 1
                several.append(tuple(steps))
                steps = []
                continue
            bare = self._pattern.startswith("(?:", self._at)
            part = self._part()
            again = self._repeated(part)
            steps.extend(part.parts[0] if bare and again is part else [again])
        several.append(tuple(steps))
        return several[0] if len(several) == 1 else _branch(several)

    def _part(self) -> Part:
        sign = self._pattern[self._at]
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._set()
        if sign == "\\":
            return self._escape()
        self._at += 1
        return {"^": LOOK, "$": END, ".": OTHER}.get(sign) or Part("letters", (sign,))

    def _repeated(self, part: Part) -> Part:
        found = _REPEAT.match(self._pattern, self._at)
        if found is None or not (found[1] or found[2] or found[4]):
            return part
        self._at = found.end()
        least = {"*": 0, "+": 1, "?": 0}.get(found[1] or "", int(found[2] or 0))
        return Part("repeat", parts=((part,),), least=least)

    def _group(self) -> Part:
        opening = _OPENING.match(self._pattern, self._at)
        if opening is None and self._pattern.startswith("(?", self._at):
            raise ValueError(f"no group that is known here: {self._pattern[self._at : self._at + 12]!r}")
        self._at = opening.end() if opening else self._at + 1
        if opening and opening["flags"]:
            return LOOK
        if opening and opening["named"]:
            return OTHER
        inside = self.alternatives()
        self._at += 1
        return LOOK if opening and opening["look"] else Part("group", parts=(inside,))

    def _escape(self) -> Part:
        sign = self._pattern[self._at + 1]
        self._at += 2
        if sign in _CODES:
            code = self._pattern[self._at : self._at + _CODES[sign]]
            self._at += len(code)
            return Part("letters", (chr(int(code, 16)),))
        if sign in "bBAZ":
            return LOOK
        if sign == "s":
            return SPACE
        if sign in _LETTERS or not sign.isalnum():
            return Part("letters", (_LETTERS.get(sign, sign),))
        return SET if sign in "dDwWS" else OTHER

    def _set(self) -> Part:
        start = self._at + 1
        self._at = start + (self._pattern[start] == "^")
        letters: list[str] = []
        plain = self._at == start
        first = True
        while first or self._pattern[self._at] != "]":
            first = False
            if self._pattern[self._at] == "\\":
                part = self._escape()
                plain = plain and part.kind == "letters"
                letters.extend(part.letters)
            else:
                letters.append(self._pattern[self._at])
                self._at += 1
            if self._pattern[self._at] == "-" and self._pattern[self._at + 1] != "]":
                plain = False  # a range
                self._at += 1
        only_space = self._pattern[start : self._at] == r"\s"
        self._at += 1
        if plain:
            return Part("letters", tuple(dict.fromkeys(letters)))
        return SPACE if only_space else SET


def _branch(several: list[Sequence_]) -> Sequence_:
    """Alternatives with what they all begin with told once: the longer a word, the rarer."""
    shared = 0
    while all(len(one) > shared and one[shared] == several[0][shared] for one in several):
        shared += 1
    rest = [one[shared:] for one in several]
    if all(len(one) == 1 and one[0].kind == "letters" for one in rest):
        letters = dict.fromkeys(letter for one in rest for letter in one[0].letters)
        return (*several[0][:shared], Part("letters", tuple(letters)))
    return (*several[0][:shared], Part("branch", parts=tuple(rest)))
