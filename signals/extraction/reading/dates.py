"""When a document was published: from what the page declares, its address, or its own date line; else unknown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import chain, pairwise

from signals.extraction.wording import pattern_of

_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d-])")
_NUMERIC = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
# 21-07-2025, 6/20/2025; which of the two is the month must be plain
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(20\d\d)(?![\d.]\d)(?!\d)")
_CHINESE = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?")
_ZERO, _ONES = "〇○零", "一二三四五六七八九"
_IN_CHARACTERS = re.compile(
    rf"([一二][九{_ZERO}][{_ZERO}{_ONES}]{{2}})年(十[一二]?|[{_ONES}])月(?:([一二三]?十[{_ONES}]?|[{_ONES}])日)?"
)
_DIGIT = dict.fromkeys(_ZERO, 0) | {ch: number for number, ch in enumerate(_ONES, start=1)}
_MONTH_FIRST = re.compile(rf"(?:\b|(?<=icon)){_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:20|19)\d\d)\b", re.I)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+((?:20|19)\d\d)\b", re.I)
_MONTH_ONLY = re.compile(rf"\b{_MONTH}\s+((?:20|19)\d\d)\b", re.I)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:\d{0,6})")
_IN_URL = re.compile(
    r"/((?:20|19)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.\-?]|$|\d{2,})|"
    r"/t((?:20|19)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_"
)
# a line that is only a date, perhaps with a byline, a clock time, a source or "published" before it
_DATE_WORDS = "{date-label}"
_LABELLED = pattern_of(rf"(?:^|[\s|｜【\[(（])({_DATE_WORDS})\s?[:：]?\s?(?=[\d A-Z(])", re.I)
_UPDATED = pattern_of("{updated}", re.I)
_WEEKDAY = "{weekday-printed}"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|\(?GMT[^)\s]*\)?))?"
_NOISE = pattern_of(
    rf"https?://\S+|{{font-size-label}}|{{hour-printed}}|{_DATE_WORDS}|{_WEEKDAY}|{_CLOCK}|[|｜·•,，/:：()（）\[\]【】\-–—\s]|{{views-counted}}|"
    r"\d{1,6}",
    re.I,
)
_BYLINE = pattern_of(r"{byline-label}\s?[:：/]?\s?[^\d:：|｜]{1,40}", re.I)
# "Nov 7, 2025 — MP delivered …", "February 12, 2025. Data in …": a paragraph that opens with its day, set off
_OPENING_DAY = re.compile(
    rf"\s*((?:{_MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{_MONTH},?)\s+(?:20|19)\d\d)\s*(?:[—–|.:-]|--)\s+\S", re.I
)
# 記者某某/綜合報導 2025-08-21; 2025-03-19 包头召开…; 某公司:关于…的公告2021-03-31
_DAY = r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_DATED = pattern_of(
    rf".{{0,40}}{{dispatch}}[^\d。]{{0,16}}({_DAY})|({_DAY})\s+[^\d\s].{{8,110}}"
    rf"|[^。]{{4,90}}{{paper-kind}}\s?({_DAY})"
)
_NAMED = re.compile(
    r"(?:[·|,\s–—-]|\([A-Z]{2,6}:\s?\w{1,8}\)|[A-Z][\w.&'’-]*+|of|the|and|by)*\n[\s|·]*"
    r"|\s*\n(?:[·|,\s–—-]|[A-Z][\w.&'’-]*+|of|the|and|by)*"
)
_YEAR_DIGITS = re.compile(r"(?:19|20)\d\d|[一二][〇○零九].{2}年")
_SIGNATURE = pattern_of(r"{signing-body}\s*$")
_TOLD = re.compile(
    r"[。！？!?]|[\u4e00-\u9fff\d]\s?[,，;；]\s?[\u4e00-\u9fff]"
)  # words of a sentence, no outlet's name
_AT = pattern_of("{led-to-day}$")
_OUTLET = 12  # letters of an outlet's name beside day and hour
_EARLIEST = 1990


def published_on(declared: list[str], lines: list[str], url: str | None) -> str | None:
    """An ISO date (``2025-08-28``), a month (``2025-08``), or None. ``declared`` in the order of trust; then the date
    lines near the headline; then the address, and a line with a name besides. Months count only when nothing names the day."""
    month = None
    for found in chain(
        map(declared_date, declared),
        [labelled_date(lines)],
        map(line_date, lines),
        [url_date(url)],
        map(named_date, lines),
    ):
        if found and len(found) == 10 and (month is None or found.startswith(month)):
            return found
        month = month or found
    return month


def declared_date(value: str) -> str | None:
    """The date of a machine-readable or human string in a page's head."""
    value = value.strip()
    match = _ISO.match(value)
    if match:
        return _made(match.group(1), match.group(2), match.group(3))
    if _COMPACT.fullmatch(value):
        return _made(*_COMPACT.fullmatch(value).groups())  # type: ignore[union-attr]
    if value.isdigit() and len(value) in (10, 13):
        return datetime.fromtimestamp(int(value[:10]), UTC).date().isoformat()
    return date_in(value)


