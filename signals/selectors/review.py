"""The review desk's queues: what waits, in which order, and what stands on either side of the open item.

A decision answers with the next card, so this is read once a decision. Queues are walked by narrow rows (key and place); only
the few rows that are shown are read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.models import Entity
from signals.models import Decision, Disclosure, IndicatorCurrent
from signals.models.current import CURRENT
from signals.models.current import CurrentRow as Row
from signals.models.review import REASONS as REASONS

QUEUES: dict[str, Promise] = {
    "new": _("New"),
    "conflicts": _("Conflicts"),
    "re_review": _("Re-review"),
    "low": _("Low confidence"),
    "second_look": _("Second look"),
    "deferred": _("Deferred"),
}
LOW = 0.7
CAP = 1000  # counts stop here: more is "1,000+" to a person, and counting on would cost each decision its speed
BEHIND, AHEAD = 6, 30  # rows of the queue shown on either side of the open one
PER_DOCUMENT = 400  # waiting rows of one document that are put in the order of its text
HEAVY = [f"current_version__{name}" for name in ("sketch", "offsets", "paragraph_hashes", "repairs")]
UNSEEN = ("search", "disclosure__search")  # wide, and no page shows them
LISTED = (
    "key", "disclosure_id", "language", "disclosure__title", "disclosure__canonical_url",
)  # fmt: skip
LISTED_FOR = {
    "indicator": (
        "metric", "product", "measure", "comparator", "value", "value_high", "unit", "converted_value", "converted_unit",
        "period_label", "as_written", "conflict",
    ),
    "signal": ("theme", "stage", "quote"),
}  # fmt: skip
FACT = 300  # statements of one fact that are looked at
COMPETING, BATCH = 12, 50  # of these shown, and offered to be accepted together
POSITION = {"indicator": "indicator__figure_start", "signal": "signal__start"}
NOWHERE = 10**9  # the place of what stands in no text of the machine: last


@dataclass(frozen=True, slots=True)
class Queue:
    name: str
    label: Promise
    count: int
    capped: bool
    oldest: datetime | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: in its document, and in each queue's order."""

    key: str
    disclosure: int
    position: int
    first_seen_at: datetime
    confidence: Decimal
    fact_key: str

    @property
    def in_document(self) -> tuple[int, str]:
        return self.position, self.key


def waiting(kind: str, queue: str) -> QuerySet[Any]:
    """The rows of a queue in its order; each order is that of an index."""
    rows: QuerySet[Any] = CURRENT[kind]._default_manager.all()
    if queue in ("re_review", "second_look", "deferred"):
        return rows.filter(state=queue).order_by("-first_seen_at", "key")
    rows = rows.filter(state="unreviewed", superseded=False)
    if queue == "low":
        return rows.filter(confidence__lt=LOW).order_by("confidence", "key")
    if queue == "conflicts":
        return rows.filter(conflict=True).order_by("fact_key", "key") if kind == "indicator" else rows.none()
    return rows.order_by("-first_seen_at", "-disclosure", "key")


def queues(kind: str, chosen: str) -> list[Queue]:
    """Every queue with how much waits in it, and the open one (and the new ones) with since when."""
    names = [name for name in QUEUES if (kind, name) != ("signal", "conflicts")]
    sql, parameters = _counting(kind)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        *numbers, since = cursor.fetchone()
    counts = dict(zip(names, numbers, strict=True))
    found = []
    for name in names:
        count = counts[name]
        if name == "new":
            oldest = since
        elif name == chosen and 0 < count <= CAP:  # more than that only the index of new ones can sort
            oldest = waiting(kind, name).order_by("first_seen_at").values_list("first_seen_at", flat=True).first()
        else:
            oldest = None
        found.append(Queue(name, QUEUES[name], min(count, CAP), count > CAP, oldest, name == chosen))
    return found


def of_document(name: str, left: int) -> Queue:
    """What is left of a document that somebody reads on their own."""
    return Queue(name, _("This document"), left, False, None, True)


