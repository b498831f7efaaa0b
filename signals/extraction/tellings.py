"""Mentions of time that date no figure: deadlines, and the days on which somebody says something."""

from __future__ import annotations

import re

from signals.extraction.marks import Marks, remembered
from signals.extraction.records import PeriodMention
from signals.extraction.wording import listed_words, pattern_of

_DEADLINE = pattern_of(r"{due-by}(?:\s+(?:the\s+)?(?:end\s+of|early|late|mid))?\s*$", re.IGNORECASE)
_BEGUN = pattern_of(r"{begun-then} (?:\w+ )?in (?:(?:early|late|mid|the|[A-Z][a-z]+) )*$", re.IGNORECASE)
_UP_TO_DAY = pattern_of(r"{up-to-day.zh}\s*$")
_AS_OF = pattern_of(r"{up-to-day.en}\s$")
_TELLING = pattern_of(r"{time-of-day}?[^。;；\d]{0,16}?{made-known.zh}")
_SPOKEN_DAY = pattern_of("{day-of-telling.en}", re.IGNORECASE)
_SAID_AFTER = pattern_of(r",?\s(?:[\w'’]+\s){0,4}?{made-known.en}|\s{notice-noun}", re.IGNORECASE)
_SAID_BEFORE = pattern_of(
    r"(?:{made-known.en}|{written-notice})(?:\s[\w'’]+){0,4}?\s(?:(?:on|of|dated|from|late|early)\s)*$", re.IGNORECASE
)


_SAID_IN = pattern_of(r"{said-earlier}\s(?:(?:in|back|early|late|earlier|last)\s)+$", re.IGNORECASE)


@remembered
def is_deadline(marks: Marks, mention: PeriodMention) -> bool:
    """Whether something is to be done by then, or began then: "by 2027", "founded in 2011"."""
    return bool(_DEADLINE.search(marks.text[max(marks.span[0], mention.span[0] - 30) : mention.span[0]]))


_OPENS_BY = pattern_of("{opens-by}")


@remembered
def opens_by(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the sentence opens with the deadline, which then dates what it tells: "By 2027, revenue will exceed …"."""
    return _OPENS_BY.fullmatch(marks.text, marks.span[0], mention.span[0]) is not None


@remembered
def is_beginning(marks: Marks, mention: PeriodMention) -> bool:
    """Whether something else began then: "its plant, commissioned in 2019, ran at 85 percent"."""
    return bool(_BEGUN.search(marks.text[max(marks.span[0], mention.span[0] - 40) : mention.span[0]]))


@remembered
def is_day_of_saying(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is the day on which somebody says it: "customs data showed on Saturday", "said on March 3"."""
    if mention.period.start != mention.period.end:
        return _SAID_IN.search(marks.text, max(marks.span[0], mention.span[0] - 40), mention.span[0]) is not None
    if _SPOKEN_DAY.fullmatch(marks.text, *mention.span):
        return True
    before = marks.text[max(marks.span[0], mention.span[0] - 60) : mention.span[0]]
    told = _SAID_BEFORE.search(before) or _SAID_AFTER.match(marks.text, mention.span[1], marks.span[1])
    return told is not None and not _AS_OF.search(before)


@remembered
def is_day_of_notice(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is the day on which something is told: 10月29日晚,公司披露…; what is told is not of that day."""
    if mention.period.start != mention.period.end or not marks.text.endswith("日", 0, mention.span[1]):
        if marks.text[slice(*mention.span)] not in listed_words("day-of-telling"):
            return False
    return not _UP_TO_DAY.search(marks.text, max(marks.span[0], mention.span[0] - 4), mention.span[0]) and bool(
        _TELLING.match(marks.text, mention.span[1], marks.span[1])
    )
