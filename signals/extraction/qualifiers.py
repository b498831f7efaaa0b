"""Words that loosen a figure (超, 近, 不低于, over, at least, or more), found on the side where they stand."""

from __future__ import annotations

import re

from signals.extraction.numerals import Lexicon, either, fold
from signals.extraction.records import Comparator, record
from signals.extraction.wording import listed_words

_RELATIVE = ("%", "percent", "per cent", "points", "pp")
WINDOW = 40  # characters looked at on either side of a number


@record
class Qualifier:
    """Where the word stands and what it says; ``role`` as in the lexicon."""

    start: int
    end: int
    role: str
    comparator: Comparator
    verb: bool = False


# small words between a qualifier and its number: 超过全国80%
_LINKS = ("了", "为", "达到", "达", "到", "是", "至", "于", "额为", ":", " a", " an", " the")


class Qualifiers:
    """The lexicon's ``qualifiers`` as patterns on folded text.

    Words before a number are looked for backwards, on the reversed stretch before it: one anchored match instead of a
    search.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._before: dict[str, tuple[str, Comparator, bool, tuple[str, ...]]] = {}
        self._after: dict[str, tuple[str, Comparator]] = {}
        self._not_through: dict[str, tuple[str, ...]] = {}  # 最高为231点 is the highest, not "at most"
        self._over: dict[str, tuple[str, ...]] = {}  # 约上涨四成: words of change between it and its figure
        self.inside: dict[str, Comparator] = {}
        not_before: set[str] = set()
        for entry in lexicon.kind("qualifiers").values():
            role, comparator = str(entry.data["role"]), entry.data["comparator"]
            words = [fold(word) for word in (*entry.zh, *entry.en)]
            if role in ("after", "loss_after"):
                self._after.update(dict.fromkeys(words, (role, comparator)))
                not_before.update(str(letter) for letter in entry.data.get("not_before") or ())
            elif role == "inside":
                self.inside.update(dict.fromkeys(words, comparator))
            else:
                vetoes = tuple(
                    str(word) for field in ("not_after", "not_after_en") for word in entry.data.get(field) or ()
                )
                self._not_through.update(dict.fromkeys(words, tuple(entry.data.get("not_through") or ())))
                self._over.update(dict.fromkeys(words, tuple(entry.data.get("over") or ())))
                self._before.update(dict.fromkeys(words, (role, comparator, bool(entry.data.get("verb")), vetoes)))
        link = "|".join(
            word[::-1]
            for word in (
                *_LINKS,
                *listed_words("whole-told"),
                *{link for links in self._over.values() for link in links},
            )
        )
        own = [word[::-1] for word in self._before if word[0].isascii() and word[0].isalpha()]
        other = [word[::-1] for word in self._before if not (word[0].isascii() and word[0].isalpha())]
        self._backwards = re.compile(
            rf" {{0,2}}+(?:(?P<link>{link}) {{0,2}}+)?(?P<word>(?:{either(own)})(?![a-z0-9])|(?:{either(other)}))"
        )
        latin = either([word for word in self._after if word[-1].isascii()])
        han = either([word for word in self._after if not word[-1].isascii()])
        self._forwards = re.compile(rf" ?+(?P<word>(?:{latin})(?![a-z])|(?:{han})(?![{''.join(not_before)}]))")

    def words(self, comparator: Comparator) -> list[str]:
        """The words before a number that mean ``comparator``."""
        return [word for word, (role, meant, *_) in self._before.items() if role == "before" and meant == comparator]

    def before(self, folded: str, start: int, floor: int) -> Qualifier | None:
        """The qualifier that ends at ``start``, small words between allowed; nothing before ``floor`` is looked at."""
        window = folded[max(floor, start - WINDOW) : start][::-1]
        found = self._backwards.match(window)
        if found is None:
            return None
        word = found["word"][::-1]
        role, comparator, verb, vetoes = self._before[word]
        link = (found["link"] or "")[::-1]
        moved = link != "" and link not in _LINKS and link not in listed_words("whole-told")
        if link in self._not_through[word] or (moved and link not in self._over[word]):
            return None
        ahead = window[found.end() : found.end() + 12]
        if word[0].isascii() and word[0].isalpha() and ahead[:1].isascii() and ahead[:1].isalnum():
            return None
        if (
            (word.endswith(" than") or word in ("above", "below"))
            and not ahead.strip()
            and folded.endswith(_RELATIVE, 0, floor)
        ):
            return None  # 5.7% higher than 5,278 tons: the base of the change
        if any(ahead.lstrip().startswith(veto[::-1]) for veto in vetoes):
            return None
        if moved:
            return Qualifier(start, start, role, comparator, verb)  # the word of change stays outside the figure
        return Qualifier(start - found.end(), start - found.start("word"), role, comparator, verb)

    def after(self, folded: str, end: int, ceiling: int) -> Qualifier | None:
        """The qualifier that begins at ``end`` (以上, or more, left-over space allowed)."""
        found = self._forwards.match(folded, end, ceiling)
        if found is None:
            return None
        return Qualifier(found.start("word"), found.end(), *self._after[found["word"]])
