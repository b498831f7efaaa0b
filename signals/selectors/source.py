"""What the source pages read: every source with its state, and one source's log, fetches and kept answers."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from signals.models import (
    Capture,
    Disclosure,
    Fetch,
    FetchRun,
    IndicatorCurrent,
    SignalCurrent,
    Source,
    SourceEvent,
    SourcePreview,
)

DAYS = 30
# Worst first: what needs somebody's hand is on top.
ORDER = ["failing", "blocked", "shape_changed", "no_match", "empty", "late", "due", "new", "healthy", "paused"]
GROUPS: dict[str, tuple[str, ...]] = {
    "failing": ("failing", "blocked"),
    "odd": ("shape_changed", "no_match", "empty"),
    "late": ("late", "due"),
    "healthy": ("healthy", "new"),
    "paused": ("paused",),
}
LOG = 80
MISSED_IN_A_ROW = 4  # times as many runs are looked at, since those missed in a row make one line
FETCHES = 60
TURNS = 3  # days


@dataclass(slots=True)
class Row:
    """A source with the number of new disclosures on each of the last thirty days."""

    source: Source
    counts: list[int]


def overview(group: str = "") -> list[Row]:
    """The sources of a group (or all), samples left out, failing first."""
    found = Source.objects.exclude(kind="sample")
    if group in GROUPS:
        found = found.filter(state__in=GROUPS[group])
    counts = new_by_day()
    rows = [Row(one, counts.get(one.pk, [])) for one in found]
    return sorted(rows, key=lambda row: (ORDER.index(row.source.state), row.source.name.casefold()))


def samples() -> list[dict[str, Any]]:
    """The sources of the sample newsroom, with how many disclosures each has."""
    rows = Source.objects.filter(kind="sample").annotate(total=Count("disclosures")).order_by("name")
    return [{"source": one, "total": one.total} for one in rows]


def group_counts() -> dict[str, int]:
    """How many sources each group holds."""
    by_state = dict(
        Source.objects.exclude(kind="sample").values_list("state").annotate(n=Count("pk")).order_by("state")
    )
    return {group: sum(by_state.get(state, 0) for state in states) for group, states in GROUPS.items()}


def attention() -> int:
    """How many sources need somebody's hand: the number beside "Sources" in the navigation."""
    return Source.objects.filter(state__in=[*GROUPS["failing"], *GROUPS["odd"], "late"]).exclude(kind="sample").count()


_told: list[tuple[float, int]] = []
BELIEVED = 30.0  # seconds


def attention_lately() -> int:
    """``attention`` as this process last counted it, so that a page with the navigation need not ask."""
    now = time.monotonic()
    if not _told or now - _told[-1][0] > BELIEVED:
        _told[:] = [(now, attention())]
    return _told[-1][1]


def turns(now: datetime | None = None) -> list[SourceEvent]:
    """What an administrator must not miss: sources that backed off or recovered in the last days, the newest of each."""
    since = (now or timezone.now()) - timedelta(days=TURNS)
    found = SourceEvent.objects.filter(kind__in=["backed_off", "recovered"], at__gte=since).select_related("source")
    newest = {event.source_id: event for event in found.order_by("id")}
    return sorted(newest.values(), key=lambda event: event.pk, reverse=True)[:12]


def new_by_day(source: Source | None = None, now: datetime | None = None) -> dict[int, list[int]]:
    """New disclosures of each source by day, oldest day first, for the last thirty days."""
    today = timezone.localdate(now)
    first = today - timedelta(days=DAYS - 1)
    found = Disclosure.objects.filter(first_seen_at__date__gte=first)
    if source is not None:
        found = found.filter(source=source)
    days: dict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    for pk, day, n in (
        found.annotate(day=TruncDate("first_seen_at")).values_list("source_id", "day").annotate(n=Count("pk"))
    ):
        if first <= day <= today:
            days[pk][(day - first).days] = n
    return dict(days)


@dataclass(slots=True)
class Line:
    """A line of a source's log: an event, a run with its numbers, or a run that should have been."""

    at: datetime
    kind: str  # event, run, missed
    event: SourceEvent | None = None
    run: FetchRun | None = None
    responses: list[dict[str, Any]] = field(default_factory=list)
    count: int = 1  # runs in a row that should have been, from ``since`` on
    since: datetime | None = None
    edited: int = 0  # known pages of the run that had changed

    @property
    def has_answers(self) -> bool:
        return any(one.get("capture") for one in self.responses)


def log(source: Source, limit: int = LOG) -> list[Line]:
    """Events, runs and missing runs of a source in one list, newest first; what was missed in a row is one line."""
    lines = [Line(one.at, "event", event=one) for one in source.events.select_related("by")[:limit]]
    for run in source.runs.order_by("-scheduled_for")[: limit * MISSED_IN_A_ROW]:
        kind = "missed" if run.outcome == "missed" else "run"
        lines.append(Line(run.started_at or run.scheduled_for, kind, run=run, responses=list(run.requests)))
    lines.sort(key=lambda line: line.at, reverse=True)
    return _with_edits(_folded(lines)[:limit])


