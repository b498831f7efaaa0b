"""Read single numbers: sign, currency, digits or words, scale, unit, and the qualifier beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from signals.extraction.numerals import DIGITS, Lexicon, Numerals, compiled, digits_value, either
from signals.extraction.qualifiers import Qualifier, Qualifiers
from signals.extraction.records import Comparator
from signals.extraction.units import PLAIN, SHORT_SCALES, Unit, Units

_MONTHS = "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|september|oct|october|nov|november|dec|december"
_YEAR = r"(?:19|20)\d\d"
# Calendar words, serial numbers and versions: read over as one piece. Tried at a digit only.
_NOT_A_FIGURE = re.compile(
    rf"""{_YEAR}\ ?(?:[-~至到]\ ?{_YEAR}\ ?)?年(?!以)度?(?:\ ?\d{{1,2}}(?:\ ?[-~至到]\ ?\d{{1,2}})?\ ?月份?(?:\ ?\d{{1,2}}(?:\ ?[-~至到]\ ?\d{{1,2}})?\ ?日)?)?
    |\d\d\ ?[-~至到]\ ?\d\d\ ?年
    |\d{{1,2}}(?:\ ?[-~至到]\ ?\d{{1,2}})?\ ?月(?!度)份?(?:\ ?\d{{1,2}}(?:\ ?[-~至到]\ ?\d{{1,2}})?\ ?日)?
    |\d{{1,2}}\ ?[-~至到]\ ?\d{{1,2}}\ ?日
    |{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|{_YEAR}-(?:0[1-9]|1[0-2])(?![\d%.,])|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}(?!\d)
    |\d{{1,2}}:\d\d(?::\d\d)?(?!\d)
    |\d{{1,3}}\ ?(?:st|nd|rd|th)(?![a-z])
    |\d{{1,6}}\.(?:sh|sz|ss|hk|bj)(?![a-z])
    |0\d{{2,3}}-\d{{7,8}}(?!\d)
    |\d{{1,4}}(?:\.\d{{1,4}}){{2,4}}(?![\d%])
    |[1-4]q(?:\d{{2,4}})?(?![a-z0-9])|[12]h\d{{2,4}}(?![a-z0-9])|9m\d{{2,4}}(?![a-z0-9])|(?:20)?\d\d(?:q[1-4]|h[12]|e|a)(?![a-z0-9])
    |\d{{1,2}}(?:\ ?-\ ?\d{{1,2}})?\ (?:{_MONTHS})(?![a-z])
    """,
    re.VERBOSE,
)
_YEARS = re.compile(rf"{_YEAR}(?:[-/](?:20)?\d\d)?(?!\d|\.\d|%)")
_MONTH_BEFORE = re.compile(r" ?\.?(?:" + "|".join(month[::-1] for month in _MONTHS.split("|")) + r")(?![a-z])")
_DAY = re.compile(rf"(?:\d{{1,2}}(?: ?- ?\d{{1,2}})?(?:,? {_YEAR})?|{_YEAR})(?![\d.,]*\d|%)")
_LETTERS_BEFORE = re.compile(r"[a-z]{1,12}")
_FRACTION_CONTEXT = re.compile(r" of (?!the year|the fiscal|this year|last year|(?:19|20)\d\d|fy)| \(")
_ORDINAL_BEFORE = re.compile(r"[ -](?:first|second|third|fourth|last|past|other|next|former|latter|each)$")


@dataclass(slots=True)
class Amount:
    """One number as read; ``number`` is printed × scale and signed, not yet converted to the canonical unit."""

    start: int
    end: int
    number: Decimal
    unit: Unit
    scale: Decimal | None = None
    currency_first: bool = False
    counter: str = ""
    comparator: Comparator = "="
    qualifier: Qualifier | None = None
    after: Qualifier | None = None
    lead: str = ""  # "between" or "from", when such a word stands before
    signed: bool = False
    spelled: bool = False


class Reader:
    """The grammar of single numbers, compiled from the lexicon's numerals, units and qualifiers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.numerals = compiled(Numerals, lexicon)
        self.units = compiled(Units, lexicon)
        self.qualifiers = compiled(Qualifiers, lexicon)
        numerals, units = self.numerals, self.units
        scales = [word for word in numerals.scales if word not in SHORT_SCALES]
        latin = either([word for word in scales if word.isascii()])
        han = either([word for word in scales if not word.isascii()])
        inside = either([word for word in self.qualifiers.inside if word != "+"])
        self._scale = rf"(?:(?:{latin})(?![a-z])|(?:{han})(?!分|[克米瓦])|(?:{'|'.join(SHORT_SCALES)})(?![a-z0-9²³/]))"
        self._tail = re.compile(
            rf"(?P<in1>{inside}|\+(?!\d))?+(?:[ -]?(?P<scale>{self._scale}))?(?P<in2>{inside}|\+(?!\d))?(?:[ -]?(?P<unit>{units.pattern}))?"
        )
        self._digits = re.compile(DIGITS)
        numeral = numerals.han_digits
        words = either([word for word in numerals.english if word not in ("hundred", "a")])
        follow = rf"(?:{inside}|[百千万亿]|(?:{units.pattern}))"
        self._start = re.compile(
            rf"\d|百分之(?:{numeral}{{1,12}}+|(?=\d))|{numeral}{{1,6}}+分之{numeral}{{1,6}}+|{numeral}{{1,18}}+(?= ?{follow})"
            rf"|(?:{either(list(numerals.phrases))})(?![a-z])"
            rf"|(?:{words})(?:(?:[ -]|[ -]and[ -])(?:{words}|hundred)){{0,8}}(?![a-z])|(?:{words})(?=fold)|a hundred(?![a-z])"
        )
        self._serial = re.compile(rf"[ (:]{{0,2}}(?:{either([word[::-1] for word in units.serials])})(?P<edge>[a-z]?)")
        self._currency = re.compile(rf"(?P<open>\(?)(?P<sign>[+-]?) ?(?P<word>{units.before_pattern})(?P<outer>[+-]?)")
        self._per_before = re.compile(rf"[ :]?(?P<word>{units.per_before})")

    # --- scanning --------------------------------------------------------------------------------------------

    def amounts(self, text: str, folded: str, start: int, end: int) -> list[Amount]:
        """The numbers of ``text[start:end]`` in order, measures and dates left out."""
        return list(self._scan(text, folded, start, end))

    def _scan(self, text: str, folded: str, start: int, end: int) -> Iterator[Amount]:
        position = floor = start
        while (found := self._start.search(folded, position, end)) is not None:
            at = found.start()
            if folded[at].isdigit():
                amount, position = self._from_digits(text, folded, at, floor, end)
            else:
                amount, position = self._from_words(text, folded, found, floor, end)
            if amount is not None:
                yield amount
                floor = amount.end

    def _from_digits(self, text: str, folded: str, at: int, floor: int, end: int) -> tuple[Amount | None, int]:
        skipped = _NOT_A_FIGURE.match(folded, at, end)
        digits = self._digits.match(folded, at, end)
        if digits is None:  # a digit of another script
            return None, at + 1
        stop = digits.end()
        if "，" in text[at:stop] and not self._tail.match(folded, stop, end)["unit"]:  # type: ignore[index]
            stop = at + text[at:stop].index("，")
        if skipped is not None and (skipped.end() > stop or not self._has_unit(folded, stop, end)):
            return None, skipped.end()
        value = digits_value(folded[at:stop])
        window = folded[max(0, at - 24) : at][::-1]
        if value is None or self._is_name(folded, at, stop, end, window):
            return None, max(stop, skipped.end() if skipped else stop)
        return self._finish(folded, at, stop, value, floor, end, spelled=False)

    def _from_words(self, text: str, folded: str, found: re.Match[str], floor: int, end: int) -> tuple[Amount | None, int]:
        at, stop, word = found.start(), found.end(), found.group()
        before = folded[at - 1] if at > floor else " "
        if word in self.numerals.phrases:
            return self._from_phrase(folded, found, floor, end)
        if word[0].isascii():
            if before.isalnum() or before == "-":
                return None, stop
            value = self.numerals.english_value([part for part in re.split("[ -]", word) if part])
            if value is None:
                return None, at + len(word.split(" ")[0].split("-")[0])
            amount, after = self._finish(folded, at, stop, value, floor, end, spelled=True)
            bare = amount is None or amount.unit is PLAIN or (value == 1 and amount.unit.dimension in ("count", "years", "index"))
            return (None, stop) if bare else (amount, after)
        if before in "第其之数几统唯单同周期初" or folded.startswith("星期", at - 2):
            return None, stop
        if "分之" in word:
            return self._from_parts(folded, at, stop, word, floor, end)
        value = self.numerals.han_value(word)
        if value is None:
            return None, stop
        amount, after = self._finish(folded, at, stop, value, floor, end, spelled=True)
        bare = amount is None or amount.unit is PLAIN or (value == 1 and amount.scale is None and amount.unit.dimension in ("count", "years", "index"))
        return (None, after if amount is None else stop) if bare else (amount, after)

    def _from_phrase(self, folded: str, found: re.Match[str], floor: int, end: int) -> tuple[Amount | None, int]:
        at, stop, word = found.start(), found.end(), found.group()
        role, value = self.numerals.phrases[word]
        if word[0].isascii() and folded[at - 1 : at].isalnum():
            return None, stop
        unit = self.units.meaning["%" if role == "fraction" else "倍"]
        amount = Amount(at, stop, value, unit, spelled=True)
        self._qualify(folded, amount, floor, end)
        if role == "fraction" and word[0].isascii():
            shown = amount.qualifier is not None or _FRACTION_CONTEXT.match(folded, stop, end) is not None
            if not shown or _ORDINAL_BEFORE.search(folded, max(floor, at - 12), at):
                return None, stop
            if folded.startswith((" year", "-year", " a year", " of the year"), stop):
                return None, stop
        return amount, stop

    def _from_parts(self, folded: str, at: int, stop: int, word: str, floor: int, end: int) -> tuple[Amount | None, int]:
        """百分之三十五 and 三分之二."""
        whole, _, part = word.partition("分之")
        number: Decimal | None
        if not part:  # 百分之35
            digits = self._digits.match(folded, stop, end)
            number, stop = (digits_value(digits.group()), digits.end()) if digits else (None, stop)
            total: Decimal | None = Decimal(100)
        else:
            number, total = self.numerals.han_value(part), self.numerals.han_value(whole)
        if number is None or not total:
            return None, stop
        value = number if total == 100 else round(number / total * 100, 2)
        amount = Amount(at, stop, value, self.units.meaning["%"], spelled=True)
        self._qualify(folded, amount, floor, end)
        return amount, stop

    # --- one number ------------------------------------------------------------------------------------------

    def _has_unit(self, folded: str, at: int, end: int) -> bool:
        tail = self._tail.match(folded, at, end)
        return tail is not None and (tail["unit"] is not None and not tail["unit"].startswith(("年", "月", "日", "时", "th")) or tail["scale"] is not None)

    def _is_name(self, folded: str, at: int, stop: int, end: int, window: str) -> bool:
        """Whether the digits are part of a name, a date or a code: Q3, GB26451, 第61号, (600111), September 30."""
        if window[:1].isalpha() and window[0].isascii():
            letters = _LETTERS_BEFORE.match(window)
            word = letters.group()[::-1] if letters else ""
            return not word.endswith(tuple(self.units.labels)) and word not in self.units.before
        if len(window) > 1 and window[0] == "-" and window[1].isascii() and window[1].isalpha():
            letters = _LETTERS_BEFORE.match(window, 1)
            return letters is None or not letters.group()[::-1].endswith(tuple(self.units.labels))
        if window[:1] == "." and window[1:2].isdigit() or window[:1] == "/" and window[1:2].isalpha() and window[1].isascii():
            return True
        serial = self._serial.match(window)
        if serial is not None and not (serial["edge"] and serial.group().strip(" (:")[0].isascii()):
            return True
        bare = not self._has_unit(folded, stop, end)
        if bare and _YEARS.match(folded, at, end):
            return not window[:1] in "$¥€£"
        if _MONTH_BEFORE.match(window) and _DAY.match(folded, at, end) and bare:
            return True
        return stop - at == 6 and bare and folded[stop : stop + 1] in ")." and window[:1] in "(:" and "." not in folded[at:stop]

    def _finish(self, folded: str, at: int, stop: int, value: Decimal, floor: int, end: int, *, spelled: bool) -> tuple[Amount | None, int]:
        """Sign, currency, scale, unit and qualifier around the number ``folded[at:stop]``."""
        amount = Amount(at, stop, value, PLAIN, spelled=spelled)
        currency = self._prefix(folded, amount, floor)
        inside = self._suffix(folded, amount, currency, end)
        if inside is None:
            return None, amount.end
        if amount.unit is PLAIN and not spelled and folded[amount.end : amount.end + 1].isalnum() and folded[amount.end].isascii():
            return None, amount.end
        if amount.unit.dimension == "years" and not spelled and stop - at == 2 and 15 <= value <= 35:
            return None, amount.end  # 25年 is 2025
        if amount.unit.dimension == "index" and value <= 24 and folded[at - 1 : at] in ("午", "晚", "晨", "日", "早"):
            return None, amount.end
        self._qualify(folded, amount, floor, end)
        if inside and amount.comparator == "=":
            amount.comparator = self.qualifiers.inside[inside]
        return amount, amount.end

    def _prefix(self, folded: str, amount: Amount, floor: int) -> Unit | None:
        """Read sign and currency before the number into ``amount``; the currency's unit, if there is one."""
        window = folded[max(0, floor - 1, amount.start - 24) : amount.start][::-1]
        negative = False
        currency = None
        found = self._currency.match(window)
        if found is not None:
            word, rest = found["word"][::-1], window[found.end() : found.end() + 1]
            if not (word[0].isalpha() and word[0].isascii() and rest.isascii() and rest.isalpha()):
                currency = self.units.before[word]
                sign = found["sign"] or found["outer"]
                closing = folded[amount.end : amount.end + 1] == ")"
                negative = sign == "-" or bool(found["open"] and closing)
                if found["open"] and closing:
                    amount.end += 1
                elif found["open"]:
                    currency, found = None, None
        if currency is not None and found is not None:
            amount.signed = bool(found["sign"] or found["outer"])
            amount.start -= found.end()
            amount.currency_first = True
        elif window[:1] in ("+", "-"):
            ahead = window[1:2]
            joins = floor > 0 and floor == amount.start - 1
            beside = ahead.isdigit() or ahead in ("%", ")", "-") or "\u3400" <= ahead <= "\u9fff" and not self._percent(folded, amount.end)
            own = window[0] == "+" or not (beside or joins)
            if own:
                amount.signed, negative = True, window[0] == "-"
                amount.start -= 1
        if negative:
            amount.number = -amount.number
        return currency

    @staticmethod
    def _percent(folded: str, at: int) -> bool:
        return folded[at : at + 1] in ("%", "个")

    def _suffix(self, folded: str, amount: Amount, currency: Unit | None, end: int) -> str | None:
        """Read scale and unit after the number; the inner qualifier (余, +) or "", None for a measure that is no figure."""
        inside = ""
        for _ in range(3):
            tail = self._tail.match(folded, amount.end, end)
            if tail is None:
                return inside
            scale, word = tail["scale"], tail["unit"]
            unit = self.units.of(word, folded, tail.start("unit"), tail.end("unit")) if word else None
            if scale in SHORT_SCALES and currency is None and unit is None:
                scale = None
            inside = inside or tail["in1"] or tail["in2"] or ""
            if scale is not None:
                factor = self.numerals.scales[scale]
                amount.number *= factor
                amount.scale = factor
                amount.end = tail.end("in2") if tail["in2"] else tail.end("scale")
            elif tail["in1"]:
                amount.end = tail.end("in1")
            if unit is not None:
                amount.unit, amount.end = unit, tail.end("unit")
                if unit.role == "counter":
                    amount.counter = word
                break
            if not (scale and not scale.isascii() and self._carry_on(folded, amount, end)):
                break
        if amount.unit.dimension == "spec" and currency is None:
            return None
        if currency is not None and amount.unit.dimension != "money":
            if amount.unit is not PLAIN and amount.unit.dimension not in ("money", "count"):
                amount.end = tail.end("in2") if tail["in2"] else tail.end("scale") if amount.scale else tail.start("unit")
                amount.end = len(folded[: amount.end].rstrip(" -"))
            amount.unit = currency
        self._rate(folded, amount, end)
        if amount.unit is PLAIN or (amount.spelled and amount.unit is PLAIN):
            noun = self.units.noun_pattern.match(folded, amount.end, end)
            if noun is not None:
                amount.unit, amount.counter = replace(PLAIN, key="noun", dimension="count", unit="count", role="noun"), noun.group().strip(" -")
        return inside

    def _carry_on(self, folded: str, amount: Amount, end: int) -> bool:
        """2万6,205元: a second number right after the scale adds to the first."""
        digits = self._digits.match(folded, amount.end, end)
        value = digits_value(digits.group()) if digits else None
        tail = self._tail.match(folded, digits.end(), end) if digits else None
        if digits is None or tail is None or value is None or amount.scale is None or value >= amount.scale or not (tail["unit"] or tail["scale"]):
            return False
        if tail["scale"]:
            value *= self.numerals.scales[tail["scale"]]
        amount.number += value
        amount.end = tail.end("scale") if tail["scale"] else digits.end()
        amount.scale = None if not tail["scale"] else self.numerals.scales[tail["scale"]]
        return True

    def _rate(self, folded: str, amount: Amount, end: int) -> None:
        """Turn money into a price (元/吨, yuan per tonne) and mass into a yearly rate (吨/年, tons a year)."""
        if amount.unit.dimension not in ("money", "mass"):
            return
        found = self.units.per_pattern.match(folded, amount.end, end)
        if found is None:
            return
        words = found.group()
        word = words.lstrip(" /每一")
        for lead in ("per ", "each ", "an ", "a "):
            word = word.removeprefix(lead).strip() if word not in self.units.per else word
        if word not in self.units.per or (words.strip() == word and word not in ("annually", "yearly")):
            return
        of, per = self.units.per[word]
        if of != amount.unit.dimension:
            return
        base = amount.unit
        unit = "t/yr" if of == "mass" else f"{base.unit}/{per.unit}"
        amount.unit = Unit(base.key, per.dimension, unit, base.factor * per.factor, base.role)
        amount.end = found.end()

    def _qualify(self, folded: str, amount: Amount, floor: int, end: int) -> None:
        """Read the qualifiers on both sides into ``amount``."""
        if amount.unit.dimension == "money":
            per = self._per_before.match(folded[max(floor, amount.start - 8) : amount.start][::-1])
            if per is not None:
                _, unit = self.units.per[per["word"][::-1].removeprefix("每")]
                amount.unit = Unit(amount.unit.key, unit.dimension, f"{amount.unit.unit}/{unit.unit}", amount.unit.factor * unit.factor, amount.unit.role)
        first = self.qualifiers.before(folded, amount.start, floor)
        outer = first
        if first is not None and first.role == "before":
            amount.qualifier, amount.comparator = first, first.comparator
            outer = self.qualifiers.before(folded, first.start, floor)
        if outer is not None and outer.role == "loss" and amount.unit.dimension == "money" and amount.number > 0:
            amount.number = -amount.number
            if amount.qualifier is None:
                amount.qualifier = outer
        elif outer is not None and outer.role == "range":
            amount.lead = "between" if outer.comparator == "range" else "from"
        after = self.qualifiers.after(folded, amount.end, end)
        if after is not None:
            amount.after = after
            if amount.comparator == "=":
                amount.comparator = after.comparator
                amount.qualifier = amount.qualifier or after