def date_in(text: str) -> str | None:
    """The first full date in a short text, else a month, else None."""
    match = _NUMERIC.search(text)
    if match:
        return _made(match.group(1), match.group(3), match.group(4))
    match = _CHINESE.search(text)
    if match:
        return _made(*match.groups())
    match = _IN_CHARACTERS.search(text)
    if match:
        year, month, day = (_from_characters(group) for group in match.groups())
        return _made(year or "", month or "", day)
    match = _MONTH_FIRST.search(text)
    if match:
        return _made(match.group(3), _MONTHS[match.group(1).lower()], match.group(2))
    match = _DAY_FIRST.search(text)
    if match:
        return _made(match.group(3), _MONTHS[match.group(2).lower()], match.group(1))
    match = _MONTH_ONLY.search(text)
    if match:
        return _made(match.group(2), _MONTHS[match.group(1).lower()], None)
    match = _YEAR_LAST.search(text)
    if match:
        return _year_last(int(match.group(1)), int(match.group(3)), match.group(4), match.group(2))
    match = re.fullmatch(r"\s*(20\d\d)-(\d\d)\s*", text)
    return _made(match.group(1), match.group(2), None) if match else None


def _year_last(first: int, second: int, year: str, sign: str) -> str | None:
    """The day of 21-07-2025 or 6/20/2025; of 7/8/2025, which is July in one country and August in another, none."""
    if first > 12 or first == second or sign == ".":
        return _made(year, second, first)
    return _made(year, first, second) if second > 12 else None


def _from_characters(numeral: str | None) -> str | None:
    """二〇二五 as 2025, 三十一 as 31."""
    if not numeral:
        return None
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return str((_DIGIT[tens] if tens else 1) * 10 + (_DIGIT[ones] if ones else 0))
    return "".join(str(_DIGIT[ch]) for ch in numeral)


def opening_date(lines: list[str]) -> str | None:
    """The day with which an English paragraph opens, set off from its first sentence by a dash or a full stop."""
    opening = next(filter(None, map(_OPENING_DAY.match, lines)), None)
    return date_in(opening.group(1)) if opening else None


def line_date(line: str) -> str | None:
    """The date of a line that holds nothing else but a byline, a source or a clock time; beside an hour also an outlet's name."""
    if len(line) > 120 or not _YEAR_DIGITS.search(line):
        return None
    found = date_in(line)
    if found is None:
        return None
    dated = _DATED.fullmatch(line.strip())
    if dated:
        return date_in(next(filter(None, dated.groups())))
    year = _YEAR_DIGITS.search(line)
    opening = line if year is None else line[: year.start()].rstrip() or line
    for pattern in (_NUMERIC, _CHINESE, _IN_CHARACTERS, _MONTH_FIRST, _DAY_FIRST, _MONTH_ONLY, _YEAR_LAST):
        line = pattern.sub(" ", line)
    rest = _NOISE.sub("", _BYLINE.sub(" ", line))
    beside_hour = re.search(_CLOCK, line) and not _TOLD.search(line) and not _AT.search(opening)
    return found if len(rest) <= (_OUTLET if beside_hour else 6) else None


def named_date(line: str) -> str | None:
    """The day of a short line that else holds only an outlet's or a firm's name: "Daily Metals 21-07-2025"."""
    found = date_in(line) if len(line) <= 72 and _YEAR_DIGITS.search(line) else None
    if found is None or len(found) < 10:
        return None
    for pattern in (_NUMERIC, _MONTH_FIRST, _DAY_FIRST, _YEAR_LAST):
        line = pattern.sub("\n", line, count=1)
    return found if _NAMED.fullmatch(re.sub(_CLOCK, "", line)) else None


def labelled_date(lines: list[str]) -> str | None:
    """The date after 'Published:' or 发布时间 in the first lines; one after 'updated' only when there is no other."""
    updated = None
    for line in lines:
        if len(line) > 160:
            continue
        for match in _LABELLED.finditer(line):
            found = date_in(line[match.end() : match.end() + 40])
            if found and not _UPDATED.search(match.group(1)):
                return found
            updated = updated or found
    return updated


def closing_date(lines: list[str]) -> str | None:
    """The date under a notice: a line of its own after the signature of the body that issues it."""
    for before, line in pairwise(lines):
        if _SIGNATURE.search(before) and len(before) <= 60:
            found = line_date(line)
            if found and len(found) == 10:
                return found
    return None


def url_date(url: str | None) -> str | None:
    """The day in an address such as /2025/10/31/ or /t20251031_: publishers put the day of publication there."""
    match = _IN_URL.search(url) if url else None
    if not match:
        return None
    groups = [group for group in match.groups() if group]
    return _made(*groups)


def _made(year: str | int, month: str | int, day: str | int | None) -> str | None:
    """ISO text of a date that exists and is no fancy."""
    try:
        made = date(int(year), int(month), int(day) if day else 1)
    except ValueError:
        return None
    if not _EARLIEST <= made.year <= 2100:
        return None
    return made.isoformat() if day else f"{made.year:04d}-{made.month:02d}"
