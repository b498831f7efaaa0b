"""Runs of sources: which are due, and one run from list page to queued fetches, resumable at every request."""

import os
import platform
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from signals import sources
from signals.formatting.reasons import reason
from signals.models import FetchRun, Source
from signals.services import fetch, health, hosts, listing, pipeline, snapshot
from signals.sources.schedule import missed
from signals.sources.spec import ASKED

AT_ONCE = 8  # sources started by one look: after downtime the rest follow minute by minute
CLAIM = timedelta(minutes=10)
GIVEN_UP = timedelta(hours=6)
SHORT_WAIT = 2.0  # seconds a worker may wait for a host; for more the run lays itself aside
MOST_REQUESTS = 60
WORST = ("failed", "blocked", "shape_changed", "no_match")


@dataclass(slots=True)
class Step:
    """What follows from a step of a run: fetches to obtain, and when to go on (None when the run is over)."""

    fetches: list[int] = field(default_factory=list)
    later: datetime | None = None


def due(now: datetime | None = None) -> list[tuple[int, str]]:
    """Sources whose time has come, each with its schedule slot; claims them by moving ``next_run_at`` on.

    After downtime a source runs once, not once for every missed slot; the missed ones are written into its log.
    """
    now = now or timezone.now()
    if not settings.FETCH_ENABLED:
        return []
    found = []
    waiting = Source.objects.filter(enabled=True, kind__in=ASKED)
    for source in waiting.filter(Q(next_run_at=None) | Q(next_run_at__lte=now)).order_by("next_run_at", "pk")[:AT_ONCE]:
        slot = source.next_run_at or now
        moved = Source.objects.filter(pk=source.pk, next_run_at=source.next_run_at).update(
            next_run_at=health.next_run(source, now)
        )
        if moved == 1:
            _note_missed(source, slot, now)
            found.append((source.pk, slot.isoformat()))
    return found


def _note_missed(source: Source, slot: datetime, now: datetime) -> None:
    slots = missed(slot, now, minutes=source.cadence_minutes, cron=source.cron, zone=source.time_zone)
    if not slots:
        return
    rows = [
        FetchRun(
            source=source,
            scheduled_for=one,
            finished_at=now,
            outcome="missed",
            error="Nothing was running at that time.",
        )
        for one in slots
    ]
    FetchRun.objects.bulk_create(rows, ignore_conflicts=True)
    health.tell(source, "missed", reason("missed", n=len(slots), since=f"{slot:%Y-%m-%d %H:%M}"))


def run(source_id: int, slot: str) -> Step:
    """Go on with the run of a slot until it is over or a host must be waited for. Running it twice changes nothing."""
    row = _take(source_id, datetime.fromisoformat(slot))
    if row is None:
        return Step()
    try:
        spec = listing.spec_of(row.source)
    except sources.SpecError as error:
        _finish(row, "failed", f"The definition cannot be used: {error}")
        return Step()
    if row.started_at is None:
        today = timezone.now().astimezone(ZoneInfo(spec.time_zone)).date()
        row.todo = [one.as_json() for one in sources.first_requests(spec, today)]
        row.started_at = timezone.now()
        row.save(update_fields=["todo", "started_at"])
    step = Step()
    while row.todo and len(row.requests) < MOST_REQUESTS:
        request = sources.Request(**row.todo[0])
        try:
            when = row.slot_at or hosts.reserve(request.url, spec.pause)
        except ValueError as error:  # an address that cannot even be taken apart
            _finish(row, "failed", f"{request.url!r} is no address: {error}")
            return step
        if not hosts.wait_for(when, SHORT_WAIT):
            FetchRun.objects.filter(pk=row.pk).update(slot_at=when, claimed_at=None)
            step.later = when
            return step
        try:
            step.fetches += _one(row, spec, request)
        except (
            OSError
        ) as error:  # a full disk, a store that is away: said on the source's page, tried again by its schedule
            _finish(row, "failed", f"The answer could not be kept: {error.strerror or error}.")
            return step
    step.fetches += _finish(row, *_sum_up(row, spec))
    return step


