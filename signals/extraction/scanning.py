"""Walk a text from number to number, in digits or in words, and read each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from signals.extraction.amounts import Amount, Surroundings
from signals.extraction.no_figures import NoFigures
from signals.extraction.numerals import DIGITS, Lexicon, compiled, digits_value, either
from signals.extraction.triggers import Triggers
from signals.extraction.units import PLAIN
from signals.extraction.wording import pattern_of

_DIGITS = re.compile(DIGITS)
# 17 500 t: groups of three parted by (thin, hard) spaces, where a unit or a currency shows that they are one number.
_SPACED = re.compile(r"\d{1,3}+(?: \d{3})++(?![.,]?\d)")
_OWN_NUMBER = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|phase|table|note|step|stage|grade|no|line|unit|page)[a-z]{0,6}\.?|\d) $"
)
_MONEY_SIGNS = ("$", "¥", "€", "£")
_FRACTION_CONTEXT = re.compile(r" of (?!the year|the fiscal|this year|last year|(?:19|20)\d\d|fy)| \(")
_ORDINAL_BEFORE = re.compile(r"[ -](?:first|second|third|fourth|last|past|other|next|former|latter|each)$")
_NO_NUMBER_BEFORE = "第其之数几统唯单同周期初"  # 第三, 其一, 统一, 周一
_ONE_OF_A_KIND = ("count", "years", "index")  # 一家公司 and "one firm" tell no number

Step = tuple[Amount | None, int]  # what was read, and where to go on


# 占全国同行业的1/3: a share in digits.
_PART = re.compile(r"([1-9])/([2-9]|10)(?![\d/%.]| ?[月年日])")
_PART_BEFORE = re.compile(r"(?:占|超|近|约|过|达)[^,，;；。\d]{0,14}$")
# What a share in words is of: 超全国的三分之一.
_WHOLE = pattern_of("{whole-of}的?$")


class Reader:
    """The numbers of a text in order. ``Surroundings`` reads what is around them, ``NoFigures`` what is none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.around = compiled(Surroundings, lexicon)
        self.numerals, self.units = self.around.numerals, self.around.units
        self._none = compiled(NoFigures, lexicon)
        numeral = self.numerals.han_digits
        words = either([word for word in self.numerals.english if word != "hundred"])
        follow = rf"(?:{self.around.inside}|[百千万亿]|(?:{self.units.pattern}))"
        self._triggers = Triggers(
            [*self.numerals.english, *self.numerals.phrases, *self.numerals.han, "a hundred"], digits=True
        )
        self._start = re.compile(
            rf"百分之(?:{numeral}{{1,12}}+|(?=\d))|{numeral}{{1,6}}+分之{numeral}{{1,6}}+"
            rf"|{numeral}{{1,18}}+(?= ?{follow})"
            rf"|(?:{either(list(self.numerals.phrases))})(?![a-z])"
            rf"|(?:{words})(?:(?:[ -]|[ -]and[ -])(?:{words}|hundred)){{0,8}}(?![a-z])"
            rf"|(?:{words})(?=fold)|a hundred(?![a-z])"
        )

    def amounts(self, text: str, folded: str, start: int, end: int, most: int | None = None) -> list[Amount]:
        """The (``most`` first) numbers of ``text[start:end]``, dates, codes and physical measures left out."""
        return list(islice(self._scan(text, folded, start, end), most))

    def _scan(self, text: str, folded: str, start: int, end: int) -> Iterator[Amount]:
        position = floor = start
        before: Amount | None = None
        for at in self._triggers.places(folded, start, end):
            if at < position:
                continue
            if folded[at].isdigit():
                amount, position = self._digits(text, folded, at, floor, end, before)
            elif (found := self._start.match(folded, at, end)) is not None:
                amount, position = self._words(folded, found, floor, end)
            else:
                continue
            if amount is not None:
                yield amount
                floor, before = amount.end, amount

    def _digits(self, text: str, folded: str, at: int, floor: int, end: int, before: Amount | None) -> Step:
        digits = _DIGITS.match(folded, at, end)
        if digits is None:  # a digit of another script
            return None, at + 1
        stop = self._spaced_end(folded, at, floor, end) or digits.end()
        bare = not self.around.has_unit(folded, stop, end)
        if bare and "，" in text[at:stop]:
            stop = at + text[at:stop].index("，")  # a clause ends here: only a unit shows that it parts thousands
        part = _PART.match(folded, at, end) if bare else None
        if part is not None and _PART_BEFORE.search(folded, max(floor, at - 16), at):
            share = round(Decimal(part[1]) / Decimal(part[2]) * 100, 2)
            amount = Amount(at, part.end(), share, self.units.meaning["%"], spelled=True)
            self.around.qualify(folded, amount, floor, end)
            return amount, part.end()
        over = self._none.calendar_end(folded, at, end)
        if over and (bare or over > stop):
            return None, over
        over = self._none.name_end(folded, at, stop, end, bare=bare)
        value = digits_value(folded[at:stop].replace(" ", ""))
        if over or value is None:
            return None, max(over, stop)
        return self.around.read(folded, at, stop, value, floor, end, spelled=False, before=before)

    def _spaced_end(self, folded: str, at: int, floor: int, end: int) -> int | None:
        """Where the number ends whose thousands are parted by spaces; None for a number that is none such."""
        found = _SPACED.match(folded, at, end)
        if found is None or _OWN_NUMBER.search(folded, max(floor, at - 12), at):
            return None
        shown = folded[max(floor, at - 1) : at] in _MONEY_SIGNS or self.around.has_unit(folded, found.end(), end)
        return found.end() if shown else None

    def _words(self, folded: str, found: re.Match[str], floor: int, end: int) -> Step:
        at, stop, word = found.start(), found.end(), found.group()
        before = folded[at - 1] if at > floor else " "
        if word[0].isascii() and ((before.isascii() and before.isalnum()) or before == "-"):
            return None, at + 1
        if word in self.numerals.phrases:
            return self._phrase(folded, at, stop, word, floor, end)
        value: Decimal | None
        if word[0].isascii():
            value = self.numerals.english_value([part for part in re.split("[ -]", word) if part])
            if value is None:
                return None, at + len(re.split("[ -]", word)[0])
        else:
            if before in _NO_NUMBER_BEFORE or folded.startswith("星期", at - 2):
                return None, stop
            if "分之" in word:
                return self._share(folded, at, stop, word, floor, end)
            value = self.numerals.han_value(word)
            if value is None:
                return None, stop
        amount, after = self.around.read(folded, at, stop, value, floor, end, spelled=True)
        if amount is None:
            return None, after
        one = value == 1 and amount.scale is None and amount.unit.dimension in _ONE_OF_A_KIND
        return (None, stop) if amount.unit is PLAIN or one else (amount, after)

    def _phrase(self, folded: str, at: int, stop: int, word: str, floor: int, end: int) -> Step:
        """半数, doubled, a third: shares need a word that shows they are one (a third of, nearly half)."""
        role, value = self.numerals.phrases[word]
        amount = Amount(at, stop, value, self.units.meaning["%" if role == "fraction" else "倍"], spelled=True)
        self.around.qualify(folded, amount, floor, end)
        if role == "fraction" and word[0].isascii():
            moved = folded.endswith(" by ", floor, at)  # "fell by a quarter"
            shown = amount.qualifier is not None or moved or _FRACTION_CONTEXT.match(folded, stop, end) is not None
            if not shown or _ORDINAL_BEFORE.search(folded, max(floor, at - 12), at):
                return None, stop
            if folded.startswith((" year", "-year", " a year", " of the year"), stop):
                return None, stop
        return amount, stop

    def _share(self, folded: str, at: int, stop: int, word: str, floor: int, end: int) -> Step:
        """百分之三十五, 百分之35 and 三分之二."""
        whole, _, part = word.partition("分之")
        number: Decimal | None
        total: Decimal | None = Decimal(100)
        if part:
            number, total = self.numerals.han_value(part), self.numerals.han_value(whole)
        else:
            digits = _DIGITS.match(folded, stop, end)
            number, stop = (digits_value(digits.group()), digits.end()) if digits else (None, stop)
        if number is None or not total:
            return None, stop
        value = number if total == 100 else round(number / total * 100, 2)
        amount = Amount(at, stop, value, self.units.meaning["%"], spelled=True)
        self.around.qualify(folded, amount, floor, end)
        whole_before = _WHOLE.search(folded, max(floor, at - 8), at)
        if amount.qualifier is None and whole_before is not None:
            nearest = self.around.qualifiers.before(folded, whole_before.start(), floor)  # 超全国三分之一
            if nearest is not None and nearest.role == "before":
                amount.comparator = nearest.comparator
                if not folded.endswith("占", 0, nearest.end):  # 约占全国的四分之一: 占 is the metric's
                    amount.qualifier = nearest
        return amount, stop
