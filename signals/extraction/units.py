"""Units, currencies and counted things: what follows or precedes a number and makes it a figure."""

from __future__ import annotations

import re
from decimal import Decimal

from signals.extraction.numerals import Lexicon, either, fold
from signals.extraction.records import record

# "m", "b", "k", "t" are scales or units only where money or a further unit stands beside them.
SHORT_SCALES = ("m", "b", "k")
_WORD_END = r"(?![a-z0-9])"
# Words that part a number from a noun after it: "352 of the patents" is no 352 patents.
_STOP = (
    "of|in|to|by|from|for|at|was|were|is|are|has|have|had|will|with|on|the|as|than|that|which|who|per|a|an"
    "|its|their|or|but"
)
_NO_RATE_AFTER = "earlier|ago|before|prior|later|on|previously"  # "4,659 tonnes a year earlier"


@record
class Unit:
    """``canonical = printed × factor``; ``dimension`` as in ``Quantity``, or "spec" for measures that are no figure."""

    key: str
    dimension: str
    unit: str
    factor: Decimal
    role: str

    def per(self, other: Unit) -> Unit:
        """Money for each ``other`` (CNY/t), or mass each year (t/yr)."""
        unit = "t/yr" if other.dimension == "mass_rate" else f"{self.unit}/{other.unit}"
        return Unit(self.key, other.dimension, unit, self.factor * other.factor, self.role)


PLAIN = Unit("plain", "plain", "", Decimal(1), "plain")


class Units:
    """The lexicon's ``units`` as patterns on folded text, and what each match means."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.meaning: dict[str, Unit] = {}
        self.before: dict[str, Unit] = {}
        self.per: dict[str, tuple[str, Unit]] = {}
        self.nouns: set[str] = set()
        self.serials: list[str] = []
        self.labels: list[str] = []
        self._beside_han: dict[str, Unit] = {}
        self._not_before: dict[str, tuple[str, ...]] = {}
        for entry in lexicon.kind("units").values():
            self._add(entry.key, entry.zh, entry.en, entry.data)
        self.pattern = _latin_or_han(list(self.meaning))
        self.before_pattern = either([word[::-1] for word in self.before])
        per = _latin_or_han(list(self.per))
        lone = either([word for word in self.per if word.endswith("ly") or word == "apiece"])
        self.per_pattern = re.compile(
            rf"[\s-]?+(?:(?:/\s?+|per[\s-]|an?[\s-]|each\s|每|一)(?P<asked>{per})(?:(?<!year)|(?! (?:{_NO_RATE_AFTER})))"
            rf"|(?P<lone>{lone})(?![a-z]))"
        )
        self.per_before = either([("每" + word)[::-1] for word in self.per if _han(word)])
        words = rf"(?:\s(?!(?:{_STOP})\b)[a-z][a-z'’&-]*+)"
        self.noun_pattern = re.compile(rf"{words}{{0,5}}?[\s-](?P<noun>{either(list(self.nouns))}){_WORD_END}")

    def rate(self, folded: str, at: int, end: int, dimension: str) -> tuple[Unit, int] | None:
        """What ``dimension`` (money, mass) is asked for or given by at ``at`` (/吨, per tonne, a year), and its end."""
        found = self.per_pattern.match(folded, at, end)
        if found is None:
            return None
        of, unit = self.per[found["asked"] or found["lone"]]
        return (unit, found.end()) if of == dimension else None

    def _add(self, key: str, zh: tuple[str, ...], en: tuple[str, ...], data: dict[str, object]) -> None:
        role = str(data["role"])
        if role == "noun":
            self.nouns.update(fold(word) for word in en)
            return
        if role in ("serial", "label"):
            (self.serials if role == "serial" else self.labels).extend(fold(word) for word in (*zh, *en))
            return
        if role == "counter":
            unit = Unit(key, "count", "count", Decimal(1), role)
        elif role == "spec":
            unit = Unit(key, "spec", "", Decimal(1), role)
        else:
            unit = Unit(key, str(data["dimension"]), str(data["unit"]), Decimal(str(data["factor"])), role)
        for word in (*zh, *en):
            if role == "per":
                self.per[fold(word)] = (str(data["of"]), unit)
            else:
                self.meaning.setdefault(fold(word), unit)
        vetoes = tuple(_words(data, "not_before"))
        if vetoes:
            self._not_before.update({fold(word): vetoes for word in (*zh, *en)})
        self.before.update({fold(word): unit for field in ("before", "before_zh") for word in _words(data, field)})
        beside = {fold(word): unit for word in _words(data, "beside_han")}
        self._beside_han.update(beside)
        for word in beside:
            self.meaning.setdefault(word, unit)

    def of(self, word: str, text: str, start: int, end: int) -> Unit | None:
        """The unit that ``word`` (at ``text[start:end]``, both folded) is.

        "pct" beside Chinese letters is a percentage point. None where the next letter shows that it is part of another
        word (元 in 元素).
        """
        if text.startswith(self._not_before.get(word, ()), end):
            return None
        if word in self._beside_han and any(_han(letter) for letter in text[max(0, start - 24) : end + 12]):
            return self._beside_han[word]
        return self.meaning[word]


def _words(data: dict[str, object], field: str) -> list[str]:
    words = data.get(field) or []
    return [str(word) for word in words] if isinstance(words, list) else []


def _han(word: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in word)


def _latin_or_han(words: list[str]) -> str:
    """Words that end in a Latin letter must not run on into another; signs and Chinese may."""
    latin = [word for word in words if word[-1].isascii() and word[-1].isalnum()]
    other = [word for word in words if word not in latin]
    return rf"(?:(?:{either(latin)}){_WORD_END}|(?:{either(other)}))" if latin and other else f"(?:{either(words)})"