def _take(source_id: int, slot: datetime) -> FetchRun | None:
    """The slot's run, claimed for this worker; None when it is over, in other hands, or another run is under way."""
    now = timezone.now()
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source_id)
        row, _ = FetchRun.objects.get_or_create(source=source, scheduled_for=slot)
        row.source = source
        if row.finished_at is not None or (row.claimed_at and row.claimed_at > now - CLAIM):
            return None
        if row.slot_at and row.slot_at > now + timedelta(seconds=1):
            return None
        others = source.runs.filter(finished_at=None, started_at__gt=now - GIVEN_UP).exclude(pk=row.pk)
        if row.started_at is None and others.exists():
            FetchRun.objects.filter(pk=row.pk).update(
                finished_at=now, outcome="missed", error="The run before it was still under way."
            )
            return None
        row.claimed_at, row.worker = now, f"{platform.node()}:{os.getpid()}"[:120]
        row.save(update_fields=["claimed_at", "worker"])
    return row


def _one(row: FetchRun, spec: sources.Spec, request: sources.Request) -> list[int]:
    """Ask for one list page; its items and the rest of the plan are written together. Returns the fetches to obtain."""
    asked = listing.ask(spec, request, _validators(row, request))
    line = asked.as_json()
    made: list[int] = []
    with transaction.atomic():
        more: list[sources.Request] = []
        if asked.answer is not None:
            captured = snapshot.capture(
                asked.answer.body,
                asked.answer.url,
                timezone.now(),
                status=asked.answer.status,
                headers=asked.answer.headers,
            )
            line["capture"] = captured.pk
        if asked.listing is not None:
            selection = sources.select(spec, asked.listing.items)
            made = fetch.queue_items(row, selection.taken)
            more = asked.listing.more if not _page_is_known(asked, made) else []
            row.found += len(asked.listing.items)
            row.rejected += sum(selection.refused.values())
            notes = asked.listing.notes + [f"{count} left out: {reason}" for reason, count in selection.refused.items()]
            row.notes = [*row.notes, *(note for note in notes if note not in row.notes)][:40]
        elif asked.outcome == "unchanged":
            # The list is as it was, its pages need not be: they are due for another look all the same.
            known = listing.kept(spec, request, row.source.validators.get(request.url, {}).get("capture"))
            made = fetch.queue_items(row, sources.select(spec, known.items).taken) if known else []
        row.todo = [one.as_json() for one in more] + row.todo[1:]
        row.requests = [*row.requests, line]
        row.slot_at, row.claimed_at = None, timezone.now()
        row.save(update_fields=["found", "rejected", "notes", "todo", "requests", "slot_at", "claimed_at"])
        _remember(row.source_id, asked, line.get("capture"))
    return made


def _page_is_known(asked: listing.Asked, made: list[int]) -> bool:
    """A later page of a list that brought nothing to fetch: what lies behind it is older still."""
    return asked.request.page > 1 and not made and bool(asked.listing and asked.listing.items)


def _validators(row: FetchRun, request: sources.Request) -> dict[str, Any]:
    """ETag and date of the list, only after a good run: a 304 proves nothing after a failure, nor of a list not kept."""
    before = (
        row.source.runs.exclude(pk=row.pk)
        .exclude(outcome="missed")
        .exclude(finished_at=None)
        .order_by("-finished_at")
        .first()
    )
    if before is None or before.outcome not in health.GOOD:
        return {}
    found = row.source.validators.get(request.url)
    return dict(found) if isinstance(found, dict) and found.get("capture") else {}


def _remember(source_id: int, asked: listing.Asked, capture_id: int | None) -> None:
    """The list's ETag and date, and where its bytes are; those of addresses with dates in them would pile up, so few are kept."""
    if asked.answer is None or asked.request.method != "GET" or asked.outcome != "ok":
        return
    found = {name: asked.answer.headers[name] for name in ("etag", "last-modified") if asked.answer.headers.get(name)}
    source = Source.objects.select_for_update().get(pk=source_id)
    kept = {url: value for url, value in source.validators.items() if url != asked.request.url}
    source.validators = {
        **dict(list(kept.items())[-20:]),
        **({asked.request.url: {**found, "capture": capture_id}} if found else {}),
    }
    source.save(update_fields=["validators"])


