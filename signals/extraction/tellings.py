"""Mentions of time that date no figure: deadlines, and the days on which somebody says something."""

from __future__ import annotations

import re

from signals.extraction.marks import Marks, remembered
from signals.extraction.records import PeriodMention

_DEADLINE = re.compile(
    r"(?:\bby|\bsince|\bback to|\buntil|\bbefore|\bbetween|\bapproved in|\bstarted in|\bfounded in|\bopened in|\bestablished in)(?:\s+(?:the\s+)?(?:end\s+of|early|late|mid))?\s*$",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:commissioned|founded|established|incorporated|opened|launched|listed|built|completed|approved|flagged|foreshadowed|signalled|warned|predicted|promised) (?:\w+ )?in (?:(?:early|late|mid|the|[A-Z][a-z]+) )*$",
    re.IGNORECASE,
)
_UP_TO_DAY = re.compile(r"(?:截至|截止|到|至|於|于)\s*$")
_TELLING = re.compile(
    r"(?:晚间?|早间|盘后|午间|下午|上午|凌晨)?[^。;；\d]{0,16}?(?:公告|披露|发布|公布|发布会|召开|消息|透露|讯|电|表示|回复)"
)
_SPOKEN_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday", re.IGNORECASE)
_SAID = r"said|says|announced|reported|showed|shows|disclosed|released|published|revealed|issued|filed|unveiled"
_SAID_AFTER = re.compile(
    rf",?\s(?:[\w'’]+\s){{0,4}}?(?:{_SAID})\b|\s(?:press )?(?:release|notice|filing|announcement|statement|bulletin)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAID}|statement|filing|announcement|report|press release|data)(?:\s[\w'’]+){{0,4}}?\s(?:(?:on|of|dated|from|late|early)\s)*$",
    re.IGNORECASE,
)


_SAID_IN = re.compile(
    r"\b(?:said|says|announced|warned|signalled|flagged|disclosed)\s(?:(?:in|back|early|late|earlier|last)\s)+$",
    re.IGNORECASE,
)


@remembered
def is_deadline(marks: Marks, mention: PeriodMention) -> bool:
    """Whether something is to be done by then, or began then: "by 2027", "founded in 2011"."""
    return bool(_DEADLINE.search(marks.text[max(marks.span[0], mention.span[0] - 30) : mention.span[0]]))


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
    return told is not None and not re.search(r"\b(?:as of|as at|by|until|through|ended|to)\s$", before)


@remembered
def is_day_of_notice(marks: Marks, mention: PeriodMention) -> bool:
    """Whether the mention is the day on which something is told: 10月29日晚,公司披露…; what is told is not of that day."""
    if mention.period.start != mention.period.end or not marks.text.endswith("日", 0, mention.span[1]):
        if marks.text[slice(*mention.span)] not in ("今天", "昨天"):
            return False
    return not _UP_TO_DAY.search(marks.text, max(marks.span[0], mention.span[0] - 4), mention.span[0]) and bool(
        _TELLING.match(marks.text, mention.span[1], marks.span[1])
    )
