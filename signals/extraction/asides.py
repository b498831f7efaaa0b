"""Names and shares that stand beside what a sentence is about: a name inside a quoted word, where a place lies, a firm without a key."""

from __future__ import annotations

import re

from signals.extraction.cast import Cast
from signals.extraction.drafts import Draft
from signals.extraction.marks import Marks
from signals.extraction.records import NameMention
from signals.extraction.wording import pattern_of


def quoted(marks: Marks, name: NameMention, cast: Cast) -> bool:
    """这条“中国铁路”: a place inside somebody's word for something else."""
    opened = marks.text[name.span[0] - 1 : name.span[0]] in ("“", "「", "『")
    return (
        opened
        and cast.kind(name.key) == "place"
        and marks.text[name.span[1] : name.span[1] + 1] not in ("”", "」", "』")
    )


_WHERE = pattern_of(
    r"[,(]\s*(?:{seated}\s+)?(?:(?:in|at|near)\s+|(?:(?:the|a city in)\s+)?(?:north|south|east|west|central)\w*\s+China['’]s\s*)[^,()]*$",
    re.IGNORECASE,
)

_HOLDER = pattern_of(
    r"[,;]?\s*(?:(?:and|while|with|whereas)\s+)?(?:the\s+)?([A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*)*)\s+"
    r"(?:(?:will\s+)?{holding-verb}\s+)?(?:(?:the\s+)?(?:remaining|other|rest|balance)\s*)?(?:an?\s+)?"
)


def unnamed_holder(draft: Draft, marks: Marks) -> bool:
    """ "Northern Rare Earth holding 51% and Sanyou the remaining 49%": the second share is of a firm without a key."""
    before = [q for q in marks.quantities if q.span[1] <= draft.quantity.span[0]]
    if not before or before[-1].dimension != "ratio":
        return False
    floor, start = before[-1].span[1], draft.quantity.span[0]
    found = _HOLDER.fullmatch(marks.text, floor, start)
    return found is not None and not any(floor <= name.span[0] < start for name in marks.names)


def aside(marks: Marks, name: NameMention, start: int, cast: Cast) -> bool:
    """ "Baotou, in north China's Inner Mongolia, has raised …": the second place only says where the first one lies."""
    if cast.kind(name.key) != "place":
        return False
    comma = marks.text.find(",", name.span[1], start)
    return comma >= 0 and _WHERE.search(marks.text, marks.span[0], name.span[0]) is not None
