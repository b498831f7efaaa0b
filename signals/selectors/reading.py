"""Who reads a document from end to end on their own, and whose marks they must not see until both are through."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from signals.models import Disclosure, FullReview
from signals.models.current import CURRENT
from signals.selectors import review
from signals.selectors.review import AHEAD, BEHIND, Place, Row


@dataclass(frozen=True, slots=True)
class Reading:
    """How the readings of a document stand for one person: ``alone`` while they read it without seeing others' marks."""

    through: list[str] = field(default_factory=list)
    at_it: list[str] = field(default_factory=list)
    alone: bool = False
    done: bool = False
    unnamed: datetime | None = None  # marked before the house kept who did it
    user: int | None = None
    unseen: frozenset[int] = frozenset()

    def sees(self, author: int) -> bool:
        """Whether marks of this author are shown: one's own always, until both are through only these."""
        return author == self.user or not (self.alone or author in self.unseen)


def of(user: Any, disclosure: Disclosure) -> Reading:
    """How the readings of a document stand for this person."""
    rows = list(FullReview.objects.filter(disclosure=disclosure).select_related("user"))
    mine = next((row for row in rows if row.user_id == user.pk), None)
    at_it = [row for row in rows if row.at is None]
    through = [row for row in rows if row.at is not None]
    kept = {row.at for row in through}
    return Reading(
        [row.user.get_username() for row in through],
        [row.user.get_username() for row in at_it if row.user_id != user.pk],
        mine is not None and mine.at is None,
        mine is not None and mine.at is not None,
        disclosure.fully_reviewed_at if disclosure.fully_reviewed_at not in kept else None,
        user.pk,
        # who is through must not help the other, and is not helped to think again
        frozenset(row.user_id for row in at_it) if mine is not None else frozenset(),
    )


def alone(user: Any, disclosure: int) -> bool:
    """Whether this person is reading the document without seeing others' marks."""
    return FullReview.objects.filter(disclosure=disclosure, user=user.pk, at=None).exists()


def window(user: Any, kind: str, disclosure: int, key: str, after: Place | None) -> tuple[list[Row], str, int]:
    """The document's findings that this reader has yet to judge, in the order of its text; the one to open; how many wait.

    What others added by hand is not among them: finding it is part of the reading.
    """
    rows = CURRENT[kind]._default_manager.filter(disclosure=disclosure, lost=False, entered_by=None)
    places = sorted(review.places(kind, rows, review.PER_DOCUMENT), key=lambda one: one.in_document)
    judged = review.judged_by(user, [one.key for one in places])
    left = [one for one in places if one.key not in judged]
    here = after or next((one for one in places if one.key == key), None)
    if key not in {one.key for one in places}:
        rest = [one for one in left if here is None or one.in_document > here.in_document] or left
        key = rest[0].key if rest else ""
    order = [one.key for one in places if one in left or one.key == key]
    at = order.index(key) if key else 0
    return review.whole(kind, order[max(0, at - BEHIND) : at + AHEAD]), key, len(left)
