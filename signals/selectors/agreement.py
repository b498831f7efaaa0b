"""Two people who went through the same document: what both have, what one of them has, and where they read differently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from signals.models import Decision, Disclosure, FullReview, IndicatorCurrent
from signals.models.indicator import READ

JUDGED = ("accept", "correct", "reject")


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's last word on a figure; ``values`` as they would have it."""

    kept: bool
    reason: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with both answers; ``differing`` are (field, one's value, the other's)."""

    row: IndicatorCurrent
    one: Answer | None
    other: Answer | None
    differing: list[tuple[str, str, str]]

    @property
    def answers(self) -> tuple[Answer | None, Answer | None]:
        return self.one, self.other

    @property
    def group(self) -> str:
        if self.one is None or self.other is None:
            return "only_other" if self.one is None else "only_one"
        if self.one.kept != self.other.kept or self.differing:
            return "different"
        return "agreed"


def reviewers(disclosure: Disclosure) -> list[FullReview]:
    """Who went through the whole document, the first first."""
    return list(FullReview.objects.filter(disclosure=disclosure).exclude(at=None).select_related("user"))


def compared(disclosure: Disclosure, one: int, other: int) -> dict[str, list[Line]]:
    """The figures that either of two people judged, by what their answers have in common, in the order of the text."""
    rows = IndicatorCurrent.objects.filter(disclosure=disclosure).select_related("indicator", "subject").defer("search")
    ordered = sorted(rows, key=lambda row: (row.indicator.figure_start if row.indicator else 10**9, row.key))
    answers = _answers([row.key for row in ordered], {one, other})
    groups: dict[str, list[Line]] = {"different": [], "only_one": [], "only_other": [], "agreed": []}
    for row in ordered:
        mine, theirs = answers[row.key].get(one), answers[row.key].get(other)
        if mine is not None or theirs is not None:
            line = Line(row, mine, theirs, _differing(mine, theirs))
            groups[line.group].append(line)
    return groups


def _answers(keys: list[str], users: set[int]) -> dict[str, dict[int, Answer]]:
    found: dict[str, dict[int, Answer]] = defaultdict(dict)
    made = Decision.objects.filter(finding_key__in=keys, reviewer__in=users, verdict__in=JUDGED, undone_by=None)
    for one in made.order_by("id"):
        values = {**one.seen, **one.corrected}
        found[one.finding_key][one.reviewer_id] = Answer(one.verdict != "reject", one.reason, values)
    return found


def _differing(one: Answer | None, other: Answer | None) -> list[tuple[str, str, str]]:
    if one is None or other is None or not (one.kept and other.kept):
        return []
    both = [(name, str(one.values.get(name) or ""), str(other.values.get(name) or "")) for name in READ]
    return [(name, mine, theirs) for name, mine, theirs in both if mine != theirs]