@cache
def _counting(kind: str) -> tuple[str, tuple[Any, ...]]:
    """One statement that counts every queue of a kind up to the cap, and says since when the oldest new one waits."""
    parts: list[str] = []
    parameters: list[Any] = []
    for name in QUEUES:
        if (kind, name) == ("signal", "conflicts"):
            continue
        sql, given = waiting(kind, name).order_by().values("pk")[: CAP + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS {name})")
        parameters += given
    oldest = waiting(kind, "new").order_by("first_seen_at").values("first_seen_at")[:1]
    sql, given = oldest.query.sql_with_params()
    parts.append(f"({sql})")
    parameters += given
    return f"SELECT {', '.join(parts)}", tuple(parameters)


def find(kind: str, key: str) -> Row | None:
    """A row with what its card shows: two statements, since planning one join of eight tables costs more than both."""
    row: Row | None = (
        CURRENT[kind]._default_manager.select_related(kind, "subject").defer("search").filter(pk=key).first()
    )
    if row is not None:
        about = Disclosure.objects.select_related("source", "origin", "current_version").defer("search", *HEAVY)
        row.disclosure = about.get(pk=row.disclosure_id)
        row.source = row.disclosure.source
    return row


def place(kind: str, key: str) -> Place | None:
    """Where an item stands, whether it still waits or not."""
    return next(iter(places(kind, CURRENT[kind]._default_manager.filter(pk=key), 1)), None)


def window(kind: str, queue: str, key: str = "", after: Place | None = None) -> tuple[list[Row], str]:
    """The part of a queue around the item to open, and that item's key.

    The item is ``key``, else what follows ``after`` (which may have left the queue), else the first that waits; an empty
    key when none is left.
    """
    here = after or (place(kind, key) if key else None)
    if here is None:
        key = ""
    if queue == "new":
        order, key = _by_document(kind, here, key)
    else:
        order, key = _by_queue(kind, queue, here, key)
    return whole(kind, order), key


def _by_document(kind: str, here: Place | None, key: str) -> tuple[list[str], str]:
    """A document's waiting items in the order of its text, then those of the documents after it."""
    rows = waiting(kind, "new")
    same = _in_document(kind, here) if here is not None else []
    if not key:
        rest = [one for one in same if here is not None and one.in_document > here.in_document]
        if not rest:
            onward = places(kind, _beyond(rows, "new", here), 1) if here is not None else []
            same = _in_document(kind, next(iter(onward or places(kind, rows, 1)), None))
            rest = [one for one in same if here is None or one.key != here.key]
        if not rest:
            return [], ""
        here, key = rest[0], rest[0].key
    assert here is not None
    at = next((index for index, one in enumerate(same) if one.key == key), 0)
    shown = [one.key for one in same[max(0, at - BEHIND) : at + AHEAD]]
    room = AHEAD + BEHIND - len(shown)
    groups: dict[int, list[Place]] = {}
    for one in places(kind, _beyond(rows, "new", here), room) if at + AHEAD >= len(same) and room > 0 else ():
        groups.setdefault(one.disclosure, []).append(one)
    return shown + [
        one.key for group in groups.values() for one in sorted(group, key=lambda each: each.in_document)
    ], key


def _by_queue(kind: str, queue: str, here: Place | None, key: str) -> tuple[list[str], str]:
    rows = waiting(kind, queue)
    if here is None:
        order = list(rows.values_list("key", flat=True)[: AHEAD + 1])
        return order, order[0] if order else ""
    ahead = list(_beyond(rows, queue, here).values_list("key", flat=True)[:AHEAD])
    behind = (
        [*reversed(_beyond(rows, queue, here, back=True).values_list("key", flat=True)[:BEHIND])]
        if ahead or key
        else []
    )
    if key:
        return [*behind, *rows.filter(pk=key).values_list("key", flat=True), *ahead], key
    if not ahead:  # the last one: begin again
        ahead = [one for one in rows.values_list("key", flat=True)[: AHEAD + 1] if one != here.key]
        behind = []
    return [*behind, *ahead], ahead[0] if ahead else ""


def _in_document(kind: str, here: Place | None) -> list[Place]:
    if here is None:
        return []
    rows = waiting(kind, "new").filter(disclosure=here.disclosure)
    return sorted(places(kind, rows, PER_DOCUMENT), key=lambda one: one.in_document)


