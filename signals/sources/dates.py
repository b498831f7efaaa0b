"""Dates as list pages write them, as a day in the source's time zone. Unknown stays None: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_CHINESE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME},?\s+((?:19|20)\d\d)\b", re.I)
_MONTH_FIRST = re.compile(rf"\b{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I)
_EPOCHS = {"epoch_ms": 1000, "epoch_s": 1}
_EARLIEST, _LATEST = 1990, 2100


def day_of(text: object, zone: str, formats: Sequence[str] = ()) -> str | None:
    """The ISO day that ``text`` (a string or a number) names, or None.

    A moment with a zone is turned into the source's own day; one without is taken as local. ``formats`` are strptime
    patterns, ``epoch_ms`` or ``epoch_s``, tried before the usual ways of writing.
    """
    written = str(text).strip() if text is not None else ""
    if not written:
        return None
    for pattern in formats:
        found = _by_format(written, pattern, zone)
        if found:
            return found
    return _iso(written, zone) or _mail(written, zone) or _words(written)


def moment_day(moment: datetime, zone: str) -> str | None:
    """The local day of a moment; a moment without zone is local already."""
    try:
        local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    except (OverflowError, ValueError):
        return None
    return local.date().isoformat() if _EARLIEST <= local.year <= _LATEST else None


def _by_format(text: str, pattern: str, zone: str) -> str | None:
    try:
        if pattern in _EPOCHS:
            return moment_day(datetime.fromtimestamp(float(text) / _EPOCHS[pattern], UTC), zone)
        return moment_day(datetime.strptime(text, pattern), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str, zone: str) -> str | None:
    try:
        return moment_day(datetime.fromisoformat(text), zone) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _mail(text: str, zone: str) -> str | None:
    if not re.search(r"\d{1,2}:\d\d", text):
        return None
    try:
        return moment_day(parsedate_to_datetime(text), zone)
    except (ValueError, TypeError, IndexError):
        return None


def _words(text: str) -> str | None:
    if match := _CHINESE.search(text):
        return _day(match[1], match[2], match[3])
    if match := _NUMERIC.search(text):
        return _day(match[1], match[3], match[4])
    if match := _DAY_FIRST.search(text):
        return _day(match[3], str(_MONTHS.index(match[2].lower()) + 1), match[1])
    if match := _MONTH_FIRST.search(text):
        return _day(match[3], str(_MONTHS.index(match[1].lower()) + 1), match[2])
    if match := _PACKED.search(text):
        return _day(match[1], match[2], match[3])
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
