"""Digits that are no figure: dates, ordinals, serial numbers, codes, versions. They are read over as one piece."""

from __future__ import annotations

import re

from signals.extraction.numerals import Lexicon, Numerals, compiled, either
from signals.extraction.period_words import PeriodWords
from signals.extraction.units import Units

_YEAR = r"(?:19|20)\d\d"
_TO = r"\ ?[-~至到]\ ?"
_CALENDAR = rf"""{_YEAR}\ ?(?:{_TO}{_YEAR}\ ?)?年(?!以)度?
            (?:\ ?\d{{1,2}}(?:{_TO}\d{{1,2}})?\ ?月份?(?:\ ?\d{{1,2}}(?:{_TO}\d{{1,2}})?\ ?日)?)?
    |\d\d{_TO}\d\d\ ?年
    |\d{{1,2}}(?:{_TO}\d{{1,2}})?\ ?月(?!度)份?(?:\ ?\d{{1,2}}(?:{_TO}\d{{1,2}})?\ ?日)?
    |\d{{1,2}}(?:、\d{{1,2}}){{1,4}}月
    |\d{{1,2}}{_TO}\d{{1,2}}\ ?日
    |{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|{_YEAR}-(?:0[1-9]|1[0-2])(?![\d%.,])
    |\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}(?!\d)
    |\d{{1,2}}:\d\d(?::\d\d)?(?!\d)
    |\d{{1,3}}\ ?(?:st|nd|rd|th)(?![a-z])
    |\d{{1,6}}\.(?:sh|sz|ss|hk|bj)(?![a-z])
    |0\d{{2,3}}-\d{{7,8}}(?!\d)
    |\d{{1,4}}(?:\.\d{{1,4}}){{2,4}}(?![\d%])
    |[1-4]q(?:\d{{2,4}})?(?![a-z0-9])|[12]h\d{{2,4}}(?![a-z0-9])|9m\d{{2,4}}(?![a-z0-9])
    |(?:20)?\d\d(?:q[1-4]|h[12]|e|a)(?![a-z0-9])
    """
_BARE_YEARS = re.compile(rf"{_YEAR}(?:[-/](?:20)?\d\d)?(?!\d|\.\d|%)")
_DAY = re.compile(rf"(?:\d{{1,2}}(?: ?- ?\d{{1,2}})?(?:,? {_YEAR})?|{_YEAR})(?![.,]?\d|%)")
_LETTERS = re.compile(r"[a-z]{1,12}")
_NUMBER_BEFORE = re.compile(r" ?\d")
_CODE = re.compile(r"\d++(?:[-.]\d++)?")


class NoFigures:
    """Tells at a digit whether something begins that is no figure, and where that ends."""

    def __init__(self, lexicon: Lexicon) -> None:
        units = compiled(Units, lexicon)
        months = list(compiled(PeriodWords, lexicon).months)
        self._calendar = re.compile(
            rf"{_CALENDAR}|\d{{1,2}}(?:\ ?-\ ?\d{{1,2}})?\ (?:{either(months)})(?![a-z])", re.VERBOSE
        )
        self._month_before = re.compile(rf" ?\.?(?:{either([month[::-1] for month in months])})(?![a-z])")
        self._labels = tuple(units.labels)
        self._measures = {*compiled(Numerals, lexicon).scales, *units.meaning}  # 1.35 million-1.36 million
        self._currencies = frozenset(units.before)
        self._serial = re.compile(rf"[ (:]{{0,2}}(?:{either([word[::-1] for word in units.serials])})(?P<edge>[a-z]?)")

    def calendar_end(self, folded: str, at: int, end: int) -> int:
        """Where the date, time, ordinal or version that begins at ``at`` ends; 0 when there is none."""
        found = self._calendar.match(folded, at, end)
        return found.end() if found else 0

    def name_end(self, folded: str, at: int, stop: int, end: int, *, bare: bool) -> int:
        """The same for digits ``folded[at:stop]`` that the words before make a name (第61号, Q3, GB 26451).

        ``bare`` says that no unit follows.
        """
        window = folded[max(0, at - 24) : at][::-1]
        first, second = window[:1], window[1:2]
        if bare and first == "[" and stop - at <= 3 and folded.startswith("]", stop):
            return stop  # a reference: "18 times earnings [5][3]"
        if first.isascii() and first.isalpha():
            word = _LETTERS.match(window).group()[::-1]  # type: ignore[union-attr]
            return (
                0
                if word.endswith(self._labels) or {word, "$" + word} & self._currencies
                else _code_end(folded, at, end)
            )
        if first in "-/" and second.isascii() and second.isalpha():
            word = _LETTERS.match(window, 1).group()[::-1]  # type: ignore[union-attr]
            measured = word in self._measures and _NUMBER_BEFORE.match(window, 1 + len(word))  # 12.3 pct/7.6 pct
            listed = first == "/" and window[2:3].isdigit()  # 42X/28X/23X
            return 0 if measured or listed or (first == "-" and word.endswith(self._labels)) else stop
        if first == "." and second.isdigit():
            return stop
        serial = self._serial.match(window)
        if serial is not None and not (serial["edge"] and serial.group().strip(" (:")[0].isascii()):
            return _code_end(folded, at, end)
        return self._bare_name_end(folded, at, stop, end, window) if bare else 0

    def _bare_name_end(self, folded: str, at: int, stop: int, end: int, window: str) -> int:
        """Years, days of a month and bracketed tickers."""
        years = _BARE_YEARS.match(folded, at, end)
        if years is not None:
            return 0 if window[:1] and window[0] in "$¥€£" else years.end()
        day = _DAY.match(folded, at, end)
        if day is not None and self._month_before.match(window):
            return day.end()
        bracketed = folded[stop : stop + 1] in (")", ".") and window[:1] in ("(", ":")
        return stop if stop - at == 6 and bracketed and folded[at:stop].isdigit() else 0


def _code_end(folded: str, at: int, end: int) -> int:
    found = _CODE.match(folded, at, end)
    return found.end() if found else at + 1