def _beyond(rows: QuerySet[Any], queue: str, here: Place, *, back: bool = False) -> QuerySet[Any]:
    """What comes after an item in the queue's order (before it, nearest first, with ``back``)."""
    table = rows.model._meta.db_table
    if queue == "new":
        return rows.extra(
            where=[f"({table}.first_seen_at, {table}.disclosure_id) < (%s, %s)"],
            params=[here.first_seen_at, here.disclosure],
        )
    sign = "<" if back else ">"
    if queue in ("low", "conflicts"):
        field = "confidence" if queue == "low" else "fact_key"
        beyond = rows.extra(
            where=[f"({table}.{field}, {table}.key) {sign} (%s, %s)"], params=[getattr(here, field), here.key]
        )
        return beyond.reverse() if back else beyond
    later, than = ("first_seen_at__gt", "key__lt") if back else ("first_seen_at__lt", "key__gt")
    beyond = rows.filter(Q(**{later: here.first_seen_at}) | Q(first_seen_at=here.first_seen_at, **{than: here.key}))
    return beyond.reverse() if back else beyond


def places(kind: str, rows: QuerySet[Any], most: int) -> list[Place]:
    """Where these rows stand, at most so many."""
    fact = "fact_key" if kind == "indicator" else "theme"
    columns = ("key", "disclosure_id", POSITION[kind], "first_seen_at", "confidence", fact)
    return [
        Place(key, disclosure, NOWHERE if position is None else position, *rest)
        for key, disclosure, position, *rest in rows.values_list(*columns)[:most]
    ]


def whole(kind: str, order: Sequence[str]) -> list[Row]:
    """These rows in this order, with what the queue's list shows."""
    rows = CURRENT[kind]._default_manager.filter(pk__in=order).select_related("disclosure")
    found = {row.key: row for row in rows.only(*LISTED, *LISTED_FOR[kind])}
    return [found[key] for key in order if key in found]


def last_decision(user: Any, since: datetime) -> Decision | None:
    """The user's newest decision that can still be taken back."""
    rows = Decision.objects.filter(reviewer=user, at__gte=since).exclude(verdict="undo")
    return rows.filter(undone_by=None).order_by("-at").first()


def decision(number: str) -> Decision | None:
    """The decision of this number, as it came with a request."""
    return Decision.objects.filter(pk=int(number)).first() if number.isdigit() and len(number) < 19 else None


def judged_by(user: Any, keys: list[str]) -> set[str]:
    """Those of these findings that this person has judged and not taken back."""
    made = Decision.objects.filter(finding_key__in=keys, reviewer=user.pk, verdict__in=("accept", "correct", "reject"))
    return set(made.filter(undone_by=None).values_list("finding_key", flat=True))


def same_fact(row: Row) -> tuple[list[IndicatorCurrent], list[IndicatorCurrent]]:
    """Other statements of a figure's fact, the nearest to their source first; and those that wait and state exactly the same.

    The second list has the row itself among them, and is empty when it stands alone.
    """
    if not isinstance(row, IndicatorCurrent):
        return [], []
    told = IndicatorCurrent.objects.filter(fact_key=row.fact_key, superseded=False).exclude(pk=row.pk)
    columns = ("key", "state", "comparator", "value", "value_high")
    others = list(told.order_by("origin_kind", "published_on", "key").values_list(*columns)[:FACT])
    if not others:
        return [], []
    asked = row.state == "unreviewed" and not row.superseded and row.subject_id and row.period_label
    said = ("unreviewed", row.comparator, row.value, row.value_high)
    same = [key for key, *answer in others if asked and tuple(answer) == said][: BATCH - 1]
    competing = [key for key, *_answer in others[:COMPETING]]
    rows = IndicatorCurrent.objects.select_related("disclosure").defer(*UNSEEN)
    found = {one.key: one for one in rows.filter(pk__in={*competing, *same, *([row.key] if same else [])})}
    alike = [found[key] for key in (*same, row.key) if same and key in found]
    alike.sort(key=lambda one: (one.published_on or date.max, one.key))
    return [found[key] for key in competing if key in found], alike


def subjects() -> list[Entity]:
    """Everybody that a figure can be about, for the form's list."""
    return list(Entity.objects.filter(retired_at=None).order_by("key"))
