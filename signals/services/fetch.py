"""Fetches: the units of work of the pipeline, their claims and their ends.

A message only says "look now". The row says what is to be done; a conditional update claims it, so two workers never do
the same thing, and a claim that outlives ``CLAIM`` belongs to a dead worker and is free again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Min, Q
from django.utils import timezone

from signals.ingest import store
from signals.ingest.limits import refusal
from signals.models import Fetch, FetchRun, Source
from signals.services import locks, rechecks, snapshot
from signals.sources import Item
from signals.sources.addresses import canonical

CLAIM = timedelta(minutes=10)
REQUEUE = timedelta(minutes=3)  # a message that was not acted on for so long is taken for lost
BACKOFF = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]


def queue(source: Source, url: str, *, run: FetchRun | None = None, hints: dict[str, Any] | None = None) -> int:
    """A row for ``url``, or the one that already waits for it; returns its id."""
    url = canonical(url) or url
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=source.pk)  # two runs may find the same item at once
        waiting = (
            Fetch.objects.filter(source=source, url=url, state__in=Fetch.OPEN).values_list("pk", flat=True).first()
        )
        if waiting is not None:
            return waiting
        return Fetch.objects.create(source=source, url=url, run=run, hints=hints or {}, queued_at=timezone.now()).pk


def queue_items(run: FetchRun, items: Iterable[Item]) -> list[int]:
    """Rows for the listed items that are new or due for another look; returns their ids.

    Call in a transaction. An address that another source already reads is left to it.
    """
    now = timezone.now()
    Source.objects.select_for_update().get(pk=run.source_id)
    listed = {item.url: item for item in items}
    known, first = _last_fetches(listed), _first_looks(run.source_id, listed)
    rows = []
    for url, item in listed.items():
        last = known.get(url)
        if last is None:
            rows.append(Fetch(source_id=run.source_id, run=run, url=url, hints=_hints(item), queued_at=now))
        elif last.source_id == run.source_id and rechecks.due(last, first[url], item.modified, now):
            rows.append(
                Fetch(source_id=run.source_id, run=run, url=url, hints={**_hints(item), "recheck": True}, queued_at=now)
            )
    return [row.pk for row in Fetch.objects.bulk_create(rows)]


def _last_fetches(urls: Iterable[str]) -> dict[str, Fetch]:
    found = Fetch.objects.filter(url__in=list(urls)).order_by("url", "-id").distinct("url")
    return {fetch.url: fetch for fetch in found}


def _first_looks(source_id: int, urls: Iterable[str]) -> dict[str, datetime]:
    found = Fetch.objects.filter(source=source_id, url__in=list(urls)).order_by()
    return dict(found.values_list("url").annotate(first=Min("created_at")).values_list("url", "first"))


def _hints(item: Item) -> dict[str, Any]:
    told = {
        "title": item.title,
        "published_on": item.published_on,
        "modified": item.modified,
        "language": item.language,
    }
    return {name: value for name, value in told.items() if value}


def queue_unlisted(run: FetchRun, now: datetime) -> list[int]:
    """Rows for pages of the run's source that have left its list and are due for another look; returns their ids."""
    return [row.pk for row in Fetch.objects.bulk_create(rechecks.unlisted(run, now))]


def keep(
    source: Source,
    url: str,
    data: bytes,
    *,
    run: FetchRun | None = None,
    hints: dict[str, Any] | None = None,
    fetched_at: datetime | None = None,
) -> int:
    """A row for bytes that are already at hand (a dropped file, a paste, the sample newsroom); returns its id.

    Too large or empty input gives a ``rejected`` row with the reason.
    """
    reason = refusal(data)
    if reason:
        return Fetch.objects.create(
            source=source, run=run, url=url, hints=hints or {}, state="rejected", size=min(len(data), 2**31 - 1),
            error=reason, finished_at=timezone.now(),
        ).pk  # fmt: skip
    with transaction.atomic():
        captured = snapshot.capture(data, url, fetched_at or timezone.now())
        return Fetch.objects.create(
            source=source, run=run, url=url, hints=hints or {}, state="kept", size=len(data), capture=captured
        ).pk


def keep_all(source: Source, found: Sequence[tuple[str, bytes]]) -> list[int]:
    """Rows for the bytes of many files, each with its address, that are not to be refused; all of them or none."""
    now = timezone.now()
    with store.Writer() as writer, transaction.atomic():
        captures = snapshot.capture_all([snapshot.Taken(data, url, now, kept=writer.keep(data)) for url, data in found])
        made = [
            Fetch(source=source, url=url, state="kept", size=len(data), capture=captured)
            for (url, data), captured in zip(found, captures, strict=True)
        ]
        return [row.pk for row in Fetch.objects.bulk_create(made)]


def refuse(source: Source, url: str, reason: str, *, size: int = 0) -> int:
    """A row for input that was not even read, so that the report says so."""
    return Fetch.objects.create(
        source=source, url=url, state="rejected", error=reason, size=min(size, 2**31 - 1), finished_at=timezone.now()
    ).pk


def claim_all(fetch_ids: Sequence[int]) -> list[Fetch]:
    """Those of the waiting fetches that nobody has tried yet, claimed for this worker."""
    return _claimed(fetch_ids, "attempts = 0")