def _with_edits(lines: list[Line]) -> list[Line]:
    """Each run with the number of its pages that were known and had changed."""
    runs = [line.run.pk for line in lines if line.run]
    found = Fetch.objects.filter(run__in=runs, state="done", hints__has_key="recheck").order_by()
    edited = dict(found.values_list("run").annotate(n=Count("pk")))
    for line in lines:
        line.edited = edited.get(line.run.pk, 0) if line.run else 0
    return lines


def _folded(lines: list[Line]) -> list[Line]:
    """Lines of which each run of missing runs, told for one reason, is its newest with their number."""
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        missed = last is not None and last.kind == line.kind == "missed"
        if last is not None and missed and last.run and line.run and last.run.error == line.run.error:
            last.count, last.since = last.count + 1, line.run.scheduled_for
        else:
            kept.append(line)
    return kept


def fetches(source: Source, state: str = "", limit: int = FETCHES) -> list[Fetch]:
    """The newest fetches of a source, with the disclosure that came of each."""
    found = source.fetches.select_related("version__disclosure", "capture")
    return list((found.filter(state=state) if state else found).order_by("-id")[:limit])


def fetch_counts(source: Source) -> dict[str, int]:
    """How many fetches of a source stand in each state."""
    return dict(source.fetches.values_list("state").annotate(n=Count("pk")).order_by("state"))


def scorecard(source: Source, now: datetime | None = None) -> list[dict[str, Any]]:
    """What a source brought in 7, 30 and 90 days: volume, copies, and how much of it people confirmed or rejected.

    A share is None where nothing was measured; it is never told as zero.
    """
    now = now or timezone.now()
    table = []
    for days in (7, 30, 90):
        since = now - timedelta(days=days)
        seen = Disclosure.objects.filter(source=source, first_seen_at__gte=since, current_version__isnull=False)
        total, copies = seen.count(), seen.filter(duplicate_of__isnull=False).count()
        rows = source_rows(source, since)
        judged = sum(rows.get(state, 0) for state in ("confirmed", "corrected", "rejected"))
        table.append(
            {
                "days": days,
                "disclosures": total,
                "copies": copies,
                "figures": sum(rows.values()),
                "judged": judged,
                "held": (rows.get("confirmed", 0) + rows.get("corrected", 0)) if judged else None,
            }
        )
    return table


def source_rows(source: Source, since: datetime) -> Mapping[str, int]:
    """Figures of a source since a moment, by review state."""
    found = IndicatorCurrent.objects.filter(source=source, first_seen_at__gte=since)
    return dict(found.values_list("state").annotate(n=Count("pk")).order_by("state"))


def capture(source: Source, pk: int) -> Capture | None:
    """A kept answer of this source: of a fetch, or of a list page of one of its runs."""
    if (
        source.fetches.filter(capture_id=pk).exists()
        or source.runs.filter(requests__contains=[{"capture": pk}]).exists()
    ):
        return Capture.objects.select_related("snapshot").filter(pk=pk).first()
    return None


def list_answers(source: Source, run_pk: int) -> tuple[FetchRun, list[Capture]] | None:
    """A run with the kept answers of its list pages, in the order in which they came."""
    run = source.runs.filter(pk=run_pk).first()
    if run is None:
        return None
    ids = [line["capture"] for line in run.requests if line.get("capture")]
    found = Capture.objects.in_bulk(ids)
    return run, [found[pk] for pk in ids if pk in found]


@dataclass(slots=True)
class BroughtRow:
    """A document that somebody added by hand, with what was found in it."""

    fetch: Fetch
    disclosure: Disclosure | None
    figures: int = 0
    signals: int = 0


def brought(ids: Sequence[int]) -> list[BroughtRow]:
    """What became of documents that were added by hand, in the order in which they came."""
    found = Fetch.objects.filter(pk__in=ids, source__kind="manual").select_related("source", "version__disclosure")
    rows = [BroughtRow(one, one.version.disclosure if one.version else None) for one in found.order_by("pk")[:50]]
    known = [row.disclosure.pk for row in rows if row.disclosure]
    figures = _by_disclosure(IndicatorCurrent.objects.filter(disclosure__in=known, lost=False))
    signals = _by_disclosure(SignalCurrent.objects.filter(disclosure__in=known, lost=False))
    for row in rows:
        if row.disclosure:
            row.figures, row.signals = figures.get(row.disclosure.pk, 0), signals.get(row.disclosure.pk, 0)
    return rows


def _by_disclosure(found: QuerySet[Any]) -> dict[int, int]:
    return dict(found.order_by().values_list("disclosure").annotate(n=Count("pk")))


def preview(pk: int) -> SourcePreview | None:
    return SourcePreview.objects.select_related("source").filter(pk=pk).first()