def _sum_up(row: FetchRun, spec: sources.Spec) -> tuple[str, str]:
    """Outcome and reason of a run from its requests: the worst of them, and whether the count is as expected."""
    lines: list[dict[str, Any]] = row.requests
    for outcome in WORST:
        bad = [line for line in lines if line["outcome"] == outcome]
        if bad:
            reason = next((line["error"] for line in bad if line["error"]), "") or next(iter(row.notes), "")
            share = f" ({len(bad)} of {len(lines)} requests)" if len(lines) > 1 else ""
            return outcome, f"{reason}{share}" if reason else f"{outcome}{share}"
    if lines and all(line["outcome"] == "unchanged" for line in lines):
        return "unchanged", ""
    if any(line["outcome"] == "unchanged" for line in lines):
        return "ok", ""
    if row.found == 0:
        return "empty", next(iter(row.notes), "The list came back without items.")
    low, high = spec.expect.get("min_items", 0), spec.expect.get("max_items")
    if row.found < low or (high is not None and row.found > high):
        usual = f"{low} to {high}" if high is not None else f"at least {low}"
        return "shape_changed", f"{row.found} items found where {usual} are usual"
    return "ok", ""


def _finish(row: FetchRun, outcome: str, error: str) -> list[int]:
    """End the run; after a good one returns fetches for pages that have left the list."""
    now = timezone.now()
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=row.source_id)
        row.outcome, row.error, row.finished_at, row.claimed_at = outcome, error[:2000], now, None
        again = fetch.queue_unlisted(row, now) if outcome in health.GOOD else []
        row.new = row.fetches.filter(hints__recheck__isnull=True).count()
        row.save(update_fields=["outcome", "error", "finished_at", "claimed_at", "new"])
        health.after_run(source, row, now)
    return again


def ask(source: Source) -> str:
    """A slot for a run at once; returns it."""
    slot = timezone.now()
    FetchRun.objects.create(source=source, scheduled_for=slot)
    return slot.isoformat()


def run_to_end(source_id: int, slot: str) -> None:
    """Do a whole run here, waiting for the hosts, and obtain and read what it finds: for commands without a worker."""
    step, fetches = run(source_id, slot), []
    while True:
        fetches += step.fetches
        if step.later is None:
            break
        hosts.wait_for(step.later, 3600)
        step = run(source_id, slot)
    while fetches:
        later = [fetch_id for fetch_id in fetches if pipeline.take(fetch_id) == "later"]
        due = min((moment for fetch_id in later if (moment := fetch.due_at(fetch_id))), default=None)
        if due is not None:
            hosts.wait_for(due, 3600)
        fetches = later
    recount()


def left_behind() -> list[tuple[int, str]]:
    """Runs that were begun and that nobody goes on with: their worker died, or their message was lost."""
    now = timezone.now()
    rows = FetchRun.objects.filter(finished_at=None).filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
    rows = rows.filter(Q(slot_at=None) | Q(slot_at__lt=now - timedelta(seconds=30)))
    return [
        (source_id, slot.isoformat())
        for source_id, slot in rows.order_by("pk").values_list("source_id", "scheduled_for")[:50]
    ]


def recount() -> None:
    """Bring the counts of recent runs in line with what became of their fetches.

    A listed page counts as new until it turns out to be something else, so the number never dips while pages are read; one
    that was known is not new, whatever was found in it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE signals_fetchrun r SET new = c.new, unchanged = c.unchanged, duplicate = c.duplicate, failed = c.failed
            FROM (SELECT run_id, count(*) FILTER (WHERE NOT hints ? 'recheck'
                             AND state NOT IN ('unchanged', 'duplicate', 'parked', 'rejected')) AS new,
                         count(*) FILTER (WHERE state = 'unchanged') AS unchanged,
                         count(*) FILTER (WHERE state = 'duplicate') AS duplicate,
                         count(*) FILTER (WHERE state IN ('parked', 'rejected')) AS failed
                  FROM signals_fetch WHERE run_id IN (SELECT id FROM signals_fetchrun WHERE started_at > now() - interval '2 days')
                  GROUP BY run_id) c
            WHERE r.id = c.run_id AND r.finished_at IS NOT NULL
              AND (r.new, r.unchanged, r.duplicate, r.failed) IS DISTINCT FROM (c.new, c.unchanged, c.duplicate, c.failed)
            """
        )
