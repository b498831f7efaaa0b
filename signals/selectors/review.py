"""The review desk: what waits, in which order, and what an editor needs to see to judge one finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.models import Entity
from signals.formatting.quotes import Highlight
from signals.models import Decision, DisclosureVersion, IndicatorCurrent, SignalCurrent
from signals.selectors import disclosure as documents

Row = IndicatorCurrent | SignalCurrent
QUEUES: dict[str, Promise] = {
    "new": _("New"),
    "conflicts": _("Conflicts"),
    "re_review": _("Re-review"),
    "low": _("Low confidence"),
    "second_look": _("Second look"),
    "deferred": _("Deferred"),
}
LOW = 0.7
CAP = 5000  # counts stop here: more is "5,000+" to a person, and counting on would cost each decision its speed
BEHIND, AHEAD = 6, 30  # rows of the queue shown on either side of the open one
PER_DOCUMENT = 400  # waiting rows of one document that are put in the order of its text
AROUND = 7000  # characters of the text shown on either side of the quote
HEAVY = [f"disclosure__current_version__{name}" for name in ("sketch", "offsets", "paragraph_hashes", "repairs")]
MODELS: dict[str, Any] = {"indicator": IndicatorCurrent, "signal": SignalCurrent}


@dataclass(frozen=True, slots=True)
class Queue:
    name: str
    label: Promise
    count: int
    capped: bool
    oldest: datetime | None
    chosen: bool


def waiting(kind: str, queue: str) -> QuerySet[Any]:
    """The rows of a queue in its order; each order is that of an index."""
    rows = MODELS[kind].objects.all()
    if queue in ("re_review", "second_look", "deferred"):
        return rows.filter(state=queue).order_by("-first_seen_at", "key")
    rows = rows.filter(state="unreviewed", superseded=False)
    if queue == "low":
        return rows.filter(confidence__lt=LOW).order_by("confidence", "key")
    if queue == "conflicts":
        return rows.filter(conflict=True).order_by("fact_key", "key") if kind == "indicator" else rows.none()
    return rows.order_by("-first_seen_at", "-disclosure", "key")


def queues(kind: str, chosen: str) -> list[Queue]:
    """Every queue with how much waits in it and since when."""
    found = []
    for name, label in QUEUES.items():
        if name == "conflicts" and kind == "signal":
            continue
        rows = waiting(kind, name)
        count = rows.order_by()[: CAP + 1].count()
        asked = name == "new" or (name == chosen and count <= CAP)  # more than that only the index of new ones can sort
        oldest = (
            rows.order_by("first_seen_at").values_list("first_seen_at", flat=True).first() if asked and count else None
        )
        found.append(Queue(name, label, min(count, CAP), count > CAP, oldest, name == chosen))
    return found


def find(kind: str, key: str) -> Row | None:
    """A row with what its card shows."""
    related = ("subject", "disclosure__origin", "disclosure__current_version", "source", kind, "entered_by")
    row: Row | None = (
        MODELS[kind].objects.select_related(*related).defer("disclosure__search", *HEAVY).filter(pk=key).first()
    )
    return row


def window(kind: str, queue: str, key: str = "") -> tuple[list[Row], str]:
    """The part of a queue around ``key`` and the key to open: itself, else the first that waits."""
    rows = waiting(kind, queue).select_related("subject", "disclosure", kind).defer("disclosure__search")
    here = MODELS[kind].objects.filter(pk=key).select_related(kind).first() if key else None
    if here is None:
        first = rows.first()
        if first is None:
            return [], ""
        here, key = first, ""
    if queue == "new":
        shown = _by_document(rows, here)
    else:
        shown = [
            *reversed(list(_beyond(rows, queue, here, back=True)[:BEHIND])),
            *rows.filter(pk=here.pk),
            *_beyond(rows, queue, here)[:AHEAD],
        ]
    return shown, key or (shown[0].key if shown else "")


def following(kind: str, queue: str, row: Row) -> str:
    """The key of the item after ``row``, which may have left the queue; the first one when ``row`` was the last, "" when none is left."""
    rows = waiting(kind, queue).select_related(kind)
    if queue == "new":
        rest = [one for one in _sorted(rows.filter(disclosure=row.disclosure_id)) if _position(one) > _position(row)]
        if rest:
            return str(rest[0].key)
    after = _beyond(rows, queue, row).first()
    if after is not None and queue == "new":
        after = _sorted(rows.filter(disclosure=after.disclosure_id))[0]
    found = after or _first(rows, queue)
    return str(found.key) if found is not None and found.key != row.key else ""


def _first(rows: QuerySet[Any], queue: str) -> Row | None:
    first: Row | None = rows.first()
    return _sorted(rows.filter(disclosure=first.disclosure_id))[0] if first is not None and queue == "new" else first


def _by_document(rows: QuerySet[Any], here: Row) -> list[Row]:
    """The document's waiting rows in the order of its text, then those of the documents after it."""
    same = _sorted(rows.filter(disclosure=here.disclosure_id))
    at = next((i for i, row in enumerate(same) if row.pk == here.pk), 0)
    same = same[max(0, at - BEHIND) : at + AHEAD]
    groups: dict[int, list[Row]] = {}
    for row in _beyond(rows, "new", here)[: AHEAD - len(same) + BEHIND] if len(same) < AHEAD else ():
        groups.setdefault(row.disclosure_id, []).append(row)
    return same + [row for group in groups.values() for row in sorted(group, key=_position)]