def tried(fetch_ids: Sequence[int]) -> list[int]:
    """Those of the waiting fetches that were tried before."""
    rows = Fetch.objects.filter(pk__in=fetch_ids, state__in=["waiting", "failed"], capture=None, attempts__gt=0)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def claim(fetch_id: int) -> list[Fetch]:
    """A fetch that was tried before, claimed alone: input that kills a worker must not take its neighbours to the limit."""
    mine = _claimed([fetch_id], f"attempts < {Fetch.MAX_ATTEMPTS}")
    free = Fetch.objects.filter(pk=fetch_id, state__in=["waiting", "failed"], attempts__gte=Fetch.MAX_ATTEMPTS)
    if not mine and free.filter(Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)).exists():
        fail(fetch_id, "The worker was lost each time this was asked for.", permanent=True)
    return mine


def _claimed(fetch_ids: Sequence[int], attempts: str) -> list[Fetch]:
    """Claimed are those that wait, are due, and are in nobody else's hands."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        locks.unhurried()
        cursor.execute(
            "UPDATE signals_fetch SET claimed_at = %s, attempts = attempts + 1 WHERE id = ANY(%s) AND capture_id IS NULL "
            "AND state IN ('waiting', 'failed') AND (claimed_at IS NULL OR claimed_at < %s) "
            f"AND (not_before IS NULL OR not_before <= %s) AND {attempts} RETURNING id",
            [now, list(fetch_ids), now - CLAIM, now],
        )
        mine = [pk for (pk,) in cursor.fetchall()]
    return list(Fetch.objects.filter(pk__in=mine).select_related("source").order_by("pk"))


def lay_aside(one: Fetch, until: datetime) -> str:
    """Give the claim back until then: coming too early is no attempt."""
    Fetch.objects.filter(pk=one.pk).update(
        claimed_at=None, not_before=until, attempts=F("attempts") - 1, queued_at=until
    )
    return "later"


def give_back(one: Fetch) -> str:
    """Give the claim back: there was no time to begin."""
    Fetch.objects.filter(pk=one.pk).update(claimed_at=None, attempts=F("attempts") - 1, queued_at=timezone.now())
    return "later"


def due_at(fetch_id: int) -> datetime | None:
    """When a fetch that was laid aside may be taken up again."""
    return Fetch.objects.filter(pk=fetch_id).values_list("not_before", flat=True).first()


def due(fetch_ids: Sequence[int]) -> list[tuple[datetime | None, list[int]]]:
    """Moments at which fetches that were laid aside may be taken up again, each with those whose moment it is."""
    moments: dict[datetime | None, list[int]] = {}
    for pk, moment in Fetch.objects.filter(pk__in=fetch_ids).order_by("pk").values_list("pk", "not_before"):
        moments.setdefault(moment, []).append(pk)
    return list(moments.items())


def fail(fetch_id: int, error: str, *, permanent: bool = False, status: int | None = None, wait: int = 0) -> str:
    """Note an error: tried again later, or parked when it is permanent or has been tried often enough."""
    fetch = Fetch.objects.get(pk=fetch_id)
    parked = permanent or fetch.attempts >= Fetch.MAX_ATTEMPTS
    state = "parked" if parked else ("kept" if fetch.capture_id else "failed")
    Fetch.objects.filter(pk=fetch_id).update(
        state=state,
        error=error.replace("\0", "")[:2000],
        status=status if status is not None else fetch.status,
        claimed_at=None,
        not_before=None
        if parked
        else timezone.now() + max(BACKOFF[max(min(fetch.attempts, len(BACKOFF)), 1) - 1], timedelta(seconds=wait)),
        finished_at=timezone.now() if parked else None,
    )
    return "parked" if parked else "failed"


def retry(fetch_id: int) -> bool:
    """Take a parked fetch up again with fresh attempts; True when it was parked."""
    kept = Fetch.objects.filter(pk=fetch_id, state="parked")
    fields = {"attempts": 0, "not_before": None, "claimed_at": None, "finished_at": None}
    return bool(
        kept.filter(capture__isnull=False).update(state="kept", **fields)
        or kept.filter(capture=None).update(state="waiting", **fields)
    )


def end(fetch_id: int, state: str, **fields: Any) -> str:
    """Nothing more is to be done for it; returns the state."""
    Fetch.objects.filter(pk=fetch_id).update(state=state, claimed_at=None, finished_at=timezone.now(), **fields)
    return state


def left_behind(limit: int = 500, *, all_lost: bool = False) -> dict[str, list[int]]:
    """Ids of open fetches that no worker holds, that are due, and whose message seems lost; the sweeper sends another.

    ``all_lost``: every message counts as lost, as after a restart; one too many does no harm.
    """
    now = timezone.now()
    lost = now if all_lost else now - REQUEUE
    with transaction.atomic():
        free = (
            Fetch.objects.select_for_update(skip_locked=True)
            .filter(state__in=Fetch.OPEN)
            .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
            .filter(Q(not_before=None) | Q(not_before__lte=now))
            .filter(Q(queued_at=None) | Q(queued_at__lte=lost))
        )
        rows = list(free.order_by("pk").values_list("pk", "state")[: 2 * limit])
        Fetch.objects.filter(pk__in=[pk for pk, _ in rows]).update(queued_at=now)
    return {
        "obtain": [pk for pk, state in rows if state != "kept"],
        "read": [pk for pk, state in rows if state == "kept"],
    }
