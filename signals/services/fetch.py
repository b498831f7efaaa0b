"""Fetches: the units of work of the pipeline, their claims and their ends.

A message only says "look now". The row says what is to be done; a conditional update claims it, so two workers never do
the same thing, and a claim that outlives ``CLAIM`` belongs to a dead worker and is free again.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from signals.ingest import client
from signals.models import Disclosure, Fetch, FetchRun, Source
from signals.services import hosts, snapshot
from signals.sources import Item
from signals.sources.addresses import canonical

CLAIM = timedelta(minutes=10)
REQUEUE = timedelta(minutes=3)  # a message that was not acted on for so long is taken for lost
MAX_SIZE = 50 * 1024 * 1024  # bytes; larger than any filing seen, smaller than what would hurt a worker
BACKOFF = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
# How soon a page that is still listed is asked again, by the age of the first look: edits come early or not at all.
RECHECK = [
    (timedelta(days=3), timedelta()),
    (timedelta(days=30), timedelta(hours=23)),
    (timedelta(days=3650), timedelta(days=7)),
]
GONE = {404, 410}
OFF = "Fetching is switched off on this installation (REEX_FETCH_ENABLED=0). Nothing was asked."


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
    known = _last_fetches(listed)
    rows = []
    for url, item in listed.items():
        last = known.get(url)
        if last is None:
            rows.append(Fetch(source_id=run.source_id, run=run, url=url, hints=_hints(item), queued_at=now))
        elif last.source_id == run.source_id and _look_again(last, item, now):
            rows.append(
                Fetch(source_id=run.source_id, run=run, url=url, hints={**_hints(item), "recheck": True}, queued_at=now)
            )
    return [row.pk for row in Fetch.objects.bulk_create(rows)]


def _last_fetches(urls: Iterable[str]) -> dict[str, Fetch]:
    found = Fetch.objects.filter(url__in=list(urls)).order_by("url", "-id").distinct("url")
    return {fetch.url: fetch for fetch in found}


def _hints(item: Item) -> dict[str, Any]:
    told = {
        "title": item.title,
        "published_on": item.published_on,
        "modified": item.modified,
        "language": item.language,
    }
    return {name: value for name, value in told.items() if value}


def _look_again(last: Fetch, item: Item, now: datetime) -> bool:
    """Is a known page due for another look: its list says that it was changed, or enough time has passed?"""
    if last.state in [*Fetch.OPEN, "parked"]:
        return False
    if item.modified and last.hints.get("modified") and item.modified != last.hints["modified"]:
        return True
    seen = (
        Fetch.objects.filter(source_id=last.source_id, url=last.url)
        .order_by("id")
        .values_list("created_at", flat=True)
        .first()
    )
    age, since = now - (seen or last.created_at), now - (last.finished_at or last.created_at)
    return any(age <= young and since >= pause for young, pause in RECHECK)


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


def refuse(source: Source, url: str, reason: str, *, size: int = 0) -> int:
    """A row for input that was not even read, so that the report says so."""
    return Fetch.objects.create(
        source=source, url=url, state="rejected", error=reason, size=min(size, 2**31 - 1), finished_at=timezone.now()
    ).pk


def refusal(data: bytes) -> str:
    """Why these bytes are not taken, in words; empty when they are."""
    if not data.strip():
        return "The file is empty. Nothing was kept; drop it again when it has content."
    if len(data) > MAX_SIZE:
        return f"The file has {len(data) // 1_000_000} MB; the limit is {MAX_SIZE // 1_000_000} MB. Split it or save the article alone."
    return ""


def read_file(path: Path) -> bytes | str:
    """The bytes of a dropped file, or the reason why it is refused (a 200 MB file is not even read)."""
    size = path.stat().st_size
    if size > MAX_SIZE:
        return f"The file has {size // 1_000_000} MB; the limit is {MAX_SIZE // 1_000_000} MB. Split it or save the article alone."
    data = path.read_bytes()
    return refusal(data) or data


def claim(fetch_id: int) -> Fetch | None:
    """The waiting fetch, claimed for this worker, or None when it is done, not due or in other hands."""
    now = timezone.now()
    free = (
        Fetch.objects.filter(pk=fetch_id, state__in=["waiting", "failed"], capture=None)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
        .filter(Q(not_before=None) | Q(not_before__lte=now))
    )
    if free.filter(attempts__lt=Fetch.MAX_ATTEMPTS).update(claimed_at=now, attempts=F("attempts") + 1):
        return Fetch.objects.select_related("source").get(pk=fetch_id)
    if free.exists():
        fail(fetch_id, "The worker was lost each time this was asked for.", permanent=True)
    return None


def obtain(fetch_id: int) -> str:
    """Ask for the address and keep what it gives. Returns the fetch's state; ``""`` when there was nothing to do.

    ``later``: the host is busy, ``not_before`` of the row says until when. ``gone`` and ``back``: the page of a disclosure
    answers 404 or 410, or answers again; the row stays claimed until ``withdrawal.settle`` has dealt with it.
    """
    fetch = claim(fetch_id)
    if fetch is None:
        return ""
    if not settings.FETCH_ENABLED:
        return fail(fetch.pk, OFF, permanent=True)
    try:
        client.checked(fetch.url)
        busy = hosts.claim(fetch.url, float(fetch.source.definition.get("pause") or 0))
        if busy is not None:
            return _lay_aside(fetch, busy)
        return _ask(fetch)
    except client.FetchError as error:
        return _refused(fetch, error)


def _ask(fetch: Fetch) -> str:
    started = time.monotonic()
    answer = client.get(fetch.url, validators=validators(fetch), max_size=MAX_SIZE, permit=hosts.permit)
    milliseconds = int((time.monotonic() - started) * 1000)
    if answer.status == 304:
        if _disclosed(fetch.url).filter(withdrawn_at__isnull=False).exists():
            return "back"
        return end(fetch.pk, "unchanged", status=304, milliseconds=milliseconds)
    reason = refusal(answer.body)
    if reason:
        return end(
            fetch.pk, "rejected", status=answer.status, error=reason, size=len(answer.body), milliseconds=milliseconds
        )
    with transaction.atomic():
        captured = snapshot.capture(
            answer.body, answer.url, timezone.now(), status=answer.status, headers=answer.headers
        )
        Fetch.objects.filter(pk=fetch.pk).update(
            state="kept", capture=captured, status=answer.status, size=len(answer.body), milliseconds=milliseconds,
            claimed_at=None, not_before=None, attempts=0, error="",
        )  # fmt: skip
    return "kept"


def validators(fetch: Fetch) -> dict[str, str]:
    """ETag and Last-Modified of the address as it was last kept and read."""
    last = (
        Fetch.objects.filter(url=fetch.url, version__isnull=False, capture__isnull=False)
        .select_related("capture").order_by("-id").first()
    )  # fmt: skip
    headers = last.capture.headers if last and last.capture else {}
    return {name: headers[name] for name in ("etag", "last-modified") if headers.get(name)}


def _lay_aside(fetch: Fetch, until: datetime) -> str:
    """Give the claim back: coming too early is no attempt."""
    Fetch.objects.filter(pk=fetch.pk).update(
        claimed_at=None, not_before=until, attempts=F("attempts") - 1, queued_at=until
    )
    return "later"


def due_at(fetch_id: int) -> datetime | None:
    """When a fetch that was laid aside may be taken up again."""
    return Fetch.objects.filter(pk=fetch_id).values_list("not_before", flat=True).first()


def _refused(fetch: Fetch, error: client.FetchError) -> str:
    if error.status in GONE and _disclosed(fetch.url).exists():
        Fetch.objects.filter(pk=fetch.pk).update(status=error.status)
        return "gone"
    if error.retry_after:
        hosts.back_off(fetch.url, error.retry_after)
    return fail(fetch.pk, str(error), permanent=error.permanent, status=error.status, wait=error.retry_after or 0)


def _disclosed(url: str) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(canonical_url=url, current_version__isnull=False)


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
