"""The lexicon's change words compiled into one pattern, and what each of its matches means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from signals.extraction.numerals import Lexicon, compiled, either, fold
from signals.extraction.period_words import PeriodWords
from signals.extraction.triggers import Triggers

_SLOTS = {
    "year": r"(?:19|20)\d\d",
    "span": r"(?:period|month|quarter|half|time|term|week|day|three months|six months|nine months)",
    "ordinal": r"(?:first|second|third|fourth)",
    "quarter": r"(?:(?:19|20)\d\d年)?第?[一二三四1-4]季度?",
}
# Between the link and the base: "compared with that of", "from levels of".
_LINK_TAIL = (
    r"(?:in (?=[a-z])|at (?=the )|that of |those of |those in |that in |the level of |levels of |the level at |the levels of "
    r"|levels at )?"
)
_SMALL_ROLES = ("link", "filler", "denial")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word says: its role (basis, direction, level), the bases it names, and which way it goes."""

    role: str
    basis: tuple[str, ...]
    direction: int
    linked: bool
    before_number: bool
    before_rate: bool = False


class ChangePatterns:
    """``pattern`` finds a cue on folded text: group "what" after a link (from, than …), group "word" on its own."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._plain: dict[str, Cue] = {}
        self._aliases: list[tuple[str, Cue]] = []
        self._shaped: list[tuple[re.Pattern[str], Cue]] = []
        month = either(list(compiled(PeriodWords, lexicon).months))
        self._slots = {**_SLOTS, "month": rf"(?:(?:{month})(?:\.(?= \d))?| ?\d{{1,2}} ?月份?(?! ?\d))"}
        self.months = compiled(PeriodWords, lexicon).months
        self.month = re.compile(rf"(?:{month})(?![a-z])|(\d{{1,2}})月")
        self.single_month = re.compile(
            rf"(?<![-~至到\d])\d{{1,2}}月(?!-|~|至|到)|当月|本月|上月|单月|(?:{month})(?![a-z])|month"
        )
        self.run_of_months = re.compile(rf" ?(?:to|through|until|till|-) (?:{month}|the |end|(?:19|20)\d\d)")
        small: dict[str, list[str]] = {role: [] for role in _SMALL_ROLES}
        for entry in lexicon.kind("changes").values():
            role = str(entry.data["role"])
            aliases = [fold(alias) for alias in (*entry.zh, *entry.en)]
            if role in small:
                small[role] += aliases
            else:
                self._learn(aliases, _cue(role, entry.data))
        link = rf"(?:{either(small['link'])}) {_LINK_TAIL}(?P<what>{self._alternatives(linked=True)})(?![a-z0-9])"
        # "from 5,792 tonnes in August": the base is told with its figure; a base in per cent is left alone.
        self.base_with_figure = re.compile(
            rf"(?P<link>{either(small['link'])}) (?:[a-z-]+ ){{0,5}}?(?:rmb |cny |yn|us|hk|a)?[$¥€]?\d[\d.,]*(?<=\d)"
            rf"(?! ?(?:%|per ?cent|pct|pc|pp|percentage))(?: [a-z]+){{0,4}}? (?:in |for |during |recorded in )?"
            rf"(?P<what>{self._alternatives(linked=True)})(?P<word>)(?![a-z0-9])"
        )
        self.pattern = re.compile(rf"(?:{link})|(?P<word>{self._alternatives(linked=False)})")
        shaped = [alias.partition("{")[0] for alias, cue in self._aliases if "{" in alias and not cue.linked]
        plain = [alias for alias, cue in self._aliases if "{" not in alias and not cue.linked]
        self.triggers = Triggers([*shaped, *plain, *(f"{word} " for word in small["link"])])
        self.filler = re.compile(rf"[,， ]?(?:{either(small['filler'])}){{0,3}}")
        self.denial = re.compile(rf"(?:{either([word[::-1] for word in small['denial']])})(?![a-z])")

    def _learn(self, aliases: list[str], cue: Cue) -> None:
        for alias in aliases:
            self._aliases.append((alias, cue))
            if "{" in alias:
                self._shaped.append((re.compile(self._shape(alias)), cue))
            else:
                self._plain[alias] = cue

    def _alternatives(self, *, linked: bool) -> str:
        """The aliases as one pattern, those first that say more: "december 31, {year}" before "{month}"."""
        aliases = [alias for alias, cue in self._aliases if cue.linked == linked]
        return either(aliases, self._slots)

    def _shape(self, alias: str) -> str:
        """The pattern of an alias, its slots filled."""
        return re.sub(r"\\{(\w+)\\}", lambda slot: self._slots[slot[1]], re.escape(alias))

    def meaning(self, found: re.Match[str]) -> Cue | None:
        """What a match of ``pattern`` says."""
        word = found["what"] or found["word"]
        cue = self._plain.get(word)
        if cue is not None:
            return cue
        return self._of_shape(word)

    @lru_cache(maxsize=1024)  # noqa: B019 — one object a lexicon, and few words
    def _of_shape(self, word: str) -> Cue | None:
        return next((cue for shape, cue in self._shaped if shape.fullmatch(word)), None)


def _cue(role: str, data: dict[str, Any]) -> Cue:
    return Cue(
        role,
        tuple(str(data.get("basis", "")).split()),
        int(data.get("direction", 0)),
        bool(data.get("needs_link")),
        bool(data.get("before_number")),
        bool(data.get("before_rate")),
    )
