"""What stands around a number: sign, currency, scale, unit, rate and qualifiers, read into an ``Amount``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from signals.extraction.numerals import DIGITS, Lexicon, Numerals, compiled, digits_value, either
from signals.extraction.qualifiers import Qualifier, Qualifiers
from signals.extraction.records import Comparator
from signals.extraction.units import PLAIN, SHORT_SCALES, Unit, Units
from signals.extraction.wording import listed_words, pattern_of

_DIGITS = re.compile(DIGITS)
_HOUR_BEFORE = ("午", "晚", "晨", "日", "早")
# 每10股派发现金红利1.2元, read backwards from the number.
_LIST_BEFORE = re.compile(r" ?[、和与及(/\u3400-\u9fff]")
# 每吨上涨1.12万元, read backwards from the number.
# 万元(人民币,下同)/吨: a remark between the sum and what it is asked for; 10万吨重矿物/年: what is made, before the year.
_REMARK = re.compile(r" ?\([\u3400-\u9fff,.、· ]{2,12}\)(?=/)")
_MADE = re.compile(r"[\u3400-\u9fff]{1,8}(?=/年)")
_TEN_SHARES_BEFORE = re.compile(r"[^。;；,，\d]{0,16}股(?:01|十)每")


# Between the ends of a range of which only the first prints its currency: RMB1.60-1.62m/t.
_DASH = re.compile(r" ?- ?| to ")
_RANGING = pattern_of("{ranging} ?$")
_SHORT_FORM = pattern_of(r" ?\({short-form}\)")  # tonnes per annum (tpa)
_FOR_EACH = ("every ", "per ", "each ")  # 10 shares
_DIGIT_NEXT = re.compile(r" ?\d")


@dataclass(slots=True)
class Amount:
    """One number as read; ``number`` is printed × scale and signed, not yet converted to the canonical unit.

    ``start`` and ``end`` hold sign, currency, number and unit; the qualifiers stand outside. ``lead`` is "between" or
    "from" when such a word stands before.
    """

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
    lead: str = ""
    signed: bool = False
    spelled: bool = False


class Surroundings:
    """The patterns around a number, compiled from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.numerals = compiled(Numerals, lexicon)
        self.units = compiled(Units, lexicon)
        self.qualifiers = compiled(Qualifiers, lexicon)
        scales = [word for word in self.numerals.scales if word not in SHORT_SCALES]
        latin = either([word for word in scales if word.isascii()])
        han = either([word for word in scales if not word.isascii()])
        short = "|".join(SHORT_SCALES)
        scale = rf"(?:(?:{latin})(?![a-z])|(?:{han})(?!分|[克米瓦])|(?:{short})(?![a-z0-9²³]|/(?!(?:m?t|tons?|tonnes?|kg)(?![a-z]))))"
        self.inside = either([word for word in self.qualifiers.inside if word != "+"])
        self.tail = re.compile(
            rf"(?P<in1>{self.inside}|\+(?!\d))?+(?:[ \n-]?(?P<scale>{scale}))?(?P<in2>{self.inside}|\+(?!\d))?"
            rf"(?:[ -]?(?P<unit>{self.units.pattern}))?"
        )
        self._last_tail: tuple[str, int, int, re.Match[str] | None] = ("", -1, -1, None)
        self._currency = re.compile(
            rf"(?P<open>\(?)(?P<inner>[+-]?) ?(?P<word>{self.units.before_pattern})(?P<outer>[+-]?)"
        )
        signs = either([word for word in self.units.before if not any(map(str.isalpha, word))])
        self._sign_only = re.compile(rf"(?P<open>\(?)(?P<inner>[+-]?) ?(?P<word>{signs})(?P<outer>[+-]?)")
        labels = either([word[::-1] for word in self.units.labels])
        self._label_before = re.compile(rf" ?(?:{labels}|比[同环])")
        moved = either([word[::-1] for word in (*listed_words("moved"), *listed_words("moved-shortly"))])
        price_word = either([word[::-1] for word in listed_words("price-word-moved")])
        self._per_before = re.compile(
            rf"(?:[了约超近]{{0,2}}+(?:{moved})(?:{price_word})?+)?[ :]?(?P<word>{self.units.per_before})"
        )
        about = either(["=", *listed_words("equals-sum"), *self.qualifiers.words("~")])
        converted = either(listed_words("converted-to"))
        self.pair = re.compile(
            rf" ?(?:\((?:[^\w\s()$¥€£+-] ?)?(?:(?:{about})(?:成?人民币)? ?){{0,2}}|, ?{converted}(?:成?人民币)? ?(?:(?:{about}) ?)?|,? (?:or|about|equivalent to|equal to) (?:(?:{about}) )?|/ ?)(?:us)?"
        )

    def has_unit(self, folded: str, at: int, end: int) -> bool:
        """Whether a scale or a unit (no calendar word) follows at ``at``."""
        tail = self._tail(folded, at, end)
        if tail is None:
            return False
        unit = tail["unit"]
        return tail["scale"] is not None or (unit is not None and unit[0] not in "年月日时")

    def _tail(self, folded: str, at: int, end: int) -> re.Match[str] | None:
        """Scale and unit at ``at``: looked for to see whether there are any, and at once again to read them."""
        last = self._last_tail
        if last[1] != at or last[2] != end or last[0] is not folded:
            last = self._last_tail = (folded, at, end, self.tail.match(folded, at, end))
        return last[3]

    def read(
        self,
        folded: str,
        at: int,
        stop: int,
        value: Decimal,
        floor: int,
        end: int,
        *,
        spelled: bool,
        before: Amount | None = None,
    ) -> tuple[Amount | None, int]:
        """The amount around the number ``folded[at:stop]``, and where to go on; None for measures that are no figure.

        Nothing before ``floor``, the end of ``before``, is taken.
        """
        amount = Amount(at, stop, value, PLAIN, spelled=spelled)
        own = self._before(folded, amount, floor)
        inside = self._after(folded, amount, own or _lent(folded, before, at), end, lent=own is None)
        if inside is None or self._is_calendar(folded, amount, at, stop, value):
            return None, amount.end
        self.qualify(folded, amount, floor, end)
        if inside and amount.comparator == "=":
            amount.comparator = self.qualifiers.inside[inside]
        return amount, amount.end

    @staticmethod
    def _is_calendar(folded: str, amount: Amount, at: int, stop: int, value: Decimal) -> bool:
        """25年 (2025), 下午3点, 每10股, 5G: numbers that only seem to have a unit or none."""
        unit = amount.unit
        if amount.spelled:
            return False
        if unit is PLAIN:
            following = folded[amount.end : amount.end + 1]
            return following.isascii() and following.isalnum()
        if unit.dimension == "years":
            return stop - at == 2 and 15 <= value <= 35
        if unit.dimension == "index":
            return value <= 24 and folded[at - 1 : at] in _HOUR_BEFORE
        return unit.key == "share" and (folded[at - 1 : at] == "每" or folded.endswith(_FOR_EACH, 0, at))

    def _before(self, folded: str, amount: Amount, floor: int) -> Unit | None:
        """Read sign and currency before the number into ``amount``; the currency's unit, if there is one."""
        window = folded[max(0, floor - 1, amount.start - 24) : amount.start][::-1]
        found = self._currency.match(window)
        currency = self._currency_of(found, window) if found is not None else None
        if found is not None and currency is None:  # "minus $7": not "us $"
            found = self._sign_only.match(window)
            currency = self._currency_of(found, window) if found is not None else None
        if found is not None and currency is not None:
            closed = folded[amount.end : amount.end + 1] == ")"
            if found["open"] and not closed:
                return None
            amount.end += bool(found["open"])
            sign = found["inner"] or found["outer"]
            dash = found["outer"] == "-" and 0 < floor == amount.start - found.end()
            if dash:  # ¥950 million-¥1.08 billion: the dash of a range
                sign = found["inner"]
            negative = sign == "-" or bool(found["open"])  # $(35.2) million
            amount.signed = bool(sign)
            amount.start -= found.end() - dash
            amount.currency_first = True
        else:
            width = self._own_sign(folded, amount, floor, window)
            amount.signed = width > 0
            negative = amount.signed and window[width - 1] == "-"
            amount.start -= width
        if negative:
            amount.number = -amount.number
        return currency

    def _currency_of(self, found: re.Match[str], window: str) -> Unit | None:
        word, rest = found["word"][::-1], window[found.end("word") : found.end("word") + 1]
        latin = word[0].isascii() and word[0].isalpha()
        return None if latin and rest.isascii() and rest.isalpha() else self.units.before[word]

    def _own_sign(self, folded: str, amount: Amount, floor: int, window: str) -> int:
        """How many letters before the number are its own sign (2 for "yoy - 6.6%"), 0 for range dashes and hyphens."""
        if window[:1] == "+":
            return 1
        if window[:2] in (" -", " +"):
            percent = self._percent_follows(folded, amount.end)
            return 2 if self._label_before.match(window, 2) or (percent and _LIST_BEFORE.match(window, 2)) else 0
        if window[:1] != "-" or floor == amount.start - 1 > 0:
            return 0
        ahead = window[1:2]
        if "\u3400" <= ahead <= "\u9fff":
            return int(self._percent_follows(folded, amount.end) or self._money_follows(folded, amount.end))
        return int(not (ahead.isdigit() or ahead in ("%", ")", "-")))

    def _money_follows(self, folded: str, at: int) -> bool:
        tail = self.tail.match(folded, at)
        word = tail["unit"] if tail is not None else None
        return word is not None and self.units.meaning[word].dimension == "money"

    @staticmethod
    def _percent_follows(folded: str, at: int) -> bool:
        return folded[at : at + 1] in ("%", "个")

    def _after(self, folded: str, amount: Amount, currency: Unit | None, end: int, *, lent: bool) -> str | None:
        """Read scale and unit after the number; the inner qualifier (余, +) or "", None for a physical measure."""
        inside = ""
        number_end = amount.end
        for _ in range(3):
            tail = self._tail(folded, amount.end, end)
            if tail is None:
                break
            scale, word = tail["scale"], tail["unit"]
            unit = self.units.of(word, folded, tail.start("unit"), tail.end("unit")) if word else None
            if scale in SHORT_SCALES and currency is None and unit is None:
                scale = None
            inside = inside or tail["in1"] or tail["in2"] or ""
            if scale is not None:
                amount.scale = self.numerals.scales[scale]
                amount.number *= amount.scale
                amount.end = number_end = tail.end("in2") if tail["in2"] else tail.end("scale")
            elif tail["in1"]:
                amount.end = number_end = tail.end("in1")
            if (
                unit is not None
                and unit.role == "currency"
                and currency
                and _DIGIT_NEXT.match(folded, tail.end("unit"))
            ):
                break  # RMB 1.5 billion-RMB 1.8 billion: the next figure's currency
            if unit is not None:
                amount.unit, amount.end = unit, tail.end("unit")
                amount.counter = word if unit.role == "counter" else ""
                break
            if scale is None or scale.isascii() or not self._carry_on(folded, amount, end):
                break
            number_end = amount.end
        if currency is not None and amount.unit.dimension != "money" and not (lent and amount.unit is not PLAIN):
            amount.unit, amount.end, amount.counter = currency, number_end, ""
        if amount.unit.dimension == "spec":
            return None
        self._rate(folded, amount, end)
        if amount.unit is not PLAIN:
            short = _SHORT_FORM.match(folded, amount.end, end)
            amount.end = short.end() if short else amount.end
        if amount.unit is PLAIN:
            self._count(folded, amount, end)
        return inside

    def _carry_on(self, folded: str, amount: Amount, end: int) -> bool:
        """2万6,205元: a second number right after the scale adds to the first."""
        digits = _DIGITS.match(folded, amount.end, end)
        if digits is None:
            return False
        value = digits_value(digits.group())
        tail = self.tail.match(folded, digits.end(), end)
        if tail is None or value is None or amount.scale is None or not (tail["unit"] or tail["scale"]):
            return False
        scale = self.numerals.scales[tail["scale"]] if tail["scale"] else None
        if value * (scale or 1) >= amount.scale:
            return False
        amount.number += value * (scale or 1)
        amount.scale = scale
        amount.end = tail.end("scale") if scale else digits.end()
        return True

    def _rate(self, folded: str, amount: Amount, end: int) -> None:
        """Turn money into a price (元/吨, yuan per tonne) and mass into a yearly rate (吨/年, tons a year)."""
        rate = self.units.rate(folded, amount.end, end, amount.unit.dimension)
        between = {"money": _REMARK, "mass": _MADE}.get(amount.unit.dimension) if rate is None else None
        found = between.match(folded, amount.end, end) if between is not None else None
        if found is not None:
            rate = self.units.rate(folded, found.end(), end, amount.unit.dimension)
            if rate is not None and between is _MADE:
                amount.unit = amount.unit.per(rate[0])
                return  # the noun stays outside
        if rate is not None:
            amount.unit, amount.end = amount.unit.per(rate[0]), rate[1]

    def _count(self, folded: str, amount: Amount, end: int) -> None:
        """48 national projects: an English noun within a few words makes the number a count; the noun stays outside."""
        noun = self.units.noun_pattern.match(folded, amount.end, end)
        if noun is not None:
            amount.unit = replace(PLAIN, key="noun", dimension="count", unit="count", role="noun")
            amount.counter = noun.group().strip(" -")

    def qualify(self, folded: str, amount: Amount, floor: int, end: int) -> None:
        """Read the words on both sides of the amount into it."""
        if amount.unit.dimension == "money":
            self._price_before(folded, amount, floor)
        nearest = self.qualifiers.before(folded, amount.start, floor)
        if nearest is not None and nearest.start == floor > 0 and folded[nearest.start] == "~":
            nearest = None  # 30%~40%
        outer = nearest
        if nearest is not None and nearest.role == "before":
            amount.qualifier, amount.comparator = nearest, nearest.comparator
            outer = self.qualifiers.before(folded, nearest.start, floor)
        if (
            outer is not None
            and outer.role == "loss"
            and amount.unit.dimension in ("money", "per_share")
            and amount.number > 0
        ):
            amount.number = -amount.number
            amount.qualifier = amount.qualifier or outer
        elif outer is not None and outer.role == "range":
            ranging = outer.comparator == "range" or _RANGING.search(folded, max(floor, outer.start - 10), outer.start)
            amount.lead = "between" if ranging else "from"
        amount.after = self.qualifiers.after(folded, amount.end, end)
        if amount.after is not None and amount.after.role == "loss_after":
            if amount.unit.dimension == "money":
                amount.number = -abs(amount.number)
            amount.after = None
        if amount.after is not None and amount.comparator == "=":
            amount.comparator = amount.after.comparator
            amount.qualifier = amount.qualifier or amount.after

    def _price_before(self, folded: str, amount: Amount, floor: int) -> None:
        """每吨18,500元 and 每10股派1.2元: what the price is asked for stands before it."""
        window = folded[max(0, amount.start - 24) : amount.start][::-1]
        found = self._per_before.match(window[: amount.start - floor])
        if found is not None:
            per = self.units.per[found["word"][::-1].removeprefix("每")][1]
        elif _TEN_SHARES_BEFORE.match(window):
            per = self.units.per["10股"][1]
        else:
            return
        amount.unit = amount.unit.per(per)


def _lent(folded: str, before: Amount | None, at: int) -> Unit | None:
    """The currency that the lower end of a range prints for both ends."""
    if before is None or not before.currency_first or before.unit.dimension != "money":
        return None
    return before.unit if _DASH.fullmatch(folded, before.end, at) else None