def _beyond(rows: QuerySet[Any], queue: str, row: Row, *, back: bool = False) -> QuerySet[Any]:
    """What comes after ``row`` in the queue's order (before it, nearest first, with ``back``)."""
    if queue == "new":
        table = rows.model._meta.db_table
        return rows.extra(
            where=[f"({table}.first_seen_at, {table}.disclosure_id) < (%s, %s)"],
            params=[row.first_seen_at, row.disclosure_id],
        )
    sign = "<" if back else ">"
    if queue in ("low", "conflicts"):
        field = "confidence" if queue == "low" else "fact_key"
        table = rows.model._meta.db_table
        beyond = rows.extra(
            where=[f"({table}.{field}, {table}.key) {sign} (%s, %s)"], params=[getattr(row, field), row.key]
        )
        return beyond.reverse() if back else beyond
    later, than = ("first_seen_at__gt", "key__lt") if back else ("first_seen_at__lt", "key__gt")
    beyond = rows.filter(Q(**{later: row.first_seen_at}) | Q(first_seen_at=row.first_seen_at, **{than: row.key}))
    return beyond.reverse() if back else beyond


def _sorted(rows: QuerySet[Any]) -> list[Row]:
    return sorted(rows[:PER_DOCUMENT], key=_position)


def _position(row: Row) -> tuple[int, str]:
    finding: Any = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    if finding is None:
        return 10**9, row.key
    return getattr(finding, "figure_start", finding.start), row.key


@dataclass(frozen=True, slots=True)
class Paper:
    """The text around a finding, cut at every mark; ``cut`` when there is more of it than is shown."""

    blocks: list[documents.Block]
    cut: bool
    found: bool


def paper(row: Row) -> Paper:
    """The document with the quote and its figure marked; what else was found in it is marked quietly."""
    version = row.disclosure.current_version
    if version is None:
        return Paper([], False, False)
    marks = _other_marks(version, row.key)
    finding: Any = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    at = 0
    here = not row.lost and finding is not None
    if here:
        at = finding.start
        marks.append(Highlight(finding.start, finding.end, "quote", "quote"))
        if isinstance(row, IndicatorCurrent):
            marks.append(Highlight(finding.figure_start, finding.figure_end, "here"))
    spans = version.blocks or [["paragraph", 0, len(version.text), "body"]]
    near = [span for span in spans if span[2] > at - AROUND and span[1] < at + AROUND]
    return Paper(documents.blocks(version, marks, near), len(near) < len(spans), here)


def _other_marks(version: DisclosureVersion, key: str) -> list[Highlight]:
    extraction = version.extractions.order_by("-id").first()
    if extraction is None:
        return []
    figures = extraction.indicator_set.exclude(key=key).values_list("figure_start", "figure_end")
    return [Highlight(start, end, "other") for start, end in figures]


def last_decision(user: Any, since: datetime) -> Decision | None:
    """The user's newest decision that can still be taken back."""
    rows = Decision.objects.filter(reviewer=user, at__gte=since).exclude(verdict="undo").select_related(None)
    newest = rows.filter(undone_by=None).order_by("-at").first()
    return newest


def alike(row: Row) -> list[IndicatorCurrent]:
    """Waiting figures that state exactly the same for the same fact, ``row`` among them; empty when it stands alone."""
    if not isinstance(row, IndicatorCurrent) or row.state != "unreviewed" or not row.subject_id or not row.period_label:
        return []
    same = IndicatorCurrent.objects.filter(
        fact_key=row.fact_key, comparator=row.comparator, value=row.value, value_high=row.value_high,
        state="unreviewed", superseded=False,
    )  # fmt: skip
    found = list(same.select_related("disclosure").defer("disclosure__search").order_by("published_on", "key")[:50])
    return found if len(found) > 1 else []


def subjects() -> list[Entity]:
    """Everybody that a figure can be about, for the form's list."""
    return list(Entity.objects.filter(retired_at=None).order_by("key"))
